#include "jobs/imports/imports.h"

#include "access/test_scope.h"
#include "jobs/imports/error_file.h"
#include "jobs/imports/test_imports.h"

namespace linchpin::imports {
namespace {

using Strings = std::vector<std::string>;

TEST_F(ImportsTest, AnUploadTellsColumnsSamplesAndRows) {
  const Import import =
      upload("订单号,日期,数量\nS1,2026-01-05,3\nS2,2026-01-06,4\n", "a/销售.csv");
  EXPECT_EQ(import.state, State::uploaded);
  EXPECT_EQ(import.file_name, "销售.csv");
  EXPECT_EQ(import.layout.rows, 2);
  ASSERT_EQ(import.layout.columns.size(), 3U);
  EXPECT_EQ(import.layout.columns[2].samples, (Strings{"3", "4"}));
  EXPECT_EQ(import.layout.columns[2].suggested_field, "quantity");
  EXPECT_EQ(import.fingerprint.size(), 64U);
}

TEST_F(ImportsTest, WrongFilesAreRefusedWithTheirProblem) {
  const auto broken = try_upload("code,name\nA1,\"甲\nA2,乙\n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::validation_failed);
  EXPECT_EQ(broken.error().detail, "broken_quote");
  EXPECT_EQ(try_upload("").error().detail, "empty_file");
  EXPECT_TRUE(imports_->list(admin(), {}, 10)->empty());
}

TEST_F(ImportsTest, AFlatFileBecomesOrdersLinesAccountsAndProducts) {
  const Import done = import_all(std::string(sales_heading) +
                                     "S1,2026-01-05 08:26,A1,华北,P1, 电缆 ,10,2.5\n"
                                     "S1,2026-01-05,A1,华东,P2,开关,1,100\n"
                                     "S2,2026-02-10,,,P1,电线,-2,2.5\n",
                                 sales_plan);
  EXPECT_EQ(done.state, State::done);
  EXPECT_EQ(done.counters.created, 3);
  EXPECT_EQ(done.counters.failed, 0);
  EXPECT_EQ(done.done, 3);
  EXPECT_EQ(done.counters.records.at("order"), 2);
  EXPECT_EQ(done.counters.records.at("account"), 1);
  EXPECT_EQ(done.counters.records.at("product"), 2);
  EXPECT_EQ(values("account", "code"), (Strings{"A1"}));
  EXPECT_EQ(values("account", "name"), (Strings{"A1"}));
  EXPECT_EQ(values("account", "region"), (Strings{"华北"}));
  EXPECT_EQ(values("product", "name"), (Strings{"电缆", "开关"}));
  EXPECT_EQ(values("order", "number"), (Strings{"S1", "S2"}));
  EXPECT_EQ(values("order", "account.code"), (Strings{"A1", "null"}));
  EXPECT_EQ(values("order", "status"), (Strings{"posted", "posted"}));
  // The time of the cell, and the beginning of the day in Shanghai.
  EXPECT_EQ(values("order", "ordered_at"),
            (Strings{"2026-01-05T00:26:00.000Z", "2026-02-09T16:00:00.000Z"}));
  EXPECT_EQ(values("order_line", "ordered_on"),
            (Strings{"2026-01-05", "2026-01-05", "2026-02-10"}));
  EXPECT_EQ(values("order_line", "amount"), (Strings{"25.0000", "100.0000", "-5.0000"}));
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
}

TEST_F(ImportsTest, TheDryRunTellsWhatWouldHappenAndWritesNothing) {
  workspace_.create("account", R"({"code":"A1","name":"甲"})");
  const Import planned =
      plan(upload(std::string(sales_heading) + "S1,2026-01-05,A1,,P1,电缆,10,2.5\n"
                                               "S1,2026-02-30,A1,,P1,电缆,10,2.5\n"
                                               "S2,2026-01-05,A2,,P1,电缆,many,2.5\n"
                                               "S2,2026-01-05,A2,,P1,电缆,1,2.5\n"),
           sales_plan);
  EXPECT_EQ(planned.state, State::planned);
  const json::object& report = planned.report;
  EXPECT_EQ(report.at("rows").as_int64(), 4);
  EXPECT_EQ(report.at("valid").as_int64(), 2);
  EXPECT_EQ(report.at("failed").as_int64(), 2);
  const json::object creates{{"account", 1}, {"order", 2}, {"order_line", 2}, {"product", 1}};
  EXPECT_EQ(report.at("creates").as_object(), creates);
  const json::array& errors = report.at("errors").as_array();
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].at("row").as_int64(), 3);
  EXPECT_EQ(errors[0].at("column").as_string(), "day");
  EXPECT_EQ(errors[0].at("code").as_string(), "no_such_date");
  EXPECT_EQ(errors[1].at("code").as_string(), "wrong_number");
  for (const json::value& link : report.at("links").as_array()) {
    if (link.at("field").as_string() != "account") continue;
    EXPECT_EQ(link.at("matched").as_int64(), 1);
    EXPECT_EQ(link.at("to_create").as_int64(), 1);
    EXPECT_EQ(link.at("unmatched").as_int64(), 0);
  }
  EXPECT_EQ(count("order_line"), 0);
  EXPECT_EQ(count("account"), 1);
}

TEST_F(ImportsTest, TwoFilesMakeWhatOneFlatFileMakes) {
  import_all("number,account,at\nS1,A1,2026-01-05 08:26\n",
             R"({"object":"order","mapping":[{"column":"number","field":"number"},
                 {"column":"account","field":"account","link_by":"code","missing":"create"},
                 {"column":"at","field":"ordered_at"}]})");
  import_all("order,product,quantity,price\nS1,P1,10,2.5\n",
             R"({"object":"order_line","mapping":[
                 {"column":"order","field":"order","link_by":"number","missing":"error"},
                 {"column":"product","field":"product","link_by":"code","missing":"create"},
                 {"column":"quantity","field":"quantity"},
                 {"column":"price","field":"unit_price"}]})");
  EXPECT_EQ(values("order_line", "account.code"), (Strings{"A1"}));
  EXPECT_EQ(values("order_line", "ordered_on"), (Strings{"2026-01-05"}));
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
}

