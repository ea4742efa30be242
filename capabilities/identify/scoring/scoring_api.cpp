#include "identify/scoring/scoring_api.h"

#include "base/json_writer.h"
#include "identify/pool/moves_load.h"
#include "identify/request_parts.h"
#include "identify/scoring/read_inputs.h"
#include "identify/scoring/read_model.h"
#include "identify/scoring/scoring_answer.h"
#include "identify/scoring/sight.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "jobs/requester.h"
#include "records/scan.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::id_parameter;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

constexpr std::string_view model_object = "scoring_model";

Response record_answer(int status, const records::Written& written) {
  Response response = Response::json(status, written.answer);
  response.with("ETag", "\"" + std::to_string(written.version) + "\"");
  return response;
}

class ScoringApi {
 public:
  explicit ScoringApi(const Services& services)
      : services_(services),
        records_(services.records),
        totals_(SalesTotals::shared(services.records)) {}

  Result<Response> list(const Request&, const Caller& caller) {
    records::QueryRequest query;
    query.page.limit = records::PageRequest::max_limit;
    query.sort = json::array{json::object{{"field", "name"}}};
    JsonWriter out;
    LP_CHECK(records_.query(caller.scope, model_object, query, out));
    return Response::json(200, out.take());
  }

  Result<Response> get(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    JsonWriter out;
    LP_TRY(const std::int64_t version, records_.get(caller.scope, model_object, id, {}, out));
    Response response = Response::json(200, out.take());
    response.with("ETag", "\"" + std::to_string(version) + "\"");
    return response;
  }

  Result<Response> create(const Request& request, const Caller& caller) {
    LP_TRY(const json::object body, parse_json_object(request.body));
    LP_CHECK(allow_only(body, "", {"name", "scope", "criteria", "thresholds", "margin"}));
    LP_CHECK(check(body));
    records::WriteOptions options;
    options.origin = caller.origin();
    LP_TRY(const records::Written written,
           records_.create(caller.scope, model_object, body, options));
    Response response = record_answer(201, written);
    response.with("Location", "/api/v1/identify/models/" + format_id(written.id));
    return response;
  }

