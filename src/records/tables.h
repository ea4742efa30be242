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

// The columns of a table in the database; empty when there is no such table.
Result<std::vector<std::string>> table_columns(storage::Connection& connection,
                                               const storage::Name& table);

}  // namespace linchpin::records