TEST_F(ImportsTest, TheFirstValueThatIsThereFillsWhatTheImportCreated) {
  import_all(std::string(sales_heading) +
                 "S1,,,,P1,,1,1\n"
                 "S1,2026-01-05,A1,,P1,电缆,1,1\n"
                 "S1,2026-01-06,A2,华东,P1,电线,1,1\n",
             sales_plan);
  EXPECT_EQ(values("product", "name"), (Strings{"电缆"}));
  EXPECT_EQ(values("account", "region"), (Strings{"null", "华东"}));
  EXPECT_EQ(values("order", "account.code"), (Strings{"A1"}));
  EXPECT_EQ(values("order", "ordered_at"), (Strings{"2026-01-04T16:00:00.000Z"}));
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
}

TEST_F(ImportsTest, WhatWasThereBeforeIsNotFilled) {
  workspace_.create("product", R"({"code":"P1","name":"P1"})");
  import_all(std::string(sales_heading) + "S1,2026-01-05,A1,,P1,电缆,1,1\n", sales_plan);
  EXPECT_EQ(values("product", "name"), (Strings{"P1"}));
}

TEST_F(ImportsTest, KeysAreTextTrimmedAndCaseSensitive) {
  import_all("order,account,quantity,price\n 007 ,17850.0,1,1\n007,17850,1,1\nx1,X,1,1\nX1,x,1,1\n",
             R"({"object":"order_line","mapping":[
                 {"column":"order","field":"order","link_by":"number","missing":"create"},
                 {"column":"account","field":"account","link_by":"code","missing":"create"},
                 {"column":"quantity","field":"quantity"},
                 {"column":"price","field":"unit_price"}]})");
  EXPECT_EQ(values("order", "number"), (Strings{"007", "x1", "X1"}));
  EXPECT_EQ(values("account", "code"), (Strings{"17850", "X", "x"}));
}

TEST_F(ImportsTest, ALinkThatMatchesNothingIsTakenAsThePlanSays) {
  const auto with = [&](const std::string& missing) {
    return import_all("number,account\nS-" + missing + ",nobody\n",
                      R"({"object":"order","mapping":[{"column":"number","field":"number"},
                          {"column":"account","field":"account","link_by":"code","missing":)" +
                          missing + "}]}");
  };
  const Import error = with("\"error\"");
  EXPECT_EQ(error.counters.failed, 1);
  EXPECT_EQ(error.counters.created, 0);
  EXPECT_NE(errors_csv(error).find("no_such_link"), std::string::npos);
  EXPECT_EQ(with("null").counters.created, 1);
  EXPECT_EQ(with("\"null\"").counters.created, 1);
  EXPECT_EQ(count("account"), 0);
  EXPECT_EQ(with("\"create\"").counters.created, 1);
  EXPECT_EQ(values("account", "code"), (Strings{"nobody"}));
}

