// Who sees and does what, over the product's own roles.

#include "records/row_access.h"

#include "access/shares.h"
#include "records/aggregate.h"
#include "records/batch.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

std::string quoted(RecordId id) {
  return "\"" + format_id(id) + "\"";
}

class RowAccessTest : public ::testing::Test {
 protected:
  RowAccessTest() {
    workspace_.hire_admin();
    north_ = workspace_.create("department", R"({"name":"华北"})");
    south_ = workspace_.create("department", R"({"name":"华南"})");
    anna_ = user("anna", north_, R"(["kam"])");
    bert_ = user("bert", south_, R"(["kam"])");
    hers_ = account("A1", "甲公司", anna_);
    his_ = account("B1", "乙公司", bert_);
    her_contact_ = contact("张三", hers_);
    his_contact_ = contact("李四", his_);
  }

  RecordId user(const std::string& login, RecordId department, const std::string& roles) {
    return workspace_.create("user", R"({"login":")" + login + R"(","name":")" + login +
                                         R"(","department":)" + quoted(department) +
                                         R"(,"roles":)" + roles + "}");
  }
  RecordId account(const std::string& code, const std::string& name, RecordId owner) {
    return workspace_.create("account", R"({"code":")" + code + R"(","name":")" + name +
                                            R"(","owner":)" + quoted(owner) + "}");
  }
  RecordId contact(const std::string& name, RecordId account) {
    return workspace_.create("contact",
                             R"({"name":")" + name + R"(","account":)" + quoted(account) + "}");
  }
  access::AccessScope scope(RecordId user) {
    auto scope = workspace_.records().scope_of(user);
    EXPECT_TRUE(scope);
    return *scope;
  }
  void set_roles(RecordId user, const std::string& roles) {
    const auto patched =
        workspace_.patch("user", user, version("user", user), R"({"roles":)" + roles + "}");
    if (!patched) ADD_FAILURE() << TestWorkspace::first_problem(patched.error());
  }
  std::int64_t version(std::string_view object, RecordId id) {
    JsonWriter out;
    return workspace_.records().get(workspace_.admin(), object, id, {"id"}, out).value_or(0);
  }

  // What a page answers: "" for an error.
  json::value page(RecordId who, std::string_view object, QueryRequest request) {
    JsonWriter out;
    request.sort = json::array{json::object{{"field", "id"}, {"dir", "asc"}}};
    const Status read = workspace_.records().query(scope(who), object, request, out);
    if (!read) return json::value(std::string(code_name(read.error().code)));
    return *parse_json(out.text());
  }
  std::vector<std::string> seen(RecordId who, std::string_view object, std::string where = {}) {
    QueryRequest request;
    request.select = {"name"};
    if (!where.empty()) request.where = *parse_json(where);
    const json::value answer = page(who, object, request);
    std::vector<std::string> names;
    if (answer.is_string()) return {std::string(answer.as_string())};
    for (const json::value& record : answer.at("records").as_array()) {
      names.emplace_back(record.at("fields").at("name").as_string());
    }
    return names;
  }
  std::string got(RecordId who, std::string_view object, RecordId id) {
    JsonWriter out;
    const auto read = workspace_.records().get(scope(who), object, id, {}, out);
    return read ? "seen" : TestWorkspace::first_problem(read.error());
  }
  std::string patched(RecordId who, std::string_view object, RecordId id, std::string fields) {
    const Patch patch{*parse_json_object(fields), version(object, id), std::nullopt};
    const auto done =
        workspace_.records().update(scope(who), object, id, patch, workspace_.options());
    return done ? "done" : std::string(code_name(done.error().code));
  }
  std::string removed(RecordId who, std::string_view object, RecordId id) {
    WriteOptions options = workspace_.options();
    options.dry_run = true;
    const Status done = workspace_.records().remove(scope(who), object, id, 0, options);
    return done ? "done" : std::string(code_name(done.error().code));
  }
  void at(std::string_view moment) {
    workspace_.clock().advance(*parse_instant(moment) - workspace_.clock().now());
  }
  void share(RecordId record, RecordId principal, access::ShareLevel level,
             Instant until = access::never_expires) {
    ASSERT_TRUE(workspace_.database().write([&](storage::Connection& connection) {
      return access::put_share(connection, "account", record,
                               {principal, level, until, workspace_.admin().user(), 1});
    }));
  }

  TestWorkspace workspace_;
  RecordId north_, south_, anna_, bert_, hers_, his_, her_contact_, his_contact_;
  using Names = std::vector<std::string>;
};

