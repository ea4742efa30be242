#include "dossier/card_parts.h"

#include <algorithm>
#include <set>

#include "dossier/account_view.h"
#include "dossier/enrichment/annual_report.h"
#include "dossier/own.h"

namespace linchpin::dossier {

namespace {

using Ids = std::set<std::string, std::less<>>;

struct Evidence {
  std::string kind;
  Day on = 0;
};
// By part and account.
using Shown = std::map<std::string, std::map<std::string, Evidence, std::less<>>, std::less<>>;

// An event whose date speaks for a part.
struct Event {
  std::string_view part;
  std::string_view kind;
  std::string object;
  std::string date;
  json::value where;  // beside the account and the date
};

std::vector<Event> events() {
  return {
      {card_part::people, "visit", "visit", "done_at",
       all_of({leaf("eq", "state", "reported"), leaf("ne", "kind", "call")})},
      {card_part::trading, "order", "order", "ordered_at", leaf("eq", "status", "posted")},
      {card_part::trading, "invoice", "invoice", "issued_on", {}},
      {card_part::trading, "payment", "payment", "paid_on", {}},
      {card_part::analysis, "analysis", "account_analysis", "updated_at", {}},
  };
}

bool sees_part(const Reading& reading, std::string_view part) {
  const auto may = [&](std::string_view object) {
    return reading.scope().may(access::Action::read, object);
  };
  if (part == card_part::people) return may("contact");
  if (part == card_part::trading) return may("order") || may("invoice") || may("payment");
  if (part == card_part::finances) return may("account_financial");
  if (part == card_part::analysis) return may("account_analysis");
  return true;
}

// Whether every value is the one that stands there; of what is out of sight nothing is known.
bool agrees(const json::object& ours, const json::object& theirs) {
  return std::all_of(theirs.begin(), theirs.end(), [&](const auto& said) {
    const json::value* here = ours.if_contains(said.key());
    return here && *here == said.value();
  });
}

class EvidenceReading {
 public:
  EvidenceReading(const Reading& reading, const std::vector<CheckedAccount>& accounts)
      : reading_(reading),
        own_(reading),
        zone_(reading.records().frame().time_zone),
        today_(reading.records().today()) {
    for (const CheckedAccount& account : accounts) {
      Day since = today_ - evidence_days;
      if (account.checked_at) since = std::max(since, zone_.local_day(*account.checked_at));
      since_[account.id] = since;
      ids_.emplace_back(json::string(account.id));
    }
  }

  Result<Shown> gather() {
    for (const Event& event : events()) LP_CHECK(add_event(event));
    LP_CHECK(add_registry());
    LP_CHECK(add_reports());
    return std::move(shown_);
  }

 private:
  json::value here() const { return leaf("in", "account", ids_); }

  json::string instant_of(Day day) const {
    return json::string(format_instant(zone_.start_of_day(day)));
  }

  Result<Day> day_of(std::string_view text) const {
    if (text.find('T') == text.npos) return parse_date(text);
    LP_TRY(const Instant at, parse_instant(text));
    return zone_.local_day(at);
  }

  // The newest counts.
  void show(std::string_view part, std::string_view kind, std::string_view account, Day on) {
    Evidence& known = shown_[std::string(part)][std::string(account)];
    if (known.kind.empty() || on > known.on) known = {std::string(kind), on};
  }

  void show_recent(std::string_view part, std::string_view kind, std::string_view account, Day on) {
    const auto since = since_.find(account);
    if (since != since_.end() && on > since->second) show(part, kind, account, on);
  }

  Status add_event(const Event& event) {
    const auto schema = reading_.records().schema();
    const records::Object* object = schema->object(event.object);
    const records::Field* date = object ? object->field(event.date) : nullptr;
    if (!date || !reading_.sees(event.object, {"account", event.date})) return {};
    const bool whole_day = date->type == records::FieldType::date;
    const auto bound = [&](Day day) {
      return whole_day ? json::string(format_date(day)) : instant_of(day);
    };
    json::array where{here(), leaf("gte", event.date, bound(today_ - evidence_days)),
                      leaf("lt", event.date, bound(today_ + 1))};
    if (!event.where.is_null()) where.push_back(event.where);
    LP_TRY(const json::array groups,
           reading_.groups({event.object, all_of(std::move(where)),
                            json::array{group_by("account")},
                            json::array{measure_of("last", "max", event.date)}}));
    for (const json::value& group : groups) {
      const json::value& account = group.at("key").as_array().at(0);
      const std::string_view last = text_at(group.at("values").as_object(), "last");
      if (!account.is_string() || last.empty()) continue;
      LP_TRY(const Day on, day_of(last));
      show_recent(event.part, event.kind, std::string_view(account.get_string()), on);
    }
    return {};
  }

  Status add_registry() {
    LP_TRY(const json::array findings,
           own_.reading().rows(
               {"registry_finding",
                {"account", "fetched_at", "values"},
                all_of({here(), leaf("gte", "fetched_at", instant_of(today_ - evidence_days))}),
                "",
                true,
                static_cast<int>(ids_.size())}));
    std::set<std::string> said;
    for (const json::value& finding : findings) {
      for (const auto& value : fields_of(finding).at("values").as_object()) {
        said.emplace(value.key());
      }
    }
    if (said.empty()) return {};
    LP_TRY(const json::array cards,
           reading_.rows({"account", {said.begin(), said.end()}, leaf("in", "id", ids_), "", true,
                          static_cast<int>(ids_.size())}));
    for (const json::value& finding : findings) {
      const json::object& fields = fields_of(finding);
      const std::string_view account = text_at(fields, "account");
      const auto card = std::find_if(cards.begin(), cards.end(), [&](const json::value& one) {
        return text_at(one.as_object(), "id") == account;
      });
      if (card == cards.end()) continue;
      if (!agrees(fields_of(*card), fields.at("values").as_object())) continue;
      LP_TRY(const Day on, day_of(text_at(fields, "fetched_at")));
      show_recent(card_part::company, "registry", account, on);
    }
    return {};
  }

