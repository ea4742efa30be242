#pragma once

// Batches as callers send them, and what they are told of each operation.

#include "inbound/body.h"
#include "inbound/registration.h"
#include "records/batch.h"

namespace linchpin::inbound {

// {mode: "atomic"|"partial", ops: [{op, id?, match?, version?, base?, fields?, reason?}], reason?}
Result<records::BatchRequest> read_batch(const Members& body);

// {mode, results: [{index, op, status, id, version} or {index, op, status, problem}]}
Response batch_answer(const Texts& texts, const Caller& caller,
                      const records::BatchRequest& request,
                      const std::vector<records::OpOutcome>& outcomes);

}  // namespace linchpin::inbound
