#include "inbound/identity/credential_store.h"

#include "base/crypto.h"
#include "records/tables.h"
#include "storage/ddl.h"

namespace linchpin::inbound {

using storage::Blob;
using storage::Connection;
using storage::Sql;
using storage::Value;

namespace {

Value digest_value(std::string_view digest) {
  return Blob{std::string(digest)};
}

constexpr storage::Literal token_columns =
    "id, digest, user_id, name, may_write, created_at, expires_at, seen_at, address";
constexpr storage::Literal session_columns =
    "digest, user_id, created_at, seen_at, expires_at, address, agent";

StoredToken read_token(const storage::Statement& row) {
  StoredToken token;
  token.id = RecordId{row.integer(0)};
  token.digest = row.blob(1);
  token.user = RecordId{row.integer(2)};
  token.name = row.text(3);
  token.may_write = row.integer(4) != 0;
  token.created_at = row.integer(5);
  token.expires_at = row.integer(6);
  token.seen_at = row.integer(7);
  token.address = row.text(8);
  return token;
}

StoredSession read_session(const storage::Statement& row) {
  StoredSession session;
  session.digest = row.blob(0);
  session.user = RecordId{row.integer(1)};
  session.created_at = row.integer(2);
  session.seen_at = row.integer(3);
  session.expires_at = row.integer(4);
  session.address = row.text(5);
  session.agent = row.text(6);
  return session;
}

struct NewColumn {
  storage::Name table;
  storage::Name column;
  storage::Literal type;
};

Status add_places(Connection& connection) {
  const std::array<NewColumn, 4> columns{{
      {"lp_session", "address", " TEXT NOT NULL DEFAULT ''"},
      {"lp_session", "agent", " TEXT NOT NULL DEFAULT ''"},
      {"lp_token", "seen_at", " BIGINT NOT NULL DEFAULT 0"},
      {"lp_token", "address", " TEXT NOT NULL DEFAULT ''"},
  }};
  for (const NewColumn& wanted : columns) {
    LP_TRY(const auto present, records::table_columns(connection, wanted.table));
    const bool there =
        std::find(present.begin(), present.end(), wanted.column.text()) != present.end();
    if (there) continue;
    Sql sql("ALTER TABLE ");
    sql.name(wanted.table).add(" ADD COLUMN ").name(wanted.column).add(wanted.type);
    LP_CHECK(connection.execute(sql));
  }
  return {};
}

}  // namespace

Status ensure_session_tables(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql session("CREATE TABLE IF NOT EXISTS lp_session (digest");
  session.add(storage::bytes_column(dialect));
  session.add(
      " PRIMARY KEY, user_id BIGINT NOT NULL, created_at BIGINT NOT NULL, "
      "seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)");
  session.add(storage::clustered_table(dialect));
  LP_CHECK(connection.execute(session));
  LP_CHECK(connection.execute(
      Sql("CREATE INDEX IF NOT EXISTS lp_session_user ON lp_session(user_id, created_at)")));
  Sql token("CREATE TABLE IF NOT EXISTS lp_token (id");
  token.add(storage::key_column(dialect)).add(", digest").add(storage::bytes_column(dialect));
  token.add(
      " NOT NULL UNIQUE, user_id BIGINT NOT NULL, name TEXT NOT NULL, "
      "may_write INTEGER NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)");
  LP_CHECK(connection.execute(token));
  LP_CHECK(
      connection.execute(Sql("CREATE INDEX IF NOT EXISTS lp_token_user ON lp_token(user_id, id)")));
  return add_places(connection);
}

RecordId StoredSession::id() const {
  // As much of a digest of the digest as an id holds.
  const std::string bytes = sha256("session " + digest);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(number); ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return RecordId{static_cast<std::int64_t>(number >> 1)};
}

Status insert_session(Connection& connection, const StoredSession& session) {
  Sql expired("DELETE FROM lp_session WHERE expires_at <= ");
  expired.value(session.created_at).add(" OR seen_at <= ");
  expired.value(session.created_at - session_idle_time);
  LP_CHECK(connection.execute(expired));
  // The time of the first session that is one too many; with it go all that are older.
  Sql limit("SELECT created_at FROM lp_session WHERE user_id = ");
  limit.value(session.user).add(" ORDER BY created_at DESC LIMIT 1 OFFSET ");
  limit.value(max_sessions_per_user - 1);
  LP_TRY(const std::int64_t oldest_kept, query_integer(connection, limit, -1));
  if (oldest_kept >= 0) {
    Sql surplus("DELETE FROM lp_session WHERE user_id = ");
    surplus.value(session.user).add(" AND created_at <= ").value(oldest_kept);
    LP_CHECK(connection.execute(surplus));
  }
  Sql sql("INSERT INTO lp_session(");
  sql.add(session_columns).add(") VALUES (");
  sql.value(digest_value(session.digest)).add(", ").value(session.user).add(", ");
  sql.value(session.created_at).add(", ").value(session.seen_at).add(", ");
  sql.value(session.expires_at).add(", ").value(session.address).add(", ");
  LP_CHECK(connection.execute(sql.value(session.agent).add(")")));
  return {};
}

Result<std::optional<StoredSession>> find_session(Connection& connection, std::string_view digest) {
  Sql sql("SELECT ");
  sql.add(session_columns).add(" FROM lp_session WHERE digest = ").value(digest_value(digest));
  LP_TRY(const auto row, connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found) return std::optional<StoredSession>();
  return std::optional(read_session(*row));
}

Result<std::vector<StoredSession>> sessions_of(Connection& connection, RecordId user, Instant now) {
  Sql sql("SELECT ");
  sql.add(session_columns).add(" FROM lp_session WHERE user_id = ").value(user);
  sql.add(" AND expires_at > ").value(now).add(" AND seen_at > ").value(now - session_idle_time);
  sql.add(" ORDER BY seen_at DESC, created_at DESC LIMIT ").value(max_sessions_per_user);
  LP_TRY(const auto rows, connection.prepare(sql));
  std::vector<StoredSession> sessions;
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return sessions;
    sessions.push_back(read_session(*rows));
  }
}

