#include "inbound/api_handler.h"

#include <chrono>
#include <exception>

#include "base/crypto.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "base/text.h"
#include "inbound/deed.h"
#include "inbound/problem.h"
#include "storage/time_limit.h"

namespace linchpin::inbound {
namespace {

constexpr std::string_view socket_path = "/api/v1/live";
constexpr std::string_view web_route = "web";
constexpr std::string_view unknown_route = "unknown";
// What a request may ask of the database at once.
constexpr std::chrono::seconds longest_read{30};

bool is_api_path(std::string_view path) {
  return path == "/api" || path.starts_with("/api/");
}

std::string allow_header(const std::vector<Method>& methods) {
  std::string header;
  const auto add = [&](std::string_view name) {
    if (!header.empty()) header += ", ";
    header += name;
  };
  for (const Method method : methods) {
    add(method_name(method));
    if (method == Method::get) add("HEAD");
  }
  return header;
}

bool is_json(std::string_view content_type) {
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  return fold(type) == "application/json";
}

Status check_content(const Route& route, const Request& request) {
  if (route.body != RequestPlan::Body::memory || request.body.empty()) return {};
  if (is_json(request.head.header("content-type"))) return {};
  return Error::of(ErrorCode::unsupported_media_type, "expected_json");
}

// Only what writes and is not an upload may be asked for twice.
bool may_be_repeated(const Route& route) {
  return route.work == WorkKind::write && route.body != RequestPlan::Body::upload &&
         (route.method == Method::post || route.method == Method::patch);
}

void add_api_headers(Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Cache-Control") return;
  }
  response.with("Cache-Control", "no-store");
}

bool is_download(const Response& response) {
  return response.status == 200 &&
         std::any_of(response.headers.begin(), response.headers.end(),
                     [](const auto& header) { return header.first == "Content-Disposition"; });
}

// A file leaves the house, whoever made it.
Status note_download(const Services& services, const Route& route, const Request& request,
                     const Caller& caller) {
  const Deed deed = Deed::of(request, caller);
  stream::AuditNote note = deed.note(stream::AuditKind::download, services.clock.now());
  JsonWriter details;
  details.begin_object().key("route").string(route.pattern);
  for (const auto* part : {&request.path_parameters, &request.head.query}) {
    details.key(part == &request.head.query ? "query" : "path").begin_object();
    for (const auto& [name, value] : *part) details.key(name).string(value);
    details.end_object();
  }
  note.details = details.end_object().take();
  return services.records.database().write([&](storage::Connection& connection) {
    return stream::append_audit(connection, services.records.workspace_key(), note);
  });
}

}  // namespace

ApiHandler::ApiHandler(Parts parts) : parts_(std::move(parts)) {}

RequestPlan ApiHandler::plan(const RequestHead& head) {
  RequestPlan plan;
  const Router::Match match = router_.find(head.method, head.path);
  if (match.entry == nullptr) return plan;
  const Route& route = match.entry->route;
  plan.work = route.work;
  plan.body = route.body;
  plan.raw_upload = route.raw_upload;
  plan.upload_bytes = route.upload_bytes;
  if (!route.handler) return plan;
  if (!Identity::has_credentials(head)) {
    plan.refusal = refuse(head, *match.entry, Error::of(ErrorCode::unauthenticated));
  } else if (route.body == RequestPlan::Body::upload) {
    // A stranger must not fill the disk: here looking him up is worth a moment of the event loop.
    const auto principal = parts_.identity.authenticate(head, Identity::Purpose::look);
    const Status allowed =
        principal ? check_rights(route, head, **principal) : Status(principal.error());
    if (!allowed) plan.refusal = refuse(head, *match.entry, allowed.error());
  }
  return plan;
}

Response ApiHandler::refuse(const RequestHead& head, RouteEntry& entry, const Error& error) {
  Outcome outcome;
  outcome.route = entry.path;
  outcome.answer = error;
  Response response = problem(head, error);
  add_api_headers(response);
  entry.metrics.add(response.status, std::chrono::microseconds(0));
  log_outcome(head, outcome, response.status, 0);
  return response;
}

