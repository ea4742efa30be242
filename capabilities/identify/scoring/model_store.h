#pragma once

// Scoring models as records: read, published, rolled back. What was published stays as a version.

#include <optional>
#include <vector>

#include "access/scope.h"
#include "base/json.h"
#include "identify/scoring/model.h"
#include "records/bulk.h"
#include "records/records.h"

namespace linchpin::identify {

constexpr std::size_t max_published_models = 100;

struct StoredModel {
  RecordId id;
  json::object definition;  // scope, criteria, thresholds, margin
  json::value scope;        // filter on accounts; null = all
  ScoringModel model;
  std::int64_t version = 0;  // published last; 0 = never
  // Why its definition can no longer be read: a field, a measure or a tier is gone since. Then
  // `model` says nothing; a scope that is lost as well counts as all accounts.
  std::optional<Error> problem{};
};

// The database may be better again in a moment. What else is wrong with a model or an account stays
// so, and must not hold up the others.
bool is_passing(const Error& error);

// The parts of a definition that read_model reads.
json::object model_part(const json::object& definition);

// As it is edited now. Errors: not_found; those of read_model and check_sources.
Result<StoredModel> draft_model(records::Records& records, storage::Connection& connection,
                                const access::AccessScope& scope, RecordId id);
// A version that was published. Error: not_found.
Result<StoredModel> published_version(records::Records& records, storage::Connection& connection,
                                      const access::AccessScope& scope, RecordId id,
                                      std::int64_t number);
// Every published model as it was published, the latest first; those that cannot be read with
// their problem.
Result<std::vector<StoredModel>> published_models(records::Records& records,
                                                  storage::Connection& connection,
                                                  const access::AccessScope& scope);

// Within a write: makes `model` the published version and gives its number. The record takes its
// definition, so that after a roll-back people edit what is in force.
Result<std::int64_t> publish_model(records::BulkSlice& slice, const StoredModel& model,
                                   Instant now);

}  // namespace linchpin::identify