TEST_F(RowAccessTest, AManagerSeesHerAccountsAndWhatBelongsToThem) {
  EXPECT_EQ(seen(anna_, "account"), Names{"甲公司"});
  EXPECT_EQ(seen(anna_, "contact"), Names{"张三"});
  EXPECT_EQ(seen(bert_, "contact"), Names{"李四"});
  EXPECT_EQ(got(anna_, "contact", her_contact_), "seen");
}

TEST_F(RowAccessTest, HiddenAndAbsentAnswerAlike) {
  const RecordId absent{4'711};
  EXPECT_EQ(got(anna_, "account", his_), got(anna_, "account", absent));
  EXPECT_EQ(patched(anna_, "account", his_, R"({"city":"上海"})"), "not_found");
  EXPECT_EQ(removed(anna_, "account", his_), removed(anna_, "account", absent));
  JsonWriter out;
  EXPECT_EQ(workspace_.records().history(scope(anna_), "account", his_, {}, out).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(got(anna_, "role", absent), got(anna_, "no_such_object", absent));
}

TEST_F(RowAccessTest, WhatALinkLeadsToIsHiddenOnEveryPath) {
  // Shared alone: the contact's account stays hidden.
  ASSERT_TRUE(workspace_.database().write([&](storage::Connection& connection) {
    return access::put_share(connection, "contact", his_contact_,
                             {anna_, access::ShareLevel::read, access::never_expires, bert_, 1});
  }));
  QueryRequest request;
  request.select = {"name", "account.name", "account.owner.name"};
  const json::value answer = page(anna_, "contact", request);
  const json::array& records = answer.at("records").as_array();
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].at("fields").at("account.name"), "甲公司");
  EXPECT_TRUE(records[1].at("fields").at("account.name").is_null());
  EXPECT_TRUE(records[1].at("fields").at("account.owner.name").is_null());
  EXPECT_EQ(seen(anna_, "contact", R"({"op":"contains","field":"account.name","value":"公司"})"),
            Names{"张三"});
  EXPECT_EQ(seen(anna_, "contact", R"({"op":"empty","field":"account.name"})"), Names{"李四"});
  AggregateRequest groups;
  groups.group = json::array{json::object{{"field", "account.name"}}};
  groups.measures = json::array{json::object{{"as", "n"}, {"fn", "count"}}};
  JsonWriter out;
  ASSERT_TRUE(workspace_.records().aggregate(scope(anna_), "contact", groups, out));
  EXPECT_EQ(out.text().find("乙公司"), std::string_view::npos);
}

TEST_F(RowAccessTest, RelatedRecordsCountOnlyWhereTheyAreSeen) {
  share(his_, anna_, access::ShareLevel::read);
  const RecordId visit =
      workspace_.create("opportunity", R"({"name":"扩建","account":)" + quoted(hers_) +
                                           R"(,"owner":)" + quoted(bert_) + "}");
  EXPECT_EQ(got(anna_, "opportunity", visit).substr(0, 9), "not_found");
  EXPECT_EQ(seen(anna_, "account", R"({"op":"some","rel":"opportunities"})"), Names{});
  EXPECT_EQ(seen(anna_, "account", R"({"op":"none","rel":"opportunities"})"),
            (Names{"甲公司", "乙公司"}));
}

