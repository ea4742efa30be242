#pragma once

// Grouping and measuring: what is asked, in checked form, and as SQL. A page of groups is chosen
// from all groups as they stream by, so that only a page and what lies before it is held.

#include <string>
#include <vector>

#include "base/decimal.h"
#include "records/day_buckets.h"
#include "records/query_plan.h"
#include "records/records.h"

namespace linchpin::records {

constexpr std::size_t max_group_by = 4;
constexpr std::size_t max_measures = 20;
// Pages end here; an answer with more groups is `truncated`.
constexpr std::int64_t max_group_offset = 50'000;

struct AggregateRequest {
  json::value where;
  std::string search;
  json::value group;     // array of {field, bucket}
  json::value measures;  // array of {as, fn, field}
  json::value sort;      // array of {by, dir, nulls}; null = by the groups' keys
  PageRequest page;
  bool totals = false;
};

struct GroupBy {
  FieldPath path;
  std::optional<Bucket> bucket;
};

enum class MeasureFunction { count, count_distinct, sum, avg, min, max, median };

struct Measure {
  std::string as;
  MeasureFunction function = MeasureFunction::count;
  FieldPath path;  // no field for a count of records

  // Digits after the point of the answer; none where it is a whole number, date or instant.
  int scale() const;
};

struct GroupSort {
  bool by_measure = false;
  std::size_t index = 0;  // of the measure or the group
  bool descending = false;
  bool nulls_last = true;
};

struct AggregatePlan {
  QueryPlan rows;  // which records; its text is what a cursor is bound to
  json::value where;
  std::vector<GroupBy> groups;
  std::vector<Measure> measures;
  std::vector<GroupSort> sort;
};

// Errors: those of filters; validation_failed with wrong_group, wrong_measure, not_groupable,
// unknown_bucket {name}, bucket_does_not_fit {bucket, type}, unknown_measure {fn},
// measure_does_not_fit {fn, type}, unknown_sort {by}, too_many_values, required, duplicate_value.
// A personal field cannot be grouped by or measured: validation_failed / `personal_field`.
Result<AggregatePlan> plan_aggregate(const FilterFrame& frame, const Object& object,
                                     const AggregateRequest& request);

// An exact figure of one group: a quotient of whole numbers in units of the measure's field.
struct Figure {
  bool empty = true;
  WideUnits sum = 0;
  std::int64_t divisor = 1;
};
// Empty ones are equal to each other and compared with no other.
int compare_figures(const Figure& left, const Figure& right);

// The columns of a group's row: for every group its key, for every grouped text how it is written,
// then those of the measures. Without groups one row: the totals.
enum class Grouping { by_groups, everything };
storage::Sql aggregate_sql(FromClause& from, const AggregatePlan& plan, const TimeZone& zone,
                           Grouping grouping);
// Texts are grouped without case and width, as they are compared.
bool is_grouped_folded(const GroupBy& group);
// `column` is the first of the measure and then the first behind it.
Result<Figure> take_figure(const Measure& measure, const storage::Statement& row, int& column);

}  // namespace linchpin::records
