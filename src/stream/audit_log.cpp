#include "stream/audit_log.h"

#include <algorithm>

#include "storage/ddl.h"

namespace linchpin::stream {

using storage::Blob;
using storage::Connection;
using storage::Sql;
using storage::Value;

namespace {

constexpr std::array<std::string_view, audit_kind_count> audit_kinds{
    "log_begun",
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "session_ended",
    "password_changed",
    "token_created",
    "token_ended",
    "rights_changed",
    "shares_changed",
    "export",
    "download",
    "personal_read",
    "configuration_changed",
    "second_factor_changed",
    "personal_erased",
    "key_rotated",
    "rights_previewed",
};

constexpr storage::Literal audit_columns =
    "seq, at, kind, actor_kind, actor, request, client, address, object, record, details, code";

Key chain_key(const Key& workspace_key) {
  return derived_key(workspace_key, "audit");
}

// Every part with its size before it, so that no two entries have the same text.
void add_part(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}

void add_part(std::string& text, std::int64_t number) {
  add_part(text, std::to_string(number));
}

std::string code_of(const Key& key, std::string_view previous, std::int64_t seq,
                    const AuditNote& note, std::string_view kind) {
  std::string text;
  add_part(text, previous);
  add_part(text, seq);
  add_part(text, note.at);
  add_part(text, kind);
  add_part(text, static_cast<std::int64_t>(note.origin.actor.kind));
  add_part(text, note.origin.actor.id.value);
  for (const std::string* part : {&note.origin.request, &note.origin.client, &note.address}) {
    add_part(text, *part);
  }
  add_part(text, note.object);
  add_part(text, note.record.value);
  add_part(text, note.details);
  return hmac_sha256(key, text);
}

std::string seal_of_end(const Key& key, std::int64_t seq, std::string_view code) {
  std::string text;
  add_part(text, "end");
  add_part(text, seq);
  add_part(text, code);
  return hmac_sha256(key, text);
}

// Where the log ends, as it was written with the last entry.
struct End {
  std::int64_t seq = 0;
  std::string code;
  std::string seal;
};

Result<std::optional<End>> read_end(Connection& connection) {
  LP_TRY(const auto row, connection.prepare(Sql("SELECT seq, code, seal FROM lp_audit_end")));
  LP_TRY(const bool found, row->step());
  if (!found) return std::optional<End>();
  return std::optional(End{row->integer(0), std::string(row->blob(1)), std::string(row->blob(2))});
}

Result<End> last_entry(Connection& connection) {
  LP_TRY(const auto row,
         connection.prepare(Sql("SELECT seq, code FROM lp_audit ORDER BY seq DESC LIMIT 1")));
  LP_TRY(const bool found, row->step());
  if (!found) return End{};
  return End{row->integer(0), std::string(row->blob(1)), {}};
}

// An end that was lost is not made anew: it stays found.
Status move_end(Connection& connection, const End& end) {
  Sql sql;
  if (end.seq == 1) {
    sql.add("INSERT INTO lp_audit_end(id, seq, code, seal) VALUES (1, ").value(end.seq);
    sql.add(", ").value(Value(Blob{end.code})).add(", ").value(Value(Blob{end.seal}));
    sql.add(")");
  } else {
    sql.add("UPDATE lp_audit_end SET seq = ").value(end.seq);
    sql.add(", code = ").value(Value(Blob{end.code}));
    sql.add(", seal = ").value(Value(Blob{end.seal}));
  }
  LP_CHECK(connection.execute(sql));
  return {};
}

struct StoredEntry {
  AuditEntry entry;
  std::string kind;  // as it stands there
};

StoredEntry take_audit_entry(const storage::Statement& row) {
  StoredEntry stored;
  AuditEntry& entry = stored.entry;
  entry.seq = row.integer(0);
  entry.note.at = row.integer(1);
  stored.kind = row.text(2);
  entry.note.kind = audit_kind_named(stored.kind).value_or(AuditKind::log_begun);
  entry.note.origin.actor.kind = static_cast<Actor::Kind>(row.integer(3));
  entry.note.origin.actor.id = RecordId{row.integer(4)};
  entry.note.origin.request = row.text(5);
  entry.note.origin.client = row.text(6);
  entry.note.address = row.text(7);
  entry.note.object = row.text(8);
  entry.note.record = RecordId{row.integer(9)};
  entry.note.details = row.text(10);
  entry.code = row.blob(11);
  return stored;
}

constexpr std::size_t recoded_at_once = 1'000;

Result<std::vector<StoredEntry>> entries_after(Connection& connection, std::int64_t seq) {
  Sql sql("SELECT ");
  sql.add(audit_columns).add(" FROM lp_audit WHERE seq > ").value(seq);
  sql.add(" ORDER BY seq LIMIT ").value(static_cast<std::int64_t>(recoded_at_once));
  LP_TRY(const auto rows, connection.prepare(sql));
  std::vector<StoredEntry> entries;
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return entries;
    entries.push_back(take_audit_entry(*rows));
  }
}

}  // namespace

