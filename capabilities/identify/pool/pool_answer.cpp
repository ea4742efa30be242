#include "identify/pool/pool_answer.h"

#include <algorithm>
#include <map>

#include "identify/account_labels.h"
#include "identify/answer_parts.h"
#include "identify/pool/standards.h"

namespace linchpin::identify {

namespace {

constexpr int board_score_scale = 2;

// What a person may do with the accounts of the pool.
struct PoolRights {
  RecordId user;
  bool requests = false;
  bool decides = false;
};

Result<PoolRights> pool_rights(const PoolSource& source, const PoolSource& product,
                               const PoolPolicy& policy) {
  PoolRights rights;
  rights.user = source.scope.user();
  rights.requests = source.scope.may(access::Action::create, "pool_entry");
  LP_TRY(rights.decides, decides_pool(product, policy, source.scope));
  return rights;
}

void write_acts(JsonWriter& out, const PoolRights& rights, PoolState state,
                const PoolEntry* entry) {
  const bool asked_himself =
      state == PoolState::requested && entry && entry->requested_by == rights.user;
  out.key("may").begin_array();
  for (const PoolAct act : pool_acts) {
    if (!state_after(state, act)) continue;
    if (is_decision(act) ? rights.decides && !asked_himself : rights.requests) {
      out.string(name_of(act));
    }
  }
  out.end_array();
}

class Board {
 public:
  Board(const PoolSource& source, const PoolSource& product) : source_(source), product_(product) {}

  // The accounts of each state with the highest scores, at most `limit` of them.
  Status read(int limit) {
    LP_TRY(policy_, read_pool_policy(product_));
    LP_TRY(rights_, pool_rights(source_, product_, policy_));
    LP_TRY(counts_, counts_by(source_, "account", {}, "pool_state"));
    records::ScanPage page;
    page.by = {"score"};
    page.descending = true;
    page.limit = static_cast<std::size_t>(limit);
    for (const PoolState state : pool_states) {
      LP_TRY(const std::vector<PoolRow> rows,
             find_page(source_, "account", where_is("pool_state", name_of(state)),
                       {"code", "name", "pool_state", "tier", "owner", "score"}, page));
      std::vector<std::string> shown;
      for (const PoolRow& row : rows) {
        accounts_.push_back(account_of(row));
        shown.push_back(format_id(row.id));
      }
      if (shown.empty()) continue;
      LP_TRY(
          std::vector<PoolEntry> open,
          read_pool_entries(source_, all_of({where_in("account", shown), where_empty("until")})));
      for (PoolEntry& entry : open) entries_.try_emplace(entry.account, std::move(entry));
    }
    return {};
  }

  std::string answer() const {
    JsonWriter out;
    out.begin_object().key("states").begin_array();
    std::int64_t size = 0;
    for (const PoolState state : pool_states) {
      const std::int64_t count = count_of_state(state);
      if (state == PoolState::in_pool || state == PoolState::watch) size += count;
      out.begin_object().key("state").string(name_of(state)).key("accounts").integer(count);
      out.end_object();
    }
    out.end_array().key("entries").begin_array();
    std::int64_t left_out = 0;
    for (const PoolState state : pool_states) left_out += count_of_state(state);
    left_out -= static_cast<std::int64_t>(accounts_.size());
    for (const PoolAccount& account : accounts_) write_account_row(out, account);
    out.end_array().key("advice").begin_object().key("size").integer(size);
    out.key("from").integer(policy_.department_from).key("organisation");
    out.string(size >= policy_.department_from ? "department" : "executives").end_object();
    out.key("truncated").boolean(left_out > 0).end_object();
    return out.take();
  }

 private:
  static PoolAccount account_of(const PoolRow& row) {
    PoolAccount account;
    account.id = row.id;
    account.code = row.text(0);
    account.name = row.text(1);
    account.state = pool_state_named(row.text(2));
    account.tier = row.text(3);
    account.owner = row.link(4);
    if (!row.empty(5)) account.score = row.integer(5);
    return account;
  }

  std::int64_t count_of_state(PoolState state) const {
    const auto found = counts_.find(std::string(name_of(state)));
    return found == counts_.end() ? 0 : found->second;
  }

