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

// Nobody where login and password do not belong together.
Result<std::optional<UserAccount>> Identity::verified_user(std::string_view login,
                                                           std::string_view password) {
  LP_TRY(std::optional<UserAccount> user, users_.with_login(login));
  std::optional<std::string> hash;
  if (user) {
    LP_TRY(hash, database().read([&](Connection& connection) {
      return password_hash_of(connection, user->id);
    }));
  }
  LP_TRY(const bool matches, checker_.verify(hash, password));
  if (!matches || !user->active) user.reset();
  return user;
}

Result<SignedIn> Identity::sign_in(std::string_view login, std::string_view password,
                                   std::string_view address) {
  LP_CHECK(guard_.admit(login, address));
  const Result<std::optional<UserAccount>> user = verified_user(login, password);
  if (!user) {
    guard_.undecided(login, address);
    return user.error();
  }
  if (!*user) return wrong_login_or_password();
  guard_.succeeded(login, address);
  return open_session(**user);
}

Status Identity::sign_out(const Principal& principal) {
  if (principal.kind != Principal::Kind::session) return {};
  LP_CHECK(database().write(
      [&](Connection& connection) { return delete_session(connection, principal.credential); }));
  cache_.forget(principal.credential);
  return {};
}

Status Identity::change_password(const Principal& principal, std::string_view current_password,
                                 std::string_view new_password, std::string_view address) {
  LP_CHECK(guard_.admit(principal.login, address));
  LP_TRY(const auto hash, database().read([&](Connection& connection) {
    return password_hash_of(connection, principal.user);
  }));
  const Result<bool> matches = checker_.verify(hash, current_password);
  if (!matches) {
    guard_.undecided(principal.login, address);
    return matches.error();
  }
  if (!*matches) {
    return Error::invalid(FieldProblem{"/current", {}, "wrong_current_password", {}});
  }
  guard_.succeeded(principal.login, address);
  LP_CHECK(check_new_password(principal.login, new_password, "/new"));
  LP_TRY(const std::string new_hash, checker_.hash(new_password));
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(store_password_hash(connection, principal.user, new_hash, clock_.now()));
    return delete_sessions_of(connection, principal.user, principal.credential);
  }));
  cache_.forget_user(principal.user);
  return {};
}

Status Identity::set_password(RecordId user, std::string_view password) {
  LP_TRY(const auto account, users_.with_id(user));
  if (!account) return Error::of(ErrorCode::not_found);
  LP_CHECK(check_new_password(account->login, password, "/password"));
  LP_TRY(const std::string hash, checker_.hash(password));
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_CHECK(store_password_hash(connection, user, hash, clock_.now()));
    return delete_sessions_of(connection, user, {});
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
  LP_CHECK(database().write([&](Connection& connection) {
    return store_password_hash(connection, existing->id, hash, clock_.now());
  }));
  return true;
}

}  // namespace linchpin::inbound
