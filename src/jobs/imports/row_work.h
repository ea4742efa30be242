#pragma once

// One row of a file: its cells, the records that it links to, and the record that it becomes. The
// dry run and the run do the same work; what differs is the RowSink that it ends in.

#include <optional>
#include <vector>

#include "jobs/imports/cell_reader.h"
#include "jobs/imports/link_table.h"
#include "jobs/imports/plan.h"
#include "jobs/tabular/table_reader.h"

namespace linchpin::imports {

constexpr std::size_t no_column = SIZE_MAX;

struct RowProblem {
  std::size_t column = no_column;
  std::string code;
  ErrorParams params;
};

struct NewValue {
  const records::Field* field = nullptr;
  records::Value value;
};

class RowSink {
 public:
  virtual ~RowSink() = default;
  // 0 when there is none.
  virtual Result<std::int64_t> find(const Lookup& lookup, std::string_view key) = 0;
  // Whether `create` would take the row.
  virtual Status check(const records::Object& object, records::RowValues& row) = 0;
  virtual Result<std::int64_t> create(const records::Object& object, records::RowValues& row) = 0;
  // The records that a row of an upsert means, two at most.
  virtual Result<std::vector<std::int64_t>> match(const records::RowValues& row) = 0;
  // True when something changed.
  virtual Result<bool> update(std::int64_t record, std::vector<NewValue> values) = 0;
  // What a record that this import created still waits for; 0 for any other record.
  virtual Result<std::uint64_t> open_fills(const LinkPlan& link, std::int64_t record,
                                           std::string_view key) = 0;
  virtual void fill(const records::Object& object, std::int64_t record, NewValue value) = 0;
  // Removes what a replacing import removes before the first row of `record`. False: not all of it
  // yet, and the row comes again.
  virtual Result<bool> make_way(std::int64_t record) = 0;
};

enum class RowOutcome { created, updated, unchanged, failed, unfinished };

// How often the keys of one link were found.
struct LinkCount {
  std::int64_t matched = 0;
  std::int64_t to_create = 0;
  std::int64_t unmatched = 0;
};

class RowWork {
 public:
  RowWork(const Plan& plan, TimeZone zone, RowSink& sink);

  // Errors end the import; what is wrong with the row itself is in problems().
  Result<RowOutcome> take(const tabular::Row& row);
  const std::vector<RowProblem>& problems() const { return problems_; }

  // Somebody else has changed records of this object.
  void forget(const records::Object& object);
  const std::vector<LinkCount>& link_counts() const { return counts_; }

 private:
  struct PendingFill {
    Linked* linked;
    const records::Object* object;
    std::uint64_t bit;
    NewValue value;
  };

  void read_values(const tabular::Row& row);
  void read_keys(std::size_t link, std::string_view cell);
  Status find_links();
  Result<Linked*> look_up(const CellPlan& cell, std::size_t link, std::string_view key);
  Status take_fills(const tabular::Row& row, std::size_t link, Linked& linked);
  Result<std::int64_t> find_fill(const CellPlan& cell, std::string_view key);
  Status create_links(const tabular::Row& row);
  Status create_link(const tabular::Row& row, std::size_t link, std::string_view key);
  Result<std::int64_t> create_plain(const CellPlan& cell, std::string_view key);
  Result<records::Value> fill_value(const tabular::Row& row, const FillPlan& fill);
  void store_link(std::size_t link);
  Result<RowOutcome> write();
  Result<RowOutcome> upsert();
  Result<RowOutcome> refuse(const Error& error, std::size_t column);
  void add_problem(std::size_t column, std::string code, ErrorParams params = {});
  void add_problems(const Error& error, std::size_t column);
  std::size_t column_of(std::string_view field) const;

  const Plan& plan_;
  const TimeZone zone_;
  RowSink& sink_;
  std::vector<LinkTable> tables_;  // as Plan::lookups
  std::vector<LinkCount> counts_;  // as Plan::links; different keys, not rows

  // Of the row at hand.
  records::RowValues values_;
  std::vector<char> given_;                          // by field: the row has a value for it
  std::vector<std::vector<std::string_view>> keys_;  // as Plan::links
  std::vector<std::vector<std::int64_t>> ids_;
  std::vector<RowProblem> problems_;
  std::vector<PendingFill> fills_;
  std::vector<std::pair<std::size_t, Linked*>> open_;  // links whose record waits for values
  bool creates_links_ = false;

  struct LastMoment {
    std::string text;
    records::Value value;
  };
  std::vector<LastMoment> moments_;  // as Plan::values: dates repeat from row to row
};

}  // namespace linchpin::imports
