#pragma once

// The demo company's people, products and customers as plain values.
//
// Records refer to each other by their place in the lists of Company; `none` = no record. Keys of
// options are literals. Amounts are units: two digits after the point unless a comment says four.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"

namespace linchpin::demo {

constexpr int none = -1;
constexpr int money_digits = 2;
constexpr int line_digits = 4;  // of quantities, prices and amounts of order lines
constexpr int discount_digits = 6;
constexpr Day no_day = 0;

struct Department {
  std::string code, name;
  int parent = none, head = none;
};

struct User {
  std::string login, name, email, phone, title;
  int department = none, manager = none;
  std::vector<std::string_view> roles;
  std::vector<int> assists;
};

struct Category {
  std::string code, name;
};

struct Product {
  std::string code, name, specification, unit;
  int category = none;
  Units list_price = 0, cost = 0;  // four digits
  Units tax_rate = 0;              // per cent
  Day launched_on = no_day;
};

struct SellingEntity {
  std::string code, name, short_name, credit_code;
};

struct Account {
  std::string code, name, short_name, industry, region, province, city, address, phone, website;
  std::string credit_code, legal_representative, bank, bank_account, credit_grade, remarks;
  std::string management_structure;
  std::string_view kind, sector, ownership_type, terms_start, tier, lifecycle, pool_state;
  int parent = none, owner = none, department = none;
  int employees = 0, terms_days = 0;
  int pay_day = 0, industry_rank = 0;  // 0 = not known
  Units registered_capital = 0, credit_limit = 0, annual_revenue = 0, purchase_potential = 0;
  Day founded_on = no_day, card_checked_on = no_day;
};

struct AccountCode {
  int account = none, entity = none;
  std::string code;
};

struct AccountMember {
  int account = none, user = none;
  std::string_view role;
};

// A value of a personal field of a contact.
struct PersonalItem {
  std::string_view field;
  std::string text;
};

struct Contact {
  int account = none, reports_to = none;
  std::string name, salutation, title, department_name, phone, email, wechat;
  std::string_view layer, function, status;
  Day birthday = no_day;
  std::vector<PersonalItem> personal;
};

}  // namespace linchpin::demo
