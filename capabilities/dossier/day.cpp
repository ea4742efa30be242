#include "dossier/account_view.h"
#include "dossier/week.h"

namespace linchpin::dossier {

namespace {

constexpr int max_day_rows = 100;
constexpr int changed_days = 7;

json::string me(const Reading& reading) {
  return json::string(format_id(reading.scope().user()));
}

Status write_rows(JsonWriter& out, const Reading& reading, std::string_view name,
                  const Question& question) {
  LP_TRY(const json::array rows, reading.rows(question));
  out.key(name).raw(json::serialize(rows));
  return {};
}

Status write_agenda(JsonWriter& out, const Reading& reading, Day day) {
  const TimeZone zone = reading.records().frame().time_zone;
  const json::string begins(format_instant(zone.start_of_day(day)));
  const std::vector<std::string> visit_fields{
      "subject",       "account", "account.name", "account.city",      "kind",
      "planned_at",    "place",   "state",        "dossier_opened_at", "next_visit_on",
      "checked_in_at"};
  LP_CHECK(write_rows(
      out, reading, "visits",
      {"visit", visit_fields, visits_on(reading, day), "planned_at", false, max_day_rows}));
  LP_CHECK(write_rows(out, reading, "reports_due",
                      {"visit", visit_fields,
                       all_of({my_visits(reading), leaf("lt", "planned_at", begins),
                               leaf("in", "state", json::array{"planned", "done"})}),
                       "planned_at", true, max_day_rows}));
  LP_CHECK(write_rows(out, reading, "tasks",
                      {"task",
                       {"title", "account", "account.name", "kind", "due_on", "evidence"},
                       all_of({leaf("eq", "owner", me(reading)), leaf("eq", "state", "open")}),
                       "due_on",
                       false,
                       max_day_rows}));
  return write_rows(out, reading, "checks",
                    {"account",
                     {"name", "tier", "completeness", "card_checked_at"},
                     all_of({leaf("eq", "owner", me(reading)), check_is_due(reading)}),
                     "card_checked_at",
                     false,
                     max_day_rows});
}

Status write_news(JsonWriter& out, const Reading& reading, Day day) {
  const TimeZone zone = reading.records().frame().time_zone;
  const json::string since(format_instant(zone.start_of_day(day - changed_days)));
  const json::value mine = leaf("eq", "account.owner", me(reading));
  LP_CHECK(write_rows(
      out, reading, "complaints",
      {"complaint",
       {"number", "account", "account.name", "severity", "state", "content", "due_at", "raised_at"},
       all_of({any_of({mine, leaf("eq", "owner", me(reading))}),
               leaf("not_in", "state", json::array{"closed", "confirmed"})}),
       "due_at",
       false,
       max_day_rows}));
  LP_CHECK(write_rows(out, reading, "orders",
                      {"order",
                       {"number", "account", "account.name", "amount", "ordered_at"},
                       all_of({mine, leaf("gte", "ordered_at", since)}),
                       "ordered_at",
                       true,
                       max_day_rows}));
  return write_rows(out, reading, "overdue",
                    {"invoice",
                     {"number", "account", "account.name", "open_amount", "due_on"},
                     all_of({mine, leaf("gt", "open_amount", "0"),
                             leaf("lt", "due_on", json::string(format_date(day)))}),
                     "due_on",
                     false,
                     max_day_rows});
}

}  // namespace

json::value my_visits(const Reading& reading) {
  return any_of({leaf("has_any", "our_people", json::array{me(reading)}),
                 leaf("eq", "account.owner", me(reading))});
}

json::value visits_on(const Reading& reading, Day day) {
  const TimeZone zone = reading.records().frame().time_zone;
  const json::string begins(format_instant(zone.start_of_day(day)));
  const json::string ends(format_instant(zone.start_of_day(day + 1)));
  return all_of({my_visits(reading), leaf("gte", "planned_at", begins),
                 leaf("lt", "planned_at", ends), leaf("ne", "state", "cancelled")});
}

Status write_day(JsonWriter& out, const Reading& reading, Day day) {
  out.begin_object().key("date").date(day);
  LP_CHECK(write_agenda(out, reading, day));
  LP_CHECK(write_news(out, reading, day));
  out.end_object();
  return {};
}

}  // namespace linchpin::dossier
