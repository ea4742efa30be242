#include "identify/scoring/rescore.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <unordered_set>

#include "base/log.h"
#include "identify/pool/pool_entries.h"

namespace linchpin::identify {

namespace {

using records::RowValues;
using storage::Connection;

json::object contribution_json(const Criterion& criterion, const Input& input,
                               const Contribution& part) {
  json::object kept;
  kept["key"] = criterion.key;
  if (input.number) {
    kept["input"] = format_decimal(*input.number, value_scale);
  } else if (!input.choice.empty()) {
    kept["input"] = input.choice;
  } else {
    kept["input"] = nullptr;
  }
  kept["band"] = part.band ? json::value(static_cast<std::int64_t>(*part.band)) : json::value();
  kept["points"] = format_decimal(part.points, points_scale);
  kept["weight"] = format_decimal(criterion.weight, points_scale);
  kept["counts"] = part.counts;
  kept["contribution"] = format_decimal(part.contribution, points_scale);
  return kept;
}

storage::Value& place_in(RowValues& row, const records::Object& object, std::string_view field) {
  return row[object.field(field)->index];
}

Status add_result(records::BulkSlice& slice, const records::Object& results,
                  const ModelOutcomes& scored, std::size_t place, Instant now) {
  const ScoredOutcome& one = scored.outcomes[place];
  RowValues row(results.fields.size());
  place_in(row, results, "account") = one.account.value;
  place_in(row, results, "model") = scored.model.id.value;
  place_in(row, results, "model_version") = scored.model.version;
  place_in(row, results, "at") = now;
  place_in(row, results, "composite") = one.score.composite;
  place_in(row, results, "tier") = one.score.tier;
  if (!one.tier_before.empty()) place_in(row, results, "tier_before") = one.tier_before;
  if (scored.accounts[place].override_id) {
    place_in(row, results, "override") = scored.accounts[place].override_id.value;
  }
  place_in(row, results, "coverage") = std::int64_t{one.score.coverage};
  place_in(row, results, "contributions") =
      json::serialize(kept_contributions(scored.model, scored.accounts[place].inputs, one.score));
  LP_TRY(const RecordId made, slice.create(results, row));
  return made ? Status() : Status(Error::internal("scoring: no result was made"));
}

// Writes the outcomes of a job, slice by slice.
class Rescoring {
 public:
  Rescoring(jobs::JobContext& context, records::Records& records, Instant now)
      : context_(context), records_(records), now_(now) {}

  Result<json::object> run() {
    LP_TRY(const auto models, outcomes_of_published(records_, access::Authority::product()));
    std::int64_t unread = 0;
    for (const ModelOutcomes& scored : models) {
      total_ += scored.scored;
      if (scored.model.problem) ++unread;
    }
    for (const ModelOutcomes& scored : models) LP_CHECK(write_changed(scored));
    return json::object{{"accounts", total_},
                        {"changed", written_},
                        {"not_written", failed_},
                        {"models_not_read", unread}};
  }

 private:
  Status write_changed(const ModelOutcomes& scored) {
    std::vector<std::size_t> changed(scored.outcomes.size());
    std::iota(changed.begin(), changed.end(), std::size_t{0});
    done_ += scored.scored - static_cast<std::int64_t>(changed.size());
    for (std::size_t begin = 0; begin < changed.size(); begin += rescored_per_slice) {
      if (context_.cancelled() || context_.stopping()) return jobs::interrupted();
      const std::size_t end = std::min(begin + rescored_per_slice, changed.size());
      LP_CHECK(write_slice(scored, std::span(changed).subspan(begin, end - begin)));
    }
    return {};
  }

