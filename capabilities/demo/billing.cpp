// Deliveries and invoices: what was posted is shipped, signed for and billed, as far as today
// allows.

#include <algorithm>
#include <array>
#include <tuple>

#include "demo/calendar.h"
#include "demo/draft.h"

namespace linchpin::demo {

namespace {

Delivery deliver(const Order& order, int index, Random& random) {
  constexpr std::array<std::string_view, 4> carriers{"顺捷物流", "安达货运", "自有车队",
                                                     "中陆专线"};
  constexpr std::array<std::string_view, 4> receivers{"仓库", "设备部", "项目部", "门卫代收"};
  Delivery delivery;
  delivery.order = index;
  delivery.carrier = random.pick(carriers);
  delivery.shipped_on = working_day_from(order.day + random.between(2, 21));
  delivery.signed_on = delivery.shipped_on + random.between(1, 4);
  delivery.signed_by = random.pick(receivers);
  if (random.chance(0.45)) {
    delivery.accepted_on = working_day_from(delivery.signed_on + random.between(3, 20));
  }
  return delivery;
}

// What has not happened yet is not known.
void forget_future(Delivery& delivery, Day as_of) {
  if (delivery.signed_on > as_of) {
    delivery.signed_on = no_day;
    delivery.signed_by.clear();
  }
  if (delivery.accepted_on > as_of) delivery.accepted_on = no_day;
}

Day due_day(const Account& account, const Delivery& delivery, Day issued_on) {
  Day start = issued_on;
  if (account.terms_start == "delivery") start = delivery.signed_on;
  if (account.terms_start == "acceptance") {
    start = delivery.accepted_on == no_day ? delivery.signed_on + 10 : delivery.accepted_on;
  }
  if (account.terms_start == "month_end") start = end_of_month(issued_on);
  Day due = std::max(start, issued_on) + account.terms_days;
  if (account.pay_day > 0) {
    CivilDate date = civil_of(due);
    if (date.day > account.pay_day) date = civil_of(first_day_of_month(month_index(due) + 1));
    date.day = account.pay_day;
    due = day_of(date);
  }
  return due;
}

Invoice bill(const Order& order, int index, Day issued_on, Day due_on) {
  Invoice invoice;
  invoice.account = order.account;
  invoice.entity = order.entity;
  invoice.contract = order.contract;
  invoice.order = index;
  invoice.issued_on = issued_on;
  invoice.due_on = due_on;
  invoice.amount = order.amount;
  invoice.tax_amount = order.amount - order.net_amount;
  invoice.open_amount = order.amount;
  return invoice;
}

// Fully digital invoices: year, place, then a running number; twenty digits.
void number_invoices(std::vector<Invoice>& invoices, Random& random) {
  std::stable_sort(invoices.begin(), invoices.end(), [](const Invoice& a, const Invoice& b) {
    return std::tie(a.issued_on, a.order) < std::tie(b.issued_on, b.order);
  });
  std::int64_t running = 1'000'000'000;
  for (Invoice& invoice : invoices) {
    running += random.between(3, 900);
    const std::string year = year_month(invoice.issued_on).substr(0, 2);
    invoice.number = year + (invoice.entity == 0 ? "32" : "44") + "2000" + padded(running, 12);
  }
}

}  // namespace

void add_invoices(Draft& draft) {
  Random random = draft.random("invoices");
  Company& company = draft.company;
  for (std::size_t i = 0; i < company.orders.size(); ++i) {
    const Order& order = company.orders[i];
    if (!order.posted() || order.amount == 0) continue;
    const auto index = static_cast<int>(i);
    if (order.amount < 0) {
      const Day issued = working_day_from(order.day + random.between(1, 6));
      if (issued <= company.as_of) company.invoices.push_back(bill(order, index, issued, issued));
      continue;
    }
    Delivery delivery = deliver(order, index, random);
    const Account& account = company.accounts[static_cast<std::size_t>(order.account)];
    const Day issued = working_day_from(delivery.signed_on + random.between(0, 9));
    const Day due = due_day(account, delivery, issued);
    if (delivery.shipped_on > company.as_of) continue;
    forget_future(delivery, company.as_of);
    company.deliveries.push_back(std::move(delivery));
    if (issued <= company.as_of) company.invoices.push_back(bill(order, index, issued, due));
  }
  std::stable_sort(
      company.deliveries.begin(), company.deliveries.end(),
      [](const Delivery& a, const Delivery& b) { return a.shipped_on < b.shipped_on; });
  std::string month;
  int number = 0;
  for (Delivery& delivery : company.deliveries) {
    if (year_month(delivery.shipped_on) != month) number = 0;
    month = year_month(delivery.shipped_on);
    delivery.number = "FH" + month + padded(++number, 4);
  }
  number_invoices(company.invoices, random);
}

}  // namespace linchpin::demo