  Result<Response> change(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const inbound::Precondition precondition, inbound::read_if_match(request.head));
    LP_TRY(json::object body, parse_json_object(request.body));
    LP_CHECK(allow_only(body, "", {"name", "scope", "criteria", "thresholds", "margin"}));
    json::object whole = body;
    LP_TRY(const json::object stored, definition_of(caller.scope, id));
    for (const char* name : {"criteria", "thresholds", "margin"}) {
      if (const json::value* value = stored.if_contains(name); value && !whole.contains(name)) {
        whole[name] = *value;
      }
    }
    LP_CHECK(check(whole));
    records::WriteOptions options;
    options.origin = caller.origin();
    const records::Patch patch{std::move(body), precondition.version, std::nullopt,
                               precondition.any};
    LP_TRY(const records::Written written,
           records_.update(caller.scope, model_object, id, patch, options));
    return record_answer(200, written);
  }

  Result<Response> preview(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const json::object body,
           request.body.empty() ? json::object() : parse_json_object(request.body));
    LP_CHECK(allow_only(body, "", {"as_of"}));
    Day as_of = records_.today();
    if (body.contains("as_of")) {
      LP_TRY(as_of, day_member(body, "", "as_of"));
    }
    using Answer = Result<std::pair<StoredModel, Preview>>;
    LP_TRY(const auto read, records_.database().snapshot([&](Connection& connection) -> Answer {
      LP_TRY(StoredModel stored, draft_model(records_, connection, caller.scope, id));
      const ScoringModel& model = stored.model;
      Preview seen(model);
      LP_CHECK(visit_score_inputs({records_, connection, caller.scope, std::nullopt}, model,
                                  stored.scope, as_of, [&](const ScoredAccount& account) {
                                    add_to_preview(seen, model, score_one(model, account));
                                  }));
      return std::pair(std::move(stored), std::move(seen));
    }));
    LP_TRY(const std::string load, records_.database().read([&](Connection& connection) {
      return moves_load({records_, connection, caller.scope}, read.second);
    }));
    AccountLabels labels(records_, caller.scope);
    LP_TRY(std::string text, preview_answer(labels, read.first.model, read.second, load));
    return Response::json(200, std::move(text));
  }

  Result<Response> publish(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(StoredModel model, records_.database().read([&](Connection& connection) {
      return draft_model(records_, connection, caller.scope, id);
    }));
    return put_in_force(caller, model);
  }

  // {"to"}: a version that was published; it is published again under a new number.
  Result<Response> roll_back(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const json::object body, parse_json_object(request.body));
    LP_CHECK(allow_only(body, "", {"to"}));
    LP_TRY(const auto to, integer_member(body, "to", 1, INT64_MAX));
    if (!to) return refuse("/to", "required");
    using Answer = Result<StoredModel>;
    LP_TRY(StoredModel model, records_.database().snapshot([&](Connection& connection) -> Answer {
      LP_TRY(const StoredModel now, draft_model(records_, connection, caller.scope, id));
      LP_TRY(StoredModel old, published_version(records_, connection, caller.scope, id, *to));
      old.version = now.version;
      return old;
    }));
    return put_in_force(caller, model);
  }

  // It scores nobody any more; its versions and results stay, and it may be published again.
  Result<Response> retire(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const StoredModel model, records_.database().read([&](Connection& connection) {
      return draft_model(records_, connection, caller.scope, id);
    }));
    if (model.version == 0) return Error::of(ErrorCode::invalid_state, "model_not_published");
    return in_force_from(caller, model.id, [&](records::BulkSlice& slice) -> Result<std::int64_t> {
      const records::Object* models = slice.object(model_object);
      if (!models) return Error::internal("scoring: its objects are missing");
      LP_CHECK(slice.update(*models, id, {{models->field("state"), std::string("retired")}}));
      return model.version;
    });
  }

  Result<Response> explain(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    if (!caller.scope.may(access::Action::read, model_object)) {
      return Error::of(ErrorCode::not_found);
    }
    const OneAccount account{id, *totals_};
    const access::AccessScope product = access::Authority::product();
    using Answer = Result<std::optional<ModelOutcomes>>;
    LP_TRY(const auto scored, records_.database().snapshot([&](Connection& connection) -> Answer {
      LP_CHECK(check_seen(connection, caller.scope, id));
      LP_TRY(const auto models, published_models(records_, connection, product));
      return outcome_of_account(records_, connection, product, models, account);
    }));
    if (!scored) return Error::of(ErrorCode::not_found, "no_model_for_account");
    std::vector<bool> seen;
    for (const Criterion& criterion : scored->model.model.criteria) {
      seen.push_back(may_see(records_, caller.scope, criterion));
    }
    return Response::json(200, explanation_answer(*scored, seen));
  }

 private:
  // The account, and that it has a score. Errors: not_found; unknown_field.
  Status check_seen(Connection& connection, const access::AccessScope& scope, RecordId account) {
    bool found = false;
    LP_CHECK(records::scan_fields(
        records_, connection, scope, "account", where_only({}, account), {"tier", "score"},
        [&](RecordId, std::span<const storage::Value>) { found = true; }));
    return found ? Status() : Status(Error::of(ErrorCode::not_found));
  }

  Status check(const json::object& body) {
    LP_TRY(const ScoringModel model, read_model(model_part(body)));
    return check_sources(*records_.schema(), model);
  }

  Result<json::object> definition_of(const access::AccessScope& scope, RecordId id) {
    LP_TRY(const StoredModel model, records_.database().read([&](Connection& connection) {
      return draft_model(records_, connection, scope, id);
    }));
    return model.definition;
  }

  Result<Response> put_in_force(const Caller& caller, const StoredModel& model) {
    return in_force_from(caller, model.id, [&](records::BulkSlice& slice) {
      return publish_model(slice, model, services_.clock.now());
    });
  }

  // Changes what is in force, and has all accounts scored by it. `change` gives the version.
  Result<Response> in_force_from(
      const Caller& caller, RecordId id,
      const std::function<Result<std::int64_t>(records::BulkSlice&)>& change) {
    if (!caller.scope.may(access::Action::configure, model_object)) {
      return Error::of(ErrorCode::forbidden);
    }
    std::int64_t number = 0;
    RecordId job;
    json::object spec;
    jobs::Requester::of(caller.scope).write(spec);
    LP_CHECK(records_.database().write([&](Connection& connection) -> Status {
      records::BulkSlice slice(records_, connection, caller.scope, caller.origin());
      LP_TRY(number, change(slice));
      LP_CHECK(slice.finish());
      LP_TRY(job, services_.jobs.enqueue(connection, rescore_kind, spec, caller.scope.user(),
                                         jobs::Jobs::Place::queue));
      return {};
    }));
    services_.jobs.wake();
    JsonWriter out;
    out.begin_object().key("id").id(id).key("version").integer(number);
    out.key("job").id(job).end_object();
    Response response = Response::json(202, out.take());
    response.with("Location", "/api/v1/jobs/" + format_id(job));
    return response;
  }

  const Services& services_;
  records::Records& records_;
  const std::shared_ptr<SalesTotals> totals_;
};

}  // namespace

void install_scoring(inbound::Registration& registration) {
  const Services& services = registration.services();
  add_rescore_kind(services.jobs, services.records, services.clock);
  rescore_daily(services.jobs, services.records);
  using inbound::Method;
  inbound::MemberRoutes routes(registration, std::make_shared<ScoringApi>(services));
  routes.get("/identify/models", &ScoringApi::list);
  routes.write(Method::post, "/identify/models", &ScoringApi::create);
  routes.get("/identify/models/{id}", &ScoringApi::get);
  routes.write(Method::patch, "/identify/models/{id}", &ScoringApi::change);
  routes.ask("/identify/models/{id}/preview", &ScoringApi::preview);
  routes.write(Method::post, "/identify/models/{id}/publish", &ScoringApi::publish);
  routes.write(Method::post, "/identify/models/{id}/rollback", &ScoringApi::roll_back);
  routes.write(Method::post, "/identify/models/{id}/retire", &ScoringApi::retire);
  routes.get("/identify/accounts/{id}/explanation", &ScoringApi::explain);
}

}  // namespace linchpin::identify
