#include "jobs/jobs.h"

#include <map>

#include "base/log.h"
#include "jobs/held_job.h"

namespace linchpin::jobs {

using storage::Connection;
using storage::WriteKind;

namespace {

const ProgressVisitor nobody;

}  // namespace

struct Jobs::State {
  State(storage::Database& over, const Clock& time, IdGenerator& generator)
      : database(over), clock(time), ids(generator), holder(generator.next()) {}

  storage::Database& database;
  const Clock& clock;
  IdGenerator& ids;
  const RecordId holder;  // this process, as lp_job names it
  std::atomic<bool> stopping = false;

  mutable std::mutex mutex;
  std::condition_variable wake;
  bool has_work = false;
  std::map<std::string, Runner, std::less<>> runners;
  std::vector<std::function<void()>> chores;
  std::map<std::int64_t, HeldJob*> held;  // what this process works on
  std::thread thread;

  void run();
  void do_chores();
  Result<std::optional<Job>> claim();
  Result<Job> perform(Job job, const ProgressVisitor& progress);
  const Runner* runner_of(std::string_view kind) const;
};

const Runner* Jobs::State::runner_of(std::string_view kind) const {
  const std::lock_guard lock(mutex);
  const auto found = runners.find(kind);
  return found == runners.end() ? nullptr : &found->second;
}

Result<std::optional<Job>> Jobs::State::claim() {
  const Instant now = clock.now();
  LP_TRY(const std::vector<FreeJob> free,
         database.read([&](Connection& connection) { return free_jobs(connection, now); }));
  for (const FreeJob& job : free) {
    if (runner_of(job.kind) == nullptr) continue;
    auto taken = database.write(
        [&](Connection& connection) -> Result<std::optional<Job>> {
          const Hold hold{holder, now, now + lease.count()};
          LP_TRY(const bool mine, take_job(connection, job.id, hold));
          if (!mine) return std::optional<Job>();
          return read_job(connection, job.id);
        },
        WriteKind::job);
    if (!taken || *taken) return taken;
  }
  return std::optional<Job>();
}

Result<Job> Jobs::State::perform(Job job, const ProgressVisitor& progress) {
  const Runner* runner = runner_of(job.kind);
  if (runner == nullptr) return Error::internal("no runner for jobs of kind " + job.kind);
  const std::int64_t id = job.id.value;
  HeldJob here(database, clock, holder, std::move(job), stopping, progress);
  {
    const std::lock_guard lock(mutex);
    held[id] = &here;
  }
  Result<Job> ended = here.perform(*runner);
  const std::lock_guard lock(mutex);
  held.erase(id);
  return ended;
}

void Jobs::State::do_chores() {
  const Instant now = clock.now();
  const std::chrono::milliseconds kept = kept_ended;
  const Status forgotten = database.write(
      [&](Connection& connection) { return forget_ended_jobs(connection, now - kept.count()); },
      WriteKind::job);
  if (!forgotten) log_warning("jobs_not_forgotten", {{"detail", forgotten.error().detail}});
  std::vector<std::function<void()>> all;
  {
    const std::lock_guard lock(mutex);
    all = chores;
  }
  for (const auto& chore : all) chore();
}

void Jobs::State::run() {
  do_chores();
  auto next_chores = std::chrono::steady_clock::now() + housekeeping_pause;
  while (!stopping) {
    auto job = claim();
    if (job && *job) {
      const Result<Job> ended = perform(std::move(**job), nobody);
      if (!ended) {
        log_warning("job_not_ended",
                    {{"code", code_name(ended.error().code)}, {"detail", ended.error().detail}});
      }
      continue;
    }
    if (std::chrono::steady_clock::now() >= next_chores) {
      do_chores();
      next_chores = std::chrono::steady_clock::now() + housekeeping_pause;
    }
    std::unique_lock lock(mutex);
    wake.wait_for(lock, poll, [this] { return stopping || has_work; });
    has_work = false;
  }
}

Jobs::Jobs(storage::Database& database, const Clock& clock, IdGenerator& ids)
    : state_(std::make_unique<State>(database, clock, ids)) {}

Jobs::~Jobs() {
  stop();
}

Status Jobs::ensure_tables(Connection& connection) {
  return ensure_job_table(connection);
}

void Jobs::kind(std::string name, Runner runner) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->runners.emplace(std::move(name), std::move(runner));
  }
  wake();
}

