// Receipts and what they settle. Every customer pays after its own habit; some never do, some pay
// in parts, some in drafts, and a few receipts nobody has claimed yet.

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "demo/calendar.h"
#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int unclaimed_receipts = 5;
constexpr int advances = 14;
constexpr Units least_draft = 50'000;  // yuan

int delay_of(Punctuality habit, Random& random) {
  switch (habit) {
    case Punctuality::prompt:
      return random.between(-6, 3);
    case Punctuality::usual:
      return random.between(-2, 18);
    case Punctuality::slow:
      return random.between(5, 50);
    case Punctuality::bad:
      return random.between(30, 170);
  }
  return 0;
}

// A part of an invoice that is paid on a day.
struct Part {
  int invoice = none;
  Units amount = 0;
};
using PartsByDay = std::map<Day, std::vector<Part>>;

// Customers run payments once a week, or once a month on their pay day.
Day payment_run(const Account& account, Day day) {
  if (account.pay_day > 0) {
    CivilDate date = civil_of(day);
    if (date.day > account.pay_day + 5) date = civil_of(first_day_of_month(month_index(day) + 1));
    if (date.day < account.pay_day) date.day = account.pay_day;
    return working_day_from(day_of(date));
  }
  constexpr int thursday = 3;
  const Day run = monday_of(day) + thursday;
  return working_day_from(run < day ? run + days_of_week : run);
}

class PaymentMaker {
 public:
  PaymentMaker(Draft& draft, Random& random)
      : draft_(draft), company_(draft.company), random_(random) {}

  void pay(int account, const std::vector<int>& invoices);
  void add_advances();
  void add_unclaimed();

 private:
  void plan(int account, int invoice, PartsByDay& parts);
  void net_credits(const std::vector<int>& invoices, PartsByDay& parts);
  void choose_means(Payment& payment);
  void store(int account, int entity, Day day, const std::vector<Part>& parts);
  Invoice& invoice(int index) { return company_.invoices[static_cast<std::size_t>(index)]; }

  Draft& draft_;
  Company& company_;
  Random& random_;
};

