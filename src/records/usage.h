#pragma once

// Whether a record is in use: what would be left pointing at nothing if it went.

#include "records/schema.h"
#include "storage/storage.h"

namespace linchpin::records {

// True when a live record links to this one.
Result<bool> is_linked_to(storage::Connection& connection, const Schema& schema,
                          const Object& object, RecordId record);

}  // namespace linchpin::records
