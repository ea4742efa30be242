// What rules of roles give beyond the reach, on every road to a record, and which are refused.

#include "records/row_rules.h"

#include "records/aggregate.h"
#include "records/field_usage.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

using Names = std::set<std::string>;

std::string quoted_id(RecordId id) {
  return "\"" + format_id(id) + "\"";
}

class RowRulesTest : public ::testing::Test {
 protected:
  RowRulesTest() {
    workspace_.hire_admin();
    north_ = workspace_.create("department", R"({"name":"华北"})");
    south_ = workspace_.create("department", R"({"name":"华南"})");
    bert_ = user("bert", south_);
    anna_ = user("anna", north_);
    hers_ = account("A1", "甲公司", R"("owner":)" + quoted_id(anna_));
    northern_ = account("B1", "乙公司", R"("city":"北京","department":)" + quoted_id(north_));
    southern_ = account("C1", "丙公司", R"("city":"广州","department":)" + quoted_id(south_));
    contact_ = workspace_.create("contact",
                                 R"({"name":"李四","account":)" + quoted_id(northern_) + "}");
  }

  RecordId user(const std::string& login, RecordId department) {
    return workspace_.create("user", R"({"login":")" + login + R"(","name":")" + login +
                                         R"(","title":"北京","roles":[],"department":)" +
                                         quoted_id(department) + "}");
  }
  RecordId account(const std::string& code, const std::string& name, const std::string& more) {
    return workspace_.create("account", R"({"code":")" + code + R"(","name":")" + name + "\"," +
                                            more + "}");
  }
  Result<Written> try_role(const std::string& objects) {
    return workspace_.try_create("role",
                                 R"({"name":"规则","rights":{"objects":)" + objects + "}}");
  }
  void give(RecordId who, const std::string& objects) {
    const auto role = try_role(objects);
    ASSERT_TRUE(role) << TestWorkspace::first_problem(role.error());
    patch_user(who, R"({"own_roles":[)" + quoted_id(role->id) + "]}");
  }
  void patch_user(RecordId who, const std::string& fields) {
    JsonWriter out;
    const auto version = workspace_.records().get(workspace_.admin(), "user", who, {"id"}, out);
    ASSERT_TRUE(version);
    ASSERT_TRUE(workspace_.patch("user", who, *version, fields));
  }
  // The role reads its own accounts and those that the rule gives.
  static std::string rule(const std::string& where, const std::string& level = "read") {
    return R"({"account":{"read":"own","update":"own","delete":"own","rules":[{"level":")" +
           level + R"(","where":)" + where + R"(}]},"contact":{"read":"own"}})";
  }
  access::AccessScope scope(RecordId who) { return *workspace_.records().scope_of(who); }

  Names seen(RecordId who, std::string_view object = "account") {
    QueryRequest request;
    request.select = {"name"};
    JsonWriter out;
    Names names;
    if (!workspace_.records().query(scope(who), object, request, out)) return {"refused"};
    const json::value answer = *parse_json(out.text());
    for (const json::value& record : answer.at("records").as_array()) {
      names.emplace(record.at("fields").at("name").as_string());
    }
    return names;
  }
  std::string got(RecordId who, std::string_view object, RecordId id) {
    JsonWriter out;
    const auto read = workspace_.records().get(scope(who), object, id, {}, out);
    return read ? "seen" : std::string(code_name(read.error().code));
  }
  std::string changed(RecordId who, RecordId id) {
    JsonWriter out;
    const auto version = workspace_.records().get(workspace_.admin(), "account", id, {"id"}, out);
    const Patch patch{*parse_json_object(R"({"website":"https://example.com"})"), *version,
                      std::nullopt};
    WriteOptions options = workspace_.options();
    options.dry_run = true;
    const auto done = workspace_.records().update(scope(who), "account", id, patch, options);
    return done ? "done" : std::string(code_name(done.error().code));
  }
  std::string removed(RecordId who, RecordId id) {
    WriteOptions options = workspace_.options();
    options.dry_run = true;
    const Status done = workspace_.records().remove(scope(who), "account", id, 0, options);
    return done ? "done" : std::string(code_name(done.error().code));
  }
  std::string refused(const std::string& objects) {
    const auto role = try_role(objects);
    if (role) return "accepted";
    const FieldProblem& problem = role.error().problems.front();
    return problem.code + " " + problem.pointer;
  }

  TestWorkspace workspace_;
  RecordId north_, south_, anna_, bert_, hers_, northern_, southern_, contact_;
};

