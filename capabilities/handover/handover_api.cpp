#include "handover/handover_api.h"

#include <algorithm>

#include "handover/brief.h"
#include "handover/due_handovers.h"
#include "handover/exports_before.h"
#include "handover/request.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "records/row_store.h"
#include "records/write_steps.h"

namespace linchpin::handover {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using records::Records;
using storage::Connection;
using storage::WriteKind;

constexpr int listed_at_once = 100;

const std::vector<std::string>& shown_fields() {
  static const std::vector<std::string> fields{
      "number",     "owner",       "from",       "successors", "state",
      "execute_at", "executed_at", "undone_at",  "reason",     "plan",
      "ledger",     "open_points", "signatures", "problem",    "created_at"};
  return fields;
}

class HandoverApi {
 public:
  explicit HandoverApi(const inbound::Services& services)
      : records_(services.records), clock_(services.clock), due_(services.records, services.clock) {
    due_.start();
  }

  // Those that one may see as records, and those in which one takes part.
  Result<Response> list(const Request&, const Caller& caller) {
    const json::array of_mine{
        json::object{{"op", "eq"}, {"field", "from"}, {"value", format_id(caller.scope.user())}},
        json::object{{"op", "has_any"},
                     {"field", "successors"},
                     {"value", json::array{format_id(caller.scope.user())}}}};
    const json::object over{
        {"op", "in"}, {"field", "state"}, {"value", json::array{"done", "undone"}}};
    const json::object mine{
        {"op", "and"}, {"args", json::array{over, json::object{{"op", "or"}, {"args", of_mine}}}}};
    json::array listed;
    if (caller.scope.may(access::Action::read, "handover")) {
      LP_CHECK(add_page(caller.scope, nullptr, listed));
    }
    LP_CHECK(add_page(access::Authority::product(), mine, listed));
    std::sort(listed.begin(), listed.end(), [](const json::value& one, const json::value& other) {
      return std::string_view(one.at("id").as_string()) >
             std::string_view(other.at("id").as_string());
    });
    return Response::json(200, json::serialize(json::object{{"handovers", std::move(listed)}}));
  }

