#pragma once

// Open records that have nobody of their own in charge and follow their account: invoices that are
// not paid, requests, proposals and tiers that nobody has decided. They are not written, and yet
// the ledger counts them and the successor is told.

#include <map>
#include <string>
#include <vector>

#include "handover/moves.h"

namespace linchpin::handover {

struct Follower {
  const records::Object* object = nullptr;
  json::object open;                     // which of its records are
  const records::Field* sum = nullptr;  // may be null
  const records::Field* due = nullptr;  // may be null
  std::string title;                    // the path to a text
};

// Those there are in the schema.
std::vector<Follower> followers_of(const records::Schema& schema);

// What lies on the accounts of the people concerned, by whose accounts they are.
struct FollowerCount {
  std::map<RecordId, std::int64_t> of;
  std::int64_t records = 0;
  std::int64_t sum = 0;
};

// One of them on an account of whoever hands over.
struct Following {
  const Follower* follower = nullptr;
  RecordId record;
  RecordId account;
  RecordId to;
  std::string title;
  std::string due;  // in API form; empty = none
};

struct FollowerState {
  std::vector<FollowerCount> counts;  // one for each follower
  std::vector<Following> following;   // at most max_moves
};
// `moves` says to whom an account goes.
Result<FollowerState> count_followers(records::Records& records, storage::Connection& connection,
                                      const Plan& plan, const Moves& moves,
                                      const std::vector<Follower>& followers);

// Adds a line for each follower that has anything to tell, in the form of the other lines of the
// ledger; `balanced` is taken back where something is missing.
void add_followers(json::object& ledger, const std::vector<Follower>& followers, const Plan& plan,
                   const FollowerState& before, const FollowerState& after);

}  // namespace linchpin::handover