Status mark_session_seen(Connection& connection, std::string_view digest, Instant now,
                         std::string_view address) {
  Sql sql("UPDATE lp_session SET seen_at = ");
  sql.value(now).add(", address = ").value(address);
  LP_CHECK(connection.execute(sql.add(" WHERE digest = ").value(digest_value(digest))));
  return {};
}

Status delete_session(Connection& connection, std::string_view digest) {
  Sql sql("DELETE FROM lp_session WHERE digest = ");
  sql.value(digest_value(digest));
  LP_CHECK(connection.execute(sql));
  return {};
}

Status delete_sessions_of(Connection& connection, RecordId user, std::string_view kept) {
  Sql sql("DELETE FROM lp_session WHERE user_id = ");
  sql.value(user).add(" AND digest <> ").value(digest_value(kept));
  LP_CHECK(connection.execute(sql));
  return {};
}

Status insert_token(Connection& connection, const StoredToken& token) {
  Sql expired("DELETE FROM lp_token WHERE user_id = ");
  expired.value(token.user).add(" AND expires_at > 0 AND expires_at <= ").value(token.created_at);
  LP_CHECK(connection.execute(expired));
  Sql held("SELECT count(*) FROM lp_token WHERE user_id = ");
  held.value(token.user);
  LP_TRY(const std::int64_t count, query_integer(connection, held, 0));
  if (count >= max_tokens_per_user) {
    return Error::of(ErrorCode::invalid_state, "too_many_tokens",
                     {{"limit", std::to_string(max_tokens_per_user)}});
  }
  Sql sql("INSERT INTO lp_token(");
  sql.add(token_columns).add(") VALUES (").value(token.id).add(", ");
  sql.value(digest_value(token.digest)).add(", ").value(token.user).add(", ");
  sql.value(token.name).add(", ").value(token.may_write ? 1 : 0).add(", ");
  sql.value(token.created_at).add(", ").value(token.expires_at).add(", ");
  LP_CHECK(connection.execute(sql.value(token.seen_at).add(", ").value(token.address).add(")")));
  return {};
}

Status mark_token_seen(Connection& connection, RecordId token, Instant now,
                       std::string_view address) {
  Sql sql("UPDATE lp_token SET seen_at = ");
  sql.value(now).add(", address = ").value(address).add(" WHERE id = ").value(token);
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<std::optional<StoredToken>> find_token(Connection& connection, std::string_view digest) {
  Sql sql("SELECT ");
  sql.add(token_columns).add(" FROM lp_token WHERE digest = ").value(digest_value(digest));
  LP_TRY(const auto row, connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found) return std::optional<StoredToken>();
  return std::optional(read_token(*row));
}

Result<std::vector<StoredToken>> tokens_of(Connection& connection, RecordId user) {
  Sql sql("SELECT ");
  sql.add(token_columns).add(" FROM lp_token WHERE user_id = ").value(user);
  sql.add(" ORDER BY id LIMIT ").value(max_tokens_per_user);
  LP_TRY(const auto rows, connection.prepare(sql));
  std::vector<StoredToken> tokens;
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return tokens;
    tokens.push_back(read_token(*rows));
  }
}

Status delete_token(Connection& connection, RecordId user, RecordId token) {
  Sql sql("DELETE FROM lp_token WHERE id = ");
  sql.value(token).add(" AND user_id = ").value(user);
  LP_TRY(const std::int64_t deleted, connection.execute(sql));
  if (deleted == 0) return Error::of(ErrorCode::not_found);
  return {};
}

}  // namespace linchpin::inbound
