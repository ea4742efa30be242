#include "inbound/imports_api.h"

#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "inbound/problem.h"

namespace linchpin::inbound {

using imports::Import;
using imports::Imports;
using imports::State;

namespace {

constexpr int default_page = 50;

// {row, column?, code, params?} of the report in the reader's words.
json::array spoken(const json::object& report, std::string_view list, std::string_view prefix,
                   const Texts& texts, Language language) {
  json::array items;
  const json::value* found = report.if_contains(list);
  if (found == nullptr || !found->is_array()) return items;
  for (const json::value& value : found->get_array()) {
    json::object item = value.get_object();
    ErrorParams params;
    if (const json::value* given = item.if_contains("params")) {
      for (const auto& member : given->get_object()) {
        params.emplace_back(std::string(member.key()), std::string(text_from(member.value())));
      }
    }
    item["message"] =
        texts.text(language, std::string(prefix) + std::string(text_from(item.at("code"))), params);
    items.push_back(std::move(item));
  }
  return items;
}

class Writer {
 public:
  Writer(const Texts& texts, Language language) : texts_(texts), language_(language) {}

  void write(JsonWriter& out, const Import& import) const {
    out.begin_object();
    out.key("id").id(import.id);
    out.key("state").string(imports::state_name(import.state));
    out.key("file_name").string(import.file_name);
    out.key("size").integer(import.size);
    out.key("rows").integer(import.layout.rows);
    out.key("object");
    if (import.object.empty()) {
      out.null();
    } else {
      out.string(import.object);
    }
    out.key("progress").begin_object();
    out.key("done").integer(import.done).key("total").integer(import.total).end_object();
    out.key("created").integer(import.counters.created);
    out.key("updated").integer(import.counters.updated);
    out.key("failed").integer(import.counters.failed);
    out.key("skipped").integer(import.counters.skipped);
    write_problem(out, import);
    out.key("created_by").id(import.importer.user);
    out.key("created_at").instant(import.created_at);
    out.key("updated_at").instant(import.updated_at);
    out.end_object();
  }

  // With everything that only one import is asked for.
  std::string whole(const Import& import) const {
    JsonWriter head;
    write(head, import);
    std::string text = head.take();
    text.pop_back();
    JsonWriter out;
    out.key("columns").begin_array();
    for (const imports::FileColumn& column : import.layout.columns) write_column(out, column);
    out.end_array();
    out.key("plan");
    if (import.plan.empty()) {
      out.null();
    } else {
      out.raw(json::serialize(import.plan));
    }
    out.key("records").begin_object();
    for (const auto& [object, count] : import.counters.records) out.key(object).integer(count);
    out.end_object();
    if (!import.report.empty()) out.key("report").raw(json::serialize(report(import)));
    if (!import.revert.empty()) out.key("revert").raw(json::serialize(import.revert));
    return text + "," + out.take() + "}";
  }

 private:
  static void write_column(JsonWriter& out, const imports::FileColumn& column) {
    out.begin_object();
    out.key("name").string(column.name).key("samples").begin_array();
    for (const std::string& sample : column.samples) out.string(sample);
    out.end_array().key("suggested_field");
    if (column.suggested_field.empty()) {
      out.null();
    } else {
      out.string(column.suggested_field);
    }
    out.end_object();
  }

  json::object report(const Import& import) const {
    json::object report = import.report;
    report["errors"] = spoken(import.report, "errors", "problem.", texts_, language_);
    report["warnings"] = spoken(import.report, "warnings", "import.warning.", texts_, language_);
    return report;
  }

  void write_problem(JsonWriter& out, const Import& import) const {
    out.key("problem");
    if (import.has_problem) {
      out.raw(problem_response(texts_, language_, {}, import.problem).body);
    } else {
      out.null();
    }
  }

  const Texts& texts_;
  Language language_;
};

class ImportsApi {
 public:
  ImportsApi(Imports& imports, const Texts& texts) : imports_(imports), texts_(texts) {}

