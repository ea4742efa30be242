#include "inbound/exports_api.h"

#include "inbound/body.h"
#include "inbound/job_text.h"
#include "inbound/member_routes.h"
#include "inbound/http/percent_encoding.h"
#include "inbound/query_request.h"

namespace linchpin::inbound {

using exports::ExportedFile;
using exports::ExportRequest;
using exports::Exports;
using exports::Format;

namespace {

constexpr std::string_view csv_type = "text/csv; charset=utf-8";
constexpr std::string_view xlsx_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// The engine points into the query; here that is one member of the body.
Error within_query(Error error) {
  for (FieldProblem& problem : error.problems) problem.pointer = "/query" + problem.pointer;
  return error;
}

class ExportsApi {
 public:
  ExportsApi(Exports& exports, const Texts& texts) : exports_(exports), texts_(texts) {}

  Result<Response> create(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"object", "query", "format"}));
    ExportRequest wanted;
    LP_TRY(wanted.object, body.required_text("object"));
    LP_TRY(const std::optional<Members> query, body.object("query"));
    if (query) {
      LP_TRY(wanted.query, read_query(*query));
    }
    LP_TRY(const std::string format, body.required_text("format"));
    const auto named = exports::format_named(format);
    if (!named) return wrong_member("/format", "wrong_choice", {{"of", "csv, xlsx"}});
    wanted.format = *named;
    wanted.language = caller.language;
    wanted.origin = caller.origin();
    wanted.address = request.head.remote_address;
    Result<jobs::Job> job = exports_.create(caller.scope, wanted);
    if (!job) return within_query(std::move(job).error());
    Response response = Response::json(202, job_text(*job, texts_, caller.language));
    response.with("Location", "/api/v1/jobs/" + format_id(job->id));
    return response;
  }

  Result<Response> file(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const ExportedFile file, exports_.file(caller.scope, id));
    Response response;
    response.file = file.path;
    response.content_type = file.format == Format::csv ? csv_type : xlsx_type;
    response.with("Content-Disposition",
                  disposition("attachment", "export." + std::string(format_name(file.format)),
                              file.file_name));
    response.with("Cache-Control", "no-store");
    return response;
  }

 private:
  Exports& exports_;
  const Texts& texts_;
};

}  // namespace

void install_exports_api(Registration& registration, Exports& exports) {
  MemberRoutes routes(registration,
                      std::make_shared<ExportsApi>(exports, registration.services().texts));
  routes.write(Method::post, "/exports", &ExportsApi::create);
  routes.get("/exports/{id}/file", &ExportsApi::file);
}

}  // namespace linchpin::inbound
