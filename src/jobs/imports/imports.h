#pragma once

// Imports of files, whoever asks: upload, plan with its dry run, run, cancel, revert, and the rows
// that were refused. The API and the command line are two faces of this.
//
//   uploaded → planning → planned → running → done | failed | cancelled, then reverted
//
// Long parts are jobs. A change of state and the job that it belongs to are written together.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "access/scope.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/locale.h"
#include "jobs/disk.h"
#include "jobs/imports/import.h"
#include "jobs/jobs.h"
#include "jobs/sealed_file.h"
#include "records/records.h"

namespace linchpin::imports {

class Imports {
 public:
  static constexpr std::chrono::hours kept_files{24 * 7};
  static constexpr int max_page = 200;

  struct Parts {
    records::Records& records;
    jobs::Jobs& jobs;
    const Clock& clock;
    IdGenerator& ids;
    const Texts& texts;
    std::string folder;  // where files are kept
  };
  // Makes its kinds of jobs known to `jobs`, which it stops when it goes.
  explicit Imports(Parts parts);
  ~Imports();

  static Status ensure_tables(storage::Connection& connection);

  // Finds the table in a file and keeps it, sealed (`move`: it is gone from `path`). Errors:
  // forbidden; what is wrong with the file as validation_failed or payload_too_large.
  using Take = jobs::Take;
  Result<Import> create(const access::AccessScope& scope, const std::string& path,
                        std::string file_name, Take take);

  // Checks the plan and begins its dry run. Errors: those of compile_plan, invalid_state.
  Result<Import> plan(const access::AccessScope& scope, RecordId id, const json::object& plan);
  // `repeat` as in the plan. Errors: invalid_state; duplicate / `imported_before` {file, import}
  // for content that was imported.
  Result<Import> run(const access::AccessScope& scope, RecordId id, bool repeat = false);
  // Errors: invalid_state when it has ended.
  Result<Import> cancel(const access::AccessScope& scope, RecordId id);
  // Errors: invalid_state unless something was written, or while it is being reverted.
  Result<Import> revert(const access::AccessScope& scope, RecordId id);

  // The same work on this thread: the command line.
  Result<Import> plan_now(const access::AccessScope& scope, RecordId id, const json::object& plan,
                          const jobs::ProgressVisitor& progress);
  Result<Import> run_now(const access::AccessScope& scope, RecordId id,
                         const jobs::ProgressVisitor& progress);

  // Imports are seen by whoever uploaded them and by administrators; others get not_found.
  Result<Import> get(const access::AccessScope& scope, RecordId id);
  // Newest first, below `before` (0 = from the newest).
  Result<std::vector<Import>> list(const access::AccessScope& scope, RecordId before, int limit);
  // The path of a CSV of refused rows, of the run or of the dry run before it, that whoever reads
  // it removes. Errors: invalid_state before the dry run, not_found / `file_deleted`.
  Result<std::string> errors_csv(const access::AccessScope& scope, RecordId id, Language language);

  // Uploads whose imports have ended go, and every file that is older than kept_files; the imports
  // stay.
  void delete_old_files();

 private:
  using Edit = std::function<Status(storage::Connection&, Import&)>;

  Result<Import> change(const access::AccessScope& scope, RecordId id, const Edit& edit);
  Edit planning(const access::AccessScope& scope, const json::object& plan,
                jobs::Jobs::Place place);
  Edit running(const access::AccessScope& scope, bool repeat, jobs::Jobs::Place place);
  Result<Import> finish_now(const access::AccessScope& scope, const Import& begun,
                            const jobs::ProgressVisitor& progress);
  Status enqueue(storage::Connection& connection, Import& import, std::string_view kind,
                 const access::AccessScope& scope, jobs::Jobs::Place place);
  void add_progress(Import& import);
  std::string stored_path(RecordId id, std::string_view ending) const;
  // Uploads wait sealed; a job reads a plain copy, which goes with it.
  Result<jobs::OpenedFile> open_upload(const Import& import) const;
  void delete_upload(RecordId id) const;
  void delete_left_files();

  // The work of the jobs.
  using Work = Result<json::object> (Imports::*)(jobs::JobContext&, Import&);
  Result<json::object> perform(jobs::JobContext& context, State expected, Work work);
  Result<json::object> do_plan(jobs::JobContext& context, Import& import);
  Result<json::object> do_run(jobs::JobContext& context, Import& import);
  Result<json::object> do_revert(jobs::JobContext& context, Import& import);
  Status end(RecordId id, const std::function<void(Import&)>& edit);

  Parts parts_;
};

}  // namespace linchpin::imports
