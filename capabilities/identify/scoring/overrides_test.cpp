#include "identify/scoring/overrides.h"

#include <gtest/gtest.h>

#include "all_capabilities.h"
#include "records/test_workspace.h"

namespace linchpin::identify {
namespace {

// Somebody asks for a tier, somebody else approves.
class TierOverrides : public ::testing::Test {
 protected:
  TierOverrides() {
    account = workspace.create("account", R"({"code":"A1","name":"North"})");
    boss = workspace.create("user", R"({"name":"Boss","login":"boss"})");
  }
  OverrideRequest wanted() {
    return {account, "key", "Framework agreement", boss, workspace.records().today() + 30};
  }
  Result<RecordId> ask(const OverrideRequest& request) {
    return workspace.database().write([&](storage::Connection& connection) {
      return request_override(workspace.records(), connection, workspace.admin(), {}, request);
    });
  }
  Status approve(RecordId id, const access::AccessScope& scope) {
    return workspace.database().write([&](storage::Connection& connection) {
      return approve_override(workspace.records(), connection, scope, {}, id,
                              workspace.clock().now());
    });
  }
  access::AccessScope approver() const { return access::Authority::administrator(boss); }
  std::string tier_on(Day day) {
    const auto found = workspace.database().read([&](storage::Connection& connection) {
      return read_overrides({workspace.records(), connection, workspace.admin(), std::nullopt},
                            day);
    });
    EXPECT_TRUE(found);
    if (!found || !found->contains(account.value)) return {};
    return found->at(account.value).tier;
  }
  std::string refusal(const OverrideRequest& request) {
    const auto asked = ask(request);
    EXPECT_FALSE(asked);
    if (asked || asked.error().problems.empty()) return {};
    return asked.error().problems.front().pointer + " " + asked.error().problems.front().code;
  }

  records::TestWorkspace workspace{add_capability_rules};
  RecordId account;
  RecordId boss;
};

TEST_F(TierOverrides, HoldFromTheApprovalToTheLastDay) {
  const Day today = workspace.records().today();
  const auto asked = ask(wanted());
  ASSERT_TRUE(asked);
  EXPECT_EQ(tier_on(today), "");
  ASSERT_TRUE(approve(*asked, approver()));
  EXPECT_EQ(tier_on(today - 1), "");
  EXPECT_EQ(tier_on(today), "key");
  EXPECT_EQ(tier_on(today + 30), "key");
  EXPECT_EQ(tier_on(today + 31), "");
}

TEST_F(TierOverrides, TheOneApprovedLastCounts) {
  const auto first = ask(wanted());
  OverrideRequest other = wanted();
  other.tier = "base";
  const auto second = ask(other);
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(approve(*second, approver()));
  workspace.clock().advance(1'000);
  ASSERT_TRUE(approve(*first, approver()));
  EXPECT_EQ(tier_on(workspace.records().today()), "key");
}

TEST_F(TierOverrides, AreApprovedOnceAndByTheirApproverOnly) {
  const auto asked = ask(wanted());
  ASSERT_TRUE(asked);
  const Status by_another = approve(*asked, workspace.admin());
  ASSERT_FALSE(by_another);
  EXPECT_EQ(by_another.error().code, ErrorCode::forbidden);
  ASSERT_TRUE(approve(*asked, approver()));
  const Status again = approve(*asked, approver());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::invalid_state);
  const Status unknown = approve(account, approver());
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
}

TEST_F(TierOverrides, SayWhatIsWrongWithThem) {
  OverrideRequest request = wanted();
  request.tier = "golden";
  EXPECT_EQ(refusal(request), "/tier no_such_option");
  request = wanted();
  request.reason.clear();
  EXPECT_EQ(refusal(request), "/reason required");
  request = wanted();
  request.expires_on = workspace.records().today() - 1;
  EXPECT_EQ(refusal(request), "/expires_on out_of_range");
  request.expires_on = workspace.records().today() + max_override_days + 1;
  EXPECT_EQ(refusal(request), "/expires_on out_of_range");
  request = wanted();
  request.approver = workspace.admin().user();
  EXPECT_EQ(refusal(request), "/approver approver_asks");
  request = wanted();
  request.approver = account;
  EXPECT_EQ(refusal(request), "/approver link_not_found");
  request = wanted();
  request.account = boss;
  EXPECT_EQ(refusal(request), "/account link_not_found");
}

}  // namespace
}  // namespace linchpin::identify
