#include "storage/storage.h"

#include "storage/postgres/postgres_database.h"
#include "storage/sqlite/sqlite_database.h"

namespace linchpin::storage {

Result<std::int64_t> query_integer(Connection& connection, const Sql& sql, std::int64_t otherwise) {
  LP_TRY(const auto statement, connection.prepare(sql));
  LP_TRY(const bool found, statement->step());
  return found && !statement->is_null(0) ? statement->integer(0) : otherwise;
}

Result<std::string> query_text(Connection& connection, const Sql& sql) {
  LP_TRY(const auto statement, connection.prepare(sql));
  LP_TRY(const bool found, statement->step());
  return found ? std::string(statement->text(0)) : std::string();
}

Result<std::unique_ptr<Database>> open_database(std::string_view url, const OpenOptions& options) {
  constexpr std::string_view sqlite_kind = "sqlite:";
  if (url.starts_with(sqlite_kind) && url.size() > sqlite_kind.size()) {
    return sqlite::open(std::string(url.substr(sqlite_kind.size())), options);
  }
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return postgres::open(std::string(url), options);
  }
  return Error::of(ErrorCode::unusable_database, "unknown_database_kind",
                   {{"url", std::string(url)}});
}

}  // namespace linchpin::storage
