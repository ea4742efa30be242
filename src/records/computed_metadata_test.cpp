#include "records/metadata.h"
#include "records/recompute.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

// Computed fields that are made while the program runs.
class ComputedMetadata : public ::testing::Test {
 protected:
  MetadataRequest request() {
    const auto enqueue = [](storage::Connection&, const json::object&) {
      return Result<RecordId>(RecordId{77});
    };
    return {workspace_.admin(), workspace_.options().origin, false, enqueue, {}};
  }
  // Empty, or what is wrong.
  std::string add(std::string_view object, const std::string& members) {
    const auto made = metadata_.create_field(
        request(), object,
        *parse_json_object(R"({"label":{"zh-CN":"字段","en":"Field"},)" + members + "}"));
    return made ? "" : TestWorkspace::first_problem(made.error());
  }
  std::string text(std::string_view object, RecordId id, std::string_view field) {
    return json::serialize(workspace_.read(object, id).at(field));
  }
  std::size_t differences(std::string_view object) {
    const auto schema = workspace_.records().schema();
    const auto found = workspace_.database().read([&](storage::Connection& connection) {
      return check_computed(connection, *schema, *schema->object(object));
    });
    return found ? found->size() : SIZE_MAX;
  }

  TestWorkspace workspace_;
  Metadata metadata_{workspace_.records()};
};

TEST_F(ComputedMetadata, ANewFormulaFindsTheRecordsThatAreThere) {
  const RecordId old = workspace_.create("account", R"({"code":"A1","name":"甲","city":"京"})");
  EXPECT_EQ(add("account", R"("api_name":"place","type":"formula","index":true,
                              "compute":{"formula":"name & \"@\" & city"})"),
            "");
  EXPECT_EQ(text("account", old, "place"), R"("甲@京")");
  EXPECT_EQ(add("opportunity", R"("api_name":"where_to","type":"formula",
                                  "compute":{"formula":"account.place"})"),
            "");
  const RecordId made = workspace_.create(
      "opportunity", R"({"name":"一","amount":"5","account":")" + format_id(old) + "\"}");
  EXPECT_EQ(text("opportunity", made, "where_to"), R"("甲@京")");
  const auto changed =
      metadata_.change_field(request(), "account", "place",
                             *parse_json_object(R"({"compute":{"formula":"city & \"!\""}})"));
  ASSERT_TRUE(changed) << TestWorkspace::first_problem(changed.error());
  EXPECT_EQ(text("account", old, "place"), R"("京!")");
  EXPECT_EQ(text("opportunity", made, "where_to"), R"("京!")");
  EXPECT_EQ(differences("account") + differences("opportunity"), 0U);
}

TEST_F(ComputedMetadata, ANewRollUpSumsWhatIsThere) {
  const RecordId account = workspace_.create("account", R"({"code":"A1","name":"甲"})");
  const std::string of = R"("account":")" + format_id(account) + "\"";
  workspace_.create("opportunity", R"({"name":"一","amount":"5",)" + of + "}");
  workspace_.create("opportunity", R"({"name":"二","amount":"10",)" + of + "}");
  EXPECT_EQ(add("account", R"("api_name":"mean","type":"rollup","compute":{"rollup":
                {"object":"opportunity","link":"account","fn":"avg","field":"amount"}})"),
            "");
  EXPECT_EQ(text("account", account, "mean"), R"("7.50")");
  workspace_.create("opportunity", R"({"name":"三","amount":"0",)" + of + "}");
  EXPECT_EQ(text("account", account, "mean"), R"("5.00")");
  EXPECT_EQ(add("opportunity", R"("api_name":"sector","type":"lookup",
                                  "compute":{"lookup":{"path":"account.sector"}})"),
            "");
  EXPECT_EQ(differences("account"), 0U);
}

TEST_F(ComputedMetadata, AWrongDefinitionIsToldWithItsPlace) {
  EXPECT_EQ(add("account", R"("api_name":"f","type":"formula",
                              "compute":{"formula":"credit_limit + turnover"})"),
            "validation_failed   /compute/formula:formula_unknown_field");
  EXPECT_EQ(add("account", R"("api_name":"f","type":"formula")"),
            "validation_failed   /compute:member_missing");
  EXPECT_EQ(add("account", R"("api_name":"f","type":"formula","required":true,
                              "compute":{"formula":"1"})"),
            "validation_failed   /required:member_does_not_fit");
  EXPECT_EQ(add("account", R"("api_name":"f","type":"text","compute":{"formula":"1"})"),
            "validation_failed   /compute:member_does_not_fit");
}

TEST_F(ComputedMetadata, WhatAFormulaReadsDoesNotGoSilently) {
  EXPECT_EQ(add("account", R"("api_name":"extra","type":"integer")"), "");
  EXPECT_EQ(add("account", R"("api_name":"more","type":"formula",
                              "compute":{"formula":"extra + 1"})"),
            "");
  const auto removed = metadata_.remove_field(request(), "account", "extra");
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().code, ErrorCode::in_use);
  EXPECT_TRUE(metadata_.remove_field(request(), "account", "more"));
  EXPECT_TRUE(metadata_.remove_field(request(), "account", "extra"));
}

}  // namespace
}  // namespace linchpin::records
