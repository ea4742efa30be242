#pragma once

// Review rounds: a department looks through the pool between two days. Proposals come from the
// scores (who should come in, who should go), the selection meeting decides each, and what it
// decides is done in the pool. A round stays open after its last day, and late, until it is closed.

#include <string>
#include <vector>

#include "base/json_writer.h"
#include "identify/pool/pool_move.h"
#include "identify/pool/pool_reading.h"

namespace linchpin::identify {

constexpr std::size_t max_round_proposals = 1'000;

// All rounds, those that are not closed first, then by their days. Error: not_found for a scope
// that may not read them.
Result<std::string> rounds_answer(const PoolSource& source);
// One round with the proposals about accounts that the scope sees. Error: not_found.
Result<std::string> round_answer(const PoolSource& source, RecordId round);

// The following within a write. Errors: not_found; forbidden / `pool_wrong_approver`; invalid_state
// / `pool_round_closed`.

// Proposes anew from the scores of now; what was decided stays.
Status propose_round(const PoolPerson& person, RecordId round);
// The same, whoever asks.
Status write_proposals(const PoolPerson& person, RecordId round);

struct ProposalDecision {
  RecordId proposal;
  bool accepted = false;
  std::string note;
};
// Gives the round. Errors also: those of move_in_pool; invalid_state / `pool_proposal_decided`.
Result<RecordId> decide_proposal(const PoolPerson& person, const ProposalDecision& decision);

// Error also: invalid_state / `pool_round_undecided` {open}.
Status close_round(const PoolPerson& person, RecordId round, const std::string& appraisal,
                   const std::string& decision);

}  // namespace linchpin::identify
