#pragma once

// What customers are ranked by: one figure per customer over a window, from the facts that the
// record engine keeps; projects are counted among the opportunities themselves.

#include <optional>
#include <string_view>
#include <vector>

#include "access/scope.h"
#include "base/json.h"
#include "identify/ranking.h"
#include "records/facts.h"
#include "records/records.h"

namespace linchpin::identify {

enum class Measure {
  net_sales,
  signed_value,
  invoiced,
  cash_received,
  gross_profit,
  quantity,
  orders,
  projects
};
std::optional<Measure> measure_named(std::string_view name);
std::string_view measure_name(Measure measure);

enum class Tax { exclusive, inclusive };

// The basis a measure is told on: receipts know no amount without tax, profit none with it.
Tax settled_tax(Measure measure, Tax wanted);
// Amounts of money; the others are numbers.
bool is_money(Measure measure);
// Whose fact holds the measure; without a fact the object's records are counted.
struct MeasureFact {
  std::string_view object;
  std::string_view fact;
};
MeasureFact measure_fact(Measure measure);
// Digits after the point of the measure's figures.
int measure_scale(const records::Schema& schema, Measure measure);

// The sums tell of every line: who sees fewer of them than accounts, or not what is summed up, may
// not be told them. Error: forbidden.
Status check_measured(const records::Schema& schema, const access::AccessScope& scope,
                      Measure measure);

struct MeasureRequest {
  Measure measure = Measure::net_sales;
  Tax tax = Tax::exclusive;
  records::Window window;
  std::optional<std::int64_t> half_life_days;  // absent = no decay
  json::value where;                           // filter on accounts; null = all
  std::optional<RecordId> account =
      std::nullopt;  // only this one, at a cost that others do not add to
};

struct MeasuredCustomers {
  std::vector<CustomerValue> customers;  // with at least one counted line in the window
  Units unassigned = 0;                  // lines without a customer
};

// Of the accounts that the scope reaches. Errors: those of the filter and of check_measured;
// `number_too_large`.
Result<MeasuredCustomers> measure_customers(records::Records& records,
                                            storage::Connection& connection,
                                            const access::AccessScope& scope,
                                            const MeasureRequest& request);

}  // namespace linchpin::identify
