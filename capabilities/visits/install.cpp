#include "visits/install.h"

#include "base/text.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
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

class GiftsApi {
 public:
  explicit GiftsApi(const inbound::Services& services) : services_(services) {}

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

 private:
  const inbound::Services& services_;
};

}  // namespace

void install(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration, std::make_shared<GiftsApi>(registration.services()));
  routes.get("/visits/accounts/{id}/gifts", &GiftsApi::sums);
  routes.write(inbound::Method::post, "/visits/gifts/{id}/decision", &GiftsApi::decide);
}

}  // namespace linchpin::visits
