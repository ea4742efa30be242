#pragma once

// Given fields of every record behind a filter that the scope reaches, in one pass: for what the
// product computes over a whole object.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::records {

// Stored values in the order of `fields`, as in RowValues.
using ScanVisitor = std::function<void(RecordId, std::span<const storage::Value> values)>;

// In no order; where null = all. Errors: those of the filter; not_found for an object and
// unknown_field for a field that the scope may not read, that is personal, or that has no column.
Status scan_fields(const Records& records, storage::Connection& connection,
                   const access::AccessScope& scope, std::string_view object,
                   const json::value& where, const std::vector<std::string>& fields,
                   const ScanVisitor& visit);

}  // namespace linchpin::records
