#include "storage/sqlite/sqlite_database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>

#include "storage/read_pool.h"
#include "storage/sqlite/sqlite_session.h"
#include "storage/writer.h"

namespace linchpin::storage::sqlite {

namespace {

constexpr mode_t owner_only = 0600;
constexpr off_t smallest_database = 512;

Error unusable(const char* detail, const std::string& path, const std::string& why) {
  Error error = Error::of(ErrorCode::unusable_database, detail, {{"path", path}});
  error.log_detail = why;
  return error;
}

Error unreadable(const std::string& path, const std::string& why) {
  return unusable("database_unreadable", path, why);
}

// Makes the file, so that it is never open to others, or checks that it can be used. An existing
// file is not opened here: closing it would drop the locks that SQLite holds on it elsewhere in
// this process.
Status provide_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
  if (file >= 0) {
    ::close(file);
    return {};
  }
  struct stat state {};
  if (errno != EEXIST || ::stat(path.c_str(), &state) != 0) {
    return unreadable(path, std::strerror(errno));
  }
  if (!S_ISREG(state.st_mode)) return unreadable(path, "not a regular file");
  if (::access(path.c_str(), R_OK | W_OK) != 0) return unreadable(path, std::strerror(errno));
  // SQLite would take a file of one byte for an empty one.
  if (state.st_size > 0 && state.st_size < smallest_database) {
    return unusable("not_a_database", path, "too small");
  }
  return {};
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::unique_ptr<SqliteSession> writer, const SessionOptions& reader,
                 const OpenOptions& options)
      : readers_(
            [reader]() -> Result<std::unique_ptr<Session>> {
              LP_TRY(std::unique_ptr<Session> session, SqliteSession::open(reader));
              return session;
            },
            static_cast<std::size_t>(std::max(options.readers, 1))),
        writer_session_(*writer),
        writer_(std::move(writer)) {}

  Dialect dialect() const override { return Dialect::sqlite; }

  Status read_with(const Work& work) override {
    assert(!writer_.is_current_thread() && "a write reads through its own connection");
    return readers_.read(work);
  }
  Status snapshot_with(const Work& work) override {
    assert(!writer_.is_current_thread() && "a write reads through its own connection");
    return readers_.snapshot(work);
  }
  Status write_with(WriteKind kind, const Work& work) override { return writer_.write(kind, work); }

  WriterCounters counters() const override { return writer_.counters(); }

  // The writer's connection sees as foreign what other processes commit, and nothing else: the
  // readers of this process never commit. While the writer is in a transaction nobody else can
  // commit, so what it saw at the beginning still holds.
  Result<std::int64_t> data_version() override {
    const std::lock_guard lock(data_version_mutex_);
    Status status;
    writer_.use_idle_session([&](Session&) { status = writer_session_.refresh_data_version(); });
    if (!status) return std::move(status).error();
    return writer_session_.data_version();
  }

 private:
  ReadPool readers_;
  std::mutex data_version_mutex_;
  SqliteSession& writer_session_;
  Writer writer_;
};

}  // namespace

Result<std::unique_ptr<Database>> open(const std::string& path, const OpenOptions& options) {
  std::error_code error;
  const std::string absolute = std::filesystem::absolute(path, error).string();
  if (error) return unreadable(path, error.message());
  LP_CHECK(provide_file(absolute));

  SessionOptions writer{.path = absolute,
                        .role = Role::writer,
                        .cache_bytes = options.cache_bytes_of_writer,
                        .busy_timeout = options.busy_timeout};
  SessionOptions reader = writer;
  reader.role = Role::reader;
  reader.cache_bytes = options.cache_bytes_per_reader;
  LP_TRY(auto session, SqliteSession::open(std::move(writer)));
  return std::make_unique<SqliteDatabase>(std::move(session), reader, options);
}

}  // namespace linchpin::storage::sqlite
