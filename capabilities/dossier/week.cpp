#include "dossier/week.h"

#include <algorithm>
#include <map>

#include "base/visit_standards.h"

namespace linchpin::dossier {

namespace {

constexpr int contract_notice_days = 60;
constexpr int tender_notice_days = 30;
constexpr int max_candidates = 500;
constexpr int max_standards = 50;
constexpr std::int64_t most_points = 100;
constexpr std::int64_t invoice_points = 30, complaint_points = 40, contract_points = 25,
                       promise_points = 35, deal_points = 30, tender_points = 35;

struct Reason {
  std::string_view code;
  std::int64_t points = 0;
  json::object params;
};

struct Candidate {
  json::value account;
  std::vector<Reason> reasons;
  std::int64_t points() const {
    std::int64_t sum = 0;
    for (const Reason& reason : reasons) sum += reason.points;
    return sum;
  }
};

class Week {
 public:
  Week(const Reading& reading, Day monday)
      : reading_(reading), monday_(monday), zone_(reading.records().frame().time_zone) {}

  Status gather() {
    LP_CHECK(read_standards());
    LP_TRY(const json::array accounts,
           reading_.rows({"account",
                          {"name", "short_name", "tier", "city", "owner"},
                          all_of({leaf("eq", "owner", me()), leaf("not_empty", "tier", nullptr)}),
                          "name",
                          false,
                          max_candidates}));
    for (const json::value& account : accounts) {
      candidates_[std::string(text_at(account.as_object(), "id"))].account = account;
    }
    LP_CHECK(add_contact_gaps());
    LP_CHECK(add_dues());
    return {};
  }

  Status write(JsonWriter& out) {
    std::vector<const Candidate*> order;
    for (const auto& [id, candidate] : candidates_) {
      if (!candidate.reasons.empty()) order.push_back(&candidate);
    }
    std::stable_sort(order.begin(), order.end(), [](const Candidate* left, const Candidate* right) {
      return left->points() > right->points();
    });
    out.begin_object().key("from").date(monday_).key("to").date(monday_ + days_of_week);
    out.key("candidates").begin_array();
    for (const Candidate* candidate : order) {
      out.begin_object().key("account").raw(json::serialize(candidate->account));
      out.key("points").integer(candidate->points()).key("reasons").begin_array();
      for (const Reason& reason : candidate->reasons) {
        out.begin_object().key("code").string(reason.code).key("points").integer(reason.points);
        out.key("params").raw(json::serialize(reason.params)).end_object();
      }
      out.end_array().end_object();
    }
    out.end_array().key("planned");
    LP_TRY(const json::array planned,
           reading_.rows({"visit",
                          {"subject", "account", "account.name", "account.city", "kind",
                           "planned_at", "state", "dossier_opened_at"},
                          all_of({leaf("eq", "account.owner", me()),
                                  leaf("gte", "planned_at", instant_text(monday_)),
                                  leaf("lt", "planned_at", instant_text(monday_ + days_of_week)),
                                  leaf("ne", "state", "cancelled")}),
                          "planned_at",
                          false,
                          max_candidates}));
    out.raw(json::serialize(planned)).key("shutdowns");
    LP_TRY(const json::array shutdowns,
           reading_.rows({"shutdown",
                          {"account", "account.name", "starts_on", "ends_on", "reason"},
                          all_of({leaf("eq", "account.owner", me()),
                                  leaf("gte", "ends_on", day_text(monday_)),
                                  leaf("lt", "starts_on", day_text(monday_ + days_of_week))}),
                          "starts_on",
                          false,
                          max_candidates}));
    out.raw(json::serialize(shutdowns)).end_object();
    return {};
  }

 private:
  json::string me() const { return json::string(format_id(reading_.scope().user())); }
  json::string instant_text(Day day) const {
    return json::string(format_instant(zone_.start_of_day(day)));
  }
  static json::string day_text(Day day) { return json::string(format_date(day)); }
  static json::array over_stages() { return {"won", "lost", "abandoned"}; }

  Status read_standards() {
    for (const VisitStandard& standard : shipped_visit_standards) {
      standards_[std::string(standard.tier)] = standard.days;
    }
    // What everybody's visits are measured by does not hang on who may see it as records.
    const access::AccessScope product = access::Authority::product();
    const Reading all(reading_.records(), product);
    LP_TRY(const json::array own,
           all.rows({"service_standard", {"tier", "visit_days"}, {}, "", true, max_standards}));
    for (const json::value& row : own) {
      standards_[std::string(text_at(fields_of(row), "tier"))] =
          integer_at(fields_of(row), "visit_days");
    }
    return {};
  }

