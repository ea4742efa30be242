#pragma once

// How objects stand in the database: one typed table each, a column per field, never EAV or JSON.
// Beside its fields a table has deleted_at and deleted_by (the trash) and, for text that sorts, a
// key column. Tables are changed additively only.

#include <vector>

#include "records/schema.h"
#include "storage/storage.h"

namespace linchpin::records {

// Creates missing tables, columns and indexes.
Status ensure_object_tables(storage::Connection& connection, const Schema& schema);

// The same of one object without its indexes: quick whatever the table holds.
Status ensure_object_table(storage::Connection& connection, const Object& object);

bool is_indexed(const Field& field);

// Makes the indexes that are missing. Whoever writes waits for it: see max_quickly_indexed.
Status create_indexes(storage::Connection& connection, const Object& object);

// On PostgreSQL, what lists are sorted by ends with the id; a workspace's database up to version 5
// has indexes without it. Dropped here, `ensure_object_tables` makes them anew.
Status drop_indexes_without_id(storage::Connection& connection);
Result<bool> indexes_end_with_id(storage::Connection& connection);

Status drop_unique_index(storage::Connection& connection, const Object& object, const Field& field);

// Adds the columns of one field where they are missing.
Status ensure_columns(storage::Connection& connection, const storage::Name& table,
                      const Field& field);

// At most so many records make an index quick: 30 ms on SQLite.
constexpr std::int64_t max_quickly_indexed = 20'000;
// Whether the table holds no more of them, the trash included.
Result<bool> is_quickly_indexed(storage::Connection& connection, const storage::Name& table);

// The columns of a table in the database; empty when there is no such table.
Result<std::vector<std::string>> table_columns(storage::Connection& connection,
                                               const storage::Name& table);

}  // namespace linchpin::records
