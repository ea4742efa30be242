#pragma once

// What somebody takes along to visits 外带资料: the cards of a day's visits, or one card. It is
// checked out before it is given and checked in afterwards; who took what and when is kept.

#include <optional>

#include "dossier/card.h"

namespace linchpin::dossier {

constexpr std::size_t max_pack_accounts = 40;

// What the reader visits on a day, in the order of the day.
struct VisitOfDay {
  RecordId visit;
  RecordId account;
};
Result<std::vector<VisitOfDay>> visits_of_day(const Reading& reading, Day day);

struct Pack {
  RecordId id;
  Day day = 0;
  Instant taken_at = 0;
  std::string owner;  // his name
  std::vector<RecordId> accounts;
};

struct PackRequest {
  Day day = 0;
  RecordId account;  // its card alone; none: those of the reader's visits on the day
};

// The one that is out already, where the same was taken. Errors: forbidden for who may not export
// accounts; invalid_state / `no_visits_that_day`, `too_many_cards` {max}; not_found.
Result<RecordId> take_pack(const Reading& reading, const PackRequest& request,
                           const stream::Origin& origin);

// One that is the reader's own and out. Errors: not_found; invalid_state / `pack_returned`.
Result<Pack> pack_out(const Reading& reading, RecordId id);

// In the order of the visits. An account that is gone, or out of the reader's sight, is left out.
Result<std::vector<Card>> cards_of(const Reading& reading, const CardSpeech& speech,
                                   const Pack& pack);

// Nothing happens when it is back already. Error: not_found for what is not the reader's own.
Status return_pack(const Reading& reading, RecordId id, const stream::Origin& origin);

// As one PDF of A4 pages, each marked with `mark`: whose copy it is, and since when.
Result<std::string> pack_pdf(const CardSpeech& speech, const std::vector<Card>& cards,
                             const std::string& title, const std::string& mark);

}  // namespace linchpin::dossier
