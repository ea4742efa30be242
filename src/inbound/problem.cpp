#include "inbound/problem.h"

#include "base/json_writer.h"

namespace linchpin::inbound {
namespace {

// What a refused caller waits when the error itself does not know better.
constexpr int default_retry_seconds = 1;

std::string text_key(std::string_view code) {
  return "problem." + std::string(code);
}

void write_params(JsonWriter& out, const ErrorParams& params) {
  out.begin_object();
  for (const auto& [name, value] : params) out.key(name).string(value);
  out.end_object();
}

void write_detail(JsonWriter& out, const Texts& texts, Language language, const Error& error) {
  if (error.detail.empty()) return;
  const std::string key = text_key(error.detail);
  if (texts.has(key)) out.key("detail").string(texts.text(language, key, error.params));
  out.key("reason").string(error.detail);
}

void write_problems(JsonWriter& out, const Texts& texts, Language language,
                    const std::vector<FieldProblem>& problems) {
  out.key("errors").begin_array();
  for (const FieldProblem& problem : problems) {
    out.begin_object();
    out.key("pointer").string(problem.pointer);
    if (!problem.field.empty()) out.key("field").string(problem.field);
    out.key("code").string(problem.code);
    out.key("params");
    write_params(out, problem.params);
    out.key("message").string(texts.text(language, text_key(problem.code), problem.params));
    out.end_object();
  }
  out.end_array();
}

void write_conflicts(JsonWriter& out, const Error& error) {
  if (error.code != ErrorCode::version_conflict) return;
  out.key("conflicts").begin_array();
  for (const FieldConflict& conflict : error.conflicts) {
    out.begin_object();
    out.key("field").string(conflict.field);
    out.key("current").raw(conflict.current_json);
    out.end_object();
  }
  out.end_array();
  if (error.current_version != 0) out.key("version").integer(error.current_version);
}

void add_headers(Response& response, Language language, const Error& error) {
  response.with("Content-Language", std::string(language_tag(language)));
  if (error.code == ErrorCode::unauthenticated) {
    response.with("WWW-Authenticate", "Bearer realm=\"linchpin\"");
  }
  if (error.retry_after_seconds > 0 || error.retryable()) {
    const int seconds =
        error.retry_after_seconds > 0 ? error.retry_after_seconds : default_retry_seconds;
    response.with("Retry-After", std::to_string(seconds));
  }
}

}  // namespace

Response problem_response(const Texts& texts, Language language, std::string_view request_id,
                          const Error& error) {
  const int status = http_status(error.code);
  JsonWriter out;
  out.begin_object();
  out.key("status").integer(status);
  out.key("code").string(code_name(error.code));
  out.key("title").string(texts.text(language, text_key(code_name(error.code)), error.params));
  write_detail(out, texts, language, error);
  if (!error.params.empty()) {
    out.key("params");
    write_params(out, error.params);
  }
  write_problems(out, texts, language, error.problems);
  write_conflicts(out, error);
  out.key("retryable").boolean(error.retryable());
  if (!request_id.empty()) out.key("request_id").string(request_id);
  out.end_object();

  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = out.take();
  add_headers(response, language, error);
  return response;
}

}  // namespace linchpin::inbound
