#pragma once

// Value-added tax on an amount: what it is without and with tax. Both are kept exactly, because
// contracts and receivables speak inclusive, profit and rankings exclusive.

#include <optional>

#include "base/decimal.h"

namespace linchpin {

struct TaxAmounts {
  Units exclusive = 0;
  Units inclusive = 0;
};

enum class TaxBasis { exclusive, inclusive };

// `rate_hundredths` is the percentage at scale 2 (1300 = 13 %); unknown = the amount is taken as it
// is. Rounded half to even at the amount's own scale. Error: `number_too_large`.
Result<TaxAmounts> split_tax(Units amount, std::optional<Units> rate_hundredths, TaxBasis basis);

}  // namespace linchpin
