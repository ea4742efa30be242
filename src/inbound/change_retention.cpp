#include "inbound/change_retention.h"

#include "base/log.h"
#include "stream/change_log.h"

namespace linchpin::inbound {

namespace {

constexpr int forgotten_at_once = 1'000;

}  // namespace

Status forget_old_changes(storage::Database& database, Instant now, int days) {
  const Instant before = now - days * milliseconds_per_day;
  while (true) {
    auto slice = [&](storage::Connection& connection) {
      return stream::forget_before(connection, before, forgotten_at_once);
    };
    LP_TRY(const std::int64_t gone, database.write(slice, storage::WriteKind::job));
    if (gone == 0) return {};
  }
}

void forget_old_changes_regularly(jobs::Jobs& jobs, records::Records& records, const Clock& clock,
                                  const Settings& settings) {
  jobs.housekeeping([&records, &clock, &settings] {
    const int days = settings.get()->change_days;
    const Status done = forget_old_changes(records.database(), clock.now(), days);
    if (!done) log_warning("changes_not_forgotten", {{"why", done.error().log_detail}});
  });
}

}  // namespace linchpin::inbound
