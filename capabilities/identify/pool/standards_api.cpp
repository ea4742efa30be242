#include "identify/pool/standards_api.h"

#include "identify/answer_parts.h"
#include "identify/pool/compliance.h"
#include "inbound/member_routes.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Services;
using storage::Connection;

constexpr int quota_scale = 1;

// What the product ships says the five links in the reader's language.
void write_links(JsonWriter& out, const Texts& texts, Language language,
                 const ServiceStandard& standard) {
  out.key("links").begin_object();
  for (std::size_t i = 0; i < service_links.size(); ++i) {
    const std::string key =
        "identify.standard." + standard.tier + "." + std::string(service_links[i]);
    out.key(service_links[i]);
    if (standard.id) {
      standard.links[i].empty() ? out.null() : out.string(standard.links[i]);
    } else {
      out.string(texts.text(language, key));
    }
  }
  out.end_object();
}

std::string standards_answer(const ServiceStandards& standards, const Texts& texts,
                             Language language) {
  JsonWriter out;
  out.begin_object().key("standards").begin_array();
  for (const ServiceStandard& standard : standards.all()) {
    out.begin_object().key("tier").string(standard.tier).key("id").id(standard.id);
    out.key("shipped").boolean(!standard.id).key("visit_days").integer(standard.visit_days);
    out.key("visits_per_month").decimal(standards.visits_per_month(standard.tier), load_scale);
    out.key("response_minutes").integer(standard.response_minutes);
    write_text(out, "sponsor_level", standard.sponsor_level);
    write_text(out, "team_grade", standard.team_grade);
    write_decimal(out, "quota_days", standard.quota_days, quota_scale);
    write_links(out, texts, language, standard);
    out.end_object();
  }
  out.end_array().end_object();
  return out.take();
}

class StandardsApi {
 public:
  explicit StandardsApi(const Services& services)
      : records_(services.records), texts_(services.texts) {}

  Result<Response> list(const Request&, const Caller& caller) {
    LP_TRY(const ServiceStandards standards, records_.database().read([&](Connection& connection) {
      return ServiceStandards::read({records_, connection, caller.scope});
    }));
    return Response::json(200, standards_answer(standards, texts_, caller.language));
  }

  Result<Response> compliance(const Request& request, const Caller& caller) {
    LP_TRY(const json::object body,
           request.body.empty() ? json::object() : parse_json_object(request.body));
    LP_TRY(const ComplianceRequest asked, read_compliance_request(body));
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return compliance_answer({records_, connection, caller.scope}, asked);
    }));
    return Response::json(200, std::move(text));
  }

 private:
  records::Records& records_;
  const Texts& texts_;
};

}  // namespace

void install_standards(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<StandardsApi>(registration.services()));
  routes.get("/identify/standards", &StandardsApi::list);
  routes.ask("/identify/standards/compliance", &StandardsApi::compliance);
}

}  // namespace linchpin::identify
