#pragma once

// What is kept of somebody's inbox: what he has read, and how he wants to be told.

#include <set>

#include "dossier/inbox_preferences.h"
#include "dossier/own.h"

namespace linchpin::dossier {

struct InboxState {
  RecordId record;  // none: nothing is kept yet
  Instant seen_at = 0;
  std::set<std::string, std::less<>> read;
  InboxPreferences preferences;
};

Result<InboxState> inbox_state_of(const Own& own);
// Only what was read, or only the preferences: whoever changes one leaves the other alone.
Status store_marks(const Own& own, const InboxState& state, const stream::Origin& origin);
Status store_preferences(const Own& own, const InboxState& state, const stream::Origin& origin);

}  // namespace linchpin::dossier
