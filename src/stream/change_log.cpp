#include "stream/change_log.h"

#include <cassert>

#include "storage/ddl.h"

namespace linchpin::stream {

using storage::Connection;
using storage::Sql;

namespace {

// Ids of a range grow, so their differences are small: each stands as a base-128 number.
std::string pack(std::span<const RecordId> records) {
  std::string bytes;
  bytes.reserve(records.size() * 2 + 8);
  std::int64_t previous = 0;
  for (const RecordId record : records) {
    assert(record.value > previous);
    auto difference = static_cast<std::uint64_t>(record.value - previous);
    previous = record.value;
    while (difference >= 0x80) {
      bytes.push_back(static_cast<char>(0x80 | (difference & 0x7F)));
      difference >>= 7;
    }
    bytes.push_back(static_cast<char>(difference));
  }
  return bytes;
}

Result<std::vector<RecordId>> unpack(std::string_view bytes) {
  std::vector<RecordId> records;
  std::uint64_t difference = 0;
  int shift = 0;
  std::int64_t previous = 0;
  for (const char byte : bytes) {
    if (shift > 56) return Error::internal("change log: damaged range");
    difference |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    shift += 7;
    if (byte & 0x80) continue;
    previous += static_cast<std::int64_t>(difference);
    records.push_back(RecordId{previous});
    difference = 0;
    shift = 0;
  }
  if (shift != 0) return Error::internal("change log: damaged range");
  return records;
}

constexpr storage::Literal columns =
    "seq, at, object, record, records, operation, version, actor_kind, actor, request, client, "
    "cause, depth, changes, reason";

Result<Entry> take_entry(const storage::Statement& row) {
  Entry entry;
  entry.seq = row.integer(0);
  entry.at = row.integer(1);
  entry.object = row.text(2);
  entry.record = RecordId{row.integer(3)};
  if (!row.is_null(4)) {
    LP_TRY(entry.records, unpack(row.blob(4)));
  }
  entry.operation = static_cast<Operation>(row.integer(5));
  entry.version = row.integer(6);
  entry.origin.actor.kind = static_cast<Actor::Kind>(row.integer(7));
  entry.origin.actor.id = RecordId{row.integer(8)};
  entry.origin.request = row.text(9);
  entry.origin.client = row.text(10);
  entry.origin.cause = row.integer(11);
  entry.origin.depth = static_cast<int>(row.integer(12));
  entry.changes_json = row.text(13);
  entry.reason = row.text(14);
  return entry;
}

Status visit_entries(storage::Statement& rows, const EntryVisitor& visit) {
  while (true) {
    LP_TRY(const bool found, rows.step());
    if (!found) return {};
    LP_TRY(const Entry entry, take_entry(rows));
    LP_CHECK(visit(entry));
  }
}

Result<std::int64_t> insert(Connection& connection, const Origin& origin, Instant at,
                            const Change& change, storage::Value records) {
  Sql sql(
      "INSERT INTO lp_change(at, object, record, records, operation, version, actor_kind, "
      "actor, request, client, cause, depth, changes, reason) VALUES (");
  sql.value(at).add(",").value(change.object).add(",").value(change.record).add(",");
  sql.value(std::move(records)).add(",");
  sql.value(static_cast<std::int64_t>(change.operation)).add(",").value(change.version).add(",");
  sql.value(static_cast<std::int64_t>(origin.actor.kind)).add(",").value(origin.actor.id);
  sql.add(",").value(origin.request).add(",").value(origin.client).add(",").value(origin.cause);
  sql.add(",").value(static_cast<std::int64_t>(origin.depth)).add(",");
  sql.value(change.changes_json).add(",").value(change.reason).add(") RETURNING seq");
  return query_integer(connection, sql, 0);
}

}  // namespace

std::string_view operation_name(Operation operation) {
  switch (operation) {
    case Operation::create:
      return "create";
    case Operation::update:
      return "update";
    case Operation::remove:
      return "delete";
    case Operation::restore:
      return "restore";
    case Operation::share:
      return "share";
  }
  return "update";
}

std::string_view actor_kind_name(Actor::Kind kind) {
  switch (kind) {
    case Actor::Kind::user:
      return "user";
    case Actor::Kind::automation:
      return "automation";
    case Actor::Kind::import:
      return "import";
    case Actor::Kind::system:
      return "system";
  }
  return "system";
}

Status ensure_tables(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql table("CREATE TABLE IF NOT EXISTS lp_change (seq");
  table.add(storage::assigned_key_column(dialect)).add(", at BIGINT NOT NULL, object");
  table.add(storage::text_column(dialect)).add(" NOT NULL, record BIGINT NOT NULL, records");
  table.add(storage::bytes_column(dialect));
  table.add(
      ", operation INTEGER NOT NULL, version BIGINT NOT NULL, actor_kind INTEGER NOT NULL, "
      "actor BIGINT NOT NULL, request TEXT NOT NULL, client TEXT NOT NULL, "
      "cause BIGINT NOT NULL, depth INTEGER NOT NULL, changes TEXT NOT NULL, "
      "reason TEXT NOT NULL)");
  LP_CHECK(connection.execute(table));
  LP_CHECK(
      connection.execute(Sql("CREATE INDEX IF NOT EXISTS lp_change_record "
                             "ON lp_change(object, record, seq) WHERE records IS NULL")));
  // Only imports and automations are looked up as a whole; people's changes need no such index.
  LP_CHECK(
      connection.execute(Sql("CREATE INDEX IF NOT EXISTS lp_change_actor "
                             "ON lp_change(actor, seq) WHERE actor_kind IN (1, 2)")));
  return {};
}

Result<std::int64_t> append(Connection& connection, const Origin& origin, Instant at,
                            const Change& change) {
  return insert(connection, origin, at, change, {});
}

Result<std::int64_t> append_range(Connection& connection, const Origin& origin, Instant at,
                                  std::string_view object, Operation operation,
                                  std::span<const RecordId> records) {
  assert(!records.empty() && records.size() <= max_range_records);
  const Change change{object, records.front(), operation, 0, {}, {}};
  return insert(connection, origin, at, change, storage::Blob{pack(records)});
}

Status read_since(Connection& connection, std::int64_t since, std::string_view object, int limit,
                  const EntryVisitor& visit) {
  Sql sql("SELECT ");
  sql.add(columns).add(" FROM lp_change WHERE seq > ").value(since);
  if (!object.empty()) sql.add(" AND object = ").value(object);
  sql.add(" ORDER BY seq LIMIT ").value(std::int64_t{limit});
  LP_TRY(const auto rows, connection.prepare(sql));
  return visit_entries(*rows, visit);
}

Result<std::optional<Entry>> read_entry(Connection& connection, std::int64_t seq) {
  Sql sql("SELECT ");
  sql.add(columns).add(" FROM lp_change WHERE seq = ").value(seq);
  std::optional<Entry> found;
  LP_TRY(const auto rows, connection.prepare(sql));
  LP_CHECK(visit_entries(*rows, [&](const Entry& entry) -> Status {
    found = entry;
    return {};
  }));
  return found;
}

Status read_history(Connection& connection, std::string_view object, RecordId record,
                    std::int64_t before, int limit, const EntryVisitor& visit) {
  Sql sql("SELECT ");
  sql.add(columns).add(" FROM lp_change WHERE records IS NULL AND object = ").value(object);
  sql.add(" AND record = ").value(record);
  if (before > 0) sql.add(" AND seq < ").value(before);
  sql.add(" ORDER BY seq DESC LIMIT ").value(std::int64_t{limit});
  LP_TRY(const auto rows, connection.prepare(sql));
  return visit_entries(*rows, visit);
}

Status read_of_actor(Connection& connection, const Actor& actor, const EntryVisitor& visit) {
  Sql sql("SELECT ");
  sql.add(columns).add(" FROM lp_change WHERE actor_kind IN (1, 2) AND actor = ");
  sql.value(actor.id).add(" AND actor_kind = ");
  sql.value(static_cast<std::int64_t>(actor.kind)).add(" ORDER BY seq DESC");
  LP_TRY(const auto rows, connection.scan(sql));
  return visit_entries(*rows, visit);
}

Result<std::int64_t> oldest_seq(Connection& connection) {
  return query_integer(connection, Sql("SELECT min(seq) FROM lp_change"), 0);
}

Result<std::int64_t> forget_before(Connection& connection, Instant before, int limit) {
  // Entries stand in the order of their commits, so the old ones are the first ones.
  LP_TRY(const std::int64_t last, last_seq(connection));
  Sql sql("SELECT max(seq) FROM (SELECT seq, at FROM lp_change ORDER BY seq LIMIT ");
  sql.value(std::int64_t{limit}).add(") e WHERE e.at < ").value(before);
  LP_TRY(const std::int64_t old, query_integer(connection, sql, 0));
  Sql removal("DELETE FROM lp_change WHERE seq < ");
  return connection.execute(removal.value(std::min(old + 1, last)));
}

Result<std::int64_t> last_seq(Connection& connection) {
  return query_integer(connection, Sql("SELECT max(seq) FROM lp_change"), 0);
}

}  // namespace linchpin::stream
