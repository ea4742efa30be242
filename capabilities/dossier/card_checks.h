#pragma once

// The weekly check of many cards in one list 批量核对: what is shown to be right by itself, what
// somebody has to look at, and who said when that it is as it was.

#include <set>

#include "dossier/card_parts.h"
#include "records/batch.h"

namespace linchpin::dossier {

constexpr int max_checks_page = 50;  // as many as may be checked in one go

struct ChecksRequest {
  RecordId owner;  // whose accounts
  std::string after;
  int limit = max_checks_page;
};

// {"checks":[{"account":{"id","name"},"tier","checked_at","parts":[{"part","state","evidence","on",
// "by"}]}],"page":{"next","has_more"}}: the accounts whose check is due, the longest unchecked
// first. Errors: cursor_mismatch.
Status write_checks(JsonWriter& out, const Reading& reading, const ChecksRequest& request);

// What somebody says to have checked; without parts whatever is asked of the card.
struct ToldCheck {
  RecordId account;
  std::optional<std::set<std::string, std::less<>>> parts;
};

struct CheckPlan {
  struct Card {
    RecordId account;
    bool whole = false;  // nothing is asked of it any more
    std::vector<std::string> parts;
  };
  Instant at = 0;
  std::vector<Card> cards;

  std::int64_t checked() const;
};

Result<CheckPlan> plan_check(const Reading& reading, const std::vector<ToldCheck>& told);
// All of them or none. Errors: those of an update of the accounts.
Status perform_check(const Reading& reading, const CheckPlan& plan,
                     const records::BatchOptions& options);

}  // namespace linchpin::dossier
