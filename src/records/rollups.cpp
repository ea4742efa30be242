#include "records/rollups.h"

#include "records/filter_match.h"
#include "records/filter_sql.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

Error too_large() {
  return Error::of(ErrorCode::validation_failed, "number_too_large");
}

// A roll-up's condition stays on its own row.
class NoLinks final : public LinkedRows {
 public:
  const RowValues* find(const Object&, RecordId) override { return nullptr; }
  void each_referring(const Object&, const Field&, RecordId, const RowVisitor&) override {}
};

struct Sums {
  std::int64_t count = 0;
  std::int64_t sum = 0;
};

Result<Value> average(const RollupField& rollup, const Sums& sums) {
  if (sums.count == 0) return Value();
  const Field& measure = *rollup.measure;
  const int scale = measure.is_scaled() ? measure.scale : 0;
  const int shift = rollup.field->scale - scale;
  WideUnits numerator = sums.sum;
  WideUnits denominator = sums.count;
  if (shift >= 0) {
    numerator *= power_of_ten(shift);
  } else {
    denominator *= power_of_ten(-shift);
  }
  LP_TRY(const Units units, narrow(divide_half_even(numerator, denominator)));
  return Value(units);
}

Result<Sums> kept_sums(Connection& connection, const RollupField& rollup, std::int64_t parent) {
  Sql sql("SELECT ");
  sql.name(rollup.sum_column).add(", ").name(rollup.count_column).add(" FROM ");
  sql.name(rollup.parent->table).add(" WHERE id = ").value(parent);
  LP_TRY(const auto rows, connection.prepare(sql));
  LP_TRY(const bool found, rows->step());
  if (!found) return Sums();
  return Sums{rows->integer(1), rows->integer(0)};
}

Status keep_sums(Connection& connection, const RollupField& rollup, std::int64_t parent,
                 const Sums& sums) {
  Sql sql("UPDATE ");
  sql.name(rollup.parent->table).add(" SET ").name(rollup.sum_column).add(" = ");
  sql.value(sums.sum).add(", ").name(rollup.count_column).add(" = ").value(sums.count);
  sql.add(" WHERE id = ").value(parent);
  LP_CHECK(connection.execute(sql));
  return {};
}

// count, sum, min, max of what counts for one parent.
Sql summing_sql(const Schema& schema, storage::Dialect dialect, const RollupField& rollup,
                std::int64_t parent) {
  FromClause from(unlimited(), schema, *rollup.child, dialect);
  const Sql where = filter_sql(from, rollup.where);
  Sql measure("1");
  if (rollup.measure) {
    measure = from.base();
    measure.add(".").name(rollup.measure->column);
  }
  Sql sql("SELECT count(");
  sql.append(measure).add("), ");
  if (rollup.function == RollupFunction::sum || rollup.function == RollupFunction::avg) {
    sql.add("CAST(sum(").append(measure).add(") AS BIGINT)");
  } else if (rollup.function == RollupFunction::min) {
    sql.add("min(").append(measure).add(")");
  } else if (rollup.function == RollupFunction::max) {
    sql.add("max(").append(measure).add(")");
  } else {
    sql.add("0");
  }
  sql.append(from.sql()).add(" WHERE ").append(from.base()).add(".").name(rollup.link->column);
  sql.add(" = ").value(parent).add(" AND ").append(from.base()).add(".deleted_at IS NULL AND ");
  return sql.append(where);
}

}  // namespace

Contribution contribution_of(const Schema& schema, const RollupField& rollup,
                             const RowValues* live_row) {
  if (!live_row) return {};
  const RowValues& row = *live_row;
  const std::int64_t parent = integer_of(row[rollup.link->index]);
  NoLinks linked;
  if (parent == 0 || !matches(schema, rollup.where, row, linked)) return {};
  if (!rollup.measure) return {parent, 1, 0};
  const Value& value = row[rollup.measure->index];
  if (is_empty(value)) return {};
  return {parent, 1, integer_of(value)};
}

Status add_contribution(RollupChange& change, const Contribution& contribution, int sign) {
  change.count += sign * contribution.count;
  const bool beyond = sign > 0
                          ? __builtin_add_overflow(change.sum, contribution.value, &change.sum)
                          : __builtin_sub_overflow(change.sum, contribution.value, &change.sum);
  if (beyond) return too_large();
  return {};
}

Result<Value> changed_rollup(Connection& connection, const Schema& schema,
                             const RollupField& rollup, const RowValues& parent,
                             const RollupChange& change) {
  const Value& stored = parent[rollup.field->index];
  switch (rollup.function) {
    case RollupFunction::count:
      return Value(integer_of(stored) + change.count);
    case RollupFunction::sum: {
      std::int64_t sum = 0;
      if (__builtin_add_overflow(integer_of(stored), change.sum, &sum)) return too_large();
      return Value(sum);
    }
    case RollupFunction::avg: {
      LP_TRY(Sums sums, kept_sums(connection, rollup, integer_of(parent[0])));
      sums.count += change.count;
      if (__builtin_add_overflow(sums.sum, change.sum, &sums.sum)) return too_large();
      LP_CHECK(keep_sums(connection, rollup, integer_of(parent[0]), sums));
      return average(rollup, sums);
    }
    case RollupFunction::min:
    case RollupFunction::max:
      break;
  }
  return summed_rollup(connection, schema, rollup, integer_of(parent[0]), Averages::look_only);
}

Result<Value> summed_rollup(Connection& connection, const Schema& schema, const RollupField& rollup,
                            std::int64_t parent, Averages averages) {
  Sums sums;
  bool empty = true;
  {
    LP_TRY(const auto rows,
           connection.prepare(summing_sql(schema, connection.dialect(), rollup, parent)));
    LP_TRY(const bool found, rows->step());
    empty = !found || rows->is_null(1);
    if (found) sums = {rows->integer(0), empty ? 0 : rows->integer(1)};
  }
  switch (rollup.function) {
    case RollupFunction::count:
      return Value(sums.count);
    case RollupFunction::sum:
      return Value(sums.sum);
    case RollupFunction::avg:
      if (averages == Averages::keep) LP_CHECK(keep_sums(connection, rollup, parent, sums));
      return average(rollup, sums);
    case RollupFunction::min:
    case RollupFunction::max:
      break;
  }
  return empty ? Value() : Value(sums.sum);
}

}  // namespace linchpin::records