void PaymentMaker::plan(int account, int index, PartsByDay& parts) {
  const Account& customer = company_.accounts[static_cast<std::size_t>(account)];
  const Profile& profile = draft_.profiles[static_cast<std::size_t>(account)];
  const Invoice& bill = invoice(index);
  if (profile.punctuality == Punctuality::bad && random_.chance(0.1)) return;
  const Day day =
      std::max(bill.issued_on + 1, bill.due_on + delay_of(profile.punctuality, random_));
  const Day first = payment_run(customer, day);
  if (bill.amount > yuan(20'000) && random_.chance(0.06)) {
    const Units part = bill.amount / 100 * random_.between(40, 80);
    parts[first].push_back({index, part});
    const Day second = payment_run(customer, day + random_.between(30, 75));
    parts[second].push_back({index, bill.amount - part});
  } else {
    parts[first].push_back({index, bill.amount});
  }
}

// A red-letter invoice is taken off the next payment that is large enough.
void PaymentMaker::net_credits(const std::vector<int>& invoices, PartsByDay& parts) {
  for (const int index : invoices) {
    const Invoice& credit = invoice(index);
    if (credit.amount >= 0) continue;
    for (auto& [day, list] : parts) {
      if (day < credit.issued_on) continue;
      Units sum = credit.amount;
      for (const Part& part : list) sum += part.amount;
      if (sum <= 0) continue;
      list.push_back({index, credit.amount});
      break;
    }
  }
}

void PaymentMaker::choose_means(Payment& payment) {
  constexpr std::array<std::string_view, 5> all{"transfer", "bank_draft", "commercial_draft",
                                                "note", "cash"};
  constexpr std::array<double, 5> weights{0.66, 0.22, 0.06, 0.06, 0.0};
  constexpr std::array<double, 5> small_weights{0.985, 0.0, 0.0, 0.0, 0.015};
  const bool small = payment.amount < yuan(least_draft);
  payment.means =
      all[static_cast<std::size_t>(random_.pick_weighted(small ? small_weights : weights))];
  payment.state = "received";
  if (payment.means == "transfer" || payment.means == "cash") return;
  payment.due_on = payment.paid_on + (random_.chance(0.7) ? 180 : 90);
  payment.drawer = company_.accounts[static_cast<std::size_t>(payment.account)].name;
  if (payment.means == "note") return;
  const double fate = random_.unit();
  if (fate < 0.3) payment.state = "endorsed";
  if (fate >= 0.3 && fate < 0.45) payment.state = "discounted";
  const bool matured = payment.due_on <= company_.as_of;
  if (payment.means == "commercial_draft" && matured && fate > 0.94) payment.state = "dishonoured";
}

void PaymentMaker::store(int account, int entity, Day day, const std::vector<Part>& parts) {
  Payment payment;
  payment.account = account;
  payment.entity = entity;
  payment.paid_on = day;
  for (const Part& part : parts) payment.amount += part.amount;
  choose_means(payment);
  const auto index = static_cast<int>(company_.payments.size());
  const bool honoured = payment.state != "dishonoured";
  company_.payments.push_back(std::move(payment));
  // A dishonoured draft settles nothing: the receivable is open again.
  if (!honoured) return;
  for (const Part& part : parts) {
    company_.allocations.push_back({index, part.invoice, part.amount});
    invoice(part.invoice).open_amount -= part.amount;
  }
}

void PaymentMaker::pay(int account, const std::vector<int>& invoices) {
  PartsByDay parts;
  for (const int index : invoices) {
    if (invoice(index).amount > 0) plan(account, index, parts);
  }
  net_credits(invoices, parts);
  const int entity = draft_.profiles[static_cast<std::size_t>(account)].entity;
  for (const auto& [day, list] : parts) {
    if (day <= company_.as_of) store(account, entity, day, list);
  }
}

// Money that came before there was anything to settle.
void PaymentMaker::add_advances() {
  for (int i = 0; i < advances; ++i) {
    const int account = random_.below(static_cast<int>(company_.accounts.size()));
    const Profile& profile = draft_.profiles[static_cast<std::size_t>(account)];
    if (!profile.buys()) continue;
    Payment payment;
    payment.account = account;
    payment.entity = profile.entity;
    payment.paid_on = working_day_from(company_.as_of - random_.between(8, 80));
    payment.amount = round_yuan(profile.sales / 36 * random_.uniform(0.2, 0.6) + 5'000, 1'000);
    payment.means = "transfer";
    payment.state = "received";
    payment.remarks = "预付款，待发货后核销";
    company_.payments.push_back(std::move(payment));
  }
}

void PaymentMaker::add_unclaimed() {
  for (int i = 0; i < unclaimed_receipts; ++i) {
    const Account& payer = random_.pick(company_.accounts);
    Payment payment;
    payment.drawer = payer.short_name;
    payment.entity = random_.below(2);
    payment.paid_on = company_.as_of - random_.between(0, 12);
    payment.amount = yuan(random_.between(3, 260)) * 1'000 + random_.between(0, 99'999);
    payment.means = "transfer";
    payment.state = "received";
    payment.remarks = "附言：货款";
    company_.payments.push_back(std::move(payment));
  }
}

void sort_payments(Company& company) {
  std::vector<int> order(company.payments.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  const auto payment = [&](int index) -> Payment& {
    return company.payments[static_cast<std::size_t>(index)];
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return payment(a).paid_on < payment(b).paid_on; });
  std::vector<Payment> sorted;
  std::vector<int> place(order.size());
  std::string month;
  int number = 0;
  for (const int index : order) {
    place[static_cast<std::size_t>(index)] = static_cast<int>(sorted.size());
    Payment moved = std::move(payment(index));
    if (year_month(moved.paid_on) != month) number = 0;
    month = year_month(moved.paid_on);
    moved.number = "SK" + month + padded(++number, 4);
    sorted.push_back(std::move(moved));
  }
  company.payments = std::move(sorted);
  for (Allocation& allocation : company.allocations) {
    allocation.payment = place[static_cast<std::size_t>(allocation.payment)];
  }
  // What a red-letter invoice adds to a payment comes before what uses it.
  std::stable_sort(company.allocations.begin(), company.allocations.end(),
                   [](const Allocation& a, const Allocation& b) {
                     return std::tuple(a.payment, a.amount >= 0) <
                            std::tuple(b.payment, b.amount >= 0);
                   });
}

}  // namespace

void add_payments(Draft& draft) {
  Random random = draft.random("payments");
  Company& company = draft.company;
  std::vector<std::vector<int>> invoices(company.accounts.size());
  for (std::size_t i = 0; i < company.invoices.size(); ++i) {
    invoices[static_cast<std::size_t>(company.invoices[i].account)].push_back(static_cast<int>(i));
  }
  PaymentMaker maker(draft, random);
  for (std::size_t a = 0; a < invoices.size(); ++a) maker.pay(static_cast<int>(a), invoices[a]);
  maker.add_advances();
  maker.add_unclaimed();
  sort_payments(company);
}

}  // namespace linchpin::demo
