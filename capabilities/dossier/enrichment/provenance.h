#pragma once

// Where values of the card and of its yearly figures came from: a company registry, or a page of an
// annual report.

#include "dossier/reading.h"

namespace linchpin::dossier {

struct TakenValue {
  std::string field;
  json::value value;
  std::int64_t page = 0;  // 0: it is on no page
};

// What one write takes over from one source.
struct TakenValues {
  RecordId account;
  RecordId financial;  // whose figures they are; none: those of the card
  std::string source;  // a registry or a file, as people call it
  Instant taken_at = 0;
  RecordId report;
  std::int64_t year = 0;  // of the report
  std::vector<TakenValue> values;
};

// In the transaction of the write that takes them over.
Status keep_provenance(records::Records& records, storage::Connection& connection,
                       const stream::Origin& origin, const TakenValues& taken);

// [{"object","year","field","source","taken_at","file","page"}] of what the reader may see; what
// somebody has written over since does not come from there any more. `card`: the account's fields.
Status write_provenance(JsonWriter& out, const Reading& reading, const json::object& card,
                        RecordId account);

// "differences":[{"field","ours","theirs"}],"same":[…] of what the reader may see and change.
void write_comparison(JsonWriter& out, const access::AccessScope& scope,
                      const records::Object& object, const json::object& ours,
                      const json::object& theirs);

}  // namespace linchpin::dossier
