#include "records/fact_tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

FactSums take_sums(const storage::Statement& row, int first_column, std::size_t measures) {
  FactSums sums;
  sums.lines = row.integer(first_column);
  for (std::size_t i = 0; i < measures; ++i) {
    sums.measures[i] = row.integer(first_column + 1 + static_cast<int>(i));
  }
  return sums;
}

Status read_periods(Connection& connection, const FactTable& table, std::int64_t from,
                    std::int64_t to, const FactVisitor& visit, MeasureSet wanted) {
  if (from >= to) return {};
  Sql sql("SELECT key, lines");
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < table.measures; ++i) {
    if (!wanted.test(i)) continue;
    sql.add(", ").name(table.columns[i]);
    places.push_back(i);
  }
  sql.add(" FROM ")
      .name(table.table)
      .add(" WHERE ")
      .name(table.period)
      .add(" >= ")
      .value(from)
      .add(" AND ")
      .name(table.period)
      .add(" < ");
  sql.value(to);
  LP_TRY(const auto rows, connection.scan(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    FactSums sums;
    sums.lines = rows->integer(1);
    for (std::size_t i = 0; i < places.size(); ++i) {
      sums.measures[places[i]] = rows->integer(2 + static_cast<int>(i));
    }
    visit(rows->integer(0), sums);
  }
}

}  // namespace

Status read_fact(Connection& connection, const Fact& fact, Window window, const FactVisitor& visit,
                 MeasureSet wanted) {
  if (window.from >= window.to) return {};
  LP_TRY(const FactTable days, fact_table(fact, FactGrain::day));
  LP_TRY(const FactTable months, fact_table(fact, FactGrain::month));
  const std::int32_t begun = month_index(window.from);
  const std::int32_t first_month = first_day_of_month(begun) == window.from ? begun : begun + 1;
  const std::int32_t end_month = month_index(window.to);
  if (first_month >= end_month) {
    return read_periods(connection, days, window.from, window.to, visit, wanted);
  }
  LP_CHECK(
      read_periods(connection, days, window.from, first_day_of_month(first_month), visit, wanted));
  LP_CHECK(read_periods(connection, months, first_month, end_month, visit, wanted));
  return read_periods(connection, days, first_day_of_month(end_month), window.to, visit, wanted);
}

Status read_fact_by_day(Connection& connection, const Fact& fact, Window window,
                        const DatedFactVisitor& visit) {
  LP_TRY(const FactTable table, fact_table(fact, FactGrain::day));
  Sql sql("SELECT day, key, ");
  sql.append(sum_columns(table)).add(" FROM ").name(table.table).add(" WHERE day >= ");
  sql.value(std::int64_t{window.from}).add(" AND day < ").value(std::int64_t{window.to});
  sql.add(" ORDER BY day, key");
  LP_TRY(const auto rows, connection.scan(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    visit(static_cast<Day>(rows->integer(0)), rows->integer(1),
          take_sums(*rows, 2, table.measures));
  }
}

Status count_documents(Connection& connection, const Fact& fact, Window window,
                       const std::function<void(std::int64_t, std::int64_t)>& visit) {
  LP_TRY(const FactTable table, fact_table(fact, FactGrain::document));
  Sql sql("SELECT key, count(DISTINCT document) FROM ");
  sql.name(table.table).add(" WHERE lines > 0 AND day >= ").value(std::int64_t{window.from});
  sql.add(" AND day < ").value(std::int64_t{window.to}).add(" GROUP BY key");
  LP_TRY(const auto rows, connection.scan(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    visit(rows->integer(0), rows->integer(1));
  }
}

Result<std::optional<Window>> fact_span(Connection& connection, const Fact& fact) {
  LP_TRY(const FactTable table, fact_table(fact, FactGrain::day));
  Sql first("SELECT min(day) FROM ");
  Sql last("SELECT max(day) FROM ");
  constexpr std::int64_t none = INT64_MIN;
  LP_TRY(const std::int64_t from, query_integer(connection, first.name(table.table), none));
  if (from == none) return std::optional<Window>();
  LP_TRY(const std::int64_t to, query_integer(connection, last.name(table.table), none));
  return std::optional<Window>({static_cast<Day>(from), static_cast<Day>(to + 1)});
}

}  // namespace linchpin::records
