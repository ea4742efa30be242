#pragma once

// PostgreSQL's failures in the words of the API contract.

#include <libpq-fe.h>

#include <string_view>

#include "base/error.h"

namespace linchpin::storage::postgres {

struct Failure {
  Error error;
  bool ends_transaction = false;   // nothing of the running transaction may be kept
  bool breaks_connection = false;  // it is opened anew before its next use
  bool is_read_only = false;       // the transaction or the whole server takes no writes
};

// `result` is what `sql` gave; null: the connection itself failed.
Failure failure_of(const PGconn* connection, const PGresult* result, std::string_view sql);

}  // namespace linchpin::storage::postgres
