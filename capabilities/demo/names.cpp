#include "demo/names.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace linchpin::demo {

namespace {

constexpr std::array<City, 50> cities{{
    {"上海", "上海", "华东", "021", "310000"},    {"苏州", "江苏", "华东", "0512", "320500"},
    {"南京", "江苏", "华东", "025", "320100"},    {"无锡", "江苏", "华东", "0510", "320200"},
    {"南通", "江苏", "华东", "0513", "320600"},   {"常州", "江苏", "华东", "0519", "320400"},
    {"杭州", "浙江", "华东", "0571", "330100"},   {"宁波", "浙江", "华东", "0574", "330200"},
    {"绍兴", "浙江", "华东", "0575", "330600"},   {"嘉兴", "浙江", "华东", "0573", "330400"},
    {"合肥", "安徽", "华东", "0551", "340100"},   {"芜湖", "安徽", "华东", "0553", "340200"},
    {"青岛", "山东", "华东", "0532", "370200"},   {"烟台", "山东", "华东", "0535", "370600"},
    {"济南", "山东", "华东", "0531", "370100"},   {"福州", "福建", "华东", "0591", "350100"},
    {"厦门", "福建", "华东", "0592", "350200"},   {"广州", "广东", "华南", "020", "440100"},
    {"深圳", "广东", "华南", "0755", "440300"},   {"佛山", "广东", "华南", "0757", "440600"},
    {"东莞", "广东", "华南", "0769", "441900"},   {"惠州", "广东", "华南", "0752", "441300"},
    {"南宁", "广西", "华南", "0771", "450100"},   {"海口", "海南", "华南", "0898", "460100"},
    {"北京", "北京", "华北", "010", "110000"},    {"天津", "天津", "华北", "022", "120000"},
    {"石家庄", "河北", "华北", "0311", "130100"}, {"唐山", "河北", "华北", "0315", "130200"},
    {"太原", "山西", "华北", "0351", "140100"},   {"包头", "内蒙古", "华北", "0472", "150200"},
    {"武汉", "湖北", "华中", "027", "420100"},    {"宜昌", "湖北", "华中", "0717", "420500"},
    {"长沙", "湖南", "华中", "0731", "430100"},   {"株洲", "湖南", "华中", "0733", "430200"},
    {"郑州", "河南", "华中", "0371", "410100"},   {"洛阳", "河南", "华中", "0379", "410300"},
    {"南昌", "江西", "华中", "0791", "360100"},   {"成都", "四川", "西南", "028", "510100"},
    {"绵阳", "四川", "西南", "0816", "510700"},   {"重庆", "重庆", "西南", "023", "500000"},
    {"昆明", "云南", "西南", "0871", "530100"},   {"贵阳", "贵州", "西南", "0851", "520100"},
    {"西安", "陕西", "西北", "029", "610100"},    {"兰州", "甘肃", "西北", "0931", "620100"},
    {"银川", "宁夏", "西北", "0951", "640100"},   {"乌鲁木齐", "新疆", "西北", "0991", "650100"},
    {"沈阳", "辽宁", "东北", "024", "210100"},    {"大连", "辽宁", "东北", "0411", "210200"},
    {"长春", "吉林", "东北", "0431", "220100"},   {"哈尔滨", "黑龙江", "东北", "0451", "230100"},
}};

constexpr std::array<std::string_view, 7> region_names{"华东", "华南", "华北", "华中",
                                                       "西南", "西北", "东北"};
constexpr std::array<double, 7> region_weights{0.44, 0.16, 0.12, 0.12, 0.08, 0.04, 0.04};

// Rare characters: firms are seldom called so, and none that is listed.
constexpr std::array<std::string_view, 20> first_characters{
    "砺", "澄", "沛", "岚", "琨", "曜", "钧", "骁", "峥", "衍",
    "澔", "骐", "翊", "珩", "铄", "湛", "榕", "霁", "昀", "淞"};
constexpr std::array<std::string_view, 20> second_characters{
    "川", "岳", "朗", "禾", "磐", "澜", "衡", "辰", "屿", "泓",
    "陌", "野", "霖", "峤", "桓", "梁", "岭", "舟", "程", "槿"};

constexpr std::array<std::string_view, 48> surnames{
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "高", "林", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾",
    "肖", "田", "董", "袁", "潘", "于", "蒋", "蔡", "余", "杜", "叶", "程", "苏", "魏", "吕", "丁"};
constexpr std::array<std::string_view, 60> given_names{
    "建国", "志明", "文华", "晓玲", "海平", "军",   "国强", "丽华", "敏",   "静",   "小燕", "红梅",
    "勇",   "杰",   "海涛", "斌",   "鹏飞", "辉",   "浩然", "宇航", "婷婷", "雪琴", "春梅", "芳",
    "丽娟", "剑峰", "志刚", "超",   "洁",   "倩",   "凯",   "鑫",   "磊",   "琳",   "颖",   "晓波",
    "宁",   "亮",   "卫东", "建华", "永强", "秀英", "玉兰", "桂芳", "志远", "家豪", "子涵", "雨桐",
    "思远", "文博", "立新", "振华", "德胜", "光明", "新宇", "佳怡", "晓峰", "慧敏", "俊杰", "少华"};

constexpr std::array<std::string_view, 16> streets{
    "创业路", "科技大道", "工业北路", "兴业街", "迎宾大道", "港区一路", "滨河东路", "机场路",
    "长虹路", "新城大道", "临江路",   "纬三路", "望湖路",   "育才街",   "致远路",   "东环路"};

constexpr std::array<std::string_view, 5> banks{"中国工商银行", "中国建设银行", "中国农业银行",
                                                "中国银行", "交通银行"};

// The check character of a sum over weighted characters.
constexpr std::string_view code_characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

int code_value(char character) {
  return static_cast<int>(code_characters.find(character));
}

char organisation_check(std::string_view organisation) {
  constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * code_value(organisation[i]);
  const int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

char credit_check(std::string_view code) {
  int sum = 0;
  int weight = 1;
  for (const char character : code) {
    sum += weight * code_value(character);
    weight = weight * 3 % 31;
  }
  return code_characters[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

}  // namespace

const City& random_city_in(Random& random, std::string_view region) {
  std::vector<const City*> candidates;
  for (const City& city : cities) {
    if (city.region == region) candidates.push_back(&city);
  }
  return *random.pick(candidates);
}

const City& random_city(Random& random) {
  const int region = random.pick_weighted(region_weights);
  return random_city_in(random, region_names[static_cast<std::size_t>(region)]);
}

const City& random_city_for(Random& random, const Trade& trade) {
  constexpr std::array<std::string_view, 13> ports{"上海", "南通", "宁波", "青岛", "烟台",
                                                   "厦门", "广州", "深圳", "海口", "天津",
                                                   "唐山", "武汉", "大连"};
  const bool needs_port = trade.part == "港务" || trade.part == "船舶重工";
  while (true) {
    const City& city = random_city(random);
    const bool port = std::find(ports.begin(), ports.end(), city.name) != ports.end();
    if (port || !needs_port) return city;
  }
}

std::string Words::next() {
  while (true) {
    std::string word(random_.pick(first_characters));
    word += random_.pick(second_characters);
    if (used_.insert(word).second) return word;
  }
}

PersonName person_name(Random& random) {
  PersonName name;
  name.surname = random.pick(surnames);
  name.given = random.pick(given_names);
  return name;
}

std::string digits(Random& random, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('0' + random.below(10));
  return text;
}

std::string mobile_number(Random& random) {
  return "129" + digits(random, 8);
}

std::string landline_number(Random& random, const City& city) {
  return std::string(city.area_code) + "-0" + digits(random, 7);
}

std::string street_address(Random& random, const City& city) {
  return std::string(city.name) + "市" + std::string(random.pick(streets)) +
         std::to_string(random.between(1, 899)) + "号";
}

std::string bank_branch(Random& random, const City& city) {
  std::string branch(random.pick(banks));
  return branch + std::string(city.name) + (random.chance(0.5) ? "分行" : "开发区支行");
}

std::string credit_code(Random& random, std::string_view kind, std::string_view division) {
  std::string organisation = "MA" + digits(random, 1);
  for (int i = 0; i < 5; ++i) {
    organisation += code_characters[static_cast<std::size_t>(random.below(31))];
  }
  organisation += organisation_check(organisation);
  std::string code = std::string(kind) + std::string(division) + organisation;
  return code + credit_check(code);
}

std::string latin(std::string_view name) {
  return pinyin_forms(name).full;
}

std::string latin_person(std::string_view name) {
  return pinyin_forms(name, NameKind::person).full;
}

}  // namespace linchpin::demo
