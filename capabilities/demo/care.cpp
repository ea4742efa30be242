// What is done for the people of the key accounts, and with whom the accounts do business.

#include <algorithm>
#include <array>

#include "demo/calendar.h"
#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int most_messages = 3;
constexpr int most_meetings = 14;
constexpr int most_preferences = 5;

struct Occasion {
  std::string_view text, kind;
  int yuan = 0;
};
constexpr std::array<Occasion, 5> occasions{{{"中秋月饼礼盒", "gift", 180},
                                             {"技术交流会纪念品", "gift", 90},
                                             {"春节贺礼", "gift", 260},
                                             {"行业论坛邀请", "invitation", 320},
                                             {"周年庆典邀请", "invitation", 220}}};
constexpr std::array<std::string_view, 4> trained{"设备部维护班组", "仪表班", "生产车间操作工",
                                                  "采购与库管人员"};
constexpr std::array<std::string_view, 6> things_to_say{
    "同行业改造后非计划停机减半，可安排去现场看。", "备件寄售后库存可降三成，资金占用少。",
    "质保延长到 24 个月，总成本比进口品牌低。",     "我方 4 小时到场，驻点工程师一名。",
    "账期按验收起算，开票可分两次。",               "选型资料和检测报告已备齐，可直接用于招标文件。"};
constexpr std::array<std::string_view, 3> meeting_subjects{"二期扩产阀门选型", "年度备件框架比选",
                                                           "节能改造泵组比选"};
constexpr std::array<std::string_view, 3> option_names{"我方整体方案", "进口品牌原装", "本地经销商低价方案"};
constexpr std::array<std::string_view, 3> reasons{"停机损失小，服务到场快", "沿用原厂，接口熟悉",
                                                  "一次投入低，预算内可批"};
constexpr std::array<std::string_view, 3> needs_of_company{"两年内不因备件停产", "统一品牌，减少维护人手",
                                                         "今年采购预算不超支"};
constexpr std::array<std::string_view, 3> private_wishes{"想把这个项目做成示范", "不愿承担换品牌的责任",
                                                   "希望流程简单、年底前办完"};

class CareMaker {
 public:
  CareMaker(Draft& draft, Random& random)
      : draft_(draft),
        company_(draft.company),
        random_(random),
        people_(people_in_office(company_)) {}

  void fill() {
    for (std::size_t i = 0; i < company_.accounts.size(); ++i) {
      const Account& account = company_.accounts[i];
      const int index = static_cast<int>(i);
      if (account.parent != none) add_group_line(index, account);
      if (account.tier != "strategic" && account.tier != "key") continue;
      add_gifts(index, account);
      add_messages(index, account);
      add_need(index);
      add_relations_of(index, account);
    }
    answer_needs();
    add_meetings();
  }

 private:
  const std::vector<int>& people_of(int account) const {
    return people_[static_cast<std::size_t>(account)];
  }

  // Public and state-owned customers get nothing of value without a decision.
  void add_gifts(int index, const Account& account) {
    const auto& people = people_of(index);
    if (people.empty()) return;
    const bool free_to_give = account.ownership_type == "private" ||
                              account.ownership_type == "foreign" ||
                              account.ownership_type == "joint_venture";
    const Occasion& occasion = random_.pick(occasions);
    Gift gift;
    gift.account = index;
    gift.contact = people.front();
    gift.owner = account.owner;
    gift.occasion = occasion.text;
    gift.kind = occasion.kind;
    gift.value = yuan(occasion.yuan);
    gift.given_on = company_.as_of - random_.between(2, 40);
    gift.state = free_to_give ? "given" : "planned";
    if (free_to_give || random_.chance(0.4)) company_.gifts.push_back(gift);
    if (people.size() < 2 || !random_.chance(0.5)) return;
    gift.contact = people[1];
    gift.occasion = "参观我司展厅与装配车间";
    gift.kind = "company_tour";
    gift.value = free_to_give ? yuan(random_.between(6, 12) * 20) : 0;
    gift.state = "given";
    company_.gifts.push_back(gift);
  }

  void add_messages(int index, const Account& account) {
    const auto& people = people_of(index);
    for (std::size_t i = 0; i < people.size() && i < most_messages; ++i) {
      if (i > 0 && random_.chance(0.35)) continue;
      Message message;
      message.contact = people[i];
      message.owner = account.owner;
      message.text = random_.pick(things_to_say);
      message.due_on = company_.as_of + random_.between(-3, 20);
      if (i > 0 && random_.chance(0.4)) message.delivered_on = company_.as_of - 5;
      company_.messages.push_back(message);
    }
  }

  void add_need(int index) {
    const Profile& profile = draft_.profiles[static_cast<std::size_t>(index)];
    if (profile.basket.empty() || !random_.chance(0.55)) return;
    TrainingNeed need;
    need.account = index;
    need.product = profile.basket.front();
    const Product& product = company_.products[static_cast<std::size_t>(need.product)];
    need.category = product.category;
    need.topic = product.name + "使用与维护";
    need.for_whom = random_.pick(trained);
    need.people = 2 * random_.between(4, 15);
    need.wanted_by = company_.as_of + random_.between(-30, 60);
    company_.needs.push_back(std::move(need));
  }

