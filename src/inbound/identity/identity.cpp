#include "inbound/identity/identity.h"

#include "base/crypto.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "records/organisation.h"
#include "stream/change_log.h"

namespace linchpin::inbound {

using storage::Connection;

namespace {

constexpr std::string_view token_prefix = "lpt_";
constexpr std::string_view bearer = "bearer ";
constexpr std::size_t max_credential_bytes = 256;

Error unknown_caller() {
  return Error::of(ErrorCode::unauthenticated);
}

bool starts_with_bearer(std::string_view header) {
  if (header.size() < bearer.size()) return false;
  for (std::size_t i = 0; i < bearer.size(); ++i) {
    const char c = header[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != bearer[i]) return false;
  }
  return true;
}

// Derived from the session, so that nothing more needs to be stored; worth nothing without it.
std::string csrf_token_of(std::string_view digest) {
  Key key{};
  std::copy_n(digest.begin(), std::min(digest.size(), key.size()), key.begin());
  return to_base64url(hmac_sha256(key, "csrf"));
}

// What a browser says of itself may be anything.
std::string shortened(std::string_view agent) {
  constexpr std::size_t max_agent_bytes = 200;
  std::string text(agent.substr(0, max_agent_bytes));
  for (char& c : text) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text;
}

std::shared_ptr<Principal> principal_of(const UserAccount& user, access::AccessScope scope) {
  auto principal = std::make_shared<Principal>(std::move(scope));
  principal->user = user.id;
  principal->login = user.login;
  principal->name = user.name;
  principal->locale = user.locale;
  principal->administrator = principal->scope.administrator();
  return principal;
}

}  // namespace

Identity::Identity(records::Records& records, const Clock& clock, IdGenerator& ids)
    : records_(records), clock_(clock), ids_(ids), users_(records), guard_(clock) {}

Status Identity::ensure_tables(Connection& connection) {
  LP_CHECK(ensure_credential_table(connection));
  LP_CHECK(ensure_second_factor_table(connection));
  return ensure_session_tables(connection);
}

bool Identity::has_credentials(const RequestHead& head) {
  return !head.header("authorization").empty() || !head.cookie(session_cookie).empty();
}

// A change of a user, by whatever road, stands in the change log; what another process did may be
// anything.
void Identity::refresh_cache() {
  const std::int64_t commits = database().counters().commits;
  const Result<std::int64_t> version = database().data_version();
  if (!version) return cache_.forget_all();
  if (commits == seen_commits_ && *version == seen_version_) return;
  const std::lock_guard lock(refresh_mutex_);
  if (commits == seen_commits_ && *version == seen_version_) return;
  if (*version != seen_version_) {
    cache_.forget_all();
    // Metadata may have changed as well; what cannot be read now is read by the next who asks.
    if (!records_.refresh_schema()) return;
  }
  const Status read = database().read([&](Connection& connection) -> Status {
    forget_changed_rights(connection);
    return {};
  });
  if (!read) return cache_.forget_all();
  seen_commits_ = commits;
  seen_version_ = *version;
}

void Identity::forget_changed_rights(Connection& connection) {
  const Result<std::int64_t> last = stream::last_seq(connection);
  if (!last) return cache_.forget_all();
  if (seen_seq_ >= 0 && *last > seen_seq_) {
    // What one person may do follows from where the others stand.
    bool changed = false;
    for (const std::string_view object : records::rights_objects) {
      const Status read =
          stream::read_since(connection, seen_seq_, object, 1, [&](const stream::Entry&) -> Status {
            changed = true;
            return {};
          });
      changed = changed || !read;
    }
    if (changed) cache_.forget_all();
  }
  seen_seq_ = *last;
}

Result<PrincipalCache::EntryPointer> Identity::load(Credential kind, std::string_view digest) {
  auto entry = std::make_shared<PrincipalCache::Entry>();
  StoredToken token;
  StoredSession session;
  const bool is_token = kind == Credential::token;
  LP_CHECK(database().read([&](Connection& connection) -> Status {
    if (is_token) {
      LP_TRY(auto found, find_token(connection, digest));
      if (!found) return unknown_caller();
      token = std::move(*found);
    } else {
      LP_TRY(auto found, find_session(connection, digest));
      if (!found) return unknown_caller();
      session = std::move(*found);
    }
    return {};
  }));
  LP_TRY(const auto user, users_.with_id(is_token ? token.user : session.user));
  if (!user || !user->active) return unknown_caller();
  LP_TRY(access::AccessScope scope, records_.scope_of(user->id));
  const auto principal = principal_of(*user, std::move(scope));
  principal->credential = digest;
  if (is_token) {
    principal->kind = Principal::Kind::token;
    principal->token = token.id;
    principal->may_write = token.may_write;
    principal->expires_at = token.expires_at;
    entry->seen_at = token.seen_at;
    entry->stored_at = token.seen_at;
  } else {
    principal->csrf_token = csrf_token_of(digest);
    principal->expires_at = session.expires_at;
    entry->seen_at = session.seen_at;
    entry->stored_at = session.seen_at;
  }
  entry->principal = principal;
  return entry;
}

bool Identity::is_expired(const PrincipalCache::Entry& entry, Instant now) const {
  const Principal& principal = *entry.principal;
  if (principal.expires_at != 0 && now >= principal.expires_at) return true;
  return principal.kind == Principal::Kind::session && now - entry.seen_at >= session_idle_time;
}

// A deputy's rights have begun or ended since.
bool Identity::has_turned(const PrincipalCache::Entry& entry, Instant now) {
  const Instant until = entry.principal->scope.valid_until();
  return until != 0 && now >= until;
}

Result<PrincipalCache::EntryPointer> Identity::entry_of(Credential kind, std::string_view digest) {
  refresh_cache();
  PrincipalCache::EntryPointer entry = cache_.find(digest);
  if (!entry || has_turned(*entry, clock_.now())) {
    const std::uint64_t epoch = cache_.epoch();
    LP_TRY(entry, load(kind, digest));
    cache_.put(entry, epoch);
  }
  if (is_expired(*entry, clock_.now())) {
    cache_.forget(digest);
    return unknown_caller();
  }
  return entry;
}

void Identity::note_use(PrincipalCache::Entry& entry, Instant now, std::string_view address) {
  const Principal& principal = *entry.principal;
  entry.seen_at = now;
  Instant stored = entry.stored_at;
  if (now - stored < session_seen_step) return;
  if (!entry.stored_at.compare_exchange_strong(stored, now)) return;  // another request does it
  const Status written = database().write([&](Connection& connection) {
    return principal.kind == Principal::Kind::session
               ? mark_session_seen(connection, principal.credential, now, address)
               : mark_token_seen(connection, principal.token, now, address);
  });
  // Nothing depends on it now: the session may end a little early after a restart.
  if (!written) log_warning("session_use_not_stored", {{"why", written.error().log_detail}});
}

Result<PrincipalPointer> Identity::authenticate(const RequestHead& head, Purpose purpose) {
  const std::string_view header = head.header("authorization");
  std::string_view text;
  Credential kind = Credential::session;
  if (!header.empty()) {
    if (!starts_with_bearer(header)) return unknown_caller();
    text = header.substr(bearer.size());
    kind = Credential::token;
    if (!text.starts_with(token_prefix)) return unknown_caller();
  } else {
    text = head.cookie(session_cookie);
  }
  if (text.empty() || text.size() > max_credential_bytes) return unknown_caller();
  LP_TRY(const PrincipalCache::EntryPointer entry, entry_of(kind, sha256(text)));
  if (purpose == Purpose::use) note_use(*entry, clock_.now(), head.remote_address);
  return entry->principal;
}

PrincipalPointer Identity::current(const Principal& principal) {
  const Credential kind =
      principal.kind == Principal::Kind::token ? Credential::token : Credential::session;
  const Result<PrincipalCache::EntryPointer> entry = entry_of(kind, principal.credential);
  return entry ? (*entry)->principal : nullptr;
}

Status Identity::note(Connection& connection, stream::AuditKind kind, const Deed& deed,
                      RecordId user, std::string details) {
  stream::AuditNote made = deed.note(kind, clock_.now());
  made.object = "user";
  made.record = user;
  made.details = std::move(details);
  return stream::append_audit(connection, records_.workspace_key(), made);
}

Result<SignedIn> Identity::open_session(const UserAccount& user, const Deed& deed,
                                        std::string_view agent, std::string details) {
  const Instant now = clock_.now();
  SignedIn signed_in;
  signed_in.session_id = to_base64url(random_bytes(key_bytes));
  StoredSession session;
  session.digest = sha256(signed_in.session_id);
  session.user = user.id;
  session.created_at = now;
  session.seen_at = now;
  session.expires_at = now + session_longest_time;
  session.address = deed.address;
  session.agent = shortened(agent);
  LP_TRY(access::AccessScope scope, records_.scope_of(user.id));
  Deed own = deed;
  own.origin.actor = scope.actor();
  own.origin.client = "web";
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(insert_session(connection, session));
    return note(connection, stream::AuditKind::sign_in, own, user.id, details);
  }));
  const auto principal = principal_of(user, std::move(scope));
  principal->credential = session.digest;
  principal->csrf_token = csrf_token_of(session.digest);
  principal->expires_at = session.expires_at;
  signed_in.principal = principal;
  return signed_in;
}

