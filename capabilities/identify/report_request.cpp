#include "identify/report_request.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace linchpin::identify {

namespace {

using inbound::RequestHead;

constexpr std::array known_names{
    "from",           "to",           "measure",    "tax", "a", "b", "convention",
    "half_life_days", "compare_from", "compare_to", "lang"};
// These stand in the query as they do in the body of a ranking.
constexpr std::array copied_names{"from", "to", "measure", "tax", "convention"};
constexpr double default_a = 0.55;
constexpr double default_b = 0.85;

Error refuse_parameter(const std::string& name, std::string code, ErrorParams params = {}) {
  return Error::invalid(FieldProblem{"/" + name, name, std::move(code), std::move(params)});
}

Status allow_known(const RequestHead& head) {
  for (const auto& [name, value] : head.query) {
    if (std::find(known_names.begin(), known_names.end(), name) != known_names.end()) continue;
    Error error = refuse_parameter(name, "unknown_member", {{"name", name}});
    error.code = ErrorCode::malformed;
    return error;
  }
  return {};
}

// Empty when it is absent or has no value.
std::string_view value_of(const RequestHead& head, std::string_view name) {
  return head.query_value(name).value_or("");
}

Result<double> read_share(const RequestHead& head, const std::string& name, double otherwise) {
  const std::string_view text = value_of(head, name);
  if (text.empty()) return otherwise;
  double share = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, share);
  const bool formed = read.ec == std::errc() && read.ptr == end && std::isfinite(share);
  if (!formed || !(share > 0 && share < 1)) {
    return refuse_parameter(name, "out_of_range", {{"min", "0"}, {"max", "1"}});
  }
  return share;
}

Status copy_half_life(const RequestHead& head, json::object& body) {
  const std::string_view text = value_of(head, "half_life_days");
  if (text.empty()) return {};
  std::int64_t days = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, days);
  if (read.ec != std::errc() || read.ptr != end) {
    return refuse_parameter("half_life_days", "out_of_range",
                            {{"min", "1"}, {"max", std::to_string(max_half_life_days)}});
  }
  body["half_life_days"] = days;
  return {};
}

Result<std::optional<records::Window>> read_compared(const RequestHead& head) {
  const std::string_view from = value_of(head, "compare_from");
  const std::string_view to = value_of(head, "compare_to");
  if (from.empty() && to.empty()) return std::optional<records::Window>();
  if (from.empty()) return refuse_parameter("compare_from", "required");
  if (to.empty()) return refuse_parameter("compare_to", "required");
  const auto first = parse_date(from);
  if (!first) return refuse_parameter("compare_from", first.error().detail);
  const auto last = parse_date(to);
  if (!last) return refuse_parameter("compare_to", last.error().detail);
  if (*first >= *last) return refuse_parameter("compare_to", "window_empty");
  return std::optional(records::Window{*first, *last});
}

Day year_before(Day day) {
  CivilDate date = civil_of(day);
  --date.year;
  if (date.month == 2 && date.day == 29) date.day = 28;
  return day_of(date);
}

}  // namespace

records::Window year_before(records::Window window) {
  return {year_before(window.from), year_before(window.to)};
}

Result<Language> read_language(const RequestHead& head, Language otherwise) {
  const std::string_view tag = value_of(head, "lang");
  if (tag.empty()) return otherwise;
  if (tag == language_tag(Language::zh_cn)) return Language::zh_cn;
  if (tag == language_tag(Language::en)) return Language::en;
  return refuse_parameter("lang", "no_such_option", {{"value", std::string(tag)}});
}

Result<ReportRequest> read_report_request(const RequestHead& head, Language otherwise) {
  LP_CHECK(allow_known(head));
  ReportRequest request;
  LP_TRY(request.language, read_language(head, otherwise));
  json::object body;
  for (const char* name : copied_names) {
    const std::string_view text = value_of(head, name);
    if (!text.empty()) body[name] = text;
  }
  LP_CHECK(copy_half_life(head, body));
  LP_TRY(request.ranking, read_ranking_request(body));
  LP_TRY(const double a, read_share(head, "a", default_a));
  LP_TRY(const double b, read_share(head, "b", std::max(a, default_b)));
  if (a >= b) return refuse_parameter("b", "classes_not_ascending");
  request.ranking.classes = {{"A", a}, {"B", b}, {"C", 1}};
  LP_TRY(request.ranking.compare, read_compared(head));
  return request;
}

}  // namespace linchpin::identify