  // Groups by account of an object, each told to the candidate that it concerns.
  template <class Tell>
  Status each_account(std::string_view object, json::array where, json::array measures,
                      const Tell& tell) {
    where.push_back(leaf("eq", "account.owner", me()));
    LP_TRY(const json::array groups,
           reading_.groups({std::string(object), all_of(std::move(where)),
                            json::array{group_by("account")}, std::move(measures)}));
    for (const json::value& group : groups) {
      const json::value& key = group.at("key").as_array().at(0);
      if (!key.is_string()) continue;
      const auto found = candidates_.find(std::string(key.get_string()));
      if (found != candidates_.end()) tell(found->second, group.at("values").as_object());
    }
    return {};
  }

  Status add_contact_gaps() {
    std::map<std::string, Day, std::less<>> last;
    LP_CHECK(each_account(
        "visit", {leaf("not_empty", "done_at", nullptr)}, {measure_of("last", "max", "done_at")},
        [&](Candidate& candidate, const json::object& values) {
          const auto at = parse_instant(text_at(values, "last"));
          if (!at) return;
          last[std::string(text_at(candidate.account.as_object(), "id"))] = zone_.local_day(*at);
        }));
    for (auto& [id, candidate] : candidates_) {
      auto standard = standards_.find(text_at(fields_of(candidate.account), "tier"));
      if (standard == standards_.end()) standard = standards_.find(base_tier);
      if (standard->second <= 0) continue;
      const auto seen = last.find(id);
      json::object params;
      params["standard"] = standard->second;
      if (seen == last.end()) {
        candidate.reasons.push_back({"never_visited", most_points / 2, std::move(params)});
        continue;
      }
      const std::int64_t days = monday_ + days_of_week - seen->second;
      if (days <= standard->second) continue;
      params["days"] = days;
      params["last"] = day_text(seen->second);
      const std::int64_t late = (days - standard->second) * most_points / standard->second;
      candidate.reasons.push_back(
          {"visit_overdue", std::min(late, most_points), std::move(params)});
    }
    return {};
  }

  // One reason for each account with such records.
  Status add_reason(std::string_view code, std::string_view object, json::array where,
                    std::string_view amount, std::int64_t points) {
    json::array measures{measure_of("count", "count")};
    if (!amount.empty()) measures.push_back(measure_of("amount", "sum", amount));
    return each_account(object, std::move(where), std::move(measures),
                        [&](Candidate& candidate, const json::object& values) {
                          candidate.reasons.push_back({code, points, values});
                        });
  }

  Status add_dues() {
    const json::string today = day_text(reading_.records().today());
    const json::string ends = day_text(monday_ + days_of_week);
    LP_CHECK(add_reason("receivable_overdue", "invoice",
                        {leaf("gt", "open_amount", "0"), leaf("lt", "due_on", today)},
                        "open_amount", invoice_points));
    LP_CHECK(add_reason("complaint_open", "complaint",
                        {leaf("not_in", "state", json::array{"closed", "confirmed"})}, "",
                        complaint_points));
    LP_CHECK(add_reason("contract_ends", "contract",
                        {leaf("eq", "state", "active"), leaf("gte", "ends_on", today),
                         leaf("lt", "ends_on", day_text(monday_ + contract_notice_days))},
                        "amount", contract_points));
    LP_CHECK(add_reason("promise_due", "promise",
                        {leaf("eq", "state", "open"), leaf("lt", "due_on", ends)}, "",
                        promise_points));
    LP_CHECK(add_reason(
        "deal_due", "opportunity",
        {leaf("not_in", "stage", over_stages()), leaf("lt", "expected_on", ends)}, "amount",
        deal_points));
    return add_tenders();
  }

  // Once a tender is opened nothing can be changed any more: what counts is the first to come.
  Status add_tenders() {
    const Day from = std::max(monday_, reading_.records().today());
    return each_account("opportunity",
                        {leaf("not_in", "stage", over_stages()),
                         leaf("gte", "tender_on", day_text(from)),
                         leaf("lt", "tender_on", day_text(from + tender_notice_days))},
                        {measure_of("count", "count"), measure_of("on", "min", "tender_on")},
                        [&](Candidate& candidate, const json::object& values) {
                          candidate.reasons.push_back({"tender_due", tender_points, values});
                        });
  }

  const Reading& reading_;
  const Day monday_;
  const TimeZone zone_;
  std::map<std::string, std::int64_t, std::less<>> standards_;
  std::map<std::string, Candidate> candidates_;
};

}  // namespace

Status write_week(JsonWriter& out, const Reading& reading, Day monday) {
  Week week(reading, monday);
  LP_CHECK(week.gather());
  return week.write(out);
}

}  // namespace linchpin::dossier
