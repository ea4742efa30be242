#pragma once

// What must hold before a row is stored: known fields of the right type that the caller may edit,
// required values, links that lead somewhere, the rules of the capabilities.

#include <vector>

#include "access/scope.h"
#include "records/row.h"
#include "records/rules.h"

namespace linchpin::records {

// What the caller sent for "fields", read as far as possible so that every problem is told at once.
// Errors: unknown_field, validation_failed.
Result<std::vector<FieldInput>> read_inputs(const access::AccessScope& scope, const Object& object,
                                            const json::object& fields);

// Defaults for fields that have no value yet.
void apply_defaults(const Object& object, RowValues& row);

// Rules first (they may fill in values), then required fields, then links of changed fields; files
// that the row holds now are taken for it.
// Errors: validation_failed with every problem.
Status validate_row(const RuleFrame& frame, const Rules& rules, const Object& object,
                    const RowValues* before, RowValues& after);

// Rules and required fields only: for bulk work that has looked its links up already.
Status validate_bulk_row(const RuleFrame& frame, const Rules& rules, const Object& object,
                         RowValues& row);

// The ids in the stored form of a link of many.
std::vector<RecordId> linked_records(const Field& field, const Value& value);

}  // namespace linchpin::records
