// Who the customers are: 300 accounts in seven sectors, twelve groups, one giant, and three pairs
// of cards that are probably one company.

#include <array>
#include <cassert>
#include <optional>
#include <set>

#include "demo/draft.h"
#include "demo/names.h"

namespace linchpin::demo {

namespace {

struct SectorPlan {
  Sector sector;
  int accounts;
  int potential;  // of them: have not bought yet
};

constexpr std::array<SectorPlan, sectors> sector_plans{{
    {Sector::manufacturing, 137, 9},
    {Sector::utilities, 52, 5},
    {Sector::transport, 36, 3},
    {Sector::telecom, 23, 3},
    {Sector::government, 20, 1},
    {Sector::education, 19, 2},
    {Sector::finance, 13, 3},
}};

constexpr int groups = 12;
constexpr int twins = 3;
constexpr int first_code = 10'001;

struct Group {
  std::string word;
  int head = none;
  int wanted = 0;  // members still to be found
};

struct Maker {
  explicit Maker(Draft& made) : draft(made), random(made.random("accounts")), words(random) {}

  Draft& draft;
  Random random;
  Words words;
  std::vector<Group> group_list;
  std::set<std::string> names;

  int add(Sector sector, const Trade& trade, const City& city, const std::string& word);
  void add_groups();
  void add_giant();
  void add_sector(const SectorPlan& plan);
  void add_twin(int original);
};

int Maker::add(Sector sector, const Trade& trade, const City& city, const std::string& word) {
  CompanyName name;
  do {
    name = company_name(random, sector, trade, city, word);
  } while (!names.insert(name.full).second);
  Account account;
  account.name = name.full;
  account.short_name = name.brief;
  account.industry = trade.industry;
  account.kind = trade.kind;
  account.sector = sector_key(sector);
  account.region = city.region;
  account.province = city.province;
  account.city = city.name;
  account.address = street_address(random, city);
  account.phone = landline_number(random, city);
  account.website = "https://www." + latin(name.brief) + ".example";
  const bool public_body = sector == Sector::government || sector == Sector::education;
  account.credit_code = credit_code(random, public_body ? "12" : "91", city.division);
  draft.company.accounts.push_back(std::move(account));
  draft.profiles.emplace_back();
  return static_cast<int>(draft.company.accounts.size()) - 1;
}

// The heads of groups buy little themselves.
void Maker::add_groups() {
  for (int i = 0; i < groups; ++i) {
    Group group;
    group.word = words.next();
    group.wanted = random.between(2, 5);
    const City& city = random_city(random);
    const Trade holding{"综合", "控股集团", "core"};
    group.head = add(Sector::manufacturing, holding, city, group.word);
    Account& head = draft.company.accounts.back();
    head.name = group.word + "控股集团有限公司";
    head.short_name = group.word + "集团";
    names.insert(head.name);
    group_list.push_back(std::move(group));
  }
}

void Maker::add_giant() {
  Group& group = group_list.front();
  const Trade trade{"锂电材料", "新能源材料", "core"};
  const int giant = add(Sector::manufacturing, trade, random_city_in(random, "华东"), group.word);
  draft.company.accounts[static_cast<std::size_t>(giant)].parent = group.head;
  draft.profiles[static_cast<std::size_t>(giant)].rank = 0;
}

void Maker::add_sector(const SectorPlan& plan) {
  const bool manufacturing = plan.sector == Sector::manufacturing;
  const int present = manufacturing ? groups + 1 + twins : 0;
  for (int i = present; i < plan.accounts; ++i) {
    const Trade& trade = random_trade(random, plan.sector);
    const City& city = random_city_for(random, trade);
    Group* group = nullptr;
    const bool can_join = plan.sector == Sector::manufacturing ||
                          plan.sector == Sector::utilities || plan.sector == Sector::transport;
    if (can_join && random.chance(0.3)) {
      Group& drawn = group_list[static_cast<std::size_t>(random.below(groups))];
      if (drawn.wanted > 0) group = &drawn;
    }
    const int account = add(plan.sector, trade, city, group ? group->word : words.next());
    if (group) {
      draft.company.accounts[static_cast<std::size_t>(account)].parent = group->head;
      --group->wanted;
    }
    // A rank is given to every buyer later; here it only says that there will be one.
    if (i >= present + plan.potential) draft.profiles[static_cast<std::size_t>(account)].rank = 1;
  }
}

// The same firm entered twice, as happens when two salesmen type its name.
void Maker::add_twin(int original) {
  Account twin = draft.company.accounts[static_cast<std::size_t>(original)];
  twin.name = twin.short_name + "（" + twin.city + "）有限责任公司";
  if (!names.insert(twin.name).second) twin.name = twin.city + twin.short_name + "公司";
  twin.credit_code.clear();
  twin.website.clear();
  twin.parent = none;
  draft.company.accounts.push_back(std::move(twin));
  draft.profiles.emplace_back().rank = 1;
}

int original_for_twin(const Draft& draft, Random& random) {
  while (true) {
    const int candidate = random.below(static_cast<int>(draft.profiles.size()));
    const Account& account = draft.company.accounts[static_cast<std::size_t>(candidate)];
    const bool fits = draft.profiles[static_cast<std::size_t>(candidate)].rank > 0 &&
                      account.sector == "manufacturing" && account.parent == none &&
                      !account.credit_code.empty();
    if (fits) return candidate;
  }
}

int manager_of(const Company& company, const Account& account) {
  struct Territory {
    std::string_view login;
    std::string_view places;
  };
  constexpr std::array<Territory, 6> territories{{
      {"wang.jing", "上海 江苏"},
      {"zhang.lei", "浙江 安徽 山东 福建"},
      {"liu.yang", "华南"},
      {"zhou.ting", "华北 东北"},
      {"wu.hao", "华中"},
      {"sun.qian", "西南 西北"},
  }};
  for (const Territory& territory : territories) {
    if (territory.places.find(account.province) == std::string_view::npos &&
        territory.places.find(account.region) == std::string_view::npos) {
      continue;
    }
    for (std::size_t i = 0; i < company.users.size(); ++i) {
      if (company.users[i].login == territory.login) return static_cast<int>(i);
    }
  }
  assert(false && "every region has a manager");
  return none;
}

}  // namespace

void add_accounts(Draft& draft) {
  Maker maker(draft);
  maker.add_groups();
  maker.add_giant();
  for (const SectorPlan& plan : sector_plans) maker.add_sector(plan);
  for (int i = 0; i < groups; ++i) draft.profiles[static_cast<std::size_t>(i)].rank = 1;
  for (int i = 0; i < twins; ++i) maker.add_twin(original_for_twin(draft, maker.random));

  Company& company = draft.company;
  int code = first_code;
  for (std::size_t i = 0; i < company.accounts.size(); ++i) {
    Account& account = company.accounts[i];
    account.owner = manager_of(company, account);
    account.department = company.users[static_cast<std::size_t>(account.owner)].department;
    if (draft.profiles[i].buys()) account.code = "KH" + padded(code++, 5);
  }
}

}  // namespace linchpin::demo
