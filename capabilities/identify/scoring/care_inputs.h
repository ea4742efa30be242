#pragma once

// Measures of how an account pays and what it complains of: read from the records themselves.

#include "access/scope.h"
#include "identify/scoring/model.h"
#include "records/facts.h"
#include "records/records.h"

namespace linchpin::identify {

// Where measures are read, and of whom.
struct InputSource {
  records::Records& records;
  storage::Connection& connection;
  const access::AccessScope& scope;
  std::optional<RecordId> only;  // absent = all accounts
};

using ValueVisitor = std::function<void(std::int64_t account, Units value)>;

// Of the invoices that fell due in the window, the share of their amounts that was paid by the due
// date, in millionths: payments allocated to an invoice, dishonoured ones left aside, at most its
// amount. Who had nothing due is not visited.
Status read_timeliness(const InputSource& source, records::Window window,
                       const ValueVisitor& visit);

// How many complaints were raised in the window, in millionths. Who raised none is not visited.
Status read_complaints(const InputSource& source, records::Window window,
                       const ValueVisitor& visit);

}  // namespace linchpin::identify
