#include "dossier/enrichment/annual_report_api.h"

#include "dossier/enrichment/annual_report.h"
#include "dossier/request_parts.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::dossier {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

class AnnualReportApi {
 public:
  explicit AnnualReportApi(const inbound::Services& services)
      : records_(services.records), texts_(services.texts), reports_(services.records) {}

  Result<Response> list(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    return answer(Reading(records_, caller.scope), account);
  }

  // {"report", "version", "object", "fields":[…], "base"?: {…}}
  Result<Response> apply(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId account, inbound::id_parameter(request, "id"));
    LP_TRY(const inbound::Members body, inbound::read_body(request));
    LP_CHECK(body.allow_only({"report", "version", "object", "fields", "base"}));
    AnnualReports::Choice choice;
    LP_TRY(choice.report, id_member(body.all(), "report"));
    if (!choice.report) return refused("report", "required");
    LP_TRY(const auto version, body.integer("version"));
    if (!version) return refused("version", "required");
    choice.version = *version;
    LP_TRY(choice.object, body.required_text("object"));
    LP_TRY(choice.fields, body.texts("fields"));
    if (choice.fields.empty()) return refused("fields", "required");
    LP_TRY(const std::optional<inbound::Members> base, body.object("base"));
    if (base) choice.base = base->all();
    choice.reason = texts_.text(caller.language, "dossier.annual_report.reason");
    const Reading reading(records_, caller.scope);
    LP_CHECK(reports_.apply(reading, account, choice, caller.origin()));
    return answer(reading, account);
  }

 private:
  Result<Response> answer(const Reading& reading, RecordId account) const {
    JsonWriter out;
    LP_CHECK(reports_.write(out, reading, account));
    return Response::json(200, out.take());
  }

  records::Records& records_;
  const Texts& texts_;
  AnnualReports reports_;
};

}  // namespace

void install_annual_reports(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<AnnualReportApi>(registration.services()));
  using inbound::Method;
  routes.get("/dossier/accounts/{id}/reports", &AnnualReportApi::list);
  routes.write(Method::post, "/dossier/accounts/{id}/reports/apply", &AnnualReportApi::apply);
}

}  // namespace linchpin::dossier
