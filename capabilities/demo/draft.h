#pragma once

// What the parts of the generator pass on to each other while the company is being made.

#include <cmath>
#include <string>
#include <vector>

#include "demo/demo_company.h"
#include "demo/random.h"

namespace linchpin::demo {

enum class Course { steady, growing, declining, churned, fresh, project };
enum class Punctuality { prompt, usual, slow, bad };

// How an account buys and pays.
struct Profile {
  int rank = none;  // by size, 0 = the giant; none = a potential customer
  Course course = Course::steady;
  Punctuality punctuality = Punctuality::usual;
  double begins = 0, ends = 1;  // part of the business years in which it buys
  double sales = 0;             // intended net sales over all years, in yuan
  int orders = 0;               // intended number of orders
  Units discount = 0;           // six digits
  int entity = 0;
  std::vector<int> basket;  // products, the most bought first

  bool buys() const { return rank != none; }
};

struct Draft {
  std::uint64_t seed = 0;
  Company company;
  std::vector<Profile> profiles;  // one per account

  Random random(std::string_view stream) const { return {seed, stream}; }
};

// In the order in which they are called.
void add_people(Draft& draft);
void add_products(Draft& draft);
void add_accounts(Draft& draft);
void add_profiles(Draft& draft);
void add_account_details(Draft& draft);
void add_contacts(Draft& draft);
void add_orders(Draft& draft);
void add_contracts(Draft& draft);
void add_invoices(Draft& draft);
void add_payments(Draft& draft);
void add_markets(Draft& draft);
void add_pool(Draft& draft);
void add_visits(Draft& draft);
void add_complaints(Draft& draft);
void add_opportunities(Draft& draft);
void add_relations(Draft& draft);
void add_care(Draft& draft);

// Places of the contacts who are in office, per account.
std::vector<std::vector<int>> people_in_office(const Company& company);
// Net sales of posted orders per account in [from, to).
std::vector<Units> net_sales(const Company& company, Day from, Day to);

inline Units yuan(std::int64_t amount) {
  return amount * power_of_ten(money_digits);
}
// The nearest multiple of `step` yuan, as units.
inline Units round_yuan(double figure, std::int64_t step) {
  return yuan(std::llround(figure / static_cast<double>(step)) * step);
}
// "2403" of a day in March 2024.
std::string year_month(Day day);
// The number with leading zeros.
std::string padded(std::int64_t number, int digits);

// Spare parts and services are bought by everybody; the last categories of the list.
enum class ProductGroup { valves, pumps, actuators, flow, sensors, control, drives, spares };
constexpr int product_groups = 8;

}  // namespace linchpin::demo
