#include <gtest/gtest.h>

#include <map>

#include "demo/draft.h"
#include "demo/test_company.h"

namespace linchpin::demo {
namespace {

TEST(DemoMoney, InvoicesRepeatTheirOrders) {
  std::map<int, int> invoices;
  for (const Invoice& invoice : company().invoices) {
    const Order& order = at(company().orders, invoice.order);
    EXPECT_TRUE(order.posted());
    EXPECT_EQ(invoice.amount, order.amount);
    EXPECT_EQ(invoice.amount - invoice.tax_amount, order.net_amount);
    EXPECT_EQ(invoice.account, order.account);
    EXPECT_GE(invoice.issued_on, order.day);
    EXPECT_GE(invoice.due_on, invoice.issued_on);
    EXPECT_EQ(++invoices[invoice.order], 1);
  }
}

TEST(DemoMoney, NothingIsSettledTwice) {
  std::map<int, Units> of_invoice;
  std::map<int, Units> of_payment;
  for (const Allocation& allocation : company().allocations) {
    const Payment& payment = at(company().payments, allocation.payment);
    const Invoice& invoice = at(company().invoices, allocation.invoice);
    EXPECT_EQ(payment.account, invoice.account);
    EXPECT_GE(payment.paid_on, invoice.issued_on);
    EXPECT_EQ(allocation.amount > 0, invoice.amount > 0);
    EXPECT_NE(payment.state, "dishonoured");
    of_invoice[allocation.invoice] += allocation.amount;
    of_payment[allocation.payment] += allocation.amount;
  }
  for (const auto& [payment, sum] : of_payment) {
    EXPECT_LE(sum, at(company().payments, payment).amount);
  }
  for (std::size_t i = 0; i < company().invoices.size(); ++i) {
    const Invoice& invoice = company().invoices[i];
    EXPECT_EQ(invoice.open_amount, invoice.amount - of_invoice[static_cast<int>(i)]);
    EXPECT_GE(invoice.amount > 0 ? invoice.open_amount : -invoice.open_amount, 0);
  }
}

TEST(DemoMoney, SomeCustomersPayLate) {
  Units open = 0;
  Units overdue = 0;
  Units long_overdue = 0;
  for (const Invoice& invoice : company().invoices) {
    open += invoice.open_amount;
    if (invoice.due_on < as_of) overdue += invoice.open_amount;
    if (invoice.due_on < as_of - 90) long_overdue += invoice.open_amount;
  }
  EXPECT_GT(overdue, open / 10);
  EXPECT_LT(overdue, open / 2);
  EXPECT_GT(long_overdue, 0);
}

TEST(DemoMoney, DraftsFallDueAndSomeAreDishonoured) {
  int dishonoured = 0;
  for (const Payment& payment : company().payments) {
    const bool draft = payment.means != "transfer" && payment.means != "cash";
    EXPECT_EQ(draft, payment.due_on != no_day);
    EXPECT_GT(payment.amount, 0);
    if (payment.state == "dishonoured") ++dishonoured;
  }
  EXPECT_GT(dishonoured, 0);
}

TEST(DemoMoney, SomeReceiptsAreUnclaimedAndSomeCameInAdvance) {
  std::map<int, Units> allocated;
  for (const Allocation& allocation : company().allocations) {
    allocated[allocation.payment] += allocation.amount;
  }
  int unclaimed = 0;
  int advance = 0;
  for (std::size_t i = 0; i < company().payments.size(); ++i) {
    const Payment& payment = company().payments[i];
    if (payment.account == none) ++unclaimed;
    const bool settles = allocated.contains(static_cast<int>(i));
    if (payment.account != none && !settles && payment.state == "received") ++advance;
  }
  EXPECT_EQ(unclaimed, 5);
  EXPECT_GT(advance, 5);
}

TEST(DemoMoney, PaymentNodesAddUpToTheirContracts) {
  std::map<int, Units> amounts;
  std::map<int, Units> shares;
  for (const PaymentNode& node : company().nodes) {
    amounts[node.contract] += node.amount;
    shares[node.contract] += node.share;
  }
  EXPECT_GT(amounts.size(), 10u);
  for (const auto& [contract, sum] : amounts) {
    EXPECT_EQ(sum, at(company().contracts, contract).amount);
    EXPECT_EQ(shares[contract], 10'000);
  }
}

TEST(DemoMoney, OrdersUnderAContractFallIntoItsTerm) {
  int called_off = 0;
  for (const Order& order : company().orders) {
    if (order.contract == none) continue;
    const Contract& contract = at(company().contracts, order.contract);
    EXPECT_EQ(contract.account, order.account);
    EXPECT_GE(order.day, contract.starts_on);
    EXPECT_LE(order.day, contract.ends_on);
    ++called_off;
  }
  EXPECT_GT(called_off, 1'000);
}

}  // namespace
}  // namespace linchpin::demo
