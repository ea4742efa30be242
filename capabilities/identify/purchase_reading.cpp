#include "identify/purchase_reading.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "identify/measures.h"
#include "records/fact_days.h"

namespace linchpin::identify {

namespace {

using AccountSet = boost::unordered_flat_set<std::int64_t>;

struct SalesFact {
  const records::Object* object = nullptr;
  const records::Fact* fact = nullptr;
};

Result<SalesFact> sales_fact(const records::Schema& schema) {
  const MeasureFact named = measure_fact(Measure::net_sales);
  const records::Object* object = schema.object(named.object);
  const records::Fact* fact = object ? object->fact(named.fact) : nullptr;
  if (!fact) return Error::internal("identify: no fact " + std::string(named.fact));
  return SalesFact{object, fact};
}

// Nothing where everybody is wanted and may be seen.
Result<std::optional<AccountSet>> accounts_behind(records::Records& records,
                                                  storage::Connection& connection,
                                                  const access::AccessScope& scope,
                                                  const json::value& where) {
  const records::Object* account = records.schema()->object("account");
  const bool sees_all =
      account && records::reaches_every_row(records.viewer(scope), access::Action::read, *account);
  if (where.is_null() && sees_all) return std::optional<AccountSet>();
  AccountSet wanted;
  LP_CHECK(records.select_ids(connection, scope, "account", where,
                              [&](RecordId id) { wanted.insert(id.value); }));
  return std::optional<AccountSet>(std::move(wanted));
}

bool is_wanted(const std::optional<AccountSet>& wanted, std::int64_t key) {
  return key != 0 && (!wanted || wanted->contains(key));
}

}  // namespace

Result<std::vector<PurchaseDay>> read_purchases(records::Records& records,
                                                storage::Connection& connection,
                                                const access::AccessScope& scope,
                                                records::Window window, const json::value& where) {
  const auto schema = records.schema();
  LP_TRY(const SalesFact sales, sales_fact(*schema));
  LP_CHECK(check_measured(*schema, scope, Measure::net_sales));
  LP_TRY(const auto wanted, accounts_behind(records, connection, scope, where));
  std::vector<PurchaseDay> days;
  LP_CHECK(records::read_positive_days(connection, *schema, *sales.object, *sales.fact, "quantity",
                                       "net_amount", window, [&](const records::FactDay& found) {
                                         if (is_wanted(wanted, found.key))
                                           days.push_back({{found.key}, found.day, found.sum});
                                       }));
  return days;
}

Result<std::vector<RfmInput>> read_rfm(records::Records& records, storage::Connection& connection,
                                       const access::AccessScope& scope, std::optional<Day> from,
                                       Day as_of, const json::value& where) {
  const auto schema = records.schema();
  LP_TRY(const SalesFact sales, sales_fact(*schema));
  LP_TRY(const auto span, records::fact_span(connection, *sales.fact));
  std::vector<RfmInput> customers;
  if (!span) return customers;
  const records::Window window{from.value_or(std::min(span->from, as_of)), as_of + 1};
  MeasureRequest measure;
  measure.window = window;
  measure.where = where;
  LP_TRY(const MeasuredCustomers measured, measure_customers(records, connection, scope, measure));
  boost::unordered_flat_map<std::int64_t, records::DocumentSpan> spans;
  LP_CHECK(records::read_document_spans(
      connection, *sales.fact, window,
      [&](const records::DocumentSpan& found) { spans[found.key] = found; }));
  for (const CustomerValue& customer : measured.customers) {
    const auto found = spans.find(customer.account.value);
    if (found == spans.end()) continue;
    customers.push_back(
        {customer.account, found->second.last, found->second.documents, customer.value});
  }
  return customers;
}

int sales_scale(const records::Schema& schema) {
  return measure_scale(schema, Measure::net_sales);
}

}  // namespace linchpin::identify