Status ApiHandler::check_rights(const Route& route, const RequestHead& head,
                                const Principal& principal) const {
  if (route.audience == Audience::administrator && !principal.administrator) {
    return Error::of(ErrorCode::forbidden);
  }
  if (route.work != WorkKind::write) return {};
  if (!principal.may_write) return Error::of(ErrorCode::forbidden, "token_only_reads");
  if (principal.kind == Principal::Kind::session &&
      !equal_in_constant_time(head.header("x-csrf-token"), principal.csrf_token)) {
    return Error::of(ErrorCode::forbidden, "csrf_token_missing");
  }
  return {};
}

Result<Response> ApiHandler::answer_once(const Route& route, const Request& request,
                                         Caller& caller) {
  const std::string_view key = request.head.header("idempotency-key");
  if (key.empty() || !may_be_repeated(route)) return route.handler(request, caller);
  LP_TRY(Idempotency::Begun begun, parts_.idempotency.begin(caller.scope.user(), request, key));
  if (begun.replay) return std::move(*begun.replay);
  Idempotency::Ticket& ticket = *begun.ticket;
  caller.keep_answer = [&ticket](storage::Connection& connection, const Response& response) {
    return ticket.keep(connection, response);
  };
  Result<Response> answer = route.handler(request, caller);
  if (answer && !ticket.kept() && answer->status < 400 && answer->file.empty()) {
    const Status kept = parts_.services.records.database().write(
        [&](storage::Connection& connection) { return ticket.keep(connection, *answer); });
    // The effect has happened; failing now would make the caller do it again.
    if (!kept) log_warning("answer_not_kept", {{"request", caller.request_id}});
  }
  return answer;
}

Result<Response> ApiHandler::answer_route(RouteEntry& entry, Request& request, RecordId& user) {
  const Route& route = entry.route;
  const Language language = request.head.language();
  if (route.open) {
    LP_CHECK(check_content(route, request));
    return route.open(request, Visitor{language, request.head.request_id});
  }
  LP_TRY(const PrincipalPointer principal, parts_.identity.authenticate(request.head));
  user = principal->user;
  LP_CHECK(parts_.limits.admit(user));
  LP_CHECK(check_rights(route, request.head, *principal));
  LP_CHECK(check_content(route, request));
  Caller caller{principal->scope, language, request.head.request_id, principal->client(), {}};
  Result<Response> answer = answer_once(route, request, caller);
  if (answer && is_download(*answer)) {
    LP_CHECK(note_download(parts_.services, route, request, caller));
  }
  return answer;
}

ApiHandler::Outcome ApiHandler::perform(Request& request) {
  Outcome outcome;
  Router::Match match = router_.find(request.head.method, request.head.path);
  if (match.entry != nullptr) {
    outcome.entry = match.entry;
    outcome.route = match.entry->path;
    request.path_parameters = std::move(match.parameters);
    outcome.answer = answer_route(*match.entry, request, outcome.user);
  } else if (!match.allowed.empty()) {
    outcome.route = unknown_route;
    Response refused = problem(request.head, Error::of(ErrorCode::method_not_allowed));
    outcome.answer = std::move(refused.with("Allow", allow_header(match.allowed)));
  } else if (is_api_path(request.head.path)) {
    outcome.route = unknown_route;
    outcome.answer = Error::of(ErrorCode::not_found, "no_such_address");
  } else {
    outcome.route = web_route;
    outcome.answer = parts_.web.answer(request.head);
  }
  return outcome;
}

Response ApiHandler::answer(Request request) {
  using Time = std::chrono::steady_clock;
  const Time::time_point start = Time::now();
  Outcome outcome;
  const storage::TimeLimit limit(longest_read);
  try {
    outcome = perform(request);
  } catch (const std::exception& exception) {
    // Libraries throw where memory ends; the connection and everybody else go on.
    outcome.answer = Error::internal(exception.what());
  }
  Response response =
      outcome.answer ? std::move(*outcome.answer) : problem(request.head, outcome.answer.error());
  if (outcome.route != web_route) add_api_headers(response);
  const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(Time::now() - start);
  if (outcome.entry != nullptr) outcome.entry->metrics.add(response.status, duration);
  log_outcome(request.head, outcome, response.status, duration.count());
  return response;
}

