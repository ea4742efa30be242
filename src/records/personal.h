#pragma once

// Personal fields (Sensitivity::personal): every record that holds one has a data key of its own,
// wrapped by the workspace key. Values are sealed with it in the record and in the change log
// alike; destroying the key erases them everywhere at once.

#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/id.h"
#include "records/row.h"
#include "records/schema.h"
#include "storage/storage.h"

namespace linchpin::records {

class PersonalKeys {
 public:
  explicit PersonalKeys(const Key& workspace_key) : workspace_key_(workspace_key) {}

  static Status ensure_tables(storage::Connection& connection);

  // The record's data key; made when there is none and `make` is set. Empty = none, or erased.
  Result<std::optional<Key>> data_key(storage::Connection& connection, RecordId record,
                                      bool make) const;
  // Within the write that changes the workspace key. A process that still works with the old one
  // cannot make data keys any more: invalid_state / `workspace_key_changed`.
  Status wrap_anew(storage::Connection& connection, const Key& new_key) const;
  // Everything sealed for this record can never be read again. The row stays as a tombstone.
  Status destroy(storage::Connection& connection, RecordId record) const;

 private:
  Status check_in_force(storage::Connection& connection) const;

  Key workspace_key_;
};

// A personal value as it is stored: the API form of the value, sealed for its record and field.
storage::Blob seal_value(const Key& data_key, const Field& field, RecordId record,
                         const Value& plain);
// The API form; `null` for a value that cannot be opened any more.
std::string open_value(const std::optional<Key>& data_key, const Field& field, RecordId record,
                       std::string_view sealed);

}  // namespace linchpin::records
