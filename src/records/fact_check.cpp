// What `linchpin check` does with facts: sums the records again by other means and compares.

#include <array>
#include <map>

#include "records/fact_tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

FactSums stored_sums(const storage::Statement& row, int first_column, std::size_t measures) {
  FactSums sums;
  sums.lines = row.integer(first_column);
  for (std::size_t i = 0; i < measures; ++i) {
    sums.measures[i] = row.integer(first_column + 1 + static_cast<int>(i));
  }
  return sums;
}

constexpr std::size_t max_reported_differences = 20;

using Place = std::array<std::int64_t, 3>;
using Table = std::map<Place, FactSums>;

Result<Table> stored_cells(Connection& connection, const FactTable& table) {
  Sql sql("SELECT ");
  sql.name(table.period).add(", key, ");
  if (table.has_item) {
    sql.name(table.item);
  } else {
    sql.add("0");
  }
  sql.add(", ").append(sum_columns(table)).add(" FROM ").name(table.table);
  LP_TRY(const auto rows, connection.scan(sql));
  Table cells;
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return cells;
    cells[{rows->integer(0), rows->integer(1), rows->integer(2)}] =
        stored_sums(*rows, 3, table.measures);
  }
}

// What the table would hold had it been summed from the records just now, by plain SQL that shares
// nothing with the way the facts are kept.
Result<Sql> recompute_sql(const Schema& schema, const Object& object, const Fact& fact,
                          FactGrain grain) {
  Sql sql("SELECT ");
  const bool document = grain == FactGrain::document;
  const Field* item = object.field(document ? fact.document : fact.product);
  const bool has_item = document || grain == FactGrain::product;
  sql.add("t.").name(object.field(fact.date)->column).add(", ");
  if (fact.by.empty()) {
    sql.add("0, ");
  } else {
    sql.add("coalesce(t.").name(object.field(fact.by)->column).add(", 0), ");
  }
  if (has_item) {
    sql.add("coalesce(t.").name(item->column).add(", 0)");
  } else {
    sql.add("0");
  }
  for (const std::string& measure : fact.measures) {
    sql.add(", coalesce(t.").name(object.field(measure)->column).add(", 0)");
  }
  sql.add(" FROM ").name(object.table).add(" t WHERE t.deleted_at IS NULL AND t.");
  sql.name(object.field(fact.date)->column).add(" IS NOT NULL");
  if (document) {
    sql.add(" AND t.").name(item->column).add(" IS NOT NULL AND t.");
    sql.name(object.field(fact.positive)->column).add(" > 0");
  }
  if (!fact.condition) return sql;
  const FactCondition& condition = *fact.condition;
  Sql listed;
  for (const std::string& value : condition.values) {
    if (!listed.empty()) listed.add(", ");
    listed.value(std::string_view(value));
  }
  if (condition.link.empty()) {
    sql.add(" AND t.").name(object.field(condition.field)->column).add(" IN (");
    return std::move(sql.append(listed).add(")"));
  }
  const Field* link = object.field(condition.link);
  const Object* target = schema.object(link->target);
  sql.add(" AND (t.").name(link->column).add(" IS NULL OR EXISTS (SELECT 1 FROM ");
  sql.name(target->table).add(" c WHERE c.id = t.").name(link->column).add(" AND c.");
  sql.name(target->field(condition.field)->column).add(" IN (").append(listed).add(")))");
  return sql;
}

Result<Table> recomputed_cells(Connection& connection, const Schema& schema, const Object& object,
                               const Fact& fact, FactGrain grain) {
  LP_TRY(const Sql sql, recompute_sql(schema, object, fact, grain));
  LP_TRY(const auto rows, connection.scan(sql));
  const bool monthly = grain == FactGrain::month || grain == FactGrain::product;
  const std::size_t measures = grain == FactGrain::document ? 0 : fact.measures.size();
  Table cells;
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return cells;
    std::int64_t period = rows->integer(0);
    if (monthly) period = month_index(static_cast<Day>(period));
    FactSums& sums = cells[{period, rows->integer(1), rows->integer(2)}];
    ++sums.lines;
    for (std::size_t i = 0; i < measures; ++i) {
      sums.measures[i] += rows->integer(3 + static_cast<int>(i));
    }
  }
}

bool same(const FactSums& a, const FactSums& b) {
  return a.lines == b.lines && a.measures == b.measures;
}

std::string place_text(const Place& place) {
  return std::to_string(place[0]) + "/" + format_id(RecordId{place[1]}) + "/" +
         format_id(RecordId{place[2]});
}

}  // namespace

Result<std::vector<FactDifference>> check_facts(Connection& connection, const Schema& schema,
                                                const Object& object) {
  std::vector<FactDifference> differences;
  const auto report = [&](const FactTable& table, const Place& place) {
    if (differences.size() >= max_reported_differences) return;
    differences.push_back({std::string(table.table.text()), place_text(place)});
  };
  for (const Fact& fact : object.facts) {
    for (const FactGrain grain : grains_of(fact)) {
      LP_TRY(const FactTable table, fact_table(fact, grain));
      LP_TRY(Table stored, stored_cells(connection, table));
      LP_TRY(const Table expected, recomputed_cells(connection, schema, object, fact, grain));
      for (const auto& [place, sums] : expected) {
        const auto found = stored.find(place);
        if (found == stored.end() || !same(found->second, sums)) report(table, place);
        if (found != stored.end()) stored.erase(found);
      }
      for (const auto& [place, sums] : stored) report(table, place);
    }
  }
  return differences;
}

}  // namespace linchpin::records
