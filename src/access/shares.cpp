#include "access/shares.h"

#include "storage/ddl.h"

namespace linchpin::access {

using storage::Connection;
using storage::Sql;

namespace {

Sql of_record(storage::Literal begin, std::string_view object, RecordId record) {
  Sql sql(begin);
  return std::move(
      sql.add(" FROM lp_share WHERE object = ").value(object).add(" AND record = ").value(record));
}

Sql one_of(const std::vector<RecordId>& principals) {
  Sql sql("s.principal IN (");
  for (std::size_t i = 0; i < principals.size(); ++i) {
    if (i > 0) sql.add(", ");
    sql.value(principals[i]);
  }
  return std::move(sql.add(")"));
}

}  // namespace

Status ensure_share_table(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql table("CREATE TABLE IF NOT EXISTS lp_share (object");
  table.add(storage::text_column(dialect));
  table.add(
      " NOT NULL, record BIGINT NOT NULL, principal BIGINT NOT NULL, level INTEGER NOT NULL, "
      "expires_at BIGINT NOT NULL, given_by BIGINT NOT NULL, given_at BIGINT NOT NULL, "
      "PRIMARY KEY (object, record, principal))");
  LP_CHECK(connection.execute(table.add(storage::clustered_table(dialect))));
  LP_CHECK(
      connection.execute(Sql("CREATE INDEX IF NOT EXISTS lp_share_principal ON "
                             "lp_share(principal, object, record)")));
  return {};
}

Status put_share(Connection& connection, std::string_view object, RecordId record,
                 const Share& share) {
  LP_TRY(const std::int64_t count,
         query_integer(connection, of_record("SELECT count(*)", object, record), 0));
  if (count >= static_cast<std::int64_t>(max_shares_of_record)) {
    return Error::of(ErrorCode::invalid_state, "too_many_shares",
                     {{"max", std::to_string(max_shares_of_record)}});
  }
  Sql sql("INSERT INTO lp_share(object, record, principal, level, expires_at, given_by, given_at)");
  sql.add(" VALUES (").value(object).add(", ").value(record).add(", ").value(share.principal);
  sql.add(", ").value(static_cast<std::int64_t>(share.level)).add(", ").value(share.expires_at);
  sql.add(", ").value(share.given_by).add(", ").value(share.given_at);
  sql.add(") ON CONFLICT (object, record, principal) DO UPDATE SET level = excluded.level, ");
  sql.add("expires_at = excluded.expires_at, given_by = excluded.given_by, ");
  LP_CHECK(connection.execute(sql.add("given_at = excluded.given_at")));
  return {};
}

Result<bool> remove_share(Connection& connection, std::string_view object, RecordId record,
                          RecordId principal) {
  Sql sql = of_record("DELETE", object, record);
  LP_TRY(const std::int64_t removed,
         connection.execute(sql.add(" AND principal = ").value(principal)));
  return removed > 0;
}

Result<std::vector<Share>> shares_of(Connection& connection, std::string_view object,
                                     RecordId record) {
  Sql sql = of_record("SELECT principal, level, expires_at, given_by, given_at", object, record);
  LP_TRY(const auto rows, connection.prepare(sql.add(" ORDER BY given_at, principal")));
  std::vector<Share> shares;
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return shares;
    shares.push_back({RecordId{rows->integer(0)}, static_cast<ShareLevel>(rows->integer(1)),
                      rows->integer(2), RecordId{rows->integer(3)}, rows->integer(4)});
  }
}

Result<Instant> next_expiry(Connection& connection, const std::vector<RecordId>& principals,
                            Instant now) {
  if (principals.empty()) return never_expires;
  Sql sql("SELECT min(s.expires_at) FROM lp_share s WHERE ");
  sql.append(one_of(principals)).add(" AND s.expires_at > ").value(now);
  return query_integer(connection, sql, never_expires);
}

Sql shared_records_sql(std::string_view object, const std::vector<RecordId>& principals,
                       ShareLevel level, Instant now) {
  Sql sql("SELECT s.record FROM lp_share s WHERE s.object = ");
  sql.value(object).add(" AND ").append(one_of(principals));
  sql.add(" AND s.level >= ").value(static_cast<std::int64_t>(level));
  return std::move(sql.add(" AND s.expires_at > ").value(now));
}

}  // namespace linchpin::access
