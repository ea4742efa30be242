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

}  // namespace
}  // namespace linchpin::records
