#pragma once

// The visits of a person as an iCalendar feed (RFC 5545), at an address that only he knows. The
// secret is made from the key of the workspace and stored nowhere; a new one ends the old.

#include "base/crypto.h"
#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr Day feed_days_before = 30;
constexpr Day feed_days_after = 180;

class CalendarFeeds {
 public:
  explicit CalendarFeeds(records::Records& records);

  // The path of the reader's feed below the API; empty where he has none.
  Result<std::string> path_of(const Reading& reading) const;
  // Makes a new address; one that there was ends.
  Status renew(const Reading& reading, const stream::Origin& origin) const;
  Status revoke(const Reading& reading, const stream::Origin& origin) const;

  // Whose feed it is. Error: not_found for what is no address, or no longer.
  Result<RecordId> owner_of(std::string_view token) const;
  // His visits, as he may see them now.
  Result<std::string> feed(RecordId user, std::string_view calendar_name) const;

 private:
  std::string token(RecordId user, std::int64_t edition) const;

  records::Records& records_;
  Key key_;
};

// Text of a property: what has a meaning there is escaped, lines are folded at 75 bytes.
std::string calendar_line(std::string_view name, std::string_view value);
std::string calendar_text(std::string_view text);

}  // namespace linchpin::dossier
