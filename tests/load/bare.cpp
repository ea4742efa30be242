#include "bare.h"

#include <sqlite3.h>

#include <chrono>
#include <utility>

#include "base/json_writer.h"

namespace linchpin::load {

namespace {

using records::Field;
using records::FieldType;
using SteadyClock = std::chrono::steady_clock;

double since(SteadyClock::time_point begin) {
  return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

void write_cell(JsonWriter& out, const Field& field, sqlite3_stmt* row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) {
    const bool list = field.many || field.type == FieldType::multi_select;
    list ? out.raw("[]") : out.null();
    return;
  }
  if (field.many || field.type == FieldType::multi_select || field.type == FieldType::json) {
    out.raw(reinterpret_cast<const char*>(sqlite3_column_text(row, column)));
  } else if (field.is_text() || field.type == FieldType::select) {
    out.string({reinterpret_cast<const char*>(sqlite3_column_text(row, column)),
                static_cast<std::size_t>(sqlite3_column_bytes(row, column))});
  } else {
    const std::int64_t value = sqlite3_column_int64(row, column);
    if (field.is_scaled()) {
      out.decimal(value, field.scale);
    } else if (field.is_link()) {
      out.id(RecordId{value});
    } else if (field.type == FieldType::date) {
      out.date(static_cast<Day>(value));
    } else if (field.type == FieldType::datetime) {
      out.instant(value);
    } else if (field.type == FieldType::boolean) {
      out.boolean(value != 0);
    } else {
      out.integer(value);
    }
  }
}

void write_record(JsonWriter& out, const std::vector<const Field*>& shown, sqlite3_stmt* row) {
  out.begin_object().key("id").id(RecordId{sqlite3_column_int64(row, 0)});
  out.key("version").integer(sqlite3_column_int64(row, 1)).key("fields").begin_object();
  for (std::size_t i = 0; i < shown.size(); ++i) {
    out.key(shown[i]->api_name);
    write_cell(out, *shown[i], row, static_cast<int>(i) + 2);
  }
  out.end_object().key("can").raw(R"(["update","delete"])").end_object();
}

}  // namespace

BareEngine::BareEngine(sqlite3* database, const records::Object& account)
    : database_(database), account_(account) {
  for (const Field& field : account.fields) {
    const bool plain = field.sensitivity == records::Sensitivity::normal;
    if (plain && field.type != FieldType::id && field.api_name != "version") {
      shown_.push_back(&field);
    }
  }
}

BareEngine::BareEngine(BareEngine&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)),
      account_(other.account_),
      shown_(std::move(other.shown_)) {}

BareEngine::~BareEngine() {
  sqlite3_close_v2(database_);
}

Result<BareEngine> BareEngine::open(const std::string& path, const records::Schema& schema) {
  sqlite3* database = nullptr;
  if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    return Error::internal("bare engine: " + path);
  }
  sqlite3_exec(database, "PRAGMA synchronous=FULL; PRAGMA cache_size=-8192", nullptr, nullptr,
               nullptr);
  return BareEngine(database, *schema.object("account"));
}

std::string BareEngine::columns() const {
  std::string text = "id, version";
  for (const Field* field : shown_) text += ", " + field->api_name;
  return text;
}

double BareEngine::records_by_id(const std::vector<std::int64_t>& ids, double seconds,
                                 std::string& body) {
  const std::string sql =
      "SELECT " + columns() + " FROM account WHERE id = ? AND deleted_at IS NULL";
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr);
  const auto begin = SteadyClock::now();
  std::int64_t done = 0;
  for (; since(begin) < seconds; ++done) {
    sqlite3_bind_int64(statement, 1, ids[static_cast<std::size_t>(done) % ids.size()]);
    JsonWriter out;
    if (sqlite3_step(statement) == SQLITE_ROW) write_record(out, shown_, statement);
    body = out.take();
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  return static_cast<double>(done) / since(begin);
}

double BareEngine::pages(const std::string& where, const std::string& order, int limit,
                         double seconds, std::string& body) {
  const std::string sql = "SELECT " + columns() + " FROM account WHERE deleted_at IS NULL AND " +
                          where + " ORDER BY " + order + " LIMIT " + std::to_string(limit);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr);
  const auto begin = SteadyClock::now();
  std::int64_t done = 0;
  for (; since(begin) < seconds; ++done) {
    JsonWriter out;
    out.begin_array();
    while (sqlite3_step(statement) == SQLITE_ROW) write_record(out, shown_, statement);
    out.end_array();
    body = out.take();
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  return static_cast<double>(done) / since(begin);
}

Result<double> BareEngine::creates(int group, double seconds) {
  sqlite3_stmt* account = nullptr;
  sqlite3_stmt* change = nullptr;
  sqlite3_prepare_v2(database_,
                     "INSERT INTO account(version, created_at, updated_at, name, name__key) "
                     "VALUES (1, 1, 1, ?, ?)",
                     -1, &account, nullptr);
  sqlite3_prepare_v2(database_,
                     "INSERT INTO lp_change(at, object, record, operation, version, actor_kind, "
                     "actor, request, client, cause, depth, changes, reason) "
                     "VALUES (1, 'account', ?, 0, 1, 0, 1, '', '', 0, 0, '', '')",
                     -1, &change, nullptr);
  if (!account || !change) return Error::internal(sqlite3_errmsg(database_));
  const auto begin = SteadyClock::now();
  std::int64_t done = 0;
  while (since(begin) < seconds) {
    sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    for (int i = 0; i < group; ++i, ++done) {
      const std::string name = "bare " + std::to_string(done);
      for (int place = 1; place <= 2; ++place) {
        sqlite3_bind_text(account, place, name.data(), static_cast<int>(name.size()),
                          SQLITE_TRANSIENT);
      }
      sqlite3_step(account);
      sqlite3_reset(account);
      sqlite3_bind_int64(change, 1, sqlite3_last_insert_rowid(database_));
      sqlite3_step(change);
      sqlite3_reset(change);
    }
    if (sqlite3_exec(database_, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
      return Error::internal(sqlite3_errmsg(database_));
    }
  }
  const double rate = static_cast<double>(done) / since(begin);
  sqlite3_exec(database_, "DELETE FROM account WHERE name LIKE 'bare %'", nullptr, nullptr,
               nullptr);
  sqlite3_finalize(account);
  sqlite3_finalize(change);
  return rate;
}

}  // namespace linchpin::load
