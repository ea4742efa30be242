#pragma once

// Links that are emptied when the record they point at goes to the trash (OnDelete::clear). Each is
// a logged update whose cause is the removal; restoring gives back what nobody has changed since.

#include <span>

#include "records/write_steps.h"

namespace linchpin::records {

// Whether a removal is refused while a live record points at it: a required link cannot be emptied.
bool keeps_target(const Field& link);

struct RemovedRecord {
  const Object* object;
  RecordId id;
};

// `removed` are in the trash already; `cause` is the seq of their removal.
// Error: in_use / `cascade_too_large` {max}.
Status clear_links(const WriteFrame& frame, std::span<const RemovedRecord> removed,
                   std::int64_t cause, std::string_view reason);

// The seq of the removal that is the record's newest change; 0 when that is something else.
Result<std::int64_t> last_removal(const WriteFrame& frame, const Object& object, RecordId id);
// Gives back what this removal emptied.
Status restore_links(const WriteFrame& frame, std::int64_t removal);

}  // namespace linchpin::records