TEST_F(ImportsTest, ARefusedRowLeavesNoRecordsThatOnlyItNames) {
  const Import done = import_all(
      std::string(sales_heading) + "S1,2026-01-05,A1,,P1,电缆,99999999999999,99999999999999\n",
      sales_plan);
  EXPECT_EQ(done.counters.failed, 1);
  EXPECT_EQ(count("order"), 0);
  EXPECT_EQ(count("account"), 0);
  EXPECT_EQ(count("product"), 0);
}

TEST_F(ImportsTest, AKeyTwiceInTheFileIsRefusedTheSecondTime) {
  const Import uploaded = upload("code,name\nA1,甲\nA1,乙\nA2,丙\n");
  const char* text = R"({"object":"account","mapping":[{"column":"code","field":"code"},
                         {"column":"name","field":"name"}]})";
  const Import planned = plan(uploaded, text);
  EXPECT_EQ(planned.report.at("duplicates").as_int64(), 1);
  EXPECT_EQ(planned.report.at("errors").at(0).at("code").as_string(), "duplicate_in_file");
  const Import done = run(uploaded);
  EXPECT_EQ(done.counters.created, 2);
  EXPECT_EQ(done.counters.failed, 1);
  EXPECT_EQ(values("account", "name"), (Strings{"甲", "丙"}));
}

TEST_F(ImportsTest, UpsertUpdatesWhatItFindsAndCreatesTheRest) {
  const RecordId account =
      workspace_.create("account", R"({"code":"A1","name":"甲","city":"北京","short_name":"J"})");
  const Import done = import_all("code,name,city,short_name\nA1,,上海,\nA2,乙,,\n",
                                 R"({"object":"account","mode":"upsert","match":["code"],"mapping":[
          {"column":"code","field":"code"},{"column":"name","field":"name"},
          {"column":"city","field":"city"},{"column":"short_name","field":"short_name"}]})");
  EXPECT_EQ(done.counters.updated, 1);
  EXPECT_EQ(done.counters.created, 1);
  const json::object fields = workspace_.read("account", account);
  EXPECT_EQ(fields.at("city").as_string(), "上海");
  EXPECT_EQ(fields.at("name").as_string(), "甲");
  EXPECT_EQ(fields.at("short_name").as_string(), "J");  // an empty cell says nothing
}

TEST_F(ImportsTest, UpsertByTwoFieldsFindsThePair) {
  workspace_.create("account", R"({"code":"A1","name":"甲"})");
  const char* text = R"({"object":"account_financial","mode":"upsert","match":["account","year"],
      "mapping":[{"column":"account","field":"account","link_by":"code"},
                 {"column":"year","field":"year"},{"column":"profit","field":"profit"}]})";
  import_all("account,year,profit\nA1,2025,10\nA1,2026,20\n", text);
  const Import second = import_all("account,year,profit\nA1,2026,30\nA1,2026,30\n", text);
  EXPECT_EQ(second.counters.updated, 1);
  EXPECT_EQ(second.counters.skipped, 1);
  EXPECT_EQ(values("account_financial", "profit"), (Strings{"10.00", "30.00"}));
}

TEST_F(ImportsTest, CellsAreReadAsPeopleWriteThem) {
  import_all(
      "code,name,sector,founded_on,registered_capital（万元）,website,checked\n"
      "A1,甲,制造业,2020年3月5日,\"1,200.5\",https://a.example,2026-01-05 08:00\n"
      "A2,乙,Finance,45721,3,,2026-01-05T08:00:00+01:00\n",
      R"({"object":"account","mapping":[{"column":"code","field":"code"},
                 {"column":"name","field":"name"},{"column":"sector","field":"sector"},
                 {"column":"founded_on","field":"founded_on"},
                 {"column":"registered_capital（万元）","field":"registered_capital"},
                 {"column":"website","field":"website"},
                 {"column":"checked","field":"card_checked_at"}]})");
  EXPECT_EQ(values("account", "founded_on"), (Strings{"2020-03-05", "2025-03-05"}));
  EXPECT_EQ(values("account", "registered_capital"), (Strings{"12005000.00", "30000.00"}));
  EXPECT_EQ(values("account", "card_checked_at"),
            (Strings{"2026-01-05T00:00:00.000Z", "2026-01-05T07:00:00.000Z"}));
  EXPECT_EQ(values("account", "sector").back(), "finance");
}

