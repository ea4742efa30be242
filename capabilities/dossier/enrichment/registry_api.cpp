#include "dossier/enrichment/registry_api.h"

#include "dossier/enrichment/registry.h"
#include "dossier/request_parts.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::dossier {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

class RegistryApi {
 public:
  explicit RegistryApi(const inbound::Services& services)
      : records_(services.records),
        texts_(services.texts),
        registry_(services.records, services.outside) {}

  Result<Response> show(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    return answer(Reading(records_, caller.scope), account);
  }

  // {"by"?: "credit_code"|"name"}: the credit code where there is one, when absent.
  Result<Response> fetch(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    LP_TRY(const inbound::Members body, inbound::read_body(request, inbound::BodyIs::optional));
    LP_CHECK(body.allow_only({"by"}));
    LP_TRY(const std::optional<std::string> by, body.text("by"));
    std::optional<AskedBy> asked;
    if (by == "credit_code") asked = AskedBy::credit_code;
    if (by == "name") asked = AskedBy::name;
    if (by && !asked) return refused("by", "no_such_option");
    const Reading reading(records_, caller.scope);
    LP_CHECK(registry_.fetch(reading, account, asked, caller.origin()));
    return answer(reading, account);
  }

  // {"fetched_at", "fields":[…], "base"?: {…}}
  Result<Response> apply(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    LP_TRY(const inbound::Members body, inbound::read_body(request));
    LP_CHECK(body.allow_only({"fetched_at", "fields", "base"}));
    Registry::Choice choice;
    LP_TRY(choice.fetched_at, body.required_text("fetched_at"));
    LP_TRY(choice.fields, body.texts("fields"));
    if (choice.fields.empty()) return refused("fields", "required");
    LP_TRY(const std::optional<inbound::Members> base, body.object("base"));
    if (base) choice.base = base->all();
    choice.reason = texts_.text(caller.language, "dossier.registry.reason");
    const Reading reading(records_, caller.scope);
    LP_CHECK(registry_.apply(reading, account, choice, caller.origin()));
    return answer(reading, account);
  }

 private:
  Result<Response> answer(const Reading& reading, RecordId account) const {
    JsonWriter out;
    LP_CHECK(registry_.write(out, reading, account));
    return Response::json(200, out.take());
  }

  records::Records& records_;
  const Texts& texts_;
  Registry registry_;
};

}  // namespace

void install_registry(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<RegistryApi>(registration.services()));
  using inbound::Method;
  routes.get("/dossier/accounts/{id}/registry", &RegistryApi::show);
  routes.write(Method::post, "/dossier/accounts/{id}/registry", &RegistryApi::fetch);
  routes.write(Method::post, "/dossier/accounts/{id}/registry/apply", &RegistryApi::apply);
}

}  // namespace linchpin::dossier
