#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "demo/calendar.h"
#include "demo/test_company.h"

namespace linchpin::demo {
namespace {

// What tells two companies apart.
std::string fingerprint(const Company& made) {
  std::string text;
  for (const Account& account : made.accounts) text += account.name + account.credit_code;
  for (const Contact& contact : made.contacts) text += contact.name + contact.phone;
  for (const Line& line : made.lines) text += std::to_string(line.amount + line.product + line.day);
  for (const Payment& payment : made.payments)
    text += payment.number + std::to_string(payment.amount);
  for (const Visit& visit : made.visits) text += visit.subject + std::to_string(visit.planned_on);
  for (const PoolEntry& entry : made.pool) text += entry.reason + std::to_string(entry.account);
  return text;
}

template <class List, class Member>
bool all_different(const List& list, Member member) {
  std::set<std::string> seen;
  for (const auto& item : list) {
    if (!(item.*member).empty() && !seen.insert(item.*member).second) return false;
  }
  return true;
}

TEST(DemoCompany, IsTheSameForTheSameSeedAndDay) {
  EXPECT_EQ(fingerprint(company()), fingerprint(make_company(demo_seed, as_of)));
  EXPECT_NE(fingerprint(company()), fingerprint(make_company(demo_seed + 1, as_of)));
}

TEST(DemoCompany, KeepsItsCustomersFromDayToDay) {
  const Company tomorrow = make_company(demo_seed, as_of + 1);
  ASSERT_EQ(tomorrow.accounts.size(), company().accounts.size());
  for (std::size_t i = 0; i < tomorrow.accounts.size(); ++i) {
    EXPECT_EQ(tomorrow.accounts[i].name, company().accounts[i].name);
    EXPECT_EQ(tomorrow.accounts[i].code, company().accounts[i].code);
  }
}

TEST(DemoCompany, HasTheSizeThatWasAskedFor) {
  const Company& made = company();
  EXPECT_EQ(made.accounts.size(), 300u);
  EXPECT_EQ(made.products.size(), 40u);
  EXPECT_EQ(made.users.size(), 15u);
  EXPECT_GE(made.lines.size(), 20'000u);
  EXPECT_LE(made.lines.size(), 30'000u);
  EXPECT_GE(made.contacts.size(), 2 * made.accounts.size());
  EXPECT_LE(made.contacts.size(), 6 * made.accounts.size());
  EXPECT_EQ(month_index(made.as_of) - month_index(made.first_day), 36);
}

TEST(DemoCompany, GivesWithinTheLimitAndNothingOfValueToPublicCustomers) {
  std::map<int, Units> given;
  for (const Gift& gift : company().gifts) {
    const Account& account = company().accounts[static_cast<std::size_t>(gift.account)];
    EXPECT_EQ(company().contacts[static_cast<std::size_t>(gift.contact)].account, gift.account);
    if (gift.state != "given") continue;
    given[gift.contact] += gift.value;
    if (account.ownership_type != "private" && account.ownership_type != "foreign" &&
        account.ownership_type != "joint_venture") {
      EXPECT_EQ(gift.value, 0) << account.name;
    }
  }
  for (const auto& [contact, sum] : given) EXPECT_LE(sum, 500 * power_of_ten(money_digits));
  EXPECT_GE(company().gifts.size(), 20u);
}

TEST(DemoCompany, MeetsAndTrainsThePeopleOfItsOwnAccounts) {
  const Company& made = company();
  EXPECT_GE(made.meetings.size(), 6u);
  EXPECT_GE(made.messages.size(), 40u);
  EXPECT_GE(made.needs.size(), 10u);
  EXPECT_GE(made.relations.size(), 20u);
  for (const BuyingPreference& one : made.preferences) {
    const auto meeting = static_cast<std::size_t>(one.meeting);
    EXPECT_EQ(made.contacts[static_cast<std::size_t>(one.contact)].account,
              made.meetings[meeting].account);
    EXPECT_EQ(made.options[static_cast<std::size_t>(one.option)].meeting, one.meeting);
  }
  int answered = 0;
  for (const Visit& visit : made.visits) {
    if (visit.need == none) continue;
    ++answered;
    EXPECT_EQ(visit.kind, "training");
    EXPECT_EQ(made.needs[static_cast<std::size_t>(visit.need)].account, visit.account);
  }
  EXPECT_GE(answered, 3);
}

TEST(DemoCalendar, AreInOrderAndShareNoDay) {
  for (int year = 2024; year <= 2030; ++year) {
    Day before = 0;
    int working = 0;
    for (const WorkingCalendar::Span& one : public_days(year)) {
      EXPECT_GT(one.from, before) << year;
      EXPECT_GE(one.until, one.from);
      before = one.until;
      if (one.kind == WorkingCalendar::Kind::working) {
        ++working;
        EXPECT_GE(one.from - monday_of(one.from), 5) << "a weekend's day";
      }
    }
    EXPECT_EQ(working, 4);
  }
}

TEST(DemoCompany, SellsToEverySector) {
  std::map<std::string_view, int> accounts;
  for (const Account& account : company().accounts) ++accounts[account.sector];
  EXPECT_EQ(accounts, (std::map<std::string_view, int>{{"education", 19},
                                                       {"finance", 13},
                                                       {"government", 20},
                                                       {"manufacturing", 137},
                                                       {"telecom", 23},
                                                       {"transport", 36},
                                                       {"utilities", 52}}));
}

TEST(DemoCompany, NamesAndNumbersAreUnique) {
  const Company& made = company();
  EXPECT_TRUE(all_different(made.accounts, &Account::name));
  EXPECT_TRUE(all_different(made.accounts, &Account::code));
  EXPECT_TRUE(all_different(made.accounts, &Account::credit_code));
  EXPECT_TRUE(all_different(made.account_codes, &AccountCode::code));
  EXPECT_TRUE(all_different(made.products, &Product::code));
  EXPECT_TRUE(all_different(made.orders, &Order::number));
  EXPECT_TRUE(all_different(made.contracts, &Contract::number));
  EXPECT_TRUE(all_different(made.invoices, &Invoice::number));
  EXPECT_TRUE(all_different(made.payments, &Payment::number));
  EXPECT_TRUE(all_different(made.deliveries, &Delivery::number));
  EXPECT_TRUE(all_different(made.complaints, &Complaint::number));
  EXPECT_TRUE(all_different(made.users, &User::login));
}

// GB 32100: Σ value × 3^i mod 31, and the last character makes it a multiple of 31.
TEST(DemoCompany, CreditCodesAreRight) {
  const std::string_view characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  int checked = 0;
  for (const Account& account : company().accounts) {
    if (account.credit_code.empty()) continue;
    ASSERT_EQ(account.credit_code.size(), 18u);
    std::size_t sum = 0;
    std::size_t weight = 1;
    for (std::size_t i = 0; i < account.credit_code.size(); ++i) {
      const std::size_t value = characters.find(account.credit_code[i]);
      ASSERT_NE(value, std::string_view::npos) << account.credit_code;
      sum += value * (i == 17 ? 1 : weight);
      weight = weight * 3 % 31;
    }
    EXPECT_EQ(sum % 31, 0u) << account.credit_code;
    ++checked;
  }
  EXPECT_GT(checked, 290);
}

TEST(DemoCompany, AddressesLeadNowhere) {
  const auto is_plain = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= 'z'; });
  };
  for (const Account& account : company().accounts) {
    if (account.website.empty()) continue;
    EXPECT_TRUE(is_plain(account.website)) << account.website;
    EXPECT_TRUE(account.website.ends_with(".example"));
  }
  for (const Contact& contact : company().contacts) {
    EXPECT_TRUE(contact.phone.starts_with("129"));
    if (contact.email.empty()) continue;
    EXPECT_TRUE(is_plain(contact.email)) << contact.email;
    EXPECT_TRUE(contact.email.ends_with(".example"));
  }
}

TEST(DemoCompany, PotentialCustomersHaveNeitherCodeNorOrders) {
  const Company& made = company();
  std::set<int> buyers;
  for (const Order& order : made.orders) buyers.insert(order.account);
  int potential = 0;
  for (std::size_t i = 0; i < made.accounts.size(); ++i) {
    const bool buys = buyers.contains(static_cast<int>(i));
    EXPECT_EQ(buys, !made.accounts[i].code.empty()) << made.accounts[i].name;
    if (!buys) ++potential;
  }
  EXPECT_EQ(potential, 26);
}

TEST(DemoCompany, GroupsHaveAHeadAndMembers) {
  const Company& made = company();
  std::map<int, int> members;
  for (std::size_t i = 0; i < made.accounts.size(); ++i) {
    const int parent = made.accounts[i].parent;
    if (parent == none) continue;
    EXPECT_LT(parent, static_cast<int>(i));
    EXPECT_EQ(made.accounts[static_cast<std::size_t>(parent)].parent, none);
    ++members[parent];
  }
  EXPECT_GE(members.size(), 10u);
}

TEST(DemoCompany, EverybodyReportsToSomebodyAboveInTheSameAccount) {
  const Company& made = company();
  int reporting = 0;
  for (std::size_t i = 0; i < made.contacts.size(); ++i) {
    const Contact& contact = made.contacts[i];
    if (contact.reports_to == none) continue;
    ASSERT_LT(contact.reports_to, static_cast<int>(i));
    const Contact& superior = made.contacts[static_cast<std::size_t>(contact.reports_to)];
    EXPECT_EQ(superior.account, contact.account);
    EXPECT_NE(superior.layer, contact.layer);
    ++reporting;
  }
  EXPECT_GT(reporting, 300);
}

TEST(DemoCompany, EveryAccountHasAManager) {
  const Company& made = company();
  std::set<int> managers;
  for (const Account& account : made.accounts) {
    ASSERT_NE(account.owner, none);
    const User& owner = made.users[static_cast<std::size_t>(account.owner)];
    EXPECT_EQ(owner.roles.front(), "kam");
    managers.insert(account.owner);
  }
  EXPECT_EQ(managers.size(), 6u);
}

TEST(DemoCompany, PoolLedgerAgreesWithTheAccounts) {
  const Company& made = company();
  std::map<int, std::string_view> present;
  for (const PoolEntry& entry : made.pool) {
    EXPECT_LE(entry.since, as_of);
    if (entry.until == no_day) present[entry.account] = entry.state;
  }
  int in_pool = 0;
  for (std::size_t i = 0; i < made.accounts.size(); ++i) {
    const auto entry = present.find(static_cast<int>(i));
    EXPECT_EQ(made.accounts[i].pool_state, entry == present.end() ? "none" : entry->second);
    if (made.accounts[i].pool_state == "in_pool") ++in_pool;
  }
  EXPECT_EQ(in_pool, 18);
}

// Whoever leads us can be met where customers' people go, and is in one place at a time.
TEST(DemoCustomers, OursTravelWhereTheyMeetCustomers) {
  std::vector<Trip> ours;
  for (const Trip& trip : company().trips) {
    if (trip.user != none) ours.push_back(trip);
  }
  ASSERT_GE(ours.size(), 3u);
  const auto last_day = [](const Trip& trip) { return trip.starts_on + trip.days - 1; };
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_EQ(ours[i].contact, none);
    EXPECT_FALSE(ours[i].number.empty() || ours[i].hotel.empty());
    EXPECT_TRUE(
        std::any_of(company().trips.begin(), company().trips.end(), [&](const Trip& theirs) {
          return theirs.contact != none && theirs.to_city == ours[i].to_city &&
                 theirs.starts_on <= last_day(ours[i]) && ours[i].starts_on <= last_day(theirs);
        }));
    for (std::size_t j = 0; j < i; ++j) {
      const bool apart =
          last_day(ours[j]) < ours[i].starts_on || last_day(ours[i]) < ours[j].starts_on;
      EXPECT_TRUE(ours[i].user != ours[j].user || apart);
    }
  }
}

}  // namespace
}  // namespace linchpin::demo
