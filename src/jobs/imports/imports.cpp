#include "jobs/imports/imports.h"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <filesystem>
#include <fstream>

#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"
#include "jobs/disk.h"
#include "jobs/file_kind.h"
#include "jobs/file_name.h"
#include "jobs/imports/import_store.h"
#include "jobs/imports/plan.h"
#include "jobs/imports/row_source.h"
#include "jobs/tabular/column_guess.h"
#include "jobs/tabular/sheet_layout.h"

namespace linchpin::imports {

using access::AccessScope;
using jobs::Jobs;
using storage::Connection;

namespace filesystem = std::filesystem;

namespace {

constexpr std::size_t fingerprint_block = 256 * 1024;

Error invalid_state(std::string detail) {
  return Error::of(ErrorCode::invalid_state, std::move(detail));
}

Result<std::string> fingerprint_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error::of(ErrorCode::validation_failed, "file_unreadable");
  Sha256 digest;
  std::string block(fingerprint_block, '\0');
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    digest.add(std::string_view(block).substr(0, static_cast<std::size_t>(file.gcount())));
  }
  return to_hex(digest.finish());
}

// A picture or a program is no table, whatever it is called.
Status check_content(const std::string& path) {
  LP_TRY(const jobs::FileContent content, jobs::content_of(path));
  if (jobs::may_be_table(content)) return {};
  return Error::of(ErrorCode::validation_failed, "not_a_table");
}

// A file that says it is a workbook and is none was damaged on its way, or never one.
Status check_kind(const std::string& path, const std::string& file_name) {
  LP_TRY(const auto table, tabular::open_table(path));
  const bool is_workbook = table->format().kind == tabular::TableFormat::Kind::xlsx;
  if (is_workbook || !boost::algorithm::iends_with(file_name, ".xlsx")) return {};
  return Error::of(ErrorCode::validation_failed, "not_a_workbook");
}

Result<FileLayout> layout_of(const std::string& path) {
  auto found = tabular::find_layout(path);
  if (!found) return file_problem(std::move(found).error());
  const std::vector<std::string> guesses = tabular::guess_fields(found->columns);
  FileLayout layout;
  layout.first_data_row = found->first_data_row;
  layout.rows = found->data_rows;
  layout.total_rows = found->total_rows_left_out;
  for (std::size_t i = 0; i < found->columns.size(); ++i) {
    tabular::Column& column = found->columns[i];
    layout.columns.push_back({std::move(column.name), std::move(column.samples), column.multiplier,
                              i < guesses.size() ? guesses[i] : ""});
  }
  return layout;
}

bool sees(const AccessScope& scope, const Import& import) {
  return scope.administrator() || (import.importer.user && import.importer.user == scope.user());
}

// Where a job ended and could not say so in its import: cancelled while it waited, or a disk that
// took the one write and not the other.
void settle(Import& import, const jobs::Job& job) {
  if (!import.working()) return;
  if (job.state == jobs::JobState::cancelled) import.state = State::cancelled;
  if (job.state != jobs::JobState::failed) return;
  import.state = State::failed;
  import.problem = Error::of(ErrorCode::internal, job.problem, job.problem_params);
  import.has_problem = true;
}

// A heading under which personal values stand, as people and exports write it.
bool is_personal_heading(const records::Schema& schema, std::string_view name) {
  const std::string heading = fold(name);
  const auto names = [&](const records::Field& field) {
    return field.sensitivity == records::Sensitivity::personal &&
           (heading == field.api_name || heading == fold(field.label.zh_cn) ||
            heading == fold(field.label.en));
  };
  const auto& objects = schema.objects();
  return std::any_of(objects.begin(), objects.end(), [&](const auto& object) {
    return std::any_of(object->fields.begin(), object->fields.end(), names);
  });
}

// What is sealed in records is not kept in clear beside the file.
void leave_out_samples(FileLayout& layout, const Plan& plan) {
  const auto leave_out = [&](const records::Field* field, const CellPlan& cell) {
    const bool personal = field->sensitivity == records::Sensitivity::personal;
    if (personal && cell.column < layout.columns.size()) {
      layout.columns[cell.column].samples.clear();
    }
  };
  for (const CellPlan& cell : plan.values) leave_out(cell.field, cell);
  for (const LinkPlan& link : plan.links) {
    for (const FillPlan& fill : link.fills) {
      if (fill.cell) leave_out(fill.field, *fill.cell);
    }
  }
}

