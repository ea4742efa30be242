#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "all_capabilities.h"
#include "identify/pool/moves_load.h"
#include "identify/pool/pool_entries.h"
#include "identify/pool/pool_evidence.h"
#include "identify/pool/pool_move.h"
#include "identify/pool/scheme_criteria.h"
#include "identify/pool/screening.h"
#include "identify/pool/standards.h"
#include "records/test_workspace.h"

namespace linchpin::identify {
namespace {

TEST(PoolStates, ABlacklistedAccountIsOnlyLifted) {
  for (const PoolAct act : pool_acts) {
    EXPECT_EQ(state_after(PoolState::blacklisted, act).has_value(), act == PoolAct::lift);
  }
  EXPECT_FALSE(state_after(PoolState::blacklisted, PoolAct::admit));
}

TEST(PoolStates, NamesComeBack) {
  for (const PoolState state : pool_states) EXPECT_EQ(pool_state_named(name_of(state)), state);
  EXPECT_EQ(pool_state_named(""), PoolState::none);
  EXPECT_EQ(pool_state_named("golden"), PoolState::none);
}

// The pool of one account, moved by an administrator who asks for nothing himself.
class PoolMoves : public ::testing::Test {
 protected:
  RecordId account() {
    return workspace.create("account", R"({"name":"North","code":")" + std::to_string(++made) +
                                           R"(","purchase_potential":"5"})");
  }
  Status move(RecordId id, PoolAct act, const access::AccessScope& scope) {
    return workspace.database().write([&](storage::Connection& connection) {
      PoolAsk ask;
      ask.act = act;
      ask.account = id;
      ask.reason = "because";
      return move_in_pool({workspace.records(), connection, scope, {}, workspace.clock().now()},
                          ask);
    });
  }
  template <class Work>
  auto reading(Work work) {
    return workspace.database().snapshot([&](storage::Connection& connection) {
      return work(PoolSource{workspace.records(), connection, workspace.admin()});
    });
  }

  records::TestWorkspace workspace{add_capability_rules};
  const access::AccessScope other = access::Authority::administrator(RecordId{77});
  int made = 0;
};

TEST_F(PoolMoves, KeepTheAccountAndItsEntriesEqualProperty) {
  const bool held = rc::check("whatever is tried", [&] {
    const RecordId id = account();
    const auto tried = *rc::gen::container<std::vector<std::size_t>>(
        rc::gen::inRange<std::size_t>(0, pool_acts.size()));
    PoolState expected = PoolState::none;
    std::size_t done = 0;
    for (const std::size_t place : tried) {
      const PoolAct act = pool_acts[place];
      const auto after = state_after(expected, act);
      const bool asks = !is_decision(act);
      const Status moved = move(id, act, asks ? workspace.admin() : other);
      RC_ASSERT(moved.has_value() == after.has_value());
      if (!after) continue;
      expected = *after;
      ++done;
    }
    const auto now =
        reading([&](const PoolSource& source) { return read_pool_account(source, id); });
    RC_ASSERT(now && *now && (*now)->state == expected);
    const auto entries = reading([&](const PoolSource& source) {
      return read_pool_entries(source, where_is("account", format_id(id)));
    });
    RC_ASSERT(entries && entries->size() == done);
    std::size_t open = 0;
    for (const PoolEntry& entry : *entries) {
      if (entry.until) continue;
      ++open;
      RC_ASSERT(entry.state == expected);
    }
    RC_ASSERT(open == (done == 0 ? 0u : 1u));
  });
  EXPECT_TRUE(held);
}

TEST_F(PoolMoves, TheEvidenceOfARequestStaysAsItWas) {
  const RecordId id = account();
  ASSERT_TRUE(move(id, PoolAct::request, workspace.admin()));
  ASSERT_TRUE(workspace.patch("account", id, 2, R"({"purchase_potential":"9"})"));
  ASSERT_TRUE(move(id, PoolAct::approve, other));
  const auto entries = reading([&](const PoolSource& source) {
    return read_pool_entries(source, where_is("account", format_id(id)));
  });
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 2u);
  EXPECT_EQ(entries->at(1).evidence.at("purchase_potential").as_string(), "5.00");
  EXPECT_EQ(entries->at(0).evidence.at("purchase_potential").as_string(), "9.00");
}

TEST_F(PoolMoves, ALoadIsTheDifferenceOfTheStandards) {
  const auto standards =
      reading([](const PoolSource& source) { return ServiceStandards::read(source); });
  ASSERT_TRUE(standards);
  EXPECT_EQ(standards->visits_per_month("key"), 101);
  EXPECT_EQ(standards->visits_per_month("base"), 17);
  EXPECT_EQ(standards->visits_per_month(""), 17);
  ScoringModel model;
  model.thresholds = {{"key", 5'000}, {"base", 0}};
  Preview preview(model);
  preview.moves[{"base", "key"}] = 2;
  preview.moves[{"", "key"}] = 1;
  const auto load = reading([&](const PoolSource& source) { return moves_load(source, preview); });
  ASSERT_TRUE(load);
  EXPECT_EQ(parse_json(*load)->at("change").as_string(), "2.52");
  EXPECT_TRUE(parse_json(*load)->at("truncated").as_bool());
}

TEST(Screening, ALetterPassesAtItsCutOff) {
  const auto letters = read_screening(
      *parse_json(R"([{"letter":"V","cut_off":"70","questions":[{"key":"a","weight":3},
                      {"key":"b"}]}])"),
      "");
  ASSERT_TRUE(letters);
  EXPECT_TRUE(screen(*letters, {{"a", 4}, {"b", 2}}).front().passed);
  EXPECT_FALSE(screen(*letters, {{"a", 4}, {"b", 1}}).front().passed);
  EXPECT_EQ(screen(*letters, {}).front().score, 0);
}

TEST(Screening, KeysAreUsedOnce) {
  const auto letters = read_screening(
      *parse_json(R"([{"letter":"V","cut_off":"70","questions":[{"key":"a"},{"key":"a"}]}])"), "");
  ASSERT_FALSE(letters);
  EXPECT_EQ(letters.error().problems.front().pointer, "/0/questions/1/key");
}

TEST(SchemeCriteria, AScopeNamesItsOptions) {
  const auto of = [](std::string_view scope) {
    return options_in_scope(*parse_json(scope), "sector");
  };
  using Options = std::set<std::string>;
  EXPECT_FALSE(of("null"));
  EXPECT_FALSE(of(R"({"op":"eq","field":"city","value":"x"})"));
  EXPECT_EQ(of(R"({"op":"in","field":"sector","value":["a","b"]})"), (Options{"a", "b"}));
  EXPECT_EQ(of(R"({"op":"and","args":[{"op":"in","field":"sector","value":["a","b"]},
                  {"op":"eq","field":"sector","value":"b"},
                  {"op":"eq","field":"city","value":"x"}]})"),
            Options{"b"});
}

}  // namespace
}  // namespace linchpin::identify
