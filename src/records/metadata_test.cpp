#include "records/metadata.h"

#include <atomic>
#include <thread>

#include "records/customization.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

class MetadataTest : public ::testing::Test {
 protected:
  MetadataRequest request(bool dry_run = false) {
    const auto enqueue = [this](storage::Connection&, const json::object& spec) {
      job_ = spec;
      return Result<RecordId>(RecordId{77});
    };
    return {workspace_.admin(), workspace_.options().origin, dry_run, enqueue, {}};
  }
  static json::object object(std::string_view text) { return *parse_json_object(text); }
  static std::vector<std::string> codes(const Error& error) {
    std::vector<std::string> found;
    for (const FieldProblem& problem : error.problems) {
      found.push_back(problem.pointer + " " + problem.code);
    }
    return found;
  }
  void add_field(std::string_view text, std::string_view of = "account") {
    auto made = metadata_.create_field(request(), of, object(text));
    ASSERT_TRUE(made) << TestWorkspace::first_problem(made.error());
  }
  Result<MetadataAnswer> change(std::string_view field, std::string_view text) {
    return metadata_.change_field(request(), "account", field, object(text));
  }
  const Field* field(std::string_view name) {
    held_ = workspace_.records().schema();
    return held_->object("account")->field(name);
  }

  TestWorkspace workspace_;
  Metadata metadata_{workspace_.records()};
  json::object job_;
  std::shared_ptr<const Schema> held_;
};

TEST_F(MetadataTest, EqualValuesOfAPersonalFieldCanBeServedByAnIndex) {
  add_field(R"({"api_name":"hobby","type":"text","sensitivity":"personal","index":true,
                "label":{"zh-CN":"爱好","en":"Hobby"}})");
  workspace_.create("account", R"({"code":"A1","name":"甲","hobby":"Golf"})");
  workspace_.create("account", R"({"code":"A2","name":"乙","hobby":"围棋"})");
  QueryRequest query;
  query.purpose = "拜访";
  query.where = *parse_json(R"({"op":"eq","field":"hobby","value":"golf"})");
  const auto found = workspace_.query("account", query);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at("records").as_array().size(), 1U);
  const storage::Name column = field("hobby")->column;
  const auto served = workspace_.database().read([&](storage::Connection& connection) {
    const bool sqlite = connection.dialect() == storage::Dialect::sqlite;
    storage::Sql sql;
    if (sqlite) {
      sql.add("EXPLAIN QUERY PLAN SELECT id FROM account t WHERE deleted_at IS NULL AND substr(t.");
      sql.name(column).add(", 1, 16) = x'00'");
    } else {
      sql.add("SELECT 0, 0, 0, indexname FROM pg_indexes WHERE schemaname = current_schema() ");
      sql.add("AND indexname LIKE '%hash'");
    }
    constexpr int words_of_plan = 3;
    const auto rows = connection.prepare(sql);
    const auto any = rows ? (*rows)->step() : Result<bool>(false);
    return any && *any ? Result<std::string>(std::string((*rows)->text(words_of_plan)))
                       : Result<std::string>(std::string());
  });
  ASSERT_TRUE(served);
  EXPECT_NE(served->find("__hash"), std::string::npos) << *served;
  const auto unique = metadata_.create_field(
      request(), "account", object(R"({"api_name":"number_of_id","type":"text","unique":true,
                "sensitivity":"personal","label":{"zh-CN":"证件号","en":"Number"}})"));
  EXPECT_FALSE(unique);
}

TEST_F(MetadataTest, AFieldCanBeUsedAtOnce) {
  const RecordId old = workspace_.create("account", R"({"code":"A1","name":"甲"})");
  add_field(R"({"api_name":"grade","type":"integer","label":{"zh-CN":"等级","en":"Grade"},
                "index":true})");
  const RecordId made = workspace_.create("account", R"({"code":"A2","name":"乙","grade":7})");
  EXPECT_EQ(workspace_.read("account", made).at("grade"), 7);
  EXPECT_TRUE(workspace_.read("account", old).at("grade").is_null());
  QueryRequest query;
  query.where = *parse_json(R"({"op":"gte","field":"grade","value":5})");
  const auto found = workspace_.query("account", query);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at("records").as_array().size(), 1U);
}

