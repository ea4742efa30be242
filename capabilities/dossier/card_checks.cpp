#include "dossier/card_checks.h"

#include <algorithm>

#include "dossier/account_view.h"
#include "dossier/own.h"

namespace linchpin::dossier {

namespace {

Result<CheckedAccount> checked_account(const json::value& row) {
  CheckedAccount account;
  account.id = text_at(row.as_object(), "id");
  const std::string_view checked = text_at(fields_of(row), "card_checked_at");
  if (!checked.empty()) {
    LP_TRY(account.checked_at, parse_instant(checked));
  }
  return account;
}

Result<std::vector<CheckedAccount>> checked_accounts(const json::array& rows) {
  std::vector<CheckedAccount> accounts;
  for (const json::value& row : rows) {
    LP_TRY(CheckedAccount account, checked_account(row));
    accounts.push_back(std::move(account));
  }
  return accounts;
}

void write_standings(JsonWriter& out, const std::vector<PartStanding>& standings) {
  const auto optional = [&](std::string_view key, const std::string& text) {
    out.key(key);
    text.empty() ? out.null() : out.string(text);
  };
  out.begin_array();
  for (const PartStanding& standing : standings) {
    out.begin_object().key("part").string(standing.part);
    out.key("state").string(part_state_name(standing.state));
    optional("evidence", standing.evidence);
    optional("by", standing.by);
    out.key("on");
    standing.state == PartState::asked ? out.null() : out.date(standing.on);
    out.end_object();
  }
  out.end_array();
}

void write_check(JsonWriter& out, const json::value& row, const Standings& standings) {
  const std::string_view id = text_at(row.as_object(), "id");
  const json::object& fields = fields_of(row);
  out.begin_object().key("account").begin_object().key("id").string(id);
  out.key("name").string(text_at(fields, "name")).end_object();
  for (const std::string_view name : {"tier", "card_checked_at"}) {
    const std::string_view text = text_at(fields, name);
    out.key(name == "tier" ? "tier" : "checked_at");
    text.empty() ? out.null() : out.string(text);
  }
  out.key("parts");
  const auto found = standings.find(id);
  write_standings(out, found == standings.end() ? std::vector<PartStanding>() : found->second);
  out.end_object();
}

// A page of the accounts that are checked regularly, the longest unchecked first. The moment is no
// part of the question, so that a cursor stays good while it passes.
Result<json::object> accounts_page(const Reading& reading, const ChecksRequest& request) {
  records::QueryRequest query;
  query.select = {"name", "tier", "card_checked_at"};
  query.where = all_of({leaf("eq", "owner", json::string(format_id(request.owner))),
                        regularly_checked()});
  query.sort = json::array{
      json::object{{"field", "card_checked_at"}, {"dir", "asc"}, {"nulls", "first"}}};
  query.page.limit = request.limit;
  query.page.after = request.after;
  JsonWriter out;
  LP_CHECK(reading.records().query(reading.scope(), "account", query, out));
  return parse_json_object(out.text());
}

Status keep_checks(records::Records& records, storage::Connection& connection,
                   const stream::Origin& origin, const CheckPlan& plan, RecordId user) {
  const access::AccessScope product = access::Authority::product();
  records::BulkSlice slice(records, connection, product, origin);
  for (const CheckPlan::Card& card : plan.cards) {
    if (card.parts.empty()) continue;
    json::array parts;
    for (const std::string& part : card.parts) parts.emplace_back(json::string(part));
    LP_CHECK(keep_record(slice, "card_check", {},
                         {{"account", card.account.value},
                          {"parts", json::serialize(parts)},
                          {"checked_at", plan.at},
                          {"by", user.value}}));
  }
  return slice.finish();
}

}  // namespace

Status write_checks(JsonWriter& out, const Reading& reading, const ChecksRequest& request) {
  LP_TRY(json::object page, accounts_page(reading, request));
  json::array& rows = page.at("records").as_array();
  const Instant now = reading.records().viewer(reading.scope()).now;
  LP_TRY(std::vector<CheckedAccount> accounts, checked_accounts(rows));
  const auto due = std::find_if(accounts.begin(), accounts.end(), [&](const auto& account) {
    return account.checked_at &&
           now - *account.checked_at < card_check_days * milliseconds_per_day;
  });
  const bool all_due = due == accounts.end();
  accounts.erase(due, accounts.end());
  LP_TRY(const Standings standings, standings_of(reading, accounts));
  out.begin_object().key("checks").begin_array();
  for (std::size_t i = 0; i < accounts.size(); ++i) write_check(out, rows[i], standings);
  out.end_array();
  const std::string_view next = text_at(page.at("page").as_object(), "next");
  const bool more = all_due && !next.empty();
  out.key("page").begin_object().key("next");
  more ? out.string(next) : out.null();
  out.key("has_more").boolean(more).end_object().end_object();
  return {};
}

std::int64_t CheckPlan::checked() const {
  return std::count_if(cards.begin(), cards.end(), [](const Card& card) { return card.whole; });
}

Result<CheckPlan> plan_check(const Reading& reading, const std::vector<ToldCheck>& told) {
  json::array ids;
  for (const ToldCheck& one : told) ids.emplace_back(json::string(format_id(one.account)));
  LP_TRY(const json::array rows,
         reading.rows({"account",
                       {"card_checked_at"},
                       leaf("in", "id", std::move(ids)),
                       "",
                       true,
                       static_cast<int>(told.size())}));
  LP_TRY(const std::vector<CheckedAccount> accounts, checked_accounts(rows));
  LP_TRY(const Standings standings, standings_of(reading, accounts));
  CheckPlan plan;
  plan.at = reading.records().viewer(reading.scope()).now;
  for (const ToldCheck& one : told) {
    CheckPlan::Card card{one.account, true, {}};
    const auto found = standings.find(format_id(one.account));
    if (found != standings.end()) {
      for (const PartStanding& standing : found->second) {
        const bool asked = standing.state == PartState::asked;
        const bool said = one.parts ? one.parts->contains(standing.part) : asked;
        if (said) card.parts.emplace_back(standing.part);
        card.whole = card.whole && (said || !asked);
      }
    }
    plan.cards.push_back(std::move(card));
  }
  return plan;
}

Status perform_check(const Reading& reading, const CheckPlan& plan,
                     const records::BatchOptions& options) {
  records::BatchRequest batch;
  for (const CheckPlan::Card& card : plan.cards) {
    records::BatchOp op;
    op.operation = records::BatchOperation::update;
    op.id = card.account;
    // A card that is checked in part is not changed; that he might change it is asked all the same.
    if (card.whole) op.fields["card_checked_at"] = format_instant(plan.at);
    batch.ops.push_back(std::move(op));
  }
  records::BatchOptions all = options;
  all.in_transaction = [&](storage::Connection& connection,
                           const std::vector<records::OpOutcome>& outcomes) -> Status {
    LP_CHECK(keep_checks(reading.records(), connection, options.origin, plan,
                         reading.scope().user()));
    return options.in_transaction ? options.in_transaction(connection, outcomes) : Status();
  };
  LP_TRY(const auto outcomes, reading.records().batch(reading.scope(), "account", batch, all));
  for (const records::OpOutcome& outcome : outcomes) {
    if (outcome.error) return Error(*outcome.error);
  }
  return {};
}

}  // namespace linchpin::dossier
