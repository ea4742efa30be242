#pragma once

// What follows from a write, in its own transaction: roll-ups of parents, formulas that read the
// written record through links, what the rules of capabilities keep, and whatever reads those.

#include <map>
#include <vector>

#include "records/rollups.h"
#include "records/write_steps.h"

namespace linchpin::records {

// How many records one write may carry along.
constexpr std::size_t max_recomputed = 100'000;
// More derived changes than this are logged as ranges, without old values.
constexpr std::size_t max_single_entries = 200;

class Recalculation {
 public:
  explicit Recalculation(const WriteFrame& frame);

  // A row was stored. Null: the record did not exist, or lay in the trash, before or after.
  Status changed(const Object& object, const RowValues* before, const RowValues* after);

  // Recomputes what the changes concern until nothing follows any more, and logs it. May be
  // followed by further changes. Errors: validation_failed / number_too_large, or what a rule that
  // keeps a record refuses; in_use / `recalculation_too_large` {max}.
  Status finish();

 private:
  // Objects by name, so that the order is the same everywhere.
  struct Place {
    std::string_view name;
    std::int64_t record;
    const Object* object;
    auto operator<=>(const Place& other) const {
      return std::tie(name, record) <=> std::tie(other.name, other.record);
    }
  };
  using Changes = std::map<const RollupField*, RollupChange>;
  struct Entry {
    const Object* object;
    RecordId record;
    std::int64_t version;
    std::string changes;
  };

  Status collect_rollup(const RollupField& rollup, const RowValues* before, const RowValues* after);
  Status collect_dependents(const Dependent& dependent, RecordId changed);
  Status collect_concerned(const Concerned& concerned, const RowValues* before,
                           const RowValues* after);
  Status recompute(const Place& place, const Changes& changes);
  Status log();

  const WriteFrame& frame_;
  std::map<Place, Changes> touched_;
  std::vector<Entry> entries_;
  std::size_t recomputed_ = 0;
};

// For one change after another.
Status recalculate(const WriteFrame& frame, const Object& object, const RowValues* before,
                   const RowValues* after);

}  // namespace linchpin::records