TEST_F(MetadataTest, AnObjectOfOnesOwnIsLikeAnyOther) {
  const auto made = metadata_.create_object(request(), object(R"({
      "api_name":"vehicle","label":{"zh-CN":"车辆"},"ownership":"owner",
      "fields":[{"api_name":"plate","type":"text","label":{"en":"Plate"},"unique":true},
                {"api_name":"account","type":"link","target":"account","on_delete":"cascade",
                 "label":{"zh-CN":"客户","en":"Account"}}]})"));
  ASSERT_TRUE(made) << TestWorkspace::first_problem(made.error());
  EXPECT_EQ(made->body.at("origin"), "custom");
  EXPECT_EQ(made->body.at("primary_field"), "plate");
  const RecordId account = workspace_.create("account", R"({"code":"A1","name":"甲"})");
  const std::string link = format_id(account);
  const RecordId car =
      workspace_.create("vehicle", R"({"plate":"京A1","account":")" + link + "\"}");
  EXPECT_FALSE(workspace_.try_create("vehicle", R"({"plate":"京A1"})"));
  ASSERT_TRUE(
      workspace_.records().remove(workspace_.admin(), "account", account, 0, workspace_.options()));
  EXPECT_TRUE(workspace_.read("vehicle", car).empty());
}

TEST_F(MetadataTest, EveryProblemIsToldAtOnceWithItsPlace) {
  const auto made = metadata_.create_field(request(), "account", object(R"({
      "api_name":"Wrong Name","type":"select","label":{},"unique":true,"scale":9,
      "sensitivity":"secret","options":[{"key":"a"},{"key":"b","label":{"en":"B"}},
      {"key":"b","label":{"en":"B"}}],"colour":1})"));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::validation_failed);
  const std::vector<std::string> wanted{"/api_name wrong_api_name",
                                        "/colour unknown_member",
                                        "/label label_missing",
                                        "/sensitivity wrong_choice",
                                        "/unique member_does_not_fit",
                                        "/options/0/label label_missing",
                                        "/options/2/key duplicate_option",
                                        "/scale member_does_not_fit"};
  EXPECT_EQ(codes(made.error()), wanted);
  for (const char* name : {"id", "created_at", "deleted_by"}) {
    const auto reserved = metadata_.create_field(
        request(), "account",
        {{"api_name", name}, {"type", "text"}, {"label", json::object{{"en", "x"}}}});
    ASSERT_FALSE(reserved);
    EXPECT_EQ(codes(reserved.error()).front(), "/api_name reserved_name");
  }
}

TEST_F(MetadataTest, ADefaultMustBeAValueOfTheField) {
  const auto wrong = metadata_.create_field(request(), "account", object(R"({
      "api_name":"grade","type":"integer","label":{"en":"G"},"default":"seven"})"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(codes(wrong.error()).front(), "/default wrong_type");
  add_field(R"({"api_name":"grade","type":"integer","label":{"en":"G"},"default":3})");
  const RecordId made = workspace_.create("account", R"({"code":"A1","name":"甲"})");
  EXPECT_EQ(workspace_.read("account", made).at("grade"), 3);
}

TEST_F(MetadataTest, OfAStandardFieldOnlySomePartsChange) {
  const auto wrong = change("city", R"({"type":"integer"})");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(codes(wrong.error()).front(), "/type standard_field_fixed");
  const auto named = change("city", R"({"label":{"zh-CN":"都市","en":"Town"},"required":true})");
  ASSERT_TRUE(named) << TestWorkspace::first_problem(named.error());
  EXPECT_EQ(field("city")->label.en, "Town");
  EXPECT_FALSE(workspace_.try_create("account", R"({"code":"A1","name":"甲"})"));
  ASSERT_TRUE(change("city", R"({"required":false})"));
  EXPECT_EQ(field("city")->label.en, "Town");
  workspace_.create("account", R"({"code":"A1","name":"甲"})");
}

TEST_F(MetadataTest, ADeletedFieldIsUnknownAndComesBackWithItsValues) {
  add_field(R"({"api_name":"grade","type":"integer","label":{"en":"Grade"}})");
  const RecordId made = workspace_.create("account", R"({"code":"A1","name":"甲","grade":7})");
  ASSERT_TRUE(metadata_.remove_field(request(), "account", "grade"));
  EXPECT_FALSE(workspace_.read("account", made).contains("grade"));
  EXPECT_EQ(workspace_.try_create("account", R"({"name":"乙","grade":1})").error().code,
            ErrorCode::unknown_field);
  const auto resting = metadata_.deleted();
  ASSERT_TRUE(resting);
  EXPECT_EQ(resting->at("fields").as_array().size(), 1U);
  ASSERT_TRUE(metadata_.restore_field(request(), "account", "grade"));
  EXPECT_EQ(workspace_.read("account", made).at("grade"), 7);
}

