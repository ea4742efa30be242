#include "inbound/working_calendar.h"

#include <algorithm>

#include "base/text.h"

namespace linchpin::inbound {

namespace {

using SpanKind = WorkingCalendar::Kind;
using CalendarSpan = WorkingCalendar::Span;
using CalendarProblems = std::vector<FieldProblem>;

constexpr std::size_t max_calendar_spans = 400;
constexpr Day max_span_days = 62;
constexpr std::size_t max_span_name = 40;  // code points
constexpr int days_of_the_week = 7;
constexpr std::string_view holiday_kind = "holiday", working_kind = "working";

void refuse_span(CalendarProblems& problems, const Members& at, std::string_view name,
                 std::string code, ErrorParams params = {}) {
  problems.push_back({at.pointer_to(name), "working_calendar", std::move(code), std::move(params)});
}

Status change_weekend(const Members& wanted, std::set<int>& weekend, CalendarProblems& problems) {
  const json::value& listed = wanted.value("weekend");
  if (listed.is_null()) return {};
  if (!listed.is_array()) return wrong_member(wanted.pointer_to("weekend"), "expected_list");
  std::set<int> days;
  for (const json::value& day : listed.as_array()) {
    if (!day.is_int64()) return wrong_member(wanted.pointer_to("weekend"), "expected_integer");
    if (day.get_int64() < 1 || day.get_int64() > days_of_the_week) {
      refuse_span(problems, wanted, "weekend", "out_of_range",
                  {{"min", "1"}, {"max", std::to_string(days_of_the_week)}});
      return {};
    }
    days.insert(static_cast<int>(day.get_int64()));
  }
  if (days.size() == days_of_the_week) {
    refuse_span(problems, wanted, "weekend", "no_working_day");
    return {};
  }
  weekend = std::move(days);
  return {};
}

// Nothing where the day is wrong, and then it is among the problems.
Result<std::optional<Day>> day_of_span(const Members& span, std::string_view name,
                                       CalendarProblems& problems) {
  LP_TRY(const std::string text, span.required_text(name));
  const Result<Day> day = parse_date(text);
  if (day) return std::optional(*day);
  refuse_span(problems, span, name, day.error().detail);
  return std::optional<Day>();
}

Result<std::optional<CalendarSpan>> read_span(const Members& wanted, CalendarProblems& problems) {
  LP_CHECK(wanted.allow_only({"from", "until", "kind", "name"}));
  const std::size_t before = problems.size();
  LP_TRY(const std::optional<Day> from, day_of_span(wanted, "from", problems));
  LP_TRY(const std::optional<Day> until, day_of_span(wanted, "until", problems));
  LP_TRY(const std::string kind, wanted.required_text("kind"));
  LP_TRY(const std::optional<std::string> name, wanted.text("name"));
  CalendarSpan span{from.value_or(0), until.value_or(0),
                    kind == working_kind ? SpanKind::working : SpanKind::holiday,
                    trimmed(name.value_or(""))};
  if (kind != holiday_kind && kind != working_kind) {
    refuse_span(problems, wanted, "kind", "wrong_choice", {{"of", "holiday, working"}});
  }
  if (from && until && (span.until < span.from || span.until - span.from >= max_span_days)) {
    refuse_span(problems, wanted, "until", "wrong_span", {{"max", std::to_string(max_span_days)}});
  }
  if (code_points(span.name) > max_span_name) {
    refuse_span(problems, wanted, "name", "too_long", {{"max", std::to_string(max_span_name)}});
  }
  if (problems.size() > before) return std::optional<CalendarSpan>();
  return std::optional(std::move(span));
}

Status change_spans(const Members& wanted, std::vector<CalendarSpan>& days,
                   CalendarProblems& problems) {
  const json::value& listed = wanted.value("days");
  if (listed.is_null()) return {};
  const std::string pointer = wanted.pointer_to("days");
  if (!listed.is_array()) return wrong_member(pointer, "expected_list");
  if (listed.as_array().size() > max_calendar_spans) {
    refuse_span(problems, wanted, "days", "too_many_values",
                {{"max", std::to_string(max_calendar_spans)}});
    return {};
  }
  const std::size_t before = problems.size();
  std::vector<CalendarSpan> read;
  for (std::size_t at = 0; at < listed.as_array().size(); ++at) {
    const json::value& entry = listed.as_array()[at];
    const std::string place = pointer + "/" + std::to_string(at);
    if (!entry.is_object()) return wrong_member(place, "expected_object");
    LP_TRY(std::optional<CalendarSpan> span,
           read_span(Members(entry.as_object(), place), problems));
    if (span) read.push_back(std::move(*span));
  }
  std::sort(read.begin(), read.end(), [](const CalendarSpan& left, const CalendarSpan& right) {
    return left.from < right.from;
  });
  const auto shared = std::adjacent_find(
      read.begin(), read.end(),
      [](const CalendarSpan& left, const CalendarSpan& right) { return right.from <= left.until; });
  if (shared != read.end()) {
    refuse_span(problems, wanted, "days", "day_twice", {{"day", format_date((shared + 1)->from)}});
  }
  if (problems.size() == before) days = std::move(read);
  return {};
}

}  // namespace

void write_calendar(JsonWriter& out, const WorkingCalendar& calendar) {
  out.begin_object().key("weekend").begin_array();
  for (const int day : calendar.weekend) out.integer(day);
  out.end_array().key("days").begin_array();
  for (const CalendarSpan& span : calendar.days) {
    out.begin_object().key("from").date(span.from).key("until").date(span.until);
    out.key("kind").string(span.kind == SpanKind::working ? working_kind : holiday_kind);
    out.key("name").string(span.name).end_object();
  }
  out.end_array().end_object();
}

Status change_calendar(const Members& wanted, WorkingCalendar& calendar,
                       std::vector<FieldProblem>& problems) {
  LP_CHECK(wanted.allow_only({"weekend", "days"}));
  LP_CHECK(change_weekend(wanted, calendar.weekend, problems));
  return change_spans(wanted, calendar.days, problems);
}

}  // namespace linchpin::inbound