constexpr const char* own_department =
    R"({"op":"eq","field":"department","value":{"var":"me.department"}})";

TEST_F(RowRulesTest, WhatMeetsTheRuleIsSeenWithWhatBelongsToIt) {
  give(anna_, rule(own_department));
  EXPECT_EQ(seen(anna_), (Names{"甲公司", "乙公司"}));
  EXPECT_EQ(seen(anna_, "contact"), Names{"李四"});
  EXPECT_EQ(got(anna_, "account", northern_), "seen");
  EXPECT_EQ(got(anna_, "contact", contact_), "seen");
  EXPECT_EQ(got(anna_, "account", southern_), "not_found");
  AggregateRequest count;
  count.measures = json::array{json::object{{"as", "n"}, {"fn", "count"}}};
  JsonWriter out;
  ASSERT_TRUE(workspace_.records().aggregate(scope(anna_), "account", count, out));
  EXPECT_NE(out.text().find(R"("n":2)"), std::string::npos) << out.text();
}

TEST_F(RowRulesTest, TheRuleFollowsItsHolderAndTheRecord) {
  give(anna_, rule(own_department));
  patch_user(anna_, R"({"department":)" + quoted_id(south_) + "}");
  EXPECT_EQ(seen(anna_), (Names{"甲公司", "丙公司"}));
  ASSERT_TRUE(workspace_.patch("account", southern_, 1, R"({"department":null})"));
  EXPECT_EQ(seen(anna_), Names{"甲公司"});
}

TEST_F(RowRulesTest, AnEmptyFieldOfTheHolderGivesNothing) {
  patch_user(anna_, R"({"department":null})");
  give(anna_, rule(R"({"op":"ne","field":"department","value":{"var":"me.department"}})"));
  EXPECT_EQ(seen(anna_), Names{"甲公司"});
  EXPECT_EQ(got(anna_, "account", northern_), "not_found");
}

TEST_F(RowRulesTest, OnlyARuleOfEditingLetsChangeAndNoneLetsDelete) {
  give(anna_, rule(own_department));
  EXPECT_EQ(changed(anna_, northern_), "forbidden");
  give(anna_, rule(own_department, "edit"));
  EXPECT_EQ(changed(anna_, northern_), "done");
  EXPECT_EQ(changed(anna_, southern_), "not_found");
  EXPECT_EQ(removed(anna_, northern_), "forbidden");
  EXPECT_EQ(removed(anna_, hers_), "done");
}

TEST_F(RowRulesTest, FieldsArePathsAndLinkedRecordsAreAskedWithEverybodysRights) {
  give(bert_, R"({"contact":{"read":"own","rules":[{"level":"read","where":
                 {"op":"eq","field":"account.department.head","value":{"var":"me"}}}]}})");
  EXPECT_EQ(got(bert_, "contact", contact_), "not_found");
  ASSERT_TRUE(workspace_.patch("department", north_, 1, R"({"head":)" + quoted_id(bert_) + "}"));
  EXPECT_EQ(got(bert_, "contact", contact_), "seen");
  EXPECT_EQ(seen(bert_, "contact"), Names{"李四"});
  give(anna_, rule(R"({"op":"some","rel":"contacts",
                       "where":{"op":"eq","field":"name","value":"李四"}})"));
  EXPECT_EQ(seen(anna_), (Names{"甲公司", "乙公司"}));
}

TEST_F(RowRulesTest, TextsOfTheHolderAreComparedAndSetsAreAskedAsSets) {
  give(anna_, rule(R"({"op":"eq","field":"city","value":{"var":"me.title"}})"));
  EXPECT_EQ(seen(anna_), (Names{"甲公司", "乙公司"}));
  give(anna_, rule(R"({"op":"in","field":"city","value":{"var":"me.title"}})"));
  EXPECT_EQ(seen(anna_), (Names{"甲公司", "乙公司"}));
}

TEST_F(RowRulesTest, ADeputyHasWhatTheRuleGivesTheAbsent) {
  give(anna_, rule(own_department));
  EXPECT_EQ(seen(bert_), Names{"refused"});
  workspace_.create("deputy", R"({"user":)" + quoted_id(anna_) + R"(,"deputy":)" +
                                  quoted_id(bert_) + R"(,"starts_at":"2026-01-01T00:00:00Z",
                                      "ends_at":"2027-01-01T00:00:00Z"})");
  EXPECT_EQ(seen(bert_), (Names{"甲公司", "乙公司"}));
}

