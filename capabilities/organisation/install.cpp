#include "organisation/install.h"

#include "inbound/member_routes.h"
#include "organisation/entering.h"

namespace linchpin::organisation {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

class EnteringApi {
 public:
  explicit EnteringApi(records::Records& records) : records_(records) {}

  // {"managers":[{"id","name"}]}: for whom the caller may enter.
  Result<Response> managers(const Request&, const Caller& caller) {
    const auto schema = records_.schema();
    const records::Viewer viewer = records_.viewer(caller.scope);
    LP_TRY(const std::vector<Manager> found,
           records_.database().read([&](storage::Connection& connection) {
             return managers_of(connection, *schema, caller.scope.user(), viewer.now);
           }));
    JsonWriter out;
    out.begin_object().key("managers").begin_array();
    for (const Manager& manager : found) {
      out.begin_object().key("id").id(manager.id).key("name").string(manager.name).end_object();
    }
    out.end_array().end_object();
    return Response::json(200, out.take());
  }

 private:
  records::Records& records_;
};

}  // namespace

void install(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<EnteringApi>(registration.services().records));
  routes.get("/entering/managers", &EnteringApi::managers);
}

}  // namespace linchpin::organisation
