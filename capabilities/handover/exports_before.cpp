#include "handover/exports_before.h"

#include "base/date.h"
#include "jobs/exports/export_log.h"

namespace linchpin::handover {

Result<json::object> exports_before(records::Records& records, RecordId user, Instant now) {
  const Instant since = now - looked_back_days * milliseconds_per_day;
  LP_TRY(auto found,
         exports::logged_exports(records, user, since, static_cast<int>(max_told_exports) + 1));
  const bool more = found.size() > max_told_exports;
  if (more) found.pop_back();
  json::array latest;
  for (const exports::LoggedExport& one : found) {
    latest.push_back(json::object{
        {"at", format_instant(one.at)}, {"object", one.object}, {"format", one.format}});
  }
  return json::object{{"days", looked_back_days},
                      {"count", static_cast<std::int64_t>(latest.size())},
                      {"more", more},
                      {"latest", std::move(latest)}};
}

}  // namespace linchpin::handover
