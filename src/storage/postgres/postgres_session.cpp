#include "storage/postgres/postgres_session.h"

#include <cassert>
#include <charconv>
#include <utility>

#include "base/log.h"
#include "storage/postgres/postgres_statement.h"
#include "storage/time_limit.h"

namespace linchpin::storage::postgres {

namespace {

constexpr const char* begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

std::int64_t touched_rows(PGresult* result) {
  const std::string_view command = PQcmdStatus(result);
  if (command.starts_with("SELECT")) return 0;
  const std::string_view text = PQcmdTuples(result);
  std::int64_t rows = 0;
  std::from_chars(text.data(), text.data() + text.size(), rows);
  return rows;
}

}  // namespace

Result<std::unique_ptr<PostgresSession>> PostgresSession::open(SessionOptions options) {
  std::unique_ptr<PostgresSession> session(new PostgresSession(std::move(options)));
  LP_CHECK(session->connect());
  return session;
}

Error PostgresSession::fail(const PGresult* result, std::string_view sql) {
  Failure failure = failure_of(connection_.get(), result, sql);
  // Its server has become the standby of another one: the next connection finds that one.
  if (failure.is_read_only && options_.role == Role::writer) {
    failure.error.code = ErrorCode::storage_failed;
    failure.error.detail = "database_lost";
    failure.ends_transaction = failure.breaks_connection = true;
  }
  if (failure.ends_transaction && !fatal_) fatal_ = failure.error;
  if (failure.breaks_connection) broken_ = true;
  return std::move(failure.error);
}

std::string PostgresSession::settings() const {
  const std::string schema(options_.schema.text());
  std::string text = "SET search_path TO " + schema +
                     "; SET client_min_messages TO warning; SET jit TO off; SET lock_timeout TO " +
                     std::to_string(options_.busy_timeout.count());
  text += options_.role == Role::reader ? std::string("; SET default_transaction_read_only TO on")
                                        : "; SET idle_in_transaction_session_timeout TO " +
                                              std::to_string(longest_silence.count());
  return text;
}

Status PostgresSession::connect() {
  statements_.clear();
  deferred_.clear();
  in_transaction_ = cursors_made_transaction_ = false;
  broken_ = true;
  connection_.reset();
  LP_TRY(connection_, postgres::connect(options_.url));
  const std::string script = settings();
  const ResultPointer set(PQexec(connection_.get(), script.c_str()));
  if (!is_good(set.get())) return fail(set.get(), script);
  backend_ = PQbackendPID(connection_.get());
  time_limit_ = std::chrono::milliseconds(0);
  broken_ = false;
  fatal_.reset();
  return {};
}

Result<std::unique_ptr<Statement>> PostgresSession::prepare(const Sql& sql) {
  return std::make_unique<PostgresStatement>(*this, sql, PostgresStatement::Rows::at_once);
}

Result<std::unique_ptr<Statement>> PostgresSession::scan(const Sql& sql) {
  return std::make_unique<PostgresStatement>(*this, sql, PostgresStatement::Rows::in_parts);
}

Result<std::int64_t> PostgresSession::execute(const Sql& sql) {
  LP_TRY(const ResultPointer result, run(sql.text(), sql.values()));
  return touched_rows(result.get());
}

Result<ResultPointer> PostgresSession::run(const std::string& text,
                                           const std::vector<Value>& values) {
  // A read of which nothing has been seen yet may begin again on another connection.
  const bool begins = !deferred_.empty() && deferred_.front().starts_with("BEGIN");
  const bool nothing_seen = !in_transaction_ || begins;
  const bool repeatable = options_.role == Role::reader && nothing_seen;
  const bool was_in_transaction = in_transaction_;
  const bool cursors_made_it = cursors_made_transaction_;
  const std::vector<std::string> deferred = deferred_;
  auto result = run_once(text, values);
  if (result || !broken_ || !repeatable) return result;
  LP_CHECK(connect());
  log_warning("database_reopened");
  in_transaction_ = was_in_transaction;
  cursors_made_transaction_ = cursors_made_it;
  deferred_ = deferred;
  return run_once(text, values);
}

// The commands that go to the server together, in their order.
struct PostgresSession::Batch {
  std::vector<std::string> before;
  const PreparedStatements::Entry* statement;
  std::string text;  // of the statement, when it must be prepared
  std::string_view shown;

