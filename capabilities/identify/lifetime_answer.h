#pragma once

// What POST /identify/rfm and POST /identify/clv answer, as JSON.

#include <optional>
#include <string>
#include <string_view>

#include "identify/account_labels.h"
#include "identify/lifetime.h"
#include "identify/rfm.h"

namespace linchpin::identify {

struct ComputedLifetime {
  Lifetime lifetime;
  int horizon_months = 0;
  std::optional<Day> split;
  HoldOut hold_out;  // only with a split
};

// Which customers: all, or those at risk.
enum class LifetimeRows { all, at_risk };

// Which rows are given, and the question that the cursor of the next ones belongs to.
struct PageOfRows {
  std::string_view question;
  std::size_t offset = 0;
  int limit = 0;
};

Result<std::string> rfm_answer(AccountLabels& labels, const Rfm& rfm, Day as_of, PageOfRows page,
                               int scale);
Result<std::string> lifetime_answer(AccountLabels& labels, const ComputedLifetime& computed,
                                    LifetimeRows which, PageOfRows page);

}  // namespace linchpin::identify
