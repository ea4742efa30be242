#pragma once

// A list request in checked form: what is selected, how it is sorted, where a page begins.

#include <string>
#include <vector>

#include "records/cursor.h"
#include "records/filter_sql.h"
#include "records/records.h"
#include "records/search_index.h"

namespace linchpin::records {

constexpr std::size_t max_selected = 200;
constexpr std::size_t max_sort = 8;

struct SortKey {
  FieldPath path;
  bool descending = false;
  bool nulls_last = true;
};

struct QueryPlan {
  const Object* object = nullptr;
  std::vector<FieldPath> select;
  Filter where;
  std::string search;
  std::optional<SearchPlan> found;  // how `search` is answered; see prepare_search
  std::vector<SortKey> sort;
  std::string text;  // what a cursor is bound to
};

Result<QueryPlan> plan_query(const FilterFrame& frame, const Object& object,
                             const QueryRequest& request);
// Before condition_sql, in the state of the database that is read, when there is a `search`.
Status prepare_search(storage::Connection& connection, const access::AccessScope& scope,
                      QueryPlan& plan);
Result<std::vector<FieldPath>> read_select(const FilterFrame& frame, const Object& object,
                                           const std::vector<std::string>& select);

// Error: validation_failed / `out_of_range` {min, max}.
Status check_page(const PageRequest& page, std::int64_t max_offset);

// A sort by a field that may be empty has two segments: the rows with a value in the order of an
// index, and those without. Each is a plain index walk; together they are the whole order.
enum class Segment { whole, with_value, without_value };
std::vector<Segment> segments_of(const QueryPlan& plan);
Segment segment_of(const QueryPlan& plan, const CursorPosition& position);

// "live rows that match", without order.
storage::Sql condition_sql(FromClause& from, const QueryPlan& plan);
// The rows of a segment behind a position, as a condition; the position lies in the segment.
storage::Sql after_sql(FromClause& from, const QueryPlan& plan, Segment segment,
                       const CursorPosition& position);
storage::Sql segment_sql(FromClause& from, const QueryPlan& plan, Segment segment);
storage::Sql order_sql(FromClause& from, const QueryPlan& plan, Segment segment);
// ", key, key…": what a cursor needs of each row.
storage::Sql sort_columns_sql(FromClause& from, const QueryPlan& plan);

}  // namespace linchpin::records
