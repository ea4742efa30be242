#include "tables/forms_api.h"

#include <algorithm>

#include "tables/form_limits.h"
#include "tables/form_link.h"

namespace linchpin::tables {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Visitor;

namespace {

constexpr std::size_t max_form_bytes = 64 * 1024;

json::object both_languages(const BothLanguages& label) {
  return {{"zh-CN", label.zh_cn}, {"en", label.en}};
}

// What went wrong, as far as it is about what the stranger wrote. Everything else would tell him of
// records or of people.
Error told_to_strangers(const Error& error, const FormLink& link) {
  if (error.code == ErrorCode::validation_failed) {
    std::vector<FieldProblem> own;
    for (const FieldProblem& problem : error.problems) {
      const bool asked =
          std::find(link.fields.begin(), link.fields.end(), problem.field) != link.fields.end();
      if (asked) own.push_back(problem);
    }
    if (!own.empty()) return Error::invalid(std::move(own));
  }
  if (error.retryable()) return error;
  Error closed = Error::of(ErrorCode::invalid_state, "form_refused");
  closed.log_detail = error.log_detail.empty() ? error.detail : error.log_detail;
  return closed;
}

Error malformed(std::string pointer, std::string code, ErrorParams params = {}) {
  Error error = Error::of(ErrorCode::malformed);
  error.problems.push_back({std::move(pointer), {}, std::move(code), std::move(params)});
  return error;
}

struct FormAnswer {
  json::object fields;
  std::string ticket;
  bool trapped = false;  // nobody sees `website`: what fills it in is a machine
};

// {"fields", "ticket", "website"?}
Result<FormAnswer> read_answer(std::string_view body) {
  LP_TRY(json::object object, parse_json_object(body));
  FormAnswer answer;
  for (auto& [name, value] : object) {
    const std::string pointer = "/" + std::string(name);
    if (name == "fields") {
      if (!value.is_object()) return malformed(pointer, "expected_object");
      answer.fields = std::move(value.get_object());
    } else if (name == "ticket" || name == "website") {
      if (!value.is_string()) return malformed(pointer, "expected_text");
      if (name == "ticket") answer.ticket = std::string_view(value.get_string());
      if (name == "website") answer.trapped = !value.get_string().empty();
    } else {
      return malformed(pointer, "unknown_member", {{"name", std::string(name)}});
    }
  }
  if (answer.ticket.empty()) return malformed("/ticket", "member_missing");
  return answer;
}

class FormsApi {
 public:
  explicit FormsApi(const inbound::Services& services)
      : services_(services), secrets_(services.records.workspace_key()), limits_(services.clock) {}

  // Whoever may read the link as a record.
  Result<Response> address(const Request& request, const Caller& caller) {
    const auto id = parse_id(request.parameter("id"));
    if (!id) return Error::of(ErrorCode::not_found);
    JsonWriter ignored;
    LP_CHECK(services_.records.get(caller.scope, "form_link", *id, {"id"}, ignored));
    const std::string token = secrets_.token(*id);
    JsonWriter out;
    out.begin_object().key("token").string(token).key("path").string("/f/" + token).end_object();
    return Response::json(200, out.take());
  }

  Result<Response> show(const Request& request, const Visitor&) {
    LP_TRY(const FormLink link, link_of(request));
    const auto schema = services_.records.schema();
    const records::Object* object = schema->object(link.object);
    if (!object) return Error::of(ErrorCode::not_found, "form_closed");
    json::array fields;
    for (const std::string& name : link.fields) {
      const records::Field* field = object->field(name);
      if (!field || !is_public_field(*field)) continue;
      json::object described = records::describe(*field);
      described["editable"] = true;
      fields.push_back(std::move(described));
    }
    const records::WorkspaceFrame frame = services_.records.frame();
    return Response::json(200, json::serialize(json::object{
                                   {"title", link.title},
                                   {"intro", link.intro},
                                   {"object", both_languages(object->label)},
                                   {"fields", std::move(fields)},
                                   {"currency", frame.currency},
                                   {"ticket", secrets_.ticket(link.id, services_.clock.now())}}));
  }

  // What a trap catches is told that all is well.
  Result<Response> submit(const Request& request, const Visitor& visitor) {
    if (request.body.size() > max_form_bytes) return Error::of(ErrorCode::payload_too_large);
    LP_CHECK(limits_.admit(request.head.remote_address));
    LP_TRY(const FormLink link, link_of(request));
    LP_TRY(const FormAnswer answer, read_answer(request.body));
    if (answer.trapped) return thanks();
    LP_CHECK(secrets_.check_ticket(link.id, answer.ticket, services_.clock.now()));
    for (const auto& [name, value] : answer.fields) {
      const bool asked =
          std::find(link.fields.begin(), link.fields.end(), name) != link.fields.end();
      if (!asked) return malformed("/fields", "unknown_member", {{"name", std::string(name)}});
    }
    LP_CHECK(limits_.admit(link.id, link.daily_limit));
    return create(link, answer.fields, visitor);
  }

 private:
  static Result<Response> thanks() { return Response::json(201, R"({"received":true})"); }

  Result<FormLink> link_of(const Request& request) {
    LP_TRY(const RecordId id, secrets_.link_of(request.parameter("token")));
    Result<FormLink> link = read_form_link(services_.records, id);
    if (!link && link.error().code == ErrorCode::not_found) {
      return Error::of(ErrorCode::not_found, "form_closed");
    }
    return link;
  }

  Result<Response> create(const FormLink& link, const json::object& fields,
                          const Visitor& visitor) {
    LP_TRY(const access::AccessScope scope, services_.records.scope_of(link.author));
    records::WriteOptions options;
    options.origin = {scope.actor(), visitor.request_id, "form:" + format_id(link.id), 0, 0};
    const Result<records::Written> written =
        services_.records.create(scope, link.object, fields, options);
    if (!written) return told_to_strangers(written.error(), link);
    return thanks();
  }

  const inbound::Services services_;
  const FormSecrets secrets_;
  FormLimits limits_;
};

}  // namespace

void install_forms_api(inbound::Registration& registration) {
  const auto api = std::make_shared<FormsApi>(registration.services());
  inbound::Route address;
  address.pattern = "/form-links/{id}/address";
  address.handler = [api](const Request& request, const Caller& caller) {
    return api->address(request, caller);
  };
  registration.route(std::move(address));

  inbound::Route show;
  show.pattern = "/forms/{token}";
  show.open = [api](const Request& request, const Visitor& visitor) {
    return api->show(request, visitor);
  };
  registration.route(std::move(show));

  inbound::Route submit;
  submit.method = inbound::Method::post;
  submit.pattern = "/forms/{token}";
  submit.work = inbound::WorkKind::write;
  submit.body = inbound::RequestPlan::Body::memory;
  submit.open = [api](const Request& request, const Visitor& visitor) {
    return api->submit(request, visitor);
  };
  registration.route(std::move(submit));
}

}  // namespace linchpin::tables
