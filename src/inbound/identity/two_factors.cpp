// The parts of Identity that deal with the second factor.

#include "base/totp.h"
#include "inbound/identity/identity.h"

namespace linchpin::inbound {

using storage::Connection;

namespace {

Error wrong_code() {
  return Error::of(ErrorCode::unauthenticated, "wrong_code");
}

}  // namespace

// Decided before the session begins; the code does not count again, whatever follows.
Status Identity::check_code(const UserAccount& user, std::string_view code, const Deed& deed) {
  const auto find = [&](Connection& connection) {
    return find_second_factor(connection, records_.workspace_key(), user.id);
  };
  LP_TRY(const auto held, database().read(find));
  if (!held || held->confirmed_at == 0) return {};
  if (code.empty()) return Error::of(ErrorCode::unauthenticated, "code_required");
  return database().write([&](Connection& connection) -> Status {
    LP_TRY(auto factor, find(connection));
    if (!factor) return {};
    const CodeIs taken = take_code(*factor, code, clock_.now());
    if (taken == CodeIs::wrong) return wrong_code();
    LP_CHECK(store_second_factor(connection, records_.workspace_key(), *factor));
    if (taken == CodeIs::of_app) return {};
    return note(connection, stream::AuditKind::second_factor_changed, deed, user.id,
                R"({"op":"recovery_code_used"})");
  });
}

Result<std::optional<SecondFactor>> Identity::second_factor(RecordId user) {
  return database().read([&](Connection& connection) {
    return find_second_factor(connection, records_.workspace_key(), user);
  });
}

Result<std::string> Identity::begin_second_factor(const Principal& principal,
                                                  std::string_view current_password,
                                                  const Deed& deed) {
  LP_CHECK(check_current(principal, current_password, deed));
  SecondFactor factor;
  factor.user = principal.user;
  factor.secret = random_bytes(totp_secret_bytes);
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_TRY(const auto held,
           find_second_factor(connection, records_.workspace_key(), principal.user));
    if (held && held->confirmed_at != 0) {
      return Error::of(ErrorCode::invalid_state, "second_factor_set");
    }
    return store_second_factor(connection, records_.workspace_key(), factor);
  }));
  return factor.secret;
}

Result<std::vector<std::string>> Identity::confirm_second_factor(const Principal& principal,
                                                                 std::string_view code,
                                                                 const Deed& deed) {
  std::vector<std::string> codes;
  LP_CHECK(database().write([&](Connection& connection) -> Status {
    LP_TRY(auto factor, find_second_factor(connection, records_.workspace_key(), principal.user));
    if (!factor) return Error::of(ErrorCode::invalid_state, "second_factor_not_begun");
    if (factor->confirmed_at != 0) return Error::of(ErrorCode::invalid_state, "second_factor_set");
    if (take_code(*factor, code, clock_.now()) != CodeIs::of_app) {
      return Error::invalid(FieldProblem{"/code", {}, "wrong_code", {}});
    }
    factor->confirmed_at = clock_.now();
    codes = make_recovery_codes(*factor);
    LP_CHECK(store_second_factor(connection, records_.workspace_key(), *factor));
    // Whoever is signed in elsewhere did so without it.
    LP_CHECK(delete_sessions_of(connection, principal.user, principal.credential));
    return note(connection, stream::AuditKind::second_factor_changed, deed, principal.user,
                R"({"op":"set"})");
  }));
  cache_.forget_user(principal.user);
  return codes;
}

Status Identity::remove_second_factor(RecordId user, const Deed& deed) {
  return database().write([&](Connection& connection) -> Status {
    LP_CHECK(inbound::remove_second_factor(connection, user));
    return note(connection, stream::AuditKind::second_factor_changed, deed, user,
                R"({"op":"removed"})");
  });
}

}  // namespace linchpin::inbound
