#include <array>

#include "demo/draft.h"
#include "demo/names.h"

namespace linchpin::demo {

namespace {

struct DepartmentPlan {
  const char* code;
  const char* name;
  int parent;
  const char* head;
};

constexpr std::array<DepartmentPlan, 11> department_plans{{
    {"LH", "澜衡自动化", none, "chen.guodong"},
    {"KA", "大客户部", 0, "li.wei"},
    {"KA-E", "大客户部华东组", 1, "wang.jing"},
    {"KA-S", "大客户部华南组", 1, "liu.yang"},
    {"KA-N", "大客户部华北组", 1, "zhou.ting"},
    {"SA", "销售支持部", 0, "he.yu"},
    {"FI", "财务部", 0, "lin.fang"},
    {"TE", "技术中心", 0, "xu.tao"},
    {"QA", "质量部", 0, "gao.ming"},
    {"LO", "供应链部", 0, "luo.dan"},
    {"AU", "审计部", 0, "song.yan"},
}};

struct UserPlan {
  const char* login;
  const char* name;
  const char* title;
  int department;
  int manager;
  const char* role;
};

constexpr std::array<UserPlan, 15> user_plans{{
    {"chen.guodong", "陈国栋", "总经理", 0, none, "executive"},
    {"li.wei", "李伟", "大客户部总监", 1, 0, "kam_director"},
    {"wang.jing", "王静", "大客户经理（沪苏）", 2, 1, "kam"},
    {"zhang.lei", "张磊", "大客户经理（浙皖鲁闽）", 2, 1, "kam"},
    {"liu.yang", "刘洋", "大客户经理（华南）", 3, 1, "kam"},
    {"zhou.ting", "周婷", "大客户经理（华北、东北）", 4, 1, "kam"},
    {"wu.hao", "吴昊", "大客户经理（华中）", 3, 1, "kam"},
    {"sun.qian", "孙倩", "大客户经理（西部）", 4, 1, "kam"},
    {"he.yu", "何雨", "销售助理主管", 5, 1, "sales_assistant"},
    {"guo.chen", "郭晨", "销售助理", 5, 8, "sales_assistant"},
    {"lin.fang", "林芳", "财务经理", 6, 0, "finance"},
    {"xu.tao", "许涛", "技术支持经理", 7, 0, "colleague"},
    {"gao.ming", "高明", "质量经理", 8, 0, "colleague"},
    {"luo.dan", "罗丹", "物流主管", 9, 0, "colleague"},
    {"song.yan", "宋岩", "审计专员", 10, 0, "auditor"},
}};

// The sales assistants share all key account managers.
std::vector<int> assisted_by(std::string_view role) {
  std::vector<int> managers;
  for (std::size_t i = 0; role == "sales_assistant" && i < user_plans.size(); ++i) {
    if (user_plans[i].role == std::string_view("kam")) managers.push_back(static_cast<int>(i));
  }
  return managers;
}

int user_with_login(const Company& company, std::string_view login) {
  for (std::size_t i = 0; i < company.users.size(); ++i) {
    if (company.users[i].login == login) return static_cast<int>(i);
  }
  return none;
}

}  // namespace

void add_people(Draft& draft) {
  Company& company = draft.company;
  Random random = draft.random("people");
  for (const UserPlan& plan : user_plans) {
    User user;
    user.login = plan.login;
    user.name = plan.name;
    user.title = plan.title;
    user.email = user.login + "@lanheng.example";
    user.phone = mobile_number(random);
    user.department = plan.department;
    user.manager = plan.manager;
    user.roles = {plan.role};
    user.assists = assisted_by(plan.role);
    company.users.push_back(std::move(user));
  }
  for (const DepartmentPlan& plan : department_plans) {
    company.departments.push_back(
        {plan.code, plan.name, plan.parent, user_with_login(company, plan.head)});
  }
}

}  // namespace linchpin::demo
