#include <set>

#include "records/filter.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

std::vector<std::string> names(const json::object& page) {
  std::vector<std::string> list;
  for (const json::value& record : page.at("records").as_array()) {
    list.emplace_back(record.as_object().at("fields").as_object().at("name").as_string());
  }
  return list;
}

QueryRequest request(std::string_view where, std::string_view sort = "null") {
  QueryRequest made;
  made.select = {"name"};
  made.where = *parse_json(where);
  made.sort = *parse_json(sort);
  return made;
}

class Query : public ::testing::Test {
 protected:
  void SetUp() override {
    const RecordId parent = workspace.create(
        "account", R"({"code":"P","name":"北方集团","city":"北京","annual_revenue":"900"})");
    workspace.create("account",
                     R"({"code":"a1","name":"华为技术","city":"深圳","annual_revenue":"500",
                         "sector":"telecom"})");
    workspace.create("account", R"({"code":"A2","name":"长城汽车","annual_revenue":"500",
                         "sector":"manufacturing","founded_on":"2026-09-20"})");
    workspace.create("account", R"({"name":"Ｂeta Ltd","parent":")" + format_id(parent) + "\"}");
  }

  std::vector<std::string> found(std::string_view where,
                                 std::string_view sort = R"([{"field":"name"}])") {
    auto page = workspace.query("account", request(where, sort));
    if (!page) {
      ADD_FAILURE() << TestWorkspace::first_problem(page.error());
      return {};
    }
    return names(*page);
  }

  TestWorkspace workspace;
};

using Names = std::vector<std::string>;

TEST_F(Query, SortsNamesByPinyinAndNumbersWithEmptyOnesLast) {
  EXPECT_EQ(found("null"), (Names{"北方集团", "Ｂeta Ltd", "长城汽车", "华为技术"}));
  EXPECT_EQ(found("null", R"([{"field":"annual_revenue","dir":"desc"},{"field":"name"}])"),
            (Names{"北方集团", "长城汽车", "华为技术", "Ｂeta Ltd"}));
  EXPECT_EQ(found("null", R"([{"field":"annual_revenue","nulls":"first"},{"field":"name"}])"),
            (Names{"Ｂeta Ltd", "长城汽车", "华为技术", "北方集团"}));
}

TEST_F(Query, ComparesTextWithoutCaseAndWidthButKeysExactly) {
  EXPECT_EQ(found(R"({"op":"contains","field":"name","value":"beta"})"), Names{"Ｂeta Ltd"});
  EXPECT_EQ(found(R"({"op":"starts","field":"name","value":"华为"})"), Names{"华为技术"});
  EXPECT_TRUE(found(R"({"op":"eq","field":"code","value":"A1"})").empty());
  EXPECT_EQ(found(R"({"op":"eq","field":"code","value":"a1"})"), Names{"华为技术"});
}

TEST_F(Query, NotEqualIncludesEmptyValues) {
  EXPECT_EQ(found(R"({"op":"ne","field":"sector","value":"telecom"})").size(), 3u);
  EXPECT_EQ(found(R"({"op":"not_in","field":"sector","value":["telecom","manufacturing"]})").size(),
            2u);
  EXPECT_EQ(found(R"({"op":"not","args":[{"op":"eq","field":"sector","value":"telecom"}]})").size(),
            3u);
}

TEST_F(Query, FollowsLinksAndHierarchies) {
  EXPECT_EQ(found(R"({"op":"eq","field":"parent.city","value":"北京"})"), Names{"Ｂeta Ltd"});
  EXPECT_EQ(found(R"({"op":"some","rel":"account.parent",
                      "where":{"op":"starts","field":"name","value":"beta"}})"),
            Names{"北方集团"});
}

TEST_F(Query, ResolvesRelativeDatesInTheWorkspacesZone) {
  // The clock stands at 2026-09-21 22:13 in Shanghai.
  EXPECT_EQ(found(R"({"op":"within","field":"founded_on","value":{"rel":"yesterday"}})"),
            Names{"长城汽车"});
  EXPECT_EQ(found(R"({"op":"within","field":"created_at","value":{"rel":"today"}})").size(), 4u);
}

TEST_F(Query, RefusesWhatItCannotAnswerAndSaysWhere) {
  const auto refused = [&](std::string_view where) {
    auto page = workspace.query("account", request(where));
    EXPECT_FALSE(page);
    return page ? std::string()
                : page.error().problems.at(0).pointer + " " + page.error().problems.at(0).code;
  };
  EXPECT_EQ(refused(R"({"op":"eq","field":"colour","value":"x"})"), "/where/field unknown_field");
  EXPECT_EQ(refused(R"({"op":"contains","field":"annual_revenue","value":"x"})"),
            "/where/op operator_does_not_fit");
  EXPECT_EQ(refused(R"({"op":"eq","field":"annual_revenue","value":"x"})"),
            "/where/value wrong_number");
  EXPECT_EQ(refused(R"({"op":"like","field":"name","value":"x"})"), "/where/op unknown_operator");
  EXPECT_EQ(refused(R"({"op":"eq","field":"parent.parent.parent.parent.name","value":"x"})"),
            "/where/field path_too_long");
}

