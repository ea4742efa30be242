#include "inbound/idempotency.h"

#include <algorithm>

#include "base/json.h"
#include "base/json_writer.h"
#include "storage/ddl.h"

namespace linchpin::inbound {

using storage::Blob;
using storage::Connection;
using storage::Sql;
using storage::Value;

namespace {

// Rows that one write removes when they are old: more than it adds, so that the table shrinks.
constexpr std::int64_t purged_at_once = 8;

Value blob(std::string bytes) {
  return Blob{std::move(bytes)};
}

bool is_usable_key(std::string_view key) {
  return key.size() <= Idempotency::max_key_bytes &&
         std::all_of(key.begin(), key.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::string to_text(const Response& answer) {
  JsonWriter out;
  out.begin_object().key("headers").begin_array();
  for (const auto& [name, value] : answer.headers) out.string(name).string(value);
  out.end_array();
  out.key("type").string(answer.content_type);
  const bool large = answer.body.size() > Idempotency::max_answer_bytes;
  out.key("body").string(large ? ids_and_versions(answer.body) : answer.body);
  out.end_object();
  return out.take();
}

Result<Response> from_text(std::string_view text, int status) {
  LP_TRY(const json::object stored, parse_json_object(text));
  Response answer;
  answer.status = status;
  const json::value* headers = stored.if_contains("headers");
  const json::value* type = stored.if_contains("type");
  const json::value* body = stored.if_contains("body");
  if (headers == nullptr || !headers->is_array() || type == nullptr || body == nullptr) {
    return Error::internal("idempotency: damaged answer");
  }
  const json::array& items = headers->get_array();
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    answer.with(std::string(text_from(items[i])), std::string(text_from(items[i + 1])));
  }
  answer.content_type = text_from(*type);
  answer.body = text_from(*body);
  answer.with("Idempotency-Replayed", "true");
  return answer;
}

// Nothing where the value holds neither.
std::optional<json::value> reduced(const json::value& value) {
  if (value.is_array()) {
    json::array kept;
    for (const json::value& item : value.get_array()) {
      if (auto part = reduced(item)) kept.push_back(std::move(*part));
    }
    if (kept.empty()) return std::nullopt;
    return json::value(std::move(kept));
  }
  if (!value.is_object()) return std::nullopt;
  json::object kept;
  for (const auto& [key, member] : value.get_object()) {
    if (key == "id" || key == "version") {
      kept[key] = member;
    } else if (auto part = reduced(member)) {
      kept[key] = std::move(*part);
    }
  }
  if (kept.empty()) return std::nullopt;
  return json::value(std::move(kept));
}

}  // namespace

std::string ids_and_versions(std::string_view json_text) {
  const Result<json::value> value = parse_json(json_text);
  if (!value) return "{}";
  const std::optional<json::value> kept = reduced(*value);
  return kept ? json::serialize(*kept) : "{}";
}

Idempotency::Idempotency(storage::Database& database, const Clock& clock, const Key& workspace_key)
    : database_(database), clock_(clock), key_(derived_key(workspace_key, "idempotency")) {}

Status Idempotency::forget_all(Connection& connection) {
  LP_CHECK(connection.execute(Sql("DELETE FROM lp_idempotency")));
  return {};
}

Status Idempotency::ensure_tables(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql sql("CREATE TABLE IF NOT EXISTS lp_idempotency (seq");
  sql.add(storage::assigned_key_column(dialect))
      .add(", digest")
      .add(storage::bytes_column(dialect));
  sql.add(" NOT NULL UNIQUE, fingerprint").add(storage::bytes_column(dialect));
  sql.add(" NOT NULL, status INTEGER NOT NULL, answer").add(storage::bytes_column(dialect));
  sql.add(" NOT NULL, created_at BIGINT NOT NULL)");
  LP_CHECK(connection.execute(sql));
  return {};
}

Idempotency::Ticket::Ticket(Idempotency& owner, std::string digest, std::string fingerprint)
    : owner_(owner), digest_(std::move(digest)), fingerprint_(std::move(fingerprint)) {}

Idempotency::Ticket::~Ticket() {
  const std::lock_guard lock(owner_.mutex_);
  owner_.in_flight_.erase(digest_);
}

Status Idempotency::Ticket::keep(Connection& connection, const Response& answer) {
  LP_CHECK(owner_.store(connection, digest_, fingerprint_, answer));
  kept_ = true;
  return {};
}

Result<Idempotency::Begun> Idempotency::begin(RecordId user, const Request& request,
                                              std::string_view key) {
  if (!is_usable_key(key)) {
    return Error::of(ErrorCode::malformed, "wrong_idempotency_key",
                     {{"max", std::to_string(max_key_bytes)}});
  }
  std::string scope(method_name(request.head.method));
  scope += '\n' + format_id(user) + '\n' + request.head.path + '\n';
  std::string digest = hmac_sha256(key_, scope + std::string(key));
  std::string fingerprint = hmac_sha256(key_, request.body);
  {
    const std::lock_guard lock(mutex_);
    if (!in_flight_.insert(digest).second) return Error::of(ErrorCode::idempotency_in_flight);
  }
  Begun begun;
  begun.ticket = std::make_unique<Ticket>(*this, digest, fingerprint);
  LP_TRY(begun.replay, find(digest, fingerprint));
  return begun;
}

Result<std::optional<Response>> Idempotency::find(const std::string& digest,
                                                  const std::string& fingerprint) {
  struct Row {
    std::string fingerprint;
    int status = 0;
    std::string answer;
  };
  LP_TRY(const auto found,
         database_.read([&](Connection& connection) -> Result<std::optional<Row>> {
           Sql sql("SELECT fingerprint, status, answer FROM lp_idempotency WHERE digest = ");
           sql.value(blob(digest)).add(" AND created_at > ").value(clock_.now() - kept_for);
           LP_TRY(const auto row, connection.prepare(sql));
           LP_TRY(const bool exists, row->step());
           if (!exists) return std::optional<Row>();
           return std::optional(Row{std::string(row->blob(0)), static_cast<int>(row->integer(1)),
                                    std::string(row->blob(2))});
         }));
  if (!found) return std::optional<Response>();
  if (!equal_in_constant_time(found->fingerprint, fingerprint)) {
    return Error::of(ErrorCode::idempotency_mismatch);
  }
  LP_TRY(const std::string text, open_sealed(key_, found->answer, digest));
  LP_TRY(Response answer, from_text(text, found->status));
  return std::optional(std::move(answer));
}

Status Idempotency::store(Connection& connection, const std::string& digest,
                          const std::string& fingerprint, const Response& answer) {
  const Instant now = clock_.now();
  Sql purge("DELETE FROM lp_idempotency WHERE seq < (SELECT min(seq) FROM lp_idempotency) + ");
  purge.value(purged_at_once).add(" AND (created_at <= ").value(now - kept_for);
  purge.add(" OR seq <= (SELECT max(seq) FROM lp_idempotency) - ").value(max_kept).add(")");
  LP_CHECK(connection.execute(purge));
  // A key that has had its time may be used anew before its row was purged.
  Sql stale("DELETE FROM lp_idempotency WHERE digest = ");
  stale.value(blob(digest)).add(" AND created_at <= ").value(now - kept_for);
  LP_CHECK(connection.execute(stale));
  Sql sql("INSERT INTO lp_idempotency(digest, fingerprint, status, answer, created_at) VALUES (");
  sql.value(blob(digest)).add(", ").value(blob(fingerprint)).add(", ").value(answer.status);
  sql.add(", ").value(blob(seal(key_, to_text(answer), digest))).add(", ").value(now).add(")");
  const Result<std::int64_t> inserted = connection.execute(sql);
  if (inserted) return {};
  // Another process of this workspace was quicker with the same request.
  if (inserted.error().code == ErrorCode::duplicate) {
    return Error::of(ErrorCode::idempotency_in_flight);
  }
  return inserted.error();
}

}  // namespace linchpin::inbound
