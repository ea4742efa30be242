#pragma once

// What the record engine tells the audit log: changes of rights within the write that makes them,
// and readings of personal values before they are given.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "records/write_steps.h"

namespace linchpin::records {

// Nothing where the record gives nobody rights. `before` null: it is made; `after` null: it goes or
// comes back.
Status note_rights(const WriteFrame& frame, const Object& object, stream::Operation operation,
                   const RowValues* before, const RowValues* after, std::string_view reason);

// Whose personal values an answer holds or was found by, and which; none, where nobody has the
// value that was asked for. Without a purpose they stay masked.
struct PersonalReading {
  std::string purpose;
  std::vector<RecordId> records;  // each once
  std::set<std::string> fields;

  void add(RecordId record, const std::string& field);
};

// Outside of reads and writes. Without it the answer is not to be given.
Status note_reading(const Records::Parts& parts, const access::AccessScope& scope,
                    std::string_view object, const PersonalReading& reading);

// A version conflict tells that a personal value is not what the writer took it for.
void add_conflicts(const Object& object, RecordId record, const Error& error,
                   PersonalReading& reading);
// Of one record: gives the error that is to be told.
Error note_conflicts(const Records::Parts& parts, const access::AccessScope& scope,
                     const Object& object, RecordId record, Error error);

}  // namespace linchpin::records
