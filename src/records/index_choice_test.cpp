#include "records/index_choice.h"

#include "records/bulk.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

constexpr const char* by_revenue = R"([{"field":"annual_revenue","dir":"desc"}])";

class IndexOfPage : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto made = workspace.database().write([&](storage::Connection& connection) -> Status {
      BulkSlice slice(workspace.records(), connection, workspace.admin(),
                      workspace.options().origin);
      const Object& account = *slice.object("account");
      for (std::int64_t i = 0; i <= max_collected; ++i) {
        RowValues row(account.fields.size());
        row[account.field("name")->index] = "客户" + std::to_string(i);
        row[account.field("sector")->index] = "finance";
        row[account.field("annual_revenue")->index] = i * 100;
        row[account.field("tier")->index] = i % 100 == 0 ? Value("key") : Value();
        LP_CHECK(slice.create(account, row).map([](RecordId) {}));
      }
      return slice.finish();
    });
    ASSERT_TRUE(made);
  }

  QueryRequest request(std::string_view where) {
    QueryRequest made;
    made.select = {"name"};
    made.where = *parse_json(where);
    made.sort = *parse_json(by_revenue);
    return made;
  }

  // The field whose index drives, or "" for the order of the sort's index.
  std::string driver(std::string_view where) {
    const TimeZone zone = workspace.records().frame().time_zone;
    const FilterFrame frame{workspace.schema(), workspace.admin(), zone,
                            workspace.records().today()};
    const auto plan = plan_query(frame, *workspace.schema().object("account"), request(where));
    if (!plan) return "no plan";
    const auto choice = workspace.database().read([&](storage::Connection& connection) {
      return choose_index(connection, workspace.schema(), *plan);
    });
    if (!choice || !choice->chosen) return "left to the database";
    return choice->leaf ? choice->leaf->path.text : "";
  }

  TestWorkspace workspace;
};

// PostgreSQL chooses by itself.
using SqliteIndexOfPage = IndexOfPage;

TEST_F(SqliteIndexOfPage, FollowsTheSortWhenManyMatchAndTheConditionWhenFewDo) {
  EXPECT_EQ(driver(R"({"op":"eq","field":"sector","value":"finance"})"), "");
  EXPECT_EQ(driver(R"({"op":"eq","field":"tier","value":"key"})"), "tier");
  EXPECT_EQ(driver(R"({"op":"and","args":[{"op":"eq","field":"sector","value":"finance"},
                       {"op":"eq","field":"tier","value":"key"}]})"),
            "tier");
}

TEST_F(SqliteIndexOfPage, TheOrderOfAUniqueTextIsThatOfItsKey) {
  const auto plan =
      workspace.database().read([](storage::Connection& connection) -> Result<std::string> {
        LP_TRY(const auto rows, connection.prepare(storage::Sql(
                                    "EXPLAIN QUERY PLAN SELECT id FROM account WHERE deleted_at IS "
                                    "NULL ORDER BY code__key, id LIMIT 50")));
        LP_TRY(const bool found, rows->step());
        return found ? std::string(rows->text(3)) : std::string();
      });
  ASSERT_TRUE(plan);
  EXPECT_NE(plan->find("account__code__key__sort"), std::string::npos) << *plan;
}

TEST_F(IndexOfPage, GivesTheSameRowsEitherWay) {
  for (const char* where : {R"({"op":"eq","field":"sector","value":"finance"})",
                            R"({"op":"eq","field":"tier","value":"key"})"}) {
    const auto page = workspace.query("account", request(where));
    ASSERT_TRUE(page);
    const json::array& rows = page->at("records").as_array();
    ASSERT_GE(rows.size(), 11U);
    EXPECT_EQ(rows[0].as_object().at("fields").as_object().at("name").as_string(),
              "客户" + std::to_string(max_collected));
  }
}

}  // namespace
}  // namespace linchpin::records
