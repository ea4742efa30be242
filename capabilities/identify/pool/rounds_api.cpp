#include "identify/pool/rounds_api.h"

#include "identify/pool/round_calendar.h"
#include "identify/pool/rounds.h"
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

constexpr std::size_t max_note = 2'000;      // bytes
constexpr std::size_t max_minutes = 10'000;  // bytes

Result<std::string> short_text(const json::object& body, std::string_view name, std::size_t max) {
  LP_TRY(std::string text, text_member(body, name));
  if (text.size() > max) {
    return refuse("/" + std::string(name), "too_long", {{"max", std::to_string(max)}});
  }
  return text;
}

class RoundsApi {
 public:
  explicit RoundsApi(const Services& services) : services_(services), records_(services.records) {}

  Result<Response> list(const Request&, const Caller& caller) {
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return rounds_answer({records_, connection, caller.scope});
    }));
    return Response::json(200, std::move(text));
  }

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    return shown(caller, id);
  }

  Result<Response> propose(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_CHECK(records_.database().write(
        [&](Connection& connection) { return propose_round(person(connection, caller), id); }));
    return shown(caller, id);
  }

  Result<Response> decide(const Request& request, const Caller& caller) {
    ProposalDecision decision;
    LP_TRY(decision.proposal, id_parameter(request, "id"));
    LP_TRY(const json::object body, parse_json_object(request.body));
    LP_CHECK(allow_only(body, "", {"decision", "note"}));
    LP_TRY(const std::string wanted, text_member(body, "decision"));
    if (wanted != "accept" && wanted != "decline") {
      return refuse("/decision", "wrong_choice", {{"of", "accept, decline"}});
    }
    decision.accepted = wanted == "accept";
    LP_TRY(decision.note, short_text(body, "note", max_note));
    LP_TRY(const RecordId round, records_.database().write([&](Connection& connection) {
      return decide_proposal(person(connection, caller), decision);
    }));
    return shown(caller, round);
  }

  // What the calendar of the policy says is due, now.
  Result<Response> keep_calendar(const Request& request, const Caller& caller) {
    LP_CHECK(records_.database().read([&](Connection& connection) {
      return check_decides({records_, connection, caller.scope});
    }));
    LP_CHECK(keep_round_calendar(records_, services_.clock.now()));
    return list(request, caller);
  }

  Result<Response> close(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const json::object body,
           request.body.empty() ? json::object() : parse_json_object(request.body));
    LP_CHECK(allow_only(body, "", {"appraisal", "decision"}));
    LP_TRY(const std::string appraisal, short_text(body, "appraisal", max_minutes));
    LP_TRY(const std::string decision, short_text(body, "decision", max_minutes));
    LP_CHECK(records_.database().write([&](Connection& connection) {
      return close_round(person(connection, caller), id, appraisal, decision);
    }));
    return shown(caller, id);
  }

 private:
  PoolPerson person(Connection& connection, const Caller& caller) {
    return {records_, connection, caller.scope, caller.origin(), services_.clock.now()};
  }

  Result<Response> shown(const Caller& caller, RecordId id) {
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return round_answer({records_, connection, caller.scope}, id);
    }));
    return Response::json(200, std::move(text));
  }

  const Services& services_;
  records::Records& records_;
};

}  // namespace

void install_rounds(inbound::Registration& registration) {
  using inbound::Method;
  const Services& services = registration.services();
  keep_round_calendar_regularly(services.jobs, services.records, services.clock);
  inbound::MemberRoutes routes(registration, std::make_shared<RoundsApi>(services));
  routes.get("/identify/pool/rounds", &RoundsApi::list);
  routes.write(Method::post, "/identify/pool/rounds/calendar", &RoundsApi::keep_calendar);
  routes.get("/identify/pool/rounds/{id}", &RoundsApi::show);
  routes.write(Method::post, "/identify/pool/rounds/{id}/propose", &RoundsApi::propose);
  routes.write(Method::post, "/identify/pool/rounds/{id}/close", &RoundsApi::close);
  routes.write(Method::post, "/identify/pool/proposals/{id}/decide", &RoundsApi::decide);
}

}  // namespace linchpin::identify
