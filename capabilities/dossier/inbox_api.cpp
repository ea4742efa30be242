#include "dossier/inbox_api.h"

#include "dossier/inbox.h"
#include "dossier/request_parts.h"
#include "inbound/member_routes.h"

namespace linchpin::dossier {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

class InboxApi {
 public:
  explicit InboxApi(records::Records& records) : records_(records) {}

  // ?unread=true: only what is not read.
  Result<Response> list(const Request& request, const Caller& caller) {
    const bool unread_only = request.head.query_value("unread").value_or("") == "true";
    JsonWriter out;
    LP_CHECK(write_inbox(out, Reading(records_, caller.scope), unread_only));
    return Response::json(200, out.take());
  }

  // {"entries"?:[…]}: without them everything.
  Result<Response> read(const Request& request, const Caller& caller) {
    LP_TRY(const inbound::Members body, inbound::read_body(request, inbound::BodyIs::optional));
    LP_CHECK(body.allow_only({"entries"}));
    LP_TRY(const std::vector<std::string> entries, body.texts("entries"));
    const Reading reading(records_, caller.scope);
    LP_CHECK(mark_read(reading, entries, caller.origin()));
    JsonWriter out;
    LP_CHECK(write_inbox(out, reading, false));
    return Response::json(200, out.take());
  }

  // ?day=…: the digest of that day, the last one when absent.
  Result<Response> digest(const Request& request, const Caller& caller) {
    LP_TRY(const auto day, day_asked(request, "day"));
    JsonWriter out;
    LP_CHECK(write_digest(out, Reading(records_, caller.scope), day));
    return Response::json(200, out.take());
  }

  Result<Response> preferences(const Request&, const Caller& caller) {
    return preferences_of(Reading(records_, caller.scope));
  }

  Result<Response> prefer(const Request& request, const Caller& caller) {
    LP_TRY(const inbound::Members body, inbound::read_body(request));
    const Reading reading(records_, caller.scope);
    LP_CHECK(change_inbox_preferences(reading, body, caller.origin()));
    return preferences_of(reading);
  }

  Result<Response> followers(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    return followers_of(account, caller);
  }

  // {"following":true|false}: whether the caller follows the account.
  Result<Response> follow(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    LP_TRY(const inbound::Members body, inbound::read_body(request));
    LP_CHECK(body.allow_only({"following"}));
    LP_TRY(const bool following, body.boolean("following"));
    LP_CHECK(follow_account(Reading(records_, caller.scope), account, following, caller.origin()));
    return followers_of(account, caller);
  }

 private:
  static Result<Response> preferences_of(const Reading& reading) {
    JsonWriter out;
    LP_CHECK(write_inbox_preferences(out, reading));
    return Response::json(200, out.take());
  }

  Result<Response> followers_of(RecordId account, const Caller& caller) {
    JsonWriter out;
    LP_CHECK(write_followers(out, Reading(records_, caller.scope), account));
    return Response::json(200, out.take());
  }

  records::Records& records_;
};

}  // namespace

void install_inbox(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<InboxApi>(registration.services().records));
  using inbound::Method;
  routes.get("/inbox", &InboxApi::list);
  routes.write(Method::post, "/inbox/read", &InboxApi::read);
  routes.get("/inbox/digest", &InboxApi::digest);
  routes.get("/inbox/preferences", &InboxApi::preferences);
  routes.write(Method::patch, "/inbox/preferences", &InboxApi::prefer);
  routes.get("/dossier/accounts/{id}/followers", &InboxApi::followers);
  routes.write(Method::post, "/dossier/accounts/{id}/followers", &InboxApi::follow);
}

}  // namespace linchpin::dossier
