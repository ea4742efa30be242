#pragma once

// From the checked form of a query to SQL: the joins that paths need, and the condition.

#include <map>
#include <string>
#include <vector>

#include "records/filter.h"
#include "records/row_access.h"
#include "storage/storage.h"

namespace linchpin::records {

// The tables of one SELECT: the object as "t", and one alias per link path. What a path leads to is
// there only where the viewer reaches it.
class FromClause {
 public:
  FromClause(const Viewer& viewer, const Schema& schema, const Object& object,
             storage::Dialect dialect, std::string alias = "t");

  // "alias.column", joining what lies between.
  storage::Sql column(const FieldPath& path);
  // The same for the column that text sorts and compares by.
  storage::Sql key_column(const FieldPath& path);
  // The folded text of a field, to be compared with folded text.
  storage::Sql folded_column(const FieldPath& path);
  storage::Sql alias_of(const FieldPath& path);

  // " FROM object t LEFT JOIN …"
  storage::Sql sql() const;
  storage::Sql base() const;  // "t"
  // The rows of the object that are live and that the viewer reaches.
  storage::Sql live() const;
  // Those on which the viewer may act so; empty: every row.
  storage::Sql reached(access::Action action) const;
  // The record's id, where rows are read in the order of ids.
  storage::Sql id() const;
  // The column as rows are sorted by it. Who reaches few rows has them sorted, where PostgreSQL
  // would rather meet all rows in that order.
  storage::Sql sorted(const storage::Sql& column) const;
  // Rows come in the order of lp_search as "found", which names their records: the condition says
  // which of its rows.
  void lead_by_search() { led_by_search_ = true; }
  // Rows are met in an order of their own or by another condition: what the viewer reaches is asked
  // of each and leads to none, unless he reaches few (SQLite).
  void ask_each_row() { asks_each_row_ = dialect_ == storage::Dialect::sqlite; }
  // From here on no condition but `leaf` may use an index (SQLite); null: none may.
  void allow_index_of(const Filter* leaf);
  // Called for each condition while the SQL is written.
  void enter(const Filter& condition) { hides_ = limited_ && &condition != allowed_; }
  void allow_indexes() { limited_ = hides_ = false; }
  const Viewer& viewer() const { return viewer_; }
  const Schema& schema() const { return schema_; }
  storage::Dialect dialect() const { return dialect_; }

 private:
  storage::Sql written(const FieldPath& path, const storage::Name& column);
  storage::Sql live_rows(const Object& object, const std::string& alias) const;

  const Viewer viewer_;
  const Schema& schema_;
  const Object& object_;
  storage::Dialect dialect_;
  std::string base_;
  std::map<std::string, std::string> aliases_;  // "account.owner" → "t_2"
  storage::Sql joins_;
  bool led_by_search_ = false;
  bool asks_each_row_ = false;
  bool limited_ = false;
  bool hides_ = false;  // columns of the object are written so that no index fits them
  const Filter* allowed_ = nullptr;
};

// Never empty: "1 = 1" when there is no condition.
storage::Sql filter_sql(FromClause& from, const Filter& filter);

// Where the text stands in the column, from 1; 0 = nowhere.
storage::Sql position_sql(storage::Dialect dialect, const storage::Sql& column,
                          std::string_view text);

}  // namespace linchpin::records
