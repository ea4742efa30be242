#pragma once

// For property tests: a small workspace with a field of every type, hierarchies and links, filled
// with values that are often equal, often empty and hard on text. Everything random comes from
// rapidcheck, so it is called from within rc::check only.

#include <rapidcheck.h>

#include <map>

#include "records/random_filter.h"
#include "records/test_workspace.h"

namespace linchpin::records {

// A property runs over at least so many cases: 3,000, 1,000 on a database server, where one costs
// more, and 100 with sanitizers; or as LINCHPIN_PROPERTY_CASES says, a multiple of 100.
int property_cases();
// rc::check calls its property 100 times.
inline int cases_of_check() {
  return property_cases() / 100;
}

class PropertyWorld {
 public:
  PropertyWorld();

  TestWorkspace& workspace() { return workspace_; }
  const Object& item() const { return *workspace_.schema().object("item"); }
  FilterFrame frame() const;

  // Random changes: items come, change, go to the trash and come back, and so does what they link.
  void stir(int steps);
  // Fields of an item in API form. Errors are left in when `may_be_wrong`.
  json::object random_fields(bool may_be_wrong = false);
  // A filter over items that the engine takes.
  json::value random_filter(int depth) { return filters().filter(depth); }
  json::array random_sort() { return filters().sort(); }

  // The live items with all their values.
  std::map<RecordId, RowValues> rows();
  const std::vector<RecordId>& live(std::string_view object);
  std::int64_t last_seq();
  std::vector<RecordId> trashed() const { return trashed_; }
  // Everything that is stored of items and what has been logged, as one text.
  std::string fingerprint();

 private:
  RandomFilters& filters();
  json::value random_entries();
  json::value random_value(const Field& field);
  json::value random_link(std::string_view object);
  void change_item();
  void count_rows();

  TestWorkspace workspace_;
  TimeZone zone_;
  std::vector<RecordId> trashed_;
  std::map<std::string, std::vector<RecordId>, std::less<>> live_;  // as of live_seq_
  std::int64_t live_seq_ = -1;
  std::unique_ptr<RandomFilters> filters_;
};

}  // namespace linchpin::records
