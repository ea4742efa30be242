// Orders and their lines: 36 months with seasons, returns, gifts, cancelled orders and drafts.

#include <algorithm>
#include <array>
#include <cassert>

#include "demo/course.h"
#include "demo/draft.h"
#include "demo/line_amounts.h"

namespace linchpin::demo {

namespace {

constexpr int open_for_drafts_days = 4;
constexpr double return_share = 0.022;
constexpr double cancelled_share = 0.01;
constexpr double gift_share = 0.004;
constexpr double yearly_rise = 0.025;
constexpr double small_order = 3'000;  // yuan
constexpr double parting_return_share = 0.2;

// An order before it has a number.
struct Basket {
  Order order;
  std::vector<Line> lines;
};

Units price_on(const Product& product, Day day, Day as_of) {
  // Price lists change on the first of January.
  const int years = civil_of(as_of).year - civil_of(day).year;
  const double each = static_cast<double>(product.list_price) * std::pow(1 - yearly_rise, years);
  const Units step = product.list_price >= 1'000 * power_of_ten(line_digits)
                         ? 10 * power_of_ten(line_digits)
                         : power_of_ten(line_digits) / 10;
  return std::llround(each / static_cast<double>(step)) * step;
}

class OrderMaker {
 public:
  OrderMaker(Draft& draft, Random& random)
      : draft_(draft), company_(draft.company), random_(random) {}

  Basket make(int account, Day day, double value);
  Basket take_back(const Basket& bought, Day day);

 private:
  Line make_line(const Profile& profile, Day day, double value);
  int product_for(const Profile& profile, Day day, double value);
  const Product& product(int index) const {
    return company_.products[static_cast<std::size_t>(index)];
  }

