// How much, how often and how regularly every account buys.

#include <algorithm>
#include <array>
#include <numeric>

#include "demo/course.h"
#include "demo/draft.h"

namespace linchpin::demo {

namespace {

constexpr double total_sales = 690'000'000.0;  // yuan, over all years
constexpr double giant_share = 0.12;
constexpr int total_orders = 9'800;
constexpr int project_orders_at_most = 6;

// Sales by rank: a few large, many small.
double weight_of_rank(int rank, int customers) {
  constexpr double flatness = 28.0;
  constexpr double steepness = 1.42;
  const double small = static_cast<double>(rank) / customers;
  return std::pow(rank + flatness, -steepness) * std::exp(-1.1 * small * small * small);
}

double size_bias(const Account& account, bool head_of_group) {
  if (head_of_group) return -0.35;
  if (account.sector == "manufacturing") return 0.12;
  if (account.sector == "utilities" || account.sector == "transport") return 0.06;
  if (account.sector == "education" || account.sector == "finance") return -0.18;
  return 0;
}

void rank_accounts(Draft& draft, Random& random) {
  const auto& accounts = draft.company.accounts;
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (draft.profiles[i].rank <= 0) continue;
    const bool head = accounts[i].name.ends_with("控股集团有限公司");
    const bool twin = accounts[i].credit_code.empty();
    const double bias = twin ? -0.2 : size_bias(accounts[i], head);
    order.emplace_back(-random.unit() - bias, i);
  }
  std::sort(order.begin(), order.end());
  int rank = 1;
  for (const auto& [key, i] : order) draft.profiles[i].rank = rank++;
}

void choose_course(Profile& profile, Random& random) {
  constexpr std::array<Course, 6> courses{Course::steady,  Course::growing, Course::declining,
                                          Course::churned, Course::fresh,   Course::project};
  constexpr std::array<double, 6> weights{0.42, 0.17, 0.13, 0.09, 0.12, 0.07};
  profile.course = profile.rank == 0
                       ? Course::steady
                       : courses[static_cast<std::size_t>(random.pick_weighted(weights))];
  if (profile.course == Course::churned) profile.ends = random.uniform(0.3, 0.85);
  if (profile.course == Course::fresh) profile.begins = random.uniform(0.2, 0.93);
  constexpr std::array<Punctuality, 4> habits{Punctuality::prompt, Punctuality::usual,
                                              Punctuality::slow, Punctuality::bad};
  constexpr std::array<double, 4> habit_weights{0.42, 0.32, 0.18, 0.08};
  profile.punctuality = habits[static_cast<std::size_t>(random.pick_weighted(habit_weights))];
  if (profile.rank == 0) profile.punctuality = Punctuality::slow;
}

// Large customers have negotiated more.
Units discount_of(int rank, Random& random) {
  const int steps = rank < 5 ? 5 : rank < 35 ? 4 : rank < 110 ? 2 : 1;
  constexpr Units step = 25'000;  // 2.5 %
  return step * random.between(steps - 1, steps);
}

void set_sizes(Draft& draft, const std::vector<double>& activity) {
  const auto customers =
      static_cast<int>(std::count_if(draft.profiles.begin(), draft.profiles.end(),
                                     [](const Profile& profile) { return profile.buys(); }));
  double others = 0;
  double order_weights = 0;
  for (std::size_t i = 0; i < draft.profiles.size(); ++i) {
    Profile& profile = draft.profiles[i];
    if (!profile.buys() || profile.rank == 0) continue;
    profile.sales = weight_of_rank(profile.rank, customers) * activity[i];
    others += profile.sales;
  }
  const double yuan_per_weight = total_sales * (1 - giant_share) / others;
  for (Profile& profile : draft.profiles) {
    if (!profile.buys()) continue;
    profile.sales = profile.rank == 0 ? total_sales * giant_share : profile.sales * yuan_per_weight;
    order_weights += std::pow(profile.sales, 0.55);
  }
  for (Profile& profile : draft.profiles) {
    if (!profile.buys()) continue;
    const double share = std::pow(profile.sales, 0.55) / order_weights;
    profile.orders = std::max(1, static_cast<int>(std::lround(share * total_orders)));
    if (profile.course == Course::project) {
      profile.orders = std::min(profile.orders, project_orders_at_most);
    }
  }
}

using GroupWeights = std::array<double, product_groups>;

// What a sector buys, in the order of ProductGroup.
const GroupWeights& appetite(std::string_view sector) {
  static constexpr GroupWeights manufacturing{1.2, 0.9, 0.9, 1.0, 1.0, 0.9, 0.9, 1.0};
  static constexpr GroupWeights utilities{1.0, 1.4, 0.8, 1.3, 1.1, 0.6, 0.8, 0.9};
  static constexpr GroupWeights transport{0.8, 0.6, 1.1, 0.4, 0.8, 1.1, 1.3, 1.0};
  static constexpr GroupWeights buildings{0.9, 0.8, 0.6, 0.5, 0.9, 1.2, 1.2, 0.8};
  static constexpr GroupWeights public_works{1.0, 1.2, 0.5, 1.1, 1.1, 0.9, 0.5, 0.8};
  if (sector == "manufacturing") return manufacturing;
  if (sector == "utilities") return utilities;
  if (sector == "transport") return transport;
  if (sector == "telecom" || sector == "finance") return buildings;
  return public_works;
}

std::vector<int> basket_of(const Company& company, const Account& account, int rank,
                           Random& random) {
  const GroupWeights& groups = appetite(account.sector);
  std::vector<double> weights;
  for (const Product& product : company.products) {
    const double taste = groups[static_cast<std::size_t>(product.category)];
    weights.push_back(taste * random.uniform(0.3, 1.7));
  }
  const int wanted = rank < 40 ? random.between(12, 20) : random.between(5, 12);
  std::vector<int> basket;
  for (int i = 0; i < wanted; ++i) {
    const int product = random.pick_weighted(weights);
    basket.push_back(product);
    weights[static_cast<std::size_t>(product)] = 0;
  }
  return basket;
}

}  // namespace

void add_profiles(Draft& draft) {
  Random random = draft.random("profiles");
  Company& company = draft.company;
  rank_accounts(draft, random);
  const OrderingDays days(company.first_day, company.as_of);
  std::vector<double> activity(draft.profiles.size(), 0.0);
  for (std::size_t i = 0; i < draft.profiles.size(); ++i) {
    Profile& profile = draft.profiles[i];
    const Account& account = company.accounts[i];
    const bool south = account.region == "华南" || account.region == "西南";
    profile.entity = south ? 1 : 0;
    if (!profile.buys()) continue;
    choose_course(profile, random);
    profile.discount = discount_of(profile.rank, random);
    profile.basket = basket_of(company, account, profile.rank, random);
    activity[i] = days.mean_activity(profile);
  }
  set_sizes(draft, activity);
}

}  // namespace linchpin::demo
