#pragma once

// Who asks: sign-in, sessions, API tokens. Owns the tables lp_credential, lp_session and lp_token;
// the people themselves are records of the object `user`.

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "inbound/deed.h"
#include "inbound/http/message.h"
#include "inbound/identity/credential_store.h"
#include "inbound/identity/passwords.h"
#include "inbound/identity/principal.h"
#include "inbound/identity/principal_cache.h"
#include "inbound/identity/second_factor.h"
#include "inbound/identity/sign_in_guard.h"
#include "inbound/identity/users.h"

namespace linchpin::inbound {

constexpr std::string_view session_cookie = "linchpin_session";

struct SignedIn {
  PrincipalPointer principal;
  std::string session_id;  // what the cookie holds
};

struct NewToken {
  std::string name;
  bool may_write = true;
  Instant expires_at = 0;  // 0 = never
};

struct IssuedToken {
  StoredToken stored;
  std::string text;  // shown once
};

class Identity {
 public:
  Identity(records::Records& records, const Clock& clock, IdGenerator& ids);

  static Status ensure_tables(storage::Connection& connection);

  // False: the head holds neither a session nor a token, whatever these may be worth.
  static bool has_credentials(const RequestHead& head);

  // A Bearer token goes before a cookie. Error: unauthenticated. `use` counts as activity of the
  // session; `look` does not, and writes nothing.
  enum class Purpose { use, look };
  Result<PrincipalPointer> authenticate(const RequestHead& head, Purpose purpose = Purpose::use);
  // What the same credential is worth now: null when it is worth nothing any more.
  PrincipalPointer current(const Principal& principal);

  // What follows stands in the audit log as the deed says. Errors: unauthenticated /
  // `wrong_login_or_password`, the same for everything that is wrong; with the right password and
  // a second factor `code_required`, `wrong_code`; rate_limited.
  struct Credentials {
    std::string login;
    std::string password;
    std::string code;   // of the second factor, or a recovery code
    std::string agent;  // what the browser calls itself
  };
  Result<SignedIn> sign_in(const Credentials& given, const Deed& deed);
  // Somebody whom a provider of the company has proven, without password and second factor.
  // Error: unauthenticated / `unknown_person`, also of who is not active.
  struct Proven {
    std::string login;
    std::string name;           // of who is created
    std::string new_user_role;  // empty = nobody is created
    std::string agent;
  };
  Result<SignedIn> sign_in_proven(const Proven& given, const Deed& deed);
  Status note_not_proven(const Deed& deed, std::string_view reason);
  Status sign_out(const Principal& principal, const Deed& deed);
  Result<std::vector<StoredSession>> sessions(RecordId user);
  // Of the user himself. Error: not_found.
  Status end_session(RecordId user, RecordId session, const Deed& deed);
  // All of the user's but the one that asks.
  Status end_other_sessions(const Principal& principal, const Deed& deed);
  // Ends the user's other sessions. Errors: validation_failed / `wrong_current_password`, those of
  // check_new_password; rate_limited.
  Status change_password(const Principal& principal, std::string_view current_password,
                         std::string_view new_password, const Deed& deed);
  // Somebody who is signed in shows once more who he is. Errors: validation_failed /
  // `wrong_current_password`, rate_limited.
  Status check_current(const Principal& principal, std::string_view password, const Deed& deed);

  Result<std::optional<SecondFactor>> second_factor(RecordId user);
  // A new secret, which is asked for once it is confirmed. Errors: those of check_current;
  // invalid_state / `second_factor_set`.
  Result<std::string> begin_second_factor(const Principal& principal,
                                          std::string_view current_password, const Deed& deed);
  // Gives the recovery codes and ends the user's other sessions. Errors: invalid_state /
  // `second_factor_not_begun`, `second_factor_set`; validation_failed / `wrong_code`.
  Result<std::vector<std::string>> confirm_second_factor(const Principal& principal,
                                                         std::string_view code, const Deed& deed);
  Status remove_second_factor(RecordId user, const Deed& deed);  // error: not_found

  // By an administrator: ends all sessions of the user. Error: not_found.
  Status set_password(RecordId user, std::string_view password, const Deed& deed);

  Result<IssuedToken> create_token(RecordId user, const NewToken& token, const Deed& deed = {});
  Result<std::vector<StoredToken>> tokens(RecordId user);
  Status delete_token(RecordId user, RecordId token, const Deed& deed);

  // Any password but an empty one: whoever runs the command line decides.
  Result<RecordId> create_user(const NewUser& user, std::string_view password);
  // Where nobody can sign in yet: makes the administrator `admin`, and tells whether it did.
  Result<bool> ensure_first_administrator(std::string_view password);
  // Nobody has a password yet.
  Result<bool> is_unclaimed();
  Users& users() { return users_; }

 private:
  enum class Credential { session, token };

  storage::Database& database() { return records_.database(); }
  void refresh_cache();
  void forget_changed_rights(storage::Connection& connection);
  Result<PrincipalCache::EntryPointer> load(Credential kind, std::string_view digest);
  Result<PrincipalCache::EntryPointer> entry_of(Credential kind, std::string_view digest);
  bool is_expired(const PrincipalCache::Entry& entry, Instant now) const;
  static bool has_turned(const PrincipalCache::Entry& entry, Instant now);
  void note_use(PrincipalCache::Entry& entry, Instant now, std::string_view address);
  struct Attempt {
    std::optional<UserAccount> user;
    const char* failure = nullptr;  // as the audit log says it; null: it is him
  };
  Result<Attempt> try_password(std::string_view login, std::string_view password);
  Status refused(const Deed& deed, RecordId user, std::string_view reason);
  Status check_code(const UserAccount& user, std::string_view code, const Deed& deed);
  Result<SignedIn> open_session(const UserAccount& user, const Deed& deed, std::string_view agent,
                                std::string details = "{}");
  // Within a write: what happened to the user's account.
  Status note(storage::Connection& connection, stream::AuditKind kind, const Deed& deed,
              RecordId user, std::string details = "{}");

  records::Records& records_;
  const Clock& clock_;
  IdGenerator& ids_;
  Users users_;
  PasswordChecker checker_;
  SignInGuard guard_;
  PrincipalCache cache_;

  std::mutex refresh_mutex_;  // guards seen_seq_ and orders what follows
  std::int64_t seen_seq_ = -1;
  std::atomic<std::int64_t> seen_version_{-1};
  std::atomic<std::int64_t> seen_commits_{-1};
};

}  // namespace linchpin::inbound
