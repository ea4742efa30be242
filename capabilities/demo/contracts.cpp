// Yearly framework contracts of the large customers, and single contracts with payment nodes for
// projects.

#include <algorithm>
#include <array>

#include "demo/calendar.h"
#include "demo/draft.h"
#include "demo/line_amounts.h"

namespace linchpin::demo {

namespace {

constexpr int framework_customers = 36;
constexpr Units least_project = 80'000;  // yuan

class ContractMaker {
 public:
  ContractMaker(Draft& draft, Random& random)
      : draft_(draft), company_(draft.company), random_(random) {}

  void add_frameworks(int account, const std::vector<int>& orders);
  void add_project(int order);

 private:
  int add(Contract contract);
  void add_nodes(int contract, const Order& order);

  Draft& draft_;
  Company& company_;
  Random& random_;
};

int ContractMaker::add(Contract contract) {
  contract.net_amount = without_tax(contract.amount, contract.tax_rate);
  company_.contracts.push_back(std::move(contract));
  return static_cast<int>(company_.contracts.size()) - 1;
}

void ContractMaker::add_frameworks(int account, const std::vector<int>& orders) {
  const Account& customer = company_.accounts[static_cast<std::size_t>(account)];
  const int last_year = civil_of(company_.as_of).year;
  for (int year = civil_of(company_.first_day).year; year <= last_year; ++year) {
    const Day starts = day_of({year, 1, 1});
    const Day ends = day_of({year, 12, 31});
    Units bought = 0;
    for (const int index : orders) {
      const Order& order = company_.orders[static_cast<std::size_t>(index)];
      if (order.posted() && order.day >= starts && order.day <= ends) bought += order.amount;
    }
    if (bought <= 0) continue;
    const Day seen_from = std::max(starts, company_.first_day);
    const Day seen_to = std::min(ends, company_.as_of);
    const double whole_year = static_cast<double>(bought) / static_cast<double>(yuan(1)) * 365 /
                              std::max(60, seen_to - seen_from + 1);
    Contract contract;
    contract.name = customer.short_name + std::to_string(year) + "年度框架协议";
    contract.account = account;
    contract.entity = draft_.profiles[static_cast<std::size_t>(account)].entity;
    contract.owner = customer.owner;
    contract.kind = "framework";
    contract.signed_on = working_day_from(starts - random_.between(3, 30));
    contract.starts_on = starts;
    contract.ends_on = ends;
    contract.tax_rate = goods_rate;
    contract.amount = round_yuan(whole_year * random_.uniform(0.85, 1.25), 10'000);
    contract.state = ends < company_.as_of ? "expired" : "active";
    if (contract.signed_on > company_.as_of || contract.amount == 0) continue;
    const int made = add(std::move(contract));
    for (const int index : orders) {
      Order& order = company_.orders[static_cast<std::size_t>(index)];
      if (order.day >= starts && order.day <= ends) order.contract = made;
    }
  }
}

void ContractMaker::add_project(int index) {
  Order& order = company_.orders[static_cast<std::size_t>(index)];
  const Account& customer = company_.accounts[static_cast<std::size_t>(order.account)];
  constexpr std::array<std::string_view, 5> subjects{
      "二期扩建项目", "自控系统改造项目", "泵站设备采购项目", "节能改造项目", "计量仪表更新项目"};
  Contract contract;
  contract.name = customer.short_name + std::string(random_.pick(subjects));
  contract.account = order.account;
  contract.entity = order.entity;
  contract.owner = order.owner;
  contract.kind = "single";
  contract.signed_on = working_day_from(order.day - random_.between(7, 25));
  contract.starts_on = contract.signed_on;
  contract.ends_on = order.day + random_.between(365, 540);
  contract.tax_rate = goods_rate;
  contract.amount = order.amount;
  contract.state = order.day + 400 < company_.as_of ? "completed" : "active";
  order.contract = add(std::move(contract));
  add_nodes(order.contract, order);
}

void ContractMaker::add_nodes(int index, const Order& order) {
  struct NodePlan {
    std::string_view kind;
    const char* trigger;
    int share;
    int days;
  };
  constexpr std::array<NodePlan, 4> plans{{
      {"advance", "合同生效后 10 日内", 30, 10},
      {"delivery", "货到现场并签收后 30 日内", 30, 60},
      {"acceptance", "验收合格后 30 日内", 30, 120},
      {"retention", "质保期满后 15 日内", 10, 485},
  }};
  const Contract& contract = company_.contracts[static_cast<std::size_t>(index)];
  Units rest = contract.amount;
  for (const NodePlan& plan : plans) {
    PaymentNode node;
    node.contract = index;
    node.owner = contract.owner;
    node.kind = plan.kind;
    node.trigger = plan.trigger;
    node.share = Units{plan.share} * 100;
    node.amount = plan.kind == "retention" ? rest : contract.amount / 100 * plan.share;
    rest -= node.amount;
    node.due_on = order.day + plan.days;
    const int overdue = company_.as_of - node.due_on;
    node.state = overdue > 40 ? "paid" : overdue > 0 ? "due" : "pending";
    company_.nodes.push_back(std::move(node));
  }
}

void number_contracts(Company& company) {
  // Numbers follow the day of signing, as in a register of contracts.
  std::vector<Contract*> by_day;
  for (Contract& contract : company.contracts) by_day.push_back(&contract);
  std::stable_sort(by_day.begin(), by_day.end(), [](const Contract* a, const Contract* b) {
    return a->signed_on < b->signed_on;
  });
  int number = 0;
  int year = 0;
  for (Contract* contract : by_day) {
    const int now = civil_of(contract->signed_on).year;
    if (now != year) number = 0;
    year = now;
    contract->number = "HT-" + std::to_string(year) + "-" + padded(++number, 3);
  }
}

}  // namespace

void add_contracts(Draft& draft) {
  Random random = draft.random("contracts");
  Company& company = draft.company;
  std::vector<std::vector<int>> orders(company.accounts.size());
  for (std::size_t i = 0; i < company.orders.size(); ++i) {
    orders[static_cast<std::size_t>(company.orders[i].account)].push_back(static_cast<int>(i));
  }
  ContractMaker maker(draft, random);
  for (std::size_t a = 0; a < draft.profiles.size(); ++a) {
    const Profile& profile = draft.profiles[a];
    if (!profile.buys()) continue;
    if (profile.course == Course::project) {
      for (const int index : orders[a]) {
        const Order& order = company.orders[static_cast<std::size_t>(index)];
        if (order.posted() && order.amount > yuan(least_project)) maker.add_project(index);
      }
    } else if (profile.rank < framework_customers) {
      maker.add_frameworks(static_cast<int>(a), orders[a]);
    }
  }
  number_contracts(company);
}

}  // namespace linchpin::demo
