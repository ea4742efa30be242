#include "identify/pool/pool_api.h"

#include <charconv>

#include "identify/pool/pool_answer.h"
#include "identify/pool/pool_move.h"
#include "identify/pool/pool_transfer.h"
#include "identify/request_parts.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

Result<RecordId> account_of(const Request& request, std::string_view parameter) {
  const auto id = parse_id(request.parameter(parameter));
  if (!id) return Error::of(ErrorCode::not_found);
  return *id;
}

Result<int> limit_of(const Request& request) {
  const auto text = request.head.query_value("limit");
  if (!text || text->empty()) return default_board_rows;
  int limit = 0;
  const char* end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, limit);
  if (read.ec != std::errc() || read.ptr != end || limit < 1 || limit > max_board_rows) {
    return refuse("/limit", "out_of_range",
                  {{"min", "1"}, {"max", std::to_string(max_board_rows)}});
  }
  return limit;
}

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
  LP_TRY(ask.account, account_of(request, "account"));
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
    LP_TRY(const int limit, limit_of(request));
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return board_answer({records_, connection, caller.scope}, limit);
    }));
    return Response::json(200, std::move(text));
  }

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, account_of(request, "id"));
    return shown(caller, id);
  }

  Result<Response> move(const Request& request, const Caller& caller, PoolAct act) {
    LP_TRY(const PoolAsk ask, read_ask(request, act));
    LP_CHECK(records_.database().write(
        [&](Connection& connection) { return move_in_pool(person(connection, caller), ask); }));
    return shown(caller, ask.account);
  }

  // The head of another department need not see the account itself.
  Result<Response> accept(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, account_of(request, "account"));
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

inbound::Route pool_write(std::string pattern, inbound::Handler handler) {
  inbound::Route route;
  route.method = inbound::Method::post;
  route.pattern = std::move(pattern);
  route.work = inbound::WorkKind::write;
  route.body = inbound::RequestPlan::Body::memory;
  route.handler = std::move(handler);
  return route;
}

inbound::Route pool_read(std::string pattern, inbound::Handler handler) {
  inbound::Route route;
  route.pattern = std::move(pattern);
  route.handler = std::move(handler);
  return route;
}

}  // namespace

void install_pool(inbound::Registration& registration) {
  auto api = std::make_shared<PoolApi>(registration.services());
  registration.route(pool_read("/identify/pool", [api](const Request& request, const Caller& who) {
    return api->board(request, who);
  }));
  registration.route(pool_read(
      "/identify/accounts/{id}/pool",
      [api](const Request& request, const Caller& who) { return api->show(request, who); }));
  for (const PoolAct act : pool_acts) {
    registration.route(pool_write("/identify/pool/{account}/" + std::string(name_of(act)),
                                  [api, act](const Request& request, const Caller& who) {
                                    return api->move(request, who, act);
                                  }));
  }
  registration.route(pool_write(
      "/identify/pool/{account}/accept_transfer",
      [api](const Request& request, const Caller& who) { return api->accept(request, who); }));
}

}  // namespace linchpin::identify
