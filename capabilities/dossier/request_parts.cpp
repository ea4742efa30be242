#include "dossier/request_parts.h"

#include <algorithm>

namespace linchpin::dossier {

namespace {

Result<RecordId> read_id(std::string_view name, std::string_view text) {
  const auto id = parse_id(text);
  if (!id) return refused(name, "wrong_id");
  return *id;
}

}  // namespace

Error refused(std::string_view member, std::string code) {
  return Error::invalid(
      FieldProblem{"/" + std::string(member), std::string(member), std::move(code), {}});
}

Error malformed_member(std::string_view member, std::string code) {
  Error error = refused(member, std::move(code));
  error.code = ErrorCode::malformed;
  return error;
}

Result<json::object> body_of(const inbound::Request& request,
                             std::initializer_list<std::string_view> names) {
  LP_TRY(json::object body,
         request.body.empty() ? json::object() : parse_json_object(request.body));
  for (const auto& member : body) {
    const std::string_view key = member.key();
    if (std::find(names.begin(), names.end(), key) == names.end()) {
      return malformed_member(key, "unknown_member");
    }
  }
  return body;
}

Result<RecordId> id_member(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  if (!value || value->is_null()) return RecordId{};
  if (!value->is_string()) return malformed_member(name, "expected_text");
  return read_id(name, value->get_string());
}

Result<RecordId> id_asked(const inbound::Request& request, std::string_view name) {
  const auto text = request.head.query_value(name);
  if (!text || text->empty()) return RecordId{};
  return read_id(name, *text);
}

Result<std::optional<Day>> day_asked(const inbound::Request& request, std::string_view name) {
  const auto text = request.head.query_value(name);
  if (!text || text->empty()) return std::optional<Day>();
  const auto day = parse_date(*text);
  if (!day) return refused(name, day.error().detail);
  return std::optional<Day>(*day);
}

}  // namespace linchpin::dossier
