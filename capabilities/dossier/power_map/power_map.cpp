#include "dossier/power_map/power_map.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "dossier/power_map/map_findings.h"

namespace linchpin::dossier {

namespace {

struct Cover {
  std::optional<Day> met_on;
  bool named = false;  // the opinion names him
};

struct OnTheMap {
  MapPerson person;
  json::object fields;
  json::value can;
  json::object standing;  // its row; empty: none
  std::map<RecordId, Cover> cover;
  json::value place;  // {"x","y"} or null
};

using People = std::map<RecordId, OnTheMap>;

json::value here(std::string_view path, RecordId account) {
  return leaf("eq", path, json::string(format_id(account)));
}

std::optional<int> small_number(const json::object& fields, std::string_view name) {
  const json::value* value = fields.if_contains(name);
  if (!value || !value->is_int64()) return std::nullopt;
  return static_cast<int>(value->get_int64());
}

std::optional<Day> day_at(const json::object& fields, std::string_view name) {
  const auto day = parse_date(text_at(fields, name));
  return day ? std::optional<Day>(*day) : std::nullopt;
}

class PowerMap {
 public:
  PowerMap(const Reading& reading, const PowerMapRequest& asked)
      : reading_(reading), asked_(asked), zone_(reading.records().frame().time_zone) {}

  Status read() {
    LP_TRY(account_, reading_.record("account", asked_.account));
    LP_CHECK(check_opportunity());
    LP_CHECK(read_people());
    LP_CHECK(read_standings());
    LP_CHECK(read_visits());
    LP_CHECK(read_places());
    LP_CHECK(read_lines());
    return read_names();
  }

  void write(JsonWriter& out) const {
    out.begin_object().key("account").begin_object().key("id").id(asked_.account);
    out.key("name").string(text_at(account_.at("fields").as_object(), "name")).end_object();
    out.key("day").date(asked_.day).key("opportunity");
    asked_.opportunity ? out.id(asked_.opportunity) : out.null();
    out.key("people").begin_array();
    for (const auto& [id, one] : people_) write_person(out, one);
    out.end_array().key("lines").raw(json::serialize(lines_));
    out.key("users").raw(json::serialize(users_));
    out.key("opportunities").raw(json::serialize(opportunities_));
    write_findings(out);
    out.key("stale_after_days").integer(standing_stale_days);
    out.key("truncated").boolean(truncated_).end_object();
  }

 private:
  Status check_opportunity() {
    if (!asked_.opportunity) return {};
    LP_TRY(const json::object record, reading_.record("opportunity", asked_.opportunity));
    const bool fits = id_at(record.at("fields").as_object(), "account") == asked_.account;
    return fits ? Status() : Error::of(ErrorCode::not_found);
  }

  Status read_people() {
    const json::value active =
        any_of({leaf("empty", "status", nullptr), leaf("eq", "status", "active")});
    LP_TRY(json::array rows,
           reading_.rows({"contact",
                          {"name", "salutation", "title", "department_name", "layer", "function",
                           "reports_to"},
                          all_of({here("account", asked_.account), active}),
                          "created_at",
                          false,
                          max_map_people + 1}));
    truncated_ = rows.size() > static_cast<std::size_t>(max_map_people);
    if (truncated_) rows.pop_back();
    for (json::value& row : rows) {
      OnTheMap one;
      one.fields = fields_of(row);
      one.person.id = id_at(row.as_object(), "id");
      one.person.layer = text_at(one.fields, "layer");
      one.person.function = text_at(one.fields, "function");
      one.can = row.as_object().at("can");
      people_.emplace(one.person.id, std::move(one));
    }
    for (auto& [id, one] : people_) {
      const bool known = people_.contains(id_at(one.fields, "reports_to"));
      if (!known) one.fields["reports_to"] = nullptr;
    }
    return {};
  }

  // What is about the opportunity holds before what is said in general, then the latest.
  auto rank_of(const json::object& standing) const {
    const json::object& fields = standing.at("fields").as_object();
    const bool about =
        asked_.opportunity && id_at(fields, "opportunity") == asked_.opportunity;
    return std::tuple(about, text_at(fields, "as_of"), text_at(standing, "id"));
  }

