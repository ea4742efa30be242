#include "identify/pool/pool_answer.h"

#include <algorithm>
#include <map>

#include "identify/account_labels.h"
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

void write_text(JsonWriter& out, std::string_view name, const std::string& text) {
  out.key(name);
  text.empty() ? out.null() : out.string(text);
}

void write_day(JsonWriter& out, std::string_view name, std::optional<Day> day) {
  out.key(name);
  day ? out.date(*day) : out.null();
}

struct BoardRow {
  PoolAccount account;
  const PoolEntry* entry = nullptr;
};

class Board {
 public:
  Board(const PoolSource& source, const PoolSource& product) : source_(source), product_(product) {}

  Status read() {
    LP_TRY(policy_, read_pool_policy(product_));
    LP_TRY(rights_, pool_rights(source_, product_, policy_));
    LP_TRY(entries_, read_pool_entries(source_, where_empty("until")));
    std::map<RecordId, const PoolEntry*> open;
    for (const PoolEntry& entry : entries_) open.try_emplace(entry.account, &entry);
    std::vector<std::string> states;
    for (const PoolState state : pool_states) states.emplace_back(name_of(state));
    LP_TRY(const std::vector<PoolRow> rows,
           find_rows(source_, "account", where_in("pool_state", states),
                     {"code", "name", "pool_state", "tier", "owner", "score"}));
    for (const PoolRow& row : rows) {
      const auto entry = open.find(row.id);
      rows_.push_back({account_of(row), entry == open.end() ? nullptr : entry->second});
    }
    std::stable_sort(rows_.begin(), rows_.end(), [](const BoardRow& left, const BoardRow& right) {
      return left.account.score.value_or(-1) > right.account.score.value_or(-1);
    });
    return {};
  }

  std::string answer(int limit) const {
    JsonWriter out;
    out.begin_object().key("states").begin_array();
    std::int64_t size = 0;
    for (const PoolState state : pool_states) {
      const std::int64_t count = count_of(state);
      if (state == PoolState::in_pool || state == PoolState::watch) size += count;
      out.begin_object().key("state").string(name_of(state)).key("accounts").integer(count);
      out.end_object();
    }
    out.end_array().key("entries").begin_array();
    bool truncated = rows_.size() >= max_pool_rows;
    for (const PoolState state : pool_states) {
      int written = 0;
      for (const BoardRow& row : rows_) {
        if (row.account.state != state) continue;
        if (written < limit) write_row(out, row);
        ++written;
      }
      truncated = truncated || written > limit;
    }
    out.end_array().key("advice").begin_object().key("size").integer(size);
    out.key("from").integer(policy_.department_from).key("organisation");
    out.string(size >= policy_.department_from ? "department" : "executives").end_object();
    out.key("truncated").boolean(truncated).end_object();
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

  std::int64_t count_of(PoolState state) const {
    return std::count_if(rows_.begin(), rows_.end(),
                         [&](const BoardRow& row) { return row.account.state == state; });
  }

  void write_row(JsonWriter& out, const BoardRow& row) const {
    static const PoolEntry no_entry;
    const PoolEntry& entry = row.entry ? *row.entry : no_entry;
    const PoolAccount& account = row.account;
    out.begin_object().key("account");
    write_account(out, account.id, {account.code, account.name});
    out.key("state").string(name_of(account.state));
    write_text(out, "tier", account.tier);
    out.key("score");
    account.score ? out.decimal(*account.score, board_score_scale) : out.null();
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
    write_acts(out, rights_, account.state, row.entry);
    out.end_object();
  }

  const PoolSource& source_;
  const PoolSource& product_;
  PoolPolicy policy_;
  PoolRights rights_;
  std::vector<PoolEntry> entries_;
  std::vector<BoardRow> rows_;
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
  LP_CHECK(board.read());
  return board.answer(limit);
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
