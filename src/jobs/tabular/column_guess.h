#pragma once

// What the columns of a sales file mean, by their names in the words of common ERP systems.

#include <string>
#include <string_view>
#include <vector>

#include "jobs/tabular/sheet_layout.h"

namespace linchpin::tabular {

// A field of the flat sales vocabulary: order, product, product.name, quantity, ordered_on,
// unit_price, discount, amount, cost, tax_rate, account, account.name, account.region; or empty.
// Samples that are no figures or no dates speak against a field of that kind.
std::string guess_field(std::string_view column_name, const std::vector<std::string>& samples);

// As many as columns; each field once, for the column whose name fits best.
std::vector<std::string> guess_fields(const std::vector<Column>& columns);

}  // namespace linchpin::tabular
