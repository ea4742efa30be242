#pragma once

// What has rested long enough goes for good: records in the trash, deleted fields and objects. In
// slices, so that whoever writes hardly notices.

#include "records/metadata.h"
#include "records/records.h"

namespace linchpin::records {

class Purge {
 public:
  static constexpr std::chrono::milliseconds slice_time{30};
  static constexpr std::size_t slice_records = 500;
  // One run ends after so many slices; the next one goes on.
  static constexpr int max_slices = 2'000;

  Purge(Records& records, const Clock& clock) : records_(records), clock_(clock) {}

  // Counts what is gone. `stopping` is asked between slices.
  struct Purged {
    std::int64_t records = 0;
    std::int64_t values = 0;  // of deleted fields
    int fields = 0;
    int objects = 0;
  };
  Result<Purged> run(const std::function<bool()>& stopping);

 private:
  using Ids = std::vector<RecordId>;

  Status purge_trash(const Schema& schema, const Object& object);
  Status purge_fields(Customization& customization);
  Status purge_objects(Customization& customization);
  Status empty_column(const storage::Name& table, const storage::Name& column, bool names_files);
  Status empty_table(const storage::Name& table);
  Result<Ids> ids(const storage::Sql& sql);
  // One write of as many of them as there is time for; the rest is left for the next.
  Status in_slices(const storage::Sql& find, std::int64_t& counter,
                   const std::function<Status(storage::Connection&, RecordId)>& each);
  Status mark(RecordId definition);

  Records& records_;
  const Clock& clock_;
  const std::function<bool()>* stopping_ = nullptr;
  int slices_ = 0;
  Purged purged_;
};

}  // namespace linchpin::records
