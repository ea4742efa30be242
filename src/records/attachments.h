#pragma once

// Files that records hold. A file is whose uploaded it until a record takes it; from then on it
// belongs to that record and field, goes with what may be read of them, and may come back there and
// nowhere else. The bytes lie outside the database (jobs/attachments).

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "records/rules.h"

namespace linchpin::records {

struct Attachment {
  RecordId id;
  std::string file_name;
  std::string content_type;
  std::int64_t size = 0;
  RecordId uploader;
  Instant created_at = 0;
  // What has taken it: nothing where `object` is empty.
  std::string object;
  std::string field;
  RecordId record;
  Instant released_at = 0;  // since when no record holds it; 0 = one does

  bool held() const { return released_at == 0; }
};

Status ensure_attachment_table(storage::Connection& connection);
// One that no record holds.
Status insert_attachment(storage::Connection& connection, const Attachment& attachment);
Result<std::optional<Attachment>> read_attachment(storage::Connection& connection, RecordId id);
// Of those that he has uploaded and no record has ever taken.
Result<std::int64_t> count_loose_attachments(storage::Connection& connection, RecordId uploader);

// Within the write of a row: takes what the field holds now and lets go what it held before. A
// problem `attachment_not_found` {value} for what the writer may not give to this record.
Status hold_attachments(const RuleFrame& frame, const Object& object, const Field& field,
                        const RowValues* before, const RowValues& after,
                        std::vector<FieldProblem>& problems);

// When a record is gone for good, and when a column of it is that named files: nothing brings them
// back.
Status drop_attachments(storage::Connection& connection, RecordId record);
Status drop_attachments(storage::Connection& connection, const storage::Name& table,
                        const storage::Name& column, RecordId record);

// Whoever may read the field of the record that holds it; while none does, who uploaded it.
Result<bool> may_read(storage::Connection& connection, const Schema& schema, const Viewer& viewer,
                      const Attachment& attachment);

// Ids of files that no record has taken since `loose`, or that none holds since `released`.
Result<std::vector<RecordId>> forgotten_attachments(storage::Connection& connection, Instant loose,
                                                    Instant released);
// Whether it was forgotten, and now is no more.
Result<bool> forget_attachment(storage::Connection& connection, RecordId id, Instant loose,
                               Instant released);

}  // namespace linchpin::records
