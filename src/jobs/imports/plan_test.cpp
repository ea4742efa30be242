#include "jobs/imports/plan.h"

#include <gtest/gtest.h>

#include "access/test_scope.h"

namespace linchpin::imports {
namespace {

class PlanTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = records::load_schema(std::string(LINCHPIN_SOURCE_DIR) + "/capabilities", 2);
    ASSERT_TRUE(loaded);
    schema_ = *loaded;
  }
  static void TearDownTestSuite() { schema_.reset(); }

  Result<Plan> compile(std::string_view text, const access::AccessScope& scope =
                                                  access::Authority::administrator(RecordId{1})) {
    FileLayout layout;
    for (const char* name : {"code", "name", "order", "day", "rate"}) {
      layout.columns.push_back({name, {"0.13", "0.06"}, 1, {}});
    }
    return compile_plan(*parse_json_object(text), schema_, layout, scope);
  }

  // "pointer code" of the only problem, and the code of the whole.
  std::string problem(std::string_view text) {
    const auto plan = compile(text);
    if (plan) return "none";
    const Error& error = plan.error();
    std::string told(code_name(error.code));
    for (const FieldProblem& one : error.problems) told += " " + one.pointer + " " + one.code;
    return told;
  }
  std::string mapping_problem(const std::string& mapping, const std::string& more = {}) {
    return problem(R"({"object":"order_line","mapping":[)" + mapping + "]" + more + "}");
  }

  static std::shared_ptr<const records::Schema> schema_;
};

std::shared_ptr<const records::Schema> PlanTest::schema_;

constexpr const char* code_to_account =
    R"({"column":"code","field":"account","link_by":"code","missing":"create"})";

TEST_F(PlanTest, WhatIsNotKnownIsRefusedWithItsPlace) {
  EXPECT_EQ(problem(R"({"object":"account","mapping":[{"column":"code","field":"code"}],
                        "repaet":true})"),
            "unknown_field /repaet unknown_member");
  EXPECT_EQ(problem(R"({"object":"no_such","mapping":[{"column":"code","field":"code"}]})"),
            "validation_failed /object no_such_object");
  EXPECT_EQ(problem(R"({"mapping":[{"column":"code","field":"code"}]})"),
            "validation_failed /object member_missing");
  EXPECT_EQ(problem(R"({"object":"account","mode":"all","mapping":[{"column":"code",
                        "field":"code"}]})"),
            "validation_failed /mode wrong_choice");
  EXPECT_EQ(mapping_problem(""), "validation_failed /mapping nothing_mapped");
  EXPECT_EQ(mapping_problem(R"({"column":"code","field":"nmae"})"),
            "unknown_field /mapping/0/field no_such_field");
  EXPECT_EQ(mapping_problem(R"({"column":"kode","field":"quantity"})"),
            "validation_failed /mapping/0/column no_such_column");
  EXPECT_EQ(mapping_problem(R"({"column":"code","field":"quantity","colour":1})"),
            "unknown_field /mapping/0/colour unknown_member");
  EXPECT_EQ(mapping_problem(R"("code")"), "validation_failed /mapping/0 expected_object");
}

TEST_F(PlanTest, LinksNeedAKeyOfTheirTarget) {
  EXPECT_EQ(mapping_problem(R"({"column":"code","field":"account","link_by":"region"})"),
            "validation_failed /mapping/0/link_by not_a_key");
  EXPECT_EQ(mapping_problem(R"({"column":"code","field":"quantity","link_by":"code"})"),
            "validation_failed /mapping/0/link_by not_a_link");
  EXPECT_EQ(mapping_problem(R"({"column":"code","field":"account","missing":"maybe"})"),
            "validation_failed /mapping/0/missing wrong_choice");
  EXPECT_EQ(mapping_problem(R"({"column":"name","field":"account.name"})"),
            "validation_failed /mapping/0/field link_not_mapped");
  const std::string pair = std::string(code_to_account) + ",";
  EXPECT_EQ(mapping_problem(pair + R"({"column":"name","field":"account.nmae"})"),
            "unknown_field /mapping/1/field no_such_field");
  EXPECT_EQ(mapping_problem(pair + R"({"column":"name","field":"account.code"})"),
            "validation_failed /mapping/1/field mapped_twice");
  EXPECT_EQ(mapping_problem(R"({"column":"name","field":"quantity.name"})"),
            "unknown_field /mapping/0/field no_such_field");
}

