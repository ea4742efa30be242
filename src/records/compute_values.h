#pragma once

// Computing the fields of one record.

#include "records/compute_graph.h"
#include "records/row.h"

namespace linchpin::records {

// A stored value as a formula sees it, and back: rounded half to even at the field's scale; what
// the field cannot hold is empty, text is cut at the field's length.
formula::Value formula_value(const Field& field, const Value& value);
Value stored_value(const Field& field, const formula::Value& value);

// The value at the end of a path that begins at this row; empty where a link is empty or leads to a
// record in the trash.
Result<Value> value_behind(storage::Connection& connection, const Schema& schema,
                           const FieldPath& path, const RowValues& row);

// Computes the stored formulas of a row from the rest of it and from what its links lead to.
Status compute_row(storage::Connection& connection, const Schema& schema, const Object& object,
                   RowValues& row);

// What roll-ups are while there is nothing to sum up: counts and sums are 0, the others empty.
void begin_rollups(const Schema& schema, const Object& object, RowValues& row);

// The fields that have no column, as they read now; for the answer to a write.
Status fill_unstored(storage::Connection& connection, const Schema& schema, const Object& object,
                     const formula::Frame& frame, RowValues& row);

}  // namespace linchpin::records
