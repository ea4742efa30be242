#include "dossier/reading.h"

#include <algorithm>

#include "records/aggregate.h"
#include "records/rights.h"

namespace linchpin::dossier {

namespace {

// Whether it says that the reader may not see what was asked of.
bool is_out_of_sight(const Error& error) {
  return error.code == ErrorCode::not_found || error.code == ErrorCode::unknown_field;
}

// Whether the reader may read every step of the path, "account.name".
bool is_in_sight(const access::AccessScope& scope, const records::Schema& schema,
                 const records::Object* object, std::string_view path) {
  while (object && scope.may(access::Action::read, object->api_name)) {
    const std::size_t dot = path.find('.');
    const records::Field* field = object->field(path.substr(0, dot));
    if (!field || records::right_of(scope, *object, *field) == access::FieldRight::none) {
      return false;
    }
    if (dot == std::string_view::npos) return true;
    object = schema.object(field->target);
    path.remove_prefix(dot + 1);
  }
  return false;
}

}  // namespace

Result<json::object> Reading::record(std::string_view object, RecordId id) const {
  JsonWriter out;
  LP_CHECK(records_.get(scope_, object, id, {}, out));
  return parse_json_object(out.text());
}

Result<json::array> Reading::rows(const Question& question) const {
  const auto schema = records_.schema();
  const records::Object* object = schema->object(question.object);
  if (!object) return json::array();
  records::QueryRequest request;
  for (const std::string& name : question.select) {
    if (is_in_sight(scope_, *schema, object, name)) request.select.push_back(name);
  }
  if (request.select.empty()) return json::array();
  request.where = question.where;
  if (!question.sort.empty()) {
    json::object key;
    key["field"] = question.sort;
    key["dir"] = question.descending ? "desc" : "asc";
    request.sort = json::array{std::move(key)};
  }
  json::array found;
  while (found.size() < static_cast<std::size_t>(question.limit)) {
    const int left = question.limit - static_cast<int>(found.size());
    request.page.limit = std::min(left, records::PageRequest::max_limit);
    JsonWriter out;
    const Status asked = records_.query(scope_, question.object, request, out);
    if (!asked && is_out_of_sight(asked.error())) return json::array();
    LP_CHECK(asked);
    LP_TRY(json::object answer, parse_json_object(out.text()));
    for (json::value& row : answer.at("records").as_array()) found.push_back(std::move(row));
    request.page.after = text_at(answer.at("page").as_object(), "next");
    if (request.page.after.empty()) break;
  }
  return found;
}

Result<json::array> Reading::groups(const GroupQuestion& question) const {
  records::AggregateRequest request;
  request.where = question.where;
  request.group = question.group;
  request.measures = question.measures;
  request.page.limit = records::PageRequest::max_limit;
  json::array groups;
  while (groups.size() < max_groups) {
    JsonWriter out;
    const Status asked = records_.aggregate(scope_, question.object, request, out);
    if (!asked && is_out_of_sight(asked.error())) return json::array();
    LP_CHECK(asked);
    LP_TRY(json::object answer, parse_json_object(out.text()));
    for (json::value& group : answer.at("groups").as_array()) groups.push_back(std::move(group));
    request.page.after = text_at(answer.at("page").as_object(), "next");
    if (request.page.after.empty()) break;
  }
  return groups;
}

bool Reading::sees(std::string_view name, std::initializer_list<std::string_view> fields) const {
  const auto schema = records_.schema();
  const records::Object* object = schema->object(name);
  if (!object || !scope_.may(access::Action::read, name)) return false;
  return std::all_of(fields.begin(), fields.end(), [&](std::string_view one) {
    const records::Field* field = object->field(one);
    return field && records::right_of(scope_, *object, *field) != access::FieldRight::none;
  });
}

json::object group_by(std::string_view field, std::string_view bucket) {
  json::object group{{"field", json::string(field)}};
  if (!bucket.empty()) group["bucket"] = json::string(bucket);
  return group;
}

json::object measure_of(std::string_view as, std::string_view fn, std::string_view field) {
  json::object measure{{"as", json::string(as)}, {"fn", json::string(fn)}};
  if (!field.empty()) measure["field"] = json::string(field);
  return measure;
}

RecordId id_at(const json::object& object, std::string_view name) {
  return parse_id(text_at(object, name)).value_or(RecordId{});
}

const json::object& fields_of(const json::value& row) {
  return row.as_object().at("fields").as_object();
}

}  // namespace linchpin::dossier
