#pragma once

// How the demo company looks after the people of its key accounts: gifts, trainings, what is to be
// said to whom, buying meetings, and who is related to whom. The conventions are those of
// demo_customers.h.

#include "demo/demo_customers.h"

namespace linchpin::demo {

struct Gift {
  int account = none, contact = none, owner = none;
  std::string_view occasion, kind, state;
  Units value = 0;
  Day given_on = no_day;
};

struct Relation {
  int account = none, other = none;
  std::string_view kind, note;
  Units share = 0;  // two digits after the point: 0.51
  Day since = no_day;
};

struct TrainingNeed {
  int account = none, product = none, category = none;
  std::string topic;
  std::string_view for_whom;
  int people = 0;
  Day wanted_by = no_day;
};

struct Message {
  int contact = none, owner = none;
  std::string_view text;
  Day due_on = no_day, delivered_on = no_day;
};

struct BuyingMeeting {
  int account = none, opportunity = none;
  std::string subject;
  std::string_view state, outcome;
  Day held_on = no_day, confirmed_on = no_day;
};

struct BuyingOption {
  int meeting = none;
  std::string_view name;
  bool ours = false, chosen = false;
};

struct BuyingPreference {
  int meeting = none, contact = none, option = none;
  std::string_view why, organisational, personal;
};

}  // namespace linchpin::demo
