#include "jobs/exports/export_log.h"

#include "stream/audit_log.h"

namespace linchpin::exports {

Result<std::vector<LoggedExport>> logged_exports(records::Records& records, RecordId user,
                                                 Instant since, int limit) {
  stream::AuditFilter filter;
  filter.kind = stream::AuditKind::export_;
  filter.user = user;
  filter.from = since;
  std::vector<LoggedExport> found;
  const auto take = [&](const stream::AuditEntry& entry) -> Status {
    const auto details = parse_json_object(entry.note.details);
    const json::value* format = details ? details->if_contains("format") : nullptr;
    const bool named = format != nullptr && format->is_string();
    found.push_back({entry.note.at, entry.note.object,
                     named ? std::string(format->get_string()) : std::string()});
    return {};
  };
  LP_CHECK(records.database().read([&](storage::Connection& connection) {
    return stream::read_audit(connection, filter, limit, take);
  }));
  return found;
}

}  // namespace linchpin::exports
