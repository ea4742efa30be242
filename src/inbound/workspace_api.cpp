#include "inbound/workspace_api.h"

#include "base/crypto.h"
#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/identity/identity_api.h"
#include "inbound/job_text.h"
#include "inbound/member_routes.h"
#include "inbound/meta_text.h"

namespace linchpin::inbound {

namespace {

constexpr std::size_t etag_bytes = 16;

class WorkspaceApi {
 public:
  WorkspaceApi(const Services& services, Identity& identity, Settings& settings, Product product)
      : services_(services),
        identity_(identity),
        settings_(settings),
        product_(std::move(product)) {}

  Result<Response> meta(const Request& request, const Caller& caller) {
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    JsonWriter out;
    out.begin_object();
    out.key("product").begin_object();
    out.key("name").string(product_.name).key("version").string(product_.version).end_object();
    const auto settings = settings_.get();
    out.key("workspace").begin_object();
    out.key("name").string(settings->workspace_name);
    out.key("time_zone").string(settings->time_zone);
    out.key("currency").string(settings->currency);
    out.key("money_scale").integer(settings->money_scale);
    out.key("unit").string(settings->unit);
    out.end_object();
    out.key("user");
    write_user(out, *principal);
    out.key("objects");
    objects_.write_objects(out, services_.records.schema(), caller.scope);
    out.end_object();
    return tagged(out.take());
  }

  Result<Response> show_settings(const Request&, const Caller&) {
    return settings_answer(*settings_.get());
  }

  Result<Response> change_settings(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request));
    LP_TRY(const auto settings, settings_.change(services_.records, body, Deed::of(request, caller),
                                                 services_.clock.now()));
    return settings_answer(*settings);
  }

  Result<Response> show_job(const Request& request, const Caller& caller) {
    LP_TRY(const jobs::Job job, visible_job(request, caller));
    return job_answer(job, caller.language);
  }

  Result<Response> cancel_job(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request, BodyIs::optional));
    LP_CHECK(body.allow_only({}));
    LP_TRY(const jobs::Job job, visible_job(request, caller));
    LP_CHECK(services_.jobs.cancel(job.id));
    LP_TRY(const jobs::Job after, services_.jobs.get(job.id));
    return job_answer(after, caller.language);
  }

 private:
  // Whoever has it already is answered 304 by the HTTP edge.
  static Response tagged(std::string body) {
    const std::string etag = "\"" + to_hex(sha256(body).substr(0, etag_bytes)) + "\"";
    Response response = Response::json(200, std::move(body));
    response.with("ETag", etag).with("Cache-Control", "private, no-cache");
    return response;
  }

  static Response settings_answer(const WorkspaceSettings& settings) {
    JsonWriter out;
    write_settings(out, settings);
    return Response::json(200, out.take());
  }

  // A job belongs to whoever started it, and to administrators.
  Result<jobs::Job> visible_job(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(jobs::Job job, services_.jobs.get(id));
    if (job.created_by != caller.scope.user() && !caller.scope.administrator()) {
      return Error::of(ErrorCode::not_found);
    }
    return job;
  }

  Response job_answer(const jobs::Job& job, Language language) {
    return Response::json(200, job_text(job, services_.texts, language));
  }

  const Services& services_;
  Identity& identity_;
  Settings& settings_;
  const Product product_;
  MetaText objects_;
};

}  // namespace

void install_workspace_api(Registration& registration, Identity& identity, Settings& settings,
                           const Product& product) {
  MemberRoutes routes(registration, std::make_shared<WorkspaceApi>(registration.services(),
                                                                   identity, settings, product));
  routes.get("/meta", &WorkspaceApi::meta);
  routes.get("/settings", &WorkspaceApi::show_settings);
  routes.write(Method::patch, "/settings", &WorkspaceApi::change_settings, Audience::administrator);
  routes.get("/jobs/{id}", &WorkspaceApi::show_job);
  routes.write(Method::post, "/jobs/{id}/cancel", &WorkspaceApi::cancel_job);
}

}  // namespace linchpin::inbound
