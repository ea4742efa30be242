// The parts of Identity that deal with passwords.

#include "base/crypto.h"
#include "inbound/identity/identity.h"

namespace linchpin::inbound {

using storage::Connection;

namespace {

constexpr std::string_view first_login = "admin";

Error wrong_login_or_password() {
  return Error::of(ErrorCode::unauthenticated, "wrong_login_or_password");
}

}  // namespace

Result<Identity::Attempt> Identity::try_password(std::string_view login,
                                                 std::string_view password) {
  LP_TRY(std::optional<UserAccount> user, users_.with_login(login));
  std::optional<std::string> hash;
  if (user) {
    LP_TRY(hash, database().read([&](Connection& connection) {
      return password_hash_of(connection, user->id);
    }));
  }
  LP_TRY(const bool matches, checker_.verify(hash, password));
  const char* failure = nullptr;
  if (!user) {
    failure = "unknown_login";
  } else if (!matches) {
    failure = "wrong_password";
  } else if (!user->active) {
    failure = "not_active";
  }
  return Attempt{std::move(user), failure};
}

Status Identity::refused(const Deed& deed, RecordId user, std::string_view reason) {
  const std::string details = R"({"reason":")" + std::string(reason) + "\"}";
  return database().write([&](Connection& connection) {
    return note(connection, stream::AuditKind::sign_in_failed, deed, user, details);
  });
}

Result<SignedIn> Identity::sign_in(const Credentials& given, const Deed& deed) {
  LP_CHECK(guard_.admit(given.login, deed.address));
  const Result<Attempt> attempt = try_password(given.login, given.password);
  if (!attempt) {
    guard_.undecided(given.login, deed.address);
    return attempt.error();
  }
  if (attempt->failure) {
    // An unknown login is not told: people type their password there.
    LP_CHECK(refused(deed, attempt->user ? attempt->user->id : RecordId(), attempt->failure));
    return wrong_login_or_password();
  }
  if (const Status passed = check_code(*attempt->user, given.code, deed); !passed) {
    const bool is_wrong = passed.error().detail == "wrong_code";
    if (is_wrong) LP_CHECK(refused(deed, attempt->user->id, "wrong_code"));
    if (!is_wrong) guard_.undecided(given.login, deed.address);
    return passed.error();
  }
  guard_.succeeded(given.login, deed.address);
  return open_session(*attempt->user, deed, given.agent);
}

Status Identity::sign_out(const Principal& principal, const Deed& deed) {
  if (principal.kind != Principal::Kind::session) return {};
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(delete_session(connection, principal.credential));
    return note(connection, stream::AuditKind::sign_out, deed, principal.user);
  }));
  cache_.forget(principal.credential);
  return {};
}

Status Identity::check_current(const Principal& principal, std::string_view password,
                               const Deed& deed) {
  LP_CHECK(guard_.admit(principal.login, deed.address));
  LP_TRY(const auto hash, database().read([&](Connection& connection) {
    return password_hash_of(connection, principal.user);
  }));
  const Result<bool> matches = checker_.verify(hash, password);
  if (!matches) {
    guard_.undecided(principal.login, deed.address);
    return matches.error();
  }
  if (!*matches) {
    return Error::invalid(FieldProblem{"/current", {}, "wrong_current_password", {}});
  }
  guard_.succeeded(principal.login, deed.address);
  return {};
}

Status Identity::change_password(const Principal& principal, std::string_view current_password,
                                 std::string_view new_password, const Deed& deed) {
  LP_CHECK(check_current(principal, current_password, deed));
  LP_CHECK(check_new_password(principal.login, new_password, "/new"));
  LP_TRY(const std::string new_hash, checker_.hash(new_password));
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(store_password_hash(connection, principal.user, new_hash, clock_.now()));
    LP_CHECK(delete_sessions_of(connection, principal.user, principal.credential));
    return note(connection, stream::AuditKind::password_changed, deed, principal.user);
  }));
  cache_.forget_user(principal.user);
  return {};
}

Status Identity::set_password(RecordId user, std::string_view password, const Deed& deed) {
  LP_TRY(const auto account, users_.with_id(user));
  if (!account) return Error::of(ErrorCode::not_found);
  LP_CHECK(check_new_password(account->login, password, "/password"));
  LP_TRY(const std::string hash, checker_.hash(password));
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(store_password_hash(connection, user, hash, clock_.now()));
    LP_CHECK(delete_sessions_of(connection, user, {}));
    return note(connection, stream::AuditKind::password_changed, deed, user);
  }));
  cache_.forget_user(user);
  return {};
}

Result<RecordId> Identity::create_user(const NewUser& user, std::string_view password) {
  std::string hash;
  if (!password.empty()) {
    LP_TRY(hash, checker_.hash(password));
  }
  return users_.create(user, [&](Connection& connection, RecordId id) -> Status {
    if (hash.empty()) return {};
    return store_password_hash(connection, id, hash, clock_.now());
  });
}

Result<bool> Identity::is_unclaimed() {
  LP_TRY(const bool claimed, database().read([](Connection& connection) {
    return inbound::has_credentials(connection);
  }));
  return !claimed;
}

Result<bool> Identity::ensure_first_administrator(std::string_view password) {
  LP_TRY(const bool unclaimed, is_unclaimed());
  if (!unclaimed) return false;
  LP_TRY(const auto existing, users_.with_login(first_login));
  if (!existing) {
    NewUser user;
    user.login = first_login;
    user.name = first_login;
    user.administrator = true;
    LP_CHECK(create_user(user, password));
    return true;
  }
  LP_CHECK(users_.make_administrator(existing->id));
  LP_TRY(const std::string hash, checker_.hash(password));
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(store_password_hash(connection, existing->id, hash, clock_.now()));
    return note(connection, stream::AuditKind::password_changed, {}, existing->id);
  }));
  return true;
}

}  // namespace linchpin::inbound
