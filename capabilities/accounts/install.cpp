#include "accounts/install.h"

#include "accounts/owner_requests.h"
#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::accounts {

namespace {

using inbound::Caller;
using inbound::Members;
using inbound::Request;
using inbound::Response;
using storage::Connection;

// What a member says, read as the field of a request of its name.
Result<storage::Value> value_of(const records::Records& records, const Members& body,
                                std::string_view name) {
  const auto schema = records.schema();
  const records::Field& field = *schema->object("owner_request")->field(name);
  if (!body.has(name)) return storage::Value();
  auto value = records::read_value(field, body.value(name));
  if (value) return std::move(*value);
  FieldProblem problem = std::move(value.error());
  problem.pointer = body.pointer_to(name);
  problem.field = name;
  return Error::invalid(std::move(problem));
}

Result<storage::Value> required_value(const records::Records& records, const Members& body,
                                      std::string_view name) {
  LP_TRY(storage::Value value, value_of(records, body, name));
  if (!records::is_empty(value)) return value;
  return Error::invalid(FieldProblem{body.pointer_to(name), std::string(name), "required", {}});
}

Result<Decision> decision_of(const Members& body) {
  LP_TRY(const std::string given, body.required_text("decision"));
  if (given == "approved") return Decision::approved;
  if (given == "refused") return Decision::refused;
  return Error::invalid(
      FieldProblem{body.pointer_to("decision"), "", "no_such_option", {{"value", given}}});
}

Response answer_of(int status, RecordId id) {
  JsonWriter out;
  out.begin_object().key("id").id(id).end_object();
  return Response::json(status, out.take());
}

class OwnerRequestsApi {
 public:
  explicit OwnerRequestsApi(const inbound::Services& services) : services_(services) {}

  Result<Response> ask(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    LP_TRY(const Members body, inbound::read_body(request));
    LP_CHECK(body.allow_only({"to", "reason"}));
    LP_TRY(const storage::Value to, required_value(services_.records, body, "to"));
    LP_TRY(const storage::Value reason, required_value(services_.records, body, "reason"));
    RecordId made;
    LP_CHECK(services_.records.database().write([&](Connection& connection) -> Status {
      const stream::Origin origin = caller.origin();
      LP_TRY(made, ask_for_owner({services_.records, connection, caller.scope, origin}, account,
                                 RecordId{records::integer_of(to)}, reason));
      return {};
    }));
    return answer_of(201, made);
  }

  Result<Response> decide(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    LP_TRY(const Members body, inbound::read_body(request));
    LP_CHECK(body.allow_only({"decision", "note"}));
    LP_TRY(const Decision decision, decision_of(body));
    LP_TRY(const storage::Value note, value_of(services_.records, body, "note"));
    LP_CHECK(services_.records.database().write([&](Connection& connection) {
      const stream::Origin origin = caller.origin();
      return decide_owner_request({services_.records, connection, caller.scope, origin}, id,
                                  decision, note, services_.clock.now());
    }));
    return answer_of(200, id);
  }

  Result<Response> withdraw(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    LP_CHECK(services_.records.database().write([&](Connection& connection) {
      const stream::Origin origin = caller.origin();
      return withdraw_owner_request({services_.records, connection, caller.scope, origin}, id);
    }));
    return answer_of(200, id);
  }

 private:
  const inbound::Services& services_;
};

}  // namespace

void install(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<OwnerRequestsApi>(registration.services()));
  using inbound::Method;
  routes.write(Method::post, "/accounts/{id}/owner-requests", &OwnerRequestsApi::ask);
  routes.write(Method::post, "/owner-requests/{id}/decide", &OwnerRequestsApi::decide);
  routes.write(Method::post, "/owner-requests/{id}/withdraw", &OwnerRequestsApi::withdraw);
}

}  // namespace linchpin::accounts
