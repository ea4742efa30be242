#include "dossier/calendar.h"

#include <charconv>

#include "dossier/own.h"

namespace linchpin::dossier {

namespace {

constexpr std::size_t mark_characters = 22;  // 132 bits of base64url
constexpr std::size_t max_folded_bytes = 74;
constexpr std::int64_t visit_milliseconds = std::int64_t{60} * 60 * 1000;
constexpr std::size_t bytes_of_instant = 19;  // "2026-11-21T08:00:00"

// 20261121T080000Z
std::string calendar_instant(Instant instant) {
  std::string text = format_instant(instant).substr(0, bytes_of_instant);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + "Z";
}

struct Feed {
  RecordId record;
  std::int64_t edition = 0;
  bool active = false;
};

Result<Feed> feed_of(const Reading& all, RecordId user) {
  LP_TRY(const json::array rows, all.rows({"calendar_feed",
                                           {"edition", "active"},
                                           leaf("eq", "key", json::string(format_id(user))),
                                           "",
                                           true,
                                           1}));
  Feed feed;
  if (rows.empty()) return feed;
  LP_TRY(feed.record, parse_id(text_at(rows[0].as_object(), "id")));
  const json::object& fields = fields_of(rows[0]);
  feed.edition = integer_at(fields, "edition");
  const json::value* active = fields.if_contains("active");
  feed.active = active && active->is_bool() && active->get_bool();
  return feed;
}

Status keep_feed(const Own& own, const stream::Origin& origin, const Feed& feed) {
  return own.write(origin, [&](records::BulkSlice& slice) -> Status {
    LP_CHECK(keep_record(slice, "calendar_feed", feed.record,
                         {{"key", format_id(own.user_id())},
                          {"owner", own.user_id().value},
                          {"edition", feed.edition},
                          {"active", std::int64_t{feed.active ? 1 : 0}}}));
    return {};
  });
}

void add_event(std::string& out, const json::value& visit, Instant starts, Instant now) {
  const json::object& fields = fields_of(visit);
  const std::string_view subject = text_at(fields, "subject");
  std::string title(text_at(fields, "account.name"));
  if (!subject.empty()) title += " · " + std::string(subject);
  const bool cancelled = text_at(fields, "state") == "cancelled";
  out += "BEGIN:VEVENT\r\n";
  out += calendar_line("UID", std::string(text_at(visit.as_object(), "id")) + "@linchpin");
  out += calendar_line("DTSTAMP", calendar_instant(now));
  out += calendar_line("DTSTART", calendar_instant(starts));
  out += calendar_line("DTEND", calendar_instant(starts + visit_milliseconds));
  out += calendar_line("SUMMARY", calendar_text(title));
  const std::string_view place = text_at(fields, "place");
  const std::string_view where = place.empty() ? text_at(fields, "account.city") : place;
  if (!where.empty()) out += calendar_line("LOCATION", calendar_text(where));
  out += calendar_line("STATUS", cancelled ? "CANCELLED" : "CONFIRMED");
  out += "END:VEVENT\r\n";
}

}  // namespace

std::string calendar_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) >= ' ') {
      out += c;
    }
  }
  return out;
}

std::string calendar_line(std::string_view name, std::string_view value) {
  std::string line = std::string(name) + ":" + std::string(value);
  std::string out;
  std::size_t bytes = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(line[at]) & 0xC0U) != 0x80U;
    constexpr std::size_t longest_code_point = 4;
    if (begins && bytes + longest_code_point > max_folded_bytes) {
      out += "\r\n ";
      bytes = 1;
    }
    out += line[at];
    ++bytes;
  }
  return out + "\r\n";
}

CalendarFeeds::CalendarFeeds(records::Records& records)
    : records_(records), key_(derived_key(records.workspace_key(), "calendar feeds")) {}

std::string CalendarFeeds::token(RecordId user, std::int64_t edition) const {
  const std::string id = format_id(user);
  const std::string mark = to_base64url(hmac_sha256(key_, id + ":" + std::to_string(edition)));
  return id + mark.substr(0, mark_characters);
}

Result<std::string> CalendarFeeds::path_of(const Reading& reading) const {
  const Own own(reading);
  LP_TRY(const Feed feed, feed_of(own.reading(), own.user_id()));
  if (!feed.active) return std::string();
  return "/api/v1/dossier/calendar/" + token(own.user_id(), feed.edition);
}

Status CalendarFeeds::renew(const Reading& reading, const stream::Origin& origin) const {
  const Own own(reading);
  LP_TRY(Feed feed, feed_of(own.reading(), own.user_id()));
  ++feed.edition;
  feed.active = true;
  return keep_feed(own, origin, feed);
}

Status CalendarFeeds::revoke(const Reading& reading, const stream::Origin& origin) const {
  const Own own(reading);
  LP_TRY(Feed feed, feed_of(own.reading(), own.user_id()));
  if (!feed.active) return {};
  feed.active = false;
  return keep_feed(own, origin, feed);
}

Result<RecordId> CalendarFeeds::owner_of(std::string_view given) const {
  const Error unknown = Error::of(ErrorCode::not_found);
  if (given.size() != id_text_size + mark_characters) return unknown;
  const auto user = parse_id(given.substr(0, id_text_size));
  if (!user) return unknown;
  const access::AccessScope product = access::Authority::product();
  LP_TRY(const Feed feed, feed_of(Reading(records_, product), *user));
  const std::string right = token(*user, feed.edition);
  if (!feed.active || !equal_in_constant_time(given, right)) return unknown;
  return *user;
}

Result<std::string> CalendarFeeds::feed(RecordId user, std::string_view calendar_name) const {
  LP_TRY(const access::AccessScope scope, records_.scope_of(user));
  const Reading reading(records_, scope);
  const TimeZone zone = records_.frame().time_zone;
  const Day today = records_.today();
  const auto instant = [&](Day day) {
    return json::string(format_instant(zone.start_of_day(day)));
  };
  const json::string me(format_id(user));
  LP_TRY(const json::array visits,
         reading.rows({"visit",
                       {"subject", "account", "account.name", "account.city", "place", "planned_at",
                        "state"},
                       all_of({leaf("has_any", "our_people", json::array{me}),
                               leaf("gte", "planned_at", instant(today - feed_days_before)),
                               leaf("lt", "planned_at", instant(today + feed_days_after))}),
                       "planned_at",
                       false,
                       records::PageRequest::max_limit}));
  const Instant now = records_.viewer(scope).now;
  std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Linchpin//Visits//EN\r\n";
  out += calendar_line("X-WR-CALNAME", calendar_text(calendar_name));
  for (const json::value& visit : visits) {
    LP_TRY(const Instant starts, parse_instant(text_at(fields_of(visit), "planned_at")));
    add_event(out, visit, starts, now);
  }
  return out + "END:VCALENDAR\r\n";
}

}  // namespace linchpin::dossier
