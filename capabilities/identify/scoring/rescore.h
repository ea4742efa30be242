#pragma once

// Scores every account by the published models and writes what changed: the account's score and
// tier, and a result with its inputs that stays. An account that several models cover goes by the
// one that was published last.

#include "identify/scoring/model_store.h"
#include "identify/scoring/preview.h"
#include "jobs/jobs.h"

namespace linchpin::identify {

constexpr std::string_view rescore_kind = "identify.rescore";
constexpr std::size_t rescored_per_slice = 200;

// Gives what a part of the accounts (null = all) would be; writes nothing.
struct ModelOutcomes {
  StoredModel model;
  std::vector<ScoredAccount> accounts;
  std::vector<ScoredOutcome> outcomes;  // in their order
};
Result<std::vector<ModelOutcomes>> outcomes_of_published(records::Records& records,
                                                         const access::AccessScope& scope,
                                                         const json::value& where);

// {"input":"…","band":1,…} per criterion: all that a replay needs beside the version.
json::value kept_contributions(const StoredModel& model, const ScoreInputs& inputs,
                               const Score& score);

void add_rescore_kind(jobs::Jobs& jobs, records::Records& records, const Clock& clock);

}  // namespace linchpin::identify
