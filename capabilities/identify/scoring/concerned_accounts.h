#pragma once

// Whose score a change in the change log may move.

#include <optional>
#include <set>

#include "records/changes.h"
#include "records/schema.h"

namespace linchpin::identify {

// Whether criteria may read records of this object.
bool concerns_scores(std::string_view object);

// Adds the accounts of one change: those that its records belong to now, and the one that an update
// took a record away from.
Status add_concerned_accounts(storage::Connection& connection, const records::Schema& schema,
                              const records::RecordChange& change, std::set<RecordId>& accounts);

}  // namespace linchpin::identify
