#include "records/fact_of_key.h"

#include <algorithm>

#include "records/fact_tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

// Periods from `first` to before `end`, which is behind it.
struct Periods {
  std::int64_t first = 0;
  std::int64_t end = 0;
};
using PeriodList = std::vector<Periods>;

// "WITH RECURSIVE periods …": each of all of them, of which there is at least one.
Sql periods_sql(const PeriodList& list) {
  Sql sql("WITH RECURSIVE periods(period, last) AS (");
  for (const Periods& one : list) {
    sql.add("SELECT CAST(").value(one.first).add(" AS BIGINT), CAST(");
    sql.value(one.end - 1).add(" AS BIGINT) UNION ALL ");
  }
  return sql.add("SELECT period + 1, last FROM periods WHERE period < last) ");
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

Sql select_cells(const FactTable& table, std::int64_t key, const PeriodList& list) {
  Sql sql = periods_sql(list);
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
                  const PeriodList& list, const CellVisitor& visit) {
  if (list.empty()) return {};
  LP_TRY(const auto rows, connection.scan(select_cells(table, key, list)));
  return visit_cells(*rows, table, visit);
}

// The days of the window in whose months the key has anything: a customer who buys now and then is
// looked up on few of them.
Result<PeriodList> lively_days(Connection& connection, const Fact& fact, std::int64_t key,
                               Window reached) {
  PeriodList days;
  if (reached.from >= reached.to) return days;
  LP_TRY(const FactTable months, fact_table(fact, FactGrain::month));
  const PeriodList all{{month_index(reached.from), month_index(reached.to - 1) + 1}};
  LP_CHECK(read_cells(connection, months, key, all, [&](std::int64_t found, const FactSums&) {
    const auto month = static_cast<std::int32_t>(found);
    const Day first = std::max(first_day_of_month(month), reached.from);
    const Day end = std::min(first_day_of_month(month + 1), reached.to);
    if (!days.empty() && days.back().end == first) {
      days.back().end = end;
    } else {
      days.push_back({first, end});
    }
  }));
  return days;
}

}  // namespace

Status read_fact_of(Connection& connection, const Fact& fact, std::int64_t key, Window window,
                    const FactVisitor& visit) {
  LP_TRY(const Window reached, reached_window(connection, fact, window));
  if (reached.from >= reached.to) return {};
  LP_TRY(const FactTable days, fact_table(fact, FactGrain::day));
  LP_TRY(const FactTable months, fact_table(fact, FactGrain::month));
  // A month that the window cuts is looked at by its days, if the key has anything in it.
  PeriodList cut;
  const PeriodList touched{{month_index(reached.from), month_index(reached.to - 1) + 1}};
  LP_CHECK(
      read_cells(connection, months, key, touched, [&](std::int64_t found, const FactSums& sums) {
        const auto month = static_cast<std::int32_t>(found);
        const Day first = first_day_of_month(month);
        const Day end = first_day_of_month(month + 1);
        if (first >= reached.from && end <= reached.to) {
          visit(key, sums);
        } else {
          cut.push_back({std::max(first, reached.from), std::min(end, reached.to)});
        }
      }));
  return read_cells(connection, days, key, cut,
                    [&](std::int64_t, const FactSums& sums) { visit(key, sums); });
}

Status read_fact_by_day_of(Connection& connection, const Fact& fact, std::int64_t key,
                           Window window, const DatedFactVisitor& visit) {
  LP_TRY(const Window reached, reached_window(connection, fact, window));
  LP_TRY(const FactTable days, fact_table(fact, FactGrain::day));
  LP_TRY(const PeriodList lively, lively_days(connection, fact, key, reached));
  return read_cells(connection, days, key, lively, [&](std::int64_t day, const FactSums& sums) {
    visit(static_cast<Day>(day), key, sums);
  });
}

// A figure has few months: they come at once, and how far the fact reaches need not be asked first.
Status read_fact_by_month_of(Connection& connection, const Fact& fact, std::int64_t key,
                             std::int32_t first, std::int32_t end,
                             const MonthlyFactVisitor& visit) {
  if (first >= end) return {};
  LP_TRY(const FactTable months, fact_table(fact, FactGrain::month));
  LP_TRY(const auto rows, connection.prepare(select_cells(months, key, {{first, end}})));
  return visit_cells(*rows, months, [&](std::int64_t month, const FactSums& sums) {
    visit(static_cast<std::int32_t>(month), sums);
  });
}

Result<std::optional<DocumentSpan>> read_document_span_of(Connection& connection, const Fact& fact,
                                                          std::int64_t key, Window window) {
  LP_TRY(const Window reached, reached_window(connection, fact, window));
  if (reached.from >= reached.to) return std::optional<DocumentSpan>();
  LP_TRY(const PeriodList lively, lively_days(connection, fact, key, reached));
  if (lively.empty()) return std::optional<DocumentSpan>();
  LP_TRY(const FactTable table, fact_table(fact, FactGrain::document));
  Sql sql = periods_sql(lively);
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
