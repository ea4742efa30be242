#include "demo/line_amounts.h"

#include <cassert>

#include "base/tax.h"

namespace linchpin::demo {

namespace {

Units narrowed(WideUnits wide) {
  const Result<Units> value = narrow(wide);
  assert(value && "demo amounts are small");
  return *value;
}

}  // namespace

Units without_tax(Units gross, Units tax_rate) {
  const auto split = split_tax(gross, tax_rate, TaxBasis::inclusive);
  assert(split && "demo amounts are small");
  return split->exclusive;
}

Units with_tax(Units net, Units tax_rate) {
  const auto split = split_tax(net, tax_rate, TaxBasis::exclusive);
  assert(split && "demo amounts are small");
  return split->inclusive;
}

void complete(Line& line) {
  const WideUnits kept = power_of_ten(discount_digits) - line.discount;
  const WideUnits product = WideUnits{line.quantity} * line.unit_price * kept;
  line.amount = narrowed(round_half_even(product, line_digits + discount_digits));
  line.gross_amount = with_tax(line.amount, line.tax_rate);
}

void add_up(Order& order, const std::vector<Line>& lines) {
  WideUnits net = 0;
  WideUnits gross = 0;
  for (const Line& line : lines) {
    net += line.amount;
    gross += line.gross_amount;
  }
  constexpr int drop = line_digits - money_digits;
  order.net_amount = narrowed(round_half_even(net, drop));
  order.amount = narrowed(round_half_even(gross, drop));
}

}  // namespace linchpin::demo
