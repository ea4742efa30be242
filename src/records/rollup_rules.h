#pragma once

// What a roll-up may be made of.

#include <set>

#include "records/compute_graph.h"

namespace linchpin::records {

// sum, count, avg, min, max.
std::optional<RollupFunction> rollup_function(std::string_view name);

// Values that a roll-up can add up, or at least compare.
bool can_roll_up(RollupFunction function, const Field& measure);

// Whether the filter holds for a row can be told from the row alone …
bool is_of_own_row(const Filter& filter);
// … or depends on the day or on who asks.
bool depends_on_the_reader(const json::value& where);

// The fields that a filter compares.
std::set<std::string> fields_named(const json::value& where);

// Type and scale of the roll-up's field.
void settle_result_of(const RollupField& rollup, Field& field);

}  // namespace linchpin::records
