#include "meta_table.h"

#include <charconv>

#include "base/id.h"
#include "storage/ddl.h"

namespace linchpin::server {

using storage::Connection;
using storage::Sql;

Result<Contents> look_into(Connection& connection) {
  Sql all("SELECT count(*) FROM ");
  if (connection.dialect() == storage::Dialect::sqlite) {
    all.add("sqlite_master WHERE type = 'table'");
  } else {
    all.add("pg_catalog.pg_class WHERE relkind = 'r' AND relnamespace = ");
    all.add("(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = current_schema())");
  }
  LP_TRY(const std::int64_t tables, query_integer(connection, all, 0));
  if (tables == 0) return Contents::nothing;
  const bool is_sqlite = connection.dialect() == storage::Dialect::sqlite;
  all.add(is_sqlite ? storage::Literal(" AND name = ") : storage::Literal(" AND relname = "));
  LP_TRY(const std::int64_t meta, query_integer(connection, all.value("lp_meta"), 0));
  return meta == 1 ? Contents::workspace : Contents::something_else;
}

Status ensure_meta_table(Connection& connection) {
  Sql sql("CREATE TABLE IF NOT EXISTS lp_meta (name");
  sql.add(storage::text_column(connection.dialect()));
  sql.add(" PRIMARY KEY, value TEXT NOT NULL)");
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<std::optional<std::string>> meta_value(Connection& connection, std::string_view name) {
  Sql sql("SELECT value FROM lp_meta WHERE name = ");
  sql.value(name);
  LP_TRY(std::string value, query_text(connection, sql));
  if (value.empty()) return std::optional<std::string>();
  return std::optional(std::move(value));
}

Status set_meta_value(Connection& connection, std::string_view name, std::string_view value) {
  Sql sql("INSERT INTO lp_meta(name, value) VALUES (");
  sql.value(name).add(", ").value(value);
  sql.add(") ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<int> lease_node(Connection& connection) {
  LP_TRY(const auto last, meta_value(connection, "last_node"));
  int node = 0;
  if (last) {
    std::from_chars(last->data(), last->data() + last->size(), node);
    node = (node + 1) % IdGenerator::node_count;
  }
  LP_CHECK(set_meta_value(connection, "last_node", std::to_string(node)));
  return node;
}

}  // namespace linchpin::server
