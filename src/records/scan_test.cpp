#include "records/scan.h"

#include <map>

#include "access/test_scope.h"
#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

class ScanFields : public ::testing::Test {
 protected:
  using Found = std::map<std::int64_t, std::vector<storage::Value>>;

  Result<Found> scan(const access::AccessScope& scope, std::string_view object,
                     std::string_view where, const std::vector<std::string>& fields) {
    Found found;
    const json::value filter = where.empty() ? json::value() : *parse_json(where);
    LP_CHECK(workspace.database().read([&](storage::Connection& connection) {
      return scan_fields(workspace.records(), connection, scope, object, filter, fields,
                         [&](RecordId id, std::span<const storage::Value> values) {
                           found[id.value].assign(values.begin(), values.end());
                         });
    }));
    return found;
  }
  ErrorCode refused(std::string_view object, const std::vector<std::string>& fields) {
    const auto found = scan(workspace.admin(), object, {}, fields);
    EXPECT_FALSE(found);
    return found ? ErrorCode::internal : found.error().code;
  }

  TestWorkspace workspace;
};

TEST_F(ScanFields, GivesStoredValuesInTheOrderAskedFor) {
  const RecordId first =
      workspace.create("account", R"({"name":"甲","employees":12,"tier":"key","score":"61.5"})");
  const RecordId second = workspace.create("account", R"({"name":"乙"})");
  const auto found = scan(workspace.admin(), "account", {}, {"score", "name", "employees"});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ(integer_of(found->at(first.value)[0]), 6'150);
  EXPECT_EQ(text_of(found->at(first.value)[1]), "甲");
  EXPECT_EQ(integer_of(found->at(first.value)[2]), 12);
  EXPECT_TRUE(is_empty(found->at(second.value)[0]));
}

TEST_F(ScanFields, GivesWhatTheFilterLetsThrough) {
  const RecordId large = workspace.create("account", R"({"name":"甲","employees":500})");
  workspace.create("account", R"({"name":"乙","employees":5})");
  const auto found = scan(workspace.admin(), "account",
                          R"({"op":"gt","field":"employees","value":100})", {"name"});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->begin()->first, large.value);
}

TEST_F(ScanFields, FollowsLinks) {
  const RecordId account = workspace.create("account", R"({"name":"甲","tier":"key"})");
  const RecordId line = workspace.create(
      "order_line", R"({"ordered_on":"2026-02-03","account":")" + format_id(account) + "\"}");
  const auto found = scan(workspace.admin(), "order_line", {}, {"account.tier"});
  ASSERT_TRUE(found);
  EXPECT_EQ(text_of(found->at(line.value)[0]), "key");
}

TEST_F(ScanFields, LeavesTheTrashAside) {
  const RecordId gone = workspace.create("account", R"({"name":"甲"})");
  ASSERT_TRUE(
      workspace.records().remove(workspace.admin(), "account", gone, 1, workspace.options()));
  const auto found = scan(workspace.admin(), "account", {}, {"name"});
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());
}

TEST_F(ScanFields, RefusesWhatCannotBeRead) {
  EXPECT_EQ(refused("unicorn", {"name"}), ErrorCode::not_found);
  EXPECT_EQ(refused("account", {"happiness"}), ErrorCode::unknown_field);
  EXPECT_EQ(refused("contact", {"birthday"}), ErrorCode::unknown_field);  // personal
}

TEST_F(ScanFields, GivesWhatTheScopeReaches) {
  const RecordId person = workspace.create("user", R"({"name":"Li","login":"li"})");
  const RecordId own =
      workspace.create("account", R"({"name":"甲","owner":")" + format_id(person) + "\"}");
  workspace.create("account", R"({"name":"乙"})");
  const auto scope = access::person_with(
      person, R"({"objects":{"account":{"read":"own","fields":{"*":"read","score":"none"}}}})");
  const auto found = scan(scope, "account", {}, {"name"});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->begin()->first, own.value);
  const auto hidden = scan(scope, "account", {}, {"score"});
  ASSERT_FALSE(hidden);
  EXPECT_EQ(hidden.error().code, ErrorCode::unknown_field);
  const auto unknown = scan(scope, "invoice", {}, {});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
}

class ScanPages : public ScanFields {
 protected:
  std::string names(const ScanPage& page, std::string_view where = {}) {
    std::string found;
    const json::value filter = where.empty() ? json::value() : *parse_json(where);
    const Status done = workspace.database().read([&](storage::Connection& connection) {
      return scan_page(
          workspace.records(), connection, workspace.admin(), "account", filter, {"name"}, page,
          [&](RecordId, std::span<const storage::Value> values) { found += text_of(values[0]); });
    });
    return done ? found : "refused";
  }

  void SetUp() override {
    workspace.create("account", R"({"name":"A","employees":10,"tier":"key"})");
    workspace.create("account", R"({"name":"B","tier":"base"})");
    workspace.create("account", R"({"name":"C","employees":30,"tier":"base"})");
    workspace.create("account", R"({"name":"D","employees":20})");
    workspace.create("account", R"({"name":"E","employees":20})");
  }
};

TEST_F(ScanPages, GivesThemInTheOrderAskedFor) {
  ScanPage page;
  page.limit = 10;
  EXPECT_EQ(names(page), "ABCDE");
  page.by = {"employees"};
  EXPECT_EQ(names(page), "ADECB");
  page.descending = true;
  EXPECT_EQ(names(page), "CDEAB");
  EXPECT_EQ(names(page, R"({"op":"eq","field":"tier","value":"base"})"), "CB");
}

TEST_F(ScanPages, GivesOnePageAfterTheOther) {
  ScanPage page;
  page.by = {"employees"};
  page.limit = 2;
  EXPECT_EQ(names(page), "AD");
  page.offset = 2;
  EXPECT_EQ(names(page), "EC");
  page.offset = 4;
  EXPECT_EQ(names(page), "B");
  page.offset = 6;
  EXPECT_EQ(names(page), "");
}

TEST_F(ScanPages, ShiftsTheOrderByWhatAnotherFieldSays) {
  ScanPage page;
  page.by = {"employees", "score"};
  page.shifted_by = "tier";
  page.shifts = {{"key", 100}};
  page.shift_otherwise = 1;
  page.limit = 10;
  EXPECT_EQ(names(page), "DECAB");
}

TEST_F(ScanPages, RefusesAnOrderThatCannotBeRead) {
  ScanPage page;
  page.by = {"happiness"};
  page.limit = 1;
  EXPECT_EQ(names(page), "refused");
}

TEST_F(ScanPages, CountsByTheValuesOfFields) {
  std::map<std::string, std::int64_t> counts;
  const Status done = workspace.database().read([&](storage::Connection& connection) {
    return count_by(workspace.records(), connection, workspace.admin(), "account", {}, {"tier"},
                    [&](std::span<const storage::Value> values, std::int64_t count) {
                      counts[std::string(text_of(values[0]))] = count;
                    });
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(counts, (std::map<std::string, std::int64_t>{{"", 2}, {"base", 2}, {"key", 1}}));
}

TEST_F(ScanPages, CountsNothingAsZero) {
  std::int64_t count = -1;
  const auto where = parse_json(R"({"op":"eq","field":"name","value":"Z"})");
  const Status done = workspace.database().read([&](storage::Connection& connection) {
    return count_by(workspace.records(), connection, workspace.admin(), "account", *where, {},
                    [&](std::span<const storage::Value>, std::int64_t found) { count = found; });
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(count, 0);
}

}  // namespace
}  // namespace linchpin::records
