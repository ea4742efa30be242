#include "identify/pool_share.h"

#include <unordered_set>

#include "base/wide_decimal.h"
#include "identify/pool/pool_policy.h"
#include "records/rights.h"

namespace linchpin::identify {

namespace {

using Members = std::unordered_set<std::int64_t>;

constexpr double percent = 100;

bool sees_pool(const records::Records& records, const access::AccessScope& scope) {
  const auto schema = records.schema();
  const records::Object* account = schema->object("account");
  const records::Field* state = account ? account->field("pool_state") : nullptr;
  return state && records::right_of(scope, *account, *state) != access::FieldRight::none;
}

Result<Members> members_of(records::Records& records, storage::Connection& connection,
                           const access::AccessScope& scope, const json::value& where) {
  json::object in_pool = where_in("pool_state", {"in_pool", "watch"});
  const json::value members_where =
      where.is_null() ? json::value(std::move(in_pool)) : all_of({where, std::move(in_pool)});
  Members members;
  LP_CHECK(records.select_ids(connection, scope, "account", members_where,
                              [&](RecordId id) { members.insert(id.value); }));
  return members;
}

std::optional<PoolPart> part_of(const Ranking& ranking, const Members& members) {
  if (ranking.positive == 0) return std::nullopt;
  PoolPart part;
  part.total = ranking.total;
  for (std::size_t i = 0; i < ranking.positive; ++i) {
    const RankedCustomer& row = ranking.rows[i];
    if (members.contains(row.account.value)) part.value += row.value;
  }
  part.share = static_cast<double>(part.value) / static_cast<double>(part.total);
  return part;
}

// Nothing where the scope may not be told the measure.
Result<std::optional<PoolPart>> seen_part(
    const Result<std::shared_ptr<const ComputedRanking>>& ranked, const Members& members) {
  if (!ranked && ranked.error().code == ErrorCode::forbidden) return std::optional<PoolPart>();
  if (!ranked) return ranked.error();
  return *ranked ? part_of((*ranked)->ranking, members) : std::optional<PoolPart>();
}

void write_part(JsonWriter& out, std::string_view name, const std::optional<PoolPart>& part,
                double yardstick, int scale) {
  out.key(name);
  if (!part) {
    out.null();
    return;
  }
  out.begin_object().key("value").string(format_wide_decimal(part->value, scale));
  out.key("total").string(format_wide_decimal(part->total, scale));
  out.key("share").number(part->share);
  out.key("reached").boolean(part->share >= yardstick).end_object();
}

}  // namespace

Result<std::optional<PoolShare>> pool_share(records::Records& records, ComputedRankings& rankings,
                                            const access::AccessScope& scope,
                                            const RankingRequest& request) {
  if (!sees_pool(records, scope)) return std::optional<PoolShare>();
  PoolShare pool;
  const access::AccessScope product = access::Authority::product();
  LP_TRY(const Members members,
         records.database().read([&](storage::Connection& connection) -> Result<Members> {
           LP_TRY(const PoolPolicy policy, read_pool_policy({records, connection, product}));
           pool.yardstick = static_cast<double>(policy.share_yardstick) / percent;
           return members_of(records, connection, scope, request.measure.where);
         }));
  pool.accounts = static_cast<std::int64_t>(members.size());
  if (request.yardstick) pool.yardstick = *request.yardstick;
  LP_TRY(pool.net_sales,
         seen_part(rankings.of(scope, plain_request(request, Measure::net_sales)), members));
  LP_TRY(pool.gross_profit, seen_part(rankings.profit_of(scope, request), members));
  return std::optional(pool);
}

void write_pool_share(JsonWriter& out, const std::optional<PoolShare>& pool, int scale) {
  if (!pool) {
    out.null();
    return;
  }
  out.begin_object().key("accounts").integer(pool->accounts);
  out.key("yardstick").number(pool->yardstick);
  write_part(out, "net_sales", pool->net_sales, pool->yardstick, scale);
  write_part(out, "gross_profit", pool->gross_profit, pool->yardstick, scale);
  out.end_object();
}

}  // namespace linchpin::identify
