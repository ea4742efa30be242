#include "dossier/install.h"

#include <algorithm>
#include <charconv>

#include "dossier/account_view.h"
#include "dossier/calendar_api.h"
#include "dossier/checks_api.h"
#include "dossier/completeness.h"
#include "dossier/enrichment/annual_report_api.h"
#include "dossier/enrichment/registry_api.h"
#include "dossier/inbox_api.h"
#include "dossier/network/network.h"
#include "dossier/pack_api.h"
#include "dossier/power_map/power_map.h"
#include "dossier/request_parts.h"
#include "dossier/sales_watch.h"
#include "dossier/timeline.h"
#include "dossier/trading.h"
#include "dossier/visits.h"
#include "dossier/week.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "records/batch.h"

namespace linchpin::dossier {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

constexpr Day max_overview_days = 366;

class DossierApi {
 public:
  explicit DossierApi(records::Records& records) : records_(records) {}

  Result<Response> view(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    JsonWriter out;
    LP_CHECK(write_account_view(out, Reading(records_, caller.scope), id));
    return Response::json(200, out.take());
  }

  Result<Response> timeline(const Request& request, const Caller& caller) {
    TimelineRequest asked;
    LP_TRY(asked.account, inbound::id_parameter(request, "id"));
    LP_TRY(asked.contact, id_asked(request, "contact"));
    LP_TRY(asked.user, id_asked(request, "user"));
    asked.after = request.head.query_value("after").value_or("");
    LP_TRY(asked.kinds, kinds_asked(request));
    if (const auto limit = request.head.query_value("limit")) {
      const char* end = limit->data() + limit->size();
      const bool read = std::from_chars(limit->data(), end, asked.limit).ptr == end;
      if (!read || asked.limit < 1 || asked.limit > max_timeline_page) {
        return Error::invalid(
            FieldProblem{"/limit",
                         "limit",
                         "out_of_range",
                         {{"min", "1"}, {"max", std::to_string(max_timeline_page)}}});
      }
    }
    const Reading reading(records_, caller.scope);
    LP_CHECK(reading.record("account", asked.account));
    JsonWriter out;
    LP_CHECK(write_timeline(out, reading, asked));
    return Response::json(200, out.take());
  }

  Result<Response> trading(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    JsonWriter out;
    LP_CHECK(write_trading(out, Reading(records_, caller.scope), id));
    return Response::json(200, out.take());
  }

  Result<Response> map(const Request& request, const Caller& caller) {
    PowerMapRequest asked;
    LP_TRY(asked.account, inbound::id_parameter(request, "id"));
    LP_TRY(asked.opportunity, id_asked(request, "opportunity"));
    LP_TRY(const auto day, day_asked(request, "day"));
    asked.day = day.value_or(records_.today());
    JsonWriter out;
    LP_CHECK(write_power_map(out, Reading(records_, caller.scope), asked));
    return Response::json(200, out.take());
  }

  Result<Response> network(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    JsonWriter out;
    LP_CHECK(write_network(out, Reading(records_, caller.scope), id));
    return Response::json(200, out.take());
  }

  Result<Response> report(const Request& request, const Caller& caller) {
    LP_TRY(json::object body, body_of(request, {"visit", "account", "kind", "done_at", "place",
                                                "received_by", "our_people", "subject", "content",
                                                "progress", "outcome", "next_visit_on", "cost",
                                                "files", "entered_for"}));
    VisitReport told;
    LP_TRY(told.visit, id_member(body, "visit"));
    LP_TRY(told.account, id_member(body, "account"));
    if (!told.visit && !told.account) return refused("visit", "required");
    if (text_at(body, "outcome").empty()) return refused("outcome", "required");
    body.erase("visit");
    body.erase("account");
    told.fields = std::move(body);
    const Reading reading(records_, caller.scope);
    records::BatchOptions options;
    options.origin = caller.origin();
    LP_TRY(const Reported reported, report_visit(reading, told, options));
    JsonWriter out;
    out.begin_object().key("visit").id(reported.visit).key("next").id(reported.next).end_object();
    return Response::json(201, out.take());
  }

  // The view of the visit's account; stamps the visit.
  Result<Response> open(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId visit, inbound::id_parameter(request, "id"));
    const Reading reading(records_, caller.scope);
    LP_TRY(const json::object record, reading.record("visit", visit));
    LP_CHECK(open_dossier(reading, visit, caller.origin()));
    LP_TRY(const RecordId account, parse_id(text_at(record.at("fields").as_object(), "account")));
    JsonWriter out;
    LP_CHECK(write_account_view(out, reading, account));
    return Response::json(200, out.take());
  }

