#include "inbound/records_api.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "inbound/batch_request.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "inbound/precondition.h"
#include "inbound/query_request.h"

namespace linchpin::inbound {

using records::Patch;
using records::QueryRequest;
using records::Records;
using records::WriteOptions;
using records::Written;

namespace {

std::string etag(std::int64_t version) {
  return "\"" + std::to_string(version) + "\"";
}

// A write may have happened only once it is answered; a dry run has created nothing.
Response record_answer(int status, std::string_view object, RecordId id, std::int64_t version,
                       std::string body) {
  Response response = Response::json(status, std::move(body));
  response.with("ETag", etag(version));
  // The version counts edits of the record; what it shows of other records changes without them.
  response.with("Cache-Control", "no-store");
  if (status == 201) {
    response.with("Location", "/api/v1/records/" + std::string(object) + "/" + format_id(id));
  }
  return response;
}

// The same from the answer's text alone, as it is known within the transaction.
Result<Response> record_answer(int status, std::string_view object, std::string_view body) {
  LP_TRY(const json::object record, parse_json_object(body));
  const json::value* id = record.if_contains("id");
  const json::value* version = record.if_contains("version");
  if (id == nullptr || !id->is_string() || version == nullptr || !version->is_int64()) {
    return Error::internal("a written record lacks its id or version");
  }
  LP_TRY(const RecordId parsed, parse_id(std::string_view(id->get_string())));
  return record_answer(status, object, parsed, version->get_int64(), std::string(body));
}

class RecordsApi {
 public:
  RecordsApi(Records& records, const Texts& texts) : records_(records), texts_(texts) {}