TEST_F(MetadataTest, ANameThatIsFreeAgainIsAnotherField) {
  add_field(R"({"api_name":"grade","type":"integer","label":{"en":"Grade"}})");
  const RecordId made = workspace_.create("account", R"({"code":"A1","name":"甲","grade":7})");
  ASSERT_TRUE(metadata_.remove_field(request(), "account", "grade"));
  add_field(R"({"api_name":"grade","type":"text","label":{"en":"Grade"}})");
  EXPECT_TRUE(workspace_.read("account", made).at("grade").is_null());
  const auto back = metadata_.restore_field(request(), "account", "grade");
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().detail, "name_taken");
}

TEST_F(MetadataTest, ARetiredStandardFieldIsUnknownButItsRulesWork) {
  const RecordId made = workspace_.create("account", R"({"code":"A1","name":"甲","city":"北京"})");
  ASSERT_TRUE(metadata_.remove_field(request(), "account", "city"));
  EXPECT_FALSE(workspace_.read("account", made).contains("city"));
  JsonWriter out;
  EXPECT_FALSE(workspace_.records().get(workspace_.admin(), "account", made, {"city"}, out));
  QueryRequest query;
  query.where = *parse_json(R"({"op":"eq","field":"city","value":"北京"})");
  EXPECT_EQ(workspace_.query("account", query).error().code, ErrorCode::unknown_field);
  ASSERT_TRUE(metadata_.restore_field(request(), "account", "city"));
  EXPECT_EQ(workspace_.read("account", made).at("city"), "北京");
}

TEST_F(MetadataTest, WhatIsUsedIsNotDeletedAndItsUsersAreNamed) {
  const auto fact = metadata_.remove_field(request(), "order_line", "net_amount");
  ASSERT_FALSE(fact);
  EXPECT_EQ(fact.error().code, ErrorCode::in_use);
  ASSERT_FALSE(fact.error().problems.empty());
  EXPECT_EQ(fact.error().problems.front().params.front().second, "fact");
  EXPECT_EQ(metadata_.remove_field(request(), "account", "name").error().code, ErrorCode::in_use);
  ASSERT_TRUE(metadata_.create_object(
      request(), object(R"({"api_name":"vehicle","label":{"en":"Vehicle"}})")));
  add_field(R"({"api_name":"car","type":"link","target":"vehicle","label":{"en":"Car"}})");
  EXPECT_EQ(metadata_.remove_object(request(), "vehicle").error().code, ErrorCode::in_use);
  ASSERT_TRUE(metadata_.remove_field(request(), "account", "car"));
  ASSERT_TRUE(metadata_.remove_object(request(), "vehicle"));
  EXPECT_EQ(metadata_.remove_object(request(), "account").error().detail, "standard_object_stays");
}

TEST_F(MetadataTest, ADryRunTellsTheImpactAndChangesNothing) {
  add_field(R"({"api_name":"grade","type":"integer","label":{"en":"Grade"}})");
  workspace_.create("account", R"({"code":"A1","name":"甲","grade":7})");
  workspace_.create("account", R"({"code":"A2","name":"乙"})");
  const auto told = metadata_.remove_field(request(true), "account", "grade");
  ASSERT_TRUE(told);
  const json::object& impact = told->body.at("impact").as_object();
  EXPECT_EQ(impact.at("records"), 2);
  EXPECT_EQ(impact.at("records_with_value"), 1);
  EXPECT_NE(field("grade"), nullptr);
}

TEST_F(MetadataTest, ADeletedObjectIsGoneAndComesBackWithItsRecords) {
  ASSERT_TRUE(metadata_.create_object(
      request(), object(R"({"api_name":"vehicle","label":{"en":"Vehicle"}})")));
  const RecordId car = workspace_.create("vehicle", R"({"name":"京A1"})");
  ASSERT_TRUE(metadata_.remove_object(request(), "vehicle"));
  EXPECT_EQ(workspace_.try_create("vehicle", R"({"name":"x"})").error().code, ErrorCode::not_found);
  ASSERT_TRUE(metadata_.restore_object(request(), "vehicle"));
  EXPECT_EQ(workspace_.read("vehicle", car).at("name"), "京A1");
}

