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

using AccountVisitor = std::function<void(const ScoredAccount&)>;

// Those behind the filter (null = all) that the source's scope reaches, or of them the one account
// that it names: then `totals` keeps what its share refers to. Their inputs are the product's.
// Errors: those of the filter and of check_sources; forbidden when the scope may not see a
// criterion.
Status visit_score_inputs(const InputSource& source, const ScoringModel& model,
                          const json::value& where, Day as_of, const AccountVisitor& visit,
                          SalesTotals* totals = nullptr);

}  // namespace linchpin::identify
