#pragma once

// Scores every account by the published models and writes what changed: the account's score and
// tier, and a result with its inputs that stays. An account that several models cover goes by the
// one that was published last; where that one cannot be read, the account stays as it is. An
// account that cannot be written holds up no other.

#include <span>

#include "identify/scoring/model_store.h"
#include "identify/scoring/preview.h"
#include "jobs/jobs.h"

namespace linchpin::identify {

constexpr std::string_view rescore_kind = "identify.rescore";
constexpr std::size_t rescored_per_slice = 200;
// What the change log says instead of a request, so that what follows it knows these writes.
constexpr std::string_view rescore_origin = "identify.rescore";

// What accounts would be; writes nothing. A model that cannot be read has none, and nobody of those
// that it covers is with another model.
struct ModelOutcomes {
  StoredModel model;
  std::int64_t scored = 0;
  // Of all those scored, who changes; of one account by itself, that one.
  std::vector<ScoredAccount> accounts;
  std::vector<ScoredOutcome> outcomes;  // in their order
};
Result<std::vector<ModelOutcomes>> outcomes_of_published(records::Records& records,
                                                         const access::AccessScope& scope);
// Of one account, read by itself; nothing when none of the published models covers it. Error:
// invalid_state / `model_unreadable` when the one that does cannot be read.
Result<std::optional<ModelOutcomes>> outcome_of_account(records::Records& records,
                                                        storage::Connection& connection,
                                                        const access::AccessScope& scope,
                                                        const std::vector<StoredModel>& published,
                                                        const OneAccount& account);

// Within a write: keeps the result of every account named by its place, and gives it its tier.
Status write_outcomes(records::Records& records, storage::Connection& connection,
                      const access::AccessScope& scope, const ModelOutcomes& scored,
                      std::span<const std::size_t> places, Instant now);

// {"input":"…","band":1,…} per criterion: all that a replay needs beside the version.
json::value kept_contributions(const StoredModel& model, const ScoreInputs& inputs,
                               const Score& score);

void add_rescore_kind(jobs::Jobs& jobs, records::Records& records, const Clock& clock);
// Has all accounts scored anew if anything is published. False while an earlier rescoring waits or
// runs, which may have read its accounts before what is to be seen now.
Result<bool> begin_rescoring(jobs::Jobs& jobs, records::Records& records);
// Rescores all accounts once a day and after a start: windows move with the days.
void rescore_daily(jobs::Jobs& jobs, records::Records& records);

}  // namespace linchpin::identify
