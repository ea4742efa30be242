#include <span>

#include "demo/names.h"

namespace linchpin::demo {

namespace {

constexpr std::array<Trade, 18> manufacturing_trades{{
    {"化学原料", "化工", "industrial"},
    {"精细化工", "精细化工", "industrial"},
    {"医药制造", "药业", "industrial"},
    {"特种钢铁", "特钢", "industrial"},
    {"造纸", "纸业", "industrial"},
    {"食品加工", "食品", "industrial"},
    {"饮料制造", "饮品", "industrial"},
    {"汽车零部件", "汽车零部件", "industrial"},
    {"半导体", "微电子", "industrial"},
    {"锂电材料", "新能源材料", "core"},
    {"纺织印染", "印染", "industrial"},
    {"水泥建材", "建材", "industrial"},
    {"装备制造", "重工", "oem"},
    {"玻璃制造", "玻璃", "industrial"},
    {"乳制品", "乳业", "industrial"},
    {"石油化工", "石化", "core"},
    {"工业设备代理", "机电设备", "agent"},
    {"工程总承包", "工程技术", "contractor"},
}};
constexpr std::array<Trade, 7> utilities_trades{{
    {"供水", "水务", "end_user"},
    {"污水处理", "环境科技", "end_user"},
    {"燃气", "燃气", "end_user"},
    {"热电联产", "热电", "end_user"},
    {"新能源发电", "发电", "core"},
    {"固废处理", "环保能源", "end_user"},
    {"供热", "热力", "end_user"},
}};
constexpr std::array<Trade, 6> transport_trades{{
    {"港口", "港务", "end_user"},
    {"轨道交通装备", "轨道装备", "oem"},
    {"机场服务", "航空地面设备", "oem"},
    {"高速公路", "高速公路运营", "end_user"},
    {"船舶修造", "船舶重工", "oem"},
    {"冷链物流", "冷链物流", "end_user"},
}};
constexpr std::array<Trade, 3> telecom_trades{{
    {"数据中心", "数据技术", "end_user"},
    {"通信设备", "通信技术", "oem"},
    {"云计算", "云计算", "end_user"},
}};
constexpr std::array<Trade, 5> government_trades{{
    {"市政设施", "市政设施管理处", "end_user"},
    {"水利", "水利工程建设中心", "end_user"},
    {"园区管理", "经济开发区管理委员会", "end_user"},
    {"城市管理", "公用事业保障中心", "end_user"},
    {"生态环境", "生态环境监测中心", "end_user"},
}};
constexpr std::array<Trade, 4> education_trades{{
    {"高等教育", "理工大学", "end_user"},
    {"高等教育", "工业大学", "end_user"},
    {"职业教育", "职业技术学院", "end_user"},
    {"科研院所", "流体工程研究院", "end_user"},
}};
constexpr std::array<Trade, 3> finance_trades{{
    {"银行", "农村商业银行", "end_user"},
    {"保险", "人寿保险", "end_user"},
    {"证券", "证券", "end_user"},
}};

constexpr std::array<std::string_view, 5> place_suffixes{"市", "区", "县", "新区", "市"};

std::span<const Trade> trades_of(Sector sector) {
  switch (sector) {
    case Sector::manufacturing:
      return manufacturing_trades;
    case Sector::utilities:
      return utilities_trades;
    case Sector::transport:
      return transport_trades;
    case Sector::telecom:
      return telecom_trades;
    case Sector::government:
      return government_trades;
    case Sector::education:
      return education_trades;
    case Sector::finance:
      return finance_trades;
  }
  return {};
}

std::string joined(std::string_view a, std::string_view b, std::string_view c = {},
                   std::string_view d = {}) {
  std::string text(a);
  return text.append(b).append(c).append(d);
}

}  // namespace

std::string_view sector_key(Sector sector) {
  constexpr std::array<std::string_view, sectors> keys{
      "manufacturing", "utilities", "transport", "telecom", "government", "education", "finance"};
  return keys[static_cast<std::size_t>(sector)];
}

const Trade& random_trade(Random& random, Sector sector) {
  return random.pick(trades_of(sector));
}

CompanyName company_name(Random& random, Sector sector, const Trade& trade, const City& city,
                         const std::string& word) {
  switch (sector) {
    case Sector::government: {
      const std::string place = joined(word, random.pick(place_suffixes));
      return {joined(place, trade.part), joined(place, trade.industry)};
    }
    case Sector::education:
      return {joined(word, trade.part), joined(word, trade.part)};
    case Sector::finance:
      return {joined(city.name, word, trade.part, "股份有限公司"), joined(word, trade.industry)};
    default:
      break;
  }
  const std::string brief = joined(word, trade.part);
  const double form = random.unit();
  if (form < 0.16) return {joined(brief, "（", city.name, "）有限公司"), brief};
  if (form < 0.34) return {joined(city.name, brief, "股份有限公司"), brief};
  if (form < 0.42) return {joined(city.name, brief, "有限责任公司"), brief};
  if (form < 0.46) return {joined(city.name, brief, "集团有限公司"), brief};
  return {joined(city.name, brief, "有限公司"), brief};
}

}  // namespace linchpin::demo
