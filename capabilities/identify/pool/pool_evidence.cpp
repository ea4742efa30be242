#include "identify/pool/pool_evidence.h"

#include <algorithm>

#include "identify/scoring/score.h"
#include "records/fact_of_key.h"

namespace linchpin::identify {

namespace {

constexpr int score_scale = 2;
constexpr int completeness_scale = 2;
constexpr int days_of_evidence = 365;

void put_decimal(json::object& into, const char* key, const std::optional<Units>& value,
                 int scale) {
  into[key] = nullptr;
  if (value) into[key] = format_decimal(*value, scale);
}

// Of the lines of posted orders.
Result<std::optional<Units>> net_sales_between(const PoolSource& source, RecordId account,
                                               records::Window window, int& scale) {
  const auto schema = source.records.schema();
  const records::Object* line = schema->object("order_line");
  const records::Fact* fact = line ? line->fact("sales") : nullptr;
  const records::Field* field = line ? line->field("net_amount") : nullptr;
  if (!fact || !field) return Error::internal("pool: no fact of sales");
  scale = field->scale;
  const auto place = static_cast<std::size_t>(
      std::find(fact->measures.begin(), fact->measures.end(), "net_amount") -
      fact->measures.begin());
  WideUnits sum = 0;
  std::int64_t lines = 0;
  LP_CHECK(records::read_fact_of(source.connection, *fact, account.value, window,
                                 [&](std::int64_t, const records::FactSums& sums) {
                                   sum += sums.measures[place];
                                   lines += sums.lines;
                                 }));
  if (lines == 0) return std::optional<Units>();
  LP_TRY(const Units narrowed, narrow(sum));
  return std::optional<Units>(narrowed);
}

Status add_sales(const PoolSource& source, RecordId account, PoolEvidence& evidence) {
  const Day today = source.records.today();
  const Day begin = today + 1 - days_of_evidence;
  int scale = 0;
  LP_TRY(const auto now, net_sales_between(source, account, {begin, today + 1}, scale));
  LP_TRY(const auto before,
         net_sales_between(source, account, {begin - days_of_evidence, begin}, scale));
  put_decimal(evidence.snapshot, "net_sales_12_months", now, scale);
  put_decimal(evidence.snapshot, "net_sales_12_months_before", before, scale);
  evidence.speaks = evidence.speaks || now || before;
  return {};
}

Status add_score(const PoolSource& source, const PoolAccount& account, PoolEvidence& evidence) {
  LP_TRY(const auto latest,
         find_latest(source, "score_result", where_is("account", format_id(account.id)), "at",
                     {"coverage", "model", "model_version"}));
  json::object& into = evidence.snapshot;
  put_decimal(into, "score", account.score, score_scale);
  for (const char* name : {"tier", "coverage", "model", "model_version"}) into[name] = nullptr;
  if (!account.tier.empty()) into["tier"] = account.tier;
  if (latest) {
    into["coverage"] = latest->integer(0);
    into["model"] = format_id(latest->link(1));
    into["model_version"] = latest->integer(2);
  }
  evidence.speaks = evidence.speaks || (latest && latest->integer(0) >= sufficient_coverage);
  return {};
}

// What a customer who does not buy yet is judged by.
Status add_potential(const PoolSource& source, RecordId account, PoolEvidence& evidence) {
  LP_TRY(const auto row,
         find_row(source, "account", account, {"purchase_potential", "industry_rank"}));
  if (!row) return Error::of(ErrorCode::not_found);
  std::optional<Units> potential;
  if (!row->empty(0)) potential = row->integer(0);
  put_decimal(evidence.snapshot, "purchase_potential", potential,
              source.records.schema()->money_scale());
  evidence.snapshot["industry_rank"] = nullptr;
  if (!row->empty(1)) evidence.snapshot["industry_rank"] = row->integer(1);
  evidence.speaks = evidence.speaks || potential || !row->empty(1);
  return {};
}

// What the latest edition of a target list that names the account says of it.
Status add_target(const PoolSource& source, RecordId account, PoolEvidence& evidence) {
  LP_TRY(const auto latest,
         find_latest(source, "target_entry", where_is("account", format_id(account)), "list.year",
                     {"list.name", "rank", "influence", "expected_volume"}));
  evidence.snapshot["target"] = nullptr;
  if (!latest) return {};
  json::object target;
  target["list"] = latest->text(0);
  for (const char* name : {"rank", "influence", "expected_volume"}) target[name] = nullptr;
  if (!latest->empty(1)) target["rank"] = latest->integer(1);
  if (!latest->empty(2)) target["influence"] = latest->integer(2);
  if (!latest->empty(3)) {
    target["expected_volume"] =
        format_decimal(latest->integer(3), source.records.schema()->money_scale());
  }
  evidence.snapshot["target"] = std::move(target);
  evidence.speaks = evidence.speaks || !latest->empty(2) || !latest->empty(3);
  return {};
}

Status add_card(const PoolSource& source, const PoolAccount& account, const PoolPolicy& policy,
                PoolEvidence& evidence) {
  const auto schema = source.records.schema();
  const records::Object* object = schema->object("account");
  std::vector<std::string> asked;
  for (const std::string& name : policy.required_fields) {
    const records::Field* field = object ? object->field(name) : nullptr;
    const bool readable =
        field && field->stored && field->sensitivity == records::Sensitivity::normal;
    if (readable) asked.push_back(name);
  }
  LP_TRY(const auto row, find_row(source, "account", account.id, asked));
  if (!row) return Error::of(ErrorCode::not_found);
  json::array missing;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!row->empty(i)) continue;
    missing.emplace_back(std::string_view(asked[i]));
    evidence.missing.push_back(asked[i]);
  }
  const Units least = policy.minimum_completeness * power_of_ten(completeness_scale);
  const bool thin = least > 0 && account.completeness.value_or(0) < least;
  evidence.incomplete = thin || !evidence.missing.empty();
  put_decimal(evidence.snapshot, "completeness", account.completeness, completeness_scale);
  evidence.snapshot["missing"] = std::move(missing);
  return {};
}

}  // namespace

Result<std::optional<PoolAccount>> read_pool_account(const PoolSource& source, RecordId id) {
  LP_TRY(const auto row,
         find_row(source, "account", id,
                  {"code", "name", "pool_state", "tier", "owner", "score", "completeness"}));
  if (!row) return std::optional<PoolAccount>();
  PoolAccount account;
  account.id = id;
  account.code = row->text(0);
  account.name = row->text(1);
  account.state = pool_state_named(row->text(2));
  account.tier = row->text(3);
  account.owner = row->link(4);
  if (!row->empty(5)) account.score = row->integer(5);
  if (!row->empty(6)) account.completeness = row->integer(6);
  return std::optional<PoolAccount>(std::move(account));
}

Result<PoolEvidence> gather_evidence(const PoolSource& source, const PoolAccount& account,
                                     const PoolPolicy& policy, Instant now) {
  PoolEvidence evidence;
  evidence.snapshot["at"] = format_instant(now);
  LP_CHECK(add_score(source, account, evidence));
  LP_CHECK(add_sales(source, account.id, evidence));
  LP_CHECK(add_potential(source, account.id, evidence));
  LP_CHECK(add_target(source, account.id, evidence));
  LP_CHECK(add_card(source, account, policy, evidence));
  return evidence;
}

}  // namespace linchpin::identify
