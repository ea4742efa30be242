#include "dossier/departments.h"

#include <algorithm>
#include <set>

#include "records/filter.h"

namespace linchpin::dossier {

namespace {

// A department's name and how many of the asked people are in it.
using Departments = std::vector<std::pair<std::string, std::int64_t>>;

Result<Departments> departments_of(const Reading& reading, json::value people) {
  json::object group;
  group["field"] = "department_name";
  json::object count;
  count["as"] = "people";
  count["fn"] = "count";
  LP_TRY(const json::array groups,
         reading.groups({"contact",
                         all_of({std::move(people), leaf("not_empty", "department_name", nullptr)}),
                         json::array{std::move(group)}, json::array{std::move(count)}}));
  Departments departments;
  for (const json::value& found : groups) {
    const json::value& name = found.at("key").as_array().at(0);
    if (!name.is_string()) continue;
    departments.emplace_back(json::value_to<std::string>(name),
                             found.at("values").at("people").to_number<std::int64_t>());
  }
  return departments;
}

// Ids of those who received a visit that was made.
Result<json::array> met_people(const Reading& reading, const json::value& here) {
  LP_TRY(const json::array visits,
         reading.rows({"visit",
                       {"received_by"},
                       all_of({here, leaf("not_empty", "done_at", nullptr),
                               leaf("not_empty", "received_by", nullptr)}),
                       "done_at",
                       true,
                       max_visits_for_departments}));
  std::set<std::string, std::less<>> met;
  for (const json::value& visit : visits) {
    const json::value* received = fields_of(visit).if_contains("received_by");
    if (!received || !received->is_array()) continue;
    for (const json::value& person : received->get_array()) {
      if (person.is_string()) met.emplace(person.get_string());
    }
  }
  json::array ids;
  for (const std::string& id : met) {
    if (ids.size() == records::max_filter_values) break;
    ids.emplace_back(json::string(id));
  }
  return ids;
}

}  // namespace

Status write_unvisited_departments(JsonWriter& out, const Reading& reading, RecordId account) {
  const json::value here = leaf("eq", "account", json::string(format_id(account)));
  const json::value in_office =
      any_of({leaf("empty", "status", nullptr), leaf("eq", "status", "active")});
  Departments departments;
  // Whoever may not see visits cannot be told where none was.
  if (reading.scope().may(access::Action::read, "visit")) {
    LP_TRY(departments, departments_of(reading, all_of({here, in_office})));
  }
  if (!departments.empty()) {
    LP_TRY(const json::array met, met_people(reading, here));
    Departments visited;
    if (!met.empty()) {
      LP_TRY(visited, departments_of(reading, all_of({here, leaf("in", "id", met)})));
    }
    std::erase_if(departments, [&](const auto& one) {
      return std::any_of(visited.begin(), visited.end(),
                         [&](const auto& other) { return other.first == one.first; });
    });
  }
  std::stable_sort(departments.begin(), departments.end(),
                   [](const auto& left, const auto& right) { return left.second > right.second; });
  if (departments.size() > max_departments) departments.resize(max_departments);
  out.begin_array();
  for (const auto& [name, people] : departments) {
    out.begin_object().key("name").string(name).key("people").integer(people).end_object();
  }
  out.end_array();
  return {};
}

}  // namespace linchpin::dossier
