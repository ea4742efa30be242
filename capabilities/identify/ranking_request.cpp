#include "identify/ranking_request.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

constexpr std::size_t max_class_name = 40;

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
  LP_TRY(request.measure.half_life_days,
         integer_member(body, "half_life_days", 1, max_half_life_days));
  return {};
}

Status read_pool(const json::object& body, RankingRequest& request) {
  const json::value* pool = body.if_contains("pool");
  if (!pool || pool->is_null()) return {};
  if (!pool->is_object()) return malformed("/pool", "expected_object");
  LP_CHECK(allow_only(pool->as_object(), "/pool", {"yardstick"}));
  request.with_pool = true;
  const json::value* yardstick = pool->as_object().if_contains("yardstick");
  if (!yardstick || yardstick->is_null()) return {};
  if (!yardstick->is_number()) return malformed("/pool/yardstick", "expected_number");
  const double share = yardstick->to_number<double>();
  if (!(share > 0 && share <= 1)) {
    return refuse("/pool/yardstick", "out_of_range", {{"min", "0"}, {"max", "1"}});
  }
  request.yardstick = share;
  return {};
}

}  // namespace

std::vector<ClassLimit> default_classes() {
  return {{"A", 0.55}, {"B", 0.85}, {"C", 1}};
}

Result<RankingRequest> read_ranking_request(const json::object& body) {
  LP_CHECK(allow_only(body, "",
                      {"measure", "tax", "from", "to", "classes", "convention", "where",
                       "half_life_days", "compare", "pool", "page"}));
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
  LP_CHECK(read_pool(body, request));
  LP_TRY(request.page, read_page(body));
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
