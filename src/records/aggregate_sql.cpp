#include "base/wide_decimal.h"
#include "records/aggregate.h"

namespace linchpin::records {

using storage::Dialect;
using storage::Literal;
using storage::Sql;

namespace {

constexpr std::array<Literal, max_group_by> ordinals{"1", "2", "3", "4"};

Sql key_sql(FromClause& from, const GroupBy& group, const TimeZone& zone) {
  if (is_grouped_folded(group)) return from.folded_column(group.path);
  Sql column = from.column(group.path);
  if (!group.bucket) return column;
  const bool instant = group.path.field->type == FieldType::datetime;
  const Sql day = instant ? local_day_sql(from.dialect(), column, zone) : column;
  return bucket_sql(from.dialect(), *group.bucket, day);
}

Sql sum_sql(FromClause& from, const Sql& column) {
  Sql sql;
  if (from.dialect() == Dialect::sqlite) {
    sql.add("lp_sum(").append(column).add(")");
  } else {
    sql.add("CAST(sum(").append(column).add(") AS TEXT)");
  }
  return sql;
}

Sql middle_sql(FromClause& from, const Sql& column) {
  Sql sql;
  if (from.dialect() == Dialect::sqlite)
    return std::move(sql.add("lp_middle(").append(column).add(")"));
  const Literal half = "CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY ";
  sql.add("CAST(").add(half).append(column).add(") AS NUMERIC) + ");
  sql.add(half).append(column).add(" DESC) AS NUMERIC) AS TEXT)");
  return sql;
}

Sql measure_sql(FromClause& from, const Measure& measure) {
  if (measure.path.field == nullptr) return Sql("count(*)");
  const Sql column = from.column(measure.path);
  Sql sql;
  switch (measure.function) {
    case MeasureFunction::count:
      return std::move(sql.add("count(").append(column).add(")"));
    case MeasureFunction::count_distinct: {
      const bool folded = compares_folded(*measure.path.field);
      sql.add("count(DISTINCT ").append(folded ? from.folded_column(measure.path) : column);
      return sql.add(")");
    }
    case MeasureFunction::sum:
      return sum_sql(from, column);
    case MeasureFunction::avg:
      return std::move(sum_sql(from, column).add(", count(").append(column).add(")"));
    case MeasureFunction::min:
      return std::move(sql.add("min(").append(column).add(")"));
    case MeasureFunction::max:
      return std::move(sql.add("max(").append(column).add(")"));
    case MeasureFunction::median:
      return middle_sql(from, column);
  }
  return Sql("count(*)");
}

int sign_of(WideUnits value) {
  return value < 0 ? -1 : (value > 0 ? 1 : 0);
}

}  // namespace

bool is_grouped_folded(const GroupBy& group) {
  return compares_folded(*group.path.field);
}

Sql aggregate_sql(FromClause& from, const AggregatePlan& plan, const TimeZone& zone,
                  Grouping grouping) {
  std::vector<Sql> columns;
  std::vector<Sql> groups;
  if (grouping == Grouping::by_groups) {
    for (const GroupBy& group : plan.groups) {
      groups.push_back(Sql(ordinals[groups.size()]));
      columns.push_back(key_sql(from, group, zone));
    }
    for (const GroupBy& group : plan.groups) {
      if (!is_grouped_folded(group)) continue;
      Sql written("min(");
      columns.push_back(written.append(from.column(group.path)).add(")"));
    }
  }
  for (const Measure& measure : plan.measures) columns.push_back(measure_sql(from, measure));
  const Sql where = condition_sql(from, plan.rows);
  Sql sql("SELECT ");
  sql.append(join(columns, ", ")).append(from.sql()).add(" WHERE ").append(where);
  if (!groups.empty()) sql.add(" GROUP BY ").append(join(groups, ", "));
  return sql;
}

Result<Figure> take_figure(const Measure& measure, const storage::Statement& row, int& column) {
  Figure figure;
  const int first = column++;
  const bool average = measure.function == MeasureFunction::avg;
  if (average) ++column;
  // The sum of nothing is zero; nothing else is known of it.
  figure.empty = row.is_null(first) && measure.function != MeasureFunction::sum;
  if (row.is_null(first)) return figure;
  switch (measure.function) {
    case MeasureFunction::count:
    case MeasureFunction::count_distinct:
    case MeasureFunction::min:
    case MeasureFunction::max:
      figure.sum = row.integer(first);
      return figure;
    case MeasureFunction::sum:
    case MeasureFunction::avg:
    case MeasureFunction::median:
      break;
  }
  auto sum = parse_wide_units(row.text(first));
  if (!sum) return Error::internal("aggregate: a sum is no number");
  figure.sum = *sum;
  if (average) figure.divisor = row.integer(first + 1);
  if (measure.function == MeasureFunction::median) figure.divisor = 2;
  return figure;
}

int compare_figures(const Figure& left, const Figure& right) {
  const WideUnits whole = left.sum / left.divisor;
  const WideUnits other = right.sum / right.divisor;
  if (whole != other) return whole < other ? -1 : 1;
  const WideUnits rest = left.sum % left.divisor * right.divisor;
  const WideUnits other_rest = right.sum % right.divisor * left.divisor;
  return sign_of(rest - other_rest);
}

}  // namespace linchpin::records
