#pragma once

// The arithmetic of order lines, as the product itself does it.

#include <vector>

#include "demo/demo_business.h"

namespace linchpin::demo {

inline constexpr Units goods_rate = 1300;  // 13 % of tax

// amount = quantity × price × (1 − discount), half-even to four digits; with tax likewise.
void complete(Line& line);
// Sums of the order, rounded to the cent.
void add_up(Order& order, const std::vector<Line>& lines);
// What is left of an amount with tax when tax is taken out; and the other way round.
Units without_tax(Units gross, Units tax_rate);
Units with_tax(Units net, Units tax_rate);

}  // namespace linchpin::demo
