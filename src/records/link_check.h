#pragma once

// Whether every link leads to a row, be it in the trash; for `linchpin check`.

#include <vector>

#include "records/schema.h"
#include "storage/storage.h"

namespace linchpin::records {

struct BrokenLinks {
  const Field* field = nullptr;
  std::int64_t count = 0;
};

// Links to one record of live records; those to many are not looked at.
Result<std::vector<BrokenLinks>> check_links(storage::Connection& connection, const Schema& schema,
                                             const Object& object);

}  // namespace linchpin::records
