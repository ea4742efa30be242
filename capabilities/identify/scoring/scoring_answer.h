#pragma once

// What the scoring endpoints answer, as JSON.

#include <string>

#include "identify/account_labels.h"
#include "identify/scoring/rescore.h"

namespace linchpin::identify {

constexpr std::size_t max_shown_movers = 200;

// The whole picture, and those who move with their names: those who fall first, then those who
// rise, each with the largest change of points first.
// `load` is the member `service_load` as JSON.
Result<std::string> preview_answer(AccountLabels& labels, const ScoringModel& model,
                                   const Preview& preview, std::string_view load);

// One account's score with every part, and what lifts it. Criteria that are not seen are named
// and nothing else is said of them.
std::string explanation_answer(const ModelOutcomes& scored, const std::vector<bool>& seen);

}  // namespace linchpin::identify
