#pragma once

// What goes from whom to whom: everything that a person owns, takes part in or has planned, as far
// as it is open. What nobody would own otherwise goes with its closed records too.

#include <map>
#include <string>
#include <vector>

#include "handover/plan.h"
#include "records/row.h"

namespace linchpin::handover {

constexpr std::size_t max_moves = 10'000;  // of one handover: it is one transaction

// A field that names who is in charge of a record.
struct Charge {
  const records::Object* object = nullptr;
  const records::Field* field = nullptr;
  const records::Field* state = nullptr;  // null: what has no state is open
  std::vector<std::string> closed;        // its values that are not open; none: any that it has
  std::string account;                    // the path to the record's account; may be empty
  const records::Field* due = nullptr;    // when something is to be done; may be null
  bool whole = false;                     // closed ones go too
  bool decides = false;  // he is waited for, and nobody decides what he asked for himself
};

struct Move {
  const Charge* charge = nullptr;
  RecordId record;
  RecordId account;
  RecordId to;
  std::string title;
  std::string due;  // in API form; empty = none
  bool open = true;
  bool removed = false;  // the successor is in charge already: this one goes to the trash
  std::string before;    // in API form
  std::string after;
};

std::vector<Charge> charges_of(const records::Schema& schema);

class Moves {
 public:
  Moves(records::Records& records, storage::Connection& connection, const Plan& plan)
      : records_(records), connection_(connection), plan_(plan) {}

  // Error: validation_failed / `handover_too_large` {max}.
  Status find(const std::vector<Charge>& charges);
  const std::vector<Move>& all() const { return moves_; }
  std::int64_t kept(const Charge& charge) const;
  // Who gets what belongs to the account.
  RecordId successor(RecordId account) const;

 private:
  Status assign_accounts();
  Status find_of(const Charge& charge);
  Status add(const Charge& charge, RecordId id, std::span<const storage::Value> values);
  Status merge_members();

  records::Records& records_;
  storage::Connection& connection_;
  const Plan& plan_;
  std::map<RecordId, RecordId> successors_;  // of accounts that a split takes in
  std::vector<Move> moves_;
  std::map<const Charge*, std::int64_t> kept_;
};

}  // namespace linchpin::handover