TEST_F(RowAccessTest, AShareReachesTheChildrenUntilItExpires) {
  const Instant now = workspace_.clock().now();
  share(his_, anna_, access::ShareLevel::read, now + 60'000);
  EXPECT_EQ(seen(anna_, "account"), (Names{"甲公司", "乙公司"}));
  EXPECT_EQ(seen(anna_, "contact"), (Names{"张三", "李四"}));
  EXPECT_EQ(patched(anna_, "account", his_, R"({"city":"上海"})"), "forbidden");
  share(his_, anna_, access::ShareLevel::edit, now + 60'000);
  EXPECT_EQ(patched(anna_, "account", his_, R"({"city":"上海"})"), "done");
  EXPECT_EQ(removed(anna_, "account", his_), "forbidden");
  workspace_.clock().advance(60'000);
  EXPECT_EQ(seen(anna_, "account"), Names{"甲公司"});
  share(his_, north_, access::ShareLevel::read);
  EXPECT_EQ(seen(anna_, "account"), (Names{"甲公司", "乙公司"}));
}

TEST_F(RowAccessTest, TheAccountTeamWorksOnTheAccountWhileItLasts) {
  workspace_.create("account_member", R"({"account":)" + quoted(his_) + R"(,"user":)" +
                                          quoted(anna_) +
                                          R"(,"role":"technical","until":"2026-09-21"})");
  EXPECT_EQ(seen(anna_, "contact"), (Names{"张三", "李四"}));
  EXPECT_EQ(patched(anna_, "contact", his_contact_, R"({"title":"主任"})"), "done");
  EXPECT_EQ(removed(anna_, "contact", his_contact_), "forbidden");
  workspace_.clock().advance(std::int64_t{24} * 3'600'000);
  EXPECT_EQ(seen(anna_, "contact"), Names{"张三"});
}

TEST_F(RowAccessTest, ADirectorSeesTheDepartmentsBelow) {
  const RecordId head = workspace_.create("department", R"({"name":"总部"})");
  ASSERT_TRUE(workspace_.patch("department", north_, 1, R"({"parent":)" + quoted(head) + "}"));
  const RecordId boss = user("boss", head, R"(["kam_director"])");
  EXPECT_EQ(seen(boss, "account"), Names{"甲公司"});
  EXPECT_EQ(patched(boss, "account", hers_, R"({"city":"北京"})"), "done");
  set_roles(boss, R"(["executive"])");
  EXPECT_EQ(seen(boss, "account"), (Names{"甲公司", "乙公司"}));
  EXPECT_EQ(patched(boss, "account", hers_, R"({"city":"天津"})"), "forbidden");
  set_roles(boss, "[]");
  EXPECT_EQ(seen(boss, "account"), Names{"not_found"});
}

TEST_F(RowAccessTest, FieldsOutOfRightAreUnknownEverywhere) {
  const RecordId role = workspace_.create(
      "role", R"({"name":"外协","rights":{"objects":{"account":{"read":"all","fields":
                 {"*":"read","credit_limit":"none"}}}}})");
  set_roles(anna_, "[]");
  ASSERT_TRUE(workspace_.patch("user", anna_, version("user", anna_),
                               R"({"own_roles":[)" + quoted(role) + "]}"));
  ASSERT_TRUE(workspace_.patch("account", his_, version("account", his_),
                               R"({"credit_limit":"5.00"})", "评估"));
  JsonWriter out;
  ASSERT_TRUE(workspace_.records().get(scope(anna_), "account", his_, {}, out));
  EXPECT_EQ(out.text().find("credit_limit"), std::string_view::npos);
  JsonWriter history;
  ASSERT_TRUE(workspace_.records().history(scope(anna_), "account", his_, {}, history));
  EXPECT_EQ(history.text().find("credit_limit"), std::string_view::npos);
  QueryRequest request;
  request.select = {"credit_limit"};
  EXPECT_EQ(page(anna_, "account", request), "unknown_field");
  EXPECT_EQ(seen(anna_, "account", R"({"op":"gt","field":"credit_limit","value":"1.00"})"),
            Names{"unknown_field"});
  AggregateRequest sum;
  sum.measures = json::array{json::object{{"as", "s"}, {"fn", "sum"}, {"field", "credit_limit"}}};
  EXPECT_EQ(workspace_.records().aggregate(scope(anna_), "account", sum, out).error().code,
            ErrorCode::unknown_field);
}

