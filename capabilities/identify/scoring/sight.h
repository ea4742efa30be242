#pragma once

// What of a model may be told to whom. Scores are the product's: computed from everything, the same
// for everybody. Their parts tell of sums and fields that somebody may not see.

#include "identify/scoring/model.h"
#include "records/records.h"

namespace linchpin::identify {

// Whether somebody may be told what a criterion reads of the accounts that he reaches: the field,
// or all of the lines that its measure sums up.
bool may_see(const records::Records& records, const access::AccessScope& scope,
             const Criterion& criterion);

// Error: forbidden when a criterion of the model may not be seen.
Status check_sight(const records::Records& records, const access::AccessScope& scope,
                   const ScoringModel& model);

}  // namespace linchpin::identify
