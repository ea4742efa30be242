#pragma once

// The demo company's business as plain values: contracts, orders, money, visits. The conventions
// are those of demo_customers.h.

#include "demo/demo_customers.h"

namespace linchpin::demo {

// What all suppliers together sell in a region.
struct RegionMarket {
  std::string region;
  int year = 0;
  Units size = 0;
};

struct Contract {
  std::string number, name;
  int account = none, entity = none, owner = none;
  std::string_view kind, state;
  Day signed_on = no_day, starts_on = no_day, ends_on = no_day;
  Units amount = 0, net_amount = 0, tax_rate = 0;  // amount includes tax
};

struct PaymentNode {
  int contract = none, owner = none;
  std::string_view kind, state;
  std::string trigger;
  Units share = 0, amount = 0;
  Day due_on = no_day;
};

struct Order {
  std::string number;
  int account = none, entity = none, contract = none, owner = none;
  Day day = no_day;
  int minute = 0;  // of the day
  std::string_view status;
  Units net_amount = 0, amount = 0;  // amount includes tax
  int first_line = 0, lines = 0;
  bool posted() const { return status == "posted"; }
};

struct Line {
  int order = none, account = none, product = none, entity = none;
  Day day = no_day;
  Units quantity = 0, unit_price = 0, amount = 0, gross_amount = 0, cost = 0;  // four digits
  Units discount = 0;                                                          // six digits
  Units tax_rate = 0;
};

struct Delivery {
  std::string number, carrier, signed_by;
  int order = none;
  Day shipped_on = no_day, signed_on = no_day, accepted_on = no_day;
};

struct Invoice {
  std::string number;
  int account = none, entity = none, contract = none, order = none;
  Day issued_on = no_day, due_on = no_day;
  Units amount = 0, tax_amount = 0, open_amount = 0;  // amount includes tax
};

struct Payment {
  std::string number, drawer, remarks;
  int account = none, entity = none;  // an unclaimed receipt has no account
  Day paid_on = no_day, due_on = no_day;
  Units amount = 0;
  std::string_view means, state;
};

struct Allocation {
  int payment = none, invoice = none;
  Units amount = 0;
};

struct Visit {
  std::string subject, place, content, progress, outcome;
  int account = none;
  std::string_view kind, state;
  Day planned_on = no_day, done_on = no_day, next_on = no_day;
  int minute = 0;
  bool dossier_opened = false;
  std::vector<int> received_by, our_people;
  int need = none, participants = 0;
  Units cost = 0;
};

struct Complaint {
  std::string number, batch, content, course, result, cause;
  int account = none, contact = none, product = none, owner = none;
  std::string_view channel, severity, state;
  Day raised_on = no_day, closed_on = no_day;
  int minute = 0;
  bool confirmed = false;
};

struct StageProbability {
  std::string_view stage;
  Units probability = 0;  // per cent
};

struct Opportunity {
  std::string name, source, competitor, lost_reason;
  int account = none, owner = none;
  std::string_view stage, forecast_category;
  Units amount = 0, probability = 0;
  Day opened_on = no_day, closed_on = no_day, expected_on = no_day, tender_on = no_day;
};

struct PoolRound {
  std::string name, appraisal, decision;
  int department = none;
  Day opens_on = no_day, closes_on = no_day, closed_on = no_day, meeting_on = no_day;
  std::vector<int> participants;
};

struct PoolEntry {
  int account = none, decided_by = none, requested_by = none;
  std::string_view state, tier;
  Day since = no_day, until = no_day, due_on = no_day;
  std::string reason, round;
  Units sales_before = 0;  // net sales of the year before the decision
};

}  // namespace linchpin::demo
