#include "records/fact_days.h"

#include "base/decimal.h"
#include "records/fact_tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

// " AND …" for records that stand as "t"; nothing where the fact has no condition.
Sql counted_sql(const Schema& schema, const Object& object, const Fact& fact) {
  Sql sql;
  if (!fact.condition) return sql;
  const FactCondition& condition = *fact.condition;
  Sql listed;
  for (const std::string& value : condition.values) {
    if (!listed.empty()) listed.add(", ");
    listed.value(std::string_view(value));
  }
  if (condition.link.empty()) {
    sql.add(" AND t.").name(object.field(condition.field)->column);
    return std::move(sql.add(" IN (").append(listed).add(")"));
  }
  const Field* link = object.field(condition.link);
  const Object* target = schema.object(link->target);
  sql.add(" AND (t.").name(link->column).add(" IS NULL OR t.").name(link->column);
  sql.add(" IN (SELECT id FROM ").name(target->table).add(" WHERE ");
  sql.name(target->field(condition.field)->column).add(" IN (").append(listed);
  return std::move(sql.add(")))"));
}

}  // namespace

Status read_document_spans(Connection& connection, const Fact& fact, Window window,
                           const std::function<void(const DocumentSpan&)>& visit) {
  LP_TRY(const FactTable table, fact_table(fact, FactGrain::document));
  Sql sql("SELECT key, count(DISTINCT document), min(day), max(day) FROM ");
  sql.name(table.table).add(" WHERE lines > 0 AND day >= ").value(std::int64_t{window.from});
  sql.add(" AND day < ").value(std::int64_t{window.to}).add(" GROUP BY key");
  LP_TRY(const auto rows, connection.scan(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    visit({rows->integer(0), rows->integer(1), static_cast<Day>(rows->integer(2)),
           static_cast<Day>(rows->integer(3))});
  }
}

Status read_positive_days(Connection& connection, const Schema& schema, const Object& object,
                          const Fact& fact, std::string_view positive, std::string_view measure,
                          Window window, const std::function<void(const FactDay&)>& visit) {
  const Field* date = object.field(fact.date);
  const Field* by = object.field(fact.by);
  const Field* sign = object.field(positive);
  const Field* summed = object.field(measure);
  if (!date || !by || !sign || !summed) return Error::of(ErrorCode::unknown_field);
  Sql sql("SELECT t.");
  sql.name(by->column).add(", t.").name(date->column).add(", coalesce(t.");
  sql.name(summed->column).add(", 0) FROM ").name(object.table);
  sql.add(" t WHERE t.deleted_at IS NULL AND t.").name(by->column).add(" IS NOT NULL AND t.");
  sql.name(sign->column).add(" > 0 AND t.").name(date->column).add(" >= ");
  sql.value(std::int64_t{window.from}).add(" AND t.").name(date->column).add(" < ");
  sql.value(std::int64_t{window.to}).append(counted_sql(schema, object, fact));
  sql.add(" ORDER BY 1, 2");
  LP_TRY(const auto rows, connection.scan(sql));
  FactDay current;
  WideUnits sum = 0;
  const auto give = [&]() -> Status {
    if (current.key == 0) return {};
    LP_TRY(current.sum, narrow(sum));
    visit(current);
    return {};
  };
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return give();
    const std::int64_t key = rows->integer(0);
    const Day day = static_cast<Day>(rows->integer(1));
    if (key != current.key || day != current.day) {
      LP_CHECK(give());
      current = {key, day, 0};
      sum = 0;
    }
    sum += rows->integer(2);
  }
}

}  // namespace linchpin::records