  Result<Response> upload(const Request& request, const Caller& caller) {
    if (!request.upload) return Error::of(ErrorCode::malformed, "file_part_missing");
    LP_TRY(const Import import, imports_.create(caller.scope, request.upload->path(),
                                                request.upload->file_name(), Imports::Take::move));
    Response response = answer(201, import, caller);
    response.with("Location", "/api/v1/imports/" + format_id(import.id));
    return response;
  }

  Result<Response> list(const Request& request, const Caller& caller) {
    LP_TRY(const std::int64_t limit,
           integer_query(request.head, "limit", default_page, 1, Imports::max_page));
    RecordId before;
    if (const auto after = request.head.query_value("after"); after && !after->empty()) {
      const auto id = parse_id(*after);
      if (!id) return Error::of(ErrorCode::malformed, "wrong_cursor");
      before = *id;
    }
    // One more than asked for tells whether there are more.
    LP_TRY(std::vector<Import> found,
           imports_.list(caller.scope, before, static_cast<int>(limit) + 1));
    const bool more = found.size() > static_cast<std::size_t>(limit);
    if (more) found.pop_back();
    const Writer writer(texts_, caller.language);
    JsonWriter out;
    out.begin_object().key("imports").begin_array();
    for (const Import& import : found) writer.write(out, import);
    out.end_array().key("page").begin_object().key("next");
    out.id(more ? found.back().id : RecordId());
    out.key("has_more").boolean(more).end_object().end_object();
    return Response::json(200, out.take());
  }

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Import import, imports_.get(caller.scope, id));
    return answer(200, import, caller);
  }

  Result<Response> plan(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Members body, read_body(request));
    LP_TRY(const Import import, imports_.plan(caller.scope, id, body.all()));
    return answer(202, import, caller);
  }

  Result<Response> run(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Members body, read_body(request, BodyIs::optional));
    LP_CHECK(body.allow_only({"repeat"}));
    LP_TRY(const bool repeat, body.boolean("repeat"));
    LP_TRY(const Import import, imports_.run(caller.scope, id, repeat));
    return answer(202, import, caller);
  }

  Result<Response> cancel(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Import import, imports_.cancel(caller.scope, id));
    return answer(202, import, caller);
  }

  Result<Response> revert(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Import import, imports_.revert(caller.scope, id));
    return answer(202, import, caller);
  }

  Result<Response> errors(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    Response response;
    LP_TRY(response.file, imports_.errors_csv(caller.scope, id, caller.language));
    response.file_goes = true;
    response.content_type = "text/csv; charset=utf-8";
    response.with("Content-Disposition",
                  "attachment; filename=\"errors-" + format_id(id) + ".csv\"");
    response.with("Cache-Control", "no-store");
    return response;
  }

 private:
  Response answer(int status, const Import& import, const Caller& caller) const {
    return Response::json(status, Writer(texts_, caller.language).whole(import));
  }

  Imports& imports_;
  const Texts& texts_;
};

}  // namespace

void install_imports_api(Registration& registration, Imports& imports) {
  const auto api = std::make_shared<ImportsApi>(imports, registration.services().texts);
  Route upload;
  upload.method = Method::post;
  upload.pattern = "/imports";
  upload.work = WorkKind::write;
  upload.body = RequestPlan::Body::upload;
  upload.handler = [api](const Request& request, const Caller& caller) {
    return api->upload(request, caller);
  };
  registration.route(std::move(upload));
  MemberRoutes routes(registration, api);
  routes.get("/imports", &ImportsApi::list);
  routes.get("/imports/{id}", &ImportsApi::show);
  routes.get("/imports/{id}/errors.csv", &ImportsApi::errors);
  routes.write(Method::put, "/imports/{id}/plan", &ImportsApi::plan);
  routes.write(Method::post, "/imports/{id}/run", &ImportsApi::run);
  routes.write(Method::post, "/imports/{id}/cancel", &ImportsApi::cancel);
  routes.write(Method::post, "/imports/{id}/revert", &ImportsApi::revert);
}

}  // namespace linchpin::inbound
