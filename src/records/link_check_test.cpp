#include "records/link_check.h"

#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

TEST(LinkCheck, ALinkToNothingIsFoundAndOneIntoTheTrashIsNot) {
  TestWorkspace workspace;
  const RecordId parent = workspace.create("account", R"({"code":"A1","name":"A"})");
  const RecordId other = workspace.create("account", R"({"code":"A2","name":"B"})");
  workspace.create("account",
                   R"({"code":"A3","name":"C","parent":")" + format_id(parent) + R"("})");
  const auto check = [&] {
    return *workspace.database().read([&](storage::Connection& connection) {
      return check_links(connection, workspace.schema(), *workspace.schema().object("account"));
    });
  };
  EXPECT_TRUE(check().empty());
  ASSERT_TRUE(
      workspace.records().remove(workspace.admin(), "account", other, 0, workspace.options()));
  EXPECT_TRUE(check().empty());
  ASSERT_TRUE(workspace.database().write([&](storage::Connection& connection) -> Status {
    storage::Sql sql("DELETE FROM account WHERE id = ");
    LP_CHECK(connection.execute(sql.value(parent)));
    return {};
  }));
  const auto broken = check();
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_EQ(broken.front().field->api_name, "parent");
  EXPECT_EQ(broken.front().count, 1);
}

}  // namespace
}  // namespace linchpin::records
