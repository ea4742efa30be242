#pragma once

// Runs of days that rows are grouped by. Every day lies in one bucket of a kind, and a bucket is
// known by its index, which grows with time.

#include <optional>
#include <string>
#include <string_view>

#include "records/filter.h"
#include "storage/storage.h"

namespace linchpin::records {

enum class Bucket { day, week, month, quarter, year };  // weeks begin on Monday, as in ISO 8601

std::string_view bucket_name(Bucket bucket);
std::optional<Bucket> bucket_named(std::string_view name);

// "2026-11-21", "2026-W47", "2026-11", "2026-Q4", "2026"
std::string bucket_text(Bucket bucket, std::int64_t index);
DayRange days_of(Bucket bucket, std::int64_t index);

// The index of the bucket that holds the day, and the local day of an instant.
storage::Sql bucket_sql(storage::Dialect dialect, Bucket bucket, const storage::Sql& day);
storage::Sql local_day_sql(storage::Dialect dialect, const storage::Sql& instant,
                           const TimeZone& zone);

}  // namespace linchpin::records
