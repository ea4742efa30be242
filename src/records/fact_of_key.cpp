#include "records/fact_of_key.h"

#include <algorithm>

#include "records/fact_tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

// "WITH RECURSIVE periods …": each from `from` to before `to`, which is behind it.
Sql periods_sql(std::int64_t from, std::int64_t to) {
  Sql sql("WITH RECURSIVE periods(period) AS (SELECT CAST(");
  sql.value(from).add(" AS BIGINT) UNION ALL SELECT period + 1 FROM periods WHERE period < ");
  sql.value(to - 1).add(") ");
  return sql;
}

// "FROM periods … JOIN t …" with the cells of the key: in SQLite a cross join keeps this order.
Sql cells_sql(const FactTable& table, std::int64_t key) {
  Sql sql(" FROM periods CROSS JOIN ");
  sql.name(table.table).add(" t WHERE t.").name(table.period).add(" = periods.period AND t.key = ");
  sql.value(key);
  return sql;
}

// The window as far as the fact reaches.
Result<Window> reached_window(Connection& connection, const Fact& fact, Window window) {
  LP_TRY(const auto span, fact_span(connection, fact));
  if (!span) return Window();
  return Window{std::max(window.from, span->from), std::min(window.to, span->to)};
}

using CellVisitor = std::function<void(std::int64_t, const FactSums&)>;

Sql select_cells(const FactTable& table, std::int64_t key, std::int64_t from, std::int64_t to) {
  Sql sql = periods_sql(from, to);
  sql.add("SELECT periods.period, t.lines");
  for (const storage::Name& column : table.columns) sql.add(", t.").name(column);
  sql.append(cells_sql(table, key)).add(" ORDER BY 1");
  return sql;
}

Status visit_cells(storage::Statement& rows, const FactTable& table, const CellVisitor& visit) {
  while (true) {
    LP_TRY(const bool found, rows.step());
    if (!found) return {};
    FactSums sums;
    sums.lines = rows.integer(1);
    for (std::size_t i = 0; i < table.measures; ++i) {
      sums.measures[i] = rows.integer(2 + static_cast<int>(i));
    }
    visit(rows.integer(0), sums);
  }
}

Status read_cells(Connection& connection, const FactTable& table, std::int64_t key,
                  std::int64_t from, std::int64_t to, const CellVisitor& visit) {
  if (from >= to) return {};
  LP_TRY(const auto rows, connection.scan(select_cells(table, key, from, to)));
  return visit_cells(*rows, table, visit);
}

}  // namespace

Status read_fact_of(Connection& connection, const Fact& fact, std::int64_t key, Window window,
                    const FactVisitor& visit) {
  LP_TRY(const Window reached, reached_window(connection, fact, window));
  if (reached.from >= reached.to) return {};
  LP_TRY(const FactTable days, fact_table(fact, FactGrain::day));
  LP_TRY(const FactTable months, fact_table(fact, FactGrain::month));
  const auto give = [&](std::int64_t, const FactSums& sums) { visit(key, sums); };
  const std::int32_t begun = month_index(reached.from);
  const std::int32_t first_month = first_day_of_month(begun) == reached.from ? begun : begun + 1;
  const std::int32_t end_month = month_index(reached.to);
  if (first_month >= end_month) {
    return read_cells(connection, days, key, reached.from, reached.to, give);
  }
  LP_CHECK(read_cells(connection, days, key, reached.from, first_day_of_month(first_month), give));
  LP_CHECK(read_cells(connection, months, key, first_month, end_month, give));
  return read_cells(connection, days, key, first_day_of_month(end_month), reached.to, give);
}

Status read_fact_by_day_of(Connection& connection, const Fact& fact, std::int64_t key,
                           Window window, const DatedFactVisitor& visit) {
  LP_TRY(const Window reached, reached_window(connection, fact, window));
  LP_TRY(const FactTable days, fact_table(fact, FactGrain::day));
  return read_cells(
      connection, days, key, reached.from, reached.to,
      [&](std::int64_t day, const FactSums& sums) { visit(static_cast<Day>(day), key, sums); });
}

// A figure has few months: they come at once, and how far the fact reaches need not be asked first.
Status read_fact_by_month_of(Connection& connection, const Fact& fact, std::int64_t key,
                             std::int32_t first, std::int32_t end,
                             const MonthlyFactVisitor& visit) {
  if (first >= end) return {};
  LP_TRY(const FactTable months, fact_table(fact, FactGrain::month));
  LP_TRY(const auto rows, connection.prepare(select_cells(months, key, first, end)));
  return visit_cells(*rows, months, [&](std::int64_t month, const FactSums& sums) {
    visit(static_cast<std::int32_t>(month), sums);
  });
}

Result<std::optional<DocumentSpan>> read_document_span_of(Connection& connection, const Fact& fact,
                                                          std::int64_t key, Window window) {
  LP_TRY(const Window reached, reached_window(connection, fact, window));
  if (reached.from >= reached.to) return std::optional<DocumentSpan>();
  LP_TRY(const FactTable table, fact_table(fact, FactGrain::document));
  Sql sql = periods_sql(reached.from, reached.to);
  sql.add("SELECT count(DISTINCT t.document), coalesce(min(t.day), 0), coalesce(max(t.day), 0)");
  sql.append(cells_sql(table, key)).add(" AND t.lines > 0");
  LP_TRY(const auto rows, connection.scan(sql));
  LP_TRY(const bool found, rows->step());
  if (!found || rows->integer(0) == 0) return std::optional<DocumentSpan>();
  return std::optional<DocumentSpan>(DocumentSpan{key, rows->integer(0),
                                                  static_cast<Day>(rows->integer(1)),
                                                  static_cast<Day>(rows->integer(2))});
}

}  // namespace linchpin::records
