#include "identify/measures.h"

#include <map>

#include "all_capabilities.h"
#include "records/test_workspace.h"

namespace linchpin::identify {
namespace {

class Measures : public ::testing::Test {
 protected:
  Measures() : workspace(add_capability_rules) {
    first = workspace.create("account", R"({"code":"A1","name":"甲","sector":"finance"})");
    second = workspace.create("account", R"({"code":"B1","name":"乙","sector":"telecom"})");
  }

  void line(RecordId account, const std::string& rest) {
    std::string fields = "{" + rest;
    if (account) fields += R"(,"account":")" + format_id(account) + "\"";
    workspace.create("order_line", fields + "}");
  }
  void of(const char* object, RecordId account, const std::string& rest) {
    workspace.create(object, R"({"account":")" + format_id(account) + "\"," + rest + "}");
  }
  MeasureRequest in_2026(Measure measure) const {
    MeasureRequest request;
    request.measure = measure;
    request.window = {*parse_date("2026-01-01"), *parse_date("2027-01-01")};
    return request;
  }
  MeasuredCustomers measured(const MeasureRequest& request) {
    auto found = workspace.database().read([&](storage::Connection& connection) {
      return measure_customers(workspace.records(), connection, workspace.admin(), request);
    });
    EXPECT_TRUE(found);
    return found ? std::move(*found) : MeasuredCustomers();
  }
  std::map<RecordId, Units> values(const MeasureRequest& request) {
    std::map<RecordId, Units> by_account;
    for (const CustomerValue& customer : measured(request).customers) {
      by_account[customer.account] = customer.value;
    }
    return by_account;
  }

  records::TestWorkspace workspace;
  RecordId first, second;
};

using Values = std::map<RecordId, Units>;

