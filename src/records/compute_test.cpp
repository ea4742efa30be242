#include "records/compute_graph.h"
#include "records/recompute.h"
#include "records/test_computed.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

class Computed : public ::testing::Test {
 protected:
  Computed() : workspace(computed_standard()) {}

  RecordId account(const std::string& name, const std::string& more = {}) {
    return workspace.create("account", R"({"name":")" + name + "\"" + more + "}");
  }
  RecordId deal(RecordId of, const std::string& amount, const std::string& more = {}) {
    return workspace.create("deal", R"({"name":"D","account":")" + format_id(of) +
                                        R"(","amount":")" + amount + "\"" + more + "}");
  }
  json::value value(std::string_view object, RecordId id, std::string_view field) {
    const json::object fields = workspace.read(object, id);
    const json::value* found = fields.if_contains(field);
    return found ? *found : json::value("absent");
  }
  void change(std::string_view object, RecordId id, std::string_view fields) {
    JsonWriter read;
    const auto version = workspace.records().get(workspace.admin(), object, id, {"id"}, read);
    ASSERT_TRUE(version);
    const Patch patch{*parse_json_object(fields), *version, std::nullopt};
    const auto done =
        workspace.records().update(workspace.admin(), object, id, patch, workspace.options());
    EXPECT_TRUE(done) << TestWorkspace::first_problem(done.error());
  }
  void remove(std::string_view object, RecordId id) {
    EXPECT_TRUE(workspace.records().remove(workspace.admin(), object, id, 0, workspace.options()));
  }
  void restore(std::string_view object, RecordId id) {
    EXPECT_TRUE(workspace.records().restore(workspace.admin(), object, id, workspace.options()));
  }
  std::vector<std::string> differences() {
    std::vector<std::string> list;
    for (const auto& object : workspace.schema().objects()) {
      const auto found = workspace.database().read([&](storage::Connection& connection) {
        return check_computed(connection, workspace.schema(), *object);
      });
      if (!found) list.push_back(found.error().log_detail);
      for (const auto& difference : *found)
        list.push_back(object->api_name + "." + difference.field);
    }
    return list;
  }
  Result<json::object> query(std::string_view object, std::string_view where,
                             std::vector<std::string> select, std::string_view sort = "null") {
    QueryRequest request;
    request.select = std::move(select);
    request.where = *parse_json(where);
    request.sort = *parse_json(sort);
    return workspace.query(object, request);
  }
  std::string problem(const Result<json::object>& answer) {
    return answer ? "" : TestWorkspace::first_problem(answer.error());
  }

  TestWorkspace workspace;
};

TEST_F(Computed, FormulasAreStoredWithTheirRecord) {
  const RecordId a = account("甲");
  EXPECT_EQ(value("account", a, "caption"), "甲/C");
  const RecordId d = deal(a, "100", R"(,"probability":"12.5")");
  EXPECT_EQ(value("deal", d, "weighted"), "12.50");
  change("deal", d, R"({"probability":null})");
  EXPECT_EQ(value("deal", d, "weighted"), "100.00");
  change("deal", d, R"({"amount":null})");
  EXPECT_EQ(value("deal", d, "weighted"), nullptr);
  EXPECT_EQ(differences(), std::vector<std::string>());
}

TEST_F(Computed, TheAnswerOfAWriteShowsThem) {
  const RecordId a = account("甲", R"(,"industry":"power","founded_on":"2026-09-01")");
  const auto written = workspace.try_create(
      "deal", R"({"name":"D","amount":"10","account":")" + format_id(a) + "\"}");
  const json::object fields = parse_json(written->answer)->at("fields").as_object();
  EXPECT_EQ(fields.at("weighted"), "10.00");
  EXPECT_EQ(fields.at("sector"), "power");
  EXPECT_EQ(fields.at("customer_age"), 20);
  EXPECT_EQ(fields.at("full_name"), "甲/B: D!");
}

TEST_F(Computed, CallersCannotSetThem) {
  const auto refused = workspace.try_create("deal", R"({"name":"D","weighted":"1"})");
  EXPECT_EQ(TestWorkspace::first_problem(refused.error()),
            "validation_failed   /fields/weighted:read_only");
}

