#include "subscribers/search/search.h"

#include "records/test_workspace.h"
#include "subscribers/search/index_keeper.h"

namespace linchpin::search {
namespace {

using records::TestWorkspace;

class Search : public ::testing::Test {
 protected:
  json::object answer(const SearchRequest& request) {
    JsonWriter out;
    const Status done = find(workspace.records(), workspace.admin(), request, out);
    if (!done) {
      ADD_FAILURE() << TestWorkspace::first_problem(done.error());
      return {{"hits", json::array()}};
    }
    return *parse_json_object(out.text());
  }
  // "title match" of every hit.
  std::vector<std::string> hits(const std::string& text) {
    std::vector<std::string> list;
    const json::object found = answer({text, {}, default_hits});
    for (const json::value& hit : found.at("hits").as_array()) {
      list.push_back(std::string(hit.at("title").as_string()) + " " +
                     std::string(hit.at("match").as_string()));
    }
    return list;
  }
  RecordId account(const std::string& code, const std::string& name) {
    return workspace.create("account", R"({"code":")" + code + R"(","name":")" + name + "\"}");
  }
  void index() { ASSERT_TRUE(keeper.catch_up()); }

  TestWorkspace workspace;
  IndexKeeper keeper{workspace.records()};
};

using Hits = std::vector<std::string>;

TEST_F(Search, RanksExactNamesFirstAndSoundsLast) {
  account("C1", "国网北京电力");
  account("C2", "北京");
  account("C3", "北京城建");
  account("C4", "背景设计");
  workspace.create("account", R"({"code":"C5","name":"南方航空","remarks":"总部迁往北京"})");
  index();
  EXPECT_EQ(hits("北京"),
            (Hits{"北京 exact", "北京城建 prefix", "国网北京电力 contains", "南方航空 note"}));
  EXPECT_EQ(hits("beijing"),
            (Hits{"背景设计 pinyin", "北京城建 pinyin", "北京 pinyin", "国网北京电力 pinyin"}));
  EXPECT_EQ(hits("bjcj"), Hits{"北京城建 initials"});
  EXPECT_EQ(hits("城").front(), "北京城建 contains");
}

TEST_F(Search, ReadsSurnamesOfPeople) {
  workspace.create("contact", R"({"name":"单雄信","phone":"13800001234"})");
  index();
  EXPECT_EQ(hits("shanxx"), Hits{});
  EXPECT_EQ(hits("shanxiong"), Hits{"单雄信 pinyin"});
  EXPECT_EQ(hits("sxx"), Hits{"单雄信 initials"});
  EXPECT_EQ(hits("138"), Hits{"单雄信 contains"});
  EXPECT_EQ(hits("1234"), Hits{"单雄信 inside"});
}

TEST_F(Search, EveryWordMustBeFoundAndLatinBeginsWords) {
  account("KH-0042", "ABB（中国）有限公司");
  account("KH-0043", "Cabbage 中国");
  index();
  EXPECT_EQ(hits("abb"), (Hits{"ABB（中国）有限公司 prefix", "Cabbage 中国 inside"}));
  EXPECT_EQ(hits("中国 abb 有限"), Hits{"ABB（中国）有限公司 contains"});
  EXPECT_EQ(hits("ＡＢＢ 德国"), Hits{});
  EXPECT_EQ(hits("kh-0042"), Hits{"ABB（中国）有限公司 exact"});
  EXPECT_EQ(hits("0043"), Hits{"Cabbage 中国 contains"});
}

TEST_F(Search, ShowsWhereItWasFound) {
  account("A1", "国网北京电力");
  index();
  const json::object found = answer({"bjdl", {}, 20});
  const json::value& light = found.at("hits").at(0).at("highlights").at(0);
  EXPECT_EQ(light, parse_json(R"({"field":"name","before":"国网","match":"北京电力","after":""})"));
}

TEST_F(Search, OnlyTheObjectsAskedFor) {
  account("A1", "华为");
  workspace.create("contact", R"({"name":"华为"})");
  index();
  EXPECT_EQ(hits("华为").size(), 2U);
  const json::object found = answer({"华为", {"contact"}, 20});
  ASSERT_EQ(found.at("hits").as_array().size(), 1U);
  EXPECT_EQ(found.at("hits").at(0).at("object").as_string(), "contact");
  JsonWriter out;
  const Status unknown =
      find(workspace.records(), workspace.admin(), {"华为", {"no_such"}, 20}, out);
  EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
}

TEST_F(Search, TheBestAreGivenAndTheRestIsSaidToBeThere) {
  for (int i = 0; i < 30; ++i) account("A" + std::to_string(i), "华为" + std::to_string(i));
  account("Z", "华为");
  index();
  const json::object found = answer({"华为", {}, 5});
  EXPECT_EQ(found.at("hits").as_array().size(), 5U);
  EXPECT_EQ(found.at("hits").at(0).at("match").as_string(), "exact");
  EXPECT_TRUE(found.at("truncated").as_bool());
}

TEST_F(Search, LimitsHaveNamesAndPunctuationFindsNothing) {
  account("A1", "（华为）");
  EXPECT_EQ(hits("（"), Hits{});
  EXPECT_EQ(hits("  "), Hits{});
  JsonWriter out;
  const auto asked = [&](const std::string& text) {
    const Status done = find(workspace.records(), workspace.admin(), {text, {}, 20}, out);
    return done ? "" : done.error().problems.front().code;
  };
  EXPECT_EQ(asked(std::string(101, 'a')), "too_long");
  EXPECT_EQ(asked("a b c d e f g h i"), "too_many_values");
}

TEST_F(Search, WithoutAnIndexTheTextsAreLookedThrough) {
  account("A1", "国网北京电力");
  EXPECT_EQ(hits("北京"), Hits{"国网北京电力 contains"});
}

}  // namespace
}  // namespace linchpin::search
