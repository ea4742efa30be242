#include "inbound/http/target.h"

#include "base/text.h"

namespace linchpin::inbound {
namespace {

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

bool is_text(std::string_view text) {
  return text.find('\0') == std::string_view::npos && is_utf8(text);
}

Error broken_target() {
  return Error::of(ErrorCode::malformed, "broken_request");
}

// "http://host/path" → "/path".
std::string_view without_authority(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos || target.starts_with('/')) return target;
  const std::size_t path = target.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

Status parse_query(std::string_view text, Target& target) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (target.query.size() == max_query_values) return broken_target();
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::string name;
    std::string value;
    if (!percent_decode(pair.substr(0, equals), true, name)) return broken_target();
    if (equals < pair.size() && !percent_decode(pair.substr(equals + 1), true, value)) {
      return broken_target();
    }
    if (!is_text(name) || !is_text(value)) return broken_target();
    target.query.emplace_back(std::move(name), std::move(value));
  }
  return {};
}

}  // namespace

bool percent_decode(std::string_view text, bool plus_is_blank, std::string& out) {
  out.clear();
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '+' && plus_is_blank) {
      out.push_back(' ');
    } else if (c != '%') {
      out.push_back(c);
    } else {
      if (i + 2 >= text.size()) return false;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return false;
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  return true;
}

Result<Target> parse_target(std::string_view text) {
  text = without_authority(text);
  text = text.substr(0, text.find('#'));
  Target target;
  const std::size_t question = std::min(text.find('?'), text.size());
  if (!percent_decode(text.substr(0, question), false, target.path)) return broken_target();
  if (target.path.empty()) target.path = "/";
  if (target.path != "*" && !target.path.starts_with('/')) return broken_target();
  if (!is_text(target.path)) return broken_target();
  if (question < text.size()) LP_CHECK(parse_query(text.substr(question + 1), target));
  return target;
}

}  // namespace linchpin::inbound