std::string_view audit_kind_name(AuditKind kind) {
  return audit_kinds[static_cast<std::size_t>(kind)];
}

std::optional<AuditKind> audit_kind_named(std::string_view name) {
  const auto found = std::find(audit_kinds.begin(), audit_kinds.end(), name);
  if (found == audit_kinds.end()) return std::nullopt;
  return static_cast<AuditKind>(found - audit_kinds.begin());
}

Status ensure_audit_tables(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql table("CREATE TABLE IF NOT EXISTS lp_audit (seq");
  table.add(storage::key_column(dialect)).add(", at BIGINT NOT NULL, kind");
  table.add(storage::text_column(dialect));
  table.add(
      " NOT NULL, actor_kind INTEGER NOT NULL, actor BIGINT NOT NULL, request TEXT NOT NULL, "
      "client TEXT NOT NULL, address TEXT NOT NULL, object TEXT NOT NULL, record BIGINT NOT NULL, "
      "details TEXT NOT NULL, code");
  table.add(storage::bytes_column(dialect)).add(" NOT NULL)");
  LP_CHECK(connection.execute(table));
  Sql end("CREATE TABLE IF NOT EXISTS lp_audit_end (id");
  end.add(storage::key_column(dialect)).add(", seq BIGINT NOT NULL, code");
  end.add(storage::bytes_column(dialect)).add(" NOT NULL, seal");
  LP_CHECK(connection.execute(end.add(storage::bytes_column(dialect)).add(" NOT NULL)")));
  constexpr std::array<storage::Literal, 4> indexes{
      "CREATE INDEX IF NOT EXISTS lp_audit_kind ON lp_audit(kind, seq)",
      "CREATE INDEX IF NOT EXISTS lp_audit_actor ON lp_audit(actor, seq)",
      "CREATE INDEX IF NOT EXISTS lp_audit_record ON lp_audit(record, seq)",
      "CREATE INDEX IF NOT EXISTS lp_audit_at ON lp_audit(at, seq)"};
  for (const storage::Literal& index : indexes) LP_CHECK(connection.execute(Sql(index)));
  return {};
}

Status append_audit(Connection& connection, const Key& workspace_key, const AuditNote& note) {
  const Key key = chain_key(workspace_key);
  LP_TRY(const auto written, read_end(connection));
  LP_TRY(const End last, last_entry(connection));
  // After the end that was written, though entries before it are gone: the gap stays.
  const End& previous = written && written->seq >= last.seq ? *written : last;
  End end;
  end.seq = previous.seq + 1;
  end.code = code_of(key, previous.code, end.seq, note, audit_kind_name(note.kind));
  end.seal = seal_of_end(key, end.seq, end.code);
  Sql sql("INSERT INTO lp_audit(");
  sql.add(audit_columns).add(") VALUES (").value(end.seq).add(", ").value(note.at).add(", ");
  sql.value(audit_kind_name(note.kind)).add(", ");
  sql.value(static_cast<std::int64_t>(note.origin.actor.kind)).add(", ");
  sql.value(note.origin.actor.id).add(", ").value(note.origin.request).add(", ");
  sql.value(note.origin.client).add(", ").value(note.address).add(", ").value(note.object);
  sql.add(", ").value(note.record).add(", ").value(note.details).add(", ");
  LP_CHECK(connection.execute(sql.value(Value(Blob{end.code})).add(")")));
  return move_end(connection, end);
}

