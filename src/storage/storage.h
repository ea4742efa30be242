#pragma once

// One interface, two dialects. Owns connections, transactions and durability; knows nothing of
// records. Reads run on a pool of connections; writes go through one writer that commits groups:
// many requests, one fsync, each in its own savepoint, so an acknowledged write is on disk.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.h"
#include "storage/sql.h"

namespace linchpin::storage {

enum class Dialect { sqlite, postgres };

// A prepared statement in use; gives itself back to its connection when it goes.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual void bind(int index, const Value& value) = 0;  // index from 0
  virtual void bind_integer(int index, std::int64_t value) = 0;
  virtual void bind_text(int index, std::string_view value) = 0;  // copied
  virtual void bind_null(int index) = 0;
  virtual Result<bool> step() = 0;  // true: there is a row; errors as Connection::execute
  virtual void reset() = 0;         // ready to be bound and stepped again; keeps what is bound
  virtual int columns() const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  // valid until the next step
  virtual std::string_view blob(int column) const = 0;  // valid until the next step
  virtual Value value(int column) const = 0;
};

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Dialect dialect() const = 0;

  // Prepares one statement (they are cached by text) and binds the values of `sql`. It must be gone
  // when the work that was given this connection returns.
  virtual Result<std::unique_ptr<Statement>> prepare(const Sql& sql) = 0;
  // As prepare, for more rows than memory should hold at once: they are fetched in parts.
  virtual Result<std::unique_ptr<Statement>> scan(const Sql& sql) { return prepare(sql); }
  // Runs to the end. Gives the number of rows that an INSERT, UPDATE or DELETE touched.
  // Errors: `duplicate` for a unique index {index}; storage_full, storage_failed, overloaded.
  virtual Result<std::int64_t> execute(const Sql& sql) = 0;
  // Within a write: an error of `work` undoes what it did and nothing else, and is the answer.
  // Whoever goes on after a failed statement ran it in here; otherwise the whole write fails.
  virtual Status attempt(const std::function<Status()>& work) = 0;
};

// The first column of the first row; `otherwise` or "" when there is no row or it is null.
Result<std::int64_t> query_integer(Connection& connection, const Sql& sql, std::int64_t otherwise);
Result<std::string> query_text(Connection& connection, const Sql& sql);

enum class WriteKind {
  interactive,  // somebody waits for the answer; shares a group with its neighbours
  job,          // a slice of long work, ≤ 50 ms; runs only between interactive groups
};

struct WriterCounters {
  std::int64_t writes = 0;    // acknowledged
  std::int64_t commits = 0;   // groups, each with one fsync
  std::int64_t rejected = 0;  // refused because the queue was full
  std::int64_t waiting = 0;   // in the queue now
};

class Database {
 public:
  static constexpr std::size_t max_group = 64;
  static constexpr std::chrono::milliseconds max_group_time{5};
  static constexpr std::size_t max_queue = 4096;

  using Work = std::function<Status(Connection&)>;

  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;

  // On a connection of the read pool. One statement sees one state; several may see several. A read
  // within a read uses the same connection; within a write it is a bug (asserted).
  virtual Status read_with(const Work& work) = 0;
  // The same, but everything `work` reads comes from one state of the database.
  virtual Status snapshot_with(const Work& work) = 0;
  // On the writer, inside a savepoint: an error of `work` undoes only its own changes. Returns when
  // the group is on disk. Errors: overloaded (queue full), storage_full, storage_failed.
  // Called from within a write it is a bug (asserted).
  virtual Status write_with(WriteKind kind, const Work& work) = 0;

  virtual WriterCounters counters() const = 0;
  // Changes when another process has committed (on PostgreSQL as soon as it has told so), and not
  // with this Database's own writes; caches compare it. Cheap enough for every request.
  virtual Result<std::int64_t> data_version() = 0;

  // The same three for work that gives a Result<T>.
  template <class F>
  auto read(F work) {
    return collect(work, [this](const Work& w) { return read_with(w); });
  }
  template <class F>
  auto snapshot(F work) {
    return collect(work, [this](const Work& w) { return snapshot_with(w); });
  }
  template <class F>
  auto write(F work, WriteKind kind = WriteKind::interactive) {
    return collect(work, [this, kind](const Work& w) { return write_with(kind, w); });
  }

 private:
  template <class F, class Run>
  static std::invoke_result_t<F, Connection&> collect(F& work, Run run) {
    using Answer = std::invoke_result_t<F, Connection&>;
    if constexpr (std::is_same_v<Answer, Status>) {
      return run(Work(std::ref(work)));
    } else {
      std::optional<typename Answer::value_type> value;
      Status status = run([&](Connection& connection) -> Status {
        Answer answer = work(connection);
        if (!answer) return std::move(answer).error();
        value.emplace(std::move(*answer));
        return {};
      });
      if (!status) return std::move(status).error();
      return std::move(*value);
    }
  }
};

struct OpenOptions {
  // PostgreSQL only: the tables stand in the schema lp_NAME, which is made when it may be.
  std::string workspace = "main";
  bool may_create = true;
  int readers = 8;
  std::int64_t cache_bytes_per_reader = 8 << 20;
  std::int64_t cache_bytes_of_writer = 64 << 20;
  std::chrono::milliseconds busy_timeout{10'000};
};

// `url`: "sqlite:PATH" or "postgresql://…" as libpq reads it. Errors: unusable_database with detail
// `not_a_database`, `database_unreadable` {path}, `unknown_database_kind` {url},
// `database_unreachable` {database}, `workspace_missing` {workspace, database},
// `database_not_utf8` {database}, `wrong_workspace_name` {name}.
Result<std::unique_ptr<Database>> open_database(std::string_view url,
                                                const OpenOptions& options = {});

}  // namespace linchpin::storage
