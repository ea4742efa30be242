// Business in preparation and what became of it in the last eighteen months.

#include <algorithm>
#include <array>

#include "demo/calendar.h"
#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int opportunities = 110;
constexpr double closed_share = 0.55;

constexpr std::array<StageProbability, 7> open_stages{{
    {"lead", 500},
    {"qualified", 1500},
    {"solution", 3000},
    {"proposal", 4500},
    {"tender", 5500},
    {"negotiation", 7500},
    {"won", 10000},
}};
constexpr std::array<std::string_view, 6> subjects{"扩产项目阀门仪表采购", "自控系统升级",
                                                   "泵站节能改造",         "年度备件框架",
                                                   "计量与能效监测项目",   "检修期集中采购"};
constexpr std::array<std::string_view, 5> sources{"老客户复购", "招标公告", "客户推荐", "展会",
                                                  "主动拜访"};
constexpr std::array<std::string_view, 4> rivals{"北仪流控", "凌科自动化", "欧陆仪表代理商",
                                                 "客户集团内部配套厂"};
constexpr std::array<std::string_view, 4> losses{"价格偏高", "交期不能满足", "竞争对手关系更深",
                                                 "技术参数不满足招标要求"};

void close(Opportunity& opportunity, Day as_of, Random& random) {
  const double fate = random.unit();
  opportunity.closed_on = opportunity.opened_on + random.between(30, 220);
  if (opportunity.closed_on > as_of) opportunity.closed_on = as_of - random.between(0, 20);
  opportunity.closed_on = std::max(opportunity.closed_on, opportunity.opened_on);
  opportunity.expected_on = opportunity.closed_on;
  opportunity.forecast_category = "closed";
  opportunity.probability = 0;
  if (fate < 0.46) {
    opportunity.stage = "won";
    opportunity.probability = open_stages.back().probability;
  } else if (fate < 0.86) {
    opportunity.stage = "lost";
    opportunity.lost_reason = random.pick(losses);
  } else {
    opportunity.stage = "abandoned";
    opportunity.lost_reason = random.chance(0.5) ? "流标" : "客户项目取消";
  }
}

void keep_open(Opportunity& opportunity, Day as_of, Random& random) {
  constexpr std::array<double, 6> weights{0.2, 0.22, 0.2, 0.16, 0.12, 0.1};
  const auto stage = static_cast<std::size_t>(random.pick_weighted(weights));
  opportunity.stage = open_stages[stage].stage;
  opportunity.probability = open_stages[stage].probability;
  // Some expected days have passed unnoticed, as they do.
  opportunity.expected_on = working_day_from(as_of + random.between(-20, 200));
  // A tender is opened long before the contract is signed.
  if (opportunity.stage == "tender") {
    const Day left = std::max(opportunity.expected_on - as_of, 0);
    opportunity.tender_on = working_day_from(as_of + 6 + left / 4);
  }
  opportunity.forecast_category = stage >= 5 ? "commit" : stage >= 3 ? "best_case" : "pipeline";
}

}  // namespace

void add_opportunities(Draft& draft) {
  Random random = draft.random("opportunities");
  Company& company = draft.company;
  company.stages.assign(open_stages.begin(), open_stages.end());
  while (static_cast<int>(company.opportunities.size()) < opportunities) {
    const int account = random.below(static_cast<int>(company.accounts.size()));
    const Account& customer = company.accounts[static_cast<std::size_t>(account)];
    const Profile& profile = draft.profiles[static_cast<std::size_t>(account)];
    const bool small = profile.buys() && profile.rank > 120;
    if (profile.course == Course::churned || (small && random.chance(0.8))) continue;
    Opportunity opportunity;
    opportunity.account = account;
    opportunity.owner = customer.owner;
    opportunity.name = customer.short_name + std::string(random.pick(subjects));
    opportunity.source = random.pick(sources);
    if (random.chance(0.6)) opportunity.competitor = random.pick(rivals);
    const double yearly =
        static_cast<double>(customer.purchase_potential) / static_cast<double>(yuan(1));
    opportunity.amount = round_yuan(yearly * random.uniform(0.05, 0.3) + 20'000, 10'000);
    const bool closed = random.chance(closed_share);
    opportunity.opened_on =
        working_day_from(company.as_of - random.between(closed ? 60 : 5, closed ? 540 : 240));
    opportunity.opened_on = std::min(opportunity.opened_on, company.as_of);
    if (closed) {
      close(opportunity, company.as_of, random);
    } else {
      keep_open(opportunity, company.as_of, random);
    }
    company.opportunities.push_back(std::move(opportunity));
  }
  std::stable_sort(
      company.opportunities.begin(), company.opportunities.end(),
      [](const Opportunity& a, const Opportunity& b) { return a.opened_on < b.opened_on; });
}

}  // namespace linchpin::demo
