#include "identify/scoring/rescore.h"

#include <algorithm>
#include <unordered_set>

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

json::value both(const json::value& one, const json::value& other) {
  json::object where{{"op", "and"}};
  where["args"] = json::array{one, other};
  return where;
}

// One slice of changed accounts in a transaction of its own.
class ResultWriter {
 public:
  ResultWriter(records::Records& records, const access::AccessScope& scope, Instant now)
      : records_(records), scope_(scope), now_(now) {}

  Status write(Connection& connection, const ModelOutcomes& scored,
               const std::vector<std::size_t>& changed, std::size_t begin, std::size_t end) {
    stream::Origin origin;
    records::BulkSlice slice(records_, connection, scope_, origin);
    const records::Object* results = slice.object("score_result");
    const records::Object* accounts = slice.object("account");
    if (!results || !accounts) return Error::internal("scoring: its objects are missing");
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t place = changed[i];
      LP_CHECK(add_result(slice, *results, scored, place));
      const ScoredOutcome& one = scored.outcomes[place];
      LP_CHECK(slice.update(*accounts, one.account,
                            {{accounts->field("score"), one.score.composite},
                             {accounts->field("tier"), one.score.tier}}));
    }
    return slice.finish();
  }

 private:
  Status add_result(records::BulkSlice& slice, const records::Object& results,
                    const ModelOutcomes& scored, std::size_t place) {
    const ScoredOutcome& one = scored.outcomes[place];
    RowValues row(results.fields.size());
    const auto set = [&](std::string_view field, storage::Value value) {
      row[results.field(field)->index] = std::move(value);
    };
    set("account", one.account.value);
    set("model", scored.model.id.value);
    set("model_version", scored.model.version);
    set("at", now_);
    set("composite", one.score.composite);
    set("tier", one.score.tier);
    set("coverage", std::int64_t{one.score.coverage});
    set("contributions", json::serialize(kept_contributions(
                             scored.model, scored.accounts[place].inputs, one.score)));
    LP_TRY(const RecordId made, slice.create(results, row));
    return made ? Status() : Status(Error::internal("scoring: no result was made"));
  }

  records::Records& records_;
  const access::AccessScope& scope_;
  const Instant now_;
};

Result<json::object> rescore(jobs::JobContext& context, records::Records& records, Instant now) {
  const access::AccessScope scope = access::Authority::product();
  LP_TRY(const auto models, outcomes_of_published(records, scope, {}));
  std::int64_t total = 0;
  std::int64_t done = 0;
  for (const ModelOutcomes& scored : models) {
    total += static_cast<std::int64_t>(scored.outcomes.size());
  }
  std::int64_t written = 0;
  ResultWriter writer(records, scope, now);
  for (const ModelOutcomes& scored : models) {
    std::vector<std::size_t> changed;
    for (std::size_t i = 0; i < scored.outcomes.size(); ++i) {
      if (scored.outcomes[i].changed()) changed.push_back(i);
    }
    done += static_cast<std::int64_t>(scored.outcomes.size() - changed.size());
    for (std::size_t begin = 0; begin < changed.size(); begin += rescored_per_slice) {
      if (context.cancelled() || context.stopping()) return jobs::interrupted();
      const std::size_t end = std::min(begin + rescored_per_slice, changed.size());
      done += static_cast<std::int64_t>(end - begin);
      LP_CHECK(records.database().write(
          [&](Connection& connection) -> Status {
            LP_CHECK(writer.write(connection, scored, changed, begin, end));
            return context.save(connection, done, total, {});
          },
          storage::WriteKind::job));
      written += static_cast<std::int64_t>(end - begin);
    }
  }
  return json::object{{"accounts", total}, {"changed", written}};
}

}  // namespace

Result<std::vector<ModelOutcomes>> outcomes_of_published(records::Records& records,
                                                         const access::AccessScope& scope,
                                                         const json::value& where) {
  using Answer = Result<std::vector<ModelOutcomes>>;
  return records.database().snapshot([&](Connection& connection) -> Answer {
    LP_TRY(std::vector<StoredModel> models, published_models(records, connection, scope));
    std::unordered_set<std::int64_t> taken;
    std::vector<ModelOutcomes> all;
    for (StoredModel& model : models) {
      json::value wanted = model.scope;
      if (!where.is_null()) {
        wanted = wanted.is_null() ? where : both(wanted, where);
      }
      LP_TRY(std::vector<ScoredAccount> accounts,
             read_score_inputs(records, connection, scope, model.model, wanted, records.today()));
      std::erase_if(accounts, [&](const ScoredAccount& one) {
        return !taken.insert(one.account.value).second;
      });
      std::vector<ScoredOutcome> outcomes = score_all(model.model, accounts);
      all.push_back({std::move(model), std::move(accounts), std::move(outcomes)});
    }
    return all;
  });
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

void add_rescore_kind(jobs::Jobs& jobs, records::Records& records, const Clock& clock) {
  jobs.kind(std::string(rescore_kind), [&records, &clock](jobs::JobContext& context) {
    return rescore(context, records, clock.now());
  });
}

}  // namespace linchpin::identify
