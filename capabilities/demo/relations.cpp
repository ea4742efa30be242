// What is known of the strategic and key accounts beside business.

#include <algorithm>
#include <array>

#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int years_of_figures = 3;
constexpr int most_standings = 5;

struct Judgement {
  std::string_view strengths, weaknesses, opportunities, threats, competition, strategy, power;
};
constexpr std::array<Judgement, 3> judgements{{
    {"资金充足，项目储备多，付款守信。", "采购流程长，决策层级多。", "两年内有扩产和节能改造计划。",
     "进口品牌降价抢占高端份额。", "主要对手在技术部门关系较深。",
     "以样机试用切入，争取年度框架协议。", "客户集中采购，议价力强；我方交期和服务占优。"},
    {"行业龙头，示范作用明显。", "设备老旧，备件品种杂。", "备件国产化替代需求明确。",
     "集团推行统一招标，价格压力上升。", "两家本地经销商低价竞争。",
     "推备件寄售与年度维保打包方案。", "双方互有依赖，价格可谈，账期是关键。"},
    {"技术团队专业，接受新方案快。", "预算受上级单位控制。", "数字化改造带来仪表与控制需求。",
     "人员调整频繁，关系需要重建。", "外资品牌与设计院联系紧密。",
     "联合设计院做技术交流，提前进入选型。", "客户依赖我方技术支持，议价力中等。"},
}};

constexpr std::array<std::string_view, 5> buying_roles{"decider", "approver", "influencer", "buyer",
                                                       "user"};
constexpr std::array<std::string_view, 5> standing_attitudes{"champion", "supporter", "neutral",
                                                             "sceptic", "opponent"};
constexpr std::array<double, 5> attitude_weights{0.15, 0.35, 0.3, 0.15, 0.05};
constexpr std::array<int, 5> support_of{5, 3, 0, -2, -4};
constexpr std::array<std::string_view, 4> reaction_modes{"growth", "trouble", "even_keel",
                                                         "overconfident"};
constexpr std::array<std::string_view, 4> standing_proofs{
    "在评审会上支持我方方案。", "主动透露下年度预算。", "只关心价格，尚未表态。",
    "多次提出交期质疑。"};
constexpr std::array<std::string_view, 4> trip_cities{"北京", "上海", "苏州", "广州"};
constexpr std::array<std::string_view, 4> trip_purposes{"参加行业展会", "总部开会", "来我公司考察",
                                                        "设计院选型讨论"};
// Of ours: the first people of the company travel.
constexpr std::size_t travellers = 2;
constexpr std::size_t most_journeys = 4;
constexpr std::string_view home_city = "苏州";
constexpr std::array<std::string_view, 3> train_numbers{"G7002", "G118", "G1302"};
constexpr std::array<std::string_view, 2> hotels{"江畔商务酒店", "云栖酒店"};
constexpr std::array<std::string_view, 5> promise_texts{"提供备件消耗分析报告", "样机两周内到场",
                                                        "更换渗漏阀门并说明原因",
                                                        "安排技术人员培训", "提交阶梯价格方案"};
constexpr std::array<std::string_view, 5> remark_texts{
    "采购部换了新主管，下次拜访先去认识。", "客户暗示竞争对手报价低 6%。",
    "四季度检修计划已定，备件要提前备货。", "财务说年底前可以结清逾期款。",
    "技术部对我方流量计精度很认可。"};
constexpr std::array<std::string_view, 4> task_titles{"准备年度框架谈判资料", "补齐决策层联系人",
                                                      "跟进样机试用结果", "整理竞争对手报价"};

class RelationMaker {
 public:
  RelationMaker(Draft& draft, Random& random)
      : company_(draft.company), random_(random), people_(people_in_office(draft.company)) {}

  void fill() {
    for (std::size_t i = 0; i < company_.accounts.size(); ++i) {
      const Account& account = company_.accounts[i];
      if (account.tier != "strategic" && account.tier != "key") continue;
      const int index = static_cast<int>(i);
      add_figures(index, account);
      add_people(index, account);
      add_words(index, account);
    }
    add_journeys_of_ours();
  }