  Draft& draft_;
  Company& company_;
  Random& random_;
};

int OrderMaker::product_for(const Profile& profile, Day day, double value) {
  std::vector<double> weights;
  for (std::size_t i = 0; i < profile.basket.size(); ++i) {
    const Product& candidate = product(profile.basket[i]);
    const double each = static_cast<double>(candidate.list_price) / power_of_ten(line_digits);
    const bool fits = candidate.launched_on <= day && each < value * 1.4;
    // Nobody buys a thousand gaskets to fill a large order.
    const double handy = value / each > 400 ? 0.05 : 1.0;
    weights.push_back(fits ? handy / static_cast<double>(i + 1) : 0.0);
  }
  if (std::any_of(weights.begin(), weights.end(), [](double weight) { return weight > 0; })) {
    return profile.basket[static_cast<std::size_t>(random_.pick_weighted(weights))];
  }
  constexpr int gasket = 34;
  constexpr int temperature_transmitter = 21;
  return value < 800 ? gasket : temperature_transmitter;
}

Line OrderMaker::make_line(const Profile& profile, Day day, double value) {
  Line line;
  line.product = product_for(profile, day, value);
  const Product& bought = product(line.product);
  line.day = day;
  line.unit_price = price_on(bought, day, company_.as_of);
  const double each = static_cast<double>(line.unit_price) / power_of_ten(line_digits);
  const double discount = static_cast<double>(profile.discount) / power_of_ten(discount_digits);
  auto pieces = std::max<std::int64_t>(1, std::llround(value / each / (1 - discount)));
  if (pieces > 60) pieces = pieces / 10 * 10;
  line.quantity = pieces * power_of_ten(line_digits);
  line.discount = profile.discount;
  if (random_.chance(0.08)) line.discount += Units{10'000} * random_.between(1, 5);
  line.tax_rate = bought.tax_rate;
  const double years = static_cast<double>(company_.as_of - day) / 365.0;
  const double unit_cost = static_cast<double>(bought.cost) / power_of_ten(line_digits) *
                           std::pow(1 - yearly_rise, years) * random_.uniform(0.98, 1.03);
  line.cost = std::llround(unit_cost * static_cast<double>(pieces) * 100) * 100;
  complete(line);
  return line;
}

Basket OrderMaker::make(int account, Day day, double value) {
  const Profile& profile = draft_.profiles[static_cast<std::size_t>(account)];
  constexpr std::array<double, 7> line_weights{0.26, 0.27, 0.2, 0.12, 0.08, 0.05, 0.02};
  int lines = 1 + random_.pick_weighted(line_weights);
  if (value < small_order) lines = std::min(lines, 2);
  Basket basket;
  basket.order.account = account;
  basket.order.entity = profile.entity;
  basket.order.owner = company_.accounts[static_cast<std::size_t>(account)].owner;
  basket.order.day = day;
  basket.order.minute = random_.between(8 * 60 + 20, 18 * 60 + 30);
  basket.order.status = "posted";
  std::vector<double> parts;
  double sum = 0;
  for (int i = 0; i < lines; ++i) sum += parts.emplace_back(random_.uniform(0.3, 1.7));
  for (const double part : parts) {
    basket.lines.push_back(make_line(profile, day, value * part / sum));
  }
  if (random_.chance(gift_share)) {
    Line gift = make_line(profile, day, 1.0);
    gift.unit_price = 0;
    complete(gift);
    basket.lines.push_back(gift);
  }
  return basket;
}

// A credit note: a posted order with negative lines.
Basket OrderMaker::take_back(const Basket& bought, Day day) {
  Basket back;
  back.order = bought.order;
  back.order.day = day;
  back.order.minute = random_.between(9 * 60, 17 * 60);
  Line line = random_.pick(bought.lines);
  const std::int64_t pieces = line.quantity / power_of_ten(line_digits);
  const auto returned = std::max<std::int64_t>(
      1, std::llround(static_cast<double>(pieces) * random_.uniform(0.05, 0.6)));
  line.cost = -(line.cost / std::max<std::int64_t>(1, pieces) * returned);
  line.quantity = -returned * power_of_ten(line_digits);
  line.day = day;
  complete(line);
  back.lines.push_back(line);
  return back;
}

std::vector<double> order_values(const Profile& profile, const std::vector<Day>& days,
                                 const OrderingDays& calendar, Random& random) {
  std::vector<double> values;
  double sum = 0;
  for (const Day day : days) {
    const double growth = std::sqrt(activity(profile, calendar.time_of(day)));
    sum += values.emplace_back(growth * std::exp(0.65 * random.normal()));
  }
  for (double& value : values) value *= profile.sales / sum;
  return values;
}

void choose_status(Order& order, Day as_of, Random& random) {
  if (random.chance(cancelled_share)) order.status = "cancelled";
  if (order.day > as_of - open_for_drafts_days && random.chance(0.3)) order.status = "draft";
}

void store(Company& company, std::vector<Basket>& baskets) {
  std::stable_sort(baskets.begin(), baskets.end(), [](const Basket& a, const Basket& b) {
    return std::pair(a.order.day, a.order.minute) < std::pair(b.order.day, b.order.minute);
  });
  std::string month;
  int number = 0;
  for (Basket& basket : baskets) {
    Order& order = basket.order;
    if (const std::string now = year_month(order.day); now != month) {
      month = now;
      number = 0;
    }
    const bool returned = basket.lines.front().quantity < 0;
    order.number = (returned ? "TH" : "XS") + month + padded(++number, 4);
    order.first_line = static_cast<int>(company.lines.size());
    order.lines = static_cast<int>(basket.lines.size());
    add_up(order, basket.lines);
    for (Line& line : basket.lines) {
      line.order = static_cast<int>(company.orders.size());
      line.account = order.account;
      line.entity = order.entity;
      company.lines.push_back(line);
    }
    company.orders.push_back(std::move(order));
  }
}

}  // namespace

void add_orders(Draft& draft) {
  Random random = draft.random("orders");
  Company& company = draft.company;
  const OrderingDays calendar(company.first_day, company.as_of);
  OrderMaker maker(draft, random);
  std::vector<Basket> baskets;
  for (std::size_t a = 0; a < draft.profiles.size(); ++a) {
    const Profile& profile = draft.profiles[a];
    if (!profile.buys()) continue;
    const std::vector<Day> days = calendar.draw(profile, profile.orders, random);
    const std::vector<double> values = order_values(profile, days, calendar, random);
    for (std::size_t i = 0; i < days.size(); ++i) {
      Basket basket = maker.make(static_cast<int>(a), days[i], values[i]);
      choose_status(basket.order, company.as_of, random);
      const Day back = days[i] + random.between(12, 60);
      if (basket.order.posted() && back <= company.as_of && random.chance(return_share)) {
        baskets.push_back(maker.take_back(basket, back));
      }
      baskets.push_back(std::move(basket));
    }
    // Some that left send goods back long after, and are customers with negative sales.
    const Day back = company.as_of - random.between(20, 300);
    const bool parting = profile.course == Course::churned && days.back() + 30 < back &&
                         baskets.back().order.posted();
    if (parting && random.chance(parting_return_share)) {
      const Basket last = baskets.back();
      baskets.push_back(maker.take_back(last, back));
    }
  }
  store(company, baskets);
}

}  // namespace linchpin::demo
