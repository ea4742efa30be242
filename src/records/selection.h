#pragma once

// The columns that a selection reads. A formula that is computed at read is selected as the columns
// of its inputs and computed from them, row by row.

#include <vector>

#include "records/compute_graph.h"
#include "records/filter_sql.h"
#include "records/row.h"

namespace linchpin::records {

class Selection {
 public:
  Selection(const Schema& schema, std::vector<FieldPath> paths, formula::Frame frame);

  const std::vector<FieldPath>& paths() const { return paths_; }
  // How many columns `columns` adds.
  int width() const { return width_; }
  // ", column, column…"
  storage::Sql columns(FromClause& from) const;

  // The first column of the n-th path of a row whose selection begins at `first`.
  int column_of(std::size_t index, int first) const { return first + offsets_[index]; }
  bool is_computed(std::size_t index) const { return formulas_[index] != nullptr; }
  void write_computed(JsonWriter& out, std::size_t index, const storage::Statement& row,
                      int column) const;

 private:
  std::vector<FieldPath> paths_;
  std::vector<const FormulaField*> formulas_;  // null for what has a column
  std::vector<int> offsets_;
  int width_ = 0;
  formula::Frame frame_;
};

}  // namespace linchpin::records
