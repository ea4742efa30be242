#include "identify/reports_api.h"

#include "all_capabilities.h"
#include "identify/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::identify {
namespace {

using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

constexpr const char* window = "?from=2026-01-01&to=2026-11-22";

class Reports : public ApiTest {
 protected:
  Reports() : ApiTest(add_capability_rules, install) { admin.use_language("en"); }

  std::string account(const std::string& code, const std::string& name) {
    return create("account", R"({"code":")" + code + R"(","name":")" + name + "\"}");
  }
  void sale(const std::string& account_id, const std::string& day, const std::string& amount,
            const std::string& cost = "0") {
    const std::string of = account_id.empty() ? "" : R"("account":")" + account_id + "\",";
    create("order_line", "{" + of + R"("ordered_on":")" + day +
                             R"(","quantity":"1","unit_price":")" + amount + R"(","cost":")" +
                             cost + "\"}");
  }
  // The finding with this code; an empty object when there is none.
  json::object finding(const std::string& code, const std::string& more = {}) {
    const ClientResponse answer = admin.get(std::string("/identify/findings") + window + more);
    EXPECT_EQ(answer.status, 200) << answer.body;
    const json::value findings = answer.at("findings");
    for (const json::value& one : findings.as_array()) {
      if (one.at("code").as_string() == code) return one.as_object();
    }
    return {};
  }
  // How many records its filter opens.
  std::size_t opened(const json::object& found) {
    const std::string object(found.at("object").as_string());
    const json::object query{{"where", found.at("where")}};
    const ClientResponse answer =
        admin.post("/records/" + object + "/query", json::serialize(query));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.at("records").as_array().size();
  }
  static std::string text(const json::object& found) {
    const auto* value = found.if_contains("text");
    return value ? std::string(value->as_string()) : "no such finding";
  }
};

TEST_F(Reports, AnEmptyWorkspaceHasNothingToSay) {
  const ClientResponse answer = admin.get(std::string("/identify/findings") + window);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"findings":[]})");
  const ClientResponse pdf = admin.get(std::string("/identify/summary.pdf") + window);
  EXPECT_EQ(pdf.status, 200);
  EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
}

TEST_F(Reports, HowManyMakeMostOfTheProfit) {
  sale(account("A1", "North"), "2026-02-01", "1000", "950");  // profit 50
  sale(account("B1", "South"), "2026-02-01", "500", "50");    // profit 450
  const json::object found = finding("few_make_most");
  EXPECT_EQ(text(found), "Gross profit: 1 of 2 customers (50.0%) make 80% of it.");
  EXPECT_EQ(found.at("count"), 1);
  EXPECT_EQ(opened(found), 1U);
}

TEST_F(Reports, WithoutCostsMostIsSaidOfTheMeasureItself) {
  sale(account("A1", "North"), "2026-02-01", "1000");
  EXPECT_EQ(text(finding("few_make_most")), "Net sales: 1 of 1 customers (100.0%) make 80% of it.");
}

TEST_F(Reports, OneCustomerWeighs) {
  sale(account("A1", "North"), "2026-02-01", "90");
  const std::string others = account("B1", "South");
  sale(others, "2026-02-01", "10");
  const json::object found = finding("one_customer_weighs");
  EXPECT_EQ(found.at("params").at("share"), "90.0%");
  EXPECT_EQ(found.at("params").at("name"), "North");
  EXPECT_EQ(opened(found), 1U);
}

TEST_F(Reports, WhoLeftTheFirstClassSinceLastYear) {
  const std::string gone = account("A1", "Gone");
  const std::string small = account("B1", "Small");
  const std::string large = account("C1", "Large");
  sale(gone, "2025-03-01", "1000");
  sale(small, "2025-03-01", "900");
  sale(small, "2026-03-01", "1");
  sale(large, "2026-03-01", "1000");
  const json::object found = finding("left_first_class_in_a_year");
  EXPECT_EQ(text(found),
            "Customers that fell out of class A against the same period last year "
            "(2025-01-01 to 2025-11-21): 2: Gone, Small. Without any business now: 1.");
  EXPECT_EQ(opened(found), 2U);
  const char* other = "&compare_from=2024-01-01&compare_to=2025-01-01";
  EXPECT_EQ(text(finding("left_first_class", other)), "no such finding");
  EXPECT_EQ(text(finding("left_first_class_in_a_year", other)), "no such finding");
}

TEST_F(Reports, WhoIsOverdueOrUnvisited) {
  const std::string first = account("A1", "North");
  const std::string second = account("B1", "South");
  for (const std::string& one : {first, second}) sale(one, "2026-02-01", "500");
  const auto invoice = [&](const std::string& of, const char* number, const char* due) {
    create("invoice", R"({"account":")" + of + R"(","number":")" + number + R"(","due_on":")" +
                          due + R"(","amount":"100"})");
  };
  invoice(first, "I1", "2026-11-21");  // due today
  invoice(second, "I2", "2026-11-20");
  const json::object overdue = finding("first_class_overdue");
  EXPECT_EQ(text(overdue), "Class A customers with overdue invoices: 1: South.");
  EXPECT_EQ(opened(overdue), 1U);

  EXPECT_EQ(text(finding("first_class_unvisited")), "no such finding");  // no visits are kept
  const auto visit = [&](const std::string& of, const char* done) {
    create("visit", R"({"account":")" + of + R"(","done_at":")" + done + "\"}");
  };
  visit(first, "2026-09-01T02:00:00Z");
  visit(second, "2026-11-01T02:00:00Z");
  EXPECT_EQ(text(finding("first_class_unvisited")),
            "Class A customers not visited for 60 days: 1: North.");
}