// Who may import nothing has no use for a file here.
bool may_import_something(const records::Schema& schema, const AccessScope& scope) {
  const auto& objects = schema.objects();
  return std::any_of(objects.begin(), objects.end(), [&](const auto& object) {
    return scope.may(access::Action::import, object->api_name);
  });
}

}  // namespace

Imports::~Imports() {
  parts_.jobs.stop();
}

Status Imports::ensure_tables(Connection& connection) {
  return ensure_import_table(connection);
}

Result<Import> Imports::create(const AccessScope& scope, const std::string& path,
                               std::string file_name, Take take) {
  if (!may_import_something(*parts_.records.schema(), scope)) {
    return Error::of(ErrorCode::forbidden);
  }
  Import import;
  std::error_code error;
  import.size = static_cast<std::int64_t>(filesystem::file_size(path, error));
  if (error) return Error::of(ErrorCode::validation_failed, "file_unreadable");
  import.id = parts_.ids.next();
  import.file_name = jobs::clean_file_name(file_name, "import");
  import.importer = jobs::Requester::of(scope);
  import.created_at = import.updated_at = parts_.clock.now();
  LP_CHECK(check_content(path));
  LP_TRY(import.layout, layout_of(path));
  LP_CHECK(check_kind(path, import.file_name));
  for (FileColumn& column : import.layout.columns) {
    if (is_personal_heading(*parts_.records.schema(), column.name)) column.samples.clear();
  }
  LP_TRY(import.fingerprint, fingerprint_of(path));
  import.path = stored_path(import.id, ".file");
  LP_CHECK(jobs::seal_file(path, import.path, parts_.records.workspace_key(),
                           format_id(import.id)));
  const Status kept = parts_.records.database().write(
      [&](Connection& connection) { return insert_import(connection, import); });
  if (!kept) {
    filesystem::remove(import.path, error);
    return kept.error();
  }
  if (take == Take::move) filesystem::remove(path, error);
  import.total = import.layout.rows;
  return import;
}

Result<Import> Imports::change(const AccessScope& scope, RecordId id, const Edit& edit) {
  auto changed = parts_.records.database().write([&](Connection& connection) -> Result<Import> {
    LP_TRY(auto found, read_import(connection, id));
    if (!found || !sees(scope, *found)) return Error::of(ErrorCode::not_found);
    if (const auto job = Jobs::read(connection, found->job); job) settle(*found, *job);
    LP_CHECK(edit(connection, *found));
    found->updated_at = parts_.clock.now();
    LP_CHECK(update_import(connection, *found));
    return std::move(*found);
  });
  if (!changed) return changed;
  parts_.jobs.wake();
  add_progress(*changed);
  return changed;
}

Status Imports::enqueue(Connection& connection, Import& import, std::string_view kind,
                        const AccessScope& scope, Jobs::Place place) {
  json::object spec{{"import", import.id.value}};
  jobs::Requester::of(scope).write(spec);
  LP_TRY(import.job, parts_.jobs.enqueue(connection, kind, spec, scope.user(), place));
  return {};
}

Imports::Edit Imports::planning(const AccessScope& scope, const json::object& plan,
                                Jobs::Place place) {
  return [this, &scope, &plan, place](Connection& connection, Import& import) -> Status {
    if (import.state != State::uploaded && import.state != State::planned) {
      return invalid_state("import_has_run");
    }
    if (import.path.empty()) return invalid_state("file_deleted");
    LP_TRY(const Plan compiled, compile_plan(plan, parts_.records.schema(), import.layout, scope));
    leave_out_samples(import.layout, compiled);
    import.state = State::planning;
    import.object = compiled.object->api_name;
    import.plan = plan;
    import.report = {};
    return enqueue(connection, import, "import.plan", scope, place);
  };
}

Imports::Edit Imports::running(const AccessScope& scope, bool repeat, Jobs::Place place) {
  return [this, &scope, repeat, place](Connection& connection, Import& import) -> Status {
    if (import.state != State::planned) return invalid_state("import_not_planned");
    if (import.path.empty()) return invalid_state("file_deleted");
    const json::value* planned = import.plan.if_contains("repeat");
    const bool repeats = planned != nullptr && planned->is_bool() && planned->get_bool();
    if (!repeat && !repeats) {
      LP_TRY(const RecordId twin, find_twin(connection, import));
      if (twin) {
        LP_TRY(const auto earlier, read_import(connection, twin));
        return Error::of(
            ErrorCode::duplicate, "imported_before",
            {{"file", earlier ? earlier->file_name : ""}, {"import", format_id(twin)}});
      }
    }
    import.state = State::running;
    import.began = true;
    return enqueue(connection, import, "import.run", scope, place);
  };
}

