#pragma once

// Links that let go (OnDelete::clear): when a record goes to the trash they are emptied, and when
// it comes back they lead to it again, as far as nobody has given them another value meanwhile.

#include "records/write_steps.h"

namespace linchpin::records {

// More records than these are not changed with one removal.
constexpr std::size_t max_cleared_links = 10'000;

// Whether a removal is refused while a record has this link.
inline bool restricts(const Field& link) {
  return link.on_delete == OnDelete::restrict ||
         (link.on_delete == OnDelete::clear && link.required);
}

// Empties the links of live records to this one. `cause` is the change that removed it. Error:
// in_use / `cascade_too_large`.
Status clear_links(const WriteFrame& frame, const Object& object, RecordId record,
                   std::int64_t cause);

// Undoes what the last removal of the record cleared.
Status lead_back(const WriteFrame& frame, const Object& object, RecordId record);

}  // namespace linchpin::records
