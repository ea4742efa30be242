#include <cmath>

#include "base/json.h"
#include "measurements.h"

namespace linchpin::load {

namespace {

constexpr const char* accounts_path = "/api/v1/records/account/query";
constexpr const char* reach_goal = "<= 3.00 or 15 ms";

struct Order {
  const char* name;
  const char* sort;
};
constexpr Order orders[] = {{"newest", "null"},
                            {"by name", R"([{"field":"name"}])"},
                            {"by revenue", R"([{"field":"annual_revenue","dir":"desc"}])"}};

std::string page_of(const Order& order) {
  return std::string(R"({"select":["code","name","city","owner"],"sort":)") + order.sort +
         R"(,"page":{"limit":50}})";
}

}  // namespace

// What those wait for a page who see a few, some and most of the accounts: the
// second figure is the administrator's.
Status Measurements::reach() {
  LP_TRY(LoadConnection connection, LoadConnection::open(port_));
  std::vector<double> everything;
  for (const Order& order : orders) {
    LP_TRY(const LoadResult result, load(1, {post_request(accounts_path, token_, page_of(order))}));
    everything.push_back(result.median_ms);
  }
  for (const Manager& manager : managers) {
    LP_TRY(const std::string token, token_of(manager.login));
    LP_TRY(const Reply counted,
           connection.ask(post_request(accounts_path, token, R"({"count":"exact"})")));
    LP_TRY(const json::object answer, parse_json_object(counted.body));
    if (counted.status != 200) return Error::internal("count: " + counted.body);
    const auto seen = answer.at("count").to_number<double>();
    const double owned = static_cast<double>(manager.per_million) *
                         static_cast<double>(setting_.size.accounts) / 1e6;
    if (std::abs(seen - owned) > 5 * std::sqrt(owned) + 1) {
      return Error::internal(std::string(manager.login) + " sees " + std::to_string(seen));
    }
    for (std::size_t i = 0; i < everything.size(); ++i) {
      LP_TRY(const LoadResult result,
             load(1, {post_request(accounts_path, token, page_of(orders[i]))}));
      if (result.failed > 0) return Error::internal("reach: requests failed");
      report_.row("page " + std::string(orders[i].name) + ": " + manager.login, result.median_ms,
                  everything[i], "ms", reach_goal);
    }
  }
  return {};
}

}  // namespace linchpin::load
