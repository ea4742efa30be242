#include "visits/install.h"

#include "base/text.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "visits/check_in.h"
#include "visits/gifts.h"

namespace linchpin::visits {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

Error refused_member(const char* name, const char* code, ErrorParams params = {}) {
  return Error::invalid(FieldProblem{std::string("/") + name, name, code, std::move(params)});
}

// {"decision":"approve"|"refuse","note"}
Result<GiftDecision> decision_of(const Request& request) {
  GiftDecision decision;
  LP_TRY(decision.gift, inbound::id_parameter(request, "id"));
  LP_TRY(const inbound::Members body, inbound::read_body(request));
  LP_CHECK(body.allow_only({"decision", "note"}));
  LP_TRY(const std::string word, body.required_text("decision"));
  LP_TRY(auto note, body.text("note"));
  if (word != "approve" && word != "refuse") {
    return refused_member("decision", "no_such_option", {{"value", word}});
  }
  decision.approve = word == "approve";
  decision.note = trimmed(note.value_or(""));
  if (!decision.approve && decision.note.empty()) return refused_member("note", "required");
  if (code_points(decision.note) > max_decision_note) {
    return refused_member("note", "too_long", {{"max", std::to_string(max_decision_note)}});
  }
  return decision;
}

// Between -most and most.
Result<double> degrees(const inbound::Members& body, const char* name, double most) {
  const json::value& given = body.value(name);
  if (!given.is_number()) {
    return inbound::wrong_member(body.pointer_to(name), "expected_number");
  }
  const auto value = given.to_number<double>();
  if (value < -most || value > most) {
    const std::string limit = std::to_string(static_cast<int>(most));
    return refused_member(name, "out_of_range", {{"min", "-" + limit}, {"max", limit}});
  }
  return value;
}

// {"latitude","longitude","accuracy"}
Result<Position> position_of(const Request& request) {
  constexpr double most_latitude = 90;
  constexpr double most_longitude = 180;
  Position position;
  LP_TRY(const inbound::Members body, inbound::read_body(request));
  LP_CHECK(body.allow_only({"latitude", "longitude", "accuracy"}));
  LP_TRY(position.latitude, degrees(body, "latitude", most_latitude));
  LP_TRY(position.longitude, degrees(body, "longitude", most_longitude));
  LP_TRY(const auto accuracy, body.integer("accuracy", 0, max_accuracy));
  if (!accuracy) return refused_member("accuracy", "required");
  position.accuracy = *accuracy;
  return position;
}

class VisitsApi {
 public:
  explicit VisitsApi(const inbound::Services& services) : services_(services) {}

  Result<Response> sums(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    JsonWriter out;
    LP_CHECK(write_gift_sums(out, services_.records, caller.scope, account));
    return Response::json(200, out.take());
  }

  Result<Response> decide(const Request& request, const Caller& caller) {
    LP_TRY(const GiftDecision decision, decision_of(request));
    LP_CHECK(services_.records.database().write([&](storage::Connection& connection) {
      return decide_gift(services_.records, connection, caller.scope, caller.origin(), decision,
                         services_.clock.now());
    }));
    JsonWriter out;
    out.begin_object().key("id").id(decision.gift).end_object();
    return Response::json(200, out.take());
  }

  Result<Response> asked(const Request&, const Caller& caller) {
    LP_TRY(const bool is_asked,
           services_.records.database().read([&](storage::Connection& connection) {
             return is_asked_to_check_in(services_.records, connection, caller.scope.user());
           }));
    JsonWriter out;
    out.begin_object().key("asked").boolean(is_asked);
    out.key("decimals").integer(position_decimals).end_object();
    return Response::json(200, out.take());
  }

  Result<Response> arrive(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId visit, inbound::id_parameter(request, "id"));
    LP_TRY(const Position position, position_of(request));
    const Instant now = services_.clock.now();
    LP_CHECK(services_.records.database().write([&](storage::Connection& connection) {
      return check_in(services_.records, connection, caller.scope, caller.origin(), visit, position,
                      now);
    }));
    JsonWriter out;
    out.begin_object().key("id").id(visit).key("checked_in_at").instant(now);
    out.key("position").string(position_text(position)).end_object();
    return Response::json(200, out.take());
  }

 private:
  const inbound::Services& services_;
};

}  // namespace

void install(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration, std::make_shared<VisitsApi>(registration.services()));
  routes.get("/visits/accounts/{id}/gifts", &VisitsApi::sums);
  routes.write(inbound::Method::post, "/visits/gifts/{id}/decision", &VisitsApi::decide);
  routes.get("/visits/check-in", &VisitsApi::asked);
  routes.write(inbound::Method::post, "/visits/{id}/check-in", &VisitsApi::arrive);
}

}  // namespace linchpin::visits
