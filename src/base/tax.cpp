#include "base/tax.h"

namespace linchpin {

Result<TaxAmounts> split_tax(Units amount, std::optional<Units> rate_hundredths, TaxBasis basis) {
  if (!rate_hundredths) return TaxAmounts{amount, amount};
  constexpr WideUnits whole = 10'000;  // 100 % at scale 2
  const WideUnits with_tax = whole + *rate_hundredths;
  if (with_tax <= 0) return Error::of(ErrorCode::validation_failed, "wrong_number");
  if (basis == TaxBasis::inclusive) {
    LP_TRY(const Units exclusive, narrow(divide_half_even(amount * whole, with_tax)));
    return TaxAmounts{exclusive, amount};
  }
  LP_TRY(const Units inclusive, narrow(divide_half_even(amount * with_tax, whole)));
  return TaxAmounts{amount, inclusive};
}

}  // namespace linchpin
