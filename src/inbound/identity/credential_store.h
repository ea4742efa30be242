#pragma once

// Browser sessions and API tokens in the database. Only SHA-256 digests of what the callers hold
// are stored, so that a copy of the database opens nothing.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "storage/storage.h"

namespace linchpin::inbound {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t session_idle_time = 12 * 60 * minute;
constexpr std::int64_t session_longest_time = 7 * 24 * 60 * minute;
constexpr std::int64_t session_seen_step = 5 * minute;  // how exactly last use is stored
constexpr std::int64_t max_sessions_per_user = 50;
constexpr std::int64_t max_tokens_per_user = 100;

struct StoredSession {
  std::string digest;
  RecordId user;
  Instant created_at = 0;
  Instant seen_at = 0;
  Instant expires_at = 0;
  std::string address;  // where it was last used
  std::string agent;    // the browser, as it called itself

  // As its user names it; the digest stays here.
  RecordId id() const;
};

struct StoredToken {
  RecordId id;
  std::string digest;
  RecordId user;
  std::string name;
  bool may_write = false;
  Instant created_at = 0;
  Instant expires_at = 0;    // 0 = never
  Instant seen_at = 0;       // 0 = never
  std::string address = {};  // where it was last used
};

// Tables lp_session and lp_token; also from where they are used, which the first ones did not say.
Status ensure_session_tables(storage::Connection& connection);

// Also removes what has expired, and the user's oldest sessions beyond max_sessions_per_user.
Status insert_session(storage::Connection& connection, const StoredSession& session);
Result<std::optional<StoredSession>> find_session(storage::Connection& connection,
                                                  std::string_view digest);
// Those that have not ended, the last used one first.
Result<std::vector<StoredSession>> sessions_of(storage::Connection& connection, RecordId user,
                                               Instant now);
Status mark_session_seen(storage::Connection& connection, std::string_view digest, Instant now,
                         std::string_view address);
Status delete_session(storage::Connection& connection, std::string_view digest);
// All of a user's sessions but the one that is kept (empty = none).
Status delete_sessions_of(storage::Connection& connection, RecordId user, std::string_view kept);

// Error: invalid_state / `too_many_tokens` {limit}.
Status insert_token(storage::Connection& connection, const StoredToken& token);
Result<std::optional<StoredToken>> find_token(storage::Connection& connection,
                                              std::string_view digest);
Result<std::vector<StoredToken>> tokens_of(storage::Connection& connection, RecordId user);
Status mark_token_seen(storage::Connection& connection, RecordId token, Instant now,
                       std::string_view address);
// Error: not_found when the user has no such token.
Status delete_token(storage::Connection& connection, RecordId user, RecordId token);

}  // namespace linchpin::inbound
