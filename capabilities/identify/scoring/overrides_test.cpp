#include "identify/scoring/overrides.h"

#include <gtest/gtest.h>

#include "access/test_scope.h"
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
  json::object wanted() {
    return {{"account", format_id(account)},
            {"tier", "key"},
            {"reason", "Framework agreement"},
            {"approver", format_id(boss)},
            {"expires_on", format_date(workspace.records().today() + 30)}};
  }
  Result<RecordId> ask(const json::object& fields) {
    LP_TRY(const records::Written written,
           workspace.records().create(workspace.admin(), "score_override", fields, {}));
    return written.id;
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
  std::string refusal(std::string_view field, json::value value) {
    json::object fields = wanted();
    fields[field] = std::move(value);
    const auto asked = ask(fields);
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
  json::object other = wanted();
  other["tier"] = "base";
  const auto second = ask(other);
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(approve(*second, approver()));
  workspace.clock().advance(1'000);
  ASSERT_TRUE(approve(*first, approver()));
  EXPECT_EQ(tier_on(workspace.records().today()), "key");
}

TEST_F(TierOverrides, AreApprovedByWhoOnlyReadsAccounts) {
  const RecordId chief =
      workspace.create("user", R"({"name":"Chief","login":"chief","roles":["executive"]})");
  json::object fields = wanted();
  fields["approver"] = format_id(chief);
  const auto asked = ask(fields);
  ASSERT_TRUE(asked);
  const auto scope = workspace.records().scope_of(chief);
  ASSERT_TRUE(scope);
  ASSERT_FALSE(scope->may(access::Action::update, "score_override"));
  ASSERT_TRUE(approve(*asked, *scope));
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

TEST_F(TierOverrides, DoNotWaitForWhoHasLeft) {
  const auto person = [&](const char* login, const std::string& fields = {}) {
    const std::string named = R"({"name":"x","login":")" + std::string(login) + "\"";
    return workspace.create("user", named + fields + "}");
  };
  const auto manager = [](RecordId id) { return R"(,"manager":")" + format_id(id) + "\""; };
  const RecordId chief = person("chief");
  const RecordId head = person("head", R"(,"active":false)" + manager(chief));
  const RecordId gone = person("gone", manager(head));
  const RecordId peer = person("peer", manager(head));
  json::object fields = wanted();
  fields["approver"] = format_id(gone);
  const auto asked = ask(fields);
  ASSERT_TRUE(asked);
  const auto as = [](RecordId id) { return access::Authority::person(id); };
  const auto approver_of = [&] {
    return workspace.read("score_override", *asked).at("approver").as_string();
  };
  const auto sees_all = [&](RecordId id, std::vector<RecordId> reporting = {}) {
    return access::person_with(id, R"({"objects":{"score_override":{"read":"all"},
                                                "account":{"read":"all"}}})",
                               std::move(reporting));
  };
  EXPECT_FALSE(approve(*asked, as(chief)));
  EXPECT_EQ(approve(*asked, sees_all(chief, {head, gone, peer})).error().code,
            ErrorCode::forbidden);
  ASSERT_TRUE(workspace.patch("user", gone, 1, R"({"active":false})"));
  EXPECT_EQ(approve(*asked, sees_all(peer)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(approve(*asked, workspace.admin()).error().code, ErrorCode::forbidden);  // he asked
  EXPECT_EQ(approver_of(), format_id(gone));
  ASSERT_TRUE(approve(*asked, sees_all(chief, {head, gone, peer})));
  EXPECT_EQ(approver_of(), format_id(chief));
  const auto another = ask(fields);
  ASSERT_TRUE(another);
  EXPECT_TRUE(approve(*another, access::Authority::administrator(boss)));
}

TEST_F(TierOverrides, WaitForAnotherWhileTheyWait) {
  const auto asked = ask(wanted());
  ASSERT_TRUE(asked);
  const RecordId other = workspace.create("user", R"({"name":"Other","login":"other"})");
  const auto name = [&](RecordId id, std::int64_t version) {
    const std::string fields = R"({"approver":")" + format_id(id) + "\"}";
    return static_cast<bool>(workspace.patch("score_override", *asked, version, fields));
  };
  EXPECT_FALSE(name(workspace.admin().user(), 1));
  EXPECT_TRUE(name(other, 1));
  ASSERT_TRUE(approve(*asked, access::Authority::administrator(other)));
  EXPECT_FALSE(name(boss, 3));
}

TEST_F(TierOverrides, SayWhatIsWrongWithThem) {
  const Day today = workspace.records().today();
  EXPECT_EQ(refusal("tier", "golden"), "/fields/tier no_such_option");
  EXPECT_EQ(refusal("reason", nullptr), "/fields/reason required");
  EXPECT_EQ(refusal("expires_on", json::string(format_date(today - 1))),
            "/fields/expires_on out_of_range");
  EXPECT_EQ(refusal("expires_on", json::string(format_date(today + max_override_days + 1))),
            "/fields/expires_on out_of_range");
  EXPECT_EQ(refusal("approver", json::string(format_id(workspace.admin().user()))),
            "/fields/approver approver_asks");
  EXPECT_EQ(refusal("approved_at", "2026-01-01T00:00:00Z"), "/fields/approved_at read_only");
}

TEST_F(TierOverrides, StayWhatTheyWereAskedToBe) {
  const auto asked = ask(wanted());
  ASSERT_TRUE(asked);
  EXPECT_FALSE(workspace.patch("score_override", *asked, 1, R"({"tier":"base"})"));
  EXPECT_FALSE(workspace.patch("score_override", *asked, 1, R"({"expires_on":"2026-07-01"})"));
  EXPECT_EQ(workspace.read("score_override", *asked).at("tier"), "key");
}

// Rows that many at once bring in have nobody yet who asks when they are checked.
TEST_F(TierOverrides, AreNotApprovedByWhoAskedForThem) {
  const auto made =
      workspace.database().write([&](storage::Connection& connection) -> Result<RecordId> {
        const access::AccessScope scope = approver();
        records::BulkSlice slice(workspace.records(), connection, scope, {});
        const records::Object& object = *slice.object("score_override");
        records::RowValues row(object.fields.size());
        const auto set = [&](std::string_view field, storage::Value value) {
          row[object.field(field)->index] = std::move(value);
        };
        set("account", account.value);
        set("tier", std::string("key"));
        set("reason", std::string("x"));
        set("approver", boss.value);
        set("expires_on", std::int64_t{workspace.records().today()});
        LP_TRY(const RecordId id, slice.create(object, row));
        LP_CHECK(slice.finish());
        return id;
      });
  ASSERT_TRUE(made);
  const Status own = approve(*made, approver());
  ASSERT_FALSE(own);
  EXPECT_EQ(own.error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace linchpin::identify
