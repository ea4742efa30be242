#include "identify/findings.h"

#include <algorithm>
#include <unordered_map>

#include "identify/finding_parts.h"
#include "identify/report_request.h"

namespace linchpin::identify {

namespace {

constexpr double weighty_share = 0.10;
// "Most" is four fifths, compared in whole numbers.
constexpr int most_numerator = 4;
constexpr int most_denominator = 5;

std::vector<RecordId> makers_of_most(const Ranking& ranking) {
  std::vector<RecordId> makers;
  WideUnits sum = 0;
  for (std::size_t i = 0; i < ranking.positive; ++i) {
    if (sum * most_denominator >= ranking.total * most_numerator) break;
    sum += ranking.rows[i].value;
    makers.push_back(ranking.rows[i].account);
  }
  return makers;
}

// Customers of the first class before who are not in it now, the largest first.
struct Left {
  std::vector<RecordId> accounts;
  std::int64_t without_any = 0;  // those without a single line now
};

Left left_between(const Ranking& earlier, const Ranking& later) {
  std::unordered_map<RecordId, std::size_t> now;
  now.reserve(later.rows.size());
  for (std::size_t i = 0; i < later.rows.size(); ++i) {
    const bool positive = i < later.positive;
    now.emplace(later.rows[i].account, positive ? later.rows[i].class_index : SIZE_MAX);
  }
  Left left;
  for (const RecordId account : first_class(earlier)) {
    const auto found = now.find(account);
    if (found != now.end() && found->second == 0) continue;
    left.accounts.push_back(account);
    if (found == now.end()) ++left.without_any;
  }
  return left;
}

Status add(std::vector<Finding>& findings, MaybeFinding found) {
  if (!found) return std::move(found).error();
  if (found->has_value()) findings.push_back(std::move(**found));
  return {};
}

}  // namespace

MaybeFinding few_make_most(const FindingSources& sources) {
  LP_TRY(const auto profit, sources.rankings.profit_of(sources.scope, sources.request));
  const Ranking& ranking = profit ? profit->ranking : sources.ranking();
  if (ranking.positive == 0) return std::optional<Finding>();
  const std::vector<RecordId> makers = makers_of_most(ranking);
  const Measure measure = profit ? Measure::gross_profit : sources.request.measure.measure;
  const double part = static_cast<double>(makers.size()) / static_cast<double>(ranking.positive);
  return std::optional(
      account_finding(sources, "few_make_most", makers,
                      {{"measure", measure_text(sources.speech, measure)},
                       {"customers", count_text(static_cast<std::int64_t>(ranking.positive))},
                       {"part", share_text(part)}}));
}

MaybeFinding one_customer_weighs(const FindingSources& sources) {
  const Ranking& ranking = sources.ranking();
  if (ranking.positive == 0 || ranking.rows.front().share < weighty_share) {
    return std::optional<Finding>();
  }
  const RankedCustomer& first = ranking.rows.front();
  LP_TRY(const std::string name, first_names(sources, {first.account}));
  return std::optional(account_finding(
      sources, "one_customer_weighs", {first.account},
      {{"name", name},
       {"share", share_text(first.share)},
       {"value", sources.amounts.with_unit(first.value)},
       {"measure", measure_text(sources.speech, sources.request.measure.measure)}}));
}

MaybeFinding left_first_class(const FindingSources& sources) {
  const records::Window before =
      sources.request.compare.value_or(year_before(sources.request.measure.window));
  RankingRequest earlier = sources.request;
  earlier.measure.window = before;
  LP_TRY(const auto computed, sources.rankings.of(sources.scope, earlier));
  const Left left = left_between(computed->ranking, sources.ranking());
  if (left.accounts.empty()) return std::optional<Finding>();
  LP_TRY(const std::string names, first_names(sources, left.accounts));
  const char* code = sources.request.compare ? "left_first_class" : "left_first_class_in_a_year";
  const std::string without_any = count_text(left.without_any);
  Finding finding = account_finding(sources, code, left.accounts,
                                    {{"window", window_text(sources.speech, before)},
                                     {"class", sources.request.classes.front().name},
                                     {"without_any", without_any},
                                     {"names", names}});
  if (left.without_any > 0) {
    finding.text += sources.speech.text("identify.finding.without_any", {{"count", without_any}});
  }
  return std::optional(std::move(finding));
}

Result<std::vector<Finding>> find_all(const FindingSources& sources) {
  std::vector<Finding> findings;
  LP_CHECK(add(findings, few_make_most(sources)));
  LP_CHECK(add(findings, one_customer_weighs(sources)));
  LP_CHECK(add(findings, left_first_class(sources)));
  LP_CHECK(add(findings, first_class_overdue(sources)));
  LP_CHECK(add(findings, first_class_unvisited(sources)));
  LP_TRY(std::vector<Finding> same, probably_one_customer(sources));
  for (Finding& finding : same) findings.push_back(std::move(finding));
  LP_CHECK(add(findings, much_unassigned(sources)));
  return findings;
}

void write_findings(JsonWriter& out, const std::vector<Finding>& findings) {
  out.begin_array();
  for (const Finding& finding : findings) {
    out.begin_object().key("code").string(finding.code).key("params").begin_object();
    for (const auto& [name, value] : finding.params) out.key(name).string(value);
    out.end_object().key("text").string(finding.text);
    out.key("object").string(finding.object).key("where").raw(json::serialize(finding.where));
    out.key("count").integer(finding.count).end_object();
  }
  out.end_array();
}

}  // namespace linchpin::identify
