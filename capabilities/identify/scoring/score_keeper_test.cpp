#include "identify/scoring/score_keeper.h"

#include <gtest/gtest.h>

#include "all_capabilities.h"
#include "records/test_workspace.h"

namespace linchpin::identify {
namespace {

// A published model of sales, care and size, and somebody who follows the log step by step.
class KeptScores : public ::testing::Test {
 protected:
  KeptScores() {
    EXPECT_TRUE(workspace.database().write(jobs::Jobs::ensure_tables));
    add_rescore_kind(runner, workspace.records(), workspace.clock());
  }

  void publish(const std::string& criteria) {
    const RecordId id = workspace.create("scoring_model", R"({"name":"M","criteria":)" + criteria +
                                                              R"(,"thresholds":[
        {"tier":"key","from":"70"},{"tier":"base","from":"0"}]})");
    ASSERT_TRUE(workspace.database().write([&](storage::Connection& connection) -> Status {
      LP_TRY(const StoredModel model,
             draft_model(workspace.records(), connection, workspace.admin(), id));
      records::BulkSlice slice(workspace.records(), connection, workspace.admin(), {});
      LP_CHECK(publish_model(slice, model, workspace.clock().now()));
      return slice.finish();
    }));
    ASSERT_TRUE(keeper.begin());
  }
  RecordId account(const std::string& code) {
    return workspace.create("account",
                            R"({"code":")" + code + R"(","name":")" + code + R"(","employees":1})");
  }
  RecordId sale(RecordId of, const std::string& amount, const std::string& rest = {}) {
    return workspace.create("order_line", R"({"account":")" + format_id(of) +
                                              R"(","ordered_on":"2026-05-01","quantity":"1",)" +
                                              R"("unit_price":")" + amount + "\"" + rest + "}");
  }
  void catch_up() {
    for (int steps = 0; steps < 20; ++steps) {
      const Result<bool> did = keeper.step();
      ASSERT_TRUE(did);
      if (!*did) return;
    }
    FAIL() << "the keeper answers its own writes";
  }
  json::value score(RecordId of) { return workspace.read("account", of).at("score"); }

  records::TestWorkspace workspace{add_capability_rules};
  IdGenerator ids{workspace.clock(), 2};
  jobs::Jobs runner{workspace.database(), workspace.clock(), ids};
  ScoreKeeper keeper{workspace.records(), runner, workspace.clock()};
};

constexpr const char* by_sales = R"([{"key":"sales","measure":"net_sales","weight":"1",
    "missing":"zero","bands":[{"to":"10","points":"10"},{"from":"10","points":"90"}]}])";

TEST_F(KeptScores, AChangedOrderRescoresItsAccountAlone) {
  publish(by_sales);
  const RecordId buyer = account("A1");
  const RecordId other = account("B1");
  sale(buyer, "100");
  catch_up();
  EXPECT_EQ(score(buyer), "90.00");
  EXPECT_EQ(score(other), "0.00");
  sale(other, "5");
  catch_up();
  EXPECT_EQ(score(other), "10.00");
}

TEST_F(KeptScores, BothAccountsOfALineThatMovedAreRescored) {
  publish(by_sales);
  const RecordId from = account("A1");
  const RecordId to = account("B1");
  const RecordId line = sale(from, "100");
  catch_up();
  ASSERT_EQ(score(from), "90.00");
  ASSERT_TRUE(workspace.patch("order_line", line, 1, R"({"account":")" + format_id(to) + "\"}"));
  catch_up();
  EXPECT_EQ(score(from), "0.00");
  EXPECT_EQ(score(to), "90.00");
}

TEST_F(KeptScores, AnOrderTakesItsLinesAlong) {
  publish(by_sales);
  const RecordId buyer = account("A1");
  const RecordId order = workspace.create("order", R"({"number":"S1","status":"draft"})");
  sale(buyer, "100", R"(,"order":")" + format_id(order) + "\"");
  catch_up();
  EXPECT_EQ(score(buyer), "0.00");
  ASSERT_TRUE(workspace.patch("order", order, 1, R"({"status":"posted"})"));
  catch_up();
  EXPECT_EQ(score(buyer), "90.00");
}

