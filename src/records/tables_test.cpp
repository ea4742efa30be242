#include "records/tables.h"

#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

using storage::Connection;
using storage::Sql;

class PostgresTables : public ::testing::Test {
 protected:
  void change(storage::Literal sql) {
    ASSERT_TRUE(workspace.database().write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(Sql(sql)));
      return {};
    }));
  }
  bool all_end_with_id() {
    const auto all = workspace.database().read(indexes_end_with_id);
    EXPECT_TRUE(all) << all.error().log_detail;
    return all && *all;
  }
  std::int64_t indexes_of_accounts() {
    return *workspace.database().read([](Connection& connection) {
      return query_integer(connection,
                           Sql("SELECT count(*) FROM pg_indexes WHERE schemaname = "
                               "current_schema() AND tablename = 'account'"),
                           0);
    });
  }

  TestWorkspace workspace;
};

TEST_F(PostgresTables, WhatListsAreSortedByEndsWithTheId) {
  EXPECT_TRUE(all_end_with_id());
}

TEST_F(PostgresTables, AnIndexOfAnEarlierVersionIsMadeAnew) {
  const std::int64_t before = indexes_of_accounts();
  change("DROP INDEX account__deleted_at__trash");
  change("CREATE INDEX account__deleted_at__trash ON account (deleted_at)");
  EXPECT_FALSE(all_end_with_id());
  ASSERT_TRUE(workspace.database().write([&](Connection& connection) -> Status {
    LP_CHECK(drop_indexes_without_id(connection));
    return ensure_object_tables(connection, workspace.schema());
  }));
  EXPECT_TRUE(all_end_with_id());
  EXPECT_EQ(indexes_of_accounts(), before);
}

}  // namespace
}  // namespace linchpin::records