TEST_F(Computed, RollUpsFollowTheirRecords) {
  const RecordId a = account("甲");
  const RecordId b = account("乙");
  EXPECT_EQ(value("account", a, "deals"), 0);
  EXPECT_EQ(value("account", a, "won"), "0.00");
  EXPECT_EQ(value("account", a, "mean"), nullptr);
  const RecordId first = deal(a, "100", R"(,"stage":"won","closed_on":"2026-03-01")");
  const RecordId second = deal(a, "201", R"(,"closed_on":"2026-02-01")");
  EXPECT_EQ(value("account", a, "deals"), 2);
  EXPECT_EQ(value("account", a, "won"), "100.00");
  EXPECT_EQ(value("account", a, "mean"), "150.50");
  EXPECT_EQ(value("account", a, "largest"), "201.00");
  EXPECT_EQ(value("account", a, "first_on"), "2026-02-01");
  change("deal", second, R"({"stage":"won","amount":"900"})");
  EXPECT_EQ(value("account", a, "won"), "1000.00");
  EXPECT_EQ(value("account", a, "caption"), "甲/A");
  change("deal", second, R"({"account":")" + format_id(b) + "\"}");
  EXPECT_EQ(value("account", a, "won"), "100.00");
  EXPECT_EQ(value("account", a, "first_on"), "2026-03-01");
  EXPECT_EQ(value("account", a, "caption"), "甲/B");
  EXPECT_EQ(value("account", b, "won"), "900.00");
  remove("deal", first);
  EXPECT_EQ(value("account", a, "deals"), 0);
  EXPECT_EQ(value("account", a, "largest"), nullptr);
  EXPECT_EQ(value("account", a, "mean"), nullptr);
  restore("deal", first);
  EXPECT_EQ(value("account", a, "mean"), "100.00");
  EXPECT_EQ(differences(), std::vector<std::string>());
}

TEST_F(Computed, ChainsAreFollowedToTheirEnd) {
  const RecordId parent = account("集团");
  const RecordId child = account("子公司", R"(,"parent":")" + format_id(parent) + "\"");
  const RecordId d = deal(child, "10");
  EXPECT_EQ(value("account", child, "above"), "集团/C");
  EXPECT_EQ(value("deal", d, "full_name"), "子公司/B: D");
  // A deal of the parent changes its grade, the grade its caption, that what the child says above.
  deal(parent, "5000", R"(,"stage":"won")");
  EXPECT_EQ(value("account", child, "above"), "集团/A");
  change("account", child, R"({"name":"分公司","industry":"power"})");
  EXPECT_EQ(value("deal", d, "full_name"), "分公司/B: D!");
  remove("account", parent);
  EXPECT_EQ(value("account", child, "above"), nullptr);
  restore("account", parent);
  EXPECT_EQ(value("account", child, "above"), "集团/A");
  EXPECT_EQ(differences(), std::vector<std::string>());
}

TEST_F(Computed, WhatIsComputedIsNoEditButIsToldToThoseWhoListen) {
  const RecordId a = account("甲");
  deal(a, "2000", R"(,"stage":"won")");
  JsonWriter out;
  ASSERT_EQ(*workspace.records().get(workspace.admin(), "account", a, {}, out), 1);
  std::vector<std::string> entries;
  const auto read = workspace.database().read([&](storage::Connection& connection) {
    return stream::read_since(connection, 0, "account", 10, [&](const stream::Entry& entry) {
      entries.push_back(std::string(stream::actor_kind_name(entry.origin.actor.kind)) + " " +
                        entry.changes_json);
      return Status();
    });
  });
  ASSERT_TRUE(read);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_TRUE(entries[1].starts_with("system [{\"field\":\"deals\",\"from\":0,\"to\":1}"))
      << entries[1];
  EXPECT_NE(entries[1].find(R"({"field":"grade","from":"C","to":"A"})"), std::string::npos);
}

TEST_F(Computed, AreFilteredAndSortedLikeTheirType) {
  const RecordId a = account("甲", R"(,"industry":"power")");
  const RecordId b = account("乙", R"(,"industry":"rail")");
  deal(a, "300", R"(,"stage":"won")");
  deal(b, "100", R"(,"stage":"won","probability":"50")");
  auto page = query("account", R"({"op":"gte","field":"won","value":"100"})", {"name", "won"},
                    R"([{"field":"won","dir":"desc"}])");
  ASSERT_TRUE(page);
  EXPECT_EQ(json::serialize(page->at("records").at(0).at("fields")),
            R"({"name":"甲","won":"300.00"})");
  page = query("deal", R"({"op":"eq","field":"sector","value":"rail"})",
               {"weighted", "sector", "account.caption"}, R"([{"field":"sector"}])");
  ASSERT_TRUE(page) << problem(page);
  ASSERT_EQ(page->at("records").as_array().size(), 1U);
  EXPECT_EQ(json::serialize(page->at("records").at(0).at("fields")),
            R"({"weighted":"50.00","sector":"rail","account.caption":"乙/B"})");
}

