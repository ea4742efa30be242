#pragma once

// How the rows of an upsert find the records that they mean.

#include <vector>

#include "jobs/imports/plan.h"
#include "records/records.h"

namespace linchpin::imports {

// Two at most: more than one is a problem of the row anyway.
Result<std::vector<std::int64_t>> match_records(records::Records& records,
                                                storage::Connection& connection,
                                                const access::AccessScope& scope, const Plan& plan,
                                                const records::RowValues& row);

// {"op":"eq","field":…,"value":…}
json::object equals(const records::Field& field, const records::Value& value);

}  // namespace linchpin::imports
