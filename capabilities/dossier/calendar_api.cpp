#include "dossier/calendar_api.h"

#include "dossier/calendar.h"
#include "dossier/itineraries.h"
#include "dossier/request_parts.h"
#include "inbound/member_routes.h"

namespace linchpin::dossier {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Visitor;

class CalendarApi {
 public:
  explicit CalendarApi(const inbound::Services& services)
      : records_(services.records), texts_(services.texts), feeds_(services.records) {}

  Result<Response> show(const Request&, const Caller& caller) {
    return answer(Reading(records_, caller.scope));
  }

  Result<Response> renew(const Request&, const Caller& caller) {
    const Reading reading(records_, caller.scope);
    LP_CHECK(feeds_.renew(reading, caller.origin()));
    return answer(reading);
  }

  Result<Response> revoke(const Request&, const Caller& caller) {
    const Reading reading(records_, caller.scope);
    LP_CHECK(feeds_.revoke(reading, caller.origin()));
    return answer(reading);
  }

  // For a calendar program, which has nothing but the address.
  Result<Response> feed(const Request& request, const Visitor& visitor) {
    LP_TRY(const RecordId owner, feeds_.owner_of(request.parameter("token")));
    LP_TRY(std::string text,
           feeds_.feed(owner, texts_.text(visitor.language, "dossier.calendar.name")));
    Response response;
    response.content_type = "text/calendar; charset=utf-8";
    response.body = std::move(text);
    response.with("Cache-Control", "private, no-store");
    response.with("Content-Disposition", "inline; filename=\"visits.ics\"");
    return response;
  }

  Result<Response> itineraries(const Request& request, const Caller& caller) {
    LP_TRY(const auto from, day_asked(request, "from"));
    JsonWriter out;
    const Reading reading(records_, caller.scope);
    LP_CHECK(write_itineraries(out, reading, from.value_or(records_.today())));
    return Response::json(200, out.take());
  }

 private:
  Result<Response> answer(const Reading& reading) const {
    LP_TRY(const std::string path, feeds_.path_of(reading));
    JsonWriter out;
    out.begin_object().key("path");
    path.empty() ? out.null() : out.string(path);
    out.end_object();
    return Response::json(200, out.take());
  }

  records::Records& records_;
  const Texts& texts_;
  const CalendarFeeds feeds_;
};

}  // namespace

void install_calendar(inbound::Registration& registration) {
  const auto api = std::make_shared<CalendarApi>(registration.services());
  inbound::MemberRoutes routes(registration, api);
  using inbound::Method;
  routes.get("/dossier/calendar", &CalendarApi::show);
  routes.write(Method::post, "/dossier/calendar", &CalendarApi::renew);
  routes.write(Method::del, "/dossier/calendar", &CalendarApi::revoke);
  routes.get("/dossier/itineraries", &CalendarApi::itineraries);
  inbound::Route feed;
  feed.pattern = "/dossier/calendar/{token}";
  feed.open = [api](const Request& request, const Visitor& visitor) {
    return api->feed(request, visitor);
  };
  registration.route(std::move(feed));
}

}  // namespace linchpin::dossier
