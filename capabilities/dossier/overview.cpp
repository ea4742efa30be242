#include <map>

#include "dossier/account_view.h"
#include "dossier/week.h"

namespace linchpin::dossier {

namespace {

struct Manager {
  std::string name;
  std::map<std::string, std::int64_t, std::less<>> counts;
};
using Managers = std::map<std::string, Manager, std::less<>>;

constexpr std::string_view overview_counts[] = {"planned",         "reported",   "unreported",
                                                "without_dossier", "checks_due", "contradictions",
                                                "complaints_open", "causes_open"};

json::object by(std::string_view field) {
  return {{"field", json::string(field)}};
}

// The manager whom a group is counted for; the first two keys are his id and his name.
Manager* manager_of(Managers& managers, const json::value& group) {
  const json::array& key = group.at("key").as_array();
  if (!key.at(0).is_string()) return nullptr;
  Manager& manager = managers[std::string(key[0].get_string())];
  if (key.at(1).is_string()) manager.name = key[1].get_string();
  return &manager;
}

// How many records of an object there are, by whom they are counted for.
Status count_by(const Reading& reading, Managers& managers, std::string_view count,
                std::string_view object, json::value where, const std::string& owner) {
  LP_TRY(const json::array groups,
         reading.groups({std::string(object), std::move(where),
                         json::array{by(owner), by(owner + ".name")},
                         json::array{json::object{{"as", "n"}, {"fn", "count"}}}}));
  for (const json::value& found : groups) {
    Manager* manager = manager_of(managers, found);
    if (!manager) continue;
    manager->counts[std::string(count)] += integer_at(found.at("values").as_object(), "n");
  }
  return {};
}

Status count_visits(const Reading& reading, Managers& managers, Day from, Day to) {
  const TimeZone zone = reading.records().frame().time_zone;
  const json::value within =
      all_of({leaf("gte", "planned_at", json::string(format_instant(zone.start_of_day(from)))),
              leaf("lt", "planned_at", json::string(format_instant(zone.start_of_day(to)))),
              leaf("ne", "state", "cancelled")});
  const json::object opened{{"as", "opened"}, {"fn", "count"}, {"field", "dossier_opened_at"}};
  LP_TRY(const json::array groups,
         reading.groups({"visit", within,
                         json::array{by("account.owner"), by("account.owner.name"), by("state")},
                         json::array{json::object{{"as", "n"}, {"fn", "count"}}, opened}}));
  for (const json::value& found : groups) {
    Manager* manager = manager_of(managers, found);
    if (!manager) continue;
    const json::object& values = found.at("values").as_object();
    const json::value& key = found.at("key").as_array().at(2);
    const std::string_view state = key.is_string() ? std::string_view(key.get_string()) : "";
    const std::int64_t visits = integer_at(values, "n");
    manager->counts["planned"] += visits;
    manager->counts[state == "reported" ? "reported" : "unreported"] += visits;
    if (state != "done" && state != "reported") continue;
    manager->counts["without_dossier"] += visits - integer_at(values, "opened");
  }
  return {};
}

}  // namespace

Status write_overview(JsonWriter& out, const Reading& reading, Day from, Day to) {
  Managers managers;
  LP_CHECK(count_visits(reading, managers, from, to));
  LP_CHECK(count_by(reading, managers, "checks_due", "account", check_is_due(reading), "owner"));
  const TimeZone zone = reading.records().frame().time_zone;
  LP_CHECK(count_by(
      reading, managers, "contradictions", "card_contradiction",
      all_of({leaf("gte", "found_at", json::string(format_instant(zone.start_of_day(from)))),
              leaf("lt", "found_at", json::string(format_instant(zone.start_of_day(to))))}),
      "checked_by"));
  LP_CHECK(count_by(reading, managers, "complaints_open", "complaint",
                    leaf("not_in", "state", json::array{"closed", "confirmed"}), "account.owner"));
  LP_CHECK(count_by(reading, managers, "causes_open", "task",
                    all_of({leaf("eq", "kind", "record_cause"), leaf("eq", "state", "open")}),
                    "owner"));
  out.begin_object().key("from").date(from).key("to").date(to).key("managers").begin_array();
  for (const auto& [id, manager] : managers) {
    out.begin_object().key("user").begin_object().key("id").string(id);
    out.key("name").string(manager.name).end_object();
    for (const std::string_view count : overview_counts) {
      const auto found = manager.counts.find(count);
      out.key(count).integer(found == manager.counts.end() ? 0 : found->second);
    }
    out.end_object();
  }
  out.end_array().end_object();
  return {};
}

}  // namespace linchpin::dossier