Result<Import> Imports::plan(const AccessScope& scope, RecordId id, const json::object& plan) {
  return change(scope, id, planning(scope, plan, Jobs::Place::queue));
}

Result<Import> Imports::run(const AccessScope& scope, RecordId id, bool repeat) {
  return change(scope, id, running(scope, repeat, Jobs::Place::queue));
}

Result<Import> Imports::finish_now(const AccessScope& scope, const Import& begun,
                                   const jobs::ProgressVisitor& progress) {
  LP_TRY(const jobs::Job job, parts_.jobs.run_held(begun.job, progress));
  LP_TRY(Import ended, get(scope, begun.id));
  if (ended.state == State::failed) return ended.problem;
  if (job.state != jobs::JobState::done) return invalid_state("import_stopped");
  return ended;
}

Result<Import> Imports::plan_now(const AccessScope& scope, RecordId id, const json::object& plan,
                                 const jobs::ProgressVisitor& progress) {
  LP_TRY(const Import begun, change(scope, id, planning(scope, plan, Jobs::Place::here)));
  return finish_now(scope, begun, progress);
}

Result<Import> Imports::run_now(const AccessScope& scope, RecordId id,
                                const jobs::ProgressVisitor& progress) {
  LP_TRY(const Import begun, change(scope, id, running(scope, false, Jobs::Place::here)));
  return finish_now(scope, begun, progress);
}

Result<Import> Imports::cancel(const AccessScope& scope, RecordId id) {
  auto cancelled = change(scope, id, [](Connection&, Import& import) -> Status {
    if (import.working()) return {};
    if (import.state != State::uploaded && import.state != State::planned) {
      return invalid_state("import_has_ended");
    }
    import.state = State::cancelled;
    return {};
  });
  if (cancelled && cancelled->ended()) delete_upload(id);
  if (!cancelled || !cancelled->working()) return cancelled;
  const Status asked = parts_.jobs.cancel(cancelled->job);
  // It may have ended at the last moment; then its state says so.
  if (!asked && asked.error().code != ErrorCode::invalid_state) return asked.error();
  return change(scope, id, [](Connection&, Import&) { return Status(); });
}

Result<Import> Imports::revert(const AccessScope& scope, RecordId id) {
  return change(scope, id, [&](Connection& connection, Import& import) -> Status {
    const bool ended = import.state == State::done || import.state == State::failed ||
                       import.state == State::cancelled;
    if (!ended || !import.began) return invalid_state("nothing_to_revert");
    const auto job = Jobs::read(connection, import.job);
    // The job of the run may still have to say that it has ended.
    const bool reverting = job && job->kind == revert_kind && !job->ended();
    if (reverting) return invalid_state("import_being_reverted");
    import.revert = {};
    return enqueue(connection, import, revert_kind, scope, Jobs::Place::queue);
  });
}

void Imports::add_progress(Import& import) {
  import.total = import.layout.rows;
  if (!import.job) return;
  const auto job = parts_.jobs.get(import.job);
  if (!job) {
    // Ended jobs are forgotten some day.
    import.done = import.state == State::done ? import.total : 0;
    return;
  }
  import.done = job->done;
  if (job->total > 0) import.total = job->total;
  settle(import, *job);
}

Result<Import> Imports::get(const AccessScope& scope, RecordId id) {
  LP_TRY(auto found, parts_.records.database().read(
                         [&](Connection& connection) { return read_import(connection, id); }));
  if (!found || !sees(scope, *found)) return Error::of(ErrorCode::not_found);
  add_progress(*found);
  return std::move(*found);
}

Result<std::vector<Import>> Imports::list(const AccessScope& scope, RecordId before, int limit) {
  ImportPage page;
  if (!scope.administrator()) page.created_by = scope.user();
  page.before = before;
  page.limit = limit;
  LP_TRY(auto found, parts_.records.database().read(
                         [&](Connection& connection) { return list_imports(connection, page); }));
  for (Import& import : found) add_progress(import);
  return found;
}

Status Imports::end(RecordId id, const std::function<void(Import&)>& edit) {
  bool has_ended = false;
  LP_CHECK(parts_.records.database().write(
      [&](Connection& connection) -> Status {
        LP_TRY(auto import, read_import(connection, id));
        if (!import) return Error::of(ErrorCode::not_found);
        edit(*import);
        import->updated_at = parts_.clock.now();
        has_ended = import->ended();
        return update_import(connection, *import);
      },
      storage::WriteKind::job));
  if (has_ended) delete_upload(id);
  return {};
}

}  // namespace linchpin::imports
