#pragma once

// Computed fields from scratch: to fill a new one, and to prove that the stored ones are right.

#include <map>
#include <vector>

#include "records/compute_graph.h"
#include "records/row.h"

namespace linchpin::records {

constexpr std::size_t max_recompute_slice = 1'000;

bool has_stored_computed(const Object& object);

struct RecomputedSlice {
  RecordId last;            // begin the next slice behind it
  std::size_t seen = 0;     // fewer than were asked for: there are no more
  std::size_t changed = 0;  // whose stored values were not what they should be
};

// Recomputes the stored computed fields of the next `limit` records behind `after`, those in the
// trash included, and writes what differs. Within a write; logs nothing and follows nothing up:
// whoever fills a field does so for what reads it as well. `limit` is at most max_recompute_slice.
Result<RecomputedSlice> recompute_slice(storage::Connection& connection, const Schema& schema,
                                        const Object& object, RecordId after, std::size_t limit);

// All records of all objects whose computed columns are not in the tables as given by `present`
// (object → columns before the tables were extended). Within a write.
using PresentColumns = std::map<std::string, std::vector<std::string>, std::less<>>;
Result<PresentColumns> computed_columns(storage::Connection& connection, const Schema& schema);
Status fill_new_computed(storage::Connection& connection, const Schema& schema,
                         const PresentColumns& present);

// All records of the object and of every object that may follow from it, until nothing changes.
// Error: in_use / `recalculation_too_large` {max} beyond max_recomputed records.
Status recompute_with_followers(storage::Connection& connection, const Schema& schema,
                                const Object& object);

struct ComputedDifference {
  RecordId record;
  std::string field;
};
constexpr std::size_t max_computed_differences = 20;
// Compares what is stored with what the records say now: what `linchpin check` reports.
Result<std::vector<ComputedDifference>> check_computed(storage::Connection& connection,
                                                       const Schema& schema, const Object& object);

}  // namespace linchpin::records
