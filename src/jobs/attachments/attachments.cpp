#include "jobs/attachments/attachments.h"

#include <algorithm>
#include <filesystem>

#include "base/log.h"
#include "jobs/disk.h"
#include "jobs/file_kind.h"
#include "jobs/file_name.h"
#include "records/rights.h"

namespace linchpin::attachments {

using access::AccessScope;
using access::Action;
using records::Attachment;
using storage::Connection;

namespace filesystem = std::filesystem;

namespace {

constexpr std::string_view name_without_one = "file";

// Who may put a file nowhere has no use for one here.
bool may_attach_something(const records::Schema& schema, const AccessScope& scope) {
  const auto edits = [&](const records::Object& object, const records::Field& field) {
    return field.type == records::FieldType::attachment && !field.read_only &&
           records::right_of(scope, object, field) == access::FieldRight::edit;
  };
  const auto& objects = schema.objects();
  return std::any_of(objects.begin(), objects.end(), [&](const auto& object) {
    const bool writes =
        scope.may(Action::create, object->api_name) || scope.may(Action::update, object->api_name);
    return writes && std::any_of(object->fields.begin(), object->fields.end(),
                                 [&](const auto& field) { return edits(*object, field); });
  });
}

std::int64_t milliseconds(std::chrono::hours time) {
  return std::chrono::milliseconds(time).count();
}

}  // namespace

Attachments::Attachments(Parts parts) : parts_(std::move(parts)) {
  parts_.jobs.housekeeping([this] { delete_old_files(); });
}

Attachments::~Attachments() {
  parts_.jobs.stop();
}

std::string Attachments::path_of(RecordId id) const {
  return parts_.folder + "/" + format_id(id);
}

Result<Attachment> Attachments::create(const AccessScope& scope, const std::string& path,
                                       std::string_view file_name) {
  if (!may_attach_something(*parts_.records.schema(), scope)) {
    return Error::of(ErrorCode::forbidden);
  }
  Attachment made;
  std::error_code error;
  made.size = static_cast<std::int64_t>(filesystem::file_size(path, error));
  if (error) return Error::of(ErrorCode::validation_failed, "file_unreadable");
  if (made.size == 0) return Error::of(ErrorCode::validation_failed, "empty_file");
  if (made.size > max_bytes) {
    return Error::of(ErrorCode::payload_too_large, "upload_too_large",
                     {{"limit", std::to_string(max_bytes)}});
  }
  made.file_name = jobs::clean_file_name(file_name, name_without_one);
  LP_TRY(const jobs::FileContent content, jobs::content_of(path));
  LP_TRY(const jobs::FileKind kind, jobs::kind_of(content, made.file_name));
  made.content_type = kind.content_type;
  made.id = parts_.ids.next();
  made.uploader = scope.user();
  made.created_at = made.released_at = parts_.clock.now();
  LP_CHECK(jobs::take_file(path, path_of(made.id), jobs::Take::move));
  const Status kept = parts_.records.database().write([&](Connection& connection) -> Status {
    LP_TRY(const std::int64_t loose, records::count_loose_attachments(connection, made.uploader));
    if (loose >= max_loose) {
      return Error::of(ErrorCode::invalid_state, "too_many_loose_files",
                       {{"max", std::to_string(max_loose)}});
    }
    return records::insert_attachment(connection, made);
  });
  if (kept) return made;
  filesystem::remove(path_of(made.id), error);
  return kept.error();
}

Result<Attachments::Found> Attachments::get(const AccessScope& scope, RecordId id) {
  return parts_.records.database().read([&](Connection& connection) -> Result<Found> {
    const auto schema = parts_.records.schema();
    LP_TRY(auto about, records::read_attachment(connection, id));
    if (!about) return Error::of(ErrorCode::not_found);
    const records::Viewer viewer = parts_.records.viewer(scope);
    LP_TRY(const bool readable, records::may_read(connection, *schema, viewer, *about));
    if (!readable) return Error::of(ErrorCode::not_found);
    const bool shown = jobs::is_shown(about->content_type);
    return Found{std::move(*about), path_of(id), shown};
  });
}

void Attachments::delete_old_files() {
  const Instant now = parts_.clock.now();
  const Instant loose = now - milliseconds(kept_loose);
  const Instant released = now - milliseconds(kept_released);
  auto& database = parts_.records.database();
  const auto forgotten = database.read([&](Connection& connection) {
    return records::forgotten_attachments(connection, loose, released);
  });
  if (!forgotten) return;
  for (const RecordId id : *forgotten) {
    const auto gone = database.write(
        [&](Connection& connection) {
          return records::forget_attachment(connection, id, loose, released);
        },
        storage::WriteKind::job);
    std::error_code error;
    if (gone && *gone) filesystem::remove(path_of(id), error);
  }
  if (!looked_for_strays_) delete_strays();
}

// What a process left behind that was killed between the file and what is known of it.
void Attachments::delete_strays() {
  std::error_code error;
  const auto before = filesystem::file_time_type::clock::now() - kept_loose;
  for (const auto& entry : filesystem::directory_iterator(parts_.folder, error)) {
    const auto id = parse_id(entry.path().filename().string());
    if (!id || entry.last_write_time(error) > before || error) continue;
    const auto about = parts_.records.database().read(
        [&](Connection& connection) { return records::read_attachment(connection, *id); });
    if (!about || *about) continue;
    filesystem::remove(entry.path(), error);
    log_info("stray_file_deleted", {{"attachment", format_id(*id)}});
  }
  looked_for_strays_ = true;
}

}  // namespace linchpin::attachments
