#pragma once

// What the sums of a fact do not keep: on which days somebody bought, and between which days the
// documents lie. Both read with the fact's own condition, so that they agree with its sums.

#include <functional>
#include <string_view>

#include "records/facts.h"

namespace linchpin::records {

struct DocumentSpan {
  std::int64_t key = 0;
  std::int64_t documents = 0;  // different ones with a positive line
  Day first = 0;               // with a positive line
  Day last = 0;
};

// One per key, in no order.
Status read_document_spans(storage::Connection& connection, const Fact& fact, Window window,
                           const std::function<void(const DocumentSpan&)>& visit);

struct FactDay {
  std::int64_t key = 0;
  Day day = 0;
  std::int64_t sum = 0;  // of the measure
};

// The days on which a key has at least one counted record with a positive `positive`, in order of
// keys and days; `measure` is summed over those records. Reads the records of the window. Error:
// unknown_field. A sum beyond 64 bits: `number_too_large`.
Status read_positive_days(storage::Connection& connection, const Schema& schema,
                          const Object& object, const Fact& fact, std::string_view positive,
                          std::string_view measure, Window window,
                          const std::function<void(const FactDay&)>& visit);

}  // namespace linchpin::records