  Status read_standings() {
    json::array conditions{
        here("contact.account", asked_.account),
        any_of({leaf("empty", "as_of", nullptr),
                leaf("lte", "as_of", json::string(format_date(asked_.day)))})};
    if (asked_.opportunity) {
      conditions.push_back(any_of(
          {leaf("empty", "opportunity", nullptr), here("opportunity", asked_.opportunity)}));
    }
    LP_TRY(json::array rows,
           reading_.rows({"contact_standing",
                          {"contact", "opportunity", "opportunity.name", "buying_role", "influence",
                           "attitude", "support", "reaction_mode", "challenge", "message",
                           "interest_organisational", "interest_personal", "coverage", "evidence",
                           "as_of"},
                          all_of(std::move(conditions)),
                          "as_of",
                          true,
                          max_map_standings}));
    for (json::value& row : rows) {
      const auto found = people_.find(id_at(fields_of(row), "contact"));
      if (found == people_.end()) continue;
      json::object& kept = found->second.standing;
      if (kept.empty() || rank_of(kept) < rank_of(row.as_object())) kept = row.as_object();
    }
    for (auto& [id, one] : people_) take_standing(one);
    return {};
  }

  static void take_standing(OnTheMap& one) {
    if (one.standing.empty()) return;
    const json::object& fields = one.standing.at("fields").as_object();
    MapPerson& person = one.person;
    person.has_standing = true;
    person.buying_role = text_at(fields, "buying_role");
    person.attitude = text_at(fields, "attitude");
    person.influence = small_number(fields, "influence");
    person.support = small_number(fields, "support");
    person.as_of = day_at(fields, "as_of");
    if (const RecordId user = id_at(fields, "coverage")) one.cover[user].named = true;
  }

  // Who was met covers both sides of the table.
  Status read_visits() {
    const Day first = asked_.day - covering_visit_days;
    const auto start = [&](Day day) {
      return json::string(format_instant(zone_.start_of_day(day)));
    };
    LP_TRY(const json::array rows,
           reading_.rows({"visit",
                          {"received_by", "our_people", "done_at"},
                          all_of({here("account", asked_.account),
                                  leaf("in", "state", json::array{"done", "reported"}),
                                  leaf("gte", "done_at", start(first)),
                                  leaf("lt", "done_at", start(asked_.day + 1))}),
                          "done_at",
                          true,
                          max_map_visits}));
    for (const json::value& row : rows) {
      const auto at = parse_instant(text_at(fields_of(row), "done_at"));
      if (at) meet(fields_of(row), zone_.local_day(*at));
    }
    for (auto& [id, one] : people_) {
      for (const auto& [user, cover] : one.cover) one.person.covered_by.push_back(user);
    }
    return {};
  }

  void meet(const json::object& visit, Day day) {
    const json::value* theirs = visit.if_contains("received_by");
    const json::value* ours = visit.if_contains("our_people");
    if (!theirs || !ours || !theirs->is_array() || !ours->is_array()) return;
    for (const json::value& contact : theirs->get_array()) {
      const auto found = people_.find(parse_id(contact.as_string()).value_or(RecordId{}));
      if (found == people_.end()) continue;
      for (const json::value& user : ours->get_array()) {
        const auto id = parse_id(user.as_string());
        if (!id) continue;
        std::optional<Day>& met = found->second.cover[*id].met_on;
        met = std::max(met, std::optional<Day>(day));
      }
    }
  }

  Status read_places() {
    LP_TRY(const json::array rows,
           reading_.rows({"map_position",
                          {"contact", "x", "y"},
                          here("contact.account", asked_.account),
                          "created_at",
                          false,
                          max_map_people}));
    for (const json::value& row : rows) {
      const json::object& fields = fields_of(row);
      const auto found = people_.find(id_at(fields, "contact"));
      const auto x = small_number(fields, "x");
      const auto y = small_number(fields, "y");
      if (found == people_.end() || !x || !y) continue;
      found->second.place = json::object{{"x", *x}, {"y", *y}};
    }
    return {};
  }

