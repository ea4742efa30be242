#include "identify/scoring/overrides_api.h"

#include "base/json_writer.h"
#include "identify/request_parts.h"
#include "identify/scoring/overrides.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

Result<RecordId> id_member(const json::object& body, std::string_view name) {
  LP_TRY(const std::string text, text_member(body, name));
  const std::string pointer = "/" + std::string(name);
  if (text.empty()) return refuse(pointer, "required");
  const auto id = parse_id(text);
  if (!id) return refuse(pointer, "link_not_found", {{"value", text}});
  return *id;
}

Result<Response> ask(const Services& services, const Request& request, const Caller& caller) {
  LP_TRY(const json::object body, parse_json_object(request.body));
  LP_CHECK(allow_only(body, "", {"account", "tier", "reason", "approver", "expires_on"}));
  OverrideRequest asked;
  LP_TRY(asked.account, id_member(body, "account"));
  LP_TRY(asked.tier, text_member(body, "tier"));
  LP_TRY(asked.reason, text_member(body, "reason"));
  LP_TRY(asked.approver, id_member(body, "approver"));
  LP_TRY(asked.expires_on, day_member(body, "", "expires_on"));
  LP_TRY(const RecordId made, services.records.database().write([&](Connection& connection) {
    return request_override(services.records, connection, caller.scope, caller.origin(), asked);
  }));
  JsonWriter out;
  out.begin_object().key("id").id(made).end_object();
  Response response = Response::json(201, out.take());
  response.with("Location", "/api/v1/records/score_override/" + format_id(made));
  return response;
}

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
  inbound::Route asking;
  asking.method = inbound::Method::post;
  asking.pattern = "/identify/overrides";
  asking.work = inbound::WorkKind::write;
  asking.body = inbound::RequestPlan::Body::memory;
  asking.handler = [&services](const Request& request, const Caller& caller) {
    return ask(services, request, caller);
  };
  registration.route(std::move(asking));
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