TEST_F(ImportsTest, PercentagesOfEitherKindAreUnderstood) {
  const auto rates = [&](const std::string& cells, const std::string& format) {
    const Import uploaded = upload("order,rate\n" + cells);
    plan(uploaded, R"({"object":"order_line","mapping":[
      {"column":"order","field":"order","link_by":"number","missing":"create"},
      {"column":"rate","field":"tax_rate")" +
                       format + "}]}");
    run(uploaded);
    return values("order_line", "tax_rate");
  };
  EXPECT_EQ(rates("S1,13%\nS1,6\n", ""), (Strings{"13.00", "6.00"}));
  EXPECT_EQ(rates("S2,0.13\nS2,0.06\n", ""), (Strings{"13.00", "6.00", "13.00", "6.00"}));
  EXPECT_EQ(rates("S3,0.5\n", R"(,"format":"percent")").back(), "0.50");
}

TEST_F(ImportsTest, TheTaxBasisOfThePlanGoesToLinesThatSayNothing) {
  import_all("order,basis,quantity,price\nS1,,1,1\nS1,不含税,1,1\n",
             R"({"object":"order_line","tax_basis":"inclusive","defaults":{"tax_rate":"13"},
                 "mapping":[{"column":"order","field":"order","missing":"create"},
                 {"column":"basis","field":"tax_basis"},{"column":"quantity","field":"quantity"},
                 {"column":"price","field":"unit_price"}]})");
  EXPECT_EQ(values("order_line", "tax_basis"), (Strings{"inclusive", "exclusive"}));
  EXPECT_EQ(values("order_line", "tax_rate"), (Strings{"13.00", "13.00"}));
}

TEST_F(ImportsTest, RefusedRowsComeBackAsAFileThatCannotBiteASpreadsheet) {
  const Import done = import_all(
      "code,name,founded_on\nA1,=1+1,2026-02-30\nA2,\"-5\",nie\n"
      "A3,丙,2026-01-01\n",
      R"({"object":"account","mapping":[{"column":"code","field":"code"},
                                     {"column":"name","field":"name"},
                                     {"column":"founded_on","field":"founded_on"}]})");
  EXPECT_EQ(done.counters.failed, 2);
  const std::string csv = errors_csv(done);
  EXPECT_EQ(csv,
            "\xEF\xBB\xBFRow,Column,Code,Problem,code,name,founded_on\r\n"
            "2,founded_on,no_such_date,There is no such date.,A1,'=1+1,2026-02-30\r\n"
            "3,founded_on,wrong_date,This is not written as a date.,A2,-5,nie\r\n");
  EXPECT_NE(errors_csv(done, Language::zh_cn).find("行号"), std::string::npos);
}

TEST_F(ImportsTest, TheSameContentIsImportedTwiceOnlyWhenThatIsMeant) {
  const std::string content = std::string(sales_heading) + "S1,2026-01-05,A1,,P1,电缆,10,2.5\n";
  import_all(content, sales_plan);
  const Import again = upload(content, "again.csv");
  plan(again, sales_plan);
  const auto refused = imports_->run_now(admin(), again.id, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::duplicate);
  EXPECT_EQ(count("order_line"), 1);
  ASSERT_TRUE(imports_->run(admin(), again.id, true));
  EXPECT_EQ(finish(again).state, State::done);
  EXPECT_EQ(count("order_line"), 2);
}

