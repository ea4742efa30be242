#include "inbound/attachments_api.h"

#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "inbound/http/percent_encoding.h"
#include "jobs/file_name.h"

namespace linchpin::inbound {

using attachments::Attachments;
using records::Attachment;

namespace {

// Nothing in a file runs here, whatever a browser makes of it. A viewer of PDF is an object of its
// own, which a sandbox would not let start; pages of the product show it beside a record.
constexpr std::string_view policy_of_files = "default-src 'none'; sandbox";
constexpr std::string_view policy_of_pdf =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
constexpr std::string_view pdf_type = "application/pdf";

std::string described(const Attachment& attachment) {
  JsonWriter out;
  out.begin_object().key("id").id(attachment.id);
  out.key("file_name").string(attachment.file_name);
  out.key("content_type").string(attachment.content_type);
  out.key("size").integer(attachment.size);
  out.key("created_by").id(attachment.uploader);
  out.key("created_at").instant(attachment.created_at);
  return out.end_object().take();
}

class AttachmentsApi {
 public:
  explicit AttachmentsApi(Attachments& attachments) : attachments_(attachments) {}

  Result<Response> upload(const Request& request, const Caller& caller) {
    if (!request.upload) return Error::of(ErrorCode::malformed, "file_part_missing");
    // A raw body has no name but this one.
    const std::string_view named = request.head.query_value("file_name").value_or("");
    const std::string_view name = named.empty() ? request.upload->file_name() : named;
    LP_TRY(const Attachment made, attachments_.create(caller.scope, request.upload->path(), name));
    Response response = Response::json(201, described(made));
    response.with("Location", "/api/v1/attachments/" + format_id(made.id));
    return response;
  }

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Attachments::Found found, attachments_.get(caller.scope, id));
    return Response::json(200, described(found.about));
  }

  Result<Response> file(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    LP_TRY(const Attachments::Found found, attachments_.get(caller.scope, id));
    const Attachment& about = found.about;
    Response response;
    response.file = found.path;
    response.content_type = about.content_type;
    const std::string extension = jobs::extension_of(about.file_name);
    response.with("Content-Disposition", disposition(found.shown ? "inline" : "attachment",
                                                     "file." + extension, about.file_name));
    const bool is_pdf = about.content_type == pdf_type;
    response.with("Content-Security-Policy", std::string(is_pdf ? policy_of_pdf : policy_of_files));
    // Asked for anew each time, because rights change; what is not sent again is only the bytes.
    response.with("Cache-Control", "private, no-cache");
    return response;
  }

 private:
  Attachments& attachments_;
};

}  // namespace

void install_attachments_api(Registration& registration, Attachments& attachments) {
  const auto api = std::make_shared<AttachmentsApi>(attachments);
  Route upload;
  upload.method = Method::post;
  upload.pattern = "/attachments";
  upload.work = WorkKind::write;
  upload.body = RequestPlan::Body::upload;
  upload.raw_upload = true;
  upload.upload_bytes = Attachments::max_bytes;
  upload.handler = [api](const Request& request, const Caller& caller) {
    return api->upload(request, caller);
  };
  registration.route(std::move(upload));
  MemberRoutes routes(registration, api);
  routes.get("/attachments/{id}", &AttachmentsApi::file);
  routes.get("/attachments/{id}/about", &AttachmentsApi::show);
}

}  // namespace linchpin::inbound