  Result<Response> day(const Request& request, const Caller& caller) {
    LP_TRY(const auto asked, day_asked(request, "date"));
    JsonWriter out;
    LP_CHECK(write_day(out, Reading(records_, caller.scope), asked.value_or(records_.today())));
    return Response::json(200, out.take());
  }

  Result<Response> card_template(const Request&, const Caller&) {
    JsonWriter out;
    write_card_template(out);
    return Response::json(200, out.take());
  }

  Result<Response> week(const Request& request, const Caller& caller) {
    LP_TRY(const auto asked, day_asked(request, "from"));
    const Day monday = monday_of(asked.value_or(records_.today()));
    JsonWriter out;
    LP_CHECK(write_week(out, Reading(records_, caller.scope), monday));
    return Response::json(200, out.take());
  }

  Result<Response> overview(const Request& request, const Caller& caller) {
    LP_TRY(const auto from, day_asked(request, "from"));
    LP_TRY(const auto to, day_asked(request, "to"));
    const Day first = from.value_or(monday_of(records_.today()));
    const Day end = to.value_or(first + days_of_week);
    if (end <= first || end - first > max_overview_days) return refused("to", "window_empty");
    JsonWriter out;
    LP_CHECK(write_overview(out, Reading(records_, caller.scope), first, end));
    return Response::json(200, out.take());
  }

  // {"to"?}: the first day after the months that are looked at; absent: the current month.
  Result<Response> causes(const Request& request, const Caller& caller) {
    LP_TRY(const json::object body, body_of(request, {"to"}));
    Day end = records_.today();
    if (const json::value* to = body.if_contains("to"); to && !to->is_null()) {
      if (!to->is_string()) return malformed_member("to", "expected_text");
      const auto day = parse_date(std::string_view(to->get_string()));
      if (!day) return refused("to", day.error().detail);
      end = *day;
    }
    const Reading reading(records_, caller.scope);
    LP_TRY(const SalesWatch watch, sales_watch_of(reading));
    LP_TRY(const SalesChanges found, ask_for_causes(reading, watch, end, caller.origin()));
    JsonWriter out;
    out.begin_object().key("from").date(found.now.from).key("to").date(found.now.to);
    out.key("before_from").date(found.before.from);
    out.key("threshold").decimal(watch.threshold, 2).key("months").integer(watch.months);
    out.key("changed").integer(found.changed).key("asked").integer(found.asked).end_object();
    return Response::json(200, out.take());
  }

 private:
  static Result<std::vector<std::string>> kinds_asked(const Request& request) {
    std::vector<std::string> kinds;
    std::string_view rest = request.head.query_value("kinds").value_or("");
    const std::vector<std::string> known = timeline_kinds();
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view kind = rest.substr(0, comma);
      if (std::find(known.begin(), known.end(), kind) == known.end()) {
        return Error::invalid(
            FieldProblem{"/kinds", "kinds", "no_such_option", {{"value", std::string(kind)}}});
      }
      kinds.emplace_back(kind);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return kinds;
  }

  records::Records& records_;
};

}  // namespace

void install(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<DossierApi>(registration.services().records));
  using inbound::Method;
  routes.get("/dossier/accounts/{id}", &DossierApi::view);
  routes.get("/dossier/accounts/{id}/timeline", &DossierApi::timeline);
  routes.get("/dossier/accounts/{id}/trading", &DossierApi::trading);
  routes.get("/dossier/accounts/{id}/map", &DossierApi::map);
  routes.get("/dossier/accounts/{id}/network", &DossierApi::network);
  routes.write(Method::post, "/dossier/reports", &DossierApi::report);
  routes.write(Method::post, "/dossier/visits/{id}/open", &DossierApi::open);
  routes.get("/dossier/card-template", &DossierApi::card_template);
  routes.get("/dossier/day", &DossierApi::day);
  routes.get("/dossier/week", &DossierApi::week);
  routes.get("/dossier/overview", &DossierApi::overview);
  routes.write(Method::post, "/dossier/causes", &DossierApi::causes);
  install_inbox(registration);
  install_packs(registration);
  install_registry(registration);
  install_annual_reports(registration);
  install_calendar(registration);
  install_checks(registration);
  watch_sales_regularly(registration.services().jobs, registration.services().records);
}

}  // namespace linchpin::dossier