void Jobs::housekeeping(std::function<void()> work) {
  const std::lock_guard lock(state_->mutex);
  state_->chores.push_back(std::move(work));
}

void Jobs::start() {
  state_->thread = std::thread([this] { state_->run(); });
}

void Jobs::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

bool Jobs::stopping() const {
  return state_->stopping;
}

Result<RecordId> Jobs::enqueue(Connection& connection, std::string_view kind,
                               const json::object& spec, RecordId created_by, Place place) {
  Job job;
  job.id = state_->ids.next();
  job.kind = kind;
  job.state = place == Place::here ? JobState::running : JobState::waiting;
  job.spec = spec;
  job.created_by = created_by;
  Hold hold;
  hold.now = state_->clock.now();
  if (place == Place::here) {
    hold.holder = state_->holder;
    hold.until = hold.now + lease.count();
  }
  LP_CHECK(insert_job(connection, job, hold));
  return job.id;
}

void Jobs::wake() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->has_work = true;
  }
  state_->wake.notify_one();
}

Result<RecordId> Jobs::submit(std::string_view kind, const json::object& spec,
                              RecordId created_by) {
  auto id = state_->database.write([&](Connection& connection) {
    return enqueue(connection, kind, spec, created_by, Place::queue);
  });
  if (id) wake();
  return id;
}

Result<Job> Jobs::run_held(RecordId id, const ProgressVisitor& progress) {
  LP_TRY(Job job, get(id));
  return state_->perform(std::move(job), progress);
}

Result<Job> Jobs::run_now(std::string_view kind, const json::object& spec, RecordId created_by,
                          const ProgressVisitor& progress) {
  LP_TRY(const RecordId id, state_->database.write([&](Connection& connection) {
    return enqueue(connection, kind, spec, created_by, Place::here);
  }));
  return run_held(id, progress);
}

Result<Job> Jobs::read(Connection& connection, RecordId id) {
  LP_TRY(auto job, read_job(connection, id));
  if (!job) return Error::of(ErrorCode::not_found);
  return std::move(*job);
}

Result<Job> Jobs::get(RecordId id) {
  LP_TRY(Job job,
         state_->database.read([&](Connection& connection) { return read(connection, id); }));
  const std::lock_guard lock(state_->mutex);
  const auto here = state_->held.find(id.value);
  if (here != state_->held.end() && job.state == JobState::running) {
    std::tie(job.done, job.total) = here->second->progress();
  }
  return job;
}

Result<bool> Jobs::others_run(Connection& connection, std::string_view kind) {
  storage::Sql sql("SELECT count(*) FROM lp_job WHERE state = 1 AND kind <> ");
  LP_TRY(const std::int64_t found, query_integer(connection, sql.value(kind), 0));
  return found > 0;
}

Result<bool> Jobs::is_open(Connection& connection, std::string_view kind, std::string_view text) {
  storage::Sql sql("SELECT count(*) FROM lp_job WHERE state IN (0, 1) AND kind = ");
  sql.value(kind).add(" AND spec LIKE ").value("%" + std::string(text) + "%");
  LP_TRY(const std::int64_t found, query_integer(connection, sql, 0));
  return found > 0;
}

Status Jobs::cancel(RecordId id) {
  LP_CHECK(state_->database.write(
      [&](Connection& connection) { return cancel_job(connection, id, state_->clock.now()); }));
  const std::lock_guard lock(state_->mutex);
  const auto here = state_->held.find(id.value);
  if (here != state_->held.end()) here->second->ask_to_cancel();
  return {};
}

}  // namespace linchpin::jobs
