// What stands on the account card besides name and place: ownership, size, credit, terms, and who
// of us works for the account.

#include <algorithm>
#include <array>

#include "demo/calendar.h"
#include "demo/draft.h"
#include "demo/names.h"

namespace linchpin::demo {

namespace {

constexpr std::array<std::string_view, 5> company_ownerships{"private", "local_soe", "central_soe",
                                                             "foreign", "joint_venture"};
using OwnershipWeights = std::array<double, 5>;

std::string_view ownership_of(const Account& account, Random& random) {
  constexpr OwnershipWeights manufacturing{0.58, 0.12, 0.09, 0.11, 0.10};
  constexpr OwnershipWeights utilities{0.18, 0.58, 0.18, 0.01, 0.05};
  constexpr OwnershipWeights telecom{0.50, 0.15, 0.30, 0.02, 0.03};
  constexpr OwnershipWeights finance{0.15, 0.75, 0.05, 0.02, 0.03};
  if (account.sector == "government") return "government";
  if (account.sector == "education") return "public_institution";
  const OwnershipWeights& weights = account.sector == "utilities"   ? utilities
                                    : account.sector == "transport" ? utilities
                                    : account.sector == "telecom"   ? telecom
                                    : account.sector == "finance"   ? finance
                                                                    : manufacturing;
  return company_ownerships[static_cast<std::size_t>(random.pick_weighted(weights))];
}

void add_company_facts(Account& account, const Profile& profile, Day as_of, Random& random) {
  account.ownership_type = ownership_of(account, random);
  const double yearly = profile.buys() ? profile.sales / 3 : random.uniform(2e5, 2e6);
  const double revenue = yearly * std::exp(random.uniform(3.2, 5.8));
  const bool public_body = account.sector == "government" || account.sector == "education";
  if (!public_body) {
    account.annual_revenue = round_yuan(revenue, 1'000'000);
    account.registered_capital = round_yuan(revenue * random.uniform(0.05, 0.3) + 2e6, 1'000'000);
    account.legal_representative = person_name(random).full();
    account.bank_account = digits(random, 19);
  }
  account.employees = std::max(35, static_cast<int>(revenue / random.uniform(6e5, 1.8e6)));
  account.founded_on = as_of - random.between(5 * 365, 45 * 365);
  const bool deep = account.employees > 800;
  account.management_structure = public_body ? "主任办公会—处（科）室—站所"
                                 : deep      ? "董事会—总经理—事业部—工厂—车间"
                                             : "总经理—部门—车间";
  if (account.annual_revenue > yuan(500'000'000)) account.industry_rank = random.between(3, 60);
  account.purchase_potential =
      round_yuan(yearly * random.uniform(1.3, profile.rank == 0 ? 1.6 : 4.5), 10'000);
}

void add_terms(Account& account, const Profile& profile, Random& random) {
  constexpr std::array<std::string_view, 4> starts{"delivery", "acceptance", "invoice",
                                                   "month_end"};
  constexpr std::array<double, 4> start_weights{0.2, 0.15, 0.35, 0.3};
  constexpr std::array<int, 5> lengths{30, 45, 60, 90, 120};
  constexpr std::array<double, 5> length_weights{0.35, 0.15, 0.3, 0.15, 0.05};
  account.terms_start = starts[static_cast<std::size_t>(random.pick_weighted(start_weights))];
  account.terms_days = lengths[static_cast<std::size_t>(random.pick_weighted(length_weights))];
  if (account.terms_start == "month_end" && random.chance(0.6)) {
    constexpr std::array<int, 4> pay_days{5, 10, 15, 25};
    account.pay_day = random.pick(pay_days);
  }
  constexpr std::array<std::string_view, 4> grades{"AAA", "AA", "A", "B"};
  const auto habit = static_cast<std::size_t>(profile.punctuality);
  account.credit_grade = profile.buys() ? grades[habit] : std::string_view();
  if (profile.buys()) {
    const double monthly = profile.sales / 36;
    const double months = 1.5 + account.terms_days / 30.0;
    account.credit_limit = round_yuan(monthly * months * random.uniform(0.9, 1.6) + 2e4, 10'000);
  }
}

// The tier before the pool decides: size and growth. The pool's own accounts follow in add_pool.
void add_tier(Account& account, const Profile& profile) {
  if (!profile.buys()) {
    account.lifecycle = "identify";
  } else {
    const bool growing = profile.course == Course::growing || profile.course == Course::fresh;
    account.tier = profile.rank < 50 || (growing && profile.rank < 150) ? "growth" : "base";
    account.lifecycle = profile.rank < 50 ? "commit" : "develop";
  }
  account.pool_state = "none";
}

void add_card_check(Account& account, const Profile& profile, Day as_of, Random& random) {
  if (!profile.buys() && random.chance(0.6)) return;
  const int age = random.chance(0.7) ? random.between(0, 9) : random.between(10, 120);
  account.card_checked_on = as_of - age;
}

void add_our_people(Draft& draft, int account, Random& random) {
  Company& company = draft.company;
  const Profile& profile = draft.profiles[static_cast<std::size_t>(account)];
  const int owner = company.accounts[static_cast<std::size_t>(account)].owner;
  company.members.push_back({account, owner, "owner"});
  constexpr int first_assistant = 8;
  constexpr int technical = 11;
  constexpr int executive = 0;
  constexpr int director = 1;
  if (profile.buys() && profile.rank < 120) {
    company.members.push_back({account, first_assistant + random.below(2), "assistant"});
  }
  if (profile.buys() && profile.rank < 40)
    company.members.push_back({account, technical, "technical"});
  if (profile.buys() && profile.rank < 15) {
    company.members.push_back({account, profile.rank < 5 ? executive : director, "sponsor"});
  }
}

// The ERP of each of our companies numbers its customers by itself.
void add_codes(Draft& draft, int account, Random& random) {
  const Profile& profile = draft.profiles[static_cast<std::size_t>(account)];
  if (!profile.buys()) return;
  auto& codes = draft.company.account_codes;
  const bool both = random.chance(0.15);
  for (int entity = 0; entity < 2; ++entity) {
    if (!both && entity != profile.entity) continue;
    const auto number = static_cast<std::int64_t>(codes.size()) + 1;
    codes.push_back({account, entity, (entity == 0 ? "1100" : "2200") + padded(number, 4)});
  }
}

}  // namespace

void add_account_details(Draft& draft) {
  Random random = draft.random("account details");
  Company& company = draft.company;
  for (std::size_t i = 0; i < company.accounts.size(); ++i) {
    Account& account = company.accounts[i];
    const Profile& profile = draft.profiles[i];
    add_company_facts(account, profile, company.as_of, random);
    add_terms(account, profile, random);
    add_tier(account, profile);
    add_card_check(account, profile, company.as_of, random);
    const City& city = random_city_in(random, account.region);
    if (account.bank.empty()) account.bank = bank_branch(random, city);
    add_our_people(draft, static_cast<int>(i), random);
    add_codes(draft, static_cast<int>(i), random);
  }
}

}  // namespace linchpin::demo
