#include "inbound/http/multipart.h"

#include <boost/algorithm/string/predicate.hpp>

#include "base/text.h"
#include "inbound/http/target.h"

namespace linchpin::inbound {
namespace {

Error broken() {
  return Error::of(ErrorCode::malformed, "broken_multipart");
}

// Takes the next `; name=value` off `text`. A quoted value ends at the next bare quote; \" and %22
// stand for a quote, and a single backslash for itself, as browsers write Windows names.
bool next_parameter(std::string_view& text, std::string_view& name, std::string& value) {
  text = trim(text);
  if (!text.starts_with(';')) return false;
  text.remove_prefix(1);
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  name = trim(text.substr(0, equals));
  text = trim(text.substr(equals + 1));
  value.clear();
  if (!text.starts_with('"')) {
    const std::size_t end = std::min(text.find(';'), text.size());
    value = trim(text.substr(0, end));
    text.remove_prefix(end);
    return true;
  }
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    if (text.starts_with("\\\"")) text.remove_prefix(1);
    value.push_back(text.front());
    text.remove_prefix(1);
  }
  if (text.empty()) return false;
  text.remove_prefix(1);
  return true;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
    text.replace(at, from.size(), to);
  }
}

std::string readable(std::string name) {
  replace_all(name, "%22", "\"");
  if (is_utf8(name)) return name;
  for (char& c : name) {
    if ((c & 0x80) != 0) c = '_';
  }
  return name;
}

std::optional<PartHead> parse_disposition(std::string_view value) {
  const std::size_t kind = std::min(value.find(';'), value.size());
  if (!boost::algorithm::iequals(trim(value.substr(0, kind)), "form-data")) return {};
  value.remove_prefix(kind);
  PartHead head;
  bool extended = false;
  std::string_view name;
  std::string text;
  while (next_parameter(value, name, text)) {
    if (boost::algorithm::iequals(name, "name")) {
      head.name = readable(text);
    } else if (boost::algorithm::iequals(name, "filename") && !extended) {
      head.file_name = readable(text);
    } else if (boost::algorithm::iequals(name, "filename*") &&
               boost::algorithm::istarts_with(text, "utf-8''")) {
      std::string decoded;
      if (!percent_decode(std::string_view(text).substr(7), false, decoded)) return {};
      head.file_name = readable(decoded);
      extended = true;
    }
  }
  if (head.name.empty() || !trim(value).empty()) return {};
  return head;
}

std::optional<PartHead> parse_part_head(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find("\r\n"), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 2, lines.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return {};
    if (boost::algorithm::iequals(line.substr(0, colon), "content-disposition")) {
      return parse_disposition(line.substr(colon + 1));
    }
  }
  return {};
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  const std::size_t end = std::min(content_type.find(';'), content_type.size());
  const std::string_view type = trim(content_type.substr(0, end));
  if (!boost::algorithm::iequals(type, "multipart/form-data")) return std::nullopt;
  content_type.remove_prefix(end);
  std::string_view name;
  std::string value;
  while (next_parameter(content_type, name, value)) {
    if (!boost::algorithm::iequals(name, "boundary")) continue;
    if (value.empty() || value.size() > max_boundary_bytes) return std::nullopt;
    return value;
  }
  return std::nullopt;
}

// The first boundary needs no line break before it: one is put there.
MultipartParser::MultipartParser(std::string_view boundary, PartSink& sink)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink), pending_("\r\n") {}

Status MultipartParser::feed(std::string_view data) {
  if (state_ == State::epilogue) return {};
  pending_.append(data);
  for (;;) {
    LP_TRY(const bool again, step());
    if (!again) break;
  }
  pending_.erase(0, std::exchange(begin_, 0));
  return {};
}

Status MultipartParser::finish() const {
  if (state_ != State::epilogue) return broken();
  return {};
}

// True when there may be more to do with what is pending.
Result<bool> MultipartParser::step() {
  switch (state_) {
    case State::preamble:
    case State::part_body:
      return find_boundary();
    case State::after_boundary:
      return after_boundary();
    case State::part_head:
      return read_head();
    case State::epilogue:
      begin_ = pending_.size();
      return false;
  }
  return false;
}

Result<bool> MultipartParser::find_boundary() {
  const std::string_view text = rest();
  const std::size_t found = text.find(delimiter_);
  const bool complete = found != std::string_view::npos;
  // The last bytes may be the beginning of a delimiter.
  const std::size_t keep = delimiter_.size() - 1;
  const std::size_t taken = complete ? found : text.size() - std::min(keep, text.size());
  if (state_ == State::part_body) {
    if (taken > 0) LP_CHECK(sink_.part_data(text.substr(0, taken)));
    if (complete) LP_CHECK(sink_.end_part());
  }
  begin_ += taken;
  if (!complete) return false;
  begin_ += delimiter_.size();
  state_ = State::after_boundary;
  return true;
}

Result<bool> MultipartParser::after_boundary() {
  const std::string_view text = rest();
  const std::size_t padding = std::min(text.find_first_not_of(" \t"), text.size());
  if (padding > max_part_head_bytes) return broken();
  const std::string_view end = text.substr(padding);
  if (end.size() < 2) return false;
  begin_ += padding + 2;
  if (end.starts_with("--")) {
    state_ = State::epilogue;
  } else if (end.starts_with("\r\n")) {
    if (++parts_ > max_parts) return broken();
    state_ = State::part_head;
  } else {
    return broken();
  }
  return true;
}

Result<bool> MultipartParser::read_head() {
  const std::string_view text = rest();
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string_view::npos || end > max_part_head_bytes) {
    if (text.size() > max_part_head_bytes) return broken();
    return false;
  }
  std::optional<PartHead> head = parse_part_head(text.substr(0, end));
  if (!head) return broken();
  LP_CHECK(sink_.begin_part(std::move(*head)));
  begin_ += end + 4;
  state_ = State::part_body;
  return true;
}

}  // namespace linchpin::inbound
