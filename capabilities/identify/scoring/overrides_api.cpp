#include "identify/scoring/overrides_api.h"

#include "base/json_writer.h"
#include "identify/scoring/overrides.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

class OverridesApi {
 public:
  explicit OverridesApi(const Services& services) : services_(services) {}

  Result<Response> approve(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    LP_CHECK(services_.records.database().write([&](Connection& connection) {
      return approve_override(services_.records, connection, caller.scope, caller.origin(), id,
                              services_.clock.now());
    }));
    JsonWriter out;
    out.begin_object().key("id").id(id).end_object();
    return Response::json(200, out.take());
  }

 private:
  const Services& services_;
};

}  // namespace

void install_overrides(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<OverridesApi>(registration.services()));
  routes.write(inbound::Method::post, "/identify/overrides/{id}/approve", &OverridesApi::approve);
}

}  // namespace linchpin::identify
