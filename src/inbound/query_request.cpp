#include "inbound/query_request.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/text.h"

namespace linchpin::inbound {

using records::AggregateRequest;
using records::CountMode;
using records::Field;
using records::FieldType;
using records::Object;
using records::PageRequest;
using records::QueryRequest;
using records::Schema;

namespace {

constexpr std::array<std::string_view, 7> reserved_names{"select", "sort",   "limit", "after",
                                                         "offset", "search", "count"};

Result<CountMode> read_count(std::string_view text, std::string pointer) {
  if (text.empty() || text == "none") return CountMode::none;
  if (text == "estimate") return CountMode::estimate;
  if (text == "capped") return CountMode::capped;
  if (text == "exact") return CountMode::exact;
  return wrong_member(std::move(pointer), "wrong_choice",
                      {{"of", "none, estimate, capped, exact"}});
}

Status read_page(const Members& body, PageRequest& page) {
  LP_TRY(const std::optional<Members> member, body.object("page"));
  if (!member) return {};
  LP_CHECK(member->allow_only({"limit", "after", "offset"}));
  LP_TRY(const auto limit, member->integer("limit", 1, PageRequest::max_limit));
  page.limit = static_cast<int>(limit.value_or(page.limit));
  LP_TRY(const auto after, member->text("after"));
  page.after = after.value_or("");
  LP_TRY(const auto offset, member->integer("offset", 0, PageRequest::max_offset));
  page.offset = offset.value_or(0);
  if (!page.after.empty() && page.offset != 0) {
    return wrong_member(member->pointer_to("offset"), "after_and_offset");
  }
  return {};
}

json::object leaf(std::string_view op, std::string_view field, json::value value) {
  json::object node;
  node["op"] = json::string(op);
  node["field"] = json::string(field);
  node["value"] = std::move(value);
  return node;
}

// The field that a path ends at; null when it leads nowhere, which the engine then says.
const Field* field_at(const Schema& schema, const Object& object, std::string_view path) {
  const Object* at = &object;
  while (at != nullptr) {
    const std::size_t dot = path.find('.');
    const Field* field = at->field(path.substr(0, dot));
    if (field == nullptr || dot == std::string_view::npos) return field;
    at = schema.object(field->target);
    path.remove_prefix(dot + 1);
  }
  return nullptr;
}

// A text of the query string as the JSON value that its field takes.
json::value typed_value(const Field* field, std::string_view text) {
  if (field == nullptr) return json::string(text);
  switch (field->type) {
    case FieldType::boolean:
      if (text == "true") return true;
      if (text == "false") return false;
      break;
    case FieldType::integer:
    case FieldType::rating: {
      std::int64_t number = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
      if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return number;
      break;
    }
    case FieldType::user:
      if (text == "me") return json::object{{"var", "me"}};
      break;
    default:
      break;
  }
  return json::string(text);
}

bool holds_several(const Field* field) {
  return field != nullptr && (field->many || field->type == FieldType::multi_select);
}

json::object condition(const Field* field, std::string_view path,
                       const std::vector<std::string_view>& texts) {
  if (texts.size() == 1 && texts.front().empty()) {
    json::object node;
    node["op"] = "empty";
    node["field"] = json::string(path);
    return node;
  }
  if (texts.size() == 1 && !holds_several(field)) {
    return leaf("eq", path, typed_value(field, texts.front()));
  }
  json::array values;
  for (const std::string_view text : texts) values.push_back(typed_value(field, text));
  return leaf(holds_several(field) ? "has_any" : "in", path, json::value(std::move(values)));
}

json::value list_filter(const RequestHead& head, const Schema& schema, const Object& object) {
  std::map<std::string_view, std::vector<std::string_view>> wanted;
  for (const auto& [name, value] : head.query) {
    const bool reserved =
        std::find(reserved_names.begin(), reserved_names.end(), name) != reserved_names.end();
    if (!reserved) wanted[name].push_back(value);
  }
  if (wanted.empty()) return nullptr;
  json::array conditions;
  for (const auto& [path, texts] : wanted) {
    conditions.push_back(condition(field_at(schema, object, path), path, texts));
  }
  if (conditions.size() == 1) return std::move(conditions.front());
  json::object all;
  all["op"] = "and";
  all["args"] = std::move(conditions);
  return all;
}

Result<json::value> list_sort(const RequestHead& head) {
  LP_TRY(const std::vector<std::string> names,
         listed_names(head.query_value("sort").value_or(""), "sort"));
  if (names.empty()) return json::value(nullptr);
  json::array sort;
  for (const std::string& name : names) {
    const bool descending = name.starts_with('-');
    json::object key;
    key["field"] = json::string(std::string_view(name).substr(descending ? 1 : 0));
    key["dir"] = descending ? "desc" : "asc";
    sort.push_back(std::move(key));
  }
  return json::value(std::move(sort));
}

}  // namespace

Result<std::string> read_purpose(std::optional<std::string_view> text) {
  std::string purpose = trimmed(text.value_or(""));
  if (code_points(purpose) <= max_purpose_characters) return purpose;
  return Error::invalid(
      FieldProblem{"/purpose", {}, "too_long", {{"max", std::to_string(max_purpose_characters)}}});
}

Result<QueryRequest> read_query(const Members& body) {
  LP_CHECK(body.allow_only({"select", "purpose", "where", "search", "sort", "page", "count"}));
  QueryRequest query;
  LP_TRY(query.select, body.texts("select"));
  LP_TRY(const auto purpose, body.text("purpose"));
  LP_TRY(query.purpose, read_purpose(purpose));
  query.where = body.value("where");
  LP_TRY(const auto search, body.text("search"));
  query.search = search.value_or("");
  query.sort = body.value("sort");
  LP_CHECK(read_page(body, query.page));
  LP_TRY(const auto count, body.text("count"));
  LP_TRY(query.count, read_count(count.value_or(""), "/count"));
  return query;
}

Result<AggregateRequest> read_aggregate(const Members& body) {
  LP_CHECK(body.allow_only({"where", "search", "group", "measures", "sort", "page", "totals"}));
  AggregateRequest request;
  request.where = body.value("where");
  LP_TRY(const auto search, body.text("search"));
  request.search = search.value_or("");
  request.group = body.value("group");
  request.measures = body.value("measures");
  request.sort = body.value("sort");
  LP_CHECK(read_page(body, request.page));
  LP_TRY(request.totals, body.boolean("totals"));
  return request;
}

Result<QueryRequest> read_list_query(const RequestHead& head, const Schema& schema,
                                     const Object& object) {
  QueryRequest query;
  LP_TRY(query.select, listed_names(head.query_value("select").value_or(""), "select"));
  query.where = list_filter(head, schema, object);
  query.search = head.query_value("search").value_or("");
  LP_TRY(query.sort, list_sort(head));
  LP_TRY(const std::int64_t limit,
         integer_query(head, "limit", query.page.limit, 1, PageRequest::max_limit));
  query.page.limit = static_cast<int>(limit);
  query.page.after = head.query_value("after").value_or("");
  LP_TRY(query.page.offset, integer_query(head, "offset", 0, 0, PageRequest::max_offset));
  if (!query.page.after.empty() && query.page.offset != 0) {
    return wrong_member("/offset", "after_and_offset");
  }
  LP_TRY(query.count, read_count(head.query_value("count").value_or(""), "/count"));
  return query;
}

}  // namespace linchpin::inbound
