#pragma once

// Which index drives a sorted page on SQLite, whose planner does not weigh a LIMIT: it would
// collect and sort a hundred thousand matches to show fifty of them. PostgreSQL keeps statistics of
// its own.

#include "records/query_plan.h"

namespace linchpin::records {

// At most this many rows are collected and sorted; more are met in the order of the sort's index.
constexpr std::int64_t max_collected = 1'000;

struct IndexChoice {
  bool chosen = false;           // false: left to the database
  const Filter* leaf = nullptr;  // the only condition that may use its index; null: none may
  bool in_order = false;         // rows need not be sorted when no condition drives
};

// Whether the rows that meet a comparison are found by an index.
bool served_by_index(const Filter& leaf);

// Looks at up to max_collected index entries of each condition that an index serves.
Result<IndexChoice> choose_index(storage::Connection& connection, const Schema& schema,
                                 const QueryPlan& plan);

}  // namespace linchpin::records
