#include <array>

#include "demo/draft.h"
#include "demo/line_amounts.h"
#include "demo/names.h"

namespace linchpin::demo {

namespace {

struct CategoryPlan {
  const char* code;
  const char* name;
};

// In the order of ProductGroup.
constexpr std::array<CategoryPlan, product_groups> category_plans{{
    {"FM", "阀门"},
    {"BP", "泵"},
    {"ZX", "执行机构"},
    {"LL", "流量仪表"},
    {"CG", "压力与温度仪表"},
    {"KZ", "控制系统"},
    {"QD", "变频与驱动"},
    {"BJ", "备件与服务"},
}};

struct ProductPlan {
  ProductGroup group;
  const char* code;
  const char* name;
  const char* specification;
  const char* unit;
  int price;  // yuan
  int cost_percent;
  int age_months;  // at the end of the years shown
};

constexpr std::array<ProductPlan, 40> product_plans{{
    {ProductGroup::valves, "FM-T200", "气动调节阀", "DN100 PN40 不锈钢", "台", 12'800, 61, 118},
    {ProductGroup::valves, "FM-Q150", "电动球阀", "DN80 PN16", "台", 4'650, 63, 96},
    {ProductGroup::valves, "FM-D300", "三偏心蝶阀", "DN300 PN25", "台", 9'400, 64, 84},
    {ProductGroup::valves, "FM-X020", "电磁阀", "DN20 24VDC", "只", 386, 66, 130},
    {ProductGroup::valves, "FM-A110", "先导式安全阀", "DN50 PN63", "台", 7'900, 58, 60},
    {ProductGroup::valves, "FM-Z080", "智能疏水阀", "DN25", "只", 1'180, 60, 20},
    {ProductGroup::pumps, "BP-C320", "离心泵", "320 m³/h 75 kW", "台", 38'600, 68, 110},
    {ProductGroup::pumps, "BP-L050", "螺杆泵", "50 m³/h", "台", 26'400, 67, 88},
    {ProductGroup::pumps, "BP-J012", "隔膜计量泵", "12 L/h", "台", 8'200, 62, 72},
    {ProductGroup::pumps, "BP-Y600", "液下泵", "600 m³/h 132 kW", "台", 86'500, 70, 64},
    {ProductGroup::pumps, "BP-V090", "真空泵机组", "90 L/s", "套", 54'800, 66, 40},
    {ProductGroup::actuators, "ZX-P250", "智能阀门定位器", "HART", "只", 3'980, 55, 90},
    {ProductGroup::actuators, "ZX-E400", "电动执行机构", "400 N·m", "台", 6'750, 63, 100},
    {ProductGroup::actuators, "ZX-G160", "气动执行器", "双作用 160", "台", 2'160, 65, 104},
    {ProductGroup::actuators, "ZX-H900", "电液执行机构", "9000 N·m", "台", 68'000, 60, 36},
    {ProductGroup::flow, "LL-M100", "电磁流量计", "DN100", "台", 6'480, 57, 112},
    {ProductGroup::flow, "LL-C050", "科里奥利质量流量计", "DN50", "台", 32'800, 54, 58},
    {ProductGroup::flow, "LL-U200", "超声波流量计", "DN200 外夹式", "台", 14'600, 56, 70},
    {ProductGroup::flow, "LL-W080", "涡街流量计", "DN80", "台", 5'200, 60, 95},
    {ProductGroup::sensors, "CG-P301", "压力变送器", "0–10 MPa", "只", 1'460, 52, 120},
    {ProductGroup::sensors, "CG-D302", "差压变送器", "0–100 kPa", "只", 2'380, 53, 115},
    {ProductGroup::sensors, "CG-T110", "一体化温度变送器", "Pt100", "只", 640, 58, 126},
    {ProductGroup::sensors, "CG-L220", "雷达液位计", "80 GHz 30 m", "台", 7'850, 51, 44},
    {ProductGroup::sensors, "CG-A510", "在线水质分析仪", "COD/氨氮", "套", 46'800, 59, 30},
    {ProductGroup::control, "KZ-S700", "可编程控制器主机", "CPU 冗余", "套", 28'900, 50, 66},
    {ProductGroup::control, "KZ-I032", "输入输出模块", "32 点", "块", 1'950, 52, 66},
    {ProductGroup::control, "KZ-D900", "分散控制系统机柜", "800 点", "套", 168'000, 62, 54},
    {ProductGroup::control, "KZ-H150", "操作员触摸屏", "15.6 英寸", "台", 5'680, 60, 48},
    {ProductGroup::control, "KZ-G040", "工业边缘网关", "4G/以太网", "台", 3'260, 49, 18},
    {ProductGroup::drives, "QD-F075", "变频器", "75 kW", "台", 13'800, 66, 92},
    {ProductGroup::drives, "QD-F315", "变频器", "315 kW", "台", 57'600, 67, 92},
    {ProductGroup::drives, "QD-R045", "软启动器", "45 kW", "台", 4'200, 64, 98},
    {ProductGroup::drives, "QD-S020", "伺服驱动器", "2 kW", "套", 5'900, 61, 50},
    {ProductGroup::drives, "QD-M110", "永磁同步电机", "110 kW", "台", 41'500, 69, 26},
    {ProductGroup::spares, "BJ-M001", "密封件包", "通用", "包", 268, 45, 130},
    {ProductGroup::spares, "BJ-K002", "阀内件套装", "DN100", "套", 2'850, 50, 118},
    {ProductGroup::spares, "BJ-C003", "信号电缆", "4×1.5 屏蔽", "米", 18, 62, 130},
    {ProductGroup::spares, "BJ-R004", "轴承与轴封组件", "离心泵用", "套", 1'620, 55, 110},
    {ProductGroup::spares, "BJ-F801", "现场检修服务", "人天", "人天", 1'800, 48, 120},
    {ProductGroup::spares, "BJ-F802", "年度维保服务", "单套装置", "年", 36'000, 42, 80},
}};

constexpr Units service_rate = 600;

}  // namespace

void add_products(Draft& draft) {
  Company& company = draft.company;
  Random random = draft.random("products");
  for (const CategoryPlan& plan : category_plans)
    company.categories.push_back({plan.code, plan.name});
  const std::int32_t last_month = month_index(company.as_of);
  for (const ProductPlan& plan : product_plans) {
    const std::string code = plan.code;
    const bool service = code.starts_with("BJ-F");
    const Units price = plan.price * power_of_ten(line_digits);
    company.products.push_back({.code = code,
                                .name = plan.name,
                                .specification = plan.specification,
                                .unit = plan.unit,
                                .category = static_cast<int>(plan.group),
                                .list_price = price,
                                .cost = price / 100 * plan.cost_percent,
                                .tax_rate = service ? service_rate : goods_rate,
                                .launched_on = first_day_of_month(last_month - plan.age_months)});
  }
  company.entities = {
      {"LH01", "澜衡自动化设备有限公司", "澜衡自动化", credit_code(random, "91", "320500")},
      {"LH02", "澜衡流体控制（广州）有限公司", "澜衡广州", credit_code(random, "91", "440100")},
  };
}

}  // namespace linchpin::demo
