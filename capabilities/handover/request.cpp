#include "handover/request.h"

#include <algorithm>

#include "base/text.h"

namespace linchpin::handover {

Error refused(std::string pointer, std::string code, ErrorParams params) {
  return Error::invalid(FieldProblem{std::move(pointer), {}, std::move(code), std::move(params)});
}

Status allow_only(const json::object& object, const std::string& pointer,
                  std::initializer_list<std::string_view> names) {
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    Error error = Error::of(ErrorCode::malformed);
    error.problems.push_back(
        {pointer + "/" + std::string(name), {}, "unknown_member", {{"name", std::string(name)}}});
    return error;
  }
  return {};
}

const json::value& member_of(const json::object& object, std::string_view name) {
  static const json::value none;
  const json::value* found = object.if_contains(name);
  return found ? *found : none;
}

Result<RecordId> id_member(const json::object& object, const std::string& pointer,
                           std::string_view name) {
  const std::string place = pointer + "/" + std::string(name);
  const json::value& value = member_of(object, name);
  if (value.is_null()) return refused(place, "required");
  const auto id = value.is_string() ? parse_id(std::string_view(value.get_string()))
                                    : Result<RecordId>(Error::of(ErrorCode::malformed));
  if (!id) return refused(place, "wrong_id");
  return *id;
}

Result<std::vector<RecordId>> ids_member(const json::object& object, const std::string& pointer,
                                         std::string_view name, std::size_t limit) {
  const std::string place = pointer + "/" + std::string(name);
  const json::value& value = member_of(object, name);
  std::vector<RecordId> ids;
  if (value.is_null()) return ids;
  if (!value.is_array()) return refused(place, "expected_list");
  const json::array& items = value.get_array();
  if (items.size() > limit) {
    return refused(place, "too_many_values", {{"max", std::to_string(limit)}});
  }
  for (const json::value& item : items) {
    const auto id = item.is_string() ? parse_id(std::string_view(item.get_string()))
                                     : Result<RecordId>(Error::of(ErrorCode::malformed));
    if (!id) return refused(place + "/" + std::to_string(ids.size()), "wrong_id");
    ids.push_back(*id);
  }
  return ids;
}

Result<std::string> text_member(const json::object& object, std::string_view name,
                                std::size_t limit) {
  const std::string place = "/" + std::string(name);
  const json::value& value = member_of(object, name);
  if (value.is_null()) return std::string();
  if (!value.is_string()) return refused(place, "expected_text");
  std::string text = trimmed(std::string_view(value.get_string()));
  if (code_points(text) > limit)
    return refused(place, "too_long", {{"max", std::to_string(limit)}});
  return text;
}

}  // namespace linchpin::handover
