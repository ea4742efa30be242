// Visits of the last months and the plan of the next weeks. A few key accounts were not seen for
// long.

#include <algorithm>
#include <array>

#include "demo/calendar.h"
#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int visit_days_back = 270;
constexpr int days_ahead = 21;
constexpr int neglect_days = 75;
constexpr int neglected_key_accounts = 3;

struct VisitText {
  std::string_view subject, content, progress, outcome;
};
constexpr std::array<VisitText, 8> visit_texts{{
    {"季度回访", "回顾上季度供货与服务情况，客户对交期基本满意。", "交货及时率达到约定标准。",
     "下月提供备件消耗清单，协助制定备货计划。"},
    {"新项目需求沟通", "了解扩产项目的工艺参数与时间表。", "客户同意我方参与前期选型。",
     "两周内提交选型方案与预算报价。"},
    {"回款催收", "核对应收明细，确认到期未付发票。", "财务承诺分两次付清逾期款。",
     "跟进承诺付款日期，必要时由总监协调。"},
    {"技术方案讲解", "向工艺与设备部门讲解流量计量方案。", "技术部门认可精度指标，关注安装空间。",
     "安排样机试用，试用期一个月。"},
    {"年度框架谈判", "就明年框架协议的价格与份额交换意见。", "份额提升意向明确，价格仍有分歧。",
     "提交阶梯价格方案，下次由双方负责人会谈。"},
    {"质量问题复盘", "复盘上月密封泄漏问题的原因与措施。", "客户接受整改报告。",
     "三个月内跟踪同批次产品运行情况。"},
    {"现场巡检", "巡检在用阀门与泵组，记录运行状态。", "发现两台定位器需要校准。",
     "安排维保人员下周到场处理。"},
    {"例行拜访", "了解近期生产负荷与采购计划。", "客户四季度有检修计划。",
     "检修前一个月送达备件报价。"},
}};

constexpr std::array<std::string_view, 6> kinds{"visit", "technical_exchange", "training", "event",
                                                "call",  "company_tour"};
constexpr std::array<double, 6> kind_weights{0.62, 0.12, 0.05, 0.02, 0.16, 0.03};

// Days between two visits, by the tier's standard; 0 = no regular visits.
int interval_of(const Account& account, const Profile& profile) {
  if (account.tier == "strategic") return 14;
  if (account.tier == "key") return 30;
  if (!profile.buys()) return 90;
  if (account.tier == "growth") return 75;
  return profile.rank % 3 == 0 ? 150 : 0;
}

class VisitMaker {
 public:
  VisitMaker(Draft& draft, Random& random)
      : draft_(draft), company_(draft.company), random_(random), people_(company_.accounts.size()) {
    for (std::size_t i = 0; i < company_.contacts.size(); ++i) {
      const Contact& contact = company_.contacts[i];
      if (contact.status != "active") continue;
      people_[static_cast<std::size_t>(contact.account)].push_back(static_cast<int>(i));
    }
  }

  void add_series(int account, int interval, Day last_done);

 private:
  void add(int account, Day planned, Day next);
  void report(Visit& visit, const VisitText& text, Day next);

  Draft& draft_;
  Company& company_;
  Random& random_;
  std::vector<std::vector<int>> people_;  // in office, per account
};

void VisitMaker::report(Visit& visit, const VisitText& text, Day next) {
  visit.done_on = visit.planned_on;
  visit.dossier_opened = random_.chance(0.75);
  const bool fresh = visit.done_on > company_.as_of - 3;
  visit.state = fresh && random_.chance(0.6) ? "done" : "reported";
  if (visit.state == "done") return;
  visit.content = text.content;
  visit.progress = text.progress;
  visit.outcome = text.outcome;
  visit.next_on = next;
  if (visit.kind != "call") visit.cost = 10 * yuan(random_.between(5, 160));
}

void VisitMaker::add(int account, Day planned, Day next) {
  const Account& customer = company_.accounts[static_cast<std::size_t>(account)];
  const auto& people = people_[static_cast<std::size_t>(account)];
  const VisitText& text = random_.pick(visit_texts);
  Visit visit;
  visit.account = account;
  visit.subject = text.subject;
  visit.planned_on = planned;
  visit.minute = 30 * random_.between(18, 33);
  visit.kind = kinds[static_cast<std::size_t>(random_.pick_weighted(kind_weights))];
  visit.place = visit.kind == "company_tour" ? "我司展厅"
                : visit.kind == "call"       ? std::string()
                                             : customer.address;
  visit.our_people = {customer.owner};
  if (visit.kind == "technical_exchange") {
    constexpr int technical = 11;
    visit.our_people.push_back(technical);
  }
  if (!people.empty()) {
    const int first = random_.pick(people);
    const int second = random_.pick(people);
    visit.received_by = {first};
    if (second != first && random_.chance(0.4)) visit.received_by.push_back(second);
  }
  visit.state = "planned";
  if (random_.chance(0.03)) {
    visit.state = "cancelled";
  } else if (planned < company_.as_of) {
    report(visit, text, next);
  }
  company_.visits.push_back(std::move(visit));
}

void VisitMaker::add_series(int account, int interval, Day last_done) {
  Day day = company_.as_of - visit_days_back + random_.below(interval);
  while (day <= company_.as_of + days_ahead) {
    const Day planned = working_day_from(day);
    const Day next = day + std::max(5, interval + random_.between(-interval / 4, interval / 4));
    if (planned <= last_done || planned > company_.as_of + 7) {
      add(account, planned, working_day_from(next));
    }
    day = next;
  }
}

}  // namespace

void add_visits(Draft& draft) {
  Random random = draft.random("visits");
  Company& company = draft.company;
  VisitMaker maker(draft, random);
  int neglected = 0;
  for (std::size_t i = 0; i < company.accounts.size(); ++i) {
    const Account& account = company.accounts[i];
    const int interval = interval_of(account, draft.profiles[i]);
    if (interval == 0) continue;
    const bool neglect = account.tier == "key" && neglected < neglected_key_accounts;
    if (neglect) ++neglected;
    const Day last = neglect ? company.as_of - neglect_days : company.as_of + days_ahead;
    maker.add_series(static_cast<int>(i), interval, last);
  }
  std::stable_sort(company.visits.begin(), company.visits.end(),
                   [](const Visit& a, const Visit& b) { return a.planned_on < b.planned_on; });
}

}  // namespace linchpin::demo
