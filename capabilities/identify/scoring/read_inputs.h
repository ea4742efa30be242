#pragma once

// What a scoring model sees of accounts, read for all of them at once: fields of the record, and
// measures of orders, contracts, invoices and receipts up to a day.

#include "access/scope.h"
#include "base/json.h"
#include "identify/scoring/measured_inputs.h"
#include "identify/scoring/score.h"
#include "records/records.h"

namespace linchpin::identify {

struct ScoredAccount {
  RecordId account;
  ScoreInputs inputs;
  std::optional<Units> composite_before;
  RecordId override_id{};  // of inputs.override_tier
};

// Errors: validation_failed with `no_such_measure` {name}, `field_not_scorable` {name},
// `bands_do_not_fit` or, of a tier that accounts do not have, `no_such_option` {value}; each with
// its place.
Status check_sources(const records::Schema& schema, const ScoringModel& model);

// Of what the filter lets through (null = all), one record.
json::value where_only(const json::value& where, RecordId id);

// Those behind the filter (null = all), or of them the one account that `only` names. Errors: those
// of the filter and of check_sources.
Result<std::vector<ScoredAccount>> read_score_inputs(records::Records& records,
                                                     storage::Connection& connection,
                                                     const access::AccessScope& scope,
                                                     const ScoringModel& model,
                                                     const json::value& where, Day as_of,
                                                     const OneAccount* only = nullptr);

}  // namespace linchpin::identify
