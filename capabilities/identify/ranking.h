#pragma once

// Pareto and ABC: customers in the order of a measure, their shares and classes. Pure arithmetic,
// after definitions of the product: sums are exact, shares are computed in double precision from
// exact sums. Sources: cumulative-share classes after H. F. Dickie (1951); Gini and
// Herfindahl–Hirschman indices in their population form.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"

namespace linchpin::identify {

struct CustomerValue {
  RecordId account;
  Units value = 0;
};

// Classes in ascending order; the last one reaches 1.
struct ClassLimit {
  std::string name;
  double upto = 1;
};

// Where the customer who crosses a threshold belongs: to the higher class (`before`: the share
// accumulated before adding the customer decides) or to the lower one (`after`).
enum class Convention { before, after };

struct RankedCustomer {
  RecordId account;
  Units value = 0;
  double share = 0;             // of the total of positive customers
  double cumulative_share = 0;  // including this customer
  std::size_t class_index = 0;
};

struct ClassSummary {
  std::int64_t customers = 0;
  WideUnits value = 0;
  double share = 0;
};

struct Ranking {
  std::vector<RankedCustomer> rows;  // positive customers first, then the others
  std::size_t positive = 0;          // how many rows are positive
  WideUnits total = 0;               // of positive customers
  WideUnits non_positive_value = 0;
  double top20_share = 0;
  double top1_share = 0;
  double gini = 0;
  double hhi = 0;
  std::vector<ClassSummary> classes;
};

// The code of a customer; empty when there is none. Asked only for customers of equal value, who
// stand in the order of their codes, those without one behind, by id.
using CodesOf = std::function<std::vector<std::string>(const std::vector<RecordId>&)>;

Ranking rank_customers(std::vector<CustomerValue> values, const std::vector<ClassLimit>& limits,
                       Convention convention, const CodesOf& codes_of);

// 2^(−age / half-life): what is left of an amount after so many days.
double recency_weight(std::int64_t age_days, std::int64_t half_life_days);

// Share of the first ⌈fraction · n⌉ positive customers; `fraction` in percent.
double top_share(const Ranking& ranking, int percent);

struct Move {
  std::string from;  // class name, or "new"
  std::string to;    // class name, or "lost"
  std::int64_t customers = 0;
};

// Class in the earlier period × class in the later one, most customers first.
std::vector<Move> migration(const Ranking& earlier, const Ranking& later,
                            const std::vector<ClassLimit>& limits);

}  // namespace linchpin::identify
