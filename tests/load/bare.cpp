#include "bare.h"

#include <sqlite3.h>

#include <charconv>
#include <map>

#include "storage/postgres/postgres_handle.h"

namespace linchpin::load {

namespace {

using storage::postgres::ConnectionPointer;
using storage::postgres::is_good;
using storage::postgres::ResultPointer;

class SqliteRow : public BareRow {
 public:
  explicit SqliteRow(sqlite3_stmt* row) : row_(row) {}
  bool is_null(int column) const override {
    return sqlite3_column_type(row_, column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(row_, column); }
  std::string_view text(int column) const override {
    return {reinterpret_cast<const char*>(sqlite3_column_text(row_, column)),
            static_cast<std::size_t>(sqlite3_column_bytes(row_, column))};
  }

 private:
  sqlite3_stmt* row_;
};

class SqliteBare : public BareEngine {
 public:
  explicit SqliteBare(sqlite3* database) : database_(database) {}
  ~SqliteBare() override {
    for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close_v2(database_);
  }
  SqliteBare(const SqliteBare&) = delete;
  SqliteBare& operator=(const SqliteBare&) = delete;

  using BareEngine::run;
  Status run(const std::string& sql, const Parameters& parameters, const OnRow& on_row) override {
    sqlite3_stmt*& statement = statements_[sql];
    if (!statement && sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) != 0) {
      return Error::internal(sql + ": " + sqlite3_errmsg(database_));
    }
    for (int i = 0; i < static_cast<int>(parameters.size()); ++i) bind(statement, i, parameters);
    int state = SQLITE_ROW;
    const SqliteRow row(statement);
    while ((state = sqlite3_step(statement)) == SQLITE_ROW) on_row(row);
    sqlite3_reset(statement);
    if (state != SQLITE_DONE) return Error::internal(sql + ": " + sqlite3_errmsg(database_));
    return {};
  }

 private:
  static void bind(sqlite3_stmt* statement, int index, const Parameters& parameters) {
    const storage::Value& value = parameters[static_cast<std::size_t>(index)];
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      sqlite3_bind_int64(statement, index + 1, *number);
    } else {
      const auto& text = std::get<std::string>(value);
      sqlite3_bind_text(statement, index + 1, text.data(), static_cast<int>(text.size()),
                        SQLITE_TRANSIENT);
    }
  }

  sqlite3* database_;
  std::map<std::string, sqlite3_stmt*> statements_;
};

class PostgresRow : public BareRow {
 public:
  PostgresRow(const PGresult* rows, int row) : rows_(rows), row_(row) {}
  bool is_null(int column) const override { return PQgetisnull(rows_, row_, column) != 0; }
  std::int64_t integer(int column) const override {
    const std::string_view digits = text(column);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(rows_, row_, column),
            static_cast<std::size_t>(PQgetlength(rows_, row_, column))};
  }

 private:
  const PGresult* rows_;
  int row_;
};

class PostgresBare : public BareEngine {
 public:
  explicit PostgresBare(ConnectionPointer connection) : connection_(std::move(connection)) {}

  using BareEngine::run;
  Status run(const std::string& sql, const Parameters& parameters, const OnRow& on_row) override {
    const auto [known, fresh] = names_.try_emplace(sql, "bare" + std::to_string(names_.size()));
    const char* name = known->second.c_str();
    if (fresh) {
      const ResultPointer made(PQprepare(connection_.get(), name, sql.c_str(), 0, nullptr));
      if (!is_good(made.get())) return failed(sql);
    }
    std::vector<std::string> texts;
    for (const storage::Value& value : parameters) {
      const auto* number = std::get_if<std::int64_t>(&value);
      texts.push_back(number ? std::to_string(*number) : std::get<std::string>(value));
    }
    std::vector<const char*> given;
    for (const std::string& text : texts) given.push_back(text.c_str());
    const ResultPointer rows(PQexecPrepared(connection_.get(), name, static_cast<int>(given.size()),
                                            given.data(), nullptr, nullptr, 0));
    if (!is_good(rows.get())) return failed(sql);
    for (int i = 0; i < PQntuples(rows.get()); ++i) on_row(PostgresRow(rows.get(), i));
    return {};
  }

 private:
  Status failed(const std::string& sql) const {
    return Error::internal(sql + ": " + PQerrorMessage(connection_.get()));
  }

  ConnectionPointer connection_;
  std::map<std::string, std::string> names_;  // by their text
};

}  // namespace

Result<std::unique_ptr<BareEngine>> open_bare(const std::string& database) {
  constexpr std::string_view sqlite = "sqlite:";
  if (database.rfind(sqlite, 0) != 0) {
    LP_TRY(ConnectionPointer connection, storage::postgres::connect(database));
    std::unique_ptr<BareEngine> bare = std::make_unique<PostgresBare>(std::move(connection));
    LP_CHECK(bare->run("SET search_path TO lp_main"));
    LP_CHECK(bare->run("SET jit TO off"));
    return bare;
  }
  sqlite3* file = nullptr;
  if (sqlite3_open_v2(database.c_str() + sqlite.size(), &file,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    return Error::internal("bare engine: " + database);
  }
  std::unique_ptr<BareEngine> bare = std::make_unique<SqliteBare>(file);
  LP_CHECK(bare->run("PRAGMA synchronous=FULL"));
  LP_CHECK(bare->run("PRAGMA cache_size=-8192"));
  return bare;
}

}  // namespace linchpin::load
