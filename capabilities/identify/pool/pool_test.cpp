#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "all_capabilities.h"
#include "identify/pool/moves_load.h"
#include "identify/pool/pool_entries.h"
#include "identify/pool/pool_evidence.h"
#include "identify/pool/pool_move.h"
#include "identify/pool/round_calendar.h"
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

Day day_named(std::string_view text) {
  return *parse_date(text);
}

RoundCalendar half_yearly(std::string_view first_on) {
  RoundCalendar calendar;
  calendar.first_on = day_named(first_on);
  calendar.months = 6;
  calendar.notice_days = 10;
  return calendar;
}

TEST(RoundCalendars, OpenOnTheSameDayOfTheMonthOrItsLast) {
  const RoundCalendar calendar = half_yearly("2026-08-31");
  EXPECT_EQ(format_date(opening_of(calendar, 0)), "2026-08-31");
  EXPECT_EQ(format_date(opening_of(calendar, 1)), "2027-02-28");
  EXPECT_EQ(format_date(opening_of(calendar, 2)), "2027-08-31");
}

TEST(RoundCalendars, PlanTheNextRoundSomeDaysAhead) {
  RoundCalendar calendar = half_yearly("2026-12-01");
  EXPECT_FALSE(opening_to_plan(calendar, day_named("2026-11-20")));
  EXPECT_EQ(opening_to_plan(calendar, day_named("2026-11-21")), day_named("2026-12-01"));
  calendar.planned_until = day_named("2026-12-01");
  EXPECT_FALSE(opening_to_plan(calendar, day_named("2026-12-02")));
  EXPECT_EQ(opening_to_plan(calendar, day_named("2027-05-30")), day_named("2027-06-01"));
}

TEST(RoundCalendars, MakeNoRoundThatIsOver) {
  const RoundCalendar calendar = half_yearly("2026-01-01");
  EXPECT_EQ(opening_to_plan(calendar, day_named("2026-01-14")), day_named("2026-01-01"));
  EXPECT_FALSE(opening_to_plan(calendar, day_named("2026-01-15")));
  EXPECT_EQ(opening_to_plan(calendar, day_named("2027-01-03")), day_named("2027-01-01"));
}

TEST_F(PoolMoves, ARoundIsPlannedOpenedAndRemindedOfByTheCalendar) {
  const RecordId head = workspace.create("user", R"({"name":"Li","login":"li"})");
  const RecordId unit =
      workspace.create("department", R"({"name":"KA","head":")" + format_id(head) + "\"}");
  const RecordId policy = workspace.create(
      "pool_policy", R"({"name":"Ours","round_name":"Review","round_department":")" +
                         format_id(unit) + R"(","round_first_on":"2026-09-25","round_months":6})");
  const RecordId strategic = account();
  ASSERT_TRUE(workspace.records().update(workspace.admin(), "account", strategic,
                                         {{{"tier", "strategic"}}, std::nullopt, {}, true},
                                         workspace.options()));
  const auto keep = [&] {
    return keep_round_calendar(workspace.records(), workspace.clock().now());
  };
  const auto found = [&](std::string_view object) {
    return reading([&](const PoolSource& source) { return count_of(source, object, {}); });
  };
  ASSERT_TRUE(keep());  // on 2026-09-21
  ASSERT_TRUE(keep());
  EXPECT_EQ(found("pool_round"), 1);
  EXPECT_EQ(found("pool_proposal"), 0);
  EXPECT_EQ(found("task"), 0);
  workspace.clock().advance(std::int64_t{5} * 86'400'000);
  ASSERT_TRUE(keep());
  ASSERT_TRUE(keep());
  EXPECT_EQ(found("pool_round"), 1);
  EXPECT_EQ(found("pool_proposal"), 1);
  EXPECT_EQ(found("task"), 1);
  const auto round = reading([&](const PoolSource& source) {
    return find_rows(source, "pool_round", {}, {"name", "closes_on"});
  });
  ASSERT_TRUE(round);
  EXPECT_EQ(round->front().text(0), "Review 2026-09");
  EXPECT_EQ(format_date(*round->front().day(1)), "2026-10-08");
  const auto task = reading([&](const PoolSource& source) {
    return find_rows(source, "task", where_is("owner", format_id(head)), {"title"});
  });
  ASSERT_TRUE(task);
  EXPECT_EQ(task->front().text(0), "Review 2026-09");
  // A round that was taken away does not come back.
  ASSERT_TRUE(workspace.records().remove(workspace.admin(), "pool_round", round->front().id, 0,
                                         workspace.options()));
  ASSERT_TRUE(keep());
  EXPECT_EQ(found("pool_round"), 0);
  EXPECT_TRUE(policy);
}

}  // namespace
}  // namespace linchpin::identify
