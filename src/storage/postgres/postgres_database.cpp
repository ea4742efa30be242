#include "storage/postgres/postgres_database.h"

#include <algorithm>
#include <cassert>

#include "storage/postgres/commit_listener.h"
#include "storage/postgres/postgres_session.h"
#include "storage/postgres/workspace_schema.h"
#include "storage/read_pool.h"
#include "storage/writer.h"

namespace linchpin::storage::postgres {

namespace {

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(std::unique_ptr<PostgresSession> writer, const SessionOptions& reader,
                   int readers)
      : readers_(
            [reader]() -> Result<std::unique_ptr<Session>> {
              LP_TRY(std::unique_ptr<Session> session, PostgresSession::open(reader));
              return session;
            },
            static_cast<std::size_t>(std::max(readers, 1))),
        listener_(std::in_place, reader.url, reader.schema,
                  [session = writer.get()](int backend) { return backend == session->backend(); }),
        writer_(std::move(writer)) {}

  ~PostgresDatabase() override { listener_.reset(); }

  Status listen() { return listener_->start(); }

  Dialect dialect() const override { return Dialect::postgres; }

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
  Result<std::int64_t> data_version() override { return listener_->version(); }

 private:
  ReadPool readers_;
  std::optional<CommitListener> listener_;  // ends before the writer's session, which it asks
  Writer writer_;
};

Error unusable(std::string detail, ErrorParams params, std::string why) {
  Error error = Error::of(ErrorCode::unusable_database, std::move(detail), std::move(params));
  error.log_detail = std::move(why);
  return error;
}

Result<Name> schema_of(const std::string& workspace) {
  auto name = Name::checked("lp_" + workspace);
  if (!name) return unusable("wrong_workspace_name", {{"name", workspace}}, {});
  return name;
}

Status check_encoding(PostgresSession& session, const std::string& database) {
  LP_TRY(const std::string encoding, query_text(session, Sql("SHOW server_encoding")));
  if (encoding == "UTF8") return {};
  return unusable("database_not_utf8", {{"database", database}}, encoding);
}

}  // namespace

Result<std::unique_ptr<Database>> open(const std::string& url, const OpenOptions& options) {
  const std::string database = database_of(url);
  LP_TRY(const Name schema, schema_of(options.workspace));
  SessionOptions reader{.url = url, .schema = schema, .busy_timeout = options.busy_timeout};
  SessionOptions writer = reader;
  writer.role = Role::writer;
  auto session = PostgresSession::open(std::move(writer));
  if (!session) {
    return unusable("database_unreachable", {{"database", database}}, session.error().log_detail);
  }
  LP_CHECK(check_encoding(**session, database));
  LP_CHECK(provide_schema(**session, schema, options.may_create, database));
  auto opened =
      std::make_unique<PostgresDatabase>(std::move(*session), std::move(reader), options.readers);
  LP_CHECK(opened->listen());
  return opened;
}

}  // namespace linchpin::storage::postgres
