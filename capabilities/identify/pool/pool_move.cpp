#include "identify/pool/pool_move.h"

#include <algorithm>

#include "identify/pool/pool_entries.h"
#include "identify/pool/pool_evidence.h"
#include "identify/pool/pool_transfer.h"
#include "identify/pool/standards.h"
#include "identify/request_parts.h"
#include "records/row_store.h"

namespace linchpin::identify {

namespace {

using records::RowValues;

// As an answer tells it: the state's own code, and the same as a problem with its place.
Error pool_refusal(ErrorCode code, std::string detail, ErrorParams params = {}) {
  Error error = Error::of(code, detail, params);
  error.problems.push_back({"", "", std::move(detail), std::move(params)});
  return error;
}

class PoolMove {
 public:
  PoolMove(const PoolPerson& person, const PoolAsk& ask)
      : person_(person),
        ask_(ask),
        product_(access::Authority::product()),
        source_{person.records, person.connection, product_} {}

  Status run() {
    LP_CHECK(read());
    LP_CHECK(check_person());
    LP_CHECK(check_state());
    LP_CHECK(check_round());
    LP_CHECK(check_members());
    LP_TRY(const PoolEvidence evidence, gather_evidence(source_, account_, policy_, person_.now));
    LP_CHECK(check_evidence(evidence));
    LP_CHECK(check_transfer());
    return write(evidence);
  }

 private:
  Status read() {
    LP_TRY(const auto seen, find_row({person_.records, person_.connection, person_.scope},
                                     "account", ask_.account, {"name"}));
    if (!seen) return Error::of(ErrorCode::not_found);
    const auto schema = person_.records.schema();
    LP_CHECK(records::lock_row(person_.connection, *schema->object("account"), ask_.account));
    LP_TRY(const auto account, read_pool_account(source_, ask_.account));
    if (!account) return Error::of(ErrorCode::not_found);
    account_ = *account;
    LP_TRY(open_, open_pool_entry(source_, ask_.account));
    LP_TRY(policy_, read_pool_policy(source_));
    return {};
  }

  Status check_person() {
    if (!is_decision(ask_.act)) {
      if (person_.scope.may(access::Action::create, "pool_entry")) return {};
      return Error::of(ErrorCode::forbidden);
    }
    LP_TRY(const bool decides, decides_pool(source_, policy_, person_.scope));
    if (!decides) return pool_refusal(ErrorCode::forbidden, "pool_wrong_approver");
    const bool requested = open_ && open_->state == PoolState::requested;
    if (requested && open_->requested_by == person_.scope.user()) {
      return pool_refusal(ErrorCode::forbidden, "pool_requester_decides");
    }
    return {};
  }

  Status check_state() {
    const auto after = state_after(account_.state, ask_.act);
    if (after) {
      after_ = *after;
      return {};
    }
    if (account_.state == PoolState::blacklisted) {
      return pool_refusal(ErrorCode::invalid_state, "pool_blacklisted");
    }
    return pool_refusal(
        ErrorCode::invalid_state, "pool_illegal_transition",
        {{"from", std::string(name_of(account_.state))}, {"act", std::string(name_of(ask_.act))}});
  }

  Status check_round() {
    json::value where;
    if (ask_.round) {
      where = where_is("id", format_id(ask_.round));
    } else if (is_decision(ask_.act) && open_ && !open_->round.empty()) {
      where = where_is("name", open_->round);
    } else {
      return {};
    }
    LP_TRY(const std::vector<PoolRow> rounds,
           find_rows(source_, "pool_round", where, {"name", "opens_on", "closes_on", "closed_at"}));
    if (rounds.empty()) return ask_.round ? Status(refuse("/round", "pool_no_round")) : Status();
    const PoolRow& round = rounds.front();
    round_name_ = round.text(0);
    const Day today = person_.records.today();
    // What was asked for in time may be decided late.
    const bool over = !round.empty(3) || today < round.integer(1) ||
                      (!is_decision(ask_.act) && today > round.integer(2));
    if (!over) return {};
    return pool_refusal(ErrorCode::invalid_state, "pool_round_closed", {{"round", round_name_}});
  }

  Status check_members() {
    if (needs_reason(ask_.act) && ask_.reason.empty()) return refuse("/reason", "required");
    const auto schema = person_.records.schema();
    const records::Field* tier = schema->object("account")->field("tier");
    if (!ask_.tier.empty() && !tier->option(ask_.tier)) {
      return refuse("/tier", "no_such_option", {{"value", ask_.tier}});
    }
    return {};
  }

  bool admits() const {
    return ask_.act == PoolAct::request || ask_.act == PoolAct::approve ||
           ask_.act == PoolAct::admit;
  }

