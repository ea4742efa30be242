#include "identify/pool/rounds.h"

#include <algorithm>
#include <map>
#include <set>

#include "identify/account_labels.h"
#include "identify/answer_parts.h"
#include "identify/pool/pool_policy.h"

namespace linchpin::identify {

namespace {

using records::RowValues;

Error round_refusal(std::string detail, ErrorParams params = {}) {
  Error error = Error::of(ErrorCode::invalid_state, detail, params);
  error.problems.push_back({"", "", std::move(detail), std::move(params)});
  return error;
}

// The round, for somebody who decides and while it goes on.
Result<PoolRow> open_round(const PoolPerson& person, RecordId id) {
  const PoolSource own{person.records, person.connection, person.scope};
  LP_TRY(const auto round, find_row(own, "pool_round", id, {"name", "opens_on", "closed_at"}));
  if (!round) return Error::of(ErrorCode::not_found);
  LP_CHECK(check_decides(own));
  if (!round->empty(2) || person.records.today() < round->integer(1)) {
    return round_refusal("pool_round_closed", {{"round", round->text(0)}});
  }
  return *round;
}

bool is_one_of(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct Proposed {
  RecordId account;
  std::string_view kind;
  std::string tier;
  std::string state;
  storage::Value score;
};

// Empty where there is nothing to propose.
std::string_view kind_for(PoolState state, bool tier_admits) {
  switch (state) {
    case PoolState::none:
    case PoolState::candidate:
    case PoolState::requested:
    case PoolState::exited:
      return tier_admits ? "admit" : "";
    case PoolState::in_pool:
      return tier_admits ? "keep" : "watch";
    case PoolState::watch:
      return tier_admits ? "admit" : "exit";
    case PoolState::blacklisted:
      break;
  }
  return "";
}

// By the scores, the highest first.
Result<std::vector<Proposed>> proposed_now(const PoolSource& source, const PoolPolicy& policy) {
  const json::object where =
      all_of({leaf("ne", "pool_state", json::string(name_of(PoolState::blacklisted))),
              any_of({where_in("tier", policy.admit_tiers),
                      where_in("pool_state", {"in_pool", "watch"})})});
  records::ScanPage page;
  page.by = {"score"};
  page.descending = true;
  page.limit = max_round_proposals;
  LP_TRY(const std::vector<PoolRow> rows,
         find_page(source, "account", where, {"pool_state", "tier", "score"}, page));
  std::vector<Proposed> proposed;
  for (const PoolRow& row : rows) {
    const bool admits = is_one_of(policy.admit_tiers, row.text(1));
    const std::string_view kind = kind_for(pool_state_named(row.text(0)), admits);
    if (kind.empty()) continue;
    proposed.push_back({row.id, kind, row.text(1), row.text(0), row.values[2]});
  }
  return proposed;
}

RowValues proposal_row(const records::Object& proposals, RecordId round, const Proposed& one) {
  RowValues row(proposals.fields.size());
  const auto set = [&](std::string_view name, storage::Value value) {
    row[proposals.field(name)->index] = std::move(value);
  };
  set("round", round.value);
  set("account", one.account.value);
  set("kind", std::string(one.kind));
  if (!one.tier.empty()) set("tier", one.tier);
  set("score", one.score);
  set("state_before", one.state);
  set("decision", std::string("open"));
  return row;
}

std::optional<PoolAct> act_for(std::string_view kind) {
  if (kind == "admit") return PoolAct::admit;
  if (kind == "watch") return PoolAct::watch;
  if (kind == "exit") return PoolAct::exit;
  return std::nullopt;
}

constexpr std::array<const char*, 4> round_states{"open", "late", "planned", "closed"};

struct RoundState {
  std::size_t place = 0;  // in round_states
  std::int64_t days_late = 0;
};

// `opens`, `closes` and `closed` stand at these places of the row.
RoundState state_of_round(const PoolRow& row, Day today) {
  constexpr std::size_t opens = 2;
  constexpr std::size_t closes = 3;
  constexpr std::size_t closed = 8;
  if (!row.empty(closed)) return {3, 0};
  if (today < row.integer(opens)) return {2, 0};
  const std::int64_t late = today - row.integer(closes);
  return late > 0 ? RoundState{1, late} : RoundState{0, 0};
}

using DecisionCounts = std::map<std::string, std::int64_t>;

struct Round {
  PoolRow row;
  RoundState state;
};

Result<std::vector<Round>> read_rounds(const PoolSource& source, const json::value& where) {
  LP_TRY(const std::vector<PoolRow> rows,
         find_rows(source, "pool_round", where,
                   {"name", "department", "opens_on", "closes_on", "meeting_at", "participants",
                    "appraisal", "decision", "closed_at", "department.name"}));
  std::vector<Round> rounds;
  for (const PoolRow& row : rows) {
    rounds.push_back({row, state_of_round(row, source.records.today())});
  }
  std::stable_sort(rounds.begin(), rounds.end(), [](const Round& left, const Round& right) {
    const bool left_closed = left.state.place == 3;
    const bool right_closed = right.state.place == 3;
    if (left_closed != right_closed) return right_closed;
    return left_closed ? left.row.integer(2) > right.row.integer(2)
                       : left.row.integer(2) < right.row.integer(2);
  });
  return rounds;
}

// Of the proposals that the scope sees, for each round.
Result<std::map<RecordId, DecisionCounts>> decision_counts(const PoolSource& source) {
  std::map<RecordId, DecisionCounts> counts;
  LP_CHECK(records::count_by(source.records, source.connection, source.scope, "pool_proposal", {},
                             {"round", "decision"},
                             [&](std::span<const storage::Value> values, std::int64_t found) {
                               const RecordId round{records::integer_of(values[0])};
                               counts[round][std::string(records::text_of(values[1]))] = found;
                             }));
  return counts;
}

// The members of a round, within an object.
void write_round(JsonWriter& out, const Round& round, const DecisionCounts& counts) {
  const PoolRow& row = round.row;
  out.key("id").id(row.id).key("name").string(row.text(0)).key("department");
  if (row.link(1)) {
    out.begin_object().key("id").id(row.link(1)).key("name").string(row.text(9)).end_object();
  } else {
    out.null();
  }
  out.key("opens_on").date(static_cast<Day>(row.integer(2)));
  out.key("closes_on").date(static_cast<Day>(row.integer(3)));
  out.key("state").string(round_states[round.state.place]);
  out.key("days_late").integer(round.state.days_late).key("meeting_at");
  row.empty(4) ? out.null() : out.instant(row.integer(4));
  out.key("participants").begin_array();
  for (const std::string& person : row.texts(5)) out.string(person);
  out.end_array();
  write_text(out, "appraisal", row.text(6));
  write_text(out, "decision", row.text(7));
  out.key("closed_at");
  row.empty(8) ? out.null() : out.instant(row.integer(8));
  out.key("proposals").begin_object();
  for (const char* decision : {"open", "accepted", "declined"}) {
    const auto found = counts.find(decision);
    out.key(decision).integer(found == counts.end() ? 0 : found->second);
  }
  out.end_object();
}

void write_proposal(JsonWriter& out, const PoolRow& row) {
  constexpr int score_digits = 2;
  out.begin_object().key("id").id(row.id).key("account");
  write_account(out, row.link(0), {row.text(1), row.text(2)});
  out.key("kind").string(row.text(3));
  write_text(out, "state", row.text(4));
  write_text(out, "tier", row.text(5));
  out.key("score");
  row.empty(6) ? out.null() : out.decimal(row.integer(6), score_digits);
  out.key("decision").string(row.text(7));
  write_text(out, "note", row.text(8));
  out.key("decided_by").id(row.link(9)).end_object();
}

}  // namespace

Result<std::string> rounds_answer(const PoolSource& source) {
  LP_TRY(const std::vector<Round> rounds, read_rounds(source, {}));
  LP_TRY(auto counts, decision_counts(source));
  JsonWriter out;
  out.begin_object().key("rounds").begin_array();
  for (const Round& round : rounds) {
    out.begin_object();
    write_round(out, round, counts[round.row.id]);
    out.end_object();
  }
  out.end_array().end_object();
  return out.take();
}

Result<std::string> round_answer(const PoolSource& source, RecordId id) {
  LP_TRY(const std::vector<Round> rounds, read_rounds(source, where_is("id", format_id(id))));
  if (rounds.empty()) return Error::of(ErrorCode::not_found);
  LP_TRY(const std::vector<PoolRow> proposals,
         find_rows(source, "pool_proposal", where_is("round", format_id(id)),
                   {"account", "account.code", "account.name", "kind", "state_before", "tier",
                    "score", "decision", "note", "decided_by"}));
  DecisionCounts counts;
  for (const PoolRow& proposal : proposals) ++counts[proposal.text(7)];
  JsonWriter out;
  out.begin_object();
  write_round(out, rounds.front(), counts);
  out.key("items").begin_array();
  for (const PoolRow& proposal : proposals) write_proposal(out, proposal);
  out.end_array().end_object();
  return out.take();
}

Status propose_round(const PoolPerson& person, RecordId id) {
  LP_TRY(const PoolRow round, open_round(person, id));
  return write_proposals(person, round.id);
}

Status write_proposals(const PoolPerson& person, RecordId round) {
  const access::AccessScope product = access::Authority::product();
  const PoolSource source{person.records, person.connection, product};
  LP_TRY(const PoolPolicy policy, read_pool_policy(source));
  LP_TRY(const std::vector<Proposed> proposed, proposed_now(source, policy));
  LP_TRY(const std::vector<PoolRow> known,
         find_rows(source, "pool_proposal", where_is("round", format_id(round)),
                   {"account", "decision"}));
  records::BulkSlice slice(person.records, person.connection, product, person.origin);
  const records::Object* proposals = slice.object("pool_proposal");
  if (!proposals) return Error::internal("pool: no object pool_proposal");
  std::set<RecordId> decided;
  for (const PoolRow& one : known) {
    if (one.text(1) == "open") {
      LP_CHECK(slice.remove(*proposals, one.id));
    } else {
      decided.insert(one.link(0));
    }
  }
  for (const Proposed& one : proposed) {
    if (decided.contains(one.account)) continue;
    RowValues row = proposal_row(*proposals, round, one);
    LP_TRY(const RecordId made, slice.create(*proposals, row));
    if (!made) return Error::internal("pool: no proposal was made");
  }
  return slice.finish();
}

Result<RecordId> decide_proposal(const PoolPerson& person, const ProposalDecision& decision) {
  const access::AccessScope product = access::Authority::product();
  LP_TRY(const auto proposal,
         find_row({person.records, person.connection, person.scope}, "pool_proposal",
                  decision.proposal, {"round", "account", "kind", "tier", "decision"}));
  if (!proposal) return Error::of(ErrorCode::not_found);
  LP_TRY(const PoolRow round, open_round(person, proposal->link(0)));
  if (proposal->text(4) != "open") return round_refusal("pool_proposal_decided");
  const auto act = act_for(proposal->text(2));
  if (decision.accepted && act) {
    PoolAsk ask;
    ask.act = *act;
    ask.account = proposal->link(1);
    ask.reason = decision.note.empty() ? round.text(0) : decision.note;
    if (*act == PoolAct::admit) ask.tier = proposal->text(3);
    ask.round = round.id;
    LP_CHECK(move_in_pool(person, ask));
  }
  records::BulkSlice slice(person.records, person.connection, product, person.origin);
  const records::Object* proposals = slice.object("pool_proposal");
  if (!proposals) return Error::internal("pool: no object pool_proposal");
  const std::string name = decision.accepted ? "accepted" : "declined";
  std::vector<records::FieldInput> inputs{
      {proposals->field("decision"), name},
      {proposals->field("decided_by"), person.scope.user().value}};
  if (!decision.note.empty()) inputs.push_back({proposals->field("note"), decision.note});
  LP_CHECK(slice.update(*proposals, proposal->id, std::move(inputs)));
  LP_CHECK(slice.finish());
  return round.id;
}

Status close_round(const PoolPerson& person, RecordId id, const std::string& appraisal,
                   const std::string& decision) {
  const access::AccessScope product = access::Authority::product();
  const PoolSource source{person.records, person.connection, product};
  LP_TRY(const PoolRow round, open_round(person, id));
  LP_TRY(const std::int64_t open,
         count_of(source, "pool_proposal",
                  all_of({where_is("round", format_id(round.id)), where_is("decision", "open")})));
  if (open > 0) return round_refusal("pool_round_undecided", {{"open", std::to_string(open)}});
  records::BulkSlice slice(person.records, person.connection, product, person.origin);
  const records::Object* rounds = slice.object("pool_round");
  if (!rounds) return Error::internal("pool: no object pool_round");
  std::vector<records::FieldInput> inputs{{rounds->field("closed_at"), person.now}};
  if (!appraisal.empty()) inputs.push_back({rounds->field("appraisal"), appraisal});
  if (!decision.empty()) inputs.push_back({rounds->field("decision"), decision});
  LP_CHECK(slice.update(*rounds, round.id, std::move(inputs)));
  return slice.finish();
}

}  // namespace linchpin::identify