  Result<Response> create(const Request& request, const Caller& caller) {
    LP_TRY(const Plan plan, read_plan(request));
    LP_CHECK(check_plan(records_, caller.scope, plan));
    const Deed deed = deed_of(caller);
    if (plan.execute_at && *plan.execute_at <= deed.now) {
      return Error::invalid(FieldProblem{"/execute_at", {}, "time_has_passed", {}});
    }
    if (plan.dry_run) return try_out(plan, deed);
    RecordId id;
    LP_CHECK(records_.database().write(
        [&](Connection& connection) -> Status {
          LP_TRY(id, create_handover(records_, connection, plan, deed));
          if (plan.execute_at) return {};
          LP_TRY(const auto stored, find_handover(records_, connection, id));
          return execute_handover(records_, connection, *stored, deed);
        },
        WriteKind::job));
    LP_TRY(Response response, answer(caller, id, 201));
    response.with("Location", "/api/v1/handover/" + format_id(id));
    return response;
  }

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const StoredHandover stored, visible(request, caller));
    return answer(caller, stored.id, 200);
  }

  Result<Response> execute(const Request& request, const Caller& caller) {
    LP_TRY(const StoredHandover stored, visible(request, caller));
    LP_CHECK(check_arranges(caller, stored));
    LP_CHECK(check_plan(records_, caller.scope, stored.plan));
    return changed(caller, stored.id, "prepared",
                   [&](Connection& connection, const StoredHandover& now, const Deed& deed) {
                     return execute_handover(records_, connection, now, deed);
                   });
  }

  Result<Response> cancel(const Request& request, const Caller& caller) {
    LP_TRY(const StoredHandover stored, visible(request, caller));
    LP_CHECK(check_arranges(caller, stored));
    return changed(
        caller, stored.id, "prepared",
        [&](Connection& connection, const StoredHandover& now, const Deed& deed) {
          return change_handover(records_, connection, deed, now.id, {{"state", "cancelled"}});
        });
  }

  Result<Response> undo(const Request& request, const Caller& caller) {
    LP_TRY(const StoredHandover stored, visible(request, caller));
    LP_CHECK(check_arranges(caller, stored));
    json::object taken_back;
    LP_TRY(
        Response response,
        changed(caller, stored.id, "done",
                [&](Connection& connection, const StoredHandover& now, const Deed& deed) -> Status {
                  LP_TRY(taken_back, take_back(records_, connection, deed, now.id));
                  return change_handover(
                      records_, connection, deed, now.id,
                      {{"state", "undone"}, {"undone_at", format_instant(deed.now)}});
                }));
    LP_TRY(json::object body, parse_json_object(response.body));
    body["restored"] = taken_back.at("restored");
    body["conflicts"] = taken_back.at("conflicts");
    response.body = json::serialize(body);
    return response;
  }

  // As who one is in it: who gave, who received, or one above them.
  Result<Response> sign(const Request& request, const Caller& caller) {
    LP_TRY(const StoredHandover stored, visible(request, caller));
    const std::string role = role_of(caller, stored);
    if (role.empty()) return Error::of(ErrorCode::forbidden, "handover_not_signed_by_you");
    return changed(
        caller, stored.id, "done",
        [&](Connection& connection, const StoredHandover& now, const Deed& deed) -> Status {
          std::vector<Signature> signatures = now.signatures;
          for (const Signature& one : signatures) {
            if (one.role == role && one.user == caller.scope.user()) return {};
          }
          signatures.push_back({role, caller.scope.user(), deed.now});
          return change_handover(records_, connection, deed, now.id,
                                 {{"signatures", signatures_json(signatures)}});
        });
  }

  // ?user=: of one successor; oneself where one is one.
  Result<Response> brief(const Request& request, const Caller& caller) {
    LP_TRY(const StoredHandover stored, visible(request, caller));
    RecordId user = caller.scope.user();
    if (const auto given = request.head.query_value("user")) {
      const auto id = parse_id(*given);
      if (!id) return Error::invalid(FieldProblem{"/user", {}, "wrong_id", {}});
      user = *id;
    }
    const bool own = user == caller.scope.user();
    if (!stored.plan.successors().contains(user)) return Error::of(ErrorCode::not_found);
    if (!own) LP_CHECK(check_arranges(caller, stored));
    if (stored.state != "done") return Error::of(ErrorCode::invalid_state, "handover_not_done");
    LP_TRY(const json::object record, record_of(stored.id));
    LP_TRY(const json::object made, records_.database().snapshot([&](Connection& connection) {
      return brief_of(records_, connection, stored.id, user, record.at("fields").at("open_points"));
    }));
    return Response::json(200, json::serialize(made));
  }

 private:
  Deed deed_of(const Caller& caller) const { return {caller.scope, caller.origin(), clock_.now()}; }

  static bool arranges(const Caller& caller, const StoredHandover& stored) {
    return caller.scope.administrator() || stored.owner == caller.scope.user();
  }
  static Status check_arranges(const Caller& caller, const StoredHandover& stored) {
    if (arranges(caller, stored)) return {};
    return Error::of(ErrorCode::forbidden, "handover_not_yours");
  }
  static std::string role_of(const Caller& caller, const StoredHandover& stored) {
    if (caller.scope.user() == stored.plan.from) return "giver";
    if (stored.plan.successors().contains(caller.scope.user())) return "receiver";
    return arranges(caller, stored) ? "supervisor" : "";
  }

  // What is prepared is nobody's business but of whoever prepares it, and of those who may see it
  // as a record.
  Result<StoredHandover> visible(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    LP_TRY(const auto stored, records_.database().read([&](Connection& connection) {
      return find_handover(records_, connection, id);
    }));
    if (!stored) return Error::of(ErrorCode::not_found);
    const bool over = stored->state == "done" || stored->state == "undone";
    if (over && stored->is_party(caller.scope.user())) return *stored;
    JsonWriter ignored;
    LP_CHECK(records_.get(caller.scope, "handover", id, {"id"}, ignored));
    return *stored;
  }

  Result<json::object> record_of(RecordId id) {
    JsonWriter out;
    LP_CHECK(records_.get(access::Authority::product(), "handover", id, shown_fields(), out));
    return parse_json_object(out.text());
  }

  Result<Response> answer(const Caller& caller, RecordId id, int status) {
    LP_TRY(json::object record, record_of(id));
    LP_TRY(const auto stored, records_.database().read([&](Connection& connection) {
      return find_handover(records_, connection, id);
    }));
    json::array can;
    const bool arranged = arranges(caller, *stored);
    if (arranged && stored->state == "prepared") can = {"execute", "cancel"};
    if (arranged && stored->state == "done") can = {"undo"};
    const std::string role = role_of(caller, *stored);
    const bool has_signed =
        std::any_of(stored->signatures.begin(), stored->signatures.end(),
                    [&](const Signature& one) { return one.user == caller.scope.user(); });
    if (stored->state == "done" && !role.empty() && !has_signed) can.emplace_back("sign");
    const bool briefed = stored->plan.successors().contains(caller.scope.user()) || arranged;
    if (stored->state == "done" && briefed) can.emplace_back("brief");
    record["can"] = std::move(can);
    record["signed_off"] = stored->signed_off();
    return Response::json(status, json::serialize(record));
  }

  using Change = std::function<Status(Connection&, const StoredHandover&, const Deed&)>;
  Result<Response> changed(const Caller& caller, RecordId id, std::string_view state,
                           const Change& change) {
    const Deed deed = deed_of(caller);
    LP_CHECK(records_.database().write(
        [&](Connection& connection) -> Status {
          const auto schema = records_.schema();
          LP_CHECK(records::lock_row(connection, *schema->object("handover"), id));
          LP_TRY(const auto stored, find_handover(records_, connection, id));
          if (!stored) return Error::of(ErrorCode::not_found);
          if (stored->state != state) {
            return Error::of(ErrorCode::invalid_state, "handover_state",
                             {{"state", stored->state}});
          }
          return change(connection, *stored, deed);
        },
        WriteKind::job));
    return answer(caller, id, 200);
  }

  Result<Response> try_out(const Plan& plan, const Deed& deed) {
    std::optional<Outcome> outcome;
    const Status done = records_.database().write(
        [&](Connection& connection) -> Status {
          LP_TRY(outcome, carry_out(records_, connection, plan, deed, {}));
          return Error::of(ErrorCode::internal, records::dry_run_marker);
        },
        WriteKind::job);
    if (!records::is_dry_run(done.error())) return done.error();
    LP_TRY(json::object exports, exports_before(records_, plan.from, deed.now));
    return Response::json(
        200, json::serialize(json::object{{"ledger", std::move(outcome->ledger)},
                                          {"open_points", std::move(outcome->open_points)},
                                          {"exports", std::move(exports)}}));
  }

  Status add_page(const access::AccessScope& scope, const json::value& where, json::array& listed) {
    records::QueryRequest query;
    query.select = {"number", "owner", "from", "successors", "state", "execute_at", "executed_at"};
    query.where = where;
    query.page.limit = listed_at_once;
    JsonWriter out;
    LP_CHECK(records_.query(scope, "handover", query, out));
    LP_TRY(json::object page, parse_json_object(out.text()));
    for (json::value& record : page.at("records").as_array()) {
      const bool known = std::any_of(listed.begin(), listed.end(), [&](const json::value& other) {
        return other.at("id") == record.at("id");
      });
      record.as_object().erase("can");
      if (!known) listed.push_back(std::move(record));
    }
    return {};
  }

  Records& records_;
  const Clock& clock_;
  DueHandovers due_;
};

}  // namespace

void install_handover_api(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<HandoverApi>(registration.services()));
  using inbound::Method;
  routes.get("/handover", &HandoverApi::list);
  routes.write(Method::post, "/handover", &HandoverApi::create);
  routes.get("/handover/{id}", &HandoverApi::show);
  routes.get("/handover/{id}/brief", &HandoverApi::brief);
  routes.write(Method::post, "/handover/{id}/execute", &HandoverApi::execute);
  routes.write(Method::post, "/handover/{id}/cancel", &HandoverApi::cancel);
  routes.write(Method::post, "/handover/{id}/undo", &HandoverApi::undo);
  routes.write(Method::post, "/handover/{id}/sign", &HandoverApi::sign);
}

}  // namespace linchpin::handover
