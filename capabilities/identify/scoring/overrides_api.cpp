#include "identify/scoring/overrides_api.h"

#include "base/json_writer.h"
#include "identify/scoring/overrides.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

Result<Response> approve(const Services& services, const Request& request, const Caller& caller) {
  const auto id = parse_id(request.parameter("id"));
  if (!id) return Error::of(ErrorCode::not_found);
  LP_CHECK(services.records.database().write([&](Connection& connection) {
    return approve_override(services.records, connection, caller.scope, caller.origin(), *id,
                            services.clock.now());
  }));
  JsonWriter out;
  out.begin_object().key("id").id(*id).end_object();
  return Response::json(200, out.take());
}

}  // namespace

void install_overrides(inbound::Registration& registration) {
  const Services& services = registration.services();
  inbound::Route approving;
  approving.method = inbound::Method::post;
  approving.pattern = "/identify/overrides/{id}/approve";
  approving.work = inbound::WorkKind::write;
  approving.body = inbound::RequestPlan::Body::memory;
  approving.handler = [&services](const Request& request, const Caller& caller) {
    return approve(services, request, caller);
  };
  registration.route(std::move(approving));
}

}  // namespace linchpin::identify
