#include "records/formula/formula.h"

#include <gtest/gtest.h>

#include <map>

namespace linchpin::formula {
namespace {

struct Sample {
  Type type;
  Value value;
};

const std::map<std::string, Sample, std::less<>>& samples() {
  static const std::map<std::string, Sample, std::less<>> fields{
      {"amount", {Type::number, Number{120'050, 2}}},
      {"quantity", {Type::number, Number{3, 0}}},
      {"none", {Type::number, Value()}},
      {"name", {Type::text, std::string("华为 Ltd")}},
      {"stage", {Type::text, std::string("won")}},
      {"note", {Type::text, Value()}},
      {"active", {Type::boolean, true}},
      {"opened", {Type::date, Date{*parse_date("2026-01-31")}}},
      {"closed", {Type::date, Date{*parse_date("2026-03-01")}}},
      {"created_at", {Type::datetime, Moment{*parse_instant("2026-01-01T18:30:00Z")}}},
      {"account.name", {Type::text, std::string("国家电网")}},
  };
  return fields;
}

Result<Formula> compiled(std::string_view source) {
  return compile(source, [](std::string_view name) -> tl::expected<Type, std::string> {
    const auto found = samples().find(name);
    if (found == samples().end()) return tl::unexpected(std::string("formula_unknown_field"));
    return found->second.type;
  });
}

const TimeZone& shanghai() {
  static const TimeZone zone = *TimeZone::named("Asia/Shanghai");
  return zone;
}

// The answer as text; "!code@position" of what is wrong with the formula.
std::string answer(std::string_view source) {
  const auto formula = compiled(source);
  if (!formula) {
    const FieldProblem& problem = formula.error().problems.front();
    std::string position;
    for (const auto& [key, value] : problem.params) {
      if (key == "position") position = value;
    }
    return "!" + problem.code + "@" + position;
  }
  std::vector<Value> inputs;
  for (const std::string& name : formula->inputs) inputs.push_back(samples().at(name).value);
  const Frame frame{*parse_instant("2026-09-20T17:00:00Z"), &shanghai(), "0000000000123"};
  return text_form(evaluate(*formula, inputs, frame));
}

struct Case {
  std::string_view source;
  std::string_view expected;
};

void expect(std::initializer_list<Case> cases) {
  for (const Case& one : cases) EXPECT_EQ(answer(one.source), one.expected) << one.source;
}

TEST(Formula, ComputesExactDecimals) {
  expect({{"1 + 2 * 3", "7"},
          {"=(1 + 2) * 3", "9"},
          {"0.1 + 0.2", "0.3"},
          {"0.1 + 0.2 = 0.3", "TRUE"},
          {"amount * quantity", "3601.5"},
          {"10 / 4", "2.5"},
          {"1 / 3", "0.333333333333"},
          {"2 / 3", "0.666666666667"},
          {"amount / 0", ""},
          {"-2 ^ 2", "4"},
          {"2 ^ 3 ^ 2", "64"},
          {"2 ^ -2", "0.25"},
          {"2 ^ 0.5", ""},
          {"50%", "0.5"},
          {"amount * 13%", "156.065"},
          {"9 ^ 99", ""},
          {"99999999999999999999999999999999999 * 1000000", ""},
          {"0.000000000001 * 0.5", "0"},
          {"0.000000000003 * 0.5", "0.000000000002"}});
}

TEST(Formula, RoundsAsPeopleExpect) {
  expect({{"ROUND(2.5)", "3"},
          {"ROUND(-2.5, 0)", "-3"},
          {"ROUND(2.345, 2)", "2.35"},
          {"ROUND(1250, -2)", "1300"},
          {"ROUNDUP(2.01)", "3"},
          {"ROUNDUP(-2.01)", "-3"},
          {"ROUNDDOWN(2.99)", "2"},
          {"ROUNDDOWN(-2.99)", "-2"},
          {"INT(-2.1)", "-3"},
          {"ABS(-3.5)", "3.5"},
          {"MOD(7, 3)", "1"},
          {"MOD(-7, 3)", "2"},
          {"MOD(7, -3)", "-2"},
          {"MOD(5.5, 2)", "1.5"},
          {"MOD(5, 0)", ""},
          {"MIN(3, none, 1.5)", "1.5"},
          {"MAX(3, none, 1.5)", "3"},
          {"MAX(none, none)", ""}});
}

TEST(Formula, BlanksGoOn) {
  expect({{"none + 1", ""},
          {"IFBLANK(none, 0) + 1", "1"},
          {"COALESCE(none, none, 7)", "7"},
          {"ISBLANK(none)", "TRUE"},
          {"note = \"\"", "TRUE"},
          {"note = NULL", "TRUE"},
          {"none = 0", "FALSE"},
          {"none <> 0", "TRUE"},
          {"none < 1", "FALSE"},
          {"NOT(none < 1)", "TRUE"},
          {"note & \"x\"", "x"},
          {"IF(note = \"x\", 1)", ""},
          {"AND(active, NULL)", "FALSE"}});
}

TEST(Formula, Chooses) {
  expect({{"IF(amount > 1000, \"large\", \"small\")", "large"},
          {"IF(NOT(active), 1, 2.5)", "2.5"},
          {"IFS(amount < 10, \"a\", amount < 10000, \"b\", TRUE, \"c\")", "b"},
          {"SWITCH(stage, \"lost\", 0, \"won\", 100, 50)", "100"},
          {"SWITCH(stage, \"lost\", 0, \"draft\", 10, 50)", "50"},
          {"SWITCH(stage, \"lost\", 0)", ""},
          {"AND(active, amount > 1, quantity = 3)", "TRUE"},
          {"OR(FALSE, quantity = 4)", "FALSE"}});
}

TEST(Formula, WorksOnTextByCharacter) {
  expect({{"name & \"-\" & quantity", "华为 Ltd-3"},
          {"LEN(name)", "6"},
          {"LEFT(name, 2)", "华为"},
          {"RIGHT(name, 3)", "Ltd"},
          {"MID(name, 2, 3)", "为 L"},
          {"MID(name, 9, 3)", ""},
          {"UPPER(name)", "华为 LTD"},
          {"LOWER(name)", "华为 ltd"},
          {"name = \"华为 ＬＴＤ\"", "TRUE"},
          {"TRIM(\"  a b \")", "a b"},
          {"SUBSTITUTE(\"a-b-c\", \"-\", \"+\")", "a+b+c"},
          {"SUBSTITUTE(\"a-b-c\", \"-\", \"+\", 2)", "a-b+c"},
          {"FIND(\"Ltd\", name)", "4"},
          {"FIND(\"x\", name)", ""},
          {"CONTAINS(account.name, \"电网\")", "TRUE"},
          {"CONCAT(1, \"a\", TRUE, opened)", "1aTRUE2026-01-31"},
          {"VALUE(\"1,200.50\") + VALUE(\"12%\")", "1200.62"},
          {"VALUE(\"abc\")", ""},
          {"\"say \"\"hi\"\"\"", "say \"hi\""}});
}

TEST(Formula, WritesNumbersAndDatesInFormats) {
  expect({{"TEXT(amount * 1000, \"#,##0.00\")", "1,200,500.00"},
          {"TEXT(-1234567, \"#,##0\")", "-1,234,567"},
          {"TEXT(0.125, \"0.0%\")", "12.5%"},
          {"TEXT(5, \"000\")", "005"},
          {"TEXT(2.5, \"0.##\")", "2.5"},
          {"TEXT(2, \"0.##\")", "2"},
          {"TEXT(amount, \"￥0.0元\")", "￥1200.5元"},
          {"TEXT(opened, \"yyyy年m月d日\")", "2026年1月31日"},
          {"TEXT(opened, \"YY/MM/DD\")", "26/01/31"},
          {"TEXT(created_at, \"yyyy-mm-dd hh:mm:ss\")", "2026-01-02 02:30:00"}});
}

TEST(Formula, KnowsTheCalendar) {
  expect({{"closed - opened", "29"},
          {"opened + 1", "2026-02-01"},
          {"1 + opened", "2026-02-01"},
          {"closed - 1", "2026-02-28"},
          {"closed > opened", "TRUE"},
          {"EDATE(opened, 1)", "2026-02-28"},
          {"EOMONTH(opened, 1)", "2026-02-28"},
          {"DATE(2026, 13, 1)", "2027-01-01"},
          {"DATE(2026, 3, 0)", "2026-02-28"},
          {"DATE(20260, 1, 1)", ""},
          {"YEAR(opened) * 100 + MONTH(opened)", "202601"},
          {"DAY(opened)", "31"},
          {"WEEKDAY(opened)", "7"},
          {"WEEKDAY(opened, 2)", "6"},
          {"DATEDIF(opened, closed, \"m\")", "1"},
          {"DATEDIF(opened, closed, \"D\")", "29"},
          {"DATEDIF(closed, opened, \"D\")", ""},
          {"DATEDIF(DATE(2020,5,6), DATE(2026,5,5), \"Y\")", "5"},
          {"DATEADD(opened, 2, \"week\")", "2026-02-14"},
          {"DATEADD(opened, 1, \"quarter\")", "2026-04-30"},
          {"TODAY()", "2026-09-21"},
          {"YEAR(created_at) & \"-\" & DAY(created_at)", "2026-2"},
          {"NOW() - created_at", "261.9375"},
          {"ME()", "0000000000123"}});
}

TEST(Formula, KnowsWhatDependsOnTheDayOfReading) {
  EXPECT_FALSE(compiled("YEAR(opened)")->at_read);
  EXPECT_TRUE(compiled("YEAR(created_at)")->at_read);
  EXPECT_TRUE(compiled("IF(active, TODAY() - opened, 0)")->at_read);
  EXPECT_FALSE(compiled("closed - opened")->at_read);
  EXPECT_EQ(compiled("amount + amount * quantity")->inputs,
            (std::vector<std::string>{"amount", "quantity"}));
  EXPECT_EQ(compiled("IF(active, opened, NULL)")->type, Type::date);
}

TEST(Formula, TakesChinesePunctuation) {
  expect({{"ＩＦ（active，“是”，“否”）", "是"}, {"amount ≥ 1200", "TRUE"}, {"3 × 4 ÷ 2", "6"}});
}

TEST(Formula, PointsAtTheCharacter) {
  expect({{"", "!formula_unfinished@1"},
          {"1 +", "!formula_unfinished@4"},
          {"(1 + 2", "!formula_unfinished@7"},
          {"1 2", "!formula_unexpected@3"},
          {"amount + turnover", "!formula_unknown_field@10"},
          {"华 + 1", "!formula_unexpected@1"},
          {"\"华\" & ~", "!formula_unexpected@7"},
          {"SUMME(1)", "!formula_unknown_function@1"},
          {"1 + LEN(1, 2)", "!formula_argument_count@5"},
          {"LEN(amount)", "!formula_wrong_argument@5"},
          {"LEFT(name, name)", "!formula_wrong_argument@12"},
          {"amount + name", "!formula_wrong_operand@8"},
          {"opened + closed", "!formula_wrong_operand@8"},
          {"-active", "!formula_wrong_operand@1"},
          {"amount = name", "!formula_types_differ@8"},
          {"IF(active, 1, \"x\")", "!formula_types_differ@15"},
          {"IFS(active, 1, active)", "!formula_incomplete_pairs@1"},
          {"\"open", "!formula_open_text@1"},
          {"1.2.3", "!formula_wrong_number@1"},
          {"1e5", "!formula_wrong_number@1"},
          {"IF(amount, 1, 2)", "!formula_wrong_argument@4"}});
}

TEST(Formula, HasLimits) {
  EXPECT_EQ(answer(std::string(max_source_characters + 1, ' ')),
            "!formula_too_long@" + std::to_string(max_source_characters));
  const std::string deep(max_depth + 1, '(');
  EXPECT_EQ(answer(deep + "1" + std::string(max_depth + 1, ')')).substr(0, 17),
            "!formula_too_deep");
  std::string wide = "CONCAT(1";
  for (int i = 0; i < 99; ++i) wide += ",CONCAT(1,1,1,1,1,1,1,1,1,1,1)";
  EXPECT_EQ(answer(wide + ")").substr(0, 18), "!formula_too_large");
  std::string text = "\"";
  for (int i = 0; i < 1000; ++i) text += "字";
  text += "\"";
  std::string many = "CONCAT(" + text;
  for (int i = 0; i < 2; ++i) many += "," + text;
  many += ")";
  EXPECT_EQ(answer("LEN(SUBSTITUTE(" + many + ", \"字\", \"甲乙丙丁戊己庚辛\"))"), "20000");
}

TEST(Formula, FunctionsHaveHelpInBothLanguages) {
  Texts texts;
  ASSERT_TRUE(texts.load_folder(std::string(LINCHPIN_SOURCE_DIR) + "/src/records/formula"));
  const json::array list = describe_functions(texts);
  EXPECT_EQ(list.size(), 42U);
  for (const json::value& one : list) {
    const std::string name(one.at("name").as_string());
    for (const char* language : {"zh-CN", "en"}) {
      EXPECT_TRUE(one.at("usage").at(language).as_string().starts_with(name + "(")) << name;
      EXPECT_FALSE(one.at("help").at(language).as_string().starts_with("formula.")) << name;
    }
  }
}

}  // namespace
}  // namespace linchpin::formula