TEST_F(Query, LimitsDepthLeavesAndValues) {
  std::string deep = R"({"op":"eq","field":"name","value":"x"})";
  for (int i = 0; i < max_filter_depth; ++i) deep = R"({"op":"and","args":[)" + deep + "]}";
  auto page = workspace.query("account", request(deep));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().problems.at(0).code, "filter_too_deep");

  std::string wide = R"({"op":"or","args":[)";
  for (int i = 0; i <= max_filter_leaves; ++i) {
    wide += std::string(i ? "," : "") + R"({"op":"eq","field":"name","value":"x"})";
  }
  page = workspace.query("account", request(wide + "]}"));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().problems.at(0).code, "filter_too_large");

  std::string list = R"({"op":"in","field":"name","value":["x")";
  for (std::size_t i = 0; i < max_filter_values; ++i) list += ",\"x\"";
  page = workspace.query("account", request(list + "]}"));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().problems.at(0).code, "too_many_values");
}

TEST_F(Query, ACursorOfAnotherQueryOrAChangedOneIsRefused) {
  QueryRequest first = request("null", R"([{"field":"name"}])");
  first.page.limit = 2;
  auto page = workspace.query("account", first);
  ASSERT_TRUE(page);
  const std::string cursor(page->at("page").as_object().at("next").as_string());
  QueryRequest other = request("null", R"([{"field":"code"}])");
  other.page.after = cursor;
  auto refused = workspace.query("account", other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::cursor_mismatch);
  first.page.after = cursor.substr(0, cursor.size() - 2) + "AA";
  refused = workspace.query("account", first);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "wrong_cursor");
}

TEST_F(Query, CountsWhatItIsAskedTo) {
  QueryRequest counted = request(R"({"op":"not_empty","field":"annual_revenue"})");
  EXPECT_TRUE(workspace.query("account", counted)->at("count").is_null());
  counted.count = CountMode::exact;
  EXPECT_EQ(workspace.query("account", counted)->at("count"), 3);
  counted.count = CountMode::capped;
  EXPECT_EQ(workspace.query("account", counted)->at("count"), 3);
}

// Walks every sort of two keys with every null order over rows full of duplicates and gaps.
TEST(Cursor, VisitsEveryRowOnceWhateverTheSort) {
  TestWorkspace workspace;
  constexpr int rows = 60;
  for (int i = 0; i < rows; ++i) {
    std::string fields = R"({"name":"客户)" + std::to_string(i % 7) + "\"";
    if (i % 3) fields += R"(,"annual_revenue":")" + std::to_string(i % 5) + "\"";
    if (i % 4) fields += R"(,"employees":)" + std::to_string(i % 6);
    workspace.create("account", fields + "}");
  }
  for (const char* field : {"annual_revenue", "employees", "name", "owner.name"}) {
    for (const char* second : {"employees", "name"}) {
      for (const char* dir : {"asc", "desc"}) {
        for (const char* nulls : {"first", "last"}) {
          const std::string sort = std::string(R"([{"field":")") + field + R"(","dir":")" + dir +
                                   R"(","nulls":")" + nulls + R"("},{"field":")" + second +
                                   R"(","nulls":")" + nulls + "\"}]";
          QueryRequest page_request = request("null", sort);
          page_request.page.limit = 7;
          std::set<std::string> seen;
          std::vector<std::string> walked;
          bool more = true;
          for (int turn = 0; more && turn <= rows; ++turn) {
            auto page = workspace.query("account", page_request);
            ASSERT_TRUE(page) << sort;
            for (const json::value& record : page->at("records").as_array()) {
              const std::string id(record.as_object().at("id").as_string());
              EXPECT_TRUE(seen.insert(id).second) << sort;
              walked.push_back(id);
            }
            const json::object& next = page->at("page").as_object();
            more = next.at("has_more").as_bool();
            if (more) page_request.page.after = next.at("next").as_string();
          }
          EXPECT_EQ(seen.size(), static_cast<std::size_t>(rows)) << sort;
          QueryRequest whole = request("null", sort);
          whole.page.limit = PageRequest::max_limit;
          std::vector<std::string> at_once;
          const auto everything = workspace.query("account", whole);
          for (const json::value& record : everything->at("records").as_array()) {
            at_once.emplace_back(record.as_object().at("id").as_string());
          }
          EXPECT_EQ(walked, at_once) << sort;
        }
      }
    }
  }
}

}  // namespace
}  // namespace linchpin::records
