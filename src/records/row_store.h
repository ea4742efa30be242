#pragma once

// Rows in and out of an object's table: the statements that write and read whole records.

#include <memory>
#include <optional>

#include "records/row.h"
#include "storage/storage.h"

namespace linchpin::records {

enum class Presence { live, trashed, any };

// The columns of every field in the order of Object::fields, of a table that stands as "t".
storage::Sql field_columns(const Object& object);

// Empty when there is no such record in that state.
Result<std::optional<RowValues>> read_row(storage::Connection& connection, const Object& object,
                                          RecordId id, Presence presence);
// Within a write that will read the row and write what follows from it: another server process that
// does the same waits, and then reads what this one has committed.
Status lock_row(storage::Connection& connection, const Object& object, RecordId id);
RowValues take_row(const Object& object, const storage::Statement& row, int first_column);

// Inserts full rows of one object; kept for many rows, or made for one.
class RowInserter {
 public:
  static Result<RowInserter> prepare(storage::Connection& connection, const Object& object);
  // Error: duplicate, after which the write may go on; so do the two below.
  Status insert(const RowValues& row);

 private:
  RowInserter(storage::Connection& connection, const Object& object,
              std::unique_ptr<storage::Statement> statement)
      : connection_(&connection), object_(&object), statement_(std::move(statement)) {}
  storage::Connection* connection_;
  const Object* object_;
  std::unique_ptr<storage::Statement> statement_;
};

// Writes the fields in which the rows differ.
Status update_row(storage::Connection& connection, const Object& object, const RowValues& before,
                  const RowValues& after);

// To the trash (`at` set) or back, and the new version with it.
Status set_deleted(storage::Connection& connection, const Object& object, RecordId id,
                   std::optional<Instant> at, RecordId by, std::int64_t version);

// A unique index that refused a row, told as a problem of its field.
Error duplicate_field(const Object& object, Error error);

}  // namespace linchpin::records
