#include "subscribers/search/index_keeper.h"

#include <rapidcheck.h>

#include "records/test_workspace.h"
#include "subscribers/search/index_check.h"

namespace linchpin::search {
namespace {

using records::QueryRequest;
using records::TestWorkspace;
using storage::Connection;
using storage::Sql;

class Index : public ::testing::Test {
 protected:
  std::size_t differences(std::string_view object) {
    auto found = workspace.database().snapshot([&](Connection& connection) {
      return check_index(connection, *workspace.schema().object(object));
    });
    return found && *found ? (*found)->size() : SIZE_MAX;
  }
  std::int64_t rows() {
    return *workspace.database().read([](Connection& connection) {
      return query_integer(connection, Sql("SELECT count(*) FROM lp_search"), -1);
    });
  }
  std::vector<std::string> listed(std::string_view search, std::string_view sort = "null") {
    QueryRequest request;
    request.select = {"name"};
    request.search = search;
    request.sort = *parse_json(sort);
    auto page = workspace.query("account", request);
    if (!page) {
      ADD_FAILURE() << TestWorkspace::first_problem(page.error());
      return {};
    }
    std::vector<std::string> names;
    for (const json::value& record : page->at("records").as_array()) {
      names.emplace_back(record.at("fields").at("name").as_string());
    }
    return names;
  }
  RecordId account(const std::string& code, const std::string& name) {
    return workspace.create("account", R"({"code":")" + code + R"(","name":")" + name + "\"}");
  }

  TestWorkspace workspace;
  IndexKeeper keeper{workspace.records()};
};

using Names = std::vector<std::string>;

TEST_F(Index, FollowsEveryKindOfChange) {
  const RecordId kept = account("A1", "北京电力");
  const RecordId gone = account("A2", "上海电气");
  ASSERT_TRUE(keeper.catch_up());
  EXPECT_EQ(differences("account"), 0U);
  ASSERT_TRUE(workspace.patch("account", kept, 1, R"({"name":"南京电力","city":"南京"})"));
  ASSERT_TRUE(
      workspace.records().remove(workspace.admin(), "account", gone, 0, workspace.options()));
  account("A3", "广州港");
  ASSERT_TRUE(keeper.catch_up());
  EXPECT_EQ(differences("account"), 0U);
  EXPECT_TRUE(listed("北京").empty());
  EXPECT_EQ(listed("南京"), Names{"南京电力"});
  EXPECT_TRUE(listed("上海").empty());
  ASSERT_TRUE(workspace.records().restore(workspace.admin(), "account", gone, workspace.options()));
  ASSERT_TRUE(keeper.catch_up());
  EXPECT_EQ(differences("account"), 0U);
  EXPECT_EQ(listed("上海"), Names{"上海电气"});
  EXPECT_FALSE(*keeper.step());
}

TEST_F(Index, WhatIsNotInItYetIsFoundAllTheSame) {
  account("A1", "北京电力");
  ASSERT_TRUE(keeper.catch_up());
  const RecordId fresh = account("A2", "北京水务");
  EXPECT_EQ(listed("北京"), (Names{"北京水务", "北京电力"}));
  EXPECT_EQ(listed("beijing"), (Names{"北京水务", "北京电力"}));
  ASSERT_TRUE(workspace.patch("account", fresh, 1, R"({"name":"天津水务"})"));
  EXPECT_EQ(listed("bj"), Names{"北京电力"});
  EXPECT_EQ(listed("tjsw"), Names{"天津水务"});
}

TEST_F(Index, ABulkSliceIsTakenUpInPieces) {
  ASSERT_TRUE(keeper.catch_up());
  const records::Object& object = *workspace.schema().object("account");
  auto written = workspace.database().write([&](Connection& connection) -> Status {
    records::BulkSlice slice(workspace.records(), connection, workspace.admin(), {});
    for (int i = 0; i < 700; ++i) {
      records::RowValues row(object.fields.size());
      row[object.field("code")->index] = "B" + std::to_string(i);
      row[object.field("name")->index] = "批量" + std::to_string(i);
      LP_CHECK(slice.create(object, row));
    }
    return slice.finish();
  });
  ASSERT_TRUE(written);
  EXPECT_EQ(listed("批量69").size(), 11U);  // through the texts: too many are new
  ASSERT_TRUE(*keeper.step());
  ASSERT_TRUE(keeper.catch_up());
  EXPECT_EQ(differences("account"), 0U);
  EXPECT_EQ(listed("批量69").size(), 11U);
}

TEST_F(Index, WhatChangesWhileAnObjectIsWalkedIsIndexedOnce) {
  std::vector<RecordId> ids;
  for (int i = 0; i < 200; ++i) {
    ids.push_back(account("A" + std::to_string(i), "北京" + std::to_string(i)));
  }
  ASSERT_TRUE(*keeper.step());  // the first of them
  for (const std::size_t place : {0U, 199U}) {
    ASSERT_TRUE(workspace.patch("account", ids[place], 1, R"({"name":"天津水务"})"));
  }
  for (const std::size_t place : {1U, 198U}) {
    ASSERT_TRUE(workspace.records().remove(workspace.admin(), "account", ids[place], 0,
                                           workspace.options()));
  }
  ASSERT_TRUE(keeper.catch_up());
  EXPECT_EQ(differences("account"), 0U);
  EXPECT_EQ(listed("tjsw").size(), 2U);
  EXPECT_TRUE(listed("北京198").empty());
  EXPECT_EQ(listed("北京197"), Names{"北京197"});
}

TEST_F(Index, AnObjectSearchedByOtherFieldsIsIndexedAnew) {
  account("A1", "北京电力");
  ASSERT_TRUE(keeper.catch_up());
  const std::int64_t before = rows();
  ASSERT_TRUE(workspace.database().write([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("UPDATE lp_search_object SET fields = '0 name'")));
    LP_CHECK(connection.execute(
        Sql("INSERT INTO lp_search(object, term, record) VALUES (1, 'old', 5)")));
    return {};
  }));
  EXPECT_EQ(listed("电力"), Names{"北京电力"});
  ASSERT_TRUE(keeper.catch_up());
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(differences("account"), 0U);
}