TEST_F(Measures, NetSalesSumLinesAndReturnsInsideTheWindow) {
  line(first, R"("ordered_on":"2026-01-01","quantity":"2","unit_price":"10.25")");
  line(first, R"("ordered_on":"2026-12-31","quantity":"-1","unit_price":"0.5")");
  line(first, R"("ordered_on":"2027-01-01","quantity":"1","unit_price":"999")");
  line(second, R"("ordered_on":"2026-05-01","quantity":"-3","unit_price":"1")");
  line({}, R"("ordered_on":"2026-05-01","quantity":"4","unit_price":"1")");
  EXPECT_EQ(values(in_2026(Measure::net_sales)), (Values{{first, 200'000}, {second, -30'000}}));
  EXPECT_EQ(measured(in_2026(Measure::net_sales)).unassigned, 40'000);
}

TEST_F(Measures, TaxAndCost) {
  line(first, R"("ordered_on":"2026-01-01","quantity":"1","unit_price":"113",)"
              R"("tax_rate":"13","tax_basis":"inclusive","cost":"60")");
  MeasureRequest request = in_2026(Measure::net_sales);
  EXPECT_EQ(values(request), (Values{{first, 1'000'000}}));
  request.tax = Tax::inclusive;
  EXPECT_EQ(values(request), (Values{{first, 1'130'000}}));
  request.measure = Measure::gross_profit;  // knows no tax
  EXPECT_EQ(values(request), (Values{{first, 400'000}}));
  EXPECT_EQ(settled_tax(Measure::gross_profit, Tax::inclusive), Tax::exclusive);
  EXPECT_EQ(settled_tax(Measure::cash_received, Tax::exclusive), Tax::inclusive);
}

TEST_F(Measures, QuantityAndOrders) {
  const auto order = [&](const char* number) {
    return format_id(workspace.create("order", R"({"number":")" + std::string(number) + R"("})"));
  };
  const std::string sale = order("S1");
  const std::string refund = order("S2");
  line(first,
       R"("ordered_on":"2026-01-01","quantity":"2","unit_price":"5","order":")" + sale + "\"");
  line(first,
       R"("ordered_on":"2026-01-02","quantity":"3","unit_price":"5","order":")" + sale + "\"");
  line(first,
       R"("ordered_on":"2026-01-03","quantity":"-1","unit_price":"5","order":")" + refund + "\"");
  EXPECT_EQ(values(in_2026(Measure::quantity)), (Values{{first, 40'000}}));
  EXPECT_EQ(values(in_2026(Measure::orders)), (Values{{first, 1}}));
}

// Days are the workspace's: the last evening of 2025 in UTC is 2026 in Shanghai.
TEST_F(Measures, ProjectsOpenedInTheWindow) {
  of("opportunity", first, R"("name":"一","opened_at":"2025-12-31T16:30:00Z")");
  of("opportunity", first, R"("name":"二","opened_at":"2026-05-01T08:00:00Z","stage":"lost")");
  of("opportunity", first, R"("name":"三","opened_at":"2026-12-31T16:30:00Z")");
  of("opportunity", second, R"("name":"四","opened_at":"2025-12-31T15:30:00Z")");
  of("opportunity", second, R"("name":"五")");
  MeasureRequest request = in_2026(Measure::projects);
  EXPECT_EQ(values(request), (Values{{first, 2}}));
  request.half_life_days = 180;  // a count does not decay
  EXPECT_EQ(values(request), (Values{{first, 2}}));
  request.account = second;
  EXPECT_EQ(values(request), Values());
  request.window.from = -719'162;  // all that ever was
  EXPECT_EQ(values(request), (Values{{second, 1}}));
  EXPECT_EQ(measure_scale(*workspace.records().schema(), Measure::projects), 0);
}

TEST_F(Measures, ContractsInvoicesAndPayments) {
  of("contract", first,
     R"("number":"C1","signed_on":"2026-03-01","amount":"1130","tax_rate":"13")");
  of("invoice", first,
     R"("number":"I1","issued_on":"2026-04-01","amount":"113","tax_amount":"13")");
  of("payment", second, R"("paid_on":"2026-05-01","amount":"70")");
  of("payment", second, R"("paid_on":"2026-05-02","amount":"30","state":"dishonoured")");
  MeasureRequest request = in_2026(Measure::signed_value);
  EXPECT_EQ(values(request), (Values{{first, 100'000}}));
  request.tax = Tax::inclusive;
  EXPECT_EQ(values(request), (Values{{first, 113'000}}));
  EXPECT_EQ(values(in_2026(Measure::invoiced)), (Values{{first, 10'000}}));
  EXPECT_EQ(values(in_2026(Measure::cash_received)), (Values{{second, 7'000}}));
}

TEST_F(Measures, AnOldAmountWeighsLess) {
  line(first, R"("ordered_on":"2026-12-31","quantity":"1","unit_price":"600")");
  line(second, R"("ordered_on":"2026-07-04","quantity":"1","unit_price":"1000")");
  MeasureRequest request = in_2026(Measure::net_sales);
  request.half_life_days = 180;
  EXPECT_EQ(values(request), (Values{{first, 6'000'000}, {second, 5'000'000}}));
}

TEST_F(Measures, OnlyTheWantedAccounts) {
  line(first, R"("ordered_on":"2026-01-01","quantity":"1","unit_price":"1")");
  line(second, R"("ordered_on":"2026-01-01","quantity":"1","unit_price":"2")");
  MeasureRequest request = in_2026(Measure::net_sales);
  request.where = *parse_json(R"({"op":"eq","field":"sector","value":"telecom"})");
  EXPECT_EQ(values(request), (Values{{second, 20'000}}));
  request.where = *parse_json(R"({"op":"eq","field":"no_such_field","value":"x"})");
  EXPECT_FALSE(workspace.database().read([&](storage::Connection& connection) {
    return measure_customers(workspace.records(), connection, workspace.admin(), request);
  }));
}

TEST(MeasureNames, ReadBack) {
  for (const char* name : {"net_sales", "signed", "invoiced", "cash_received", "gross_profit",
                           "quantity", "orders", "projects"}) {
    ASSERT_TRUE(measure_named(name)) << name;
    EXPECT_EQ(measure_name(*measure_named(name)), name);
    EXPECT_FALSE(measure_fact(*measure_named(name)).object.empty());
  }
  EXPECT_FALSE(measure_named("happiness"));
}

}  // namespace
}  // namespace linchpin::identify
