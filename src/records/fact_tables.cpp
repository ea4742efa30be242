#include "records/fact_tables.h"

#include "records/row_store.h"
#include "storage/ddl.h"

namespace linchpin::records {

using storage::Connection;
using storage::Name;
using storage::Sql;

namespace {

std::string_view grain_name(FactGrain grain) {
  switch (grain) {
    case FactGrain::day:
      return "day";
    case FactGrain::month:
      return "month";
    case FactGrain::product:
      return "product";
    case FactGrain::document:
      return "document";
  }
  return "day";
}

Sql place_columns(const FactTable& table) {
  Sql sql;
  sql.name(table.period).add(", key");
  if (table.has_item) sql.add(", ").name(table.item);
  return sql;
}

Status create(Connection& connection, const Fact& fact, FactGrain grain) {
  LP_TRY(const FactTable table, fact_table(fact, grain));
  Sql sql("CREATE TABLE IF NOT EXISTS ");
  sql.name(table.table).add(" (").name(table.period).add(" BIGINT NOT NULL, key BIGINT NOT NULL");
  if (table.has_item) sql.add(", ").name(table.item).add(" BIGINT NOT NULL");
  sql.add(", lines BIGINT NOT NULL");
  for (const Name& column : table.columns) sql.add(", ").name(column).add(" BIGINT NOT NULL");
  sql.add(", PRIMARY KEY (").append(place_columns(table)).add("))");
  sql.add(storage::clustered_table(connection.dialect()));
  LP_CHECK(connection.execute(sql));
  return {};
}

}  // namespace

std::vector<FactGrain> grains_of(const Fact& fact) {
  std::vector<FactGrain> grains{FactGrain::day, FactGrain::month};
  if (!fact.product.empty()) grains.push_back(FactGrain::product);
  if (!fact.document.empty()) grains.push_back(FactGrain::document);
  return grains;
}

Result<FactTable> fact_table(const Fact& fact, FactGrain grain) {
  FactTable table;
  LP_TRY(table.table, Name::checked("fact_" + fact.name + "_" + std::string(grain_name(grain))));
  const bool monthly = grain == FactGrain::month || grain == FactGrain::product;
  table.period = monthly ? Name("month") : Name("day");
  table.has_item = grain == FactGrain::product || grain == FactGrain::document;
  table.item = grain == FactGrain::document ? Name("document") : Name("product");
  if (grain == FactGrain::document) return table;
  for (const std::string& measure : fact.measures) {
    LP_TRY(Name column, Name::checked(measure));
    table.columns.push_back(std::move(column));
  }
  table.measures = table.columns.size();
  return table;
}

Sql sum_columns(const FactTable& table) {
  Sql sql("lines");
  for (const Name& column : table.columns) sql.add(", ").name(column);
  return sql;
}

Sql upsert_sql(const FactTable& table) {
  Sql sql("INSERT INTO ");
  sql.name(table.table).add(" (").append(place_columns(table)).add(", ");
  sql.append(sum_columns(table)).add(") VALUES (");
  const std::size_t places = (table.has_item ? 4 : 3) + table.measures;
  for (std::size_t i = 0; i < places; ++i) {
    if (i > 0) sql.add(", ");
    sql.parameter();
  }
  sql.add(") ON CONFLICT (").append(place_columns(table)).add(") DO UPDATE SET lines = ");
  sql.name(table.table).add(".lines + excluded.lines");
  for (const Name& column : table.columns) {
    sql.add(", ").name(column).add(" = ").name(table.table).add(".").name(column);
    sql.add(" + excluded.").name(column);
  }
  return sql;
}

Sql sweep_sql(const FactTable& table) {
  Sql sql("DELETE FROM ");
  sql.name(table.table).add(" WHERE ").name(table.period).add(" = ").parameter();
  sql.add(" AND key = ").parameter();
  if (table.has_item) sql.add(" AND ").name(table.item).add(" = ").parameter();
  return sql.add(" AND lines = 0");
}

Status add_lines_of(Connection& connection, const Object& object, const Field& link,
                    RecordId linked, int sign, FactDeltas& deltas) {
  Sql sql("SELECT ");
  sql.append(field_columns(object)).add(" FROM ").name(object.table).add(" t WHERE t.");
  sql.name(link.column).add(" = ").value(linked).add(" AND t.deleted_at IS NULL");
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    LP_CHECK(deltas.add(connection, take_row(object, *rows, 0), sign));
  }
}

Status ensure_fact_tables(Connection& connection, const Schema& schema) {
  for (const auto& object : schema.objects()) {
    for (const Fact& fact : object->facts) {
      for (const FactGrain grain : grains_of(fact)) LP_CHECK(create(connection, fact, grain));
    }
  }
  return {};
}

}  // namespace linchpin::records