// As if the last searched field of accounts had come after the index was made: whether the index
// is made anew shows in whether a row that does not belong there is gone.
TEST_F(Index, AFieldMoreThatNoRecordHoldsLeavesTheIndexAsItIs) {
  const RecordId held = account("A1", "北京电力");
  ASSERT_TRUE(keeper.catch_up());
  const auto& object = *workspace.schema().object("account");
  const std::string whole = records::search_fingerprint(object);
  const std::string before = whole.substr(0, whole.rfind(' '));
  const std::string field = whole.substr(before.size() + 1);
  const auto mark_and_forget_field = [&] {
    ASSERT_TRUE(workspace.database().write([&](Connection& connection) -> Status {
      Sql sql("UPDATE lp_search_object SET fields = ");
      LP_CHECK(connection.execute(sql.value(before).add(" WHERE object = 'account'")));
      LP_CHECK(connection.execute(
          Sql("INSERT INTO lp_search(object, term, record) SELECT number, 'old', 5 FROM "
              "lp_search_object WHERE object = 'account' ON CONFLICT DO NOTHING")));
      return {};
    }));
    ASSERT_TRUE(keeper.catch_up());
  };
  const std::int64_t sound = rows();
  mark_and_forget_field();
  EXPECT_EQ(rows(), sound + 1);
  ASSERT_TRUE(workspace.patch("account", held, 1, "{\"" + field + "\":\"南京\"}"));
  ASSERT_TRUE(keeper.catch_up());
  EXPECT_EQ(listed("南京"), Names{"北京电力"});
  mark_and_forget_field();
  EXPECT_EQ(differences("account"), 0U);
}

TEST_F(Index, TheCheckSeesWhatIsMissingAndWhatIsTooMuch) {
  account("A1", "北京电力");
  ASSERT_TRUE(keeper.catch_up());
  const auto change = [&](storage::Literal sql) {
    ASSERT_TRUE(workspace.database().write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(Sql(sql)));
      return {};
    }));
  };
  change("DELETE FROM lp_search WHERE term = '京电'");
  EXPECT_EQ(differences("account"), 1U);
  change("INSERT INTO lp_search SELECT object, '京电', record FROM lp_search WHERE term = '北京'");
  EXPECT_EQ(differences("account"), 0U);
  change("INSERT INTO lp_search SELECT object, 'zzz', record FROM lp_search WHERE term = '北京'");
  EXPECT_EQ(differences("account"), 1U);
}

TEST_F(Index, TheCheckLeavesAsideWhatHasChangedSince) {
  account("A1", "北京电力");
  ASSERT_TRUE(keeper.catch_up());
  for (int i = 0; i < records::max_sound_pending + 44; ++i) {
    account("B" + std::to_string(i), "上海电气");
  }
  EXPECT_EQ(differences("account"), 0U);
  ASSERT_TRUE(keeper.catch_up());
  EXPECT_EQ(differences("account"), 0U);
}

TEST_F(Index, PersonalFieldsAreNotInIt) {
  workspace.create("contact", R"({"name":"王芳","university":"清华大学"})");
  ASSERT_TRUE(keeper.catch_up());
  const auto found = workspace.database().read([](Connection& connection) {
    return query_integer(connection, Sql("SELECT count(*) FROM lp_search WHERE term = '清华'"), -1);
  });
  EXPECT_EQ(*found, 0);
}

// With the index and without it, a search finds the same.
TEST_F(Index, FindsWhatTheTextsSay) {
  const std::vector<std::string> pieces = {"北京", "电力", "ABB", "a-1", "20", "股份",
                                           "京",   " ",    "Ｘ",  "力",  "0",  "(中)"};
  const auto text = [&] {
    std::string made;
    const int count = *rc::gen::inRange(1, 5);
    for (int i = 0; i < count; ++i) {
      made +=
          pieces[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(pieces.size())))];
    }
    return made;
  };
  int number = 0;
  const bool held = rc::check([&] {
    for (int i = 0; i < 2; ++i) account("P" + std::to_string(++number), text() + "x");
    const std::string wanted = text();
    const char* sort = *rc::gen::arbitrary<bool>() ? "null" : R"([{"field":"name"}])";
    const auto without = [&] {
      RC_ASSERT(workspace.database().write([](Connection& connection) -> Status {
        LP_CHECK(connection.execute(Sql("UPDATE lp_search_object SET fields = 'none'")));
        return {};
      }));
      return listed(wanted, sort);
    }();
    const int mode = *rc::gen::inRange(0, 2);
    if (mode == 0) RC_ASSERT(keeper.catch_up());
    RC_ASSERT(without.size() <= listed(wanted, sort).size());
    RC_ASSERT(keeper.catch_up());
    const Names with = listed(wanted, sort);
    const auto parts = records::read_search(wanted, "");
    const bool sounds = std::any_of(parts->begin(), parts->end(),
                                    [](const auto& part) { return part.may_be_sound; });
    if (!sounds) RC_ASSERT(with == without);
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace linchpin::search