  Status check_evidence(const PoolEvidence& evidence) {
    if (!admits()) return {};
    const bool given = !ask_.evidence.empty() || (open_ && open_->evidence.is_object() &&
                                                  open_->evidence.get_object().contains("given"));
    if (!evidence.speaks && !given) {
      Error error = pool_refusal(ErrorCode::validation_failed, "pool_missing_evidence");
      error.problems.front().pointer = "/evidence";
      return error;
    }
    if (!evidence.incomplete || !policy_.block_incomplete) return {};
    std::string missing;
    for (const std::string& name : evidence.missing) {
      missing += (missing.empty() ? "" : ", ") + name;
    }
    return pool_refusal(ErrorCode::validation_failed, "pool_incomplete_card",
                        {{"missing", missing}});
  }

  Status check_transfer() {
    if (ask_.act == PoolAct::request && ask_.transfer.is_object()) {
      return check_transfer_heads(source_, ask_.transfer.get_object());
    }
    const bool admitted = ask_.act == PoolAct::approve || ask_.act == PoolAct::admit;
    if (admitted && open_ && open_->transfer_is_open()) {
      return pool_refusal(ErrorCode::invalid_state, "pool_transfer_open");
    }
    return {};
  }

  // The tier that the account has from now on.
  std::string tier_after() const {
    if (after_ == PoolState::exited || after_ == PoolState::blacklisted) {
      return std::string(base_tier);
    }
    if (!ask_.tier.empty()) return ask_.tier;
    if (open_ && !open_->tier.empty() && open_->state == PoolState::requested) return open_->tier;
    if (after_ == PoolState::in_pool && (account_.tier.empty() || account_.tier == base_tier)) {
      return std::string(first_tier);
    }
    return account_.tier;
  }

  Status write(const PoolEvidence& evidence) {
    const auto schema = person_.records.schema();
    const records::Object& entries = *schema->object("pool_entry");
    const records::Object& accounts = *schema->object("account");
    const std::int64_t today = person_.records.today();
    records::BulkSlice slice(person_.records, person_.connection, product_, person_.origin);
    if (open_) {
      LP_CHECK(slice.update(entries, open_->id, {{entries.field("until"), today}}));
    }
    RowValues row = entry_row(entries, evidence);
    LP_TRY(const RecordId made, slice.create(entries, row));
    if (!made) return Error::internal("pool: no entry was made");
    std::vector<records::FieldInput> inputs{
        {accounts.field("pool_state"), std::string(name_of(after_))}};
    // A request changes nothing of the service yet.
    const bool waits = after_ == PoolState::candidate || after_ == PoolState::requested;
    if (!waits && !tier_after().empty()) inputs.push_back({accounts.field("tier"), tier_after()});
    LP_CHECK(slice.update(accounts, ask_.account, std::move(inputs)));
    return slice.finish();
  }

  RowValues entry_row(const records::Object& entries, const PoolEvidence& evidence) {
    RowValues row(entries.fields.size());
    const auto set = [&](std::string_view name, storage::Value value) {
      row[entries.field(name)->index] = std::move(value);
    };
    const std::int64_t today = person_.records.today();
    set("account", ask_.account.value);
    set("state", std::string(name_of(after_)));
    if (!tier_after().empty()) set("tier", tier_after());
    set("since", today);
    if (!ask_.reason.empty()) set("reason", ask_.reason);
    set("evidence", kept_evidence(evidence));
    if (!round_name_.empty()) set("round", round_name_);
    if (ask_.act == PoolAct::request) {
      set("requested_by", person_.scope.user().value);
      set("due_on", today + (ask_.fast_track ? policy_.fast_track_days : policy_.decision_days));
      if (ask_.transfer.is_object()) set("transfer", json::serialize(ask_.transfer));
    } else if (open_ && open_->state == PoolState::requested) {
      set("requested_by", open_->requested_by.value);
      if (open_->transfer.is_object()) set("transfer", json::serialize(open_->transfer));
    }
    set("fast_track", std::int64_t{is_fast() ? 1 : 0});
    if (is_decision(ask_.act)) set("decided_by", person_.scope.user().value);
    return row;
  }

  bool is_fast() const {
    if (ask_.act == PoolAct::request) return ask_.fast_track;
    return ask_.act == PoolAct::approve && open_ && open_->fast_track;
  }

  std::string kept_evidence(const PoolEvidence& evidence) const {
    json::object kept = evidence.snapshot;
    if (!ask_.evidence.empty()) {
      kept["given"] = ask_.evidence;
    } else if (open_ && open_->evidence.is_object()) {
      const json::value* given = open_->evidence.get_object().if_contains("given");
      if (given && open_->state == PoolState::requested) kept["given"] = *given;
    }
    return json::serialize(kept);
  }

  static constexpr std::string_view first_tier = "key";

  const PoolPerson& person_;
  const PoolAsk& ask_;
  const access::AccessScope product_;
  const PoolSource source_;
  PoolAccount account_;
  std::optional<PoolEntry> open_;
  PoolPolicy policy_;
  PoolState after_ = PoolState::none;
  std::string round_name_;
};

}  // namespace

Status move_in_pool(const PoolPerson& person, const PoolAsk& ask) {
  return PoolMove(person, ask).run();
}

}  // namespace linchpin::identify
