#include "identify/reports_api.h"

#include <algorithm>
#include <array>

#include "identify/ranking_csv.h"
#include "identify/report_request.h"
#include "identify/summary.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Handler;
using inbound::Request;
using inbound::Response;
using inbound::Services;

// What a figure's name in an answer means; texts below "identify.definition.".
constexpr std::array defined_names{
    "net_sales", "signed",     "invoiced",     "cash_received", "gross_profit", "quantity",
    "orders",    "projects",   "customers",    "total",         "share",        "cum_share",
    "class",     "before",     "after",        "top20_share",   "top1_share",   "gini",
    "hhi",       "pool_share", "non_positive", "unassigned",    "migration",    "half_life_days",
    "exclusive", "inclusive"};

// One report being made: everything that its parts point to.
class Report {
 public:
  Report(const Services& services, ComputedRankings& rankings, const Caller& caller,
         ReportRequest request)
      : services_(services),
        rankings_(rankings),
        caller_(caller),
        request_(std::move(request)),
        speech_{services.texts, request_.language},
        labels_(services.records, caller.scope) {}

  Result<Response> csv() {
    LP_CHECK(check_may_export());
    LP_TRY(const auto computed, rankings_.of(caller_.scope, request_.ranking));
    LP_TRY(std::string text, ranking_csv(labels_, speech_, request_.ranking, computed->ranking));
    return file(std::move(text), "text/csv; charset=utf-8", "csv", "attachment");
  }

  Result<Response> findings() {
    LP_CHECK(prepare());
    LP_TRY(const std::vector<Finding> found, find_all(*sources_));
    JsonWriter out;
    out.begin_object().key("findings");
    write_findings(out, found);
    out.end_object();
    return Response::json(200, out.take());
  }

  Result<Response> pdf() {
    LP_CHECK(check_may_export());
    LP_CHECK(prepare());
    LP_TRY(const Summary summary, collect());
    LP_TRY(std::string bytes, summary_pdf(summary));
    return file(std::move(bytes), "application/pdf", "pdf", "inline");
  }

  Result<Response> png() {
    LP_CHECK(check_may_export());
    LP_CHECK(prepare());
    LP_TRY(const Summary summary, collect());
    LP_TRY(std::string bytes, summary_png(summary));
    return file(std::move(bytes), "image/png", "png", "inline");
  }

 private:
  // A file goes out of the product's hands.
  Status check_may_export() const {
    if (caller_.scope.may(access::Action::export_, "account")) return {};
    return Error::of(ErrorCode::forbidden);
  }

  Status prepare() {
    LP_TRY(computed_, rankings_.of(caller_.scope, request_.ranking));
    const MeasureRequest& measure = request_.ranking.measure;
    const int scale = measure_scale(*services_.records.schema(), measure.measure);
    amounts_ = amount_format(speech_, measure, scale, services_.records.frame().currency,
                             computed_->ranking.total);
    sources_.emplace(FindingSources{rankings_, labels_, caller_.scope, speech_, request_.ranking,
                                    *computed_, amounts_});
    return {};
  }

  Result<Summary> collect() {
    LP_TRY(const std::vector<Finding> found, find_all(*sources_));
    return collect_summary(*sources_, found, services_.clock.now());
  }

  Response file(std::string bytes, std::string type, const std::string& ending,
                const std::string& disposition) const {
    const records::Window window = request_.ranking.measure.window;
    Response response;
    response.content_type = std::move(type);
    response.body = std::move(bytes);
    response.compressible = ending == "csv";
    response.with("Content-Disposition", disposition + "; filename=\"abc_" +
                                             format_date(window.from) + "_" +
                                             format_date(window.to - 1) + "." + ending + "\"");
    return response;
  }

  const Services& services_;
  ComputedRankings& rankings_;
  const Caller& caller_;
  ReportRequest request_;
  Speech speech_;
  AccountLabels labels_;
  std::shared_ptr<const ComputedRanking> computed_;
  AmountFormat amounts_;
  std::optional<FindingSources> sources_;
};

Result<Response> definitions(const Services& services, const Request& request,
                             const Caller& caller) {
  LP_TRY(const Language language, read_language(request.head, caller.language));
  JsonWriter out;
  out.begin_object().key("definitions").begin_object();
  for (const std::string name : defined_names) {
    out.key(name).string(services.texts.text(language, "identify.definition." + name));
  }
  out.end_object().end_object();
  return Response::json(200, out.take());
}

}  // namespace

void install_reports(inbound::Registration& registration,
                     std::shared_ptr<ComputedRankings> rankings) {
  const Services& services = registration.services();
  using Make = Result<Response> (Report::*)();
  const auto reports = [&services, rankings](Make make) -> Handler {
    return [&services, rankings, make](const Request& request,
                                       const Caller& caller) -> Result<Response> {
      LP_TRY(ReportRequest asked, read_report_request(request.head, caller.language));
      Report report(services, *rankings, caller, std::move(asked));
      return (report.*make)();
    };
  };
  using inbound::Method;
  registration.route({Method::get, "/identify/ranking.csv", reports(&Report::csv)});
  registration.route({Method::get, "/identify/findings", reports(&Report::findings)});
  registration.route({Method::get, "/identify/summary.pdf", reports(&Report::pdf)});
  registration.route({Method::get, "/identify/summary.png", reports(&Report::png)});
  registration.route({Method::get, "/identify/definitions",
                      [&services](const Request& request, const Caller& caller) {
                        return definitions(services, request, caller);
                      }});
}

}  // namespace linchpin::identify
