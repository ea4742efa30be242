#include "identify/pool/targets_api.h"

#include "identify/pool/scheme_criteria.h"
#include "identify/pool/targets.h"
#include "identify/request_parts.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::id_parameter;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

class TargetsApi {
 public:
  explicit TargetsApi(const Services& services) : services_(services), records_(services.records) {}

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    return shown(caller, id);
  }

  Result<Response> candidates(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return target_candidates_answer({records_, connection, caller.scope}, id);
    }));
    return Response::json(200, std::move(text));
  }

  // {"create"?}
  Result<Response> match(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const json::object body,
           request.body.empty() ? json::object() : parse_json_object(request.body));
    LP_CHECK(allow_only(body, "", {"create"}));
    const json::value* create = body.if_contains("create");
    if (create && !create->is_bool()) return malformed("/create", "expected_boolean");
    LP_CHECK(records_.database().write([&](Connection& connection) {
      return match_targets(
          {records_, connection, caller.scope, caller.origin(), services_.clock.now()}, id,
          create && create->get_bool());
    }));
    return shown(caller, id);
  }

  Result<Response> criteria(const Request& request, const Caller& caller) {
    const std::string field(request.head.query_value("field").value_or(default_scheme));
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return scheme_answer({records_, connection, caller.scope}, field);
    }));
    return Response::json(200, std::move(text));
  }

 private:
  Result<Response> shown(const Caller& caller, RecordId id) {
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return target_list_answer({records_, connection, caller.scope}, id);
    }));
    return Response::json(200, std::move(text));
  }

  const Services& services_;
  records::Records& records_;
};

}  // namespace

void install_targets(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration, std::make_shared<TargetsApi>(registration.services()));
  routes.get("/identify/criteria", &TargetsApi::criteria);
  routes.get("/identify/targets/{id}", &TargetsApi::show);
  routes.get("/identify/targets/{id}/candidates", &TargetsApi::candidates);
  routes.write(inbound::Method::post, "/identify/targets/{id}/match", &TargetsApi::match);
}

}  // namespace linchpin::identify
