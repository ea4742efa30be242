#include "records/conditions.h"

namespace linchpin::records {

namespace {

json::object connected(std::string_view op, json::array conditions) {
  json::object node;
  node["op"] = json::string(op);
  node["args"] = std::move(conditions);
  return node;
}

}  // namespace

json::object leaf(std::string_view op, std::string_view field, json::value value) {
  json::object node;
  node["op"] = json::string(op);
  node["field"] = json::string(field);
  if (!value.is_null()) node["value"] = std::move(value);
  return node;
}

json::object all_of(json::array conditions) {
  return connected("and", std::move(conditions));
}

json::object any_of(json::array conditions) {
  return connected("or", std::move(conditions));
}

json::object where_is(std::string_view field, std::string_view value) {
  return leaf("eq", field, json::string(value));
}

json::object where_in(std::string_view field, const std::vector<std::string>& values) {
  json::array listed;
  for (const std::string& value : values) listed.emplace_back(std::string_view(value));
  return leaf("in", field, std::move(listed));
}

json::object where_empty(std::string_view field) {
  return leaf("empty", field);
}

}  // namespace linchpin::records
