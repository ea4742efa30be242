#pragma once

// The demo company: a Chinese supplier of automation and flow-control equipment with its people,
// customers and three years of business. Everything is invented and made from a seed; nothing comes
// from outside. This part computes only: no clock, no files, no database.

#include "demo/demo_business.h"
#include "demo/demo_care.h"
#include "demo/demo_customers.h"
#include "demo/demo_relations.h"

namespace linchpin::demo {

constexpr std::uint64_t demo_seed = 20'240'817;

struct Company {
  Day first_day = no_day, as_of = no_day;  // of business; both included
  std::vector<Department> departments;
  std::vector<User> users;
  std::vector<Category> categories;
  std::vector<Product> products;
  std::vector<SellingEntity> entities;
  std::vector<Account> accounts;
  std::vector<AccountCode> account_codes;
  std::vector<AccountMember> members;
  std::vector<Contact> contacts;
  std::vector<Contract> contracts;
  std::vector<PaymentNode> nodes;
  std::vector<Order> orders;
  std::vector<Line> lines;
  std::vector<Delivery> deliveries;
  std::vector<Invoice> invoices;
  std::vector<Payment> payments;
  std::vector<Allocation> allocations;
  std::vector<Visit> visits;
  std::vector<Complaint> complaints;
  std::vector<StageProbability> stages;  // of the default sales process
  std::vector<Opportunity> opportunities;
  std::vector<RegionMarket> markets;
  std::vector<PoolRound> rounds;
  std::vector<PoolEntry> pool;
  std::vector<Financial> financials;
  std::vector<Analysis> analyses;
  std::vector<Influence> influences;
  std::vector<Standing> standings;
  std::vector<Trip> trips;
  std::vector<Promise> promises;
  std::vector<Remark> remarks;
  std::vector<Task> tasks;
  std::vector<Gift> gifts;
  std::vector<Relation> relations;
  std::vector<TrainingNeed> needs;
  std::vector<Message> messages;
  std::vector<BuyingMeeting> meetings;
  std::vector<BuyingOption> options;
  std::vector<BuyingPreference> preferences;

  std::size_t records() const;  // how many there are to load
};

// The same seed and day give the same company, to the last character.
Company make_company(std::uint64_t seed, Day as_of);

}  // namespace linchpin::demo
