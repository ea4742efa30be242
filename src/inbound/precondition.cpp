#include "inbound/precondition.h"

#include <charconv>

namespace linchpin::inbound {

Result<Precondition> read_if_match(const RequestHead& head) {
  Precondition found;
  std::string_view text = head.header("if-match");
  if (text.empty()) return found;
  if (text == "*") {
    found.any = true;
    return found;
  }
  if (text.starts_with("W/")) text.remove_prefix(2);
  const bool quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
  if (quoted) text = text.substr(1, text.size() - 2);
  std::int64_t version = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
  if (!quoted || read.ec != std::errc() || read.ptr != text.data() + text.size() || version < 1) {
    return Error::of(ErrorCode::malformed, "wrong_etag");
  }
  found.version = version;
  return found;
}

}  // namespace linchpin::inbound
