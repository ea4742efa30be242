#include "dossier/inbox.h"

#include <algorithm>

#include "dossier/inbox_state.h"
#include "dossier/told.h"

namespace linchpin::dossier {

namespace {

constexpr int max_followers = 100;
constexpr std::string_view digest_mark = "digest:";

struct Digest {
  Day day = 0;
  Instant at = 0;
  std::int64_t entries = 0;
  std::string id() const { return std::string(digest_mark) + format_date(day); }
};

// A person's inbox at one moment.
struct View {
  InboxState state;
  std::vector<Told> entries;                    // told at once
  std::set<std::string, std::less<>> may_mark;  // whatever is told in any way
  std::optional<Digest> digest;
  std::optional<Span> quiet;

  bool is_read(Instant at, const std::string& id) const {
    return at <= state.seen_at || state.read.contains(id);
  }
  // Whether it waits for the end of the quiet hours.
  bool is_held(Instant at, bool critical) const {
    return quiet && at >= quiet->begin && !(critical && state.preferences.critical_through);
  }
};

std::optional<Digest> digest_of(const TimeZone& zone, const InboxPreferences& preferences,
                                const Telling& telling, Instant now) {
  if (!preferences.digest_at) return std::nullopt;
  Digest digest;
  digest.day = last_digest_day(zone, *preferences.digest_at, now);
  const Span span = digest_span(zone, *preferences.digest_at, digest.day);
  digest.at = span.end;
  digest.entries =
      std::count_if(telling.entries.begin(), telling.entries.end(), [&](const Told& told) {
        return span.holds(told.at) && preferences.way_of(told.kind) != Way::never;
      });
  return digest.entries > 0 ? std::optional(digest) : std::nullopt;
}

Result<View> view_of(const Reading& reading, const Own& own) {
  View view;
  const Instant now = reading.records().viewer(reading.scope()).now;
  Telling telling;
  LP_CHECK(reading.records().database().snapshot([&](storage::Connection&) -> Status {
    LP_TRY(view.state, inbox_state_of(own));
    LP_TRY(telling, told_to(reading, own, now - inbox_days * milliseconds_per_day));
    return {};
  }));
  const TimeZone zone = reading.records().frame().time_zone;
  const InboxPreferences& preferences = view.state.preferences;
  if (preferences.quiet) view.quiet = quiet_span(zone, *preferences.quiet, now);
  view.digest = digest_of(zone, preferences, telling, now);
  view.entries = std::move(telling.entries);
  for (const Told& told : view.entries) view.may_mark.insert(told.id());
  if (view.digest) view.may_mark.insert(view.digest->id());
  std::erase_if(view.entries,
                [&](const Told& told) { return preferences.way_of(told.kind) != Way::at_once; });
  if (view.entries.size() > max_inbox_entries) view.entries.resize(max_inbox_entries);
  return view;
}

void write_named(JsonWriter& out, std::string_view key, const json::object& fields,
                 const std::string& path) {
  out.key(key);
  const std::string_view id = path.empty() ? std::string_view() : text_at(fields, path);
  if (id.empty()) {
    out.null();
    return;
  }
  out.begin_object().key("id").string(id).key("name").string(text_at(fields, path + ".name"));
  out.end_object();
}

void write_told(JsonWriter& out, const Told& told, bool read, bool held) {
  out.begin_object().key("id").string(told.id()).key("kind").string(told.kind);
  out.key("at").instant(told.at).key("object").string(told.object);
  out.key("record").string(told.record);
  write_named(out, "account", told.fields, "account");
  write_named(out, "actor", told.fields, told.actor);
  out.key("text").string(told.text).key("read").boolean(read).key("held").boolean(held);
  out.end_object();
}

}  // namespace

Status write_inbox(JsonWriter& out, const Reading& reading, bool unread_only) {
  const Own own(reading);
  LP_TRY(const View view, view_of(reading, own));
  std::int64_t unread = 0;
  std::int64_t held = 0;
  const auto count = [&](bool is_read, bool is_held) {
    unread += is_read ? 0 : 1;
    held += is_held ? 1 : 0;
  };
  out.begin_object().key("entries").begin_array();
  for (const Told& told : view.entries) {
    const bool is_read = view.is_read(told.at, told.id());
    const bool is_held = !is_read && view.is_held(told.at, told.critical);
    count(is_read, is_held);
    if (!unread_only || !is_read) write_told(out, told, is_read, is_held);
  }
  out.end_array().key("digest");
  if (view.digest) {
    const Digest& digest = *view.digest;
    const bool is_read = view.is_read(digest.at, digest.id());
    const bool is_held = !is_read && view.is_held(digest.at, false);
    count(is_read, is_held);
    out.begin_object().key("id").string(digest.id()).key("day").date(digest.day);
    out.key("at").instant(digest.at).key("entries").integer(digest.entries);
    out.key("read").boolean(is_read).key("held").boolean(is_held).end_object();
  } else {
    out.null();
  }
  out.key("unread").integer(unread).key("held").integer(held).key("quiet_until");
  view.quiet ? out.instant(view.quiet->end) : out.null();
  out.end_object();
  return {};
}

Status write_digest(JsonWriter& out, const Reading& reading, std::optional<Day> asked) {
  const Own own(reading);
  const Instant now = reading.records().viewer(reading.scope()).now;
  const TimeZone zone = reading.records().frame().time_zone;
  InboxState state;
  Telling telling;
  Span span;
  Day day = 0;
  LP_CHECK(reading.records().database().snapshot([&](storage::Connection&) -> Status {
    LP_TRY(state, inbox_state_of(own));
    const MinuteOfDay at = state.preferences.digest_at.value_or(usual_digest_at);
    day = asked.value_or(last_digest_day(zone, at, now));
    span = digest_span(zone, at, day);
    LP_TRY(telling, told_to(reading, own, span.begin, span.end));
    return {};
  }));
  out.begin_object().key("day").date(day).key("from").instant(span.begin);
  out.key("until").instant(span.end).key("entries").begin_array();
  for (const Told& told : telling.entries) {
    if (state.preferences.way_of(told.kind) == Way::never) continue;
    const bool read = told.at <= state.seen_at || state.read.contains(told.id());
    write_told(out, told, read, false);
  }
  out.end_array().key("complete").boolean(telling.complete).end_object();
  return {};
}

Status mark_read(const Reading& reading, const std::vector<std::string>& entries,
                 const stream::Origin& origin) {
  const Own own(reading);
  LP_TRY(View view, view_of(reading, own));
  InboxState& state = view.state;
  if (entries.empty()) {
    state.seen_at = reading.records().viewer(reading.scope()).now;
    state.read.clear();
  }
  for (const std::string& entry : entries) {
    if (view.may_mark.contains(entry)) state.read.insert(entry);
  }
  if (state.read.size() > max_read_marks) {
    std::erase_if(state.read, [&](const std::string& id) { return !view.may_mark.contains(id); });
  }
  return store_marks(own, state, origin);
}

Status write_inbox_preferences(JsonWriter& out, const Reading& reading) {
  const Own own(reading);
  LP_TRY(const InboxState state, inbox_state_of(own));
  out.begin_object();
  write_preferences(out, state.preferences);
  out.key("time_zone").string(reading.records().frame().time_zone.name()).end_object();
  return {};
}

Status change_inbox_preferences(const Reading& reading, const inbound::Members& changes,
                                const stream::Origin& origin) {
  const Own own(reading);
  LP_TRY(InboxState state, inbox_state_of(own));
  LP_TRY(state.preferences, changed(state.preferences, changes));
  return store_preferences(own, state, origin);
}

Status follow_account(const Reading& reading, RecordId account, bool follows,
                      const stream::Origin& origin) {
  LP_CHECK(reading.record("account", account));
  const Own own(reading);
  const std::string key = std::string(own.user()) + ":" + format_id(account);
  LP_TRY(const json::array found,
         own.reading().rows(
             {"follow", {"account"}, leaf("eq", "key", json::string(key)), "", true, 1}));
  if (found.empty() != follows) return {};
  return own.write(origin, [&](records::BulkSlice& slice) -> Status {
    if (!follows) {
      LP_TRY(const RecordId id, parse_id(text_at(found[0].as_object(), "id")));
      return slice.remove(*slice.object("follow"), id);
    }
    LP_CHECK(
        keep_record(slice, "follow", {},
                    {{"key", key}, {"owner", own.user_id().value}, {"account", account.value}}));
    return {};
  });
}

Status write_followers(JsonWriter& out, const Reading& reading, RecordId account) {
  LP_CHECK(reading.record("account", account));
  const Own own(reading);
  LP_TRY(const json::array rows,
         own.reading().rows({"follow",
                             {"owner", "owner.name"},
                             leaf("eq", "account", json::string(format_id(account))),
                             "",
                             true,
                             max_followers}));
  bool following = false;
  for (const json::value& row : rows) {
    following = following || text_at(fields_of(row), "owner") == std::string_view(own.user());
  }
  out.begin_object().key("following").boolean(following).key("followers").begin_array();
  for (const json::value& row : rows) {
    out.begin_object().key("id").string(text_at(fields_of(row), "owner"));
    out.key("name").string(text_at(fields_of(row), "owner.name")).end_object();
  }
  out.end_array().end_object();
  return {};
}

}  // namespace linchpin::dossier
