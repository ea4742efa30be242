#include "jobs/exports/exports.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "jobs/disk.h"
#include "jobs/exports/export_run.h"
#include "jobs/requester.h"

namespace linchpin::exports {

using jobs::Job;
using jobs::JobContext;
using jobs::JobState;

namespace filesystem = std::filesystem;

namespace {

constexpr std::string_view kind = "export";
constexpr std::string_view file_prefix = "export-";
constexpr std::array<std::string_view, 2> format_names{"csv", "xlsx"};

json::object spec_of(const ExportRequest& request) {
  json::array select;
  for (const std::string& path : request.query.select) select.emplace_back(path);
  return {{"object", request.object},
          {"select", std::move(select)},
          {"purpose", request.query.purpose},
          {"where", request.query.where},
          {"search", request.query.search},
          {"sort", request.query.sort},
          {"format", format_name(request.format)},
          {"language", language_tag(request.language)}};
}

ExportRequest request_of(const json::object& spec) {
  ExportRequest request;
  request.object = text_at(spec, "object");
  for (const json::value& path : spec.at("select").as_array()) {
    request.query.select.emplace_back(std::string_view(path.as_string()));
  }
  request.query.purpose = text_at(spec, "purpose");
  request.query.where = spec.at("where");
  request.query.search = text_at(spec, "search");
  request.query.sort = spec.at("sort");
  request.format = format_named(text_at(spec, "format")).value_or(Format::csv);
  request.language = preferred_language(text_at(spec, "language"));
  return request;
}

// A label may hold what cannot stand in the name of a file.
std::string file_name_of(std::string label, Day day, Format format) {
  constexpr std::string_view forbidden = "/\\:*?\"<>|";
  for (char& c : label) {
    const bool control = static_cast<unsigned char>(c) < ' ';
    if (control || forbidden.find(c) != forbidden.npos) c = '_';
  }
  return label + "-" + format_date(day) + "." + std::string(format_name(format));
}

}  // namespace

std::string_view format_name(Format format) {
  return format_names[static_cast<std::size_t>(format)];
}

std::optional<Format> format_named(std::string_view name) {
  for (const Format format : {Format::csv, Format::xlsx}) {
    if (format_name(format) == name) return format;
  }
  return std::nullopt;
}

Exports::Exports(Parts parts) : parts_(std::move(parts)) {
  parts_.jobs.kind(std::string(kind), [this](JobContext& context) { return perform(context); });
  parts_.jobs.housekeeping([this] { delete_old_files(); });
}

Exports::~Exports() {
  parts_.jobs.stop();
}

std::string Exports::stored_path(RecordId id, Format format) const {
  return parts_.folder + "/" + std::string(file_prefix) + format_id(id) + "." +
         std::string(format_name(format));
}

// Personal values go out for a purpose alone, and by those who have the right to it.
Status Exports::check_personal(const access::AccessScope& scope,
                               const ExportRequest& request) const {
  const auto schema = parts_.records.schema();
  const records::Object* object = schema->object(request.object);
  const auto personal = [&](const std::string& name) {
    const records::Field* field = object ? object->field(name) : nullptr;
    return field && field->sensitivity == records::Sensitivity::personal;
  };
  const auto& select = request.query.select;
  if (std::none_of(select.begin(), select.end(), personal)) return {};
  if (!scope.may(access::Action::export_personal, request.object)) {
    return Error::of(ErrorCode::forbidden, "personal_export_not_allowed");
  }
  if (!request.query.purpose.empty()) return {};
  return Error::invalid(FieldProblem{"/purpose", {}, "purpose_missing", {}});
}

Result<Job> Exports::create(const access::AccessScope& scope, const ExportRequest& request) {
  // What is wrong with the query is told at once and not by the job.
  ExportRequest probe = request;
  probe.query.page = {};
  probe.query.page.limit = 1;
  probe.query.count = records::CountMode::none;
  probe.query.purpose.clear();
  JsonWriter ignored;
  LP_CHECK(parts_.records.query(scope, request.object, probe.query, ignored));
  if (!scope.may(access::Action::export_, request.object)) return Error::of(ErrorCode::forbidden);
  LP_CHECK(check_personal(scope, request));
  json::object spec = spec_of(request);
  stream::AuditNote note = note_of(request, spec);
  note.origin.actor = scope.actor();
  jobs::Requester::of(scope).write(spec);
  LP_TRY(const RecordId id,
         parts_.records.database().write([&](storage::Connection& connection) -> Result<RecordId> {
           LP_TRY(const RecordId job, parts_.jobs.enqueue(connection, kind, spec, scope.user(),
                                                          jobs::Jobs::Place::queue));
           note.record = job;
           LP_CHECK(stream::append_audit(connection, parts_.records.workspace_key(), note));
           return job;
         }));
  parts_.jobs.wake();
  return parts_.jobs.get(id);
}

stream::AuditNote Exports::note_of(const ExportRequest& request, const json::object& spec) const {
  stream::AuditNote note;
  note.kind = stream::AuditKind::export_;
  note.origin = request.origin;
  note.at = parts_.clock.now();
  note.address = request.address;
  note.object = request.object;
  note.details = json::serialize(spec);
  return note;
}

Result<json::object> Exports::perform(JobContext& context) {
  // A name of its own: a process that lost the job may still be writing.
  const std::string path =
      stored_path(context.job().id, Format::csv) + "." + format_id(parts_.ids.next()) + ".part";
  auto written = write(context, path);
  std::error_code ignored;
  if (!written) filesystem::remove(path, ignored);
  return written;
}

Result<json::object> Exports::write(JobContext& context, const std::string& path) {
  const ExportRequest request = request_of(context.job().spec);
  LP_TRY(const access::AccessScope scope,
         jobs::Requester::read(context.job().spec).scope(parts_.records));
  ExportRun run(parts_.records, parts_.texts, scope, request);
  LP_CHECK(run.open());
  std::error_code error;
  filesystem::create_directories(parts_.folder, error);
  if (error) return jobs::disk_error(error, parts_.folder);
  auto made = request.format == Format::csv ? make_csv_file(path, run.headings())
                                            : make_xlsx_file(path, parts_.folder, run.headings());
  LP_TRY(const std::unique_ptr<TableFile> file, std::move(made));
  for (bool more = true; more;) {
    if (context.cancelled() || context.stopping()) return jobs::interrupted();
    LP_TRY(more, run.slice(*file));
    context.show(run.rows(), std::max(run.rows(), run.total()));
  }
  LP_CHECK(file->finish());
  const std::string place = stored_path(context.job().id, request.format);
  filesystem::rename(path, place, error);
  if (error) return jobs::disk_error(error, place);
  context.show(run.rows(), run.rows());
  const auto schema = parts_.records.schema();
  const records::Object* object = schema->object(request.object);
  const std::string label = object ? object->label.in(request.language) : request.object;
  return json::object{{"download", "/api/v1/exports/" + format_id(context.job().id) + "/file"},
                      {"file_name", file_name_of(label, parts_.records.today(), request.format)},
                      {"rows", run.rows()},
                      {"bytes", static_cast<std::int64_t>(filesystem::file_size(place, error))},
                      {"shortened", file->shortened()}};
}

Result<ExportedFile> Exports::file(const access::AccessScope& scope, RecordId id) {
  LP_TRY(const Job job, parts_.jobs.get(id));
  const bool visible = scope.administrator() || (job.created_by && job.created_by == scope.user());
  if (job.kind != kind || !visible) return Error::of(ErrorCode::not_found);
  if (job.state != JobState::done) return Error::of(ErrorCode::invalid_state, "export_not_done");
  ExportedFile file;
  file.format = format_named(text_at(job.spec, "format")).value_or(Format::csv);
  file.path = stored_path(id, file.format);
  file.file_name = text_at(job.result, "file_name");
  std::error_code error;
  if (!filesystem::exists(file.path, error)) {
    return Error::of(ErrorCode::not_found, "export_deleted");
  }
  return file;
}

// Also what a process that was killed left behind, once its job is over.
bool Exports::is_old(RecordId id) {
  const auto job = parts_.jobs.get(id);
  if (!job) return job.error().code == ErrorCode::not_found;
  const std::chrono::milliseconds kept = kept_files;
  return job->ended() && job->updated_at < parts_.clock.now() - kept.count();
}

void Exports::delete_old_files() {
  std::error_code ignored;
  std::vector<filesystem::path> old;
  for (auto entry = filesystem::directory_iterator(parts_.folder, ignored);
       entry != filesystem::directory_iterator(); entry.increment(ignored)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(file_prefix)) continue;
    const auto id = parse_id(std::string_view(name).substr(file_prefix.size(), id_text_size));
    if (id && is_old(*id)) old.push_back(entry->path());
  }
  for (const filesystem::path& path : old) filesystem::remove(path, ignored);
}

}  // namespace linchpin::exports
