#include "handover/exports_before.h"

#include "base/date.h"
#include "stream/audit_log.h"

namespace linchpin::handover {

namespace {

constexpr Instant milliseconds_of_day = 24 * 3600 * 1000;

json::object told(const stream::AuditNote& note) {
  const auto details = parse_json_object(note.details);
  const json::value* format = details ? details->if_contains("format") : nullptr;
  return {{"at", format_instant(note.at)},
          {"object", note.object},
          {"format", format ? *format : json::value()}};
}

}  // namespace

Result<json::object> exports_before(records::Records& records, RecordId user, Instant now) {
  stream::AuditFilter filter;
  filter.kind = stream::AuditKind::export_;
  filter.user = user;
  filter.from = now - looked_back_days * milliseconds_of_day;
  json::array latest;
  bool more = false;
  LP_CHECK(records.database().read([&](storage::Connection& connection) {
    return stream::read_audit(connection, filter, max_told_exports + 1,
                              [&](const stream::AuditEntry& entry) -> Status {
                                more = latest.size() == max_told_exports;
                                if (!more) latest.push_back(told(entry.note));
                                return {};
                              });
  }));
  return json::object{{"days", looked_back_days},
                      {"count", static_cast<std::int64_t>(latest.size())},
                      {"more", more},
                      {"latest", std::move(latest)}};
}

}  // namespace linchpin::handover
