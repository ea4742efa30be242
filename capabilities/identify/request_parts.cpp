#include "identify/request_parts.h"

#include <algorithm>
#include <charconv>

#include "base/crypto.h"

namespace linchpin::identify {

namespace {

constexpr std::string_view cursor_prefix = "r1.";
constexpr std::size_t fingerprint_size = 16;

}  // namespace

Error refuse(const std::string& pointer, std::string code, ErrorParams params) {
  const std::string field = pointer.substr(pointer.rfind('/') + 1);
  return Error::invalid(FieldProblem{pointer, field, std::move(code), std::move(params)});
}

Error malformed(const std::string& pointer, std::string code) {
  Error error = refuse(pointer, std::move(code));
  error.code = ErrorCode::malformed;
  return error;
}

Status allow_only(const json::object& object, const std::string& pointer,
                  std::initializer_list<std::string_view> names) {
  for (const auto& member : object) {
    const std::string_view key = member.key();
    if (std::find(names.begin(), names.end(), key) == names.end()) {
      return malformed(pointer + "/" + std::string(key), "unknown_member");
    }
  }
  return {};
}

Result<std::string> text_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (!value || value->is_null()) return std::string();
  if (!value->is_string()) return malformed("/" + std::string(name), "expected_text");
  return std::string(value->as_string());
}

Result<Day> day_member(const json::object& members, const std::string& pointer,
                       std::string_view name) {
  const std::string here = pointer + "/" + std::string(name);
  const json::value* value = members.if_contains(name);
  if (!value || value->is_null()) return refuse(here, "required");
  if (!value->is_string()) return malformed(here, "expected_text");
  const auto day = parse_date(std::string_view(value->as_string()));
  if (!day) return refuse(here, day.error().detail);
  return *day;
}

Result<std::optional<std::int64_t>> integer_member(const json::object& object,
                                                   std::string_view name, std::int64_t min,
                                                   std::int64_t max) {
  const std::string here = "/" + std::string(name);
  const json::value* value = object.if_contains(name);
  if (!value || value->is_null()) return std::optional<std::int64_t>();
  if (!value->is_int64()) return malformed(here, "expected_integer");
  if (value->as_int64() < min || value->as_int64() > max) {
    return refuse(here, "out_of_range",
                  {{"min", std::to_string(min)}, {"max", std::to_string(max)}});
  }
  return std::optional<std::int64_t>(value->as_int64());
}

Result<records::Window> read_window(const json::object& members, const std::string& pointer) {
  LP_TRY(const Day from, day_member(members, pointer, "from"));
  LP_TRY(const Day to, day_member(members, pointer, "to"));
  if (from >= to) return refuse(pointer + "/to", "window_empty");
  return records::Window{from, to};
}

Result<PageAsked> read_page(const json::object& body) {
  PageAsked asked;
  const json::value* page = body.if_contains("page");
  if (!page || page->is_null()) return asked;
  if (!page->is_object()) return malformed("/page", "expected_object");
  const json::object& members = page->as_object();
  LP_CHECK(allow_only(members, "/page", {"limit", "after"}));
  if (const json::value* limit = members.if_contains("limit"); limit && !limit->is_null()) {
    if (!limit->is_int64()) return malformed("/page/limit", "expected_integer");
    if (limit->as_int64() < 1 || limit->as_int64() > max_page_rows) {
      return refuse("/page/limit", "out_of_range",
                    {{"min", "1"}, {"max", std::to_string(max_page_rows)}});
    }
    asked.limit = static_cast<int>(limit->as_int64());
  }
  if (const json::value* after = members.if_contains("after"); after && !after->is_null()) {
    if (!after->is_string()) return malformed("/page/after", "expected_text");
    asked.after = after->as_string();
  }
  return asked;
}

std::string make_cursor(std::string_view question, std::size_t offset) {
  const std::string mark = to_hex(sha256(question)).substr(0, fingerprint_size);
  return std::string(cursor_prefix) + mark + "." + std::to_string(offset);
}

Result<std::size_t> read_cursor(std::string_view question, std::string_view cursor) {
  if (cursor.empty()) return std::size_t{0};
  const std::size_t digits = cursor_prefix.size() + fingerprint_size + 1;
  std::size_t offset = 0;
  const bool formed = cursor.starts_with(cursor_prefix) && cursor.size() > digits;
  const char* end = cursor.data() + cursor.size();
  if (!formed || std::from_chars(cursor.data() + digits, end, offset).ptr != end) {
    return Error::of(ErrorCode::cursor_mismatch, "wrong_cursor");
  }
  if (make_cursor(question, offset) != cursor) return Error::of(ErrorCode::cursor_mismatch);
  return offset;
}

void write_page(JsonWriter& out, std::string_view question, std::size_t end, std::size_t rows) {
  const bool more = end < rows;
  out.begin_object().key("next");
  more ? out.string(make_cursor(question, end)) : out.null();
  out.key("has_more").boolean(more).end_object();
}

}  // namespace linchpin::identify