  // What cannot be written together is written one by one, and who cannot be written alone is told.
  Status write_slice(const ModelOutcomes& scored, std::span<const std::size_t> places) {
    const auto count = static_cast<std::int64_t>(places.size());
    bool outcomes_failed = false;
    const Status done = records_.database().write(
        [&](Connection& connection) -> Status {
          const Status written = write_outcomes(records_, connection, access::Authority::product(),
                                                scored, places, now_);
          outcomes_failed = !written;
          LP_CHECK(written);
          return context_.save(connection, done_ + count, total_, {});
        },
        storage::WriteKind::job);
    if (done) {
      done_ += count;
      written_ += count;
      return {};
    }
    if (!outcomes_failed || is_passing(done.error())) return done;
    if (places.size() > 1) {
      for (std::size_t i = 0; i < places.size(); ++i) {
        LP_CHECK(write_slice(scored, places.subspan(i, 1)));
      }
      return {};
    }
    log_warning("score_not_written", {{"account", format_id(scored.outcomes[places[0]].account)},
                                      {"code", code_name(done.error().code)},
                                      {"why", done.error().log_detail}});
    ++done_;
    ++failed_;
    return {};
  }

  jobs::JobContext& context_;
  records::Records& records_;
  const Instant now_;
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
  std::int64_t written_ = 0;
  std::int64_t failed_ = 0;
};

using Taken = std::unordered_set<std::int64_t>;

// A model that covers accounts and says nothing of them.
Status leave_aside(records::Records& records, Connection& connection,
                   const access::AccessScope& scope, const StoredModel& model, Taken& taken) {
  log_warning("model_not_read", {{"model", format_id(model.id)},
                                 {"code", code_name(model.problem->code)},
                                 {"why", model.problem->log_detail}});
  const auto take = [&](RecordId id) { taken.insert(id.value); };
  const Status done = records.select_ids(connection, scope, "account", model.scope, take);
  if (done || is_passing(done.error())) return done;
  return records.select_ids(connection, scope, "account", {}, take);
}

Result<ModelOutcomes> score_model(const InputSource& source, StoredModel model, Taken& taken) {
  ModelOutcomes all{std::move(model), 0, {}, {}};
  StoredModel& stored = all.model;
  if (!stored.problem) {
    const Status done =
        visit_score_inputs(source, stored.model, stored.scope, source.records.today(),
                           [&](const ScoredAccount& account) {
                             if (!taken.insert(account.account.value).second) return;
                             ++all.scored;
                             ScoredOutcome outcome = score_one(stored.model, account);
                             if (!outcome.changed()) return;
                             all.accounts.push_back(account);
                             all.outcomes.push_back(std::move(outcome));
                           });
    if (done) return all;
    if (is_passing(done.error())) return done.error();
    stored.problem = done.error();
    all.scored = 0;
    all.accounts.clear();
    all.outcomes.clear();
  }
  LP_CHECK(leave_aside(source.records, source.connection, source.scope, stored, taken));
  return all;
}

// Whether a model covers the account; one whose scope cannot be read may.
Result<bool> may_cover(records::Records& records, Connection& connection,
                       const access::AccessScope& scope, const StoredModel& model,
                       RecordId account) {
  bool covers = false;
  const Status done =
      records.select_ids(connection, scope, "account", where_only(model.scope, account),
                         [&](RecordId) { covers = true; });
  if (done) return covers;
  if (is_passing(done.error())) return done.error();
  return true;
}

}  // namespace

Result<std::vector<ModelOutcomes>> outcomes_of_published(records::Records& records,
                                                         const access::AccessScope& scope) {
  using Answer = Result<std::vector<ModelOutcomes>>;
  return records.database().snapshot([&](Connection& connection) -> Answer {
    LP_TRY(std::vector<StoredModel> models, published_models(records, connection, scope));
    Taken taken;
    std::vector<ModelOutcomes> all;
    for (StoredModel& model : models) {
      LP_TRY(ModelOutcomes scored,
             score_model({records, connection, scope, std::nullopt}, std::move(model), taken));
      all.push_back(std::move(scored));
    }
    return all;
  });
}

Result<std::optional<ModelOutcomes>> outcome_of_account(records::Records& records,
                                                        Connection& connection,
                                                        const access::AccessScope& scope,
                                                        const std::vector<StoredModel>& published,
                                                        const OneAccount& account) {
  for (const StoredModel& model : published) {
    LP_TRY(const bool covers, may_cover(records, connection, scope, model, account.id));
    if (!covers) continue;
    ModelOutcomes one{model, 0, {}, {}};
    const auto take = [&](const ScoredAccount& found) {
      one.accounts.push_back(found);
      one.outcomes.push_back(score_one(model.model, found));
      ++one.scored;
    };
    if (!model.problem) {
      const Status done = visit_score_inputs({records, connection, scope, account.id}, model.model,
                                             model.scope, records.today(), take, &account.totals);
      if (!done && is_passing(done.error())) return done.error();
      if (done && !one.accounts.empty()) return std::optional<ModelOutcomes>(std::move(one));
    }
    return Error::of(ErrorCode::invalid_state, "model_unreadable");
  }
  return std::optional<ModelOutcomes>();
}

Status write_outcomes(records::Records& records, Connection& connection,
                      const access::AccessScope& scope, const ModelOutcomes& scored,
                      std::span<const std::size_t> places, Instant now) {
  stream::Origin origin;
  origin.request = rescore_origin;
  records::BulkSlice slice(records, connection, scope, origin);
  const records::Object* results = slice.object("score_result");
  const records::Object* accounts = slice.object("account");
  if (!results || !accounts) return Error::internal("scoring: its objects are missing");
  std::map<RecordId, std::string> moved;
  for (const std::size_t place : places) {
    LP_CHECK(add_result(slice, *results, scored, place, now));
    const ScoredOutcome& one = scored.outcomes[place];
    LP_CHECK(slice.update(*accounts, one.account,
                          {{accounts->field("score"), one.score.composite},
                           {accounts->field("tier"), one.score.tier}}));
    if (one.tier_before != one.score.tier) moved[one.account] = one.score.tier;
  }
  LP_CHECK(retier_open_entries({records, connection, scope}, slice, moved));
  return slice.finish();
}

json::value kept_contributions(const StoredModel& model, const ScoreInputs& inputs,
                               const Score& score) {
  json::array kept;
  for (std::size_t i = 0; i < score.contributions.size(); ++i) {
    kept.push_back(
        contribution_json(model.model.criteria[i], inputs.of_criteria[i], score.contributions[i]));
  }
  return kept;
}

Result<bool> begin_rescoring(jobs::Jobs& jobs, records::Records& records) {
  struct Found {
    bool published;
    bool open;
  };
  LP_TRY(const Found found, records.database().read([&](Connection& connection) -> Result<Found> {
    LP_TRY(const auto models, published_models(records, connection, access::Authority::product()));
    LP_TRY(const bool open, jobs::Jobs::is_open(connection, rescore_kind, {}));
    return Found{!models.empty(), open};
  }));
  if (!found.published) return true;
  if (found.open) return false;
  LP_CHECK(jobs.submit(rescore_kind, {}, RecordId()));
  return true;
}

void add_rescore_kind(jobs::Jobs& jobs, records::Records& records, const Clock& clock) {
  jobs.kind(std::string(rescore_kind), [&records, &clock](jobs::JobContext& context) {
    return Rescoring(context, records, clock.now()).run();
  });
}

void rescore_daily(jobs::Jobs& jobs, records::Records& records) {
  // Shared, because the work is copied each time it runs.
  auto done = std::make_shared<std::optional<Day>>();
  jobs.housekeeping([&jobs, &records, done] {
    const Day today = records.today();
    if (*done == today) return;
    const Result<bool> begun = begin_rescoring(jobs, records);
    if (!begun) log_warning("rescore_not_begun", {{"why", begun.error().log_detail}});
    if (begun && *begun) *done = today;
  });
}

}  // namespace linchpin::identify