Result<std::vector<StoredSession>> Identity::sessions(RecordId user) {
  return database().read(
      [&](Connection& connection) { return sessions_of(connection, user, clock_.now()); });
}

Status Identity::end_session(RecordId user, RecordId session, const Deed& deed) {
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_TRY(const auto open, sessions_of(connection, user, clock_.now()));
    const auto found = std::find_if(open.begin(), open.end(),
                                    [&](const StoredSession& one) { return one.id() == session; });
    if (found == open.end()) return Error::of(ErrorCode::not_found);
    LP_CHECK(delete_session(connection, found->digest));
    JsonWriter details;
    details.begin_object().key("session").id(session).end_object();
    return note(connection, stream::AuditKind::session_ended, deed, user, details.take());
  }));
  cache_.forget_user(user);
  return {};
}

Status Identity::end_other_sessions(const Principal& principal, const Deed& deed) {
  const bool is_session = principal.kind == Principal::Kind::session;
  const std::string_view kept = is_session ? std::string_view(principal.credential) : "";
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(delete_sessions_of(connection, principal.user, kept));
    return note(connection, stream::AuditKind::session_ended, deed, principal.user,
                R"({"others":true})");
  }));
  cache_.forget_user(principal.user);
  return {};
}

Result<IssuedToken> Identity::create_token(RecordId user, const NewToken& token, const Deed& deed) {
  IssuedToken issued;
  issued.text = std::string(token_prefix) + to_base64url(random_bytes(key_bytes));
  issued.stored = {ids_.next(),  sha256(issued.text), user, token.name, token.may_write,
                   clock_.now(), token.expires_at};
  JsonWriter details;
  details.begin_object().key("token").id(issued.stored.id).key("name").string(token.name);
  details.key("scope").string(token.may_write ? "write" : "read").key("expires_at");
  if (token.expires_at == 0) {
    details.null();
  } else {
    details.instant(token.expires_at);
  }
  details.end_object();
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(insert_token(connection, issued.stored));
    return note(connection, stream::AuditKind::token_created, deed, user, details.text());
  }));
  return issued;
}

Result<std::vector<StoredToken>> Identity::tokens(RecordId user) {
  return database().read([&](Connection& connection) { return tokens_of(connection, user); });
}

Status Identity::delete_token(RecordId user, RecordId token, const Deed& deed) {
  JsonWriter details;
  details.begin_object().key("token").id(token).end_object();
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(inbound::delete_token(connection, user, token));
    return note(connection, stream::AuditKind::token_ended, deed, user, details.text());
  }));
  cache_.forget_user(user);
  return {};
}

}  // namespace linchpin::inbound
