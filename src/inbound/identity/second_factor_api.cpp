#include "inbound/identity/second_factor_api.h"

#include "base/json_writer.h"
#include "base/totp.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "inbound/http/percent_encoding.h"

namespace linchpin::inbound {
namespace {

class SecondFactorApi {
 public:
  explicit SecondFactorApi(Identity& identity) : identity_(identity) {}

  Result<Response> show(const Request&, const Caller& caller) {
    LP_TRY(const auto factor, identity_.second_factor(caller.scope.user()));
    const bool on = factor && factor->confirmed_at != 0;
    JsonWriter out;
    out.begin_object().key("state").string(on ? "on" : factor ? "begun" : "off");
    const std::size_t left = on ? factor->recovery_digests.size() : 0;
    out.key("recovery_codes").integer(static_cast<std::int64_t>(left)).end_object();
    return Response::json(200, out.take());
  }

  Result<Response> begin(const Request& request, const Caller& caller) {
    LP_TRY(const std::string current, current_password(request));
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    LP_TRY(const std::string secret,
           identity_.begin_second_factor(*principal, current, Deed::of(request, caller)));
    const std::string text = to_base32(secret);
    // As authenticator apps read it from a QR code.
    const std::string uri = "otpauth://totp/Linchpin:" + percent_encoded(principal->login) +
                            "?secret=" + text + "&issuer=Linchpin";
    JsonWriter out;
    out.begin_object().key("secret").string(text).key("uri").string(uri).end_object();
    return Response::json(201, out.take());
  }

  Result<Response> confirm(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"code"}));
    LP_TRY(const std::string code, body.required_text("code"));
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    LP_TRY(const auto codes,
           identity_.confirm_second_factor(*principal, code, Deed::of(request, caller)));
    JsonWriter out;
    out.begin_object().key("recovery_codes").begin_array();
    for (const std::string& recovery : codes) out.string(recovery);
    out.end_array().end_object();
    return Response::json(200, out.take());
  }

  Result<Response> give_up(const Request& request, const Caller& caller) {
    LP_TRY(const std::string current, current_password(request));
    LP_TRY(const PrincipalPointer principal, identity_.authenticate(request.head));
    const Deed deed = Deed::of(request, caller);
    LP_CHECK(identity_.check_current(*principal, current, deed));
    LP_CHECK(identity_.remove_second_factor(principal->user, deed));
    return Response::empty();
  }

  Result<Response> take_from(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId user, id_parameter(request, "id"));
    LP_CHECK(identity_.remove_second_factor(user, Deed::of(request, caller)));
    return Response::empty();
  }

 private:
  static Result<std::string> current_password(const Request& request) {
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"current"}));
    return body.required_text("current");
  }

  Identity& identity_;
};

}  // namespace

void install_second_factor_api(Registration& registration, Identity& identity) {
  MemberRoutes routes(registration, std::make_shared<SecondFactorApi>(identity));
  const std::string own = "/session/second-factor";
  routes.get(own, &SecondFactorApi::show);
  routes.write(Method::post, own, &SecondFactorApi::begin);
  routes.write(Method::post, own + "/confirm", &SecondFactorApi::confirm);
  routes.write(Method::post, own + "/remove", &SecondFactorApi::give_up);
  routes.write(Method::del, "/users/{id}/second-factor", &SecondFactorApi::take_from,
               Audience::administrator);
}

}  // namespace linchpin::inbound
