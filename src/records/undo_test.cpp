#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

class Undo : public ::testing::Test {
 protected:
  std::int64_t last_seq() {
    return *workspace.database().read(
        [](storage::Connection& connection) { return stream::last_seq(connection); });
  }
  Result<Written> undo(std::int64_t seq, std::string reason = {}) {
    WriteOptions options = workspace.options();
    options.reason = std::move(reason);
    return workspace.records().undo(workspace.admin(), seq, options);
  }

  TestWorkspace workspace;
};

TEST_F(Undo, GivesFieldsTheirOldValuesAndLeavesOthersAlone) {
  const RecordId id = workspace.create("account", R"({"name":"甲","city":"北京","employees":3})");
  ASSERT_TRUE(workspace.patch("account", id, 1, R"({"city":"上海","employees":null})"));
  const std::int64_t seq = last_seq();
  ASSERT_TRUE(workspace.patch("account", id, 2, R"({"short_name":"一"})"));
  const auto done = undo(seq);
  ASSERT_TRUE(done) << TestWorkspace::first_problem(done.error());
  EXPECT_EQ(done->version, 4);
  const json::object fields = workspace.read("account", id);
  EXPECT_EQ(fields.at("city"), "北京");
  EXPECT_EQ(fields.at("employees"), 3);
  EXPECT_EQ(fields.at("short_name"), "一");
}

TEST_F(Undo, AFieldThatChangedSinceIsAConflictAndNothingHappens) {
  const RecordId id = workspace.create("account", R"({"name":"甲","city":"北京"})");
  ASSERT_TRUE(workspace.patch("account", id, 1, R"({"city":"上海","employees":3})"));
  const std::int64_t seq = last_seq();
  ASSERT_TRUE(workspace.patch("account", id, 2, R"({"city":"广州"})"));
  const auto done = undo(seq);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::version_conflict);
  ASSERT_EQ(done.error().conflicts.size(), 1u);
  EXPECT_EQ(done.error().conflicts.front().current_json, "\"广州\"");
  EXPECT_EQ(workspace.read("account", id).at("employees"), 3);
}

TEST_F(Undo, ACreationGoesToTheTrashAndARemovalComesBack) {
  const RecordId id = workspace.create("account", R"({"name":"甲"})");
  const std::int64_t created = last_seq();
  ASSERT_TRUE(undo(created));
  EXPECT_TRUE(workspace.read("account", id).empty());
  const auto back = undo(last_seq());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->version, 3);
  EXPECT_EQ(undo(created).error().code, ErrorCode::version_conflict);
  ASSERT_TRUE(undo(last_seq()));
  EXPECT_TRUE(workspace.read("account", id).empty());
}

TEST_F(Undo, SealedValuesComeBackAndImportantOnesNeedAReason) {
  const RecordId contact =
      workspace.create("contact", R"({"name":"王强","birthday":"1980-01-02"})");
  ASSERT_TRUE(workspace.patch("contact", contact, 1, R"({"birthday":"1990-01-02"})"));
  ASSERT_TRUE(undo(last_seq()));
  JsonWriter out;
  ASSERT_TRUE(workspace.records().get(workspace.admin(), "contact", contact, {"birthday"}, out,
                                      "回访"));
  EXPECT_NE(out.text().find("1980-01-02"), std::string::npos);

  const RecordId account =
      workspace.create("account", R"({"name":"甲","registered_capital":"1.00"})");
  ASSERT_TRUE(workspace.patch("account", account, 1, R"({"registered_capital":"2.00"})", "扩股"));
  const std::int64_t seq = last_seq();
  EXPECT_EQ(undo(seq).error().problems.at(0).code, "reason_required");
  EXPECT_TRUE(undo(seq, "录入有误"));
}

TEST_F(Undo, WhatIsNotInTheLogIsNotFound) {
  EXPECT_EQ(undo(0).error().code, ErrorCode::not_found);
  EXPECT_EQ(undo(last_seq() + 1).error().code, ErrorCode::not_found);
}

TEST(Links, ThatClearAreEmptiedByTheTrashAndGivenBack) {
  TestWorkspace workspace;
  const auto quoted = [](RecordId id) { return "\"" + format_id(id) + "\""; };
  const RecordId tag = workspace.create("tag", R"({"name":"重点"})");
  const RecordId other = workspace.create("tag", R"({"name":"华东"})");
  const RecordId parent = workspace.create("account", R"({"name":"集团"})");
  const RecordId child =
      workspace.create("account", R"({"name":"子公司","parent":)" + quoted(parent) +
                                      R"(,"tags":[)" + quoted(tag) + "," + quoted(other) + "]}");
  const auto& options = workspace.options();
  ASSERT_TRUE(workspace.records().remove(workspace.admin(), "tag", tag, 0, options));
  ASSERT_TRUE(workspace.records().remove(workspace.admin(), "account", parent, 0, options));
  json::object fields = workspace.read("account", child);
  EXPECT_TRUE(fields.at("parent").is_null());
  EXPECT_EQ(json::serialize(fields.at("tags")), "[" + quoted(other) + "]");

  ASSERT_TRUE(workspace.records().restore(workspace.admin(), "account", parent, options));
  ASSERT_TRUE(workspace.records().restore(workspace.admin(), "tag", tag, options));
  fields = workspace.read("account", child);
  EXPECT_EQ(fields.at("parent").as_string(), format_id(parent));
  EXPECT_EQ(fields.at("tags").as_array().size(), 2u);
}

TEST(Links, ThatWereWrittenSinceKeepTheirNewValue) {
  TestWorkspace workspace;
  const RecordId parent = workspace.create("account", R"({"name":"集团"})");
  const RecordId second = workspace.create("account", R"({"name":"控股"})");
  const RecordId child =
      workspace.create("account", R"({"name":"子公司","parent":")" + format_id(parent) + "\"}");
  const auto& options = workspace.options();
  ASSERT_TRUE(workspace.records().remove(workspace.admin(), "account", parent, 0, options));
  ASSERT_TRUE(workspace.patch("account", child, 2, R"({"parent":")" + format_id(second) + "\"}"));
  ASSERT_TRUE(workspace.records().restore(workspace.admin(), "account", parent, options));
  EXPECT_EQ(workspace.read("account", child).at("parent").as_string(), format_id(second));
}

}  // namespace
}  // namespace linchpin::records
