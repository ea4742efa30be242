#pragma once

// Whose payment it may be: accounts whose name, another name or billing title agrees with what the
// bank says of the payer, and accounts that owe exactly that amount.

#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::receivables {

constexpr std::size_t max_candidates = 10;          // that are told
constexpr std::size_t max_compared_names = 20'000;  // that begin like the payer's

struct Candidate {
  RecordId account;
  std::string name, code;
  // From the best: its name agrees, another of its names or a billing title does, one name is short
  // for the other; an invoice of it is open for that amount.
  bool by_name = false, by_other_name = false, by_short_name = false, by_amount = false;
};

// Within the sight of the scope, the best first. `amount` in units of money.
Result<std::vector<Candidate>> find_payers(records::Records& records,
                                           storage::Connection& connection,
                                           const access::AccessScope& scope, std::string_view payer,
                                           Units amount);

}  // namespace linchpin::receivables
