#include "records/records.h"

#include "access/shares.h"
#include "records/attachments.h"
#include "records/facts.h"
#include "records/organisation.h"
#include "records/personal.h"
#include "records/recompute.h"
#include "records/search_index.h"
#include "records/tables.h"
#include "records/write_steps.h"
#include "stream/audit_log.h"

namespace linchpin::records {

Records::Records(Parts parts, std::shared_ptr<const Schema> schema, WorkspaceFrame frame)
    : parts_(std::move(parts)),
      first_(std::move(schema)),
      schema_(first_),
      frame_(std::move(frame)),
      cursor_key_(derived_key(parts_.workspace_key, "cursor")) {}

Records::~Records() = default;

Status Records::ensure_tables(storage::Connection& connection, const Schema& schema) {
  LP_CHECK(stream::ensure_tables(connection));
  LP_CHECK(stream::ensure_audit_tables(connection));
  LP_CHECK(PersonalKeys::ensure_tables(connection));
  LP_CHECK(access::ensure_share_table(connection));
  LP_CHECK(ensure_counter_table(connection));
  LP_CHECK(ensure_attachment_table(connection));
  LP_CHECK(ensure_definition_tables(connection));
  LP_TRY(const PresentColumns present, computed_columns(connection, schema));
  LP_CHECK(ensure_search_tables(connection));
  LP_CHECK(ensure_object_tables(connection, schema));
  LP_CHECK(fill_new_computed(connection, schema, present));
  return ensure_fact_tables(connection, schema);
}

std::shared_ptr<const Schema> Records::schema() const {
  const std::lock_guard lock(mutex_);
  return schema_;
}

void Records::set_schema(Held schema) {
  const std::lock_guard lock(mutex_);
  // Two may have changed it at the same time; what was made later counts.
  if (schema->generation() > schema_->generation()) schema_ = std::move(schema);
}

Result<Records::Held> Records::schema_of(const Customization& customization) const {
  if (!parts_.standard) return Error::internal("these records have a fixed schema");
  return parts_.standard->build(customization);
}

Status Records::refresh_schema() {
  if (!parts_.standard) return {};
  LP_TRY(const Customization customization, parts_.database.snapshot(read_customization));
  if (customization.generation <= schema()->generation()) return {};
  LP_TRY(Held changed, schema_of(customization));
  set_schema(std::move(changed));
  return {};
}

WorkspaceFrame Records::frame() const {
  const std::lock_guard lock(mutex_);
  return frame_;
}

void Records::set_frame(WorkspaceFrame frame) {
  const std::lock_guard lock(mutex_);
  frame_ = std::move(frame);
}

Day Records::today() const {
  return frame().time_zone.local_day(parts_.clock.now());
}

Viewer Records::viewer(const access::AccessScope& scope) const {
  const TimeZone zone = frame().time_zone;
  const Instant now = parts_.clock.now();
  return {scope, now, zone.local_day(now), nullptr, zone};
}

Result<access::AccessScope> Records::scope_of(RecordId user) {
  const auto held = schema();
  LP_TRY(const access::Organisation organisation,
         parts_.database.read([&](storage::Connection& connection) {
           return read_organisation(connection, *held);
         }));
  return organisation.scope_of(user, parts_.clock.now());
}

WriteFrame Records::write_frame(const Schema& schema, storage::Connection& connection,
                                const access::AccessScope& scope,
                                const stream::Origin& origin) const {
  WorkspaceFrame workspace = frame();
  return {parts_,
          schema,
          connection,
          scope,
          origin,
          parts_.clock.now(),
          std::move(workspace.time_zone),
          std::move(workspace.calendar)};
}

formula::Frame Records::formula_frame(const access::AccessScope& scope,
                                      const WorkspaceFrame& workspace) const {
  return {parts_.clock.now(), &workspace.time_zone, format_id(scope.user())};
}

Result<const Object*> Records::visible_object(const Schema& schema,
                                              const access::AccessScope& scope,
                                              std::string_view object) const {
  const Object* found = schema.object(object);
  if (!found || scope.reach(object) == access::Reach::none) {
    return Error::of(ErrorCode::not_found, "no_such_object", {{"object", std::string(object)}});
  }
  return found;
}

}  // namespace linchpin::records
