#include "dossier/pack_api.h"

#include "base/wall_clock.h"
#include "dossier/pack.h"
#include "dossier/request_parts.h"
#include "dossier/visits.h"
#include "dossier/week.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::dossier {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using inbound::Services;

class PackApi {
 public:
  explicit PackApi(const Services& services) : records_(services.records), texts_(services.texts) {}

  // {"date"?, "account"?}: the visits of the day (today when absent), or the one account.
  Result<Response> take(const Request& request, const Caller& caller) {
    LP_TRY(const json::object body, body_of(request, {"date", "account"}));
    PackRequest asked{records_.today(), {}};
    LP_TRY(asked.account, id_member(body, "account"));
    if (const json::value* date = body.if_contains("date"); date && !date->is_null()) {
      if (!date->is_string()) return malformed_member("date", "expected_text");
      const auto day = parse_date(std::string_view(date->get_string()));
      if (!day) return refused("date", day.error().detail);
      asked.day = *day;
    }
    const Reading reading(records_, caller.scope);
    LP_TRY(const RecordId pack, take_pack(reading, asked, caller.origin()));
    if (!asked.account) LP_CHECK(open_dossiers(reading, asked.day, caller.origin()));
    JsonWriter out;
    out.begin_object().key("id").id(pack).end_object();
    Response response = Response::json(201, out.take());
    response.with("Location", "/api/v1/dossier/packs/" + format_id(pack));
    return response;
  }

  Result<Response> read(const Request& request, const Caller& caller) {
    LP_TRY(const Taken taken, taken_of(request, caller));
    JsonWriter out;
    out.begin_object().key("id").id(taken.pack.id).key("day").date(taken.pack.day);
    out.key("taken_at").instant(taken.pack.taken_at).key("mark").string(taken.mark);
    out.key("cards").begin_array();
    for (const Card& card : taken.cards) write_card(out, card);
    out.end_array().end_object();
    return Response::json(200, out.take());
  }

  Result<Response> file(const Request& request, const Caller& caller) {
    LP_TRY(const Taken taken, taken_of(request, caller));
    const CardSpeech speech{texts_, caller.language};
    const std::string title = speech.text("dossier.pack.title") + " " + format_date(taken.pack.day);
    LP_TRY(std::string bytes, pack_pdf(speech, taken.cards, title, taken.mark));
    Response response;
    response.content_type = "application/pdf";
    response.body = std::move(bytes);
    response.compressible = false;
    response.with("Content-Disposition",
                  "inline; filename=\"cards_" + format_date(taken.pack.day) + ".pdf\"");
    response.with("Cache-Control", "private, no-store");
    return response;
  }

  Result<Response> bring_back(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    LP_CHECK(return_pack(Reading(records_, caller.scope), id, caller.origin()));
    JsonWriter out;
    out.begin_object().key("id").id(id).key("state").string("returned").end_object();
    return Response::json(200, out.take());
  }

 private:
  struct Taken {
    Pack pack;
    std::vector<Card> cards;
    std::string mark;
  };

  Result<Taken> taken_of(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    const Reading reading(records_, caller.scope);
    LP_TRY(Pack pack, pack_out(reading, id));
    const CardSpeech speech{texts_, caller.language};
    std::vector<Card> cards;
    LP_CHECK(records_.database().snapshot([&](storage::Connection&) -> Status {
      LP_TRY(cards, cards_of(reading, speech, pack));
      return {};
    }));
    std::string mark = mark_of(speech, pack);
    return Taken{std::move(pack), std::move(cards), std::move(mark)};
  }

  std::string mark_of(const CardSpeech& speech, const Pack& pack) const {
    constexpr std::size_t date_and_minutes = 16;
    const TimeZone zone = records_.frame().time_zone;
    std::string time = format_instant(wall_clock(zone, pack.taken_at)).substr(0, date_and_minutes);
    time[time.find('T')] = ' ';
    return speech.text("dossier.pack.mark", {{"name", pack.owner}, {"time", time}});
  }

  static void write_card(JsonWriter& out, const Card& card) {
    out.begin_object().key("account").id(card.account).key("name").string(card.name);
    out.key("note").string(card.note).key("parts").begin_array();
    for (const CardPart& part : card.parts) {
      out.begin_object().key("heading").string(part.heading).key("lines").begin_array();
      for (const CardLine& line : part.lines) {
        out.begin_object().key("label").string(line.label).key("value").string(line.value);
        out.end_object();
      }
      out.end_array().end_object();
    }
    out.end_array().end_object();
  }

  // Who takes the cards along has looked at them before the visits; what he may only read is left.
  static Status open_dossiers(const Reading& reading, Day day, const stream::Origin& origin) {
    LP_TRY(const std::vector<VisitOfDay> visits, visits_of_day(reading, day));
    for (const VisitOfDay& one : visits) {
      const Status opened = open_dossier(reading, one.visit, origin);
      if (!opened && opened.error().code != ErrorCode::forbidden) return opened;
    }
    return {};
  }

  records::Records& records_;
  const Texts& texts_;
};

}  // namespace

void install_packs(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration, std::make_shared<PackApi>(registration.services()));
  using inbound::Method;
  routes.write(Method::post, "/dossier/packs", &PackApi::take);
  routes.get("/dossier/packs/{id}", &PackApi::read);
  routes.get("/dossier/packs/{id}/file", &PackApi::file);
  routes.write(Method::post, "/dossier/packs/{id}/return", &PackApi::bring_back);
}

}  // namespace linchpin::dossier
