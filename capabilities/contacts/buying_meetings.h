#pragma once

// Buying meetings 采购会议 of a customer: what each of its people preferred. Meetings, options and
// preferences are made and read as records; here a meeting that was held becomes evidence.

#include "base/locale.h"
#include "records/records.h"

namespace linchpin::contacts {

constexpr int max_meeting_people = 100;

struct EvidenceSpeech {
  const Texts& texts;
  Language language;
};

// Within a write: everybody who preferred something or has an interest gets a new standing of the
// day of the meeting, with the last one's judgement and the meeting as evidence. Returns how many.
// Errors: not_found; invalid_state / `meeting_not_held`, `meeting_confirmed`; forbidden for whoever
// may not change the meeting or note standings.
Result<std::size_t> confirm_meeting(records::Records& records, storage::Connection& connection,
                                    const access::AccessScope& scope, const stream::Origin& origin,
                                    const EvidenceSpeech& speech, RecordId meeting);

}  // namespace linchpin::contacts
