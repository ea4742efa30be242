#include "contacts/install.h"

#include "contacts/buying_meetings.h"
#include "contacts/concerns.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::contacts {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

class ContactsApi {
 public:
  explicit ContactsApi(const inbound::Services& services) : services_(services) {}

  Result<Response> concerns(const Request&, const Caller& caller) {
    JsonWriter out;
    LP_CHECK(write_concerns(out, services_.records, services_.texts, caller.language));
    return Response::json(200, out.take());
  }

  Result<Response> confirm(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId meeting, inbound::id_parameter(request, "id"));
    const EvidenceSpeech speech{services_.texts, caller.language};
    std::size_t standings = 0;
    LP_CHECK(
        services_.records.database().write([&](storage::Connection& connection) -> Status {
          LP_TRY(standings, confirm_meeting(services_.records, connection, caller.scope,
                                            caller.origin(), speech, meeting));
          return {};
        }));
    JsonWriter out;
    out.begin_object().key("id").id(meeting).key("standings");
    out.integer(static_cast<std::int64_t>(standings)).end_object();
    return Response::json(200, out.take());
  }

 private:
  const inbound::Services& services_;
};

}  // namespace

void install(inbound::Registration& registration) {
  auto api = std::make_shared<ContactsApi>(registration.services());
  inbound::MemberRoutes routes(registration, std::move(api));
  routes.get("/contacts/concerns", &ContactsApi::concerns);
  routes.write(inbound::Method::post, "/contacts/meetings/{id}/confirmation",
               &ContactsApi::confirm);
}

}  // namespace linchpin::contacts
