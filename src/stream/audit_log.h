#pragma once

// The audit log: who came in, whose rights changed, what left the house. Append-only and written in
// the transaction of what it tells. Every entry carries a code over itself and the one before it,
// made with a key that is not in the database: an entry that is changed, removed or put in is
// found. A write holds the place of its process among all others, so the chain never forks.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "stream/change_log.h"

namespace linchpin::stream {

enum class AuditKind {
  log_begun,
  sign_in,
  sign_in_failed,
  sign_out,
  session_ended,
  password_changed,
  token_created,
  token_ended,
  rights_changed,
  shares_changed,
  export_,
  download,
  personal_read,
  configuration_changed,
  second_factor_changed,
  personal_erased,
  key_rotated,
  rights_previewed,
};
constexpr std::size_t audit_kind_count = 18;
std::string_view audit_kind_name(AuditKind kind);
std::optional<AuditKind> audit_kind_named(std::string_view name);

// `details` is a JSON object; it holds no password, no token and no personal value.
struct AuditNote {
  AuditKind kind = AuditKind::log_begun;
  Origin origin;
  Instant at = 0;
  std::string address;  // from where; empty when that is not known
  std::string object;   // what it is about, with `record`; may be empty
  RecordId record;
  std::string details = "{}";
};

struct AuditEntry {
  std::int64_t seq = 0;  // from 1, without a gap
  AuditNote note;        // its origin's cause and depth are not kept
  std::string code;      // 32 bytes
};

Status ensure_audit_tables(storage::Connection& connection);

// Within a write. `workspace_key`: the key of the chain is derived from it.
Status append_audit(storage::Connection& connection, const Key& workspace_key,
                    const AuditNote& note);
// The first entry, where there is none: from then on an empty log is a damaged one.
Status begin_audit(storage::Connection& connection, const Key& workspace_key, Instant now);

struct AuditFilter {
  std::optional<AuditKind> kind = {};
  RecordId user = {};                // who did it, or whom it is about
  std::optional<Instant> from = {};  // inclusive
  std::optional<Instant> to = {};    // exclusive
  std::int64_t before = 0;           // only entries below this seq; 0 = all
};

// Newest first.
using AuditVisitor = std::function<Status(const AuditEntry&)>;
Status read_audit(storage::Connection& connection, const AuditFilter& filter, int limit,
                  const AuditVisitor& visit);

// changed: the entry `first` is not what was written in its place. missing: the entries from
// `first` to `last` are gone. end_moved: the log does not end where it was written last, or that
// place was lost; `last` is the last entry that there is.
struct AuditDamage {
  enum class Kind { changed, missing, end_moved } kind = Kind::changed;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

constexpr std::size_t max_audit_damages = 100;  // more are not looked for

struct AuditCheck {
  std::int64_t entries = 0;
  std::vector<AuditDamage> damages;
};

// Follows the chain from its beginning to its end.
Result<AuditCheck> check_audit(storage::Connection& connection, const Key& workspace_key);

// Within the write that changes the workspace key: every sound code is made anew with the new key.
// What was damaged stays found.
Status recode_audit(storage::Connection& connection, const Key& old_key, const Key& new_key);

}  // namespace linchpin::stream