TEST_F(Computed, TheDayIsLookedAtWhenTheFormulaIsRead) {
  const RecordId a = account("甲", R"(,"founded_on":"2026-09-01")");
  deal(a, "1");
  EXPECT_EQ(value("account", a, "age"), 20);
  workspace.clock().advance(86'400'000);
  EXPECT_EQ(value("account", a, "age"), 21);
  auto page =
      query("deal", "null", {"customer_age", "name", "account.age"}, R"([{"field":"name"}])");
  ASSERT_TRUE(page);
  EXPECT_EQ(json::serialize(page->at("records").at(0).at("fields")),
            R"({"customer_age":21,"name":"D","account.age":21})");
  EXPECT_EQ(problem(query("account", R"({"op":"gt","field":"age","value":3})", {"name"})),
            "validation_failed   /where/field:computed_at_read");
  EXPECT_EQ(problem(query("deal", "null", {"name"}, R"([{"field":"customer_age"}])")),
            "validation_failed   /sort/0:computed_at_read");
}

TEST_F(Computed, BulkSlicesKeepThemRight) {
  const RecordId a = account("甲");
  const RecordId d = deal(a, "7");
  const auto done = workspace.database().write([&](storage::Connection& connection) -> Status {
    BulkSlice slice(workspace.records(), connection, workspace.admin(), {});
    const Object& object = *slice.object("deal");
    for (int i = 0; i < 5; ++i) {
      RowValues row(object.fields.size());
      row[object.field("name")->index] = std::string("n");
      row[object.field("account")->index] = a.value;
      row[object.field("amount")->index] = std::int64_t{1'000 * i};
      row[object.field("stage")->index] = std::string("won");
      LP_CHECK(slice.create(object, row));
    }
    LP_CHECK(slice.remove(object, d));
    return slice.finish();
  });
  ASSERT_TRUE(done) << TestWorkspace::first_problem(done.error());
  EXPECT_EQ(value("account", a, "deals"), 5);
  EXPECT_EQ(value("account", a, "won"), "100.00");
  EXPECT_EQ(value("account", a, "largest"), "40.00");
  EXPECT_EQ(differences(), std::vector<std::string>());
}

TEST_F(Computed, CheckFindsWhatIsWrong) {
  const RecordId a = account("甲");
  deal(a, "7");
  ASSERT_TRUE(workspace.database().write([&](storage::Connection& connection) -> Status {
    LP_CHECK(connection.execute(storage::Sql("UPDATE account SET deals = 3, mean = 1")));
    return {};
  }));
  EXPECT_EQ(differences(), (std::vector<std::string>{"account.deals", "account.mean"}));
  const auto slice = workspace.database().write([&](storage::Connection& connection) {
    return recompute_slice(connection, workspace.schema(), *workspace.schema().object("account"),
                           RecordId(), 10);
  });
  EXPECT_EQ(slice->changed, 1U);
  EXPECT_EQ(differences(), std::vector<std::string>());
}

TEST_F(Computed, ANewFieldIsFilledWhenItsColumnIsMade) {
  const RecordId a = account("甲");
  deal(a, "7", R"(,"stage":"won")");
  ASSERT_TRUE(workspace.database().write([&](storage::Connection& connection) -> Status {
    for (const auto& statement : {storage::Sql("ALTER TABLE account DROP COLUMN caption"),
                                  storage::Sql("ALTER TABLE account DROP COLUMN mean"),
                                  storage::Sql("ALTER TABLE account DROP COLUMN deals")}) {
      LP_CHECK(connection.execute(statement));
    }
    return Records::ensure_tables(connection, workspace.schema());
  }));
  EXPECT_EQ(value("account", a, "deals"), 1);
  EXPECT_EQ(differences(), std::vector<std::string>());
}

TEST_F(Computed, MetadataDescribesThem) {
  const Object& object = *workspace.schema().object("account");
  json::object won = describe(*object.field("won"));
  EXPECT_EQ(won.at("type"), "rollup");
  EXPECT_EQ(won.at("result_type"), "money");
  EXPECT_EQ(won.at("scale"), 2);
  EXPECT_EQ(won.at("compute").at("rollup").at("where").at("field"), "stage");
  EXPECT_EQ(won.at("read_only"), true);
  json::object age = describe(*object.field("age"));
  EXPECT_EQ(age.at("result_type"), "integer");
  EXPECT_EQ(age.at("computed_at_read"), true);
  json::object sector = describe(*workspace.schema().object("deal")->field("sector"));
  EXPECT_EQ(sector.at("type"), "lookup");
  EXPECT_EQ(sector.at("options").as_array().size(), 2U);
  const ComputeGraph& graph = workspace.schema().computed();
  const auto users = [&](const Field& field) {
    std::string names;
    for (const ComputedUser& user : graph.users_of(field)) {
      names += user.object->api_name + "." + user.field->api_name + " ";
    }
    return names;
  };
  EXPECT_EQ(users(*object.field("industry")), "deal.full_name deal.sector ");
  EXPECT_EQ(users(*workspace.schema().object("deal")->field("stage")), "account.won ");
}

// The definition of one more field of an object "x" with a link "account" and an amount.
std::string refused(const std::string& field) {
  const auto schema = computed_schema(
      R"({"objects":[{"api_name":"x","label":{"zh-CN":"X","en":"X"},"fields":[
          {"api_name":"account","type":"link","target":"account","label":{"zh-CN":"A","en":"A"}},
          {"api_name":"amount","type":"money","label":{"zh-CN":"A","en":"A"}},
          {"api_name":"birthday","type":"date","sensitivity":"personal",
           "label":{"zh-CN":"B","en":"B"}},
          {"api_name":"f","label":{"zh-CN":"F","en":"F"},)" +
      field + "}]}]}");
  if (schema) return "";
  if (schema.error().problems.empty()) return schema.error().detail;
  const FieldProblem& problem = schema.error().problems.front();
  std::string text = problem.pointer + " " + problem.code;
  for (const auto& [key, value] : problem.params) {
    if (key == "position" || key == "path") text += " " + value;
  }
  return text;
}

std::string formula(const std::string& source) {
  return R"("type":"formula","compute":{"formula":")" + source + "\"}";
}
std::string rollup(const std::string& members) {
  return R"("type":"rollup","compute":{"rollup":{)" + members + "}}";
}

