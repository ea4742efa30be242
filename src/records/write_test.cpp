#include "access/test_scope.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

std::string first_code(const Error& error) {
  return error.problems.empty() ? error.detail : error.problems.front().code;
}

TEST(Create, GivesTheRecordBackAsItWasStored) {
  TestWorkspace workspace;
  auto written = workspace.try_create(
      "account", R"({"code":"A1","name":"华北电力","annual_revenue":"1200000.5"})");
  ASSERT_TRUE(written) << TestWorkspace::first_problem(written.error());
  const json::object fields = workspace.read("account", written->id);
  EXPECT_EQ(fields.at("name"), "华北电力");
  EXPECT_EQ(fields.at("annual_revenue"), "1200000.50");
  EXPECT_TRUE(fields.at("short_name").is_null());
  EXPECT_EQ(parse_json(written->answer)->as_object().at("fields"), json::value(fields));
}

TEST(Create, TellsEveryProblemAtOnceAndStoresNothing) {
  TestWorkspace workspace;
  auto written = workspace.try_create(
      "account", R"({"code":7,"sector":"space","annual_revenue":"12,5","website":"ftp://x"})");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::validation_failed);
  EXPECT_EQ(written.error().problems.size(), 4u);
  const auto page = workspace.query("account", {});
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->at("records").as_array().empty());
}

TEST(Create, AnUnknownFieldIsItsOwnError) {
  TestWorkspace workspace;
  auto written = workspace.try_create("account", R"({"name":"甲","colour":"red"})");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::unknown_field);
  EXPECT_EQ(written.error().problems.front().pointer, "/fields/colour");
}

TEST(Create, RequiredFieldsUniqueValuesAndLinksAreChecked) {
  TestWorkspace workspace;
  EXPECT_EQ(first_code(workspace.try_create("account", R"({"code":"A1"})").error()), "required");
  workspace.create("account", R"({"code":"A1","name":"甲"})");
  auto twice = workspace.try_create("account", R"({"code":"A1","name":"乙"})");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, ErrorCode::duplicate);
  EXPECT_EQ(twice.error().problems.front().field, "code");
  auto dangling = workspace.try_create("account", R"({"name":"丙","parent":"0000000000001"})");
  ASSERT_FALSE(dangling);
  EXPECT_EQ(first_code(dangling.error()), "link_not_found");
}

TEST(Create, AListGivenEmptyStaysEmptyAndOneLeftOutTakesItsDefault) {
  TestWorkspace workspace;
  const RecordId without = workspace.create("user", R"({"login":"a","name":"A","roles":[]})");
  EXPECT_EQ(workspace.read("user", without).at("roles"), json::array());
  const RecordId silent = workspace.create("user", R"({"login":"b","name":"B"})");
  EXPECT_EQ(workspace.read("user", silent).at("roles"), json::array{"kam"});
}

TEST(Create, ADryRunStoresNothing) {
  TestWorkspace workspace;
  WriteOptions options = workspace.options();
  options.dry_run = true;
  auto tried = workspace.records().create(workspace.admin(), "account",
                                          *parse_json_object(R"({"name":"甲"})"), options);
  ASSERT_TRUE(tried);
  EXPECT_TRUE(workspace.query("account", {})->at("records").as_array().empty());
}

TEST(Update, AStaleVersionIsRefusedWithTheStoredValues) {
  TestWorkspace workspace;
  const RecordId id = workspace.create("account", R"({"name":"甲"})");
  ASSERT_TRUE(workspace.patch("account", id, 1, R"({"short_name":"一"})"));
  auto stale = workspace.patch("account", id, 1, R"({"short_name":"二"})");
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, ErrorCode::version_conflict);
  EXPECT_EQ(stale.error().current_version, 2);
  ASSERT_EQ(stale.error().conflicts.size(), 1u);
  EXPECT_EQ(stale.error().conflicts.front().current_json, "\"一\"");
}

TEST(Update, EditsOfDifferentFieldsMergeByTheirBase) {
  TestWorkspace workspace;
  const RecordId id = workspace.create("account", R"({"name":"甲","city":"北京"})");
  ASSERT_TRUE(workspace.patch("account", id, 1, R"({"short_name":"一"})"));
  const Patch other{*parse_json_object(R"({"city":"上海"})"), std::nullopt,
                    *parse_json_object(R"({"city":"北京"})")};
  ASSERT_TRUE(
      workspace.records().update(workspace.admin(), "account", id, other, workspace.options()));
  const json::object fields = workspace.read("account", id);
  EXPECT_EQ(fields.at("short_name"), "一");
  EXPECT_EQ(fields.at("city"), "上海");
  const Patch clash{*parse_json_object(R"({"city":"广州"})"), std::nullopt,
                    *parse_json_object(R"({"city":"北京"})")};
  auto refused =
      workspace.records().update(workspace.admin(), "account", id, clash, workspace.options());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().conflicts.front().field, "city");
}

TEST(Update, NeitherVersionNorBaseIsRefused) {
  TestWorkspace workspace;
  const RecordId id = workspace.create("account", R"({"name":"甲"})");
  const Patch blind{*parse_json_object(R"({"city":"上海"})"), std::nullopt, std::nullopt};
  auto refused =
      workspace.records().update(workspace.admin(), "account", id, blind, workspace.options());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::precondition_required);
}

