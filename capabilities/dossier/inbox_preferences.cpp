#include "dossier/inbox_preferences.h"

#include <algorithm>

namespace linchpin::dossier {

using inbound::Members;

namespace {

constexpr std::array<std::string_view, 3> way_names{"at_once", "digest", "never"};  // as Way

Error refused_at(const Members& at, std::string_view name, std::string code,
                 ErrorParams params = {}) {
  return Error::invalid(
      FieldProblem{at.pointer_to(name), std::string(name), std::move(code), std::move(params)});
}

Result<MinuteOfDay> minute_member(const Members& at, std::string_view name) {
  LP_TRY(const std::string text, at.required_text(name));
  const auto minute = parse_minute_of_day(text);
  if (!minute) return refused_at(at, name, minute.error().detail);
  return *minute;
}

Status change_ways(const Members& changes, InboxPreferences& preferences) {
  LP_TRY(const std::optional<Members> kinds, changes.object("kinds"));
  if (!kinds) return {};
  for (const auto& member : kinds->all()) {
    const std::string_view kind = member.key();
    const auto* known = std::find(inbox_kinds.begin(), inbox_kinds.end(), kind);
    if (known == inbox_kinds.end()) {
      return inbound::wrong_member(kinds->pointer_to(kind), "unknown_member");
    }
    LP_TRY(const std::string wanted, kinds->required_text(kind));
    const auto* way = std::find(way_names.begin(), way_names.end(), wanted);
    if (way == way_names.end()) {
      return refused_at(*kinds, kind, "no_such_option", {{"value", wanted}});
    }
    preferences.ways.at(static_cast<std::size_t>(known - inbox_kinds.begin())) =
        static_cast<Way>(way - way_names.begin());
  }
  return {};
}

Status change_quiet(const Members& changes, InboxPreferences& preferences) {
  if (!changes.has("quiet")) return {};
  LP_TRY(const std::optional<Members> wanted, changes.object("quiet"));
  if (!wanted) {
    preferences.quiet.reset();
    return {};
  }
  LP_CHECK(wanted->allow_only({"from", "until"}));
  LP_TRY(const MinuteOfDay from, minute_member(*wanted, "from"));
  LP_TRY(const MinuteOfDay until, minute_member(*wanted, "until"));
  if (from == until) return refused_at(*wanted, "until", "quiet_all_day");
  preferences.quiet = QuietHours{from, until};
  return {};
}

Status change_digest(const Members& changes, InboxPreferences& preferences) {
  if (!changes.has("digest_at")) return {};
  LP_TRY(const std::optional<std::string> wanted, changes.text("digest_at"));
  preferences.digest_at.reset();
  if (!wanted) return {};
  LP_TRY(preferences.digest_at, minute_member(changes, "digest_at"));
  return {};
}

}  // namespace

Way InboxPreferences::way_of(std::string_view kind) const {
  const auto* known = std::find(inbox_kinds.begin(), inbox_kinds.end(), kind);
  return known == inbox_kinds.end()
             ? Way::at_once
             : ways.at(static_cast<std::size_t>(known - inbox_kinds.begin()));
}

void write_preferences(JsonWriter& out, const InboxPreferences& preferences) {
  out.key("kinds").begin_object();
  for (std::size_t at = 0; at < inbox_kinds.size(); ++at) {
    out.key(inbox_kinds.at(at));
    out.string(way_names.at(static_cast<std::size_t>(preferences.ways.at(at))));
  }
  out.end_object().key("quiet");
  if (preferences.quiet) {
    out.begin_object().key("from").string(format_minute_of_day(preferences.quiet->from));
    out.key("until").string(format_minute_of_day(preferences.quiet->until)).end_object();
  } else {
    out.null();
  }
  out.key("digest_at");
  preferences.digest_at ? out.string(format_minute_of_day(*preferences.digest_at)) : out.null();
  out.key("critical_through").boolean(preferences.critical_through);
}

Result<InboxPreferences> changed(InboxPreferences preferences, const Members& changes) {
  LP_CHECK(changes.allow_only({"kinds", "quiet", "digest_at", "critical_through"}));
  LP_CHECK(change_ways(changes, preferences));
  LP_CHECK(change_quiet(changes, preferences));
  LP_CHECK(change_digest(changes, preferences));
  if (changes.has("critical_through")) {
    LP_TRY(preferences.critical_through, changes.boolean("critical_through"));
  }
  const auto& ways = preferences.ways;
  const bool waits = std::find(ways.begin(), ways.end(), Way::digest) != ways.end();
  if (waits && !preferences.digest_at) return refused_at(changes, "digest_at", "required");
  return preferences;
}

}  // namespace linchpin::dossier
