#include "receivables/claims.h"

#include <latch>
#include <thread>

#include "receivables/rules.h"
#include "records/test_workspace.h"

namespace linchpin::receivables {
namespace {

class ClaimsTest : public ::testing::Test {
 protected:
  ClaimsTest() { workspace_.hire_admin(); }

  RecordId pay(const char* amount) {
    const std::string fields = std::string(R"({"amount":")") + amount + R"("})";
    return workspace_.create("payment", fields);
  }

  Result<Claimed> claim(storage::Connection& connection, RecordId payment, Units amount) {
    Claim claim{payment, account_, {{invoice_, {}, {}, amount}}};
    return claim_payment(workspace_.records(), connection, workspace_.admin(),
                         workspace_.options().origin, claim, workspace_.clock().now());
  }

  std::string open_amount() {
    return std::string(workspace_.read("invoice", invoice_).at("open_amount").as_string());
  }

  records::TestWorkspace workspace_{add_rules};
  RecordId account_ = workspace_.create("account", R"({"code":"A1","name":"华北电力"})");
  RecordId invoice_ = workspace_.create(
      "invoice", R"({"number":"I1","account":")" + format_id(account_) + R"(","amount":"100"})");
};

TEST_F(ClaimsTest, TwoAtOnceDoNotSettleAnInvoiceTwice) {
  const RecordId first = pay("80");
  const RecordId second = pay("80");
  const auto other = workspace_.another_connection();
  std::latch claimed(1);
  std::latch going(1);
  Status late;
  std::thread late_one([&] {
    claimed.wait();
    going.count_down();
    late = other->write([&](storage::Connection& connection) -> Status {
      LP_CHECK(claim(connection, second, 8'000));
      return {};
    });
  });
  const Status early = workspace_.database().write([&](storage::Connection& connection) -> Status {
    const auto done = claim(connection, first, 8'000);
    claimed.count_down();
    going.wait();
    LP_CHECK(done);
    return {};
  });
  late_one.join();
  EXPECT_TRUE(early) << records::TestWorkspace::first_problem(early.error());
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().problems.front().code, "allocation_over_invoice");
  EXPECT_EQ(open_amount(), "20.00");
}

TEST_F(ClaimsTest, WhatIsRefusedLeavesNothingBehind) {
  const RecordId payment = pay("150");
  const Status refused =
      workspace_.database().write([&](storage::Connection& connection) -> Status {
        LP_CHECK(claim(connection, payment, 10'001));
        return {};
      });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.front().code, "allocation_over_invoice");
  EXPECT_TRUE(workspace_.read("payment", payment).at("account").is_null());
  EXPECT_EQ(open_amount(), "100.00");
}

}  // namespace
}  // namespace linchpin::receivables
