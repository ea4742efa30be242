#include "identify/region_share.h"

#include <algorithm>

#include "base/wide_decimal.h"
#include "records/conditions.h"
#include "records/scan.h"

namespace linchpin::identify {

namespace {

using storage::Connection;

constexpr std::string_view market_object = "region_market";

Result<std::string> region_of(records::Records& records, const access::AccessScope& scope,
                              RecordId account) {
  return records.database().read([&](Connection& connection) -> Result<std::string> {
    std::optional<std::string> region;
    LP_CHECK(records::scan_fields(records, connection, scope, "account",
                                  records::where_is("id", format_id(account)), {"region"},
                                  [&](RecordId, std::span<const storage::Value> values) {
                                    region = records::text_of(values[0]);
                                  }));
    if (!region) return Error::of(ErrorCode::not_found);
    return std::move(*region);
  });
}

// Nothing where no year up to `last` is known, or the sizes are out of the scope's sight.
Result<std::optional<RegionMarket>> market_of(records::Records& records,
                                              const access::AccessScope& scope,
                                              const std::string& region, std::int64_t last) {
  const auto schema = records.schema();
  const records::Object* object = schema->object(market_object);
  const records::Field* size = object ? object->field("size") : nullptr;
  if (!size || !scope.may(access::Action::read, market_object)) {
    return std::optional<RegionMarket>();
  }
  std::optional<RegionMarket> market;
  LP_CHECK(records.database().read([&](Connection& connection) {
    return records::scan_fields(records, connection, scope, market_object,
                                records::where_is("region", region), {"year", "size"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  const std::int64_t year = records::integer_of(values[0]);
                                  if (year > last || records::is_empty(values[1])) return;
                                  if (market && market->year > year) return;
                                  if (!market || market->year < year)
                                    market = RegionMarket{year, 0, size->scale, 0, 0};
                                  market->size += records::integer_of(values[1]);
                                });
  }));
  if (market && market->size <= 0) market.reset();
  return market;
}

// Positive sales of the region's customers, and what the account has of them.
struct Sales {
  WideUnits all = 0;
  std::size_t customers = 0;
  Units account = 0;
};

Result<Sales> sales_in(ComputedRankings& rankings, const access::AccessScope& scope,
                       const std::string& region, RecordId account, records::Window window) {
  RankingRequest request;
  request.measure.window = window;
  request.measure.where = records::where_is("region", region);
  request.classes = default_classes();
  LP_TRY(const auto computed, rankings.of(scope, request));
  const Ranking& ranking = computed->ranking;
  Sales sales{ranking.total, ranking.positive, 0};
  const auto row = std::find_if(ranking.rows.begin(), ranking.rows.end(),
                                [&](const RankedCustomer& one) { return one.account == account; });
  if (row != ranking.rows.end()) sales.account = row->value;
  return sales;
}

Day first_day_of_year(std::int64_t year) {
  return day_of({static_cast<std::int32_t>(year), 1, 1});
}

// Null where there is nothing to hold it against; sales below zero have no share.
void write_share(JsonWriter& out, std::string_view name, WideUnits value, int scale,
                 WideUnits total, int total_scale) {
  out.key(name);
  if (total <= 0 || value < 0) {
    out.null();
    return;
  }
  out.number(static_cast<double>(value) / static_cast<double>(power_of_ten(scale)) /
             (static_cast<double>(total) / static_cast<double>(power_of_ten(total_scale))));
}

void write_market(JsonWriter& out, const RegionMarket& market, int scale) {
  out.begin_object().key("year").integer(market.year).key("over").boolean(market.over);
  out.key("size").string(format_wide_decimal(market.size, market.size_scale));
  out.key("sales").string(format_wide_decimal(market.sales, scale));
  write_share(out, "share", market.sales, scale, market.size, market.size_scale);
  out.key("account_sales").decimal(market.account_sales, scale);
  write_share(out, "account_share", market.account_sales, scale, market.size, market.size_scale);
  out.end_object();
}

}  // namespace

Result<RegionShare> region_share(records::Records& records, ComputedRankings& rankings,
                                 const access::AccessScope& scope, RecordId account,
                                 records::Window window) {
  RegionShare share;
  LP_TRY(share.region, region_of(records, scope, account));
  const auto schema = records.schema();
  if (!records::reaches_every_row(records.viewer(scope), access::Action::read,
                                  *schema->object("account"))) {
    return Error::of(ErrorCode::forbidden);
  }
  if (share.region.empty()) return share;
  LP_TRY(const Sales sales, sales_in(rankings, scope, share.region, account, window));
  share.sales = sales.all;
  share.customers = sales.customers;
  share.account_sales = sales.account;
  const std::int64_t last = civil_of(window.to - 1).year;
  LP_TRY(share.market, market_of(records, scope, share.region, last));
  if (!share.market) return share;
  RegionMarket& market = *share.market;
  const records::Window year{first_day_of_year(market.year), first_day_of_year(market.year + 1)};
  LP_TRY(const Sales of_year, sales_in(rankings, scope, share.region, account, year));
  market.sales = of_year.all;
  market.account_sales = of_year.account;
  market.over = year.to <= records.today();
  return share;
}

void write_region_share(JsonWriter& out, const RegionShare& share, int sales_scale) {
  out.begin_object().key("region");
  share.region.empty() ? out.null() : out.string(share.region);
  out.key("sales").string(format_wide_decimal(share.sales, sales_scale));
  out.key("customers").integer(static_cast<std::int64_t>(share.customers));
  out.key("account_sales").decimal(share.account_sales, sales_scale);
  write_share(out, "account_share", share.account_sales, sales_scale, share.sales, sales_scale);
  out.key("market");
  if (share.market) {
    write_market(out, *share.market, sales_scale);
  } else {
    out.null();
  }
  out.end_object();
}

}  // namespace linchpin::identify
