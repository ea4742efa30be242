#include "receivables/install.h"

#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "receivables/claims.h"
#include "receivables/suggestion.h"

namespace linchpin::receivables {

namespace {

using inbound::Caller;
using inbound::Members;
using inbound::Request;
using inbound::Response;

// No record where the member is absent.
Result<RecordId> id_member(const Members& body, std::string_view name) {
  LP_TRY(const auto text, body.text(name));
  if (!text) return RecordId();
  const auto id = parse_id(*text);
  if (!id) return Error::invalid(FieldProblem{body.pointer_to(name), {}, "wrong_id", {}});
  return *id;
}

Result<ClaimPart> part_of(const Members& body, int scale) {
  LP_CHECK(body.allow_only({"invoice", "contract", "payment_node", "amount"}));
  ClaimPart part;
  LP_TRY(part.invoice, id_member(body, "invoice"));
  LP_TRY(part.contract, id_member(body, "contract"));
  LP_TRY(part.payment_node, id_member(body, "payment_node"));
  LP_TRY(const std::string amount, body.required_text("amount"));
  const auto units = parse_decimal(amount, scale);
  if (!units || *units == 0) {
    const char* code = units ? "claim_part_zero" : "wrong_number";
    return Error::invalid(FieldProblem{body.pointer_to("amount"), {}, code, {}});
  }
  part.amount = *units;
  if (!part.invoice && !part.contract && !part.payment_node) {
    return Error::invalid(FieldProblem{body.pointer_to("invoice"), {}, "required", {}});
  }
  return part;
}

Result<std::vector<ClaimPart>> parts_of(const Members& body, int scale) {
  const json::value& listed = body.value("parts");
  std::vector<ClaimPart> parts;
  if (listed.is_null()) return parts;
  if (!listed.is_array()) return inbound::wrong_member("/parts", "expected_list");
  if (listed.get_array().size() > max_claim_parts) {
    return Error::invalid(
        FieldProblem{"/parts", {}, "too_many_values", {{"max", std::to_string(max_claim_parts)}}});
  }
  for (const json::value& one : listed.get_array()) {
    const std::string pointer = "/parts/" + std::to_string(parts.size());
    if (!one.is_object()) return inbound::wrong_member(pointer, "expected_object");
    LP_TRY(ClaimPart part, part_of(Members(one.get_object(), pointer), scale));
    parts.push_back(part);
  }
  return parts;
}

class ClaimsApi {
 public:
  explicit ClaimsApi(const inbound::Services& services) : services_(services) {}

  Result<Response> suggest(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId payment, inbound::id_parameter(request, "id"));
    std::optional<RecordId> account;
    if (const auto asked = request.head.query_value("account")) {
      const auto id = parse_id(*asked);
      if (!id) return Error::of(ErrorCode::not_found);
      account = *id;
    }
    JsonWriter out;
    LP_CHECK(write_suggestion(out, services_.records, caller.scope, payment, account));
    return Response::json(200, out.take());
  }

  Result<Response> claim(const Request& request, const Caller& caller) {
    Claim wanted;
    LP_TRY(wanted.payment, inbound::id_parameter(request, "id"));
    LP_TRY(const Members body, inbound::read_body(request));
    LP_CHECK(body.allow_only({"account", "parts"}));
    LP_TRY(wanted.account, id_member(body, "account"));
    LP_TRY(wanted.parts, parts_of(body, services_.records.schema()->money_scale()));
    JsonWriter out;
    LP_CHECK(services_.records.database().write([&](storage::Connection& connection) -> Status {
      LP_TRY(const Claimed claimed, claim_payment(services_.records, connection, caller.scope,
                                                  caller.origin(), wanted, services_.clock.now()));
      out.begin_object().key("id").id(wanted.payment).key("account").id(claimed.account);
      out.key("account_set").boolean(claimed.account_set).key("allocations").begin_array();
      for (const RecordId id : claimed.allocations) out.id(id);
      out.end_array().end_object();
      return keep(caller, connection, out);
    }));
    return Response::json(200, out.take());
  }

  Result<Response> unclaim(const Request& request, const Caller& caller) {
    Unclaim wanted;
    LP_TRY(wanted.payment, inbound::id_parameter(request, "id"));
    LP_TRY(const Members body, inbound::read_body(request, inbound::BodyIs::optional));
    LP_CHECK(body.allow_only({"account", "allocations"}));
    if (body.has("account")) {
      LP_TRY(wanted.account, body.boolean("account"));
    }
    if (body.has("allocations")) {
      LP_TRY(const std::vector<std::string> listed, body.texts("allocations"));
      wanted.allocations.emplace();
      for (const std::string& one : listed) {
        const auto id = parse_id(one);
        if (!id) return Error::of(ErrorCode::not_found);
        wanted.allocations->push_back(*id);
      }
    }
    JsonWriter out;
    out.begin_object().key("id").id(wanted.payment).end_object();
    LP_CHECK(services_.records.database().write([&](storage::Connection& connection) -> Status {
      LP_CHECK(
          unclaim_payment(services_.records, connection, caller.scope, caller.origin(), wanted));
      return keep(caller, connection, out);
    }));
    return Response::json(200, out.take());
  }

 private:
  static Status keep(const Caller& caller, storage::Connection& connection, const JsonWriter& out) {
    if (!caller.keep_answer) return {};
    return caller.keep_answer(connection, Response::json(200, out.text()));
  }

  const inbound::Services& services_;
};

}  // namespace

void install(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration, std::make_shared<ClaimsApi>(registration.services()));
  routes.get("/receivables/payments/{id}/suggestion", &ClaimsApi::suggest);
  routes.write(inbound::Method::post, "/receivables/payments/{id}/claim", &ClaimsApi::claim);
  routes.write(inbound::Method::post, "/receivables/payments/{id}/unclaim", &ClaimsApi::unclaim);
}

}  // namespace linchpin::receivables
