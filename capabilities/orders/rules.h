#pragma once

// What holds for every order line, however it is written: its amount follows from quantity, price
// and discount; its tax-exclusive and inclusive amounts follow from rate and basis; customer and
// date come from the order where the line has none of its own.

#include "records/rules.h"

namespace linchpin::orders {

Status add_rules(const records::Schema& schema, records::Rules& rules);

// quantity × unit_price × (1 − discount), formed in 128 bits and rounded half to even at scale 4.
// Scales: quantity 4, price 4, discount 6. Error: `number_too_large`.
Result<Units> line_amount(Units quantity, Units unit_price, Units discount);

}  // namespace linchpin::orders
