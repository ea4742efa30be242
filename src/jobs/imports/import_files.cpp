// Where the files of imports lie, who gets what is in them, and when they go.

#include <filesystem>

#include "base/log.h"
#include "jobs/imports/error_file.h"
#include "jobs/imports/import_store.h"
#include "jobs/imports/imports.h"

namespace linchpin::imports {

using access::AccessScope;
using storage::Connection;

namespace filesystem = std::filesystem;

namespace {

constexpr std::string_view file_prefix = "import-";
constexpr std::string_view uploaded = ".file";
constexpr std::string_view plain_copy = ".opened";
constexpr std::string_view plan_errors = ".plan-errors";
constexpr std::string_view run_errors = ".run-errors";

}  // namespace

std::string Imports::stored_path(RecordId id, std::string_view ending) const {
  return parts_.folder + "/" + std::string(file_prefix) + format_id(id) + std::string(ending);
}

Result<std::string> Imports::errors_csv(const AccessScope& scope, RecordId id, Language language) {
  LP_TRY(const Import import, get(scope, id));
  if (import.state == State::uploaded || import.state == State::planning) {
    return Error::of(ErrorCode::invalid_state, "import_not_planned");
  }
  const std::string errors = stored_path(id, import.began ? run_errors : plan_errors);
  std::error_code error;
  if (import.path.empty() || !filesystem::exists(errors, error)) {
    return Error::of(ErrorCode::not_found, "file_deleted");
  }
  std::vector<std::string> columns;
  for (const FileColumn& column : import.layout.columns) columns.push_back(column.name);
  std::string csv = errors + "." + format_id(parts_.ids.next()) + ".csv";
  const Status written = write_errors_csv(errors, parts_.records.workspace_key(), csv, columns,
                                          parts_.texts, language);
  if (written) return csv;
  filesystem::remove(csv, error);
  return written.error();
}

Result<jobs::OpenedFile> Imports::open_upload(const Import& import) const {
  return jobs::OpenedFile::open(import.path, stored_path(import.id, plain_copy),
                                parts_.records.workspace_key(), format_id(import.id));
}

// Nothing reads it any more: what was wrong with its rows is kept, sealed, for whoever mends them.
void Imports::delete_upload(RecordId id) const {
  std::error_code error;
  filesystem::remove(stored_path(id, uploaded), error);
  filesystem::remove(stored_path(id, plain_copy), error);
}

// What nobody could delete: a process was killed, or a job was cancelled before it began.
void Imports::delete_left_files() {
  std::error_code error;
  for (const auto& entry : filesystem::directory_iterator(parts_.folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool plain = name.ends_with(plain_copy);
    if (!name.starts_with(file_prefix) || (!plain && !name.ends_with(uploaded))) continue;
    const auto id = parse_id(std::string_view(name).substr(file_prefix.size(), id_text_size));
    if (!id) continue;
    const auto import = parts_.records.database().read(
        [&](Connection& connection) { return read_import(connection, *id); });
    if (!import || !*import) continue;
    const bool read_no_more = plain ? !(*import)->working() : (*import)->ended();
    if (read_no_more) filesystem::remove(entry.path(), error);
  }
}

void Imports::delete_old_files() {
  delete_left_files();
  const std::chrono::milliseconds kept = kept_files;
  const Instant before = parts_.clock.now() - kept.count();
  auto& database = parts_.records.database();
  const auto old = database.read(
      [&](Connection& connection) { return imports_with_old_files(connection, before); });
  if (!old) return;
  for (const Import& import : *old) {
    std::error_code error;
    const std::string prefix = std::string(file_prefix) + format_id(import.id) + ".";
    for (const auto& entry : filesystem::directory_iterator(parts_.folder, error)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(prefix)) filesystem::remove(entry.path(), error);
    }
    const Status noted = end(import.id, [](Import& gone) { gone.path.clear(); });
    if (!noted) log_warning("import_files_not_noted", {{"import", format_id(import.id)}});
  }
}

}  // namespace linchpin::imports
