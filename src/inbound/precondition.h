#pragma once

// If-Match: the version of the record that is to be changed.

#include <optional>

#include "base/result.h"
#include "inbound/http/message.h"

namespace linchpin::inbound {

struct Precondition {
  bool any = false;  // If-Match: *
  std::optional<std::int64_t> version;
};

// Neither where the header is missing. Error: malformed / `wrong_etag`.
Result<Precondition> read_if_match(const RequestHead& head);

}  // namespace linchpin::inbound