TEST_F(Reports, NamesThatAreProbablyOneCustomer) {
  sale(account("A1", "Acme Tools Co., Ltd."), "2026-02-01", "300");
  sale(account("B1", "Borealis"), "2026-02-01", "400");
  sale(account("C1", "ACME TOOLS"), "2026-02-01", "200");
  const json::object found = finding("one_customer_rises");
  EXPECT_EQ(text(found),
            "Acme Tools Co., Ltd., ACME TOOLS have nearly the same name and may be one customer "
            "(2 accounts); merged they come to 500.00 CNY and rise from rank 2 to 1.");
  EXPECT_EQ(opened(found), 2U);
}

TEST_F(Reports, UnassignedLinesAreOpenedAsTheyAreCounted) {
  const std::string draft = create("order", R"({"number":"D1","status":"draft"})");
  sale(account("A1", "North"), "2026-02-01", "300");
  sale("", "2026-02-01", "60");
  sale("", "2026-03-01", "40");
  sale("", "2025-03-01", "7");  // outside the window
  create("order_line", R"({"order":")" + draft +
                           R"(","ordered_on":"2026-02-01","quantity":"1","unit_price":"9"})");
  const json::object found = finding("much_unassigned");
  EXPECT_EQ(found.at("count"), 2);
  EXPECT_EQ(found.at("params").at("share"), "25.0%");
  EXPECT_EQ(opened(found), 2U);
}

TEST_F(Reports, FindingsSpeakTheAskedLanguage) {
  sale(account("A1", "华东电力"), "2026-02-01", "1000");
  EXPECT_EQ(text(finding("few_make_most", "&lang=zh-CN")),
            "1 家客户中有 1 家（100.0%）贡献了 80% 的发货额。");
}

TEST_F(Reports, TheFileHasEveryRow) {
  sale(account("A1", "=cmd"), "2026-02-01", "600");
  sale(account("B1", R"(South, \"Ltd\")"), "2026-02-01", "400");
  sale(account("C1", "West"), "2026-02-01", "-5");
  const ClientResponse csv =
      admin.get(std::string("/identify/ranking.csv") + window + "&lang=zh-CN");
  ASSERT_EQ(csv.status, 200) << csv.body;
  EXPECT_EQ(csv.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(csv.header("content-disposition"),
            "attachment; filename=\"abc_2026-01-01_2026-11-21.csv\"");
  EXPECT_EQ(csv.body,
            "\xEF\xBB\xBF名次,客户编码,客户名称,发货额（不含税，CNY）,占比,累计占比,类别\r\n"
            "1,A1,'=cmd,600.0000,0.600000,0.600000,A\r\n"
            "2,B1,\"South, \"\"Ltd\"\"\",400.0000,0.400000,1.000000,B\r\n"
            "3,C1,West,-5.0000,,,C\r\n");
}

TEST_F(Reports, DefinitionsComeInTheCallersLanguage) {
  const ClientResponse answer = admin.get("/identify/definitions");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.text_at("definitions/gini").starts_with("Gini: "));
  EXPECT_TRUE(admin.get("/identify/definitions?lang=zh-CN")
                  .text_at("definitions/gini")
                  .starts_with("基尼系数"));
  const json::value definitions = answer.at("definitions");
  for (const auto& [name, text] : definitions.as_object()) {
    EXPECT_FALSE(std::string_view(text.as_string()).starts_with("identify.")) << name;
  }
}

// Big-endian, as PNG keeps its size.
std::size_t number_at(const std::string& bytes, std::size_t at) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

TEST_F(Reports, TheSummaryIsOnePageWithItsType) {
  const std::string long_name(200, 'W');
  sale(account("A1", long_name), "2026-02-01", "600");
  for (int i = 0; i < 12; ++i) {
    const std::string digits = std::to_string(i);
    sale(account("B" + digits, "华东电力设备制造" + digits), "2026-03-01", "5" + digits);
  }
  for (const char* language : {"&lang=zh-CN", "&lang=en"}) {
    const ClientResponse pdf = admin.get(std::string("/identify/summary.pdf") + window + language);
    ASSERT_EQ(pdf.status, 200) << pdf.body;
    EXPECT_EQ(pdf.header("content-type"), "application/pdf");
    EXPECT_NE(pdf.body.find("/Count 1\n"), std::string::npos);
    EXPECT_NE(pdf.body.find("/ToUnicode"), std::string::npos);
    const ClientResponse png = admin.get(std::string("/identify/summary.png") + window + language);
    ASSERT_EQ(png.status, 200) << png.body;
    EXPECT_EQ(png.header("content-type"), "image/png");
    ASSERT_GT(png.body.size(), 24U);
    EXPECT_EQ(number_at(png.body, 16), 1191U);
    EXPECT_GT(number_at(png.body, 20), 1000U);
  }
}

TEST_F(Reports, WrongQuestionsAndStrangersAreRefused) {
  for (const char* path : {"/identify/findings", "/identify/ranking.csv", "/identify/summary.pdf",
                           "/identify/summary.png"}) {
    EXPECT_EQ(admin.get(path).status, 422) << path;
    EXPECT_EQ(admin.get(std::string(path) + window + "&a=0.9&b=0.2").status, 422) << path;
    EXPECT_EQ(admin.get(std::string(path) + window + "&no=1").status, 400) << path;
    EXPECT_EQ(server.stranger().get(std::string(path) + window).status, 401) << path;
  }
}

}  // namespace
}  // namespace linchpin::identify
