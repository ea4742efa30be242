#include "demo/demo_company.h"

#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int months_of_business = 36;

// The same day of the month, 36 months before; the last day of a shorter month.
Day months_before(Day day, int months) {
  const std::int32_t month = month_index(day) - months;
  const int days = first_day_of_month(month + 1) - first_day_of_month(month);
  return first_day_of_month(month) + std::min(civil_of(day).day, days) - 1;
}

}  // namespace

std::string year_month(Day day) {
  const CivilDate date = civil_of(day);
  return padded(date.year % 100, 2) + padded(date.month, 2);
}

std::string padded(std::int64_t number, int digits) {
  std::string text = std::to_string(number);
  const auto wanted = static_cast<std::size_t>(digits);
  if (text.size() < wanted) text.insert(0, wanted - text.size(), '0');
  return text;
}

std::vector<Units> net_sales(const Company& company, Day from, Day to) {
  std::vector<Units> sales(company.accounts.size(), 0);
  for (const Order& order : company.orders) {
    if (!order.posted() || order.day < from || order.day >= to) continue;
    sales[static_cast<std::size_t>(order.account)] += order.net_amount;
  }
  return sales;
}

std::size_t Company::records() const {
  constexpr std::size_t sales_processes = 1;
  return departments.size() + users.size() + categories.size() + products.size() + entities.size() +
         accounts.size() + account_codes.size() + members.size() + contacts.size() +
         contracts.size() + nodes.size() + orders.size() + lines.size() + deliveries.size() +
         invoices.size() + payments.size() + allocations.size() + visits.size() +
         complaints.size() + sales_processes + opportunities.size() + markets.size() +
         rounds.size() + pool.size() + financials.size() + analyses.size() + influences.size() +
         standings.size() + trips.size() + promises.size() + remarks.size() + tasks.size() +
         gifts.size() + relations.size() + needs.size() + messages.size() + meetings.size() +
         options.size() + preferences.size();
}

Company make_company(std::uint64_t seed, Day as_of) {
  Draft draft;
  draft.seed = seed;
  draft.company.as_of = as_of;
  draft.company.first_day = months_before(as_of, months_of_business) + 1;
  add_people(draft);
  add_products(draft);
  add_accounts(draft);
  add_profiles(draft);
  add_account_details(draft);
  add_contacts(draft);
  add_orders(draft);
  add_contracts(draft);
  add_invoices(draft);
  add_payments(draft);
  add_markets(draft);
  add_pool(draft);
  add_visits(draft);
  add_complaints(draft);
  add_opportunities(draft);
  add_relations(draft);
  add_care(draft);
  return std::move(draft.company);
}

}  // namespace linchpin::demo
