// What a report is asked, and how it writes figures and cells.

#include <gtest/gtest.h>

#include "identify/pareto_chart.h"
#include "identify/ranking_csv.h"
#include "identify/report_request.h"

namespace linchpin::identify {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

Result<ReportRequest> read(Query query) {
  inbound::RequestHead head;
  head.query = std::move(query);
  return read_report_request(head, Language::zh_cn);
}

Query with(Query more) {
  more.emplace_back("from", "2010-12-01");
  more.emplace_back("to", "2011-07-01");
  return more;
}

std::string problem_of(const Result<ReportRequest>& result) {
  if (result) return "none";
  if (result.error().problems.empty()) return result.error().detail;
  return result.error().problems.front().pointer + " " + result.error().problems.front().code;
}

TEST(ReportRequest, OnlyTheWindowMustBeNamed) {
  const auto request = read(with({}));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->language, Language::zh_cn);
  EXPECT_EQ(request->ranking.measure.measure, Measure::net_sales);
  EXPECT_EQ(request->ranking.classes.size(), 3U);
  EXPECT_DOUBLE_EQ(request->ranking.classes[1].upto, 0.85);
  EXPECT_FALSE(request->ranking.compare);
}

TEST(ReportRequest, ReadsEverything) {
  const auto request = read(with({{"measure", "gross_profit"},
                                  {"tax", "exclusive"},
                                  {"a", "0.8"},
                                  {"b", "0.95"},
                                  {"convention", "after"},
                                  {"half_life_days", "180"},
                                  {"compare_from", "2009-12-01"},
                                  {"compare_to", "2010-07-01"},
                                  {"lang", "en"}}));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->language, Language::en);
  EXPECT_EQ(request->ranking.measure.measure, Measure::gross_profit);
  EXPECT_DOUBLE_EQ(request->ranking.classes[0].upto, 0.8);
  EXPECT_EQ(request->ranking.convention, Convention::after);
  EXPECT_EQ(request->ranking.measure.half_life_days, 180);
  ASSERT_TRUE(request->ranking.compare);
  EXPECT_EQ(request->ranking.compare->to, *parse_date("2010-07-01"));
}

TEST(ReportRequest, PointsAtWhatIsWrong) {
  EXPECT_EQ(problem_of(read({{"to", "2011-07-01"}})), "/from required");
  EXPECT_EQ(problem_of(read(with({{"a", "0.9"}, {"b", "0.5"}}))), "/b classes_not_ascending");
  EXPECT_EQ(problem_of(read(with({{"a", "nan"}}))), "/a out_of_range");
  EXPECT_EQ(problem_of(read(with({{"a", "1.5"}}))), "/a out_of_range");
  EXPECT_EQ(problem_of(read(with({{"half_life_days", "soon"}}))), "/half_life_days out_of_range");
  EXPECT_EQ(problem_of(read(with({{"half_life_days", "0"}}))), "/half_life_days out_of_range");
  EXPECT_EQ(problem_of(read(with({{"compare_from", "2010-01-01"}}))), "/compare_to required");
  EXPECT_EQ(problem_of(read(with({{"lang", "fr"}}))), "/lang no_such_option");
  EXPECT_EQ(problem_of(read(with({{"measure", "joy"}}))), "/measure no_such_option");
  EXPECT_EQ(problem_of(read(with({{"colour", "red"}}))), "/colour unknown_member");
}

TEST(ReportRequest, AYearBeforeKeepsTheDays) {
  const records::Window before =
      year_before(records::Window{*parse_date("2024-02-29"), *parse_date("2024-12-01")});
  EXPECT_EQ(format_date(before.from), "2023-02-28");
  EXPECT_EQ(format_date(before.to), "2023-12-01");
}

class ReportText : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string folder = std::string(LINCHPIN_SOURCE_DIR) + "/capabilities/identify";
    ASSERT_TRUE(texts.load_folder(folder));
  }
  std::string amount(Language language, const std::string& currency, WideUnits value) {
    const Speech speech{texts, language};
    return amount_format(speech, MeasureRequest(), 4, currency, value).with_unit(value);
  }
  Texts texts;
};

TEST_F(ReportText, AmountsComeInUnitsThatFit) {
  EXPECT_EQ(amount(Language::zh_cn, "CNY", 12'345'678), "1,234.57 元");
  EXPECT_EQ(amount(Language::zh_cn, "CNY", 37'342'464'610), "373.42 万元");
  EXPECT_EQ(amount(Language::zh_cn, "CNY", 9'999'999'900), "100.00 万元");
  EXPECT_EQ(amount(Language::zh_cn, "GBP", WideUnits{12'345} * power_of_ten(10)), "123.45 亿 GBP");
  EXPECT_EQ(amount(Language::en, "CNY", 37'342'464'610), "3,734.25 thousand CNY");
  EXPECT_EQ(amount(Language::en, "GBP", WideUnits{12'345} * power_of_ten(10)),
            "12,345.00 million GBP");
}

TEST_F(ReportText, CountsAreNotMoney) {
  const Speech speech{texts, Language::zh_cn};
  MeasureRequest request;
  request.measure = Measure::orders;
  EXPECT_EQ(amount_format(speech, request, 0, "CNY", 12'345).with_unit(12'345), "12,345");
  EXPECT_EQ(basis_text(speech, request, "CNY"), "");
}

TEST_F(ReportText, NegativeAmountsKeepTheirSign) {
  const Speech speech{texts, Language::en};
  const AmountFormat format = amount_format(speech, MeasureRequest(), 4, "CNY", 0);
  EXPECT_EQ(format.text(-12'345'678), "\u22121,234.57");
  EXPECT_EQ(count_text(-1'234), "-1,234");
  EXPECT_EQ(share_text(0.705543, 2), "70.55%");
}

TEST_F(ReportText, NamesAreShortenedByCharacters) {
  EXPECT_EQ(shortened("大客户管理", 5), "大客户管理");
  EXPECT_EQ(shortened("大客户管理平台", 5), "大客户管…");
  EXPECT_EQ(names_text({texts, Language::zh_cn}, {"甲", "乙"}, true), "甲、乙等");
  EXPECT_EQ(names_text({texts, Language::en}, {"A", "B"}, false), "A, B");
}

TEST(ParetoChart, TheAxisHasRoundSteps) {
  EXPECT_DOUBLE_EQ(round_step(100, false), 25);
  EXPECT_DOUBLE_EQ(round_step(27.97, false), 8);
  EXPECT_DOUBLE_EQ(round_step(0.3, false), 0.08);
  EXPECT_DOUBLE_EQ(round_step(3, true), 1);
  EXPECT_DOUBLE_EQ(round_step(5, true), 2);
  EXPECT_DOUBLE_EQ(round_step(0, false), 1);
}

}  // namespace
}  // namespace linchpin::identify
