#pragma once

// Changing what objects and fields there are, while everybody works. A change is planned on the
// caller's thread: checked, merged, built into a new Schema. The write then adds tables and columns
// (never more than that), stores the definitions and counts the generation; if another change was
// quicker, all begins anew. After COMMIT the new Schema is in force.

#include <functional>
#include <optional>
#include <string>

#include "access/scope.h"
#include "records/records.h"

namespace linchpin::records {

struct MetadataRequest {
  const access::AccessScope& scope;
  stream::Origin origin;
  bool dry_run = false;
  // Puts the job that ends a long change into the same transaction and gives its id.
  std::function<Result<RecordId>(storage::Connection&, const json::object& spec)> enqueue;
  // Whether such a job still waits or runs for a pending definition.
  std::function<Result<bool>(storage::Connection&, RecordId pending)> is_open;
};

// What came of it: the object or field in the form of /meta, or of a dry run the impact.
struct MetadataAnswer {
  json::object body;
  RecordId job;  // the change goes on there
};

// Of fields and objects that were deleted.
constexpr std::int64_t rest_days = 30;

struct MetadataDraft;

class Metadata {
 public:
  explicit Metadata(Records& records) : records_(records) {}

  // Errors of all: forbidden; not_found; validation_failed with every problem; duplicate /
  // `name_taken` {name}; in_use with a problem `used_by` for each user; invalid_state /
  // `change_running`.
  Result<MetadataAnswer> create_object(const MetadataRequest& request, const json::object& wanted);
  Result<MetadataAnswer> change_object(const MetadataRequest& request, std::string_view object,
                                       const json::object& changes);
  Result<MetadataAnswer> remove_object(const MetadataRequest& request, std::string_view object);
  Result<MetadataAnswer> restore_object(const MetadataRequest& request, std::string_view object);

  Result<MetadataAnswer> create_field(const MetadataRequest& request, std::string_view object,
                                      const json::object& wanted);
  // Where stored values change their form or an index is missing, a job makes the change: see
  // field_change.h.
  Result<MetadataAnswer> change_field(const MetadataRequest& request, std::string_view object,
                                      std::string_view field, const json::object& changes);
  Result<MetadataAnswer> remove_field(const MetadataRequest& request, std::string_view object,
                                      std::string_view field);
  Result<MetadataAnswer> restore_field(const MetadataRequest& request, std::string_view object,
                                       std::string_view field);

  // {"objects":[…],"fields":[…]} of what rests and can be restored.
  Result<json::object> deleted();

  // A step of a job: reads, edits, stores and takes over in one write, with what else `edit` does.
  using Edit = std::function<Status(storage::Connection&, Customization&)>;
  Status change_now(const Edit& edit);

 private:
  using Plan = std::function<Status(MetadataDraft&)>;

  Result<MetadataAnswer> apply(const MetadataRequest& request, const Plan& plan);
  Status check_users(MetadataDraft& draft);
  Result<json::value> impact(const MetadataDraft& draft);
  Status write(const MetadataRequest& request, MetadataDraft& draft, MetadataAnswer& answer);

  Records& records_;
};

}  // namespace linchpin::records
