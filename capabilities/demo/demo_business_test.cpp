#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "demo/calendar.h"
#include "demo/draft.h"
#include "demo/test_company.h"

namespace linchpin::demo {
namespace {

struct Pareto {
  std::size_t customers = 0;
  double class_a = 0, top_fifth = 0, first = 0;  // shares: of customers, of sales, of sales
};

Pareto pareto(const Company& made, Day from, Day to) {
  std::vector<Units> sales = net_sales(made, from, to);
  std::erase_if(sales, [](Units sum) { return sum <= 0; });
  std::sort(sales.rbegin(), sales.rend());
  const auto total = static_cast<double>(std::accumulate(sales.begin(), sales.end(), Units{0}));
  Pareto result;
  result.customers = sales.size();
  result.first = static_cast<double>(sales.front()) / total;
  const std::size_t fifth = (sales.size() + 4) / 5;
  double before = 0;
  for (std::size_t i = 0; i < sales.size(); ++i) {
    if (before < 0.55) result.class_a += 1.0 / static_cast<double>(sales.size());
    before += static_cast<double>(sales[i]) / total;
    if (i < fifth) result.top_fifth = before;
  }
  return result;
}

TEST(DemoBusiness, FewCustomersMakeMostOfTheSales) {
  const Pareto all = pareto(company(), company().first_day, as_of + 1);
  EXPECT_EQ(all.customers, 274u);
  EXPECT_NEAR(all.first, 0.12, 0.01);
  EXPECT_NEAR(all.class_a, 0.125, 0.025);
  EXPECT_NEAR(all.top_fifth, 0.69, 0.05);
}

// Whatever the day on which somebody installs the product.
TEST(DemoBusiness, LooksRightOnAnyDay) {
  const std::vector<Day> days{day_of({2024, 2, 29}), day_of({2025, 1, 1}), day_of({2027, 2, 7}),
                              day_of({2028, 12, 31}), day_of({2031, 8, 31})};
  for (const Day day : days) {
    const Company made = make_company(demo_seed, day);
    const Pareto year = pareto(made, day - 364, day + 1);
    EXPECT_GT(year.customers, 220u) << format_date(day);
    EXPECT_NEAR(year.first, 0.12, 0.04) << format_date(day);
    EXPECT_GT(year.class_a, 0.085) << format_date(day);
    EXPECT_LT(year.class_a, 0.16) << format_date(day);
    EXPECT_NEAR(year.top_fifth, 0.70, 0.07) << format_date(day);
    EXPECT_GT(made.lines.size(), 20'000u) << format_date(day);
    EXPECT_LT(made.lines.size(), 30'000u) << format_date(day);
  }
}

TEST(DemoBusiness, LinesAddUpToTheirOrders) {
  std::size_t lines = 0;
  for (std::size_t i = 0; i < company().orders.size(); ++i) {
    const Order& order = company().orders[i];
    Units net = 0;
    for (int j = 0; j < order.lines; ++j) {
      const Line& line = at(company().lines, order.first_line + j);
      EXPECT_EQ(line.order, static_cast<int>(i));
      EXPECT_EQ(line.account, order.account);
      EXPECT_EQ(line.day, order.day);
      net += line.amount;
      ++lines;
    }
    const WideUnits cents = round_half_even(net, line_digits - money_digits);
    EXPECT_EQ(order.net_amount, static_cast<Units>(cents));
  }
  EXPECT_EQ(lines, company().lines.size());
}

TEST(DemoBusiness, AmountIsQuantityTimesPriceLessDiscount) {
  for (const Line& line : company().lines) {
    const WideUnits kept = power_of_ten(discount_digits) - line.discount;
    const WideUnits exact = WideUnits{line.quantity} * line.unit_price * kept;
    EXPECT_EQ(WideUnits{line.amount}, round_half_even(exact, line_digits + discount_digits));
    EXPECT_LT(line.discount, power_of_ten(discount_digits) / 5);
  }
}

TEST(DemoBusiness, NothingHappensOutsideTheYearsShown) {
  const Company& made = company();
  for (const Line& line : made.lines) {
    EXPECT_GE(line.day, made.first_day);
    EXPECT_LE(line.day, as_of);
    EXPECT_LE(at(made.products, line.product).launched_on, line.day);
  }
  for (const Invoice& invoice : made.invoices) EXPECT_LE(invoice.issued_on, as_of);
  for (const Payment& payment : made.payments) EXPECT_LE(payment.paid_on, as_of);
  for (const Delivery& delivery : made.deliveries) EXPECT_LE(delivery.shipped_on, as_of);
  for (const Contract& contract : made.contracts) EXPECT_LE(contract.signed_on, as_of);
  for (const Complaint& complaint : made.complaints) EXPECT_LE(complaint.raised_on, as_of);
  for (const Visit& visit : made.visits) EXPECT_LE(visit.done_on, as_of);
}

TEST(DemoBusiness, GoodsComeBackAsNegativeLines) {
  std::size_t returned = 0;
  for (const Order& order : company().orders) {
    if (!order.number.starts_with("TH")) continue;
    ++returned;
    EXPECT_TRUE(order.posted());
    EXPECT_LE(order.amount, 0);
    EXPECT_LT(at(company().lines, order.first_line).quantity, 0);
  }
  EXPECT_GT(returned, 100u);
  EXPECT_LT(returned, company().orders.size() / 20);
}

TEST(DemoBusiness, BringsAProfitThatSuppliersKnow) {
  Units sales = 0;
  Units cost = 0;
  for (const Line& line : company().lines) {
    sales += line.amount;
    cost += line.cost;
  }
  const double margin = 1 - static_cast<double>(cost) / static_cast<double>(sales);
  EXPECT_GT(margin, 0.25);
  EXPECT_LT(margin, 0.45);
}

TEST(DemoBusiness, SpringFestivalIsQuietAndTheYearEndsBusy) {
  std::map<Day, Units> by_day;
  std::map<int, Units> by_month;
  for (const Order& order : company().orders) {
    by_day[order.day] += order.net_amount;
    by_month[month_index(order.day)] += order.net_amount;
  }
  Units festival = 0;
  Units after = 0;
  for (int i = 0; i < 7; ++i) {
    festival += by_day[spring_festival(2026) + i];
    after += by_day[spring_festival(2026) + 40 + i];
  }
  EXPECT_LT(festival * 5, after);
  const Units december = by_month[month_index(day_of({2025, 12, 1}))];
  Units year = 0;
  for (int month = 1; month <= 12; ++month) year += by_month[month_index(day_of({2025, month, 1}))];
  EXPECT_GT(december * 12, year + year / 3);
}

TEST(DemoBusiness, SomeCustomersAreNewAndSomeHaveLeft) {
  const auto before = net_sales(company(), company().first_day, as_of - 365);
  const auto year = net_sales(company(), as_of - 365, as_of + 1);
  int fresh = 0;
  int gone = 0;
  for (std::size_t i = 0; i < year.size(); ++i) {
    if (before[i] == 0 && year[i] > 0) ++fresh;
    if (before[i] > 0 && year[i] <= 0) ++gone;
  }
  EXPECT_GE(fresh, 5);
  EXPECT_GE(gone, 8);
}

}  // namespace
}  // namespace linchpin::demo
