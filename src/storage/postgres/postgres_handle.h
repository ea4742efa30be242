#pragma once

// libpq's handles, owned.

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace linchpin::storage::postgres {

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionPointer = std::unique_ptr<PGconn, CloseConnection>;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ClearResult>;

// The url's own settings go before the product's. Error: as failure_of.
Result<ConnectionPointer> connect(const std::string& url);

// The database that a url names, for people: without its user and password.
std::string database_of(const std::string& url);

inline bool is_good(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}  // namespace linchpin::storage::postgres
