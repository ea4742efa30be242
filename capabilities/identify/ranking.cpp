#include "identify/ranking.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace linchpin::identify {

namespace {

double ratio(WideUnits part, WideUnits whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

// Customers of equal value, [begin, end), into the order of their codes.
void order_ties(std::vector<CustomerValue>& values, std::size_t begin, std::size_t end,
                const std::vector<std::string>& codes) {
  struct Coded {
    CustomerValue customer;
    const std::string* code;
  };
  std::vector<Coded> tied;
  for (std::size_t i = begin; i < end; ++i) tied.push_back({values[i], &codes[i - begin]});
  std::sort(tied.begin(), tied.end(), [](const Coded& a, const Coded& b) {
    if (a.code->empty() != b.code->empty()) return b.code->empty();
    if (*a.code != *b.code) return *a.code < *b.code;
    return a.customer.account < b.customer.account;
  });
  for (std::size_t i = begin; i < end; ++i) values[i] = tied[i - begin].customer;
}

void sort_customers(std::vector<CustomerValue>& values, const CodesOf& codes_of) {
  std::sort(values.begin(), values.end(), [](const CustomerValue& a, const CustomerValue& b) {
    return a.value != b.value ? a.value > b.value : a.account < b.account;
  });
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  std::vector<RecordId> tied;
  for (std::size_t begin = 0; begin < values.size();) {
    std::size_t end = begin + 1;
    while (end < values.size() && values[end].value == values[begin].value) ++end;
    if (end - begin > 1) {
      runs.emplace_back(begin, end);
      for (std::size_t i = begin; i < end; ++i) tied.push_back(values[i].account);
    }
    begin = end;
  }
  if (tied.empty()) return;
  const std::vector<std::string> codes = codes_of(tied);
  std::size_t taken = 0;
  for (const auto& [begin, end] : runs) {
    const auto first = codes.begin() + static_cast<std::ptrdiff_t>(taken);
    const auto count = static_cast<std::ptrdiff_t>(end - begin);
    order_ties(values, begin, end, {first, first + count});
    taken += end - begin;
  }
}

std::size_t class_of(double before, double after, const std::vector<ClassLimit>& limits,
                     Convention convention) {
  for (std::size_t i = 0; i + 1 < limits.size(); ++i) {
    const bool belongs =
        convention == Convention::before ? before < limits[i].upto : after <= limits[i].upto;
    if (belongs) return i;
  }
  return limits.size() - 1;
}

// G = 2 Σ i·x(i) / (n Σx) − (n+1)/n with x ascending; rows are descending.
double gini_of(const Ranking& ranking) {
  if (ranking.positive == 0) return 0;
  const auto n = static_cast<double>(ranking.positive);
  long double weighted = 0;
  for (std::size_t i = 0; i < ranking.positive; ++i) {
    const auto ascending_rank = static_cast<long double>(ranking.positive - i);
    weighted += ascending_rank * static_cast<long double>(ranking.rows[i].value);
  }
  const long double scaled =
      2 * weighted / (static_cast<long double>(n) * static_cast<long double>(ranking.total));
  return static_cast<double>(scaled - (n + 1) / n);
}

}  // namespace

double recency_weight(std::int64_t age_days, std::int64_t half_life_days) {
  return std::exp2(-static_cast<double>(age_days) / static_cast<double>(half_life_days));
}

double top_share(const Ranking& ranking, int percent) {
  if (ranking.positive == 0) return 0;
  const std::size_t first = (ranking.positive * static_cast<std::size_t>(percent) + 99) / 100;
  WideUnits sum = 0;
  for (std::size_t i = 0; i < first; ++i) sum += ranking.rows[i].value;
  return ratio(sum, ranking.total);
}

Ranking rank_customers(std::vector<CustomerValue> values, const std::vector<ClassLimit>& limits,
                       Convention convention, const CodesOf& codes_of) {
  sort_customers(values, codes_of);
  Ranking ranking;
  ranking.classes.resize(limits.size());
  for (const CustomerValue& customer : values) {
    if (customer.value > 0) {
      ranking.total += customer.value;
      ++ranking.positive;
    } else {
      ranking.non_positive_value += customer.value;
    }
  }
  ranking.rows.reserve(values.size());
  WideUnits accumulated = 0;
  for (const CustomerValue& customer : values) {
    RankedCustomer row{customer.account, customer.value, 0, 0, limits.size() - 1};
    if (customer.value > 0) {
      const double before = ratio(accumulated, ranking.total);
      accumulated += customer.value;
      row.share = ratio(customer.value, ranking.total);
      row.cumulative_share = ratio(accumulated, ranking.total);
      row.class_index = class_of(before, row.cumulative_share, limits, convention);
      ranking.hhi += row.share * row.share;
      ClassSummary& summary = ranking.classes[row.class_index];
      ++summary.customers;
      summary.value += customer.value;
    }
    ranking.rows.push_back(row);
  }
  for (ClassSummary& summary : ranking.classes) {
    if (ranking.total > 0) summary.share = ratio(summary.value, ranking.total);
  }
  ranking.top20_share = top_share(ranking, 20);
  ranking.top1_share = top_share(ranking, 1);
  ranking.gini = gini_of(ranking);
  return ranking;
}

std::vector<Move> migration(const Ranking& earlier, const Ranking& later,
                            const std::vector<ClassLimit>& limits) {
  constexpr const char* came = "new";
  constexpr const char* gone = "lost";
  std::unordered_map<RecordId, std::size_t> before;
  before.reserve(earlier.rows.size());
  for (const RankedCustomer& row : earlier.rows) before.emplace(row.account, row.class_index);
  std::map<std::pair<std::string, std::string>, std::int64_t> counted;
  for (const RankedCustomer& row : later.rows) {
    const auto found = before.find(row.account);
    const std::string& to = limits[row.class_index].name;
    ++counted[{found == before.end() ? came : limits[found->second].name, to}];
    if (found != before.end()) before.erase(found);
  }
  for (const auto& [account, class_index] : before) ++counted[{limits[class_index].name, gone}];
  std::vector<Move> moves;
  for (const auto& [ends, customers] : counted) {
    moves.push_back({ends.first, ends.second, customers});
  }
  std::stable_sort(moves.begin(), moves.end(),
                   [](const Move& a, const Move& b) { return a.customers > b.customers; });
  return moves;
}

}  // namespace linchpin::identify