  // The trainings that were held or are planned anyway; the latest of each account first.
  void answer_needs() {
    std::vector<int> need_of(company_.accounts.size(), none);
    for (std::size_t i = 0; i < company_.needs.size(); ++i) {
      need_of[static_cast<std::size_t>(company_.needs[i].account)] = static_cast<int>(i);
    }
    for (Visit& visit : company_.visits) {
      const bool met = visit.state == "done" || visit.state == "reported";
      const bool many = visit.kind == "training" || visit.kind == "technical_exchange" ||
                        visit.kind == "event" || visit.kind == "company_tour";
      if (met && many) visit.participants = random_.between(4, 18);
      if (visit.kind == "training" && visit.state != "cancelled") {
        visit.need = need_of[static_cast<std::size_t>(visit.account)];
      }
    }
  }

  void add_group_line(int index, const Account& account) {
    company_.relations.push_back(
        {account.parent, index, "subsidiary", "集团成员企业", random_.between(51, 100),
         no_day});
  }

  void add_relations_of(int index, const Account& account) {
    const int other = random_.below(static_cast<int>(company_.accounts.size()));
    const Account& neighbour = company_.accounts[static_cast<std::size_t>(other)];
    if (other == index || other == account.parent || neighbour.parent == index) return;
    if (neighbour.tier == "strategic" || neighbour.tier == "key") return;
    const bool buys = draft_.profiles[static_cast<std::size_t>(other)].buys();
    if (buys && random_.chance(0.5)) {
      company_.relations.push_back({index, other, "follower", "跟随其选型，共用备件标准", 0,
                                    company_.as_of - random_.between(120, 500)});
    } else {
      company_.relations.push_back({index, other, random_.chance(0.5) ? "supplier" : "distributor",
                                    "往来多年，可互相引荐", 0, no_day});
    }
  }

  void add_meetings() {
    for (std::size_t i = 0; i < company_.opportunities.size(); ++i) {
      if (company_.meetings.size() == most_meetings) return;
      const Opportunity& opportunity = company_.opportunities[i];
      const Account& account = company_.accounts[static_cast<std::size_t>(opportunity.account)];
      const bool key = account.tier == "strategic" || account.tier == "key";
      const bool open = opportunity.closed_on == no_day;
      if (!key || !open || people_of(opportunity.account).size() < 3) continue;
      add_meeting(static_cast<int>(i), opportunity.account);
    }
  }

  // One in three lies ahead, one in three is confirmed and stands as evidence.
  void add_meeting(int opportunity, int account) {
    const int number = static_cast<int>(company_.meetings.size());
    const bool ahead = number % 3 == 1;
    BuyingMeeting meeting;
    meeting.account = account;
    meeting.opportunity = opportunity;
    meeting.subject = std::string(random_.pick(meeting_subjects));
    meeting.held_on = working_day_from(company_.as_of + (ahead ? random_.between(3, 25)
                                                               : random_.between(-60, -10)));
    meeting.state = ahead ? "planned" : "held";
    if (number % 3 == 2) {
      meeting.confirmed_on = meeting.held_on + 1;
      meeting.outcome = "多数人倾向我方方案，财务要求补充三年总成本测算，下周定稿。";
    }
    const int first_option = static_cast<int>(company_.options.size());
    for (std::size_t i = 0; i < option_names.size(); ++i) {
      const bool ours = i == 0;
      company_.options.push_back({number, option_names.at(i), ours,
                                  ours && meeting.confirmed_on != no_day});
    }
    const auto& people = people_of(account);
    for (std::size_t i = 0; i < people.size() && i < most_preferences; ++i) {
      const auto way = static_cast<std::size_t>(
          random_.pick_weighted(std::array<double, 3>{0.55, 0.25, 0.2}));
      company_.preferences.push_back({number, people[i], first_option + static_cast<int>(way),
                                      reasons.at(way), needs_of_company.at(way),
                                      i < 2 ? private_wishes.at(way) : std::string_view()});
      if (meeting.confirmed_on != no_day) note_standing(meeting, people[i], way);
    }
    company_.meetings.push_back(std::move(meeting));
  }

  void note_standing(const BuyingMeeting& meeting, int contact, std::size_t way) {
    constexpr std::array<int, 3> supports{4, -2, 0};
    constexpr std::array<std::string_view, 3> attitudes{"supporter", "sceptic", "neutral"};
    constexpr std::array<std::string_view, 3> proofs{"采购会议上倾向我方整体方案。",
                                                     "采购会议上倾向进口品牌。",
                                                     "采购会议上倾向低价方案。"};
    const auto before = std::find_if(company_.standings.begin(), company_.standings.end(),
                                     [&](const Standing& one) { return one.contact == contact; });
    if (before == company_.standings.end()) return;
    Standing standing = *before;
    standing.attitude = attitudes.at(way);
    standing.evidence = proofs.at(way);
    standing.support = supports.at(way);
    standing.as_of = meeting.held_on;
    company_.standings.push_back(standing);
  }

  Draft& draft_;
  Company& company_;
  Random& random_;
  std::vector<std::vector<int>> people_;  // in office, per account
};

}  // namespace

void add_care(Draft& draft) {
  Random random = draft.random("care");
  CareMaker(draft, random).fill();
}

}  // namespace linchpin::demo
