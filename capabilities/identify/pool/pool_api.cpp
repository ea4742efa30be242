#include "identify/pool/pool_api.h"

#include "identify/pool/pool_answer.h"
#include "identify/pool/pool_move.h"
#include "identify/pool/pool_transfer.h"
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

Result<bool> flag_member(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  if (!value || value->is_null()) return false;
  if (!value->is_bool()) return malformed("/" + std::string(name), "expected_boolean");
  return value->get_bool();
}

constexpr std::size_t max_given_evidence = 8'192;  // bytes

Result<json::object> evidence_member(const json::object& body) {
  const json::value* value = body.if_contains("evidence");
  if (!value || value->is_null()) return json::object();
  if (!value->is_object()) return malformed("/evidence", "expected_object");
  if (json::serialize(*value).size() > max_given_evidence) {
    return refuse("/evidence", "too_long", {{"max", std::to_string(max_given_evidence)}});
  }
  return value->get_object();
}

Result<PoolAsk> read_ask(const Request& request, PoolAct act) {
  PoolAsk ask;
  ask.act = act;
  LP_TRY(ask.account, id_parameter(request, "account"));
  LP_TRY(const json::object body,
         request.body.empty() ? json::object() : parse_json_object(request.body));
  if (act == PoolAct::request) {
    LP_CHECK(
        allow_only(body, "", {"reason", "tier", "round", "evidence", "fast_track", "transfer"}));
  } else {
    LP_CHECK(allow_only(body, "", {"reason", "tier", "round", "evidence"}));
  }
  LP_TRY(ask.reason, text_member(body, "reason"));
  LP_TRY(ask.tier, text_member(body, "tier"));
  LP_TRY(const std::string round, text_member(body, "round"));
  if (!round.empty()) {
    const auto id = parse_id(round);
    if (!id) return refuse("/round", "wrong_id");
    ask.round = *id;
  }
  LP_TRY(ask.evidence, evidence_member(body));
  LP_TRY(ask.fast_track, flag_member(body, "fast_track"));
  LP_TRY(ask.transfer, read_transfer(body));
  return ask;
}

class PoolApi {
 public:
  explicit PoolApi(const Services& services) : services_(services), records_(services.records) {}

  Result<Response> board(const Request& request, const Caller& caller) {
    LP_TRY(const std::int64_t limit,
           inbound::integer_query(request.head, "limit", default_board_rows, 1, max_board_rows));
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return board_answer({records_, connection, caller.scope}, static_cast<int>(limit));
    }));
    return Response::json(200, std::move(text));
  }

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    return shown(caller, id);
  }

  template <PoolAct act>
  Result<Response> move(const Request& request, const Caller& caller) {
    LP_TRY(const PoolAsk ask, read_ask(request, act));
    LP_CHECK(records_.database().write(
        [&](Connection& connection) { return move_in_pool(person(connection, caller), ask); }));
    return shown(caller, ask.account);
  }

  // The head of another department need not see the account itself.
  Result<Response> accept(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "account"));
    LP_CHECK(records_.database().write(
        [&](Connection& connection) { return accept_transfer(person(connection, caller), id); }));
    const access::AccessScope product = access::Authority::product();
    LP_TRY(const auto entry, records_.database().read([&](Connection& connection) {
      return open_pool_entry({records_, connection, product}, id);
    }));
    JsonWriter out;
    out.begin_object().key("account").id(id).key("transfer");
    out.raw(json::serialize(entry ? entry->transfer : json::value()));
    out.key("transfer_open").boolean(entry && entry->transfer_is_open()).end_object();
    return Response::json(200, out.take());
  }

 private:
  PoolPerson person(Connection& connection, const Caller& caller) {
    return {records_, connection, caller.scope, caller.origin(), services_.clock.now()};
  }

  Result<Response> shown(const Caller& caller, RecordId id) {
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return pool_account_answer({records_, connection, caller.scope}, id, services_.clock.now());
    }));
    return Response::json(200, std::move(text));
  }

  const Services& services_;
  records::Records& records_;
};

std::string pattern_of(PoolAct act) {
  return "/identify/pool/{account}/" + std::string(name_of(act));
}

template <PoolAct act>
void add_act(inbound::MemberRoutes<PoolApi>& routes) {
  routes.write(inbound::Method::post, pattern_of(act), &PoolApi::move<act>);
}

}  // namespace

void install_pool(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration, std::make_shared<PoolApi>(registration.services()));
  routes.get("/identify/pool", &PoolApi::board);
  routes.get("/identify/accounts/{id}/pool", &PoolApi::show);
  [&]<std::size_t... place>(std::index_sequence<place...>) {
    (add_act<pool_acts[place]>(routes), ...);
  }
  (std::make_index_sequence<pool_acts.size()>());
  routes.write(inbound::Method::post, "/identify/pool/{account}/accept_transfer", &PoolApi::accept);
}

}  // namespace linchpin::identify