TEST(ComputedDefinition, IsCheckedWithItsSchema) {
  EXPECT_EQ(refused(formula("amount * 2")), "");
  EXPECT_EQ(refused(formula("amount * turnover")), "/compute/formula formula_unknown_field 10");
  EXPECT_EQ(refused(formula("account.parent.parent.name")), "");
  EXPECT_EQ(refused(formula("account.parent.parent.parent.name")),
            "/compute/formula formula_path_too_long 1");
  EXPECT_EQ(refused(formula("YEAR(birthday)")), "/compute/formula formula_field_not_usable 6");
  EXPECT_EQ(refused(formula("account.age")), "/compute/formula formula_field_not_usable 1");
  EXPECT_EQ(refused(formula("version + 1")), "/compute/formula formula_field_not_usable 1");
  EXPECT_EQ(refused(R"("result_type":"date",)" + formula("amount")),
            "/result_type formula_wrong_result");
  EXPECT_EQ(refused(R"("required":true,)" + formula("amount")), "wrong_schema");
  EXPECT_EQ(refused(R"("type":"formula")"), "wrong_schema");
  EXPECT_EQ(refused(R"("type":"lookup","compute":{"lookup":{"path":"amount"}})"),
            "/compute/lookup/path lookup_needs_link");
  EXPECT_EQ(refused(R"("type":"lookup","compute":{"lookup":{"path":"account.none"}})"),
            "/compute/lookup/path formula_unknown_field 1");
}

TEST(ComputedDefinition, RollUpsStayOnTheirOwnRecords) {
  const std::string deals = R"("object":"deal","link":"account",)";
  EXPECT_EQ(refused(rollup(R"("object":"none","link":"account","fn":"count")")),
            "/compute/rollup/object no_such_object");
  EXPECT_EQ(refused(rollup(deals + R"("fn":"count")")), "/compute/rollup/link rollup_wrong_link");
  const std::string self = R"("object":"x","link":"account",)";
  EXPECT_EQ(refused(rollup(self + R"("fn":"count")")), "/compute/rollup/link rollup_wrong_link");
}

TEST(ComputedDefinition, CirclesAreToldWithTheirPath) {
  EXPECT_EQ(refused(formula("f + 1")), "/compute/formula computed_in_circle x.f → x.f");
  const auto circle = computed_schema(
      R"({"objects":[{"api_name":"p","label":{"zh-CN":"P","en":"P"},"fields":[
          {"api_name":"total","type":"rollup","label":{"zh-CN":"T","en":"T"},"compute":{"rollup":
            {"object":"c","link":"p","fn":"sum","field":"share"}}}]},
        {"api_name":"c","label":{"zh-CN":"C","en":"C"},"fields":[
          {"api_name":"p","type":"link","target":"p","label":{"zh-CN":"P","en":"P"}},
          {"api_name":"amount","type":"money","label":{"zh-CN":"A","en":"A"}},
          {"api_name":"share","type":"formula","label":{"zh-CN":"S","en":"S"},
           "compute":{"formula":"amount / p.total"}}]}]})");
  ASSERT_FALSE(circle);
  const FieldProblem& problem = circle.error().problems.front();
  EXPECT_EQ(problem.code, "computed_in_circle");
  EXPECT_EQ(problem.params.front().second, "p.total → c.share → p.total");
}

}  // namespace
}  // namespace linchpin::records
