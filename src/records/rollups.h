#pragma once

// Roll-ups: what one record adds to its parent's sums, and the whole of a sum from the records.

#include "records/compute_graph.h"
#include "records/row.h"

namespace linchpin::records {

// What one record counts for. Nothing of it counts when it has no parent, lies in the trash or is
// left out by the roll-up's condition.
struct Contribution {
  std::int64_t parent = 0;  // 0: counts nowhere
  std::int64_t count = 0;
  std::int64_t value = 0;

  bool operator==(const Contribution&) const = default;
};
Contribution contribution_of(const Schema& schema, const RollupField& rollup,
                             const RowValues* live_row);

// A change to one roll-up of one parent, to be applied to what is stored.
struct RollupChange {
  std::int64_t count = 0;
  std::int64_t sum = 0;
};
// Error: validation_failed / `number_too_large`.
Status add_contribution(RollupChange& change, const Contribution& contribution, int sign);

// The parent's field after a change: by the difference for sum, count and avg (whose own columns
// are written), from the records for min and max.
Result<Value> changed_rollup(storage::Connection& connection, const Schema& schema,
                             const RollupField& rollup, const RowValues& parent,
                             const RollupChange& change);

// From the records alone. An average's own columns are written when `keep` is set.
enum class Averages { keep, look_only };
Result<Value> summed_rollup(storage::Connection& connection, const Schema& schema,
                            const RollupField& rollup, std::int64_t parent, Averages averages);

}  // namespace linchpin::records