TEST_F(ImportsTest, OnlyWhoUploadedAFileAndAdministratorsSeeItsImport) {
  const char* importer = R"({"objects":{"account":{"create":true,"read":"own","import":true}}})";
  const auto anna = access::person_with(RecordId{4'000}, importer);
  const auto bert = access::person_with(RecordId{5'000}, importer);
  const std::string path = folder_.file("hers.csv");
  std::ofstream(path) << "code,name\nA1,甲\n";
  const auto hers = imports_->create(anna, path, "hers.csv", Imports::Take::copy);
  ASSERT_TRUE(hers);
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_EQ(imports_->get(bert, hers->id).error().code, ErrorCode::not_found);
  EXPECT_EQ(imports_->cancel(bert, hers->id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(imports_->get(anna, hers->id));
  EXPECT_TRUE(imports_->get(admin(), hers->id));
  const auto guest = access::person_with(RecordId{6'000}, R"({"objects":{"*":{"read":"all"}}})");
  const auto his = imports_->create(guest, path, "his.csv", Imports::Take::copy);
  ASSERT_FALSE(his);
  EXPECT_EQ(his.error().code, ErrorCode::forbidden);
  EXPECT_EQ(imports_->list(bert, {}, 10)->size(), 0U);
  EXPECT_EQ(imports_->list(anna, {}, 10)->size(), 1U);
}

TEST_F(ImportsTest, FilesGoAfterAWeekAndTheirImportsStay) {
  const Import import = upload("code,name\nA1,甲\n");
  ASSERT_TRUE(std::filesystem::exists(import.path));
  imports_->delete_old_files();
  EXPECT_TRUE(std::filesystem::exists(import.path));
  workspace_.clock().advance(std::chrono::milliseconds(Imports::kept_files).count() + 1);
  imports_->delete_old_files();
  EXPECT_FALSE(std::filesystem::exists(import.path));
  const auto planned = try_plan(import, sales_plan);
  ASSERT_FALSE(planned);
  EXPECT_EQ(planned.error().detail, "file_deleted");
}

// How many files of imports hold the text in clear.
int in_clear(const std::string& folder, const std::string& text) {
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::stringstream content;
    content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    if (content.str().find(text) != std::string::npos) ++found;
  }
  return found;
}

constexpr const char* secret_rows =
    "code,name,founded_on\nA1,甲,2026-01-01\nA2,漏水的水塔,2026-02-30\n";
constexpr const char* secret_plan =
    R"({"object":"account","mapping":[{"column":"code","field":"code"},
       {"column":"name","field":"name"},{"column":"founded_on","field":"founded_on"}]})";

TEST_F(ImportsTest, NothingOfAFileLiesInClear) {
  const std::string folder = folder_.file("files");
  const Import import = upload(secret_rows);
  EXPECT_TRUE(std::filesystem::exists(import.path));
  EXPECT_EQ(in_clear(folder, "漏水"), 0);
  EXPECT_EQ(plan(import, secret_plan).layout.rows, 2);
  EXPECT_EQ(in_clear(folder, "漏水"), 0);
  const Import done = run(import);
  EXPECT_EQ(done.counters.failed, 1);
  EXPECT_FALSE(std::filesystem::exists(import.path));
  EXPECT_EQ(in_clear(folder, "漏水"), 0);
  EXPECT_EQ(in_clear(folder, "no_such_date"), 0);
  EXPECT_NE(errors_csv(done).find("漏水的水塔"), std::string::npos);
  EXPECT_EQ(in_clear(folder, "漏水"), 0);
}

TEST_F(ImportsTest, TheFileOfACancelledImportGoesAtOnce) {
  const Import import = upload(secret_rows);
  ASSERT_TRUE(imports_->cancel(admin(), import.id));
  EXPECT_FALSE(std::filesystem::exists(import.path));
}

TEST_F(ImportsTest, AFileThatWasLeftBehindGoesWithTheNextChores) {
  const Import waiting = upload("code,name\nB1,乙\n");
  const Import import = upload(secret_rows);
  plan(import, secret_plan);
  run(import);
  const std::string opened = folder_.file("files") + "/import-" + format_id(waiting.id) + ".opened";
  std::ofstream(import.path) << secret_rows;
  std::ofstream(opened) << secret_rows;
  restart();
  imports_->delete_old_files();
  EXPECT_FALSE(std::filesystem::exists(import.path));
  EXPECT_FALSE(std::filesystem::exists(opened));
  EXPECT_TRUE(std::filesystem::exists(waiting.path));
}

TEST_F(ImportsTest, RowsThatWereSealedWithAnotherKeyAreGone) {
  const Import done = import_all(secret_rows, secret_plan);
  const std::string csv = folder_.file("errors.csv");
  const std::string errors = folder_.file("files") + "/import-" + format_id(done.id) +
                             ".run-errors";
  const Status written = write_errors_csv(errors, random_key(), csv, {}, texts_, Language::en);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().detail, "file_deleted");
}

}  // namespace
}  // namespace linchpin::imports
