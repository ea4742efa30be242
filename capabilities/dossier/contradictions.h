#pragma once

// Checks by hand that facts contradict later: somebody said of a part of the card that it was as it
// stood, and a source shows that it was different by then. Each is kept once, with both values; no
// card changes by it.

#include "dossier/own.h"

namespace linchpin::dossier {

// What a registry says this long after a check was so at the check already: a registry follows what
// it tells with some delay, and says nothing of the day. Who knows the day of effect goes by it.
constexpr int contradiction_days = 30;
constexpr int contradictions_shown_days = 90;  // on the account's own page
constexpr int max_contradictions_page = 50;

// What a source says of the card or of the figures of a year, where that is something else.
struct ContraryFinding {
  struct Value {
    std::string field;
    json::value ours;
    json::value theirs;
  };
  RecordId account;
  RecordId financial;  // whose figures they are; none: the card
  std::int64_t year = 0;
  std::string source;
  Instant found_at = 0;
  std::optional<Day> effective_on;  // since when it is so, where the source says it
  std::vector<Value> values;
};

// The rule: the check was before the finding, and what was found was so on the day of the check: by
// its day of effect, or found within `contradiction_days`.
bool contradicts(Instant checked_at, Day checked_on, const ContraryFinding& finding);

// A check by hand and a value of its part that nobody touched since.
struct Contradiction {
  std::string key;
  Instant checked_at = 0;
  RecordId checked_by;
  ContraryFinding::Value value;
};

// What the finding contradicts of the last check of its part, and no finding did before.
Result<std::vector<Contradiction>> contradictions_of(const Own& own,
                                                     const ContraryFinding& finding);
// In the transaction that keeps the finding.
Status keep_contradictions(records::BulkSlice& slice, const ContraryFinding& finding,
                           const std::vector<Contradiction>& found);

struct ContradictionsRequest {
  RecordId account;  // none: all that the reader sees
  RecordId by;       // who had checked; none: anybody
  std::optional<Day> from, to;  // found in [from, to)
  std::string after;
  int limit = max_contradictions_page;
};
// {"contradictions":[{"id","account","part","object","field","year","said","found","source",
// "found_at","effective_on","checked_at","checked_by"}],"page":{"next","has_more"}}: newest first,
// without fields that the reader may not see. Error: cursor_mismatch.
Status write_contradictions(JsonWriter& out, const Reading& reading,
                            const ContradictionsRequest& request);

}  // namespace linchpin::dossier
