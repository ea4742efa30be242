#pragma once

// Personal fields (Sensitivity::personal): every record that holds one has a data key of its own,
// wrapped by the workspace key. Values are sealed with it in the record and in the change log
// alike; destroying the key erases them everywhere at once. In the record, and there alone, a
// keyed hash stands before the sealed value, by which equal values are found.

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

  // A personal value as the record stores it: its hash, then its API form, sealed for its record
  // and field.
  storage::Blob sealed(const Key& data_key, std::string_view object, const Field& field,
                       RecordId record, const Value& plain) const;
  // Within the write that changes the workspace key, before wrap_anew, or that first opens a
  // database whose records hold no hashes: those of all records, with `hash_key` as workspace key.
  enum class Stored { hashed, without_hash };
  Status hash_anew(storage::Connection& connection, const Schema& schema, const Key& hash_key,
                   Stored stored) const;

 private:
  Status check_in_force(storage::Connection& connection) const;

  Key workspace_key_;
};

// Of a value in API form. Values that compare as equal have the same: texts when they fold to the
// same. One of another field tells nothing.
constexpr std::size_t personal_hash_bytes = 16;
storage::Blob personal_hash(const Key& workspace_key, std::string_view object, const Field& field,
                            std::string_view plain_json);
// Whether values of the field are found by their hash: one value, of a type that is compared.
bool is_found_by_hash(const Field& field);
std::string_view hash_of(std::string_view stored);
// Of the column that holds stored values; an index has it in the same form.
storage::Sql personal_hash_sql(const storage::Sql& column);
// What the change log keeps of a stored value: with the key gone it can be compared with nothing.
std::string_view sealed_part(std::string_view stored);
// The API form; `null` for a value that cannot be opened any more.
std::string open_value(const std::optional<Key>& data_key, const Field& field, RecordId record,
                       std::string_view sealed);

}  // namespace linchpin::records
