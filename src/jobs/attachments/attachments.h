#pragma once

// The files that hang on records: they lie in a folder of their own, what is known of them in the
// database (records/attachments.h).

#include <chrono>
#include <string>

#include "access/scope.h"
#include "base/clock.h"
#include "base/id.h"
#include "jobs/jobs.h"
#include "records/attachments.h"
#include "records/records.h"

namespace linchpin::attachments {

class Attachments {
 public:
  static constexpr std::int64_t max_bytes = std::int64_t{64} << 20;
  // Of one person, that no record has taken yet.
  static constexpr std::int64_t max_loose = 500;
  static constexpr std::chrono::hours kept_loose{24};
  static constexpr std::chrono::hours kept_released{24 * 30};

  struct Parts {
    records::Records& records;
    jobs::Jobs& jobs;
    const Clock& clock;
    IdGenerator& ids;
    std::string folder;
  };
  // Cleans up among the chores of `jobs`, which it stops when it goes.
  explicit Attachments(Parts parts);
  ~Attachments();

  // Takes the file over: it is gone from `path`. Errors: forbidden for whoever may put no file
  // anywhere; validation_failed / `empty_file` and those of kind_of(); payload_too_large /
  // `upload_too_large`; invalid_state / `too_many_loose_files` {max}.
  Result<records::Attachment> create(const access::AccessScope& scope, const std::string& path,
                                     std::string_view file_name);

  struct Found {
    records::Attachment about;
    std::string path;
    bool shown = false;  // a browser may show it
  };
  // Error: not_found, for what the caller may not read, too.
  Result<Found> get(const access::AccessScope& scope, RecordId id);

  // Files that no record has taken within a day, and that none holds for a month.
  void delete_old_files();

 private:
  std::string path_of(RecordId id) const;
  void delete_strays();

  Parts parts_;
  bool looked_for_strays_ = false;
};

}  // namespace linchpin::attachments
