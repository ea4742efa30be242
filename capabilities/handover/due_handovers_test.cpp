#include "handover/due_handovers.h"

#include <gtest/gtest.h>

#include "all_capabilities.h"
#include "records/test_workspace.h"

namespace linchpin::handover {
namespace {

constexpr Instant minute = 60'000;

// Somebody leaves at a given minute.
class DueHandoversTest : public ::testing::Test {
 protected:
  DueHandoversTest() {
    workspace_.hire_admin();
    boss_ = user("boss", "administrator");
    leaver_ = user("leaver", "kam");
    heir_ = user("heir", "kam");
    account_ = workspace_.create(
        "account", R"({"code":"A1","name":"North","owner":")" + format_id(leaver_) + "\"}");
  }
  RecordId user(const std::string& login, const std::string& role) {
    return workspace_.create("user", R"({"login":")" + login + R"(","name":")" + login +
                                         R"(","roles":[")" + role + "\"]}");
  }
  RecordId prepare(Instant at) {
    const access::AccessScope scope = access::Authority::administrator(boss_);
    Plan plan;
    plan.from = leaver_;
    plan.to = heir_;
    plan.execute_at = at;
    const auto made = workspace_.database().write([&](storage::Connection& connection) {
      return create_handover(workspace_.records(), connection, plan,
                             Deed{scope, {}, workspace_.clock().now()});
    });
    EXPECT_TRUE(made);
    return made.value_or(RecordId());
  }
  std::string state(RecordId id) {
    const auto found = workspace_.database().read([&](storage::Connection& connection) {
      return find_handover(workspace_.records(), connection, id);
    });
    return found && *found ? (*found)->state : "";
  }
  std::string owner() {
    return std::string(
        std::string_view(workspace_.read("account", account_).at("owner").as_string()));
  }

  records::TestWorkspace workspace_{add_capability_rules};
  DueHandovers due_{workspace_.records(), workspace_.clock()};
  RecordId boss_, leaver_, heir_, account_;
};

TEST_F(DueHandoversTest, AreCarriedOutAtTheirMinuteAndOnce) {
  const RecordId id = prepare(workspace_.clock().now() + minute);
  workspace_.clock().advance(minute - 1);
  EXPECT_EQ(due_.step().value_or(-1), 0);
  EXPECT_EQ(owner(), format_id(leaver_));
  workspace_.clock().advance(1);
  EXPECT_EQ(due_.step().value_or(-1), 1);
  EXPECT_EQ(state(id), "done");
  EXPECT_EQ(owner(), format_id(heir_));
  EXPECT_EQ(due_.step().value_or(-1), 0);
}

TEST_F(DueHandoversTest, FailWhenWhoPreparedThemMayNoLonger) {
  const RecordId id = prepare(workspace_.clock().now() + minute);
  ASSERT_TRUE(workspace_.patch("user", boss_, 1, R"({"roles":["kam"]})"));
  workspace_.clock().advance(minute);
  EXPECT_EQ(due_.step().value_or(-1), 1);
  EXPECT_EQ(state(id), "failed");
  EXPECT_EQ(owner(), format_id(leaver_));
}

}  // namespace
}  // namespace linchpin::handover