  void write_account_row(JsonWriter& out, const PoolAccount& account) const {
    static const PoolEntry no_entry;
    const auto open = entries_.find(account.id);
    const PoolEntry* known = open == entries_.end() ? nullptr : &open->second;
    const PoolEntry& entry = known ? *known : no_entry;
    out.begin_object().key("account");
    write_account(out, account.id, {account.code, account.name});
    out.key("state").string(name_of(account.state));
    write_text(out, "tier", account.tier);
    write_decimal(out, "score", account.score, board_score_scale);
    out.key("owner").id(account.owner).key("entry").id(entry.id);
    write_day(out, "since", entry.since);
    write_text(out, "reason", entry.reason);
    write_text(out, "round", entry.round);
    out.key("fast_track").boolean(entry.fast_track);
    write_day(out, "due_on", entry.due_on);
    const bool late = account.state == PoolState::requested && entry.due_on &&
                      *entry.due_on < source_.records.today();
    out.key("late").boolean(late).key("requested_by").id(entry.requested_by);
    out.key("transfer_open").boolean(entry.transfer_is_open());
    write_acts(out, rights_, account.state, known);
    out.end_object();
  }

  const PoolSource& source_;
  const PoolSource& product_;
  PoolPolicy policy_;
  PoolRights rights_;
  std::map<std::string, std::int64_t> counts_;
  std::vector<PoolAccount> accounts_;
  std::map<RecordId, PoolEntry> entries_;  // the open ones
};

void write_load(JsonWriter& out, const ServiceLoad& load) {
  out.key("load").begin_object();
  out.key("visits_per_month_before").decimal(load.before, load_scale);
  out.key("visits_per_month_after").decimal(load.after, load_scale);
  out.key("owner_accounts").integer(load.owner_accounts);
  out.key("owner_base_accounts").integer(load.owner_base_accounts);
  out.key("owner_visits_per_month").decimal(load.owner_visits, load_scale);
  out.key("base_visits_per_month").decimal(load.base_visits, load_scale).end_object();
}

// The tier that an admission would give.
std::string tier_asked(const PoolAccount& account, const std::vector<PoolEntry>& entries) {
  if (!entries.empty() && entries.front().state == PoolState::requested &&
      !entries.front().tier.empty()) {
    return entries.front().tier;
  }
  return account.tier.empty() || account.tier == base_tier ? "key" : account.tier;
}

}  // namespace

Result<std::string> board_answer(const PoolSource& source, int limit) {
  const access::AccessScope product = access::Authority::product();
  const PoolSource whole{source.records, source.connection, product};
  Board board(source, whole);
  LP_CHECK(board.read(limit));
  return board.answer();
}

Result<std::string> pool_account_answer(const PoolSource& source, RecordId id, Instant now) {
  const access::AccessScope product = access::Authority::product();
  const PoolSource whole{source.records, source.connection, product};
  LP_TRY(const auto seen, find_row(source, "account", id, {"name"}));
  if (!seen) return Error::of(ErrorCode::not_found);
  LP_TRY(const auto account, read_pool_account(whole, id));
  if (!account) return Error::of(ErrorCode::not_found);
  LP_TRY(const PoolPolicy policy, read_pool_policy(whole));
  LP_TRY(const PoolRights rights, pool_rights(source, whole, policy));
  LP_TRY(const auto entries, read_pool_entries(source, where_is("account", format_id(id))));
  LP_TRY(const PoolEvidence evidence, gather_evidence(whole, *account, policy, now));
  LP_TRY(const ServiceStandards standards, ServiceStandards::read(whole));
  const std::string tier = tier_asked(*account, entries);
  LP_TRY(const ServiceLoad load,
         service_load(whole, standards, account->owner, account->tier, tier));
  const bool open = !entries.empty() && !entries.front().until;
  JsonWriter out;
  out.begin_object().key("account");
  write_account(out, id, {account->code, account->name});
  out.key("state").string(name_of(account->state));
  write_text(out, "tier", account->tier);
  write_acts(out, rights, account->state, open ? &entries.front() : nullptr);
  // The figures are for those who ask and decide.
  out.key("evidence");
  const bool shown = rights.requests || rights.decides;
  shown ? out.raw(json::serialize(evidence.snapshot)) : out.null();
  out.key("missing").begin_array();
  for (const std::string& name : evidence.missing) out.string(name);
  out.end_array().key("incomplete").boolean(evidence.incomplete);
  write_load(out, load);
  out.key("entries").begin_array();
  for (const PoolEntry& entry : entries) write_pool_entry(out, entry);
  out.end_array().end_object();
  return out.take();
}

}  // namespace linchpin::identify
