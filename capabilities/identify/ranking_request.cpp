#include "identify/ranking_request.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

constexpr std::size_t max_class_name = 40;

Error refuse(const std::string& pointer, std::string code, ErrorParams params = {}) {
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

// The member's text; empty when it is absent.
Result<std::string> text_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (!value || value->is_null()) return std::string();
  if (!value->is_string()) return malformed("/" + std::string(name), "expected_text");
  return std::string(value->as_string());
}

Result<Day> read_day(const json::object& members, const std::string& pointer,
                     std::string_view name) {
  const std::string here = pointer + "/" + std::string(name);
  const json::value* value = members.if_contains(name);
  if (!value || value->is_null()) return refuse(here, "required");
  if (!value->is_string()) return malformed(here, "expected_text");
  const auto day = parse_date(std::string_view(value->as_string()));
  if (!day) return refuse(here, day.error().detail);
  return *day;
}

Result<ClassLimit> read_class(const json::value& item, const std::string& pointer) {
  if (!item.is_object()) return malformed(pointer, "expected_object");
  const json::object& members = item.as_object();
  LP_CHECK(allow_only(members, pointer, {"name", "upto"}));
  const json::value* name = members.if_contains("name");
  const json::value* upto = members.if_contains("upto");
  if (!name || !name->is_string() || name->as_string().empty() ||
      name->as_string().size() > max_class_name) {
    return refuse(pointer + "/name", "wrong_class");
  }
  if (!upto || !upto->is_number()) return refuse(pointer + "/upto", "wrong_class");
  const double share = upto->to_number<double>();
  if (!(share > 0 && share <= 1)) {
    return refuse(pointer + "/upto", "out_of_range", {{"min", "0"}, {"max", "1"}});
  }
  return ClassLimit{std::string(name->as_string()), share};
}

Result<std::vector<ClassLimit>> read_classes(const json::object& body) {
  const json::value* value = body.if_contains("classes");
  if (!value || value->is_null()) return default_classes();
  if (!value->is_array()) return malformed("/classes", "expected_list");
  const json::array& items = value->as_array();
  if (items.empty() || items.size() > max_classes) {
    return refuse("/classes", "out_of_range", {{"min", "1"}, {"max", std::to_string(max_classes)}});
  }
  std::vector<ClassLimit> classes;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string pointer = "/classes/" + std::to_string(i);
    LP_TRY(ClassLimit limit, read_class(items[i], pointer));
    for (const ClassLimit& earlier : classes) {
      if (earlier.name == limit.name) return refuse(pointer + "/name", "duplicate_value");
    }
    if (!classes.empty() && classes.back().upto >= limit.upto) {
      return refuse(pointer + "/upto", "classes_not_ascending");
    }
    classes.push_back(std::move(limit));
  }
  if (classes.back().upto < 1) {
    return refuse("/classes/" + std::to_string(items.size() - 1) + "/upto",
                  "classes_end_below_one");
  }
  return classes;
}

Status read_options(const json::object& body, RankingRequest& request) {
  LP_TRY(const std::string measure, text_member(body, "measure"));
  const auto named = measure_named(measure.empty() ? "net_sales" : measure);
  if (!named) return refuse("/measure", "no_such_option", {{"value", measure}});
  request.measure.measure = *named;
  LP_TRY(const std::string tax, text_member(body, "tax"));
  if (!tax.empty() && tax != "exclusive" && tax != "inclusive") {
    return refuse("/tax", "no_such_option", {{"value", tax}});
  }
  request.measure.tax = tax == "inclusive" ? Tax::inclusive : Tax::exclusive;
  LP_TRY(const std::string convention, text_member(body, "convention"));
  if (!convention.empty() && convention != "before" && convention != "after") {
    return refuse("/convention", "no_such_option", {{"value", convention}});
  }
  request.convention = convention == "after" ? Convention::after : Convention::before;
  const json::value* half_life = body.if_contains("half_life_days");
  if (half_life && !half_life->is_null()) {
    if (!half_life->is_int64()) return malformed("/half_life_days", "expected_integer");
    const std::int64_t days = half_life->as_int64();
    if (days < 1 || days > max_half_life_days) {
      return refuse("/half_life_days", "out_of_range",
                    {{"min", "1"}, {"max", std::to_string(max_half_life_days)}});
    }
    request.measure.half_life_days = days;
  }
  return {};
}

Status read_page(const json::object& body, RankingRequest& request) {
  const json::value* page = body.if_contains("page");
  if (!page || page->is_null()) return {};
  if (!page->is_object()) return malformed("/page", "expected_object");
  const json::object& members = page->as_object();
  LP_CHECK(allow_only(members, "/page", {"limit", "after"}));
  if (const json::value* limit = members.if_contains("limit"); limit && !limit->is_null()) {
    if (!limit->is_int64()) return malformed("/page/limit", "expected_integer");
    if (limit->as_int64() < 1 || limit->as_int64() > max_page_rows) {
      return refuse("/page/limit", "out_of_range",
                    {{"min", "1"}, {"max", std::to_string(max_page_rows)}});
    }
    request.page_limit = static_cast<int>(limit->as_int64());
  }
  if (const json::value* after = members.if_contains("after"); after && !after->is_null()) {
    if (!after->is_string()) return malformed("/page/after", "expected_text");
    request.page_after = after->as_string();
  }
  return {};
}

}  // namespace

std::vector<ClassLimit> default_classes() {
  return {{"A", 0.55}, {"B", 0.85}, {"C", 1}};
}

Result<records::Window> read_window(const json::object& members, const std::string& pointer) {
  LP_TRY(const Day from, read_day(members, pointer, "from"));
  LP_TRY(const Day to, read_day(members, pointer, "to"));
  if (from >= to) return refuse(pointer + "/to", "window_empty");
  return records::Window{from, to};
}

Result<RankingRequest> read_ranking_request(const json::object& body) {
  LP_CHECK(allow_only(body, "",
                      {"measure", "tax", "from", "to", "classes", "convention", "where",
                       "half_life_days", "compare", "page"}));
  RankingRequest request;
  LP_CHECK(read_options(body, request));
  LP_TRY(request.measure.window, read_window(body, ""));
  LP_TRY(request.classes, read_classes(body));
  if (const json::value* where = body.if_contains("where")) request.measure.where = *where;
  if (const json::value* compare = body.if_contains("compare"); compare && !compare->is_null()) {
    if (!compare->is_object()) return malformed("/compare", "expected_object");
    LP_CHECK(allow_only(compare->as_object(), "/compare", {"from", "to"}));
    LP_TRY(request.compare, read_window(compare->as_object(), "/compare"));
  }
  LP_CHECK(read_page(body, request));
  return request;
}

std::string RankingRequest::text() const {
  std::string text(measure_name(measure.measure));
  const auto add = [&](const std::string& part) { text += "|" + part; };
  add(measure.tax == Tax::inclusive ? "inclusive" : "exclusive");
  add(format_date(measure.window.from) + ".." + format_date(measure.window.to));
  add(std::to_string(measure.half_life_days.value_or(0)));
  add(json::serialize(measure.where));
  add(convention == Convention::before ? "before" : "after");
  for (const ClassLimit& limit : classes) add(limit.name + "=" + std::to_string(limit.upto));
  return text;
}

}  // namespace linchpin::identify
