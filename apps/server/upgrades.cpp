#include "upgrades.h"

#include <algorithm>

#include "access/shares.h"
#include "inbound/identity/users.h"
#include "meta_table.h"
#include "records/customization.h"
#include "records/personal.h"
#include "records/search_index.h"
#include "records/tables.h"
#include "storage/ddl.h"
#include "stream/audit_log.h"

namespace linchpin::server {

using storage::Connection;
using storage::Name;
using storage::Sql;

namespace {

Result<bool> has_tables(Connection& connection, std::initializer_list<Name> tables) {
  for (const Name& table : tables) {
    LP_TRY(const auto columns, records::table_columns(connection, table));
    if (columns.empty()) return false;
  }
  return true;
}

// Objects and fields of the workspace's own.
Result<bool> holds_definitions(Connection& connection) {
  LP_TRY(const bool tables,
         has_tables(connection, {"lp_schema", "lp_object_definition", "lp_field_definition"}));
  if (!tables) return false;
  LP_TRY(const std::int64_t rows,
         query_integer(connection, Sql("SELECT count(*) FROM lp_schema"), 0));
  return rows == 1;
}

Result<bool> holds_search(Connection& connection) {
  return has_tables(connection, {"lp_search", "lp_search_object", "lp_search_position"});
}

// Until then everybody who signed in worked with everything: who has no role keeps that.
Status begin_access(Connection& connection) {
  LP_CHECK(access::ensure_share_table(connection));
  LP_TRY(const bool has_users, has_tables(connection, {"user"}));
  if (!has_users) return {};
  Sql sql("UPDATE ");
  sql.name("user").add(" SET roles = ").value("[\"" + std::string(inbound::everyday_role) + "\"]");
  LP_CHECK(connection.execute(sql.add(" WHERE roles IS NULL")));
  return {};
}

Result<bool> holds_access(Connection& connection) {
  return has_tables(connection, {"lp_share"});
}

Result<bool> holds_audit(Connection& connection) {
  return has_tables(connection, {"lp_audit", "lp_audit_end"});
}

Result<bool> holds_personal_keys(Connection& connection) {
  return has_tables(connection, {"lp_personal_key"});
}

Result<bool> has_column(Connection& connection, const Name& table, const Name& column) {
  LP_TRY(const auto columns, records::table_columns(connection, table));
  return std::find(columns.begin(), columns.end(), column.text()) != columns.end();
}

// What invoices said to be open was without the allocations already, so that only later ones are
// taken from it.
Status begin_settling(Connection& connection) {
  LP_TRY(const bool billed, has_tables(connection, {"invoice", "payment", "payment_allocation"}));
  if (!billed) return {};
  LP_TRY(const bool settled, has_column(connection, "invoice", "allocated"));
  if (!settled) {
    LP_CHECK(connection.execute(Sql("ALTER TABLE \"invoice\" ADD COLUMN allocated BIGINT")));
  }
  LP_TRY(const bool counted, has_column(connection, "payment", "unallocated"));
  if (!counted) {
    LP_CHECK(connection.execute(Sql("ALTER TABLE \"payment\" ADD COLUMN unallocated BIGINT")));
  }
  LP_CHECK(connection.execute(
      Sql("UPDATE \"invoice\" SET allocated = COALESCE((SELECT CAST(SUM(a.amount) AS BIGINT) "
          "FROM payment_allocation a JOIN \"payment\" p ON p.id = a.payment "
          "WHERE a.invoice = \"invoice\".id AND a.deleted_at IS NULL AND p.deleted_at IS NULL "
          "AND COALESCE(p.state, '') <> 'dishonoured'), 0)")));
  LP_CHECK(connection.execute(
      Sql("UPDATE \"payment\" SET unallocated = CASE WHEN state = 'dishonoured' THEN 0 "
          "ELSE COALESCE(amount, 0) - COALESCE((SELECT CAST(SUM(a.amount) AS BIGINT) "
          "FROM payment_allocation a WHERE a.payment = \"payment\".id "
          "AND a.deleted_at IS NULL), 0) END")));
  return {};
}

Result<bool> holds_settling(Connection& connection) {
  LP_TRY(const bool billed, has_tables(connection, {"invoice", "payment", "payment_allocation"}));
  if (!billed) return true;
  LP_TRY(const bool settled, has_column(connection, "invoice", "allocated"));
  LP_TRY(const bool counted, has_column(connection, "payment", "unallocated"));
  return settled && counted;
}

constexpr std::array yearly_tables{Name("account_financial"), Name("account_analysis")};

// One record for each account and year: of those that share both the first gets the key, the
// others stay as they are until somebody puts them together.
Status begin_yearly_keys(Connection& connection) {
  for (const Name& table : yearly_tables) {
    LP_TRY(const bool here, has_tables(connection, {table}));
    if (!here) continue;
    LP_TRY(const bool keyed, has_column(connection, table, "key"));
    if (!keyed) {
      Sql column("ALTER TABLE ");
      column.name(table).add(" ADD COLUMN ").name("key").add(" TEXT");
      LP_CHECK(connection.execute(column));
    }
    Sql fill("UPDATE ");
    fill.name(table).add(" SET ").name("key");
    fill.add(" = CAST(account AS TEXT) || ':' || CAST(year AS TEXT) ");
    fill.add("WHERE deleted_at IS NULL AND account IS NOT NULL AND year IS NOT NULL ");
    fill.add("AND NOT EXISTS (SELECT 1 FROM ").name(table).add(" other WHERE other.account = ");
    fill.name(table).add(".account AND other.year = ").name(table).add(".year ");
    fill.add("AND other.deleted_at IS NULL AND other.id < ").name(table).add(".id)");
    LP_CHECK(connection.execute(fill));
  }
  return {};
}

Result<bool> holds_yearly_keys(Connection& connection) {
  for (const Name& table : yearly_tables) {
    LP_TRY(const bool here, has_tables(connection, {table}));
    if (!here) continue;
    LP_TRY(const bool keyed, has_column(connection, table, "key"));
    if (!keyed) return false;
  }
  return true;
}

constexpr std::array chain{
    Upgrade{2, "definitions", records::ensure_definition_tables, holds_definitions},
    Upgrade{3, "search", records::ensure_search_tables, holds_search},
    Upgrade{4, "access", begin_access, holds_access},
    Upgrade{5, "audit", stream::ensure_audit_tables, holds_audit},
    Upgrade{6, "ordered_indexes", records::drop_indexes_without_id, records::indexes_end_with_id},
    // The hashes themselves follow once the key is known: see Workspace::ensure_tables.
    Upgrade{7, "personal_hashes", records::PersonalKeys::ensure_tables, holds_personal_keys},
    Upgrade{8, "settled_amounts", begin_settling, holds_settling},
    Upgrade{9, "yearly_keys", begin_yearly_keys, holds_yearly_keys},
};

Status ensure_upgrade_table(Connection& connection) {
  Sql sql("CREATE TABLE IF NOT EXISTS lp_upgrade (version");
  sql.add(storage::key_column(connection.dialect())).add(", name TEXT NOT NULL, ");
  LP_CHECK(connection.execute(sql.add("at BIGINT NOT NULL)")));
  return {};
}

Status note(Connection& connection, const Upgrade& step, Instant now) {
  Sql sql("INSERT INTO lp_upgrade(version, name, at) VALUES (");
  sql.value(step.version).add(", ").value(step.name).add(", ").value(now);
  sql.add(") ON CONFLICT (version) DO UPDATE SET at = excluded.at");
  LP_CHECK(connection.execute(sql));
  return set_meta_value(connection, "schema_version", std::to_string(step.version));
}

Error broken(const char* detail, const Upgrade& step) {
  return Error::of(ErrorCode::unusable_database, detail,
                   {{"step", std::string(step.name)}, {"version", std::to_string(step.version)}});
}

}  // namespace

std::span<const Upgrade> upgrades() {
  return chain;
}

std::int64_t workspace_version() {
  return chain.back().version;
}

Status upgrade(Connection& connection, std::int64_t from, std::span<const Upgrade> steps,
               Instant now) {
  LP_CHECK(ensure_upgrade_table(connection));
  for (const Upgrade& step : steps) {
    if (step.version <= from) continue;
    LP_CHECK(step.apply(connection));
    LP_TRY(const bool holds, step.holds(connection));
    if (!holds) return broken("upgrade_failed", step);
    LP_CHECK(note(connection, step, now));
  }
  return {};
}

Status verify_upgrades(Connection& connection, std::int64_t version,
                       std::span<const Upgrade> steps) {
  for (const Upgrade& step : steps) {
    if (step.version > version) return {};
    LP_TRY(const bool holds, step.holds(connection));
    if (!holds) return broken("database_half_upgraded", step);
  }
  return {};
}

}  // namespace linchpin::server
