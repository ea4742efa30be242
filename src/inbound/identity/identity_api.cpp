#include "inbound/identity/identity_api.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::inbound {
namespace {

constexpr std::size_t max_token_name = 100;  // code points

std::string session_json(const Principal& principal) {
  JsonWriter out;
  out.begin_object().key("user");
  write_user(out, principal);
  out.key("csrf_token");
  if (principal.kind == Principal::Kind::session) {
    out.string(principal.csrf_token);
  } else {
    out.null();
  }
  out.end_object();
  return out.take();
}

void write_token(JsonWriter& out, const StoredToken& token, std::string_view text) {
  out.begin_object();
  out.key("id").id(token.id);
  out.key("name").string(token.name);
  out.key("scope").string(token.may_write ? "write" : "read");
  out.key("created_at").instant(token.created_at);
  out.key("expires_at");
  if (token.expires_at == 0) {
    out.null();
  } else {
    out.instant(token.expires_at);
  }
  out.key("seen_at");
  if (token.seen_at == 0) {
    out.null();
  } else {
    out.instant(token.seen_at);
  }
  out.key("address").string(token.address);
  if (!text.empty()) out.key("token").string(text);
  out.end_object();
}

void write_session(JsonWriter& out, const StoredSession& session, std::string_view asking) {
  out.begin_object();
  out.key("id").id(session.id());
  out.key("created_at").instant(session.created_at);
  out.key("seen_at").instant(session.seen_at);
  out.key("expires_at").instant(session.expires_at);
  out.key("address").string(session.address);
  out.key("agent").string(session.agent);
  out.key("current").boolean(session.digest == asking);
  out.end_object();
}

class IdentityApi {
 public:
  IdentityApi(Identity& identity, const Clock& clock, bool always_secure)
      : identity_(identity), clock_(clock), always_secure_(always_secure) {}

  Result<Response> sign_in(const Request& request, const Visitor& visitor) {
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"login", "password", "code"}));
    Identity::Credentials given;
    LP_TRY(given.login, body.required_text("login"));
    LP_TRY(given.password, body.required_text("password"));
    LP_TRY(const auto code, body.text("code"));
    given.code = code.value_or("");
    given.agent = request.head.header("user-agent");
    stream::Origin origin;
    origin.request = visitor.request_id;
    LP_TRY(const SignedIn signed_in,
           identity_.sign_in(given, {origin, request.head.remote_address}));
    Response response = Response::json(200, session_json(*signed_in.principal));
    constexpr std::int64_t second = 1000;
    response.with("Set-Cookie",
                  session_cookie_header(signed_in.session_id, session_longest_time / second,
                                        is_secure(request)));
    return response;
  }

  Result<Response> show(const Request& request, const Caller&) {
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    return Response::json(200, session_json(*principal));
  }

  Result<Response> sign_out(const Request& request, const Caller& caller) {
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    LP_CHECK(identity_.sign_out(*principal, Deed::of(request, caller)));
    Response response = Response::empty();
    response.with("Set-Cookie", session_cookie_header("", 0, is_secure(request)));
    return response;
  }

  Result<Response> change_password(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"current", "new"}));
    LP_TRY(const std::string current, body.required_text("current"));
    LP_TRY(const std::string wanted, body.required_text("new"));
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    LP_CHECK(identity_.change_password(*principal, current, wanted, Deed::of(request, caller)));
    return Response::empty();
  }

  Result<Response> set_password(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId user, id_parameter(request, "id"));
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"password"}));
    LP_TRY(const std::string password, body.required_text("password"));
    LP_CHECK(identity_.set_password(user, password, Deed::of(request, caller)));
    return Response::empty();
  }

  Result<Response> list_sessions(const Request& request, const Caller& caller) {
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    LP_TRY(const auto sessions, identity_.sessions(caller.scope.user()));
    JsonWriter out;
    out.begin_object().key("sessions").begin_array();
    for (const StoredSession& one : sessions) write_session(out, one, principal->credential);
    out.end_array().end_object();
    return Response::json(200, out.take());
  }

  Result<Response> end_session(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId session, id_parameter(request, "id"));
    LP_CHECK(identity_.end_session(caller.scope.user(), session, Deed::of(request, caller)));
    return Response::empty();
  }

  Result<Response> end_sessions(const Request& request, const Caller& caller) {
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    LP_CHECK(identity_.end_other_sessions(*principal, Deed::of(request, caller)));
    return Response::empty();
  }

  Result<Response> list_tokens(const Request&, const Caller& caller) {
    LP_TRY(const std::vector<StoredToken> tokens, identity_.tokens(caller.scope.user()));
    JsonWriter out;
    out.begin_object().key("tokens").begin_array();
    for (const StoredToken& token : tokens) write_token(out, token, {});
    out.end_array().end_object();
    return Response::json(200, out.take());
  }

  Result<Response> create_token(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"name", "scope", "expires_at"}));
    NewToken token;
    LP_TRY(const std::string name, body.required_text("name"));
    token.name = trimmed(name);
    if (token.name.empty() || code_points(token.name) > max_token_name) {
      return Error::invalid(FieldProblem{
          "/name", "name", "wrong_name_length", {{"max", std::to_string(max_token_name)}}});
    }
    LP_TRY(const std::string scope, body.required_text("scope"));
    if (scope != "read" && scope != "write") {
      return Error::invalid(
          FieldProblem{"/scope", "scope", "wrong_choice", {{"of", "read, write"}}});
    }
    token.may_write = scope == "write";
    LP_TRY(const std::optional<Instant> expires_at, body.instant("expires_at"));
    if (expires_at && *expires_at <= clock_.now()) {
      return Error::invalid(FieldProblem{"/expires_at", "expires_at", "time_has_passed", {}});
    }
    token.expires_at = expires_at.value_or(0);
    LP_TRY(const IssuedToken issued,
           identity_.create_token(caller.scope.user(), token, Deed::of(request, caller)));
    JsonWriter out;
    write_token(out, issued.stored, issued.text);
    return Response::json(201, out.take());
  }

  Result<Response> delete_token(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId token, id_parameter(request, "id"));
    LP_CHECK(identity_.delete_token(caller.scope.user(), token, Deed::of(request, caller)));
    return Response::empty();
  }

 private:
  bool is_secure(const Request& request) const { return always_secure_ || request.head.secure; }

  Identity& identity_;
  const Clock& clock_;
  const bool always_secure_;
};

}  // namespace

