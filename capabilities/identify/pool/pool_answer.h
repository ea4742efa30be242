#pragma once

// What the pool answers: the board of all accounts in it, and one account with its entries, the
// figures of now and what may be done with it.

#include <string>

#include "identify/pool/pool_entries.h"
#include "identify/pool/pool_evidence.h"

namespace linchpin::identify {

constexpr int default_board_rows = 100;  // of each state
constexpr int max_board_rows = 500;

// {"states","entries","advice","truncated"} of what the scope of the source sees. Error: not_found
// or unknown_field for a scope that may not read accounts or what the board shows of them.
Result<std::string> board_answer(const PoolSource& source, int limit);

// Error: not_found for an account that the scope does not see.
Result<std::string> pool_account_answer(const PoolSource& source, RecordId account, Instant now);

}  // namespace linchpin::identify
