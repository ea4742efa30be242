// Who is a key account, since when, and why.

#include <algorithm>
#include <array>
#include <numeric>

#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int strategic_accounts = 5;
constexpr int key_accounts = 13;
constexpr int director = 1;
constexpr int general_manager = 0;
constexpr int key_account_department = 1;
constexpr int days_to_decide = 30;
constexpr int meeting_before_end = 20;  // days

std::string round_of(Day day) {
  const CivilDate date = civil_of(day);
  return std::to_string(date.year) + (date.month <= 6 ? "年上半年评审" : "年下半年评审");
}

class PoolMaker {
 public:
  PoolMaker(Draft& draft, Random& random)
      : draft_(draft),
        company_(draft.company),
        random_(random),
        last_year_(net_sales(company_, company_.as_of - 364, company_.as_of + 1)) {}

  void fill();

 private:
  void add(int account, std::string_view state, std::string_view tier, Day since,
           std::string reason);
  Account& account(int index) { return company_.accounts[static_cast<std::size_t>(index)]; }
  std::vector<int> buyers_by_sales() const;
  void add_members(const std::vector<int>& buyers);
  void add_others(const std::vector<int>& buyers);
  void add_rounds();

  Draft& draft_;
  Company& company_;
  Random& random_;
  std::vector<Units> last_year_;
};

std::vector<int> PoolMaker::buyers_by_sales() const {
  std::vector<int> buyers;
  for (std::size_t i = 0; i < draft_.profiles.size(); ++i) {
    if (draft_.profiles[i].buys()) buyers.push_back(static_cast<int>(i));
  }
  std::stable_sort(buyers.begin(), buyers.end(), [&](int a, int b) {
    return last_year_[static_cast<std::size_t>(a)] > last_year_[static_cast<std::size_t>(b)];
  });
  return buyers;
}

void PoolMaker::add(int index, std::string_view state, std::string_view tier, Day since,
                    std::string reason) {
  PoolEntry entry;
  entry.account = index;
  entry.state = state;
  entry.tier = tier;
  entry.since = since;
  entry.reason = std::move(reason);
  entry.round = round_of(since);
  const bool decided = state != "candidate" && state != "requested";
  entry.decided_by = decided ? director : none;
  if (state == "requested" || state == "in_pool") entry.requested_by = account(index).owner;
  if (state == "requested") entry.due_on = since + days_to_decide;
  const auto sales = net_sales(company_, since - 365, since);
  entry.sales_before = sales[static_cast<std::size_t>(index)];
  company_.pool.push_back(std::move(entry));
  account(index).pool_state = state;
}

void PoolMaker::add_members(const std::vector<int>& buyers) {
  const int members = strategic_accounts + key_accounts;
  for (int i = 0; i < members; ++i) {
    const int index = buyers[static_cast<std::size_t>(i)];
    const bool strategic = i < strategic_accounts;
    const Day since = company_.as_of - random_.between(120, 900);
    // What led to the admission stays in the ledger, closed by it.
    add(index, "candidate", {}, since - random_.between(20, 60), "年销售额进入前列");
    company_.pool.back().until = since;
    add(index, "in_pool", strategic ? "strategic" : "key", since,
        strategic ? "销售额居首，合作关系战略化" : "销售额与增长均达到重点客户标准");
    account(index).tier = strategic ? "strategic" : "key";
    account(index).lifecycle = "deliver";
  }
}

void PoolMaker::add_others(const std::vector<int>& buyers) {
  struct Plan {
    std::string_view state, tier;
    const char* reason;
    int place;  // among the buyers by sales
  };
  constexpr std::array<Plan, 8> plans{{
      {"requested", "key", "近一年增长明显，申请入库", 20},
      {"requested", "key", "行业龙头，采购潜力大", 24},
      {"candidate", {}, "系统按积分建议", 27},
      {"candidate", {}, "系统按积分建议", 31},
      {"candidate", {}, "新客户，订单增长快", 40},
      {"watch", "key", "订单下滑，观察两个季度", 36},
      {"watch", "key", "逾期账款较多，观察", 44},
      {"blacklisted", {}, "长期拖欠货款且拒付商业汇票", 150},
  }};
  for (const Plan& plan : plans) {
    const int index = buyers[static_cast<std::size_t>(plan.place)];
    add(index, plan.state, plan.tier, company_.as_of - random_.between(10, 80), plan.reason);
    if (plan.state == "watch") account(index).tier = "key";
  }
  int exited = 0;
  constexpr int exits = 2;
  for (std::size_t i = 0; i < draft_.profiles.size() && exited < exits; ++i) {
    const Profile& profile = draft_.profiles[i];
    const bool was_large = profile.buys() && profile.rank < 120;
    if (profile.course != Course::churned || !was_large) continue;
    const auto index = static_cast<int>(i);
    add(index, "exited", {}, company_.as_of - random_.between(60, 200), "连续两个季度无订单，出库");
    account(index).tier = "base";
    ++exited;
  }
  for (std::size_t i = 0; i < draft_.profiles.size(); ++i) {
    if (draft_.profiles[i].buys() || random_.chance(0.85)) continue;
    add(static_cast<int>(i), "candidate", {}, company_.as_of - random_.between(10, 60),
        "行业五十强目标名单，尚未成交");
  }
}

// One for each half-year in which something was decided; the present one is open.
void PoolMaker::add_rounds() {
  for (const PoolEntry& entry : company_.pool) {
    const auto known =
        std::find_if(company_.rounds.begin(), company_.rounds.end(),
                     [&](const PoolRound& round) { return round.name == entry.round; });
    if (known != company_.rounds.end()) continue;
    const CivilDate date = civil_of(entry.since);
    const bool first_half = date.month <= 6;
    PoolRound round;
    round.name = entry.round;
    round.department = key_account_department;
    round.opens_on = day_of({date.year, first_half ? 1 : 7, 1});
    round.closes_on = first_half ? day_of({date.year, 6, 30}) : day_of({date.year, 12, 31});
    round.meeting_on = round.closes_on - meeting_before_end;
    round.participants = {general_manager, director};
    if (round.closes_on < company_.as_of) {
      round.closed_on = round.closes_on;
      round.appraisal = "按销售额、增长与回款逐户评估。";
      round.decision = "名单按评估意见执行。";
    }
    company_.rounds.push_back(std::move(round));
  }
}

void PoolMaker::fill() {
  const std::vector<int> buyers = buyers_by_sales();
  add_members(buyers);
  add_others(buyers);
  std::stable_sort(company_.pool.begin(), company_.pool.end(),
                   [](const PoolEntry& a, const PoolEntry& b) { return a.since < b.since; });
  add_rounds();
}

}  // namespace

void add_pool(Draft& draft) {
  Random random = draft.random("pool");
  PoolMaker(draft, random).fill();
}

}  // namespace linchpin::demo
