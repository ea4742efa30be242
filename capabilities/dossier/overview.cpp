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
                                                "without_dossier", "checks_due", "complaints_open",
                                                "causes_open"};

// How many records of an object there are, by whom they are counted for.
Status count_by(const Reading& reading, Managers& managers, std::string_view count,
                std::string_view object, json::value where, std::string_view owner) {
  json::object group, name, measure;
  group["field"] = json::string(owner);
  name["field"] = std::string(owner) + ".name";
  measure["as"] = "n";
  measure["fn"] = "count";
  LP_TRY(const json::array groups, reading.groups({std::string(object), std::move(where),
                                                   json::array{std::move(group), std::move(name)},
                                                   json::array{std::move(measure)}}));
  for (const json::value& found : groups) {
    const json::array& key = found.at("key").as_array();
    if (!key.at(0).is_string()) continue;
    Manager& manager = managers[std::string(key[0].get_string())];
    if (key.at(1).is_string()) manager.name = key[1].get_string();
    manager.counts[std::string(count)] += integer_at(found.at("values").as_object(), "n");
  }
  return {};
}

Status count_visits(const Reading& reading, Managers& managers, Day from, Day to) {
  const TimeZone zone = reading.records().frame().time_zone;
  const json::value within =
      all_of({leaf("gte", "planned_at", json::string(format_instant(zone.start_of_day(from)))),
              leaf("lt", "planned_at", json::string(format_instant(zone.start_of_day(to)))),
              leaf("ne", "state", "cancelled")});
  const auto visits = [&](std::string_view count, json::array more) {
    more.push_back(within);
    return count_by(reading, managers, count, "visit", all_of(std::move(more)), "account.owner");
  };
  LP_CHECK(visits("planned", {}));
  LP_CHECK(visits("reported", {leaf("eq", "state", "reported")}));
  LP_CHECK(visits("unreported", {leaf("ne", "state", "reported")}));
  return visits("without_dossier", {leaf("in", "state", json::array{"done", "reported"}),
                                    leaf("empty", "dossier_opened_at", nullptr)});
}

}  // namespace

Status write_overview(JsonWriter& out, const Reading& reading, Day from, Day to) {
  Managers managers;
  LP_CHECK(count_visits(reading, managers, from, to));
  LP_CHECK(count_by(reading, managers, "checks_due", "account", check_is_due(reading), "owner"));
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
