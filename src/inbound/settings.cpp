#include "inbound/settings.h"

#include <algorithm>

#include "base/text.h"
#include "storage/ddl.h"

namespace linchpin::inbound {

using storage::Connection;
using storage::Sql;

namespace {

constexpr int min_change_days = 30;  // as long as the trash can be restored
constexpr int max_change_days = 3'660;
constexpr std::size_t max_workspace_name = 100;  // code points
constexpr storage::Literal whole = "workspace";

using Problems = std::vector<FieldProblem>;

void refuse(Problems& problems, const Members& at, std::string_view name, std::string code,
            ErrorParams params = {}) {
  problems.push_back({at.pointer_to(name), std::string(name), std::move(code), std::move(params)});
}

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Status change_text(const Members& changes, std::string_view name, std::string& value,
                   const std::function<void(std::string_view)>& check) {
  LP_TRY(const auto wanted, changes.text(name));
  if (!wanted) return {};
  value = trimmed(*wanted);
  check(value);
  return {};
}

Status change_choice(const Members& changes, std::string_view name, std::string& value,
                     std::initializer_list<std::string_view> choices, Problems& problems) {
  return change_text(changes, name, value, [&](std::string_view wanted) {
    if (std::find(choices.begin(), choices.end(), wanted) != choices.end()) return;
    std::string listed;
    for (const std::string_view choice : choices) {
      if (!listed.empty()) listed += ", ";
      listed += choice;
    }
    refuse(problems, changes, name, "wrong_choice", {{"of", listed}});
  });
}

Status change_integer(const Members& changes, std::string_view name, int min, int max, int& value,
                      Problems& problems) {
  LP_TRY(const auto wanted, changes.integer(name));
  if (!wanted) return {};
  if (*wanted < min || *wanted > max) {
    refuse(problems, changes, name, "out_of_range",
           {{"min", std::to_string(min)}, {"max", std::to_string(max)}});
    return {};
  }
  value = static_cast<int>(*wanted);
  return {};
}

Status change_share(const Members& abc, std::string_view name, double& value, Problems& problems) {
  const json::value& wanted = abc.value(name);
  if (wanted.is_null()) return {};
  if (!wanted.is_number()) return wrong_member(abc.pointer_to(name), "expected_number");
  value = wanted.to_number<double>();
  if (!(value >= 0 && value <= 1)) {
    refuse(problems, abc, name, "out_of_range", {{"min", "0"}, {"max", "1"}});
  }
  return {};
}

Status change_abc(const Members& changes, WorkspaceSettings::Abc& abc, Problems& problems) {
  LP_TRY(const std::optional<Members> wanted, changes.object("abc"));
  if (!wanted) return {};
  LP_CHECK(wanted->allow_only({"a", "b", "convention"}));
  const std::size_t before = problems.size();
  LP_CHECK(change_share(*wanted, "a", abc.a, problems));
  LP_CHECK(change_share(*wanted, "b", abc.b, problems));
  // A little more than 1, because 0.7 + 0.3 is not exactly 1 in double precision.
  constexpr double whole_share = 1 + 1e-9;
  if (problems.size() == before && abc.a + abc.b > whole_share) {
    refuse(problems, changes, "abc", "shares_beyond_whole");
  }
  return change_choice(*wanted, "convention", abc.convention, {"before", "after"}, problems);
}

// What callers may not change but storage holds.
Status take_stored_scale(const Members& stored, WorkspaceSettings& settings) {
  LP_TRY(const auto scale, stored.integer("money_scale", 0, max_decimal_scale));
  if (scale) settings.money_scale = static_cast<int>(*scale);
  return {};
}

Status apply(WorkspaceSettings& settings, const Members& changes, Problems& problems) {
  LP_CHECK(
      changes.allow_only({"workspace_name", "time_zone", "currency", "money_scale",
                          "fiscal_year_start_month", "closing_day", "abc", "working_calendar",
                          "unit", "change_days"}));
  LP_CHECK(
      change_text(changes, "workspace_name", settings.workspace_name, [&](std::string_view name) {
        if (!name.empty() && code_points(name) <= max_workspace_name) return;
        refuse(problems, changes, "workspace_name", "wrong_name_length",
               {{"max", std::to_string(max_workspace_name)}});
      }));
  LP_CHECK(change_text(changes, "time_zone", settings.time_zone, [&](std::string_view name) {
    if (TimeZone::named(name)) return;
    refuse(problems, changes, "time_zone", "unknown_time_zone", {{"name", std::string(name)}});
  }));
  LP_CHECK(change_text(changes, "currency", settings.currency, [&](std::string_view code) {
    if (!is_currency(code)) refuse(problems, changes, "currency", "wrong_currency");
  }));
  LP_CHECK(change_integer(changes, "fiscal_year_start_month", 1, 12,
                          settings.fiscal_year_start_month, problems));
  LP_CHECK(change_integer(changes, "closing_day", 1, 31, settings.closing_day, problems));
  LP_CHECK(change_integer(changes, "change_days", min_change_days, max_change_days,
                          settings.change_days, problems));
  LP_CHECK(change_abc(changes, settings.abc, problems));
  LP_TRY(const std::optional<Members> calendar, changes.object("working_calendar"));
  if (calendar) LP_CHECK(change_calendar(*calendar, settings.working_calendar, problems));
  return change_choice(changes, "unit", settings.unit, {"one", "wan", "yi"}, problems);
}

// What differs, as {"changes": [{"field", "from", "to"}]}; empty where nothing does.
std::string difference(const WorkspaceSettings& before, const WorkspaceSettings& after) {
  JsonWriter old_text;
  JsonWriter new_text;
  write_settings(old_text, before);
  write_settings(new_text, after);
  const auto old_values = parse_json_object(old_text.text());
  const auto new_values = parse_json_object(new_text.text());
  json::array changes;
  for (const auto& [name, value] : *new_values) {
    const json::value& old_value = old_values->at(name);
    if (value == old_value) continue;
    changes.push_back(json::object{{"field", name}, {"from", old_value}, {"to", value}});
  }
  return changes.empty() ? std::string()
                         : json::serialize(json::object{{"changes", std::move(changes)}});
}

}  // namespace

void write_settings(JsonWriter& out, const WorkspaceSettings& settings) {
  out.begin_object();
  out.key("workspace_name").string(settings.workspace_name);
  out.key("time_zone").string(settings.time_zone);
  out.key("currency").string(settings.currency);
  out.key("money_scale").integer(settings.money_scale);
  out.key("fiscal_year_start_month").integer(settings.fiscal_year_start_month);
  out.key("closing_day").integer(settings.closing_day);
  out.key("abc").begin_object();
  out.key("a").number(settings.abc.a);
  out.key("b").number(settings.abc.b);
  out.key("convention").string(settings.abc.convention);
  out.end_object();
  out.key("working_calendar");
  write_calendar(out, settings.working_calendar);
  out.key("unit").string(settings.unit);
  out.key("change_days").integer(settings.change_days);
  out.end_object();
}

Result<WorkspaceSettings> changed(WorkspaceSettings settings, const Members& changes) {
  Problems problems;
  LP_CHECK(apply(settings, changes, problems));
  const json::value& scale = changes.value("money_scale");
  if (!scale.is_null() && scale != json::value(settings.money_scale)) {
    refuse(problems, changes, "money_scale", "fixed_setting");
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return settings;
}

Result<records::WorkspaceFrame> frame_of(const WorkspaceSettings& settings) {
  LP_TRY(TimeZone zone, TimeZone::named(settings.time_zone));
  return records::WorkspaceFrame{
      std::move(zone), settings.currency,
      std::make_shared<const WorkingCalendar>(settings.working_calendar)};
}

Status ensure_setting_table(Connection& connection) {
  Sql sql("CREATE TABLE IF NOT EXISTS lp_setting (name");
  sql.add(storage::text_column(connection.dialect()));
  sql.add(" PRIMARY KEY, value TEXT NOT NULL)");
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<WorkspaceSettings> load_settings(Connection& connection) {
  WorkspaceSettings settings;
  Sql sql("SELECT value FROM lp_setting WHERE name = ");
  sql.value(whole.text);
  LP_TRY(const std::string text, query_text(connection, sql));
  if (text.empty()) return settings;
  LP_TRY(json::object object, parse_json_object(text));
  const Members stored(std::move(object));
  Problems problems;
  LP_CHECK(apply(settings, stored, problems));
  LP_CHECK(take_stored_scale(stored, settings));
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return settings;
}

Status store_settings(Connection& connection, const WorkspaceSettings& settings) {
  JsonWriter out;
  write_settings(out, settings);
  Sql sql("INSERT INTO lp_setting(name, value) VALUES (");
  sql.value(whole.text).add(", ").value(out.text());
  sql.add(") ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  LP_CHECK(connection.execute(sql));
  return {};
}

std::shared_ptr<const WorkspaceSettings> Settings::get() const {
  const std::lock_guard lock(mutex_);
  return held_;
}

Result<std::shared_ptr<const WorkspaceSettings>> Settings::change(records::Records& records,
                                                                  const Members& changes,
                                                                  const Deed& deed, Instant now) {
  const std::lock_guard one_at_a_time(change_mutex_);
  LP_TRY(WorkspaceSettings wanted, changed(*get(), changes));
  LP_TRY(records::WorkspaceFrame frame, frame_of(wanted));
  stream::AuditNote note = deed.note(stream::AuditKind::configuration_changed, now);
  note.object = "settings";
  note.details = difference(*get(), wanted);
  LP_CHECK(records.database().write([&](Connection& connection) -> Status {
    LP_CHECK(store_settings(connection, wanted));
    if (note.details.empty()) return {};
    return stream::append_audit(connection, records.workspace_key(), note);
  }));
  auto now_held = std::make_shared<const WorkspaceSettings>(std::move(wanted));
  {
    const std::lock_guard lock(mutex_);
    held_ = now_held;
  }
  records.set_frame(std::move(frame));
  return now_held;
}

}  // namespace linchpin::inbound