TEST_F(MetadataTest, OnlyWhoMayConfigureChangesMetadata) {
  const access::AccessScope anna = access::Authority::person(RecordId{5});
  const MetadataRequest asked{anna, {}, false, {}, {}};
  EXPECT_EQ(metadata_.remove_field(asked, "account", "city").error().code, ErrorCode::forbidden);
}

TEST_F(MetadataTest, UniqueIsRefusedWhereValuesOccurTwice) {
  add_field(R"({"api_name":"grade","type":"integer","label":{"en":"Grade"}})");
  workspace_.create("account", R"({"code":"A1","name":"甲","grade":7})");
  const RecordId other = workspace_.create("account", R"({"code":"A2","name":"乙","grade":7})");
  const auto refused = change("grade", R"({"unique":true})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::duplicate);
  ASSERT_TRUE(workspace_.patch("account", other, 1, R"({"grade":8})"));
  ASSERT_TRUE(change("grade", R"({"unique":true})"));
  EXPECT_FALSE(workspace_.try_create("account", R"({"code":"A3","name":"丙","grade":8})"));
  ASSERT_TRUE(change("grade", R"({"unique":false})"));
  workspace_.create("account", R"({"code":"A3","name":"丙","grade":8})");
}

TEST_F(MetadataTest, AnotherProcessTakesTheChangeOver) {
  const auto second = workspace_.another_connection();
  auto standard = StandardObjects::load(std::string(LINCHPIN_SOURCE_DIR) + "/capabilities", 2);
  ASSERT_TRUE(standard);
  IdGenerator ids(workspace_.clock(), 2);
  Records other({*second, workspace_.clock(), ids, random_key(), Rules(),
                 std::make_shared<const StandardObjects>(*standard)},
                *standard->build({}), workspace_.records().frame());
  add_field(R"({"api_name":"grade","type":"integer","label":{"en":"Grade"},"default":3})");
  // It has not noticed yet: the write does.
  const auto written = other.create(workspace_.admin(), "account",
                                    object(R"({"code":"A1","name":"甲"})"), workspace_.options());
  ASSERT_TRUE(written) << TestWorkspace::first_problem(written.error());
  EXPECT_NE(other.schema()->object("account")->field("grade"), nullptr);
  EXPECT_EQ(workspace_.read("account", written->id).at("grade"), 3);
}

TEST_F(MetadataTest, NoWriteFailsWhileMetadataChanges) {
  constexpr int fields = 30;
  constexpr int writers = 4;
  std::atomic<bool> stop = false;
  std::atomic<int> written = 0;
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; !stop || n < 10; ++n) {
        const std::string code = std::to_string(i) + "-" + std::to_string(n);
        auto made = workspace_.try_create("account", R"({"code":")" + code + R"(","name":"甲"})");
        if (!made) {
          ++failed;
          continue;
        }
        if (!workspace_.patch("account", made->id, 1, R"({"city":"北京"})")) ++failed;
        ++written;
      }
    });
  }
  for (int i = 0; i < fields; ++i) {
    const std::string name = "f" + std::to_string(i);
    add_field(R"({"api_name":")" + name + R"(","type":"text","label":{"en":"F"}})");
    EXPECT_TRUE(metadata_.create_object(
        request(), {{"api_name", "o" + std::to_string(i)}, {"label", json::object{{"en", "O"}}}}));
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_GT(written, 0);
}

TEST_F(MetadataTest, EveryChangeStandsInTheChangeLog) {
  add_field(R"({"api_name":"grade","type":"integer","label":{"en":"Grade"}})");
  std::vector<std::string> seen;
  ASSERT_TRUE(workspace_.database().read([&](storage::Connection& connection) {
    return stream::read_since(connection, 0, "meta_field", 10, [&](const stream::Entry& entry) {
      seen.push_back(entry.changes_json);
      EXPECT_EQ(entry.origin.actor.id, workspace_.admin().user());
      return Status();
    });
  }));
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_NE(seen.front().find("\"grade\""), std::string::npos);
}

}  // namespace
}  // namespace linchpin::records