Status begin_audit(Connection& connection, const Key& workspace_key, Instant now) {
  LP_TRY(const auto written, read_end(connection));
  LP_TRY(const End last, last_entry(connection));
  if (written || last.seq > 0) return {};
  AuditNote note;
  note.at = now;
  return append_audit(connection, workspace_key, note);
}

Status read_audit(Connection& connection, const AuditFilter& filter, int limit,
                  const AuditVisitor& visit) {
  Sql sql("SELECT ");
  sql.add(audit_columns).add(" FROM lp_audit WHERE seq > 0");
  if (filter.before > 0) sql.add(" AND seq < ").value(filter.before);
  if (filter.kind) sql.add(" AND kind = ").value(audit_kind_name(*filter.kind));
  if (filter.from) sql.add(" AND at >= ").value(*filter.from);
  if (filter.to) sql.add(" AND at < ").value(*filter.to);
  if (filter.user) {
    sql.add(" AND (actor = ").value(filter.user).add(" OR record = ").value(filter.user).add(")");
  }
  sql.add(" ORDER BY seq DESC LIMIT ").value(std::int64_t{limit});
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    LP_CHECK(visit(take_audit_entry(*rows).entry));
  }
}

Result<AuditCheck> check_audit(Connection& connection, const Key& workspace_key) {
  const Key key = chain_key(workspace_key);
  Sql sql("SELECT ");
  sql.add(audit_columns).add(" FROM lp_audit ORDER BY seq");
  AuditCheck check;
  End last;
  {
    LP_TRY(const auto rows, connection.scan(sql));
    while (check.damages.size() < max_audit_damages) {
      LP_TRY(const bool found, rows->step());
      if (!found) break;
      const StoredEntry stored = take_audit_entry(*rows);
      const AuditEntry& entry = stored.entry;
      // What follows a gap cannot be told from what was written there: the gap is what is found.
      if (entry.seq != last.seq + 1) {
        check.damages.push_back({AuditDamage::Kind::missing, last.seq + 1, entry.seq - 1});
      } else if (entry.code != code_of(key, last.code, entry.seq, entry.note, stored.kind)) {
        check.damages.push_back({AuditDamage::Kind::changed, entry.seq, entry.seq});
      }
      last = {entry.seq, entry.code, {}};
      ++check.entries;
    }
  }
  if (check.damages.size() >= max_audit_damages) return check;
  LP_TRY(const auto end, read_end(connection));
  const bool ends_here = end && end->seq == last.seq && end->code == last.code &&
                         end->seal == seal_of_end(key, end->seq, end->code);
  if (!ends_here) check.damages.push_back({AuditDamage::Kind::end_moved, last.seq, last.seq});
  return check;
}

Status recode_audit(Connection& connection, const Key& old_key, const Key& new_key) {
  const Key before = chain_key(old_key);
  const Key after = chain_key(new_key);
  LP_TRY(const auto end, read_end(connection));
  End old_last;
  std::string new_code;
  while (true) {
    LP_TRY(const auto slice, entries_after(connection, old_last.seq));
    for (const StoredEntry& stored : slice) {
      const AuditEntry& entry = stored.entry;
      const bool sound =
          entry.seq == old_last.seq + 1 &&
          entry.code == code_of(before, old_last.code, entry.seq, entry.note, stored.kind);
      old_last = {entry.seq, entry.code, {}};
      if (!sound) {
        new_code = entry.code;
        continue;
      }
      new_code = code_of(after, new_code, entry.seq, entry.note, stored.kind);
      Sql sql("UPDATE lp_audit SET code = ");
      sql.value(Value(Blob{new_code})).add(" WHERE seq = ").value(entry.seq);
      LP_CHECK(connection.execute(sql));
    }
    if (slice.size() < recoded_at_once) break;
  }
  const bool ends_here = end && end->seq == old_last.seq && end->code == old_last.code &&
                         end->seal == seal_of_end(before, end->seq, end->code);
  if (!ends_here) return {};
  Sql sql("UPDATE lp_audit_end SET code = ");
  sql.value(Value(Blob{new_code})).add(", seal = ");
  sql.value(Value(Blob{seal_of_end(after, end->seq, new_code)}));
  LP_CHECK(connection.execute(sql));
  return {};
}

}  // namespace linchpin::stream