// An import writes slice after slice: one rescoring of all accounts follows when it rests.
TEST_F(KeptScores, ManyChangesAtOnceAreLeftToOneRescoring) {
  publish(by_sales);
  const auto many = [&](int first) {
    ASSERT_TRUE(workspace.database().write([&](storage::Connection& connection) -> Status {
      records::BulkSlice slice(workspace.records(), connection, workspace.admin(), {});
      const records::Object& object = *slice.object("account");
      for (std::size_t i = 0; i <= ScoreKeeper::max_single_changes; ++i) {
        records::RowValues row(object.fields.size());
        row[object.field("name")->index] = "N" + std::to_string(first) + "-" + std::to_string(i);
        LP_TRY(const RecordId made, slice.create(object, row));
        if (!made) return Error::internal("nothing was made");
      }
      return slice.finish();
    }));
    catch_up();
    ASSERT_TRUE(keeper.settle());
  };
  const auto rescorings = [&] {
    const auto open = workspace.database().read([&](storage::Connection& connection) {
      return jobs::Jobs::is_open(connection, rescore_kind, {});
    });
    return open && *open;
  };
  for (int slice = 0; slice < 3; ++slice) {
    many(slice);
    EXPECT_FALSE(rescorings());
    workspace.clock().advance(1'000);
  }
  workspace.clock().advance(3'000);
  ASSERT_TRUE(keeper.settle());
  EXPECT_TRUE(rescorings());
}

// One account read by itself is what it is among all of them.
TEST_F(KeptScores, EveryMeasureOfOneAccountIsThatOfAllAccounts) {
  std::string criteria;
  int number = 0;
  for (const char* measure : {"net_sales", "signed", "invoiced", "cash_received", "gross_profit",
                              "quantity", "orders", "margin", "share", "growth", "purchase_months",
                              "recency_days", "decayed_value", "timeliness", "complaints"}) {
    criteria += criteria.empty() ? "[" : ",";
    criteria += R"({"key":"k)" + std::to_string(++number) + R"(","measure":")" + measure +
                R"(","weight":"1","bands":[{"points":"1"}]})";
  }
  publish(criteria + "]");
  const std::vector<RecordId> accounts{account("A1"), account("B1"), account("C1")};
  for (std::size_t i = 0; i < 2; ++i) {
    const RecordId order = workspace.create(
        "order", R"({"number":"S)" + std::to_string(i) + R"(","status":"posted"})");
    sale(accounts[i], std::to_string(100 + i), R"(,"order":")" + format_id(order) + "\"");
    sale(accounts[i], "7");
    workspace.create("complaint", R"({"account":")" + format_id(accounts[i]) +
                                      R"(","raised_at":"2026-06-01T08:00:00Z"})");
  }
  ASSERT_TRUE(workspace.database().read([&](storage::Connection& connection) -> Status {
    LP_TRY(const auto models, published_models(workspace.records(), connection, workspace.admin()));
    std::vector<ScoredAccount> all;
    LP_CHECK(visit_score_inputs({workspace.records(), connection, workspace.admin(), std::nullopt},
                                models.front().model, {}, workspace.records().today(),
                                [&](const ScoredAccount& one) { all.push_back(one); }));
    SalesTotals totals;
    for (const ScoredAccount& one : all) {
      LP_TRY(const auto alone,
             outcome_of_account(workspace.records(), connection, workspace.admin(), models,
                                {one.account, totals}));
      EXPECT_TRUE(alone);
      if (alone) {
        EXPECT_EQ(alone->accounts.front().inputs.of_criteria, one.inputs.of_criteria);
        EXPECT_EQ(alone->accounts.front().inputs.short_history, one.inputs.short_history);
      }
    }
    EXPECT_EQ(all.size(), 3U);
    return {};
  }));
}

// Of what fell due: 100 paid on the day, 200 of which half came in time, 400 paid too late.
TEST_F(KeptScores, TimelinessIsWeightedByAmounts) {
  publish(R"([{"key":"t","measure":"timeliness","weight":"1","bands":[{"points":"1"}]}])");
  const RecordId payer = account("A1");
  const auto paid = [&](const std::string& number, const std::string& amount,
                        const std::string& allocated, const std::string& day) {
    const std::string of = R"("account":")" + format_id(payer) + "\"";
    const RecordId invoice = workspace.create(
        "invoice", "{" + of + R"(,"number":")" + number + R"(","issued_on":"2026-01-01",)" +
                       R"("due_on":"2026-02-01","amount":")" + amount + "\"}");
    const RecordId payment = workspace.create(
        "payment", "{" + of + R"(,"paid_on":")" + day + R"(","amount":")" + allocated + "\"}");
    workspace.create("payment_allocation", R"({"payment":")" + format_id(payment) +
                                               R"(","invoice":")" + format_id(invoice) +
                                               R"(","amount":")" + allocated + "\"}");
  };
  paid("I1", "100", "100", "2026-02-01");
  paid("I2", "200", "100", "2026-01-15");
  paid("I3", "400", "400", "2026-02-02");
  SalesTotals totals;
  ASSERT_TRUE(workspace.database().read([&](storage::Connection& connection) -> Status {
    LP_TRY(const auto models, published_models(workspace.records(), connection, workspace.admin()));
    LP_TRY(const auto scored, outcome_of_account(workspace.records(), connection, workspace.admin(),
                                                 models, {payer, totals}));
    if (!scored) return Error::of(ErrorCode::not_found);
    // 200 / 700
    EXPECT_EQ(scored->accounts.front().inputs.of_criteria[0].number, 285'714);
    return {};
  }));
}

}  // namespace
}  // namespace linchpin::identify
