// Which names are probably one customer, and how merging them would move the rank.

#include <algorithm>

#include "identify/company_names.h"
#include "identify/finding_parts.h"

namespace linchpin::identify {

namespace {

constexpr std::size_t max_compared_names = 200'000;
constexpr std::size_t max_told_groups = 3;

std::vector<RecordId> accounts_of(const Ranking& ranking, const NameGroup& group) {
  std::vector<RecordId> accounts;
  for (const std::size_t place : group.places) accounts.push_back(ranking.rows[place].account);
  return accounts;
}

Result<Finding> told(const FindingSources& sources, const NameGroup& group) {
  const std::vector<RecordId> accounts = accounts_of(sources.ranking(), group);
  LP_TRY(const std::string names, first_names(sources, accounts));
  const std::size_t best = group.places.front() + 1;
  const char* code = group.merged_rank < best ? "one_customer_rises" : "one_customer_stays";
  return account_finding(sources, code, accounts,
                         {{"names", names},
                          {"rank", count_text(static_cast<std::int64_t>(best))},
                          {"merged_rank", count_text(static_cast<std::int64_t>(group.merged_rank))},
                          {"value", sources.amounts.with_unit(group.merged)}});
}

}  // namespace

Result<std::vector<Finding>> probably_one_customer(const FindingSources& sources) {
  const Ranking& ranking = sources.ranking();
  const std::size_t compared = std::min(ranking.rows.size(), max_compared_names);
  LP_TRY(const std::vector<AccountLabel> labels, sources.labels.of(ranking, 0, compared));
  std::vector<std::string> names;
  names.reserve(labels.size());
  for (const AccountLabel& label : labels) names.push_back(label.name);
  const std::vector<NameGroup> groups = same_names(ranking, names);

  std::vector<Finding> findings;
  const std::size_t first = std::min(groups.size(), max_told_groups);
  for (std::size_t i = 0; i < first; ++i) {
    LP_TRY(Finding finding, told(sources, groups[i]));
    findings.push_back(std::move(finding));
  }
  if (first == groups.size()) return findings;
  std::vector<RecordId> others;
  for (std::size_t i = first; i < groups.size(); ++i) {
    for (const RecordId account : accounts_of(ranking, groups[i])) others.push_back(account);
  }
  const std::size_t more = groups.size() - first;
  findings.push_back(account_finding(sources, "more_names_alike", others,
                                     {{"groups", count_text(static_cast<std::int64_t>(more))}}));
  return findings;
}

}  // namespace linchpin::identify
