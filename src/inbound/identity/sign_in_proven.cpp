// The parts of Identity that deal with people whom somebody else has proven.

#include "inbound/identity/identity.h"

namespace linchpin::inbound {

namespace {

constexpr std::string_view by_provider = R"({"by":"oidc"})";

Error unknown_person() {
  return Error::of(ErrorCode::unauthenticated, "unknown_person");
}

}  // namespace

Status Identity::note_not_proven(const Deed& deed, std::string_view reason) {
  return refused(deed, RecordId(), reason);
}

Result<SignedIn> Identity::sign_in_proven(const Proven& given, const Deed& deed) {
  LP_TRY(std::optional<UserAccount> user, users_.with_login(given.login));
  if (!user && !given.new_user_role.empty()) {
    const NewUser made{given.login, given.name, false, given.new_user_role};
    const auto nothing_more = [](storage::Connection&, RecordId) -> Status { return {}; };
    LP_TRY(const RecordId id, users_.create(made, nothing_more));
    LP_TRY(user, users_.with_id(id));
  }
  if (!user || !user->active) {
    LP_CHECK(refused(deed, user ? user->id : RecordId(), user ? "not_active" : "unknown_person"));
    return unknown_person();
  }
  return open_session(*user, deed, given.agent, std::string(by_provider));
}

}  // namespace linchpin::inbound