void ApiHandler::log_outcome(const RequestHead& head, const Outcome& outcome, int status,
                             std::int64_t microseconds) {
  const std::string user = outcome.user ? format_id(outcome.user) : std::string();
  log_info("request", {{"method", method_name(head.method)},
                       {"route", outcome.route},
                       {"status", status},
                       {"us", microseconds},
                       {"request", head.request_id},
                       {"user", user}});
  if (outcome.answer) return;
  const Error& error = outcome.answer.error();
  const bool own_fault = http_status(error.code) >= 500;
  if (!own_fault && error.log_detail.empty()) return;
  log_event(own_fault ? LogLevel::error : LogLevel::warning, "request_failed",
            {{"request", head.request_id},
             {"code", code_name(error.code)},
             {"detail", error.detail},
             {"why", error.log_detail}});
}

Response ApiHandler::problem(const RequestHead& head, const Error& error) {
  return problem_response(parts_.services.texts, head.language(), head.request_id, error);
}

Result<std::shared_ptr<SocketSession>> ApiHandler::open_socket(const RequestHead& head,
                                                               std::shared_ptr<SocketPeer> peer) {
  Outcome outcome;
  outcome.route = socket_path;
  const auto open = [&]() -> Result<std::shared_ptr<SocketSession>> {
    if (head.path != socket_path) return Error::of(ErrorCode::not_found, "no_such_address");
    LP_TRY(const PrincipalPointer principal, parts_.identity.authenticate(head));
    outcome.user = principal->user;
    LP_CHECK(parts_.limits.admit(principal->user));
    return parts_.live.open(principal, head.language(), std::move(peer));
  };
  Result<std::shared_ptr<SocketSession>> session = open();
  constexpr int switching_protocols = 101;
  if (session) {
    outcome.answer = Response();
  } else {
    outcome.answer = session.error();
  }
  const int status = session ? switching_protocols : http_status(session.error().code);
  log_outcome(head, outcome, status, 0);
  return session;
}

std::string ApiHandler::metrics_text(const HttpCounters& counters) const {
  std::string out;
  const auto labels = [](const RouteEntry& entry) {
    return "method=\"" + std::string(method_name(entry.route.method)) + "\",route=\"" + entry.path +
           "\"";
  };
  // Before the first request, too, the routes that there are.
  out += "# HELP linchpin_http_routes Routes of the server.\n# TYPE linchpin_http_routes gauge\n";
  for (const auto& entry : router_.entries()) {
    out += "linchpin_http_routes{" + labels(*entry) + "} 1\n";
  }
  write_counts_head(out);
  for (const auto& entry : router_.entries()) entry->metrics.write_counts(out, labels(*entry));
  write_times_head(out);
  for (const auto& entry : router_.entries()) entry->metrics.write_times(out, labels(*entry));
  const auto counter = [&](std::string_view name, std::string_view help, std::int64_t value) {
    write_metric(out, name, MetricKind::counter, help, value);
  };
  const auto gauge = [&](std::string_view name, std::string_view help, std::int64_t value) {
    write_metric(out, name, MetricKind::gauge, help, value);
  };
  counter("linchpin_http_received_total", "Requests that reached the server.", counters.requests);
  counter("linchpin_http_refused_total", "Requests refused unread.", counters.refused);
  gauge("linchpin_http_connections", "Open connections.", counters.open_connections);
  gauge("linchpin_live_sockets", "Open WebSockets.", counters.open_sockets);
  const storage::WriterCounters writer = parts_.services.records.database().counters();
  counter("linchpin_writes_total", "Acknowledged writes.", writer.writes);
  counter("linchpin_commits_total", "Groups of writes, one fsync each.", writer.commits);
  counter("linchpin_writes_rejected_total", "Writes refused, queue full.", writer.rejected);
  gauge("process_resident_memory_bytes", "Resident memory.", resident_memory_bytes());
  return out;
}

}  // namespace linchpin::inbound
