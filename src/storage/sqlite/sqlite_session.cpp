#include "storage/sqlite/sqlite_session.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/log.h"
#include "storage/sqlite/sqlite_errors.h"
#include "storage/sqlite/sqlite_functions.h"
#include "storage/sqlite/sqlite_statement.h"
#include "storage/time_limit.h"

namespace linchpin::storage::sqlite {

namespace {

// Of SQLite's virtual machine: about a millisecond.
constexpr int steps_between_looks_at_the_clock = 100'000;

}  // namespace

Result<std::unique_ptr<SqliteSession>> SqliteSession::open(SessionOptions options) {
  std::unique_ptr<SqliteSession> session(new SqliteSession(std::move(options)));
  if (const Status connected = session->connect(); !connected) {
    return session->unusable(connected.error());
  }
  return session;
}

Error SqliteSession::unusable(const Error& error) const {
  constexpr int primary_code_mask = 0xff;
  const int code = failure_code_ & primary_code_mask;
  if (code == SQLITE_BUSY || code == SQLITE_FULL || code == SQLITE_NOMEM) return error;
  const bool foreign = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
  Error answer =
      Error::of(ErrorCode::unusable_database, foreign ? "not_a_database" : "database_unreadable",
                {{"path", options_.path}});
  answer.log_detail = error.log_detail;
  return answer;
}

SqliteSession::~SqliteSession() {
  disconnect();
}

Error SqliteSession::fail(int code, std::string_view sql) {
  failure_code_ = code;
  Error error = error_of(handle_, code, sql);
  if (ends_transaction(code) && !fatal_) fatal_ = error;
  if (breaks_connection(code)) broken_ = true;
  return error;
}

Error SqliteSession::fail(int code, sqlite3_stmt* statement) {
  return fail(code, std::string_view(sqlite3_sql(statement)));
}

Status SqliteSession::connect() {
  disconnect();
  broken_ = true;
  const int code = sqlite3_open_v2(options_.path.c_str(), &handle_,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (handle_ == nullptr) return Error::of(ErrorCode::storage_failed);  // no memory
  Status status;
  if (code != SQLITE_OK) {
    status = fail(sqlite3_extended_errcode(handle_), "open");
  } else {
    status = configure();
  }
  if (!status) {
    disconnect();
    return status;
  }
  broken_ = false;
  fatal_.reset();
  ++data_version_;  // nobody knows what happened while there was no connection
  return {};
}

Status SqliteSession::configure() {
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, static_cast<int>(options_.busy_timeout.count()));
  if (const int code = register_functions(handle_); code != SQLITE_OK) {
    return fail(code, "functions");
  }
  if (options_.role == Role::reader) {
    sqlite3_progress_handler(handle_, steps_between_looks_at_the_clock, ends_now, this);
  }
  // The first look at the file: tells before anything is written whether it is a database.
  LP_CHECK(execute(Sql("PRAGMA schema_version")));

  constexpr std::int64_t kibibyte = 1024;
  std::string settings = "PRAGMA page_size=" + std::to_string(page_bytes) +
                         ";PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=OFF"
                         ";PRAGMA mmap_size=0"
                         ";PRAGMA cache_size=-" +
                         std::to_string(options_.cache_bytes / kibibyte);
  if (options_.role == Role::reader) {
    settings += ";PRAGMA query_only=ON";
  } else {
    settings += ";PRAGMA journal_size_limit=" + std::to_string(max_kept_wal_bytes);
  }
  const int code = sqlite3_exec(handle_, settings.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(code, settings);
  return options_.role == Role::writer ? use_write_ahead_log() : Status();
}

Status SqliteSession::use_write_ahead_log() {
  LP_TRY(const std::string mode, query_text(*this, Sql("PRAGMA journal_mode=WAL")));
  if (mode != "wal") {
    Error error = Error::of(ErrorCode::storage_failed);
    error.log_detail = "the journal mode is " + mode;
    return error;
  }
  LP_CHECK(execute(Sql("PRAGMA synchronous=FULL")));
  // Takes the place of SQLite's own checkpoints, which would run before a group is answered.
  wal_pages_ = 0;
  next_checkpoint_ = 0;
  sqlite3_wal_hook(handle_, note_wal_pages, this);
  return {};
}

void SqliteSession::disconnect() {
  statements_.clear();
  const int code = sqlite3_close(handle_);
  assert(code == SQLITE_OK);
  (void)code;
  handle_ = nullptr;
}

Result<std::unique_ptr<Statement>> SqliteSession::prepare(const Sql& sql) {
  auto taken = statements_.take(handle_, sql.text());
  if (taken.code != SQLITE_OK) return fail(taken.code, sql.text());
  auto statement = std::make_unique<SqliteStatement>(*this, std::move(taken.lease));
  for (std::size_t index = 0; index < sql.values().size(); ++index) {
    statement->bind(static_cast<int>(index), sql.values()[index]);
  }
  return statement;
}

Result<std::int64_t> SqliteSession::execute(const Sql& sql) {
  const auto taken = statements_.take(handle_, sql.text());
  int code = taken.code;
  sqlite3_stmt* statement = taken.lease.handle();
  for (std::size_t index = 0; code == SQLITE_OK && index < sql.values().size(); ++index) {
    code = bind_value(statement, static_cast<int>(index), sql.values()[index], false);
  }
  if (code != SQLITE_OK) return fail(code, sql.text());
  const std::int64_t before = sqlite3_total_changes64(handle_);
  do {
    code = sqlite3_step(statement);
  } while (code == SQLITE_ROW);
  if (code != SQLITE_DONE) return fail(code, sql.text());
  // A statement that changes no rows leaves the count of the one before it.
  return sqlite3_total_changes64(handle_) == before ? 0 : sqlite3_changes64(handle_);
}

Status SqliteSession::attempt(const std::function<Status()>& work) {
  assert(in_transaction() && "only a write can be undone in part");
  LP_CHECK(execute(Sql("SAVEPOINT attempt")));
  Status done = work();
  if (fatal_) return *fatal_;
  if (!done) LP_CHECK(execute(Sql("ROLLBACK TO attempt")));
  LP_CHECK(execute(Sql("RELEASE attempt")));
  return done;
}

Status SqliteSession::make_ready() {
  if (broken_) {
    Status connected = connect();
    if (!connected) return connected;
    log_warning("database_reopened");
  }
  fatal_.reset();
  read_until_.reset();
  if (options_.role == Role::writer) return {};
  const std::chrono::milliseconds limit = TimeLimit::current();
  if (limit.count() > 0) read_until_ = std::chrono::steady_clock::now() + limit;
  return {};
}

int SqliteSession::ends_now(void* self) {
  const auto& until = static_cast<const SqliteSession*>(self)->read_until_;
  return until && std::chrono::steady_clock::now() > *until ? 1 : 0;
}

Status SqliteSession::begin_read() {
  LP_CHECK(execute(Sql("BEGIN")));
  return {};
}

Status SqliteSession::begin_write() {
  LP_CHECK(make_ready());
  LP_CHECK(execute(Sql("BEGIN IMMEDIATE")));
  Status seen = refresh_data_version();
  if (!seen) rollback();
  return seen;
}

Status SqliteSession::commit() {
  LP_CHECK(execute(Sql("COMMIT")));
  return {};
}

void SqliteSession::rollback() {
  if (!in_transaction()) return;  // SQLite has done it by itself after some failures
  (void)execute(Sql("ROLLBACK"));
  if (in_transaction()) broken_ = true;
}

Status SqliteSession::set_savepoint() {
  LP_CHECK(execute(Sql("SAVEPOINT request")));
  return {};
}

Status SqliteSession::release_savepoint() {
  LP_CHECK(execute(Sql("RELEASE request")));
  return {};
}

Status SqliteSession::rollback_to_savepoint() {
  LP_CHECK(execute(Sql("ROLLBACK TO request")));
  return release_savepoint();
}

bool SqliteSession::in_transaction() const {
  return handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0;
}

Status SqliteSession::refresh_data_version() {
  if (!in_transaction()) LP_CHECK(make_ready());
  LP_TRY(const std::int64_t raw, query_integer(*this, Sql("PRAGMA data_version"), 0));
  if (raw != raw_data_version_) ++data_version_;
  raw_data_version_ = raw;
  return {};
}

int SqliteSession::note_wal_pages(void* self, sqlite3*, const char*, int pages) {
  auto* session = static_cast<SqliteSession*>(self);
  if (pages < session->wal_pages_) session->next_checkpoint_ = 0;  // it started anew
  session->wal_pages_ = pages;
  return SQLITE_OK;
}

void SqliteSession::maintain(std::optional<WriteKind> after) {
  int limit = idle_checkpoint_pages;
  if (after == WriteKind::interactive) limit = interactive_checkpoint_pages;
  if (after == WriteKind::job) limit = job_checkpoint_pages;
  if (!broken_ && wal_pages_ >= std::max(limit, next_checkpoint_)) checkpoint();
}

// Passive: a reader may keep the WAL from starting anew, and then nobody waits for it.
void SqliteSession::checkpoint() {
  const int code =
      sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  next_checkpoint_ = wal_pages_ + idle_checkpoint_pages;
  if (code != SQLITE_OK && code != SQLITE_BUSY) {
    log_warning("checkpoint_failed", {{"why", error_of(handle_, code, {}).log_detail}});
  }
}

}  // namespace linchpin::storage::sqlite