 private:
  // Those who lead us are where some of the customers' people go, one place at a time.
  void add_journeys_of_ours() {
    std::vector<Trip> theirs = company_.trips;
    std::stable_sort(theirs.begin(), theirs.end(), [](const Trip& left, const Trip& right) {
      return left.starts_on < right.starts_on;
    });
    std::array<Day, travellers> back{};
    std::size_t next = 0;
    for (const Trip& their : theirs) {
      Day& free_after = back.at(next % travellers);
      if (their.starts_on <= free_after || their.to_city == home_city) continue;
      Trip ours;
      ours.user = static_cast<int>(next % travellers);
      ours.from_city = home_city;
      ours.to_city = their.to_city;
      ours.transport = "train";
      ours.number = train_numbers.at(next % train_numbers.size());
      ours.hotel = hotels.at(next % hotels.size());
      ours.purpose = "拜访客户";
      ours.starts_on = their.starts_on;
      ours.days = 2;
      free_after = ours.starts_on + ours.days;
      company_.trips.push_back(std::move(ours));
      if (++next == most_journeys) return;
    }
  }

  void add_figures(int index, const Account& account) {
    const int year = civil_of(company_.as_of).year;
    for (int back = years_of_figures; back > 0 && account.annual_revenue > 0; --back) {
      Financial figures;
      figures.account = index;
      figures.year = year - back;
      const double revenue =
          static_cast<double>(account.annual_revenue / power_of_ten(2)) * random_.uniform(0.8, 1.1);
      const auto part = [&](double low, double high) {
        return round_yuan(revenue * random_.uniform(low, high), 10'000);
      };
      figures.revenue = round_yuan(revenue, 10'000);
      figures.cost_of_sales = part(0.68, 0.8);
      figures.selling_expense = part(0.03, 0.07);
      figures.admin_expense = part(0.04, 0.08);
      figures.interest = part(0.002, 0.01);
      figures.profit = part(0.03, 0.12);
      figures.cash_flow = part(0.02, 0.15);
      company_.financials.push_back(figures);
    }
    const Judgement& judged = random_.pick(judgements);
    company_.analyses.push_back({index, year, judged.strengths, judged.weaknesses,
                                 judged.opportunities, judged.threats, judged.competition,
                                 judged.strategy, judged.power});
  }

  void add_people(int index, const Account& account) {
    const std::vector<int>& people = people_[static_cast<std::size_t>(index)];
    for (std::size_t i = 0; i < people.size() && i < most_standings; ++i) {
      const auto attitude = static_cast<std::size_t>(random_.pick_weighted(attitude_weights));
      Standing standing;
      standing.contact = people[i];
      standing.coverage = account.owner;
      standing.buying_role = random_.pick(buying_roles);
      standing.attitude = standing_attitudes[attitude];
      standing.support = support_of[attitude];
      standing.influence = random_.between(1, 5);
      standing.reaction_mode = random_.pick(reaction_modes);
      standing.evidence = random_.pick(standing_proofs);
      standing.as_of = company_.as_of - random_.between(5, 200);
      company_.standings.push_back(standing);
      if (i > 0 && random_.chance(0.6)) {
        company_.influences.push_back(
            {people[i], people[i - 1], random_.chance(0.5) ? "strong" : "medium"});
      }
    }
    if (people.empty() || !random_.chance(0.4)) return;
    Trip trip;
    trip.contact = people.front();
    trip.from_city = account.city;
    trip.to_city = random_.pick(trip_cities);
    trip.transport = random_.chance(0.5) ? "train" : "flight";
    trip.purpose = random_.pick(trip_purposes);
    trip.starts_on = company_.as_of + random_.between(1, 14);
    trip.days = random_.between(1, 4);
    company_.trips.push_back(std::move(trip));
  }

  void add_words(int index, const Account& account) {
    const Day as_of = company_.as_of;
    Promise promise;
    promise.account = index;
    promise.owner = account.owner;
    promise.content = random_.pick(promise_texts);
    promise.promised_on = as_of - random_.between(3, 60);
    promise.due_on = promise.promised_on + random_.between(10, 40);
    promise.state = promise.due_on < as_of && random_.chance(0.8) ? "kept" : "open";
    company_.promises.push_back(promise);
    const int remarks = random_.between(1, 3);
    for (int i = 0; i < remarks; ++i) {
      company_.remarks.push_back({index, account.owner, random_.pick(remark_texts),
                                  as_of - random_.between(1, 120),
                                  random_.between(9 * 60, 18 * 60)});
    }
    if (!random_.chance(0.6)) return;
    Task task;
    task.account = index;
    task.owner = account.owner;
    task.title = random_.pick(task_titles);
    task.kind = "todo";
    task.state = "open";
    task.due_on = as_of + random_.between(-2, 12);
    company_.tasks.push_back(task);
  }

  Company& company_;
  Random& random_;
  std::vector<std::vector<int>> people_;
};

}  // namespace

void add_relations(Draft& draft) {
  Random random = draft.random("relations");
  RelationMaker(draft, random).fill();
}

}  // namespace linchpin::demo
