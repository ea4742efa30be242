#include "storage/postgres/postgres_handle.h"

#include <array>

#include "base/log.h"
#include "storage/postgres/postgres_errors.h"

namespace linchpin::storage::postgres {

namespace {

void log_notice(void*, const char* message) {
  log_warning("postgres_notice", {{"text", message}});
}

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

}  // namespace

Result<ConnectionPointer> connect(const std::string& url) {
  // libpq lets the last word on a setting win: what stands before the url is only a default. A
  // server that is gone is noticed in seconds, not when TCP gives up.
  const std::array<const char*, 10> names{"connect_timeout",           "target_session_attrs",
                                          "keepalives_idle",           "keepalives_interval",
                                          "keepalives_count",          "tcp_user_timeout",
                                          "fallback_application_name", "dbname",
                                          "client_encoding",           nullptr};
  const std::array<const char*, 10> values{"5",     "read-write", "10",        "5",    "3",
                                           "20000", "linchpin",   url.c_str(), "UTF8", nullptr};
  ConnectionPointer connection(PQconnectdbParams(names.data(), values.data(), 1));
  if (!connection) return Error::of(ErrorCode::storage_failed);  // no memory
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return failure_of(connection.get(), nullptr, "connect").error;
  }
  PQsetNoticeProcessor(connection.get(), log_notice, nullptr);
  return connection;
}

std::string database_of(const std::string& url) {
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(url.c_str(), nullptr));
  std::string name;
  std::string host;
  for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
    const std::string_view keyword = option->keyword;
    if (option->val == nullptr) continue;
    if (keyword == "dbname") name = option->val;
    if (keyword == "host") host = option->val;
  }
  return host.empty() ? name : name + " (" + host + ")";
}

}  // namespace linchpin::storage::postgres