TEST_F(PlanTest, FieldsThatNobodyMayWriteAreRefused) {
  EXPECT_EQ(mapping_problem(R"({"column":"rate","field":"net_amount"})"),
            "validation_failed /mapping/0/field read_only");
  EXPECT_EQ(mapping_problem(R"({"column":"code","field":"id"})"),
            "validation_failed /mapping/0/field read_only");
  EXPECT_EQ(mapping_problem(R"({"column":"day","field":"quantity"},
                               {"column":"rate","field":"quantity"})"),
            "validation_failed /mapping/1/field mapped_twice");
}

TEST_F(PlanTest, FormatsFitTheirFields) {
  EXPECT_EQ(mapping_problem(R"({"column":"day","field":"ordered_on","format":"dmy"})"), "none");
  EXPECT_EQ(mapping_problem(R"({"column":"day","field":"ordered_on","format":"d/m"})"),
            "validation_failed /mapping/0/format wrong_choice");
  EXPECT_EQ(mapping_problem(R"({"column":"day","field":"quantity","format":"dmy"})"),
            "validation_failed /mapping/0/format no_format");
}

TEST_F(PlanTest, AnUpsertNeedsFieldsThatFindRecordsQuickly) {
  const auto match = [&](const std::string& fields) {
    return problem(R"({"object":"account","mode":"upsert","match":[)" + fields +
                   R"(],"mapping":[{"column":"code","field":"code"},
                                   {"column":"name","field":"address"}]})");
  };
  EXPECT_EQ(match(R"("code")"), "none");
  EXPECT_EQ(match(""), "validation_failed /match match_missing");
  EXPECT_EQ(match(R"("address")"), "validation_failed /match not_matchable");
  EXPECT_EQ(match(R"("bank")"), "validation_failed /match match_not_mapped /match not_matchable");
  EXPECT_EQ(match(R"("nothing")"), "unknown_field /match no_such_field");
}

TEST_F(PlanTest, ReplacingNeedsTheOrderOfALine) {
  EXPECT_EQ(mapping_problem(R"({"column":"rate","field":"quantity"})", R"(,"replace":"order")"),
            "validation_failed /replace replace_not_mapped");
  EXPECT_EQ(mapping_problem(R"({"column":"rate","field":"quantity"})", R"(,"replace":"account")"),
            "validation_failed /replace wrong_choice");
  EXPECT_EQ(mapping_problem(R"({"column":"order","field":"order"})", R"(,"replace":"order")"),
            "none");
}

TEST_F(PlanTest, DefaultsAreCheckedLikeValues) {
  const std::string mapping = R"({"column":"rate","field":"quantity"})";
  EXPECT_EQ(mapping_problem(mapping, R"(,"defaults":{"tax_rate":"13"})"), "none");
  EXPECT_EQ(mapping_problem(mapping, R"(,"defaults":{"tax_rate":"much"})"),
            "validation_failed /defaults/tax_rate wrong_number");
  EXPECT_EQ(mapping_problem(mapping, R"(,"defaults":{"nothing":1})"),
            "unknown_field /defaults/nothing no_such_field");
  EXPECT_EQ(mapping_problem(mapping, R"(,"tax_basis":"maybe")"),
            "validation_failed /tax_basis wrong_choice");
}

TEST_F(PlanTest, OneMayImportOnlyWhatOneMayWrite) {
  const auto anna = access::person_with(
      RecordId{2},
      R"({"objects":{"*":{"create":true,"read":"all","update":"all","import":true}}})");
  const auto users =
      compile(R"({"object":"user","mapping":[{"column":"code","field":"login"}]})", anna);
  ASSERT_FALSE(users);
  EXPECT_EQ(users.error().code, ErrorCode::forbidden);
  const auto owners = compile(
      R"({"object":"account","mapping":[{"column":"code","field":"owner","missing":"create"}]})",
      anna);
  ASSERT_FALSE(owners);
  EXPECT_EQ(owners.error().problems.front().code, "may_not_create");
}

TEST_F(PlanTest, AnOrderTakesItsAccountAfterTheAccountIsThere) {
  const auto plan = compile(std::string(R"({"object":"order_line","mapping":[
      {"column":"order","field":"order","missing":"create"},)") +
                            code_to_account + R"(,{"column":"day","field":"ordered_on"}]})");
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->links.size(), 2U);
  EXPECT_EQ(plan->links[0].cell.field->api_name, "account");
  EXPECT_EQ(plan->links[1].cell.field->api_name, "order");
  EXPECT_EQ(plan->lookups[plan->links[1].cell.lookup].key->api_name, "number");
  EXPECT_TRUE(plan->tax_basis_assumed);
}

TEST_F(PlanTest, ColumnsOfFractionsAreTakenAsPercentages) {
  const auto plan =
      compile(R"({"object":"order_line","mapping":[{"column":"rate","field":"tax_rate"}]})");
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->values.front().multiplier, 100);
}

}  // namespace
}  // namespace linchpin::imports
