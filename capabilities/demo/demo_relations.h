#pragma once

// What the demo company knows of its key accounts beside business: figures, judgement, people's
// standing, trips, promises, remarks and tasks. The conventions are those of demo_customers.h.

#include "demo/demo_customers.h"

namespace linchpin::demo {

struct Financial {
  int account = none, year = 0;
  Units revenue = 0, profit = 0, cash_flow = 0, cost_of_sales = 0, selling_expense = 0,
        admin_expense = 0, interest = 0;
};

struct Analysis {
  int account = none, year = 0;
  std::string_view strengths, weaknesses, opportunities, threats, competition, strategy, power;
};

struct Influence {
  int from = none, to = none;  // contacts
  std::string_view strength;
};

struct Standing {
  int contact = none, coverage = none;
  std::string_view buying_role, attitude, reaction_mode, evidence;
  int influence = 0, support = 0;
  Day as_of = no_day;
};

// Of somebody of a customer's, or of one of ours.
struct Trip {
  int contact = none, user = none;
  std::string from_city;
  std::string_view to_city, transport, number, hotel, purpose;
  Day starts_on = no_day;
  int days = 1;
};

struct Promise {
  int account = none, owner = none;
  std::string_view content, state;
  Day promised_on = no_day, due_on = no_day;
};

struct Remark {
  int account = none, author = none;
  std::string_view body;
  Day day = no_day;
  int minute = 0;
};

struct Task {
  int account = none, owner = none;
  std::string_view title, kind, state, result;
  Day due_on = no_day, done_on = no_day;
};

}  // namespace linchpin::demo
