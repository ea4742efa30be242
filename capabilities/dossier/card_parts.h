#pragma once

// The parts of a card that are checked every week, and which of them nobody needs to look at: what
// happened at the customer since the last check has shown that they are right.

#include <map>

#include "dossier/reading.h"

namespace linchpin::dossier {

namespace card_part {
constexpr std::string_view company = "company";    // 工商
constexpr std::string_view people = "people";      // 关键人
constexpr std::string_view trading = "trading";    // 交易
constexpr std::string_view finances = "finances";  // 财务
constexpr std::string_view analysis = "analysis";  // 分析
}  // namespace card_part

constexpr std::string_view card_part_keys[] = {card_part::company, card_part::people,
                                               card_part::trading, card_part::finances,
                                               card_part::analysis};

// What happened longer ago shows nothing about today, be the last check as old as it may.
constexpr int evidence_days = 30;

// confirmed: by what happened. checked: somebody said so within the week. asked: neither.
enum class PartState { confirmed, checked, asked };
std::string_view part_state_name(PartState state);

struct PartStanding {
  std::string_view part;
  PartState state = PartState::asked;
  std::string evidence;  // of confirmed: visit, order, invoice, payment, registry, …
  Day on = 0;            // when it was confirmed or checked
  std::string by;        // of checked: who said so
};

struct CheckedAccount {
  std::string id;
  std::optional<Instant> checked_at;  // its whole card
};

// By id of the account: the parts that the reader sees, in the order of card_part_keys.
//
// What confirms a part, on a day behind that of the last check and of the last `evidence_days`:
// company: an answer of the registry that says what the card says. people: a reported contact that
// is no call. trading: a posted order, an invoice or a payment by its own date. finances: an annual
// report of last year or this one whose noted figures are those of the card; until the year
// turns. analysis: its text was written.
using Standings = std::map<std::string, std::vector<PartStanding>, std::less<>>;
Result<Standings> standings_of(const Reading& reading,
                               const std::vector<CheckedAccount>& accounts);

}  // namespace linchpin::dossier
