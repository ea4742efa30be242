#pragma once

// Whose score an entry of the change log may move.

#include <optional>
#include <set>

#include "records/schema.h"
#include "storage/storage.h"
#include "stream/change_log.h"

namespace linchpin::identify {

// Whether criteria may read records of this object.
bool concerns_scores(std::string_view object);

// Adds the accounts of one entry: those that its records belong to now, and the one that an update
// took a record away from.
Status add_concerned_accounts(storage::Connection& connection, const records::Schema& schema,
                              const stream::Entry& entry, std::set<RecordId>& accounts);

}  // namespace linchpin::identify
