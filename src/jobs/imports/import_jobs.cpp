// The parts of an import that take long, as the runner of jobs does them.

#include "jobs/imports/dry_run.h"
#include "jobs/imports/import_store.h"
#include "jobs/imports/imports.h"
#include "jobs/imports/plan.h"
#include "jobs/imports/revert.h"
#include "jobs/imports/run.h"

namespace linchpin::imports {

using jobs::JobContext;

namespace {

RecordId import_of(const JobContext& context) {
  return RecordId{integer_at(context.job().spec, "import")};
}

// Whoever asked for the job: a revert may be somebody else's than the import.
Result<access::AccessScope> scope_of(records::Records& records, const JobContext& context) {
  return jobs::Requester::read(context.job().spec).scope(records);
}

void fail(Import& import, const Error& error) {
  import.problem = error;
  import.has_problem = true;
}

}  // namespace

Imports::Imports(Parts parts) : parts_(std::move(parts)) {
  parts_.jobs.kind("import.plan", [this](JobContext& context) {
    return perform(context, State::planning, &Imports::do_plan);
  });
  parts_.jobs.kind("import.run", [this](JobContext& context) {
    return perform(context, State::running, &Imports::do_run);
  });
  parts_.jobs.kind(std::string(revert_kind), [this](JobContext& context) -> Result<json::object> {
    LP_TRY(auto import, parts_.records.database().read([&](storage::Connection& connection) {
      return read_import(connection, import_of(context));
    }));
    if (!import || import->state == State::reverted) return json::object();
    auto done = do_revert(context, *import);
    if (done || jobs::is_interrupted(done.error())) return done;
    LP_CHECK(end(import->id, [&](Import& ended) { fail(ended, done.error()); }));
    return done;
  });
  parts_.jobs.housekeeping([this] { delete_old_files(); });
}

// Does the work of a state, and leaves it in the state that the work's end means.
Result<json::object> Imports::perform(JobContext& context, State expected, Work work) {
  LP_TRY(auto import, parts_.records.database().read([&](storage::Connection& connection) {
    return read_import(connection, import_of(context));
  }));
  // A job whose end was written and whose own row was not, before a crash.
  if (!import || import->state != expected || import->job != context.job().id) {
    return json::object();
  }
  auto done = (this->*work)(context, *import);
  if (done) return done;
  const Error& error = done.error();
  if (error.detail == "job_lost") return done;
  if (jobs::is_interrupted(error)) {
    if (context.cancelled()) {
      LP_CHECK(end(import->id, [](Import& ended) { ended.state = State::cancelled; }));
    }
    return done;
  }
  LP_CHECK(end(import->id, [&](Import& ended) {
    ended.state = State::failed;
    fail(ended, error);
  }));
  return done;
}

Result<json::object> Imports::do_plan(JobContext& context, Import& import) {
  LP_TRY(const access::AccessScope scope, scope_of(parts_.records, context));
  // Another process may have changed the metadata since this one looked.
  LP_CHECK(parts_.records.refresh_schema());
  LP_TRY(const Plan plan, compile_plan(import.plan, parts_.records.schema(), import.layout, scope));
  LP_TRY(const jobs::OpenedFile file, open_upload(import));
  import.path = file.path();
  DryRun dry_run(parts_.records, plan, import, scope, context);
  LP_TRY(json::object report, dry_run.run(stored_path(import.id, ".plan-errors")));
  LP_CHECK(end(import.id, [&](Import& planned) {
    planned.state = State::planned;
    planned.report = std::move(report);
  }));
  return json::object();
}

Result<json::object> Imports::do_run(JobContext& context, Import& import) {
  LP_TRY(const access::AccessScope scope, scope_of(parts_.records, context));
  LP_CHECK(parts_.records.refresh_schema());
  LP_TRY(const Plan plan, compile_plan(import.plan, parts_.records.schema(), import.layout, scope));
  LP_TRY(const jobs::OpenedFile file, open_upload(import));
  import.path = file.path();
  ImportRun run(parts_.records, plan, import, scope, context);
  LP_CHECK(run.open(stored_path(import.id, ".run-errors")));
  for (bool more = true; more;) {
    if (context.cancelled() || context.stopping()) return jobs::interrupted();
    LP_TRY(more, run.slice());
    context.show(run.done(), std::max(run.done(), import.layout.rows));
  }
  LP_CHECK(end(import.id, [](Import& done) { done.state = State::done; }));
  return counters_json(run.counters());
}

Result<json::object> Imports::do_revert(JobContext& context, Import& import) {
  LP_TRY(const access::AccessScope scope, scope_of(parts_.records, context));
  Revert revert(parts_.records, import, scope, context);
  LP_CHECK(revert.open());
  for (bool more = true; more;) {
    if (context.cancelled() || context.stopping()) return jobs::interrupted();
    LP_TRY(more, revert.slice());
    context.show(revert.done(), revert.total());
  }
  LP_CHECK(end(import.id, [](Import& done) { done.state = State::reverted; }));
  return revert.counters().object();
}

}  // namespace linchpin::imports