TEST_F(RowRulesTest, TheGrantNamesTheRule) {
  give(anna_, rule(own_department));
  const access::AccessScope hers = scope(anna_);
  const Object& object = *workspace_.schema().object("contact");
  ASSERT_TRUE(workspace_.database().read([&](storage::Connection& connection) -> Status {
    LP_TRY(const auto row, read_row(connection, object, contact_, Presence::live));
    LP_TRY(const auto grant,
           grant_of(connection, workspace_.schema(), workspace_.records().viewer(hers),
                    access::Action::read, object, *row));
    EXPECT_TRUE(grant);
    if (!grant) return {};
    EXPECT_EQ(grant->kind, "rule");
    EXPECT_EQ(grant->object, "account");
    EXPECT_EQ(grant->record, northern_);
    EXPECT_EQ(*parse_json(grant->where), *parse_json(own_department));
    return {};
  }));
}

TEST_F(RowRulesTest, WhatDoesNotFitIsRefusedWithItsPlace) {
  const std::string place = "/fields/rights/objects/account/rules/0/where";
  EXPECT_EQ(refused(rule(R"({"op":"eq","field":"colour","value":"red"})")),
            "unknown_field " + place + "/field");
  EXPECT_EQ(refused(rule(R"({"op":"eq","field":"city","value":{"var":"me.colour"}})")),
            "unknown_variable " + place + "/value");
  EXPECT_EQ(refused(rule(R"({"op":"eq","field":"city","value":{"var":"you"}})")),
            "unknown_variable " + place + "/value");
  EXPECT_EQ(refused(rule(R"({"op":"eq","field":"city","value":{"var":"me.department"}})")),
            "variable_does_not_fit " + place + "/value");
  EXPECT_EQ(refused(rule(R"({"op":"eq","field":"owner","value":{"var":"me.department"}})")),
            "variable_does_not_fit " + place + "/value");
  EXPECT_EQ(refused(rule(R"({"op":"eq","field":"city","value":{"var":"me.roles"}})")),
            "variable_does_not_fit " + place + "/value");
  EXPECT_EQ(refused(rule(R"({"op":"gt","field":"owner","value":{"var":"me"}})")),
            "operator_does_not_fit " + place + "/op");
  EXPECT_EQ(refused(rule(R"({"op":"eq","field":"city","value":3})")),
            "wrong_type " + place + "/value");
}

TEST_F(RowRulesTest, ARuleWithoutReachOrObjectIsRefused) {
  const std::string all = R"([{"level":"edit","where":{"op":"and","args":[]}}])";
  EXPECT_EQ(refused(R"({"account":{"read":"own","update":"own","rules":)" + all + "}}"),
            "rule_without_condition /fields/rights/objects/account/rules/0/where");
  EXPECT_EQ(refused(R"({"account":{"rules":)" + all + "}}"), "rule_without_reach /fields/rights");
  EXPECT_EQ(refused(R"({"account":{"read":"all","rules":)" + all + "}}"),
            "rule_without_reach /fields/rights");
  EXPECT_EQ(refused(R"({"*":{"read":"all","update":"own","rules":)" + all + "}}"),
            "rule_without_object /fields/rights");
  EXPECT_EQ(refused(R"({"nothing":{"read":"own","update":"own","rules":)" + all + "}}"),
            "no_such_object /fields/rights/objects/nothing/rules");
}

TEST_F(RowRulesTest, AFieldThatARuleLooksAtIsInUse) {
  ASSERT_TRUE(try_role(rule(R"({"op":"eq","field":"city","value":{"var":"me.title"}})")));
  const Schema& schema = workspace_.schema();
  const auto used_by_role = [&](const char* object, const char* field) {
    const Object& of = *schema.object(object);
    auto users = workspace_.database().read([&](storage::Connection& connection) {
      return users_of(connection, schema, Rules(), of, *of.field(field));
    });
    return users && std::any_of(users->begin(), users->end(), [](const DefinitionUser& one) {
             return one.kind == "role" && one.name == "规则";
           });
  };
  EXPECT_TRUE(used_by_role("account", "city"));
  EXPECT_TRUE(used_by_role("user", "title"));
  EXPECT_FALSE(used_by_role("account", "website"));
  EXPECT_FALSE(used_by_role("user", "phone"));
}

TEST_F(RowRulesTest, OutsideOfRolesMeAloneIsKnown) {
  QueryRequest request;
  request.where = *parse_json(own_department);
  JsonWriter out;
  EXPECT_FALSE(workspace_.records().query(workspace_.admin(), "account", request, out));
}

}  // namespace
}  // namespace linchpin::records
