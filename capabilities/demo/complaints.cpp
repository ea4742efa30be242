// What customers complained about in the last year and a half.

#include <algorithm>
#include <array>

#include "demo/calendar.h"
#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr int complaints = 64;
constexpr int complaint_days_back = 540;
constexpr int quality_manager = 12;
constexpr int logistics_manager = 13;
constexpr int technical_manager = 11;

struct Case {
  std::string_view content, course, result, cause;
  int owner;
  bool of_product;
};
constexpr std::array<Case, 8> cases{{
    {"阀门填料处渗漏，现场有滴液。", "次日到场更换填料并检查同批库存。", "泄漏消除，运行正常。",
     "填料压盖预紧力不足，装配扭矩未按工艺执行。", quality_manager, true},
    {"变送器零点漂移，读数偏差超过允许值。", "远程指导校准无效，寄送备用表替换。",
     "更换后读数稳定，故障件返厂分析。", "传感器膜片受潮。", quality_manager, true},
    {"到货数量比送货单少两件。", "核对出库影像与运单。", "补发两件并承担运费。", "装箱复核漏项。",
     logistics_manager, false},
    {"交货晚于承诺日期五天，影响检修。", "协调专车直送，安排技术人员到场配合。", "检修如期完成。",
     "供应商铸件到货延误，未及时预警。", logistics_manager, false},
    {"变频器启动时频繁报过流。", "现场采集波形并修改加速参数。", "连续运行一周无报警。",
     "参数与负载惯量不匹配。", technical_manager, true},
    {"发货型号与合同不符。", "当日安排换货，错发件运回。", "客户已收到正确型号。",
     "订单录入时选错规格。", logistics_manager, false},
    {"泵组振动超标，轴承温度偏高。", "停机检查，重新对中并更换轴承。", "振动值降至合格范围。",
     "基础沉降导致联轴器不对中。", technical_manager, true},
    {"控制柜图纸与实物端子号不一致。", "重新核对并出具修订图纸。", "客户确认图纸无误。",
     "设计变更未同步到出厂资料。", technical_manager, true},
}};

constexpr std::array<std::string_view, 4> severities{"critical", "high", "medium", "low"};
constexpr std::array<double, 4> severity_weights{0.06, 0.22, 0.5, 0.22};
constexpr std::array<std::string_view, 5> channels{"phone", "wechat", "email", "visit", "link"};

// How far the work is: the older, the further.
void progress(Complaint& complaint, const Case& story, Day as_of, Random& random) {
  const int age = as_of - complaint.raised_on;
  if (age <= 1) {
    complaint.state = "new";
  } else if (age <= 4) {
    complaint.state = random.chance(0.5) ? "accepted" : "contained";
  } else if (age <= 20) {
    complaint.state = random.chance(0.5) ? "solving" : "solved";
  } else {
    complaint.state = age > 45 || random.chance(0.5) ? "closed" : "confirmed";
  }
  if (age > 4) complaint.course = story.course;
  const bool solved =
      complaint.state == "solved" || complaint.state == "confirmed" || complaint.state == "closed";
  if (solved) complaint.result = story.result;
  if (solved) complaint.cause = story.cause;
  complaint.confirmed =
      complaint.state == "confirmed" || (complaint.state == "closed" && random.chance(0.9));
  if (complaint.state == "closed") {
    complaint.closed_on = std::min(as_of, complaint.raised_on + random.between(3, 30));
  }
}

int contact_of(const Company& company, int account, Random& random) {
  std::vector<int> people;
  for (std::size_t i = 0; i < company.contacts.size(); ++i) {
    if (company.contacts[i].account == account) people.push_back(static_cast<int>(i));
  }
  return people.empty() ? none : random.pick(people);
}

Complaint complain(const Company& company, const Line& line, Random& random) {
  const Case& story = random.pick(cases);
  const auto severity = static_cast<std::size_t>(random.pick_weighted(severity_weights));
  Complaint complaint;
  complaint.account = line.account;
  complaint.contact = contact_of(company, line.account, random);
  complaint.raised_on = std::min(company.as_of, line.day + random.between(10, 90));
  complaint.minute = random.between(8 * 60, 19 * 60);
  complaint.channel = random.pick(channels);
  complaint.severity = severities[severity];
  if (story.of_product) {
    complaint.product = line.product;
    complaint.batch = "P" + year_month(line.day) + padded(random.between(1, 40), 2);
  }
  complaint.content = story.content;
  complaint.owner = story.owner;
  progress(complaint, story, company.as_of, random);
  return complaint;
}

}  // namespace

void add_complaints(Draft& draft) {
  Random random = draft.random("complaints");
  Company& company = draft.company;
  while (static_cast<int>(company.complaints.size()) < complaints) {
    const Line& line = random.pick(company.lines);
    if (line.day < company.as_of - complaint_days_back || line.quantity <= 0) continue;
    company.complaints.push_back(complain(company, line, random));
  }
  std::stable_sort(
      company.complaints.begin(), company.complaints.end(),
      [](const Complaint& a, const Complaint& b) { return a.raised_on < b.raised_on; });
  int number = 0;
  for (Complaint& complaint : company.complaints) {
    complaint.number = "KS" + year_month(complaint.raised_on) + padded(++number, 3);
  }
}

}  // namespace linchpin::demo
