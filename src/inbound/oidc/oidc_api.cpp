#include "inbound/oidc/oidc_api.h"

#include "base/json_writer.h"
#include "base/log.h"
#include "inbound/identity/identity_api.h"
#include "inbound/oidc/pending_sign_in.h"

namespace linchpin::inbound {
namespace {

constexpr std::string_view pending_cookie = "linchpin_oidc";
constexpr std::string_view sign_in_page = "/sign-in?failed=";
constexpr int see_other = 303;

std::string pending_cookie_header(std::string_view value, std::int64_t seconds, bool secure) {
  std::string header(pending_cookie);
  header += '=';
  header += value;
  header += "; Path=/api/v1/session/oidc; HttpOnly; SameSite=Lax; Max-Age=";
  header += std::to_string(seconds);
  if (secure) header += "; Secure";
  return header;
}

Response go_to(std::string where) {
  Response response = Response::empty(see_other);
  response.with("Location", std::move(where));
  return response;
}

class OidcApi {
 public:
  OidcApi(Identity& identity, const Services& services, const OidcParts& parts, bool always_secure)
      : identity_(identity),
        services_(services),
        provider_(parts.config, *parts.web, services.clock),
        always_secure_(always_secure) {}

  Result<Response> start(const Request& request, const Visitor&) {
    const std::string_view next = request.head.query_value("next").value_or("/");
    const PendingSignIn pending = new_pending_sign_in(next, services_.clock.now());
    const Result<std::string> url = provider_.sign_in_url(pending.secrets);
    if (!url) return failed(request, url.error());
    Response response = go_to(*url);
    response.with("Set-Cookie",
                  pending_cookie_header(sealed_text(key(), pending), pending_sign_in_time / second,
                                        is_secure(request)));
    return response;
  }

  Result<Response> finish(const Request& request, const Visitor& visitor) {
    stream::Origin origin;
    origin.request = visitor.request_id;
    const Deed deed{origin, request.head.remote_address};
    std::string next;
    const Result<SignedIn> signed_in = sign_in(request, deed, next);
    Response response = signed_in ? go_to(next) : failed(request, signed_in.error());
    const bool secure = is_secure(request);
    response.with("Set-Cookie", pending_cookie_header("", 0, secure));
    if (!signed_in) return response;
    response.with("Set-Cookie", session_cookie_header(signed_in->session_id,
                                                      session_longest_time / second, secure));
    return response;
  }

 private:
  static constexpr std::int64_t second = 1000;

  const Key& key() const { return services_.records.workspace_key(); }
  bool is_secure(const Request& request) const { return always_secure_ || request.head.secure; }

  Result<SignedIn> sign_in(const Request& request, const Deed& deed, std::string& next) {
    LP_TRY(const PendingSignIn pending,
           opened_sign_in(key(), request.head.cookie(pending_cookie), services_.clock.now()));
    const std::string_view state = request.head.query_value("state").value_or("");
    if (!equal_in_constant_time(state, pending.secrets.state)) {
      return Error::of(ErrorCode::unauthenticated, "sign_in_expired");
    }
    // Of a provider that says so, another one's answer is known by this (RFC 9207).
    const std::string& issuer = provider_.config().issuer;
    if (request.head.query_value("iss").value_or(issuer) != issuer) {
      return identity_not_proven("the answer of another provider");
    }
    const std::string_view code = request.head.query_value("code").value_or("");
    if (code.empty()) return Error::of(ErrorCode::unauthenticated, "provider_refused");
    const auto claims = provider_.claims_for(code, pending.secrets);
    if (!claims && claims.error().code == ErrorCode::unauthenticated) {
      LP_CHECK(identity_.note_not_proven(deed, claims.error().detail));
    }
    if (!claims) return claims.error();
    LP_TRY(Identity::Proven who, proven(*claims));
    who.agent = request.head.header("user-agent");
    next = pending.next;
    return identity_.sign_in_proven(who, deed);
  }

  Result<Identity::Proven> proven(const json::object& claims) const {
    const OidcConfig& config = provider_.config();
    Identity::Proven who;
    who.login = text_member(claims, config.claim);
    // Whoever may write any address at the provider is not yet the one it belongs to.
    const json::value* verified = claims.if_contains("email_verified");
    const bool doubtful =
        config.claim == "email" && !(verified != nullptr && *verified == json::value(true));
    if (who.login.empty() || doubtful) {
      return identity_not_proven("the claim " + config.claim + " is missing or not verified");
    }
    who.name = text_member(claims, "name");
    if (who.name.empty()) who.name = who.login;
    who.new_user_role = config.new_user_role;
    return who;
  }

  // Back to the page, which says it in plain words.
  static Response failed(const Request& request, const Error& error) {
    const std::string reason =
        error.detail.empty() ? std::string(code_name(error.code)) : error.detail;
    log_warning(
        "oidc_sign_in_failed",
        {{"request", request.head.request_id}, {"reason", reason}, {"why", error.log_detail}});
    return go_to(std::string(sign_in_page) + reason);
  }

  Identity& identity_;
  const Services services_;
  OidcProvider provider_;
  const bool always_secure_;
};

using Answer = Result<Response> (OidcApi::*)(const Request&, const Visitor&);

void add_open_route(Registration& registration, const std::string& pattern,
                    const std::shared_ptr<OidcApi>& api, Answer answer) {
  Route route;
  route.pattern = pattern;
  route.work = WorkKind::write;  // it waits for others: not on the few threads that read
  route.open = [api, answer](const Request& request, const Visitor& visitor) -> Result<Response> {
    if (!api) return Error::of(ErrorCode::not_found, "no_such_address");
    return ((*api).*answer)(request, visitor);
  };
  registration.route(std::move(route));
}

}  // namespace

void install_oidc_api(Registration& registration, Identity& identity, const OidcParts& parts,
                      bool always_secure) {
  std::shared_ptr<OidcApi> api;
  if (parts.web != nullptr) {
    api = std::make_shared<OidcApi>(identity, registration.services(), parts, always_secure);
  }
  Route show;
  show.pattern = "/session/oidc";
  show.open = [enabled = api != nullptr](const Request&, const Visitor&) -> Result<Response> {
    JsonWriter out;
    out.begin_object().key("enabled").boolean(enabled).end_object();
    return Response::json(200, out.take());
  };
  registration.route(std::move(show));
  add_open_route(registration, "/session/oidc/start", api, &OidcApi::start);
  add_open_route(registration, "/session/oidc/callback", api, &OidcApi::finish);
}

}  // namespace linchpin::inbound
