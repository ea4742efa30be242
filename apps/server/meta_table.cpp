#include "meta_table.h"

#include <charconv>

#include "base/id.h"
#include "storage/ddl.h"

namespace linchpin::server {

using storage::Connection;
using storage::Sql;

Result<Contents> look_into(Connection& connection) {
  LP_TRY(
      const std::int64_t tables,
      query_integer(connection, Sql("SELECT count(*) FROM sqlite_master WHERE type = 'table'"), 0));
  if (tables == 0) return Contents::nothing;
  LP_TRY(const std::int64_t meta,
         query_integer(connection,
                       Sql("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND "
                           "name = 'lp_meta'"),
                       0));
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
