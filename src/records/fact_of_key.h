#pragma once

// Facts of one key only: what one customer's figures cost must not grow with the number of
// customers. The tables are clustered by period, so every period of the window is looked up by
// itself: the months that the fact reaches, and the days of those in which the key has anything.

#include <optional>

#include "records/fact_days.h"
#include "records/facts.h"

namespace linchpin::records {

// As read_fact, whose keys are all `key`.
Status read_fact_of(storage::Connection& connection, const Fact& fact, std::int64_t key,
                    Window window, const FactVisitor& visit);

// As read_fact_by_day.
Status read_fact_by_day_of(storage::Connection& connection, const Fact& fact, std::int64_t key,
                           Window window, const DatedFactVisitor& visit);

// One piece per month with any, in order: the months from `first` to before `end`.
using MonthlyFactVisitor = std::function<void(std::int32_t month, const FactSums& sums)>;
Status read_fact_by_month_of(storage::Connection& connection, const Fact& fact, std::int64_t key,
                             std::int32_t first, std::int32_t end, const MonthlyFactVisitor& visit);

// As read_document_spans; nothing without a positive line.
Result<std::optional<DocumentSpan>> read_document_span_of(storage::Connection& connection,
                                                          const Fact& fact, std::int64_t key,
                                                          Window window);

}  // namespace linchpin::records
