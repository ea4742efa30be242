#include "records/cursor.h"

#include <cstring>

namespace linchpin::records {

namespace {

constexpr std::string_view prefix = "c1.";
constexpr std::size_t mark_bytes = 16;  // of the query and of the signature
constexpr std::size_t max_cursor_bytes = 8 * 1024;
constexpr std::size_t max_sort_keys = 16;

enum class Tag : char { empty = 0, integer = 1, text = 2 };

void put_integer(std::string& out, std::int64_t value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

class Parser {
 public:
  explicit Parser(std::string_view bytes) : rest_(bytes) {}

  bool integer(std::int64_t& value) {
    if (rest_.size() < sizeof value) return false;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return true;
  }
  bool value(Value& out) {
    if (rest_.empty()) return false;
    const auto tag = static_cast<Tag>(rest_.front());
    rest_.remove_prefix(1);
    std::int64_t number = 0;
    if (tag == Tag::empty) return true;
    if (!integer(number)) return false;
    if (tag == Tag::integer) {
      out = number;
      return true;
    }
    if (tag != Tag::text || number < 0) return false;
    const auto size = static_cast<std::size_t>(number);
    if (size > rest_.size()) return false;
    out = std::string(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return true;
  }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

Error wrong_cursor() {
  return Error::of(ErrorCode::cursor_mismatch, "wrong_cursor");
}

}  // namespace

std::string make_cursor(const Key& key, std::string_view query_text,
                        const CursorPosition& position) {
  std::string payload = sha256(query_text).substr(0, mark_bytes);
  put_integer(payload, position.id.value);
  for (const Value& value : position.keys) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      payload.push_back(static_cast<char>(Tag::integer));
      put_integer(payload, *integer);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      payload.push_back(static_cast<char>(Tag::text));
      put_integer(payload, static_cast<std::int64_t>(text->size()));
      payload += *text;
    } else {
      payload.push_back(static_cast<char>(Tag::empty));
    }
  }
  const std::string signature = hmac_sha256(key, payload).substr(0, mark_bytes);
  return std::string(prefix) + to_base64url(signature + payload);
}

Result<CursorPosition> read_cursor(const Key& key, std::string_view query_text,
                                   std::string_view cursor) {
  if (!cursor.starts_with(prefix) || cursor.size() > max_cursor_bytes) return wrong_cursor();
  auto decoded = from_base64url(cursor.substr(prefix.size()));
  if (!decoded || decoded->size() < 2 * mark_bytes) return wrong_cursor();
  const std::string_view bytes = *decoded;
  const std::string_view payload = bytes.substr(mark_bytes);
  const std::string expected = hmac_sha256(key, payload).substr(0, mark_bytes);
  if (!equal_in_constant_time(expected, bytes.substr(0, mark_bytes))) return wrong_cursor();
  if (payload.substr(0, mark_bytes) != sha256(query_text).substr(0, mark_bytes)) {
    return Error::of(ErrorCode::cursor_mismatch);
  }
  Parser parser(payload.substr(mark_bytes));
  CursorPosition position;
  if (!parser.integer(position.id.value)) return wrong_cursor();
  while (!parser.done()) {
    Value value;
    if (position.keys.size() >= max_sort_keys || !parser.value(value)) return wrong_cursor();
    position.keys.push_back(std::move(value));
  }
  return position;
}

}  // namespace linchpin::records