  Status add_reports() {
    if (!reading_.sees("annual_report", {"account", "year", "noted"})) return {};
    const auto schema = reading_.records().schema();
    const std::int64_t last_year = civil_of(today_).year - 1;
    const json::value recent = all_of({here(), leaf("gte", "year", last_year)});
    const int most = static_cast<int>(ids_.size()) * 2;
    std::vector<std::string> select;
    for (const records::Field& field : schema->object("account_financial")->fields) {
      if (!field.system) select.push_back(field.api_name);
    }
    LP_TRY(const json::array reports,
           reading_.rows({"annual_report", {"account", "year", "noted", "updated_at"}, recent, "",
                          true, most}));
    if (reports.empty()) return {};
    LP_TRY(const json::array figures,
           reading_.rows({"account_financial", std::move(select), recent, "", true, most}));
    for (const json::value& report : reports) {
      const json::object& fields = fields_of(report);
      const json::object noted = noted_of(fields, "account_financial");
      const auto is_right = [&](const json::value& one) {
        const json::object& year = fields_of(one);
        return text_at(year, "account") == text_at(fields, "account") &&
               integer_at(year, "year") == integer_at(fields, "year") && agrees(year, noted);
      };
      if (noted.empty() || std::none_of(figures.begin(), figures.end(), is_right)) continue;
      LP_TRY(const Day on, day_of(text_at(fields, "updated_at")));
      show(card_part::finances, "annual_report", text_at(fields, "account"), on);
    }
    return {};
  }

  const Reading& reading_;
  const Own own_;
  const TimeZone zone_;
  const Day today_;
  json::array ids_;
  std::map<std::string, Day, std::less<>> since_;
  Shown shown_;
};

struct Said {
  Instant at = 0;
  std::string by;
};
// By part and account: who said within the week that it is as it was.
using HandChecks = std::map<std::string, std::map<std::string, Said, std::less<>>, std::less<>>;

Result<HandChecks> hand_checks(const Reading& reading,
                               const std::vector<CheckedAccount>& accounts) {
  const Own own(reading);
  const Instant now = reading.records().viewer(reading.scope()).now;
  json::array ids;
  for (const CheckedAccount& account : accounts) ids.emplace_back(json::string(account.id));
  LP_TRY(const json::array rows,
         own.reading().rows(
             {"card_check",
              {"account", "parts", "checked_at", "by.name"},
              all_of({leaf("in", "account", std::move(ids)),
                      leaf("gt", "checked_at",
                           json::string(format_instant(
                               now - card_check_days * milliseconds_per_day)))}),
              "checked_at",
              false,
              records::PageRequest::max_limit}));
  HandChecks found;
  for (const json::value& row : rows) {
    const json::object& fields = fields_of(row);
    LP_TRY(const Instant at, parse_instant(text_at(fields, "checked_at")));
    for (const json::value& part : fields.at("parts").as_array()) {
      found[std::string(part.as_string())][std::string(text_at(fields, "account"))] = {
          at, std::string(text_at(fields, "by.name"))};
    }
  }
  return found;
}

template <class Found>
const auto* found_of(const Found& found, std::string_view part, std::string_view account) {
  using One = typename Found::mapped_type::mapped_type;
  const auto of_part = found.find(part);
  if (of_part == found.end()) return static_cast<const One*>(nullptr);
  const auto one = of_part->second.find(account);
  return one == of_part->second.end() ? static_cast<const One*>(nullptr) : &one->second;
}

}  // namespace

std::string_view part_state_name(PartState state) {
  switch (state) {
    case PartState::confirmed:
      return "confirmed";
    case PartState::checked:
      return "checked";
    case PartState::asked:
      return "asked";
  }
  return "";
}

Result<Standings> standings_of(const Reading& reading,
                               const std::vector<CheckedAccount>& accounts) {
  Standings standings;
  if (accounts.empty()) return standings;
  LP_TRY(const Shown shown, EvidenceReading(reading, accounts).gather());
  LP_TRY(const HandChecks said, hand_checks(reading, accounts));
  const TimeZone zone = reading.records().frame().time_zone;
  for (const CheckedAccount& account : accounts) {
    for (const std::string_view part : card_part_keys) {
      if (!sees_part(reading, part)) continue;
      PartStanding standing{part, PartState::asked, {}, 0, {}};
      if (const Evidence* evidence = found_of(shown, part, account.id)) {
        standing.state = PartState::confirmed;
        standing.evidence = evidence->kind;
        standing.on = evidence->on;
      } else if (const Said* one = found_of(said, part, account.id)) {
        standing.state = PartState::checked;
        standing.by = one->by;
        standing.on = zone.local_day(one->at);
      }
      standings[account.id].push_back(std::move(standing));
    }
  }
  return standings;
}

}  // namespace linchpin::dossier
