#include "dossier/itineraries.h"

#include <algorithm>

namespace linchpin::dossier {

namespace {

constexpr int max_trips = 500;
constexpr std::size_t max_meetings = 100;

struct Trip {
  json::object fields;
  std::string city;
  Instant starts = 0;
  Instant ends = 0;
};

// A trip without an end is over with its day.
Result<Trip> trip_of(const json::value& row, const TimeZone& zone) {
  Trip trip;
  trip.fields = fields_of(row);
  trip.city = text_at(trip.fields, "to_city");
  LP_TRY(trip.starts, parse_instant(text_at(trip.fields, "starts_at")));
  const std::string_view ends = text_at(trip.fields, "ends_at");
  if (ends.empty()) {
    trip.ends = zone.start_of_day(zone.local_day(trip.starts) + 1);
  } else {
    LP_TRY(trip.ends, parse_instant(ends));
  }
  return trip;
}

json::value within(const TimeZone& zone, Day from) {
  const json::string begins(format_instant(zone.start_of_day(from)));
  const json::string over(format_instant(zone.start_of_day(from + itinerary_days)));
  return all_of(
      {leaf("lt", "starts_at", over),
       any_of({leaf("gte", "ends_at", begins),
               all_of({leaf("empty", "ends_at", nullptr), leaf("gte", "starts_at", begins)})})});
}

Result<std::vector<Trip>> trips_of(const json::array& rows, const TimeZone& zone) {
  std::vector<Trip> trips;
  for (const json::value& row : rows) {
    LP_TRY(Trip trip, trip_of(row, zone));
    if (!trip.city.empty()) trips.push_back(std::move(trip));
  }
  return trips;
}

void write_meeting(JsonWriter& out, const Trip& theirs, const Trip& ours) {
  const auto member = [&](std::string_view name, const Trip& trip, std::string_view field) {
    out.key(name).string(text_at(trip.fields, field));
  };
  out.begin_object();
  member("contact", theirs, "contact");
  member("contact_name", theirs, "contact.name");
  member("account", theirs, "contact.account");
  member("account_name", theirs, "contact.account.name");
  member("user", ours, "user");
  member("user_name", ours, "user.name");
  out.key("city").string(theirs.city);
  out.key("from").instant(std::max(theirs.starts, ours.starts));
  out.key("to").instant(std::min(theirs.ends, ours.ends)).end_object();
}

}  // namespace

Status write_itineraries(JsonWriter& out, const Reading& reading, Day from) {
  const TimeZone zone = reading.records().frame().time_zone;
  LP_TRY(const json::array seen,
         reading.rows({"itinerary",
                       {"contact", "contact.name", "contact.account", "contact.account.name",
                        "user", "user.name", "from_city", "to_city", "starts_at", "ends_at",
                        "transport", "transport_number", "hotel", "purpose"},
                       within(zone, from),
                       "starts_at",
                       false,
                       max_trips}));
  const access::AccessScope product = access::Authority::product();
  LP_TRY(const json::array own,
         Reading(reading.records(), product)
             .rows({"itinerary",
                    {"user", "user.name", "to_city", "starts_at", "ends_at"},
                    all_of({leaf("not_empty", "user", nullptr), leaf("empty", "contact", nullptr),
                            within(zone, from)}),
                    "starts_at",
                    false,
                    max_trips}));
  LP_TRY(const std::vector<Trip> theirs, trips_of(seen, zone));
  LP_TRY(const std::vector<Trip> ours, trips_of(own, zone));
  out.begin_object().key("from").date(from).key("to").date(from + itinerary_days);
  out.key("trips").raw(json::serialize(seen)).key("meetings").begin_array();
  std::size_t told = 0;
  for (const Trip& their : theirs) {
    if (text_at(their.fields, "contact").empty()) continue;
    for (const Trip& our : ours) {
      const bool meet =
          their.city == our.city && their.starts < our.ends && our.starts < their.ends;
      if (!meet || told == max_meetings) continue;
      write_meeting(out, their, our);
      ++told;
    }
  }
  out.end_array().end_object();
  return {};
}

}  // namespace linchpin::dossier