  std::size_t commands() const { return before.size() + (text.empty() ? 0 : 1) + 1; }
};

Result<ResultPointer> PostgresSession::run_once(const std::string& text,
                                                const std::vector<Value>& values) {
  if (broken_) return fail(nullptr, text);
  const bool keep = is_worth_keeping(text);
  PreparedStatements::Entry nameless;
  const PreparedStatements::Entry* known = keep ? statements_.find(text, values) : nullptr;
  Batch batch{std::exchange(deferred_, {}), known, {}, text};
  if (known == nullptr) {
    batch.text = numbered_text(text);
    if (keep) {
      batch.statement = &statements_.add(text, values);
    } else {
      for (const Value& value : values) nameless.types.push_back(type_of(value));
      batch.statement = &nameless;
    }
  }
  for (const std::string& name : statements_.take_dropped()) {
    batch.before.push_back("DEALLOCATE " + name);
  }
  const Parameters parameters(values);
  if (!send(batch, parameters)) return fail(nullptr, text);
  return receive(batch);
}

bool PostgresSession::send(const Batch& batch, const Parameters& parameters) {
  PGconn* const connection = connection_.get();
  const PreparedStatements::Entry& statement = *batch.statement;
  constexpr int binary = 1;
  const auto send_statement = [&] {
    return PQsendQueryPrepared(connection, statement.name.c_str(), parameters.count(),
                               parameters.values(), parameters.lengths(), parameters.formats(),
                               binary) == 1;
  };
  if (batch.commands() == 1) return send_statement();
  bool sent = PQenterPipelineMode(connection) == 1;
  for (const std::string& command : batch.before) {
    sent = sent && PQsendQueryParams(connection, command.c_str(), 0, nullptr, nullptr, nullptr,
                                     nullptr, binary) == 1;
  }
  if (!batch.text.empty()) {
    sent = sent && PQsendPrepare(connection, statement.name.c_str(), batch.text.c_str(),
                                 parameters.count(), statement.types.data()) == 1;
  }
  return sent && send_statement() && PQpipelineSync(connection) == 1;
}

Result<ResultPointer> PostgresSession::receive(const Batch& batch) {
  PGconn* const connection = connection_.get();
  const std::size_t commands = batch.commands();
  std::optional<Error> error;
  ResultPointer last;
  for (std::size_t command = 0; command < commands; ++command) {
    ResultPointer result(PQgetResult(connection));
    const bool good = is_good(result.get());
    if (!good && !error) {
      error = fail(result.get(), batch.shown);
      // What was to be prepared is not, unless the statement itself is what failed.
      const bool prepared = command + 1 == commands;
      if (!prepared && !batch.text.empty()) statements_.forget(std::string(batch.shown));
    }
    last = std::move(result);
    while (ResultPointer end{PQgetResult(connection)}) {
      if (PQstatus(connection) == CONNECTION_BAD) break;
    }
  }
  if (commands > 1) {
    const ResultPointer sync(PQgetResult(connection));
    if (PQexitPipelineMode(connection) != 1 && !error) error = fail(nullptr, batch.shown);
  }
  if (error) return std::move(*error);
  return last;
}

Result<std::string> PostgresSession::open_cursor(const std::string& text,
                                                 const std::vector<Value>& values) {
  if (!in_transaction_) {
    defer("BEGIN READ ONLY");
    in_transaction_ = cursors_made_transaction_ = true;
  }
  const std::string cursor = "scan" + std::to_string(++cursors_named_);
  auto opened = run("DECLARE " + cursor + " NO SCROLL CURSOR FOR " + text, values);
  if (opened) {
    ++cursors_;
    return cursor;
  }
  if (cursors_made_transaction_ && cursors_ == 0) rollback();
  return std::move(opened).error();
}

Result<ResultPointer> PostgresSession::fetch(const std::string& cursor) {
  return run("FETCH " + std::to_string(rows_of_a_part) + " FROM " + cursor, {});
}

void PostgresSession::close_cursor(const std::string& cursor) {
  --cursors_;
  if (cursors_made_transaction_) {
    if (cursors_ == 0) rollback();
  } else if (in_transaction_ && !is_spoilt()) {
    defer("CLOSE " + cursor);
  }
}

Status PostgresSession::run_script(const std::string& script) {
  if (broken_) return fail(nullptr, script);
  const ResultPointer result(PQexec(connection_.get(), script.c_str()));
  if (!is_good(result.get())) return fail(result.get(), script);
  return {};
}

Status PostgresSession::make_ready() {
  if (broken_) {
    LP_CHECK(connect());
    log_warning("database_reopened");
  }
  fatal_.reset();
  if (options_.role == Role::writer) return {};
  const std::chrono::milliseconds limit = TimeLimit::current();
  if (limit == time_limit_) return {};
  LP_CHECK(run_script("SET statement_timeout TO " + std::to_string(limit.count())));
  time_limit_ = limit;
  return {};
}

Status PostgresSession::begin_read() {
  LP_CHECK(make_ready());
  defer(begin_reading);
  in_transaction_ = true;
  return {};
}

Status PostgresSession::begin_write() {
  LP_CHECK(make_ready());
  const std::string schema(options_.schema.text());
  const std::string script =
      "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('linchpin " + schema + "', 0))";
  Status begun = run_script(script);
  if (!begun && broken_) {
    LP_CHECK(make_ready());
    begun = run_script(script);
  }
  in_transaction_ = true;
  if (!begun) rollback();
  return begun;
}

std::string PostgresSession::take_deferred() {
  std::string script;
  for (const std::string& command : std::exchange(deferred_, {})) script += command + "; ";
  return script;
}

Status PostgresSession::commit() {
  const std::string script =
      take_deferred() + "NOTIFY " + std::string(options_.schema.text()) + "; COMMIT";
  if (broken_) return fail(nullptr, script);
  const ResultPointer result(PQexec(connection_.get(), script.c_str()));
  if (!is_good(result.get())) return fail(result.get(), script);
  in_transaction_ = false;
  if (std::string_view(PQcmdStatus(result.get())) == "COMMIT") return {};
  return Error::internal("postgres: a failed transaction was to be committed");
}

void PostgresSession::rollback() {
  deferred_.clear();
  in_transaction_ = cursors_made_transaction_ = false;
  if (broken_ || PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  const std::optional<Error> before = fatal_;
  if (!run_script("ROLLBACK")) broken_ = true;
  fatal_ = before;
}

Status PostgresSession::set_savepoint() {
  defer("SAVEPOINT request");
  return {};
}

Status PostgresSession::release_savepoint() {
  defer("RELEASE SAVEPOINT request");
  return {};
}

Status PostgresSession::rollback_to_savepoint() {
  return run_script(take_deferred() + "ROLLBACK TO SAVEPOINT request; RELEASE SAVEPOINT request");
}

Status PostgresSession::attempt(const std::function<Status()>& work) {
  assert(in_transaction_ && "only a write can be undone in part");
  defer("SAVEPOINT attempt");
  Status done = work();
  if (fatal_) return *fatal_;
  if (done) {
    defer("RELEASE SAVEPOINT attempt");
    return done;
  }
  LP_CHECK(
      run_script(take_deferred() + "ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt"));
  return done;
}

bool PostgresSession::is_spoilt() const {
  return !broken_ && PQtransactionStatus(connection_.get()) == PQTRANS_INERROR;
}

}  // namespace linchpin::storage::postgres