TEST_F(RowAccessTest, NobodyLinksToWhatHeDoesNotSee) {
  EXPECT_EQ(patched(anna_, "contact", her_contact_, R"({"account":)" + quoted(his_) + "}"),
            "validation_failed");
}

TEST_F(RowAccessTest, TheLastAdministratorStays) {
  const RecordId admin = workspace_.admin().user();
  const auto without = workspace_.patch("user", admin, 1, R"({"roles":["kam"]})");
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().detail, "last_administrator");
  EXPECT_EQ(workspace_.patch("user", admin, 1, R"({"active":false})").error().detail,
            "last_administrator");
  EXPECT_EQ(workspace_.records()
                .remove(workspace_.admin(), "user", admin, 0, workspace_.options())
                .error()
                .detail,
            "last_administrator");
  set_roles(bert_, R"(["administrator"])");
  EXPECT_TRUE(workspace_.patch("user", admin, 1, R"({"active":false})"));
}

TEST_F(RowAccessTest, ADeputyEndsByTheMinute) {
  workspace_.create("deputy", R"({"user":)" + quoted(bert_) + R"(,"deputy":)" + quoted(anna_) +
                                  R"(,"starts_at":"2026-09-21T14:14:00Z",
                                      "ends_at":"2026-09-21T14:15:00Z"})");
  at("2026-09-21T14:13:59Z");
  EXPECT_EQ(seen(anna_, "account"), Names{"甲公司"});
  at("2026-09-21T14:14:00Z");
  EXPECT_EQ(seen(anna_, "account"), (Names{"甲公司", "乙公司"}));
  EXPECT_EQ(patched(anna_, "account", his_, R"({"city":"广州"})"), "done");
  at("2026-09-21T14:15:00Z");
  EXPECT_EQ(seen(anna_, "account"), Names{"甲公司"});
}

TEST_F(RowAccessTest, ASliceMovesOnlyWhatIsInReach) {
  const auto slice_of = [&](RecordId who, bool removes) {
    const access::AccessScope moving = scope(who);
    return workspace_.database().write([&](storage::Connection& connection) -> Status {
      BulkSlice slice(workspace_.records(), connection, moving, {});
      const Object& contact = *slice.object("contact");
      LP_CHECK(removes ? slice.remove(contact, her_contact_)
                       : slice.restore(contact, her_contact_));
      return slice.finish();
    });
  };
  for (const bool removes : {true, false}) {
    const Status his = slice_of(bert_, removes);
    ASSERT_FALSE(his);
    EXPECT_EQ(his.error().code, ErrorCode::not_found);
    EXPECT_TRUE(slice_of(anna_, removes));
  }
  EXPECT_EQ(seen(anna_, "contact"), std::vector<std::string>{"张三"});
}

TEST_F(RowAccessTest, WhoSeesEverythingPaysNothing) {
  const Viewer admin = workspace_.records().viewer(workspace_.admin());
  const Schema& schema = workspace_.schema();
  const Object& account = *schema.object("account");
  const storage::Dialect dialect = workspace_.database().dialect();
  EXPECT_TRUE(reach_sql(admin, schema, dialect, access::Action::read, account, "t").empty());
  const RecordId auditor = user("ruth", north_, R"(["auditor"])");
  const access::AccessScope hers = scope(auditor);
  const Viewer viewer = workspace_.records().viewer(hers);
  EXPECT_TRUE(reach_sql(viewer, schema, dialect, access::Action::read, account, "t").empty());
}

TEST_F(RowAccessTest, ARoleThatCannotBeReadIsRefused) {
  const auto wrong =
      workspace_.try_create("role", R"({"name":"x","rights":{"objects":{"a":{"see":"all"}}}})");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().problems.front().code, "wrong_rights");
  EXPECT_FALSE(workspace_.try_create("role", R"({"name":"x","rights":{"administrator":true}})"));
}

}  // namespace
}  // namespace linchpin::records
