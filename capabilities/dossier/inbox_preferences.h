#pragma once

// How somebody wants to be told: which kinds of news come to his inbox at once, which with the
// digest of the day only, which never, and when he is left alone.

#include <array>
#include <string_view>

#include "base/json_writer.h"
#include "dossier/notice_times.h"
#include "inbound/body.h"

namespace linchpin::dossier {

constexpr std::array<std::string_view, 8> inbox_kinds{
    "mention",      "comment",       "complaint",      "task",
    "record_cause", "owner_request", "owner_approved", "owner_refused"};
enum class Way { at_once, digest, never };

struct InboxPreferences {
  std::array<Way, inbox_kinds.size()> ways{};  // as inbox_kinds
  std::optional<QuietHours> quiet;
  std::optional<MinuteOfDay> digest_at;  // none: no digest in the inbox
  bool critical_through = true;          // critical complaints are told in quiet hours too

  Way way_of(std::string_view kind) const;
};

// Where no time was chosen.
constexpr MinuteOfDay usual_digest_at = 8 * 60 + 30;

// {"kinds":{"mention":"at_once",…},"quiet":{"from","until"}|null,"digest_at":"08:30"|null,
// "critical_through"}, the members of an object that is begun.
void write_preferences(JsonWriter& out, const InboxPreferences& preferences);

// Takes over what is named, in the form that is written. Errors: malformed; validation_failed:
// `no_such_option`, `wrong_time_of_day`, `quiet_all_day`, and `required` for a digest without a
// time that something waits for.
Result<InboxPreferences> changed(InboxPreferences preferences, const inbound::Members& changes);

}  // namespace linchpin::dossier
