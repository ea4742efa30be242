#pragma once

// The few words in which the two dialects' table definitions differ.

#include "storage/storage.h"

namespace linchpin::storage {

// A 64-bit key that the database may assign in order (SQLite: the rowid itself).
inline Literal key_column(Dialect dialect) {
  return dialect == Dialect::sqlite ? Literal(" INTEGER PRIMARY KEY")
                                    : Literal(" BIGINT PRIMARY KEY");
}

// Text compares by code point in both databases.
inline Literal text_column(Dialect dialect) {
  return dialect == Dialect::sqlite ? Literal(" TEXT") : Literal(" TEXT COLLATE \"C\"");
}

inline Literal bytes_column(Dialect dialect) {
  return dialect == Dialect::sqlite ? Literal(" BLOB") : Literal(" BYTEA");
}

// What follows the closing bracket of a table whose rows are clustered by their primary key.
inline Literal clustered_table(Dialect dialect) {
  return dialect == Dialect::sqlite ? Literal(" WITHOUT ROWID") : Literal("");
}

}  // namespace linchpin::storage
