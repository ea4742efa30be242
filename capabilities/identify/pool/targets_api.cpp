#include "identify/pool/targets_api.h"

#include "identify/pool/scheme_criteria.h"
#include "identify/pool/targets.h"
#include "identify/request_parts.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

Result<RecordId> list_in_path(const Request& request) {
  const auto id = parse_id(request.parameter("id"));
  if (!id) return Error::of(ErrorCode::not_found);
  return *id;
}

Result<Response> shown_list(records::Records& records, const Caller& caller, RecordId id) {
  LP_TRY(std::string text, records.database().snapshot([&](Connection& connection) {
    return target_list_answer({records, connection, caller.scope}, id);
  }));
  return Response::json(200, std::move(text));
}

// {"create"?}
Result<Response> match_list(const Services& services, const Request& request,
                            const Caller& caller) {
  LP_TRY(const RecordId id, list_in_path(request));
  LP_TRY(const json::object body,
         request.body.empty() ? json::object() : parse_json_object(request.body));
  LP_CHECK(allow_only(body, "", {"create"}));
  const json::value* create = body.if_contains("create");
  if (create && !create->is_bool()) return malformed("/create", "expected_boolean");
  records::Records& records = services.records;
  LP_CHECK(records.database().write([&](Connection& connection) {
    return match_targets({records, connection, caller.scope, caller.origin(), services.clock.now()},
                         id, create && create->get_bool());
  }));
  return shown_list(records, caller, id);
}

}  // namespace

void install_targets(inbound::Registration& registration) {
  const Services& services = registration.services();
  records::Records& records = services.records;
  inbound::Route route;
  route.pattern = "/identify/targets/{id}";
  route.handler = [&records](const Request& request, const Caller& caller) -> Result<Response> {
    LP_TRY(const RecordId id, list_in_path(request));
    return shown_list(records, caller, id);
  };
  registration.route(route);
  route.pattern = "/identify/targets/{id}/candidates";
  route.handler = [&records](const Request& request, const Caller& caller) -> Result<Response> {
    LP_TRY(const RecordId id, list_in_path(request));
    LP_TRY(std::string text, records.database().snapshot([&](Connection& connection) {
      return target_candidates_answer({records, connection, caller.scope}, id);
    }));
    return Response::json(200, std::move(text));
  };
  registration.route(route);
  route.pattern = "/identify/criteria";
  route.handler = [&records](const Request& request, const Caller& caller) -> Result<Response> {
    const std::string field(request.head.query_value("field").value_or(default_scheme));
    LP_TRY(std::string text, records.database().snapshot([&](Connection& connection) {
      return scheme_answer({records, connection, caller.scope}, field);
    }));
    return Response::json(200, std::move(text));
  };
  registration.route(route);
  route.pattern = "/identify/targets/{id}/match";
  route.method = inbound::Method::post;
  route.work = inbound::WorkKind::write;
  route.body = inbound::RequestPlan::Body::memory;
  route.handler = [&services](const Request& request, const Caller& caller) {
    return match_list(services, request, caller);
  };
  registration.route(std::move(route));
}

}  // namespace linchpin::identify