TEST(Update, AnyVersionIsTheCurrentOne) {
  TestWorkspace workspace;
  const RecordId id = workspace.create("account", R"({"name":"甲"})");
  for (const char* city : {"上海", "北京"}) {
    const Patch patch{{{"city", city}}, std::nullopt, std::nullopt, true};
    ASSERT_TRUE(
        workspace.records().update(workspace.admin(), "account", id, patch, workspace.options()));
  }
  EXPECT_EQ(workspace.read("account", id).at("city"), "北京");
}

TEST(Update, AnImportantFieldDemandsAReason) {
  TestWorkspace workspace;
  const RecordId id = workspace.create("account", R"({"name":"甲","registered_capital":"100"})");
  auto silent = workspace.patch("account", id, 1, R"({"registered_capital":"200"})");
  ASSERT_FALSE(silent);
  EXPECT_EQ(first_code(silent.error()), "reason_required");
  EXPECT_TRUE(workspace.patch("account", id, 1, R"({"registered_capital":"200"})", "增资"));
}

TEST(History, SaysWhoChangedWhatAndWhy) {
  TestWorkspace workspace;
  const RecordId id = workspace.create("account", R"({"name":"甲","registered_capital":"100"})");
  ASSERT_TRUE(workspace.patch("account", id, 1, R"({"registered_capital":"200"})", "增资"));
  JsonWriter out;
  ASSERT_TRUE(workspace.records().history(workspace.admin(), "account", id, {}, out));
  const json::array entries = parse_json(out.text())->as_object().at("entries").as_array();
  ASSERT_EQ(entries.size(), 2u);
  const json::object& newest = entries[0].as_object();
  EXPECT_EQ(newest.at("op"), "update");
  EXPECT_EQ(newest.at("reason"), "增资");
  const json::object& change = newest.at("changes").as_array().at(0).as_object();
  EXPECT_EQ(change.at("field"), "registered_capital");
  EXPECT_EQ(change.at("from"), "100.00");
  EXPECT_EQ(change.at("to"), "200.00");
  EXPECT_EQ(entries[1].as_object().at("op"), "create");
}

TEST(Trash, TakesCascadingLinesAlongAndBringsThemBack) {
  TestWorkspace workspace;
  const RecordId order = workspace.create("order", R"({"number":"SO-1"})");
  const std::string line =
      R"({"order":")" + format_id(order) + R"(","ordered_on":"2026-03-05","amount":"10"})";
  const RecordId line_id = workspace.create("order_line", line);
  ASSERT_TRUE(
      workspace.records().remove(workspace.admin(), "order", order, 0, workspace.options()));
  EXPECT_TRUE(workspace.read("order_line", line_id).empty());
  EXPECT_EQ(workspace.fact_differences("order_line"), 0u);
  ASSERT_TRUE(workspace.records().restore(workspace.admin(), "order", order, workspace.options()));
  EXPECT_EQ(workspace.read("order_line", line_id).at("amount"), "10.0000");
  EXPECT_EQ(workspace.fact_differences("order_line"), 0u);
}

TEST(Trash, ARestrictingLinkKeepsTheRecord) {
  TestWorkspace workspace;
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  workspace.create("order", R"({"number":"SO-1","account":")" + format_id(account) + "\"}");
  auto refused =
      workspace.records().remove(workspace.admin(), "account", account, 0, workspace.options());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::in_use);
}

TEST(Personal, IsStoredAndLoggedSealedAndReadOnlyWhenAskedFor) {
  TestWorkspace workspace;
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  const std::string contact =
      R"({"name":"王敏","account":")" + format_id(account) + R"(","birthday":"1980-05-17"})";
  const RecordId id = workspace.create("contact", contact);
  EXPECT_FALSE(workspace.read("contact", id).contains("birthday"));
  JsonWriter asked;
  ASSERT_TRUE(workspace.records().get(workspace.admin(), "contact", id, {"birthday"}, asked));
  EXPECT_EQ(asked.text().find("1980-05-17"), std::string::npos);
  EXPECT_NE(asked.text().find(R"("masked":["birthday"])"), std::string::npos);
  JsonWriter told;
  ASSERT_TRUE(
      workspace.records().get(workspace.admin(), "contact", id, {"birthday"}, told, "生日贺卡"));
  EXPECT_NE(told.text().find("1980-05-17"), std::string::npos);
  ASSERT_TRUE(workspace.patch("contact", id, 1, R"({"birthday":"1981-06-18"})"));
  const auto text = workspace.database().read([&](storage::Connection& connection) {
    return query_text(connection, storage::Sql("SELECT max(changes) FROM lp_change"));
  });
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("sealed"), std::string::npos);
  EXPECT_EQ(text->find("1981-06-18"), std::string::npos);
}

TEST(Rights, APersonMayNotCreateUsers) {
  TestWorkspace workspace;
  const auto person = access::person_with(
      RecordId{8192}, R"({"objects":{"*":{"create":true,"read":"all","update":"all"}}})");
  auto refused = workspace.records().create(
      person, "user", *parse_json_object(R"({"login":"x","name":"x"})"), workspace.options());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace linchpin::records