  Result<Response> create(const Request& request, const Caller& caller) {
    const std::string_view object = request.parameter("object");
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"fields", "reason", "dry_run"}));
    LP_TRY(const Members fields, required_fields(body));
    LP_TRY(const WriteOptions options, write_options(body, caller, object, 201));
    LP_TRY(Written written, records_.create(caller.scope, object, fields.all(), options));
    const int status = options.dry_run ? 200 : 201;
    return record_answer(status, object, written.id, written.version, std::move(written.answer));
  }

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const std::vector<std::string> select,
           listed_names(request.head.query_value("select").value_or(""), "select"));
    LP_TRY(const std::string purpose, read_purpose(request.head.query_value("purpose")));
    JsonWriter out;
    LP_TRY(const std::int64_t version,
           records_.get(caller.scope, request.parameter("object"), id, select, out, purpose));
    return record_answer(200, request.parameter("object"), id, version, out.take());
  }

  Result<Response> update(const Request& request, const Caller& caller) {
    const std::string_view object = request.parameter("object");
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Precondition precondition, read_if_match(request.head));
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"fields", "base", "reason", "dry_run"}));
    LP_TRY(const Members fields, required_fields(body));
    LP_TRY(const std::optional<Members> base, body.object("base"));
    Patch patch;
    patch.fields = fields.all();
    patch.version = precondition.version;
    patch.any_version = precondition.any;
    if (base) patch.base = base->all();
    LP_TRY(const WriteOptions options, write_options(body, caller, object, 200));
    LP_TRY(Written written, records_.update(caller.scope, object, id, patch, options));
    return record_answer(200, object, id, written.version, std::move(written.answer));
  }

  Result<Response> remove(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Precondition precondition, read_if_match(request.head));
    LP_TRY(const Members body, read_body(request, BodyIs::optional));
    LP_CHECK(body.allow_only({"version", "reason", "dry_run"}));
    LP_TRY(const auto version, body.integer("version", 1, INT64_MAX));
    LP_TRY(WriteOptions options, write_options(body, caller, request.parameter("object"), 204));
    options.in_transaction = nullptr;  // an Idempotency-Key belongs to POST and PATCH
    const std::int64_t expected = precondition.version.value_or(version.value_or(0));
    LP_CHECK(records_.remove(caller.scope, request.parameter("object"), id, expected, options));
    return Response::empty();
  }

  Result<Response> restore(const Request& request, const Caller& caller) {
    const std::string_view object = request.parameter("object");
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Members body, read_body(request, BodyIs::optional));
    LP_CHECK(body.allow_only({"reason", "dry_run"}));
    LP_TRY(const WriteOptions options, write_options(body, caller, object, 200));
    LP_TRY(Written written, records_.restore(caller.scope, object, id, options));
    return record_answer(200, object, id, written.version, std::move(written.answer));
  }

  Result<Response> erase_personal(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"reason", "dry_run"}));
    LP_TRY(const WriteOptions options,
           write_options(body, caller, request.parameter("object"), 200));
    if (trim(options.reason).empty()) {
      return Error::invalid(FieldProblem{"/reason", "reason", "reason_for_erasing", {}});
    }
    LP_TRY(Written written,
           records_.erase_personal(caller.scope, request.parameter("object"), id, options));
    return record_answer(200, request.parameter("object"), id, written.version,
                         std::move(written.answer));
  }

  Result<Response> history(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    records::PageRequest page;
    LP_TRY(const std::int64_t limit,
           integer_query(request.head, "limit", page.limit, 1, records::PageRequest::max_limit));
    page.limit = static_cast<int>(limit);
    page.after = request.head.query_value("after").value_or("");
    JsonWriter out;
    LP_CHECK(records_.history(caller.scope, request.parameter("object"), id, page, out));
    return Response::json(200, out.take());
  }

  Result<Response> query(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request, BodyIs::optional));
    LP_TRY(const QueryRequest query, read_query(body));
    return answer_query(request, caller, query);
  }

  Result<Response> aggregate(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request));
    LP_TRY(const records::AggregateRequest asked, read_aggregate(body));
    JsonWriter out;
    LP_CHECK(records_.aggregate(caller.scope, request.parameter("object"), asked, out));
    return Response::json(200, out.take());
  }

  Result<Response> batch(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request));
    LP_TRY(const records::BatchRequest asked, read_batch(body));
    records::BatchOptions options;
    options.origin = caller.origin();
    LP_TRY(options.dry_run, body.boolean("dry_run"));
    if (caller.keep_answer) {
      options.in_transaction = [&](storage::Connection& connection,
                                   const std::vector<records::OpOutcome>& outcomes) {
        return caller.keep_answer(connection, batch_answer(texts_, caller, asked, outcomes));
      };
    }
    LP_TRY(const auto outcomes,
           records_.batch(caller.scope, request.parameter("object"), asked, options));
    return batch_answer(texts_, caller, asked, outcomes);
  }

  Result<Response> list(const Request& request, const Caller& caller) {
    const auto schema = records_.schema();
    const records::Object* object = schema->object(request.parameter("object"));
    const bool known =
        object != nullptr && caller.scope.reach(object->api_name) != access::Reach::none;
    if (!known) return Error::of(ErrorCode::not_found);
    LP_TRY(const QueryRequest query, read_list_query(request.head, *schema, *object));
    return answer_query(request, caller, query);
  }

 private:
  static Result<Members> required_fields(const Members& body) {
    LP_TRY(std::optional<Members> fields, body.object("fields"));
    if (!fields) return wrong_member("/fields", "member_missing", {{"name", "fields"}});
    return std::move(*fields);
  }

  static Result<WriteOptions> write_options(const Members& body, const Caller& caller,
                                            std::string_view object, int status) {
    WriteOptions options;
    options.origin = caller.origin();
    LP_TRY(options.dry_run, body.boolean("dry_run"));
    LP_TRY(const auto reason, body.text("reason"));
    options.reason = reason.value_or("");
    if (caller.keep_answer) {
      options.in_transaction = [&caller, object = std::string(object), status](
                                   storage::Connection& connection,
                                   std::string_view answer) -> Status {
        LP_TRY(const Response response, record_answer(status, object, answer));
        return caller.keep_answer(connection, response);
      };
    }
    return options;
  }

  Result<Response> answer_query(const Request& request, const Caller& caller,
                                const QueryRequest& query) {
    JsonWriter out;
    LP_CHECK(records_.query(caller.scope, request.parameter("object"), query, out));
    return Response::json(200, out.take());
  }

  Records& records_;
  const Texts& texts_;
};

}  // namespace

void install_records_api(Registration& registration) {
  const Services& services = registration.services();
  MemberRoutes routes(registration, std::make_shared<RecordsApi>(services.records, services.texts));
  const std::string records = "/records/{object}";
  routes.get(records, &RecordsApi::list);
  routes.write(Method::post, records, &RecordsApi::create);
  routes.ask(records + "/query", &RecordsApi::query);
  routes.ask(records + "/aggregate", &RecordsApi::aggregate);
  routes.write(Method::post, records + "/batch", &RecordsApi::batch);
  routes.get(records + "/{id}", &RecordsApi::show);
  routes.write(Method::patch, records + "/{id}", &RecordsApi::update);
  routes.write(Method::del, records + "/{id}", &RecordsApi::remove);
  routes.write(Method::post, records + "/{id}/restore", &RecordsApi::restore);
  routes.write(Method::post, records + "/{id}/erase-personal", &RecordsApi::erase_personal);
  routes.get(records + "/{id}/history", &RecordsApi::history);
}

}  // namespace linchpin::inbound