void write_user(JsonWriter& out, const Principal& principal) {
  out.begin_object();
  out.key("id").id(principal.user);
  out.key("login").string(principal.login);
  out.key("name").string(principal.name);
  out.key("locale");
  if (principal.locale.empty()) {
    out.null();
  } else {
    out.string(principal.locale);
  }
  out.key("administrator").boolean(principal.administrator);
  out.key("reads_audit").boolean(principal.scope.reads_audit());
  out.end_object();
}

std::string session_cookie_header(std::string_view value, std::int64_t max_age_seconds,
                                  bool secure) {
  std::string header(session_cookie);
  header += '=';
  header += value;
  header += "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age_seconds);
  if (secure) header += "; Secure";
  return header;
}

void install_identity_api(Registration& registration, Identity& identity, bool always_secure) {
  const auto api =
      std::make_shared<IdentityApi>(identity, registration.services().clock, always_secure);
  Route sign_in;
  sign_in.method = Method::post;
  sign_in.pattern = "/session";
  sign_in.work = WorkKind::write;
  sign_in.body = RequestPlan::Body::memory;
  sign_in.open = [api](const Request& request, const Visitor& visitor) {
    return api->sign_in(request, visitor);
  };
  registration.route(std::move(sign_in));

  MemberRoutes routes(registration, api);
  routes.get("/session", &IdentityApi::show);
  routes.write(Method::del, "/session", &IdentityApi::sign_out);
  routes.write(Method::post, "/session/password", &IdentityApi::change_password);
  routes.write(Method::post, "/users/{id}/password", &IdentityApi::set_password,
               Audience::administrator);
  routes.get("/sessions", &IdentityApi::list_sessions);
  routes.write(Method::del, "/sessions", &IdentityApi::end_sessions);
  routes.write(Method::del, "/sessions/{id}", &IdentityApi::end_session);
  routes.get("/tokens", &IdentityApi::list_tokens);
  routes.write(Method::post, "/tokens", &IdentityApi::create_token);
  routes.write(Method::del, "/tokens/{id}", &IdentityApi::delete_token);
}

}  // namespace linchpin::inbound
