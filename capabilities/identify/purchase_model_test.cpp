#include "identify/purchase_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "identify/lifetime.h"
#include "identify/minimise.h"

namespace linchpin::identify {
namespace {

constexpr PurchaseParameters published{0.25, 4.5, 0.8, 2.5};

// Customers as BG/NBD says that they behave; without dropping out where a is 0.
std::vector<Buyer> simulated(const PurchaseParameters& of, std::size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::gamma_distribution<double> rates(of.r, 1 / of.alpha);
  std::uniform_real_distribution<double> observed(27, 39);
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<Buyer> buyers;
  for (std::size_t i = 0; i < count; ++i) {
    Buyer buyer;
    buyer.account = RecordId{static_cast<std::int64_t>(i) + 1};
    buyer.observed = observed(random);
    const double rate = rates(random);
    double leaving = 0;
    if (of.a > 0) {
      std::gamma_distribution<double> first(of.a, 1);
      std::gamma_distribution<double> second(of.b, 1);
      const double leaves = first(random);
      leaving = leaves / (leaves + second(random));
    }
    double now = 0;
    while (rate > 1e-12) {
      now += -std::log(1 - unit(random)) / rate;
      if (now > buyer.observed) break;
      ++buyer.repeats;
      buyer.last = now;
      if (unit(random) < leaving) break;
    }
    buyers.push_back(buyer);
  }
  return buyers;
}

Buyer buyer(std::int64_t repeats, double last, double observed) {
  Buyer one;
  one.account = RecordId{1};
  one.repeats = repeats;
  one.last = last;
  one.observed = observed;
  return one;
}

TEST(Minimise, FindsTheBottomOfACurvedValley) {
  const Objective valley = [](const std::vector<double>& at) {
    return std::pow(1 - at[0], 2) + 100 * std::pow(at[1] - at[0] * at[0], 2);
  };
  const Minimum found = minimise(valley, {-1.2, 1});
  EXPECT_TRUE(found.converged);
  EXPECT_NEAR(found.point[0], 1, 1e-4);
  EXPECT_NEAR(found.point[1], 1, 1e-4);
}

TEST(Minimise, ErrorsComeFromTheCurvature) {
  const Objective bowl = [](const std::vector<double>& at) {
    return at[0] * at[0] / (2 * 0.25) + at[1] * at[1] / (2 * 4.0);
  };
  const std::vector<double> errors = standard_errors(bowl, {0, 0});
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_NEAR(errors[0], 0.5, 1e-6);
  EXPECT_NEAR(errors[1], 2, 1e-6);
  const Objective flat = [](const std::vector<double>& at) { return at[0] * at[0]; };
  EXPECT_TRUE(standard_errors(flat, {0, 0}).empty());
}

TEST(PurchaseModel, RecoversTheParametersOfItsOwnData) {
  const PurchaseFit fit = fit_purchases(simulated(published, 20'000, 20'051));
  ASSERT_EQ(fit.status, LifetimeStatus::ok);
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.parameters.r, published.r, fit.standard_errors.r);
  EXPECT_NEAR(fit.parameters.alpha, published.alpha, fit.standard_errors.alpha);
  EXPECT_NEAR(fit.parameters.a, published.a, fit.standard_errors.a);
  EXPECT_NEAR(fit.parameters.b, published.b, fit.standard_errors.b);
  EXPECT_LT(fit.standard_errors.b, 0.5);
}

TEST(PurchaseModel, WithoutDroppingOutOnlyPurchasesAreEstimated) {
  const PurchaseFit fit = fit_purchases(simulated({0.8, 6, 0, 0}, 3'000, 7));
  ASSERT_EQ(fit.status, LifetimeStatus::no_dropout);
  EXPECT_EQ(fit.model, PurchaseModel::nbd);
  EXPECT_NEAR(fit.parameters.r, 0.8, 3 * fit.standard_errors.r);
  EXPECT_NEAR(fit.parameters.alpha, 6, 3 * fit.standard_errors.alpha);
  const Buyer one = buyer(4, 20, 30);
  EXPECT_FALSE(p_alive(fit, one));
  EXPECT_NEAR(expected_purchases(fit, one, 10),
              (fit.parameters.r + 4) / (fit.parameters.alpha + 30) * 10, 1e-12);
}

TEST(PurchaseModel, FewCustomersGiveNoFigures) {
  const PurchaseFit few = fit_purchases(simulated(published, min_buyers - 1, 1));
  EXPECT_EQ(few.status, LifetimeStatus::too_little_data);
  const PurchaseFit nobody_returned = fit_purchases(std::vector<Buyer>(100, buyer(0, 0, 30)));
  EXPECT_EQ(nobody_returned.status, LifetimeStatus::too_little_data);
  EXPECT_EQ(fit_purchases({}).customers, 0U);
}

// The figures of the published parameters on CDNOW (r 0.243, alpha 4.414, a 0.793, b 2.426).
TEST(PurchaseModel, ForecastsOfThePublishedParameters) {
  PurchaseFit fit;
  fit.status = LifetimeStatus::ok;
  fit.model = PurchaseModel::bgnbd;
  fit.parameters = {0.243, 4.414, 0.793, 2.426};
  EXPECT_NEAR(expected_purchases(fit, buyer(2, 30.43, 38.86), 39), 1.226, 5e-4);
  EXPECT_DOUBLE_EQ(*p_alive(fit, buyer(0, 0, 38.86)), 1);
  EXPECT_EQ(expected_purchases(fit, buyer(2, 30.43, 38.86), 0), 0);
  // Who was active up to the end is more alive than who has been silent for long.
  EXPECT_GT(*p_alive(fit, buyer(8, 38, 38.86)), 0.9);
  EXPECT_LT(*p_alive(fit, buyer(8, 5, 38.86)), 0.1);
}

TEST(PurchaseModel, TheForecastPassesOverAtOne) {
  PurchaseFit fit;
  fit.status = LifetimeStatus::ok;
  fit.model = PurchaseModel::bgnbd;
  const Buyer one = buyer(3, 20, 30);
  fit.parameters = {0.5, 5, 1, 3};
  const double at_one = expected_purchases(fit, one, 26);
  fit.parameters.a = 0.999;
  const double below = expected_purchases(fit, one, 26);
  fit.parameters.a = 1.001;
  const double above = expected_purchases(fit, one, 26);
  EXPECT_NEAR(at_one, (below + above) / 2, 1e-5);
}

PurchaseDay day(std::int64_t account, Day on, Units spend) {
  return {RecordId{account}, on, spend};
}

TEST(Purchases, OneForEachDay) {
  const std::vector<Buyer> buyers = buyers_of(
      {day(1, 0, 100), day(1, 7, 200), day(1, 28, 400), day(2, 35, 50), day(3, 70, 1)}, {0, 43});
  ASSERT_EQ(buyers.size(), 2U);  // the third bought behind the window
  EXPECT_EQ(buyers[0].repeats, 2);
  EXPECT_DOUBLE_EQ(buyers[0].last, 4);
  EXPECT_DOUBLE_EQ(buyers[0].observed, 6);
  EXPECT_DOUBLE_EQ(buyers[0].mean_spend(), 300);
  EXPECT_EQ(buyers[0].spend, 700);
  EXPECT_EQ(buyers[1].repeats, 0);
  EXPECT_DOUBLE_EQ(buyers[1].observed, 1);
  EXPECT_EQ(buyers[1].mean_spend(), 0);
}

// 400 customers over a year, each at a rate of its own; half of them stop at some day.
std::vector<PurchaseDay> a_year_of_purchases() {
  std::vector<PurchaseDay> days;
  std::mt19937_64 random(3);
  std::gamma_distribution<double> rates(0.8, 0.05);
  std::uniform_int_distribution<Day> some_day(0, 363);
  std::gamma_distribution<double> levels(6, 1'500);
  for (std::int64_t account = 1; account <= 400; ++account) {
    std::gamma_distribution<double> spend(6, levels(random) / 6);
    std::exponential_distribution<double> gap(std::max(rates(random), 1e-3));
    const Day end = account % 2 == 0 ? 364 : some_day(random);
    for (double at = some_day(random) / 4; at < end; at += 1 + gap(random)) {
      days.push_back(day(account, static_cast<Day>(at), 1 + static_cast<Units>(spend(random))));
    }
  }
  return days;
}

TEST(Lifetime, ValueIsDiscountedExpectedSpend) {
  const Lifetime lifetime = lifetime_of(buyers_of(a_year_of_purchases(), {0, 364}), 12, 2);
  ASSERT_NE(lifetime.purchases.status, LifetimeStatus::too_little_data);
  ASSERT_TRUE(lifetime.spend);
  ASSERT_GT(lifetime.rows.size(), 300U);
  for (std::size_t i = 0; i < lifetime.rows.size(); ++i) {
    const LifetimeRow& row = lifetime.rows[i];
    const double plain = *row.expected * expected_spend(*lifetime.spend, row.buyer, 2);
    EXPECT_LE(*row.value, plain);
    EXPECT_GE(*row.value, plain / (1 + yearly_discount));
    if (i > 0) {
      EXPECT_LE(*row.value, *lifetime.rows[i - 1].value);
    }
  }
}

TEST(Lifetime, ASpendLiesBetweenOnesOwnAndThatOfAll) {
  const Lifetime lifetime = lifetime_of(buyers_of(a_year_of_purchases(), {0, 364}), 12, 2);
  ASSERT_TRUE(lifetime.spend);
  const SpendFit& fit = *lifetime.spend;
  const double of_all = fit.p * fit.gamma / (fit.q - 1);
  EXPECT_GT(of_all, 70);
  EXPECT_LT(of_all, 110);
  for (const LifetimeRow& row : lifetime.rows) {
    const double spent = expected_spend(fit, row.buyer, 2);
    const double own = row.buyer.repeats > 0 ? row.buyer.mean_spend() / 100 : of_all;
    EXPECT_GE(spent, std::min(own, of_all) - 1e-6);
    EXPECT_LE(spent, std::max(own, of_all) + 1e-6);
  }
}

TEST(Lifetime, TheHoldOutComparesWithPastSales) {
  const HoldOut held = hold_out(a_year_of_purchases(), {0, 364}, 182, 2);
  EXPECT_GT(held.customers, 250U);
  ASSERT_NE(held.fit.status, LifetimeStatus::too_little_data);
  EXPECT_GT(held.actual, 0);
  EXPECT_GT(held.past_error, 0);
  EXPECT_GT(held.model_error, 0);
  EXPECT_GE(held.model_top20, 0);
  EXPECT_LE(held.model_top20, 1);
}

TEST(Lifetime, SilenceBeyondOnesWaysIsARisk) {
  LifetimeRow row;
  row.buyer.repeats = 4;
  row.buyer.last = 20;
  row.buyer.observed = 35;
  EXPECT_DOUBLE_EQ(row.usual_weeks().value(), 5);
  EXPECT_DOUBLE_EQ(row.silent_weeks(), 15);
  EXPECT_FALSE(row.at_risk());  // three times as long is not yet more
  row.buyer.observed = 35.2;
  EXPECT_TRUE(row.at_risk());
  row.buyer.repeats = 1;  // one interval is no habit
  EXPECT_FALSE(row.at_risk());
  row.buyer.repeats = 0;
  EXPECT_FALSE(row.usual_weeks());
  EXPECT_FALSE(row.at_risk());
}

TEST(Lifetime, WhereTheModelKnowsItDecidesWhoIsAtRisk) {
  LifetimeRow row;
  row.buyer.repeats = 4;
  row.buyer.last = 20;
  row.buyer.observed = 90;
  row.p_alive = 0.5;
  EXPECT_FALSE(row.at_risk());
  row.p_alive = 0.49;
  EXPECT_TRUE(row.at_risk());
}

TEST(Lifetime, TooLittleDataHasRowsWithoutFigures) {
  const Lifetime lifetime = lifetime_of({buyer(3, 10, 20)}, 12, 2);
  EXPECT_EQ(lifetime.purchases.status, LifetimeStatus::too_little_data);
  ASSERT_EQ(lifetime.rows.size(), 1U);
  EXPECT_FALSE(lifetime.rows[0].expected);
  EXPECT_FALSE(lifetime.rows[0].value);
  EXPECT_FALSE(lifetime.rows[0].p_alive);
}

}  // namespace
}  // namespace linchpin::identify