  Status read_lines() {
    LP_TRY(json::array rows, reading_.rows({"contact_influence",
                                            {"from", "to", "strength", "note"},
                                            here("from.account", asked_.account),
                                            "created_at",
                                            false,
                                            max_map_lines}));
    for (json::value& row : rows) {
      const RecordId from = id_at(fields_of(row), "from");
      const RecordId to = id_at(fields_of(row), "to");
      if (from == to || !people_.contains(from) || !people_.contains(to)) continue;
      lines_.push_back(std::move(row));
    }
    return {};
  }

  Status read_names() {
    LP_TRY(opportunities_, reading_.rows({"opportunity",
                                          {"name", "stage"},
                                          here("account", asked_.account),
                                          "created_at",
                                          true,
                                          max_map_opportunities}));
    std::set<std::string> ids;
    for (const auto& [id, one] : people_) {
      for (const auto& [user, cover] : one.cover) ids.insert(format_id(user));
    }
    if (ids.empty()) return {};
    LP_TRY(users_, reading_.rows({"user",
                                  {"name"},
                                  records::where_in("id", {ids.begin(), ids.end()}),
                                  "created_at",
                                  false,
                                  static_cast<int>(ids.size())}));
    return {};
  }

  void write_person(JsonWriter& out, const OnTheMap& one) const {
    const MapPerson& person = one.person;
    out.begin_object().key("id").id(person.id).key("fields").raw(json::serialize(one.fields));
    out.key("can").raw(json::serialize(one.can)).key("standing");
    if (one.standing.empty()) {
      out.null();
    } else {
      out.begin_object().key("id").string(text_at(one.standing, "id"));
      out.key("fields").raw(json::serialize(one.standing.at("fields"))).key("age_days");
      person.as_of ? out.integer(asked_.day - *person.as_of) : out.null();
      out.key("stale").boolean(is_stale(person, asked_.day)).end_object();
    }
    out.key("covered_by").begin_array();
    for (const auto& [user, cover] : one.cover) {
      out.begin_object().key("user").id(user).key("met_on");
      cover.met_on ? out.date(*cover.met_on) : out.null();
      out.key("named").boolean(cover.named).end_object();
    }
    out.end_array().key("place").raw(json::serialize(one.place)).end_object();
  }

  static void write_ids(JsonWriter& out, const std::vector<RecordId>& ids) {
    out.key("people").begin_array();
    for (const RecordId id : ids) out.id(id);
    out.end_array();
  }

  void write_findings(JsonWriter& out) const {
    std::vector<MapPerson> people;
    for (const auto& [id, one] : people_) people.push_back(one.person);
    out.key("gaps").begin_array();
    for (const MapGap& gap : gaps_of(people, asked_.day)) {
      out.begin_object().key("kind").string(gap.kind).key("part").string(gap.part);
      write_ids(out, gap.people);
      out.end_object();
    }
    const ThreadRisk risk = thread_risk_of(people);
    out.end_array().key("risk").begin_object().key("level").string(risk.level);
    out.key("theirs").integer(risk.theirs).key("ours").integer(risk.ours);
    out.key("decider_covered").boolean(risk.decider_covered).key("alone").begin_array();
    for (const LoneCover& lone : risk.alone) {
      out.begin_object().key("user").id(lone.user);
      write_ids(out, lone.people);
      out.end_object();
    }
    out.end_array().end_object();
  }

  const Reading& reading_;
  const PowerMapRequest& asked_;
  const TimeZone zone_;
  json::object account_;
  People people_;  // in the order in which they were noted
  json::array lines_;
  json::array users_;
  json::array opportunities_;
  bool truncated_ = false;
};

}  // namespace

Status write_power_map(JsonWriter& out, const Reading& reading, const PowerMapRequest& asked) {
  return reading.records().database().snapshot([&](storage::Connection&) -> Status {
    PowerMap map(reading, asked);
    LP_CHECK(map.read());
    map.write(out);
    return {};
  });
}

}  // namespace linchpin::dossier
