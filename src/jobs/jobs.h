#pragma once

// Long work: imports, exports, rescoring. A job is a row in the database; one runner works through
// them in slices, and a job that a crash interrupted goes on from its last checkpoint, because the
// checkpoint is written in the transaction of the slice. Knows nothing of what the jobs do.
//
// A process holds a job by a lease that it renews every second. A job whose lease has run out is
// taken up by the next process that looks; the old holder's slices then fail, so no slice is done
// twice whatever the clocks say.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/result.h"
#include "storage/storage.h"

namespace linchpin::jobs {

enum class JobState { waiting, running, done, failed, cancelled };
std::string_view state_name(JobState state);

struct Job {
  RecordId id;
  std::string kind;
  JobState state = JobState::waiting;
  std::int64_t done = 0;
  std::int64_t total = 0;
  json::object spec;
  json::object checkpoint;  // where a slice ended
  json::object result;
  std::string problem;  // text key, empty = none
  ErrorParams problem_params;
  RecordId created_by;
  Instant created_at = 0;
  Instant updated_at = 0;

  bool ended() const { return state != JobState::waiting && state != JobState::running; }
};

// What the work of a kind sees of its job.
class JobContext {
 public:
  virtual ~JobContext() = default;
  virtual const Job& job() const = 0;
  // Asked between slices: the person cancelled, or the process is stopping.
  virtual bool cancelled() const = 0;
  virtual bool stopping() const = 0;
  // Within the slice's own write: progress and where to go on after a crash. Error: invalid_state
  // / `job_lost` when another process has taken the job up.
  virtual Status save(storage::Connection& connection, std::int64_t done, std::int64_t total,
                      const json::object& checkpoint) = 0;
  // Progress that nothing depends on; kept in memory, written now and then, and told to whoever
  // watches. Outside of writes only.
  virtual void show(std::int64_t done, std::int64_t total) = 0;
};

// What a runner gives back when cancelled() or stopping() made it end before its work was done.
Error interrupted();
bool is_interrupted(const Error& error);

// Returns the job's result. `interrupted()` makes the job `cancelled`, or leaves it to the next
// process when this one is stopping; any other Error makes it `failed` with its text.
using Runner = std::function<Result<json::object>(JobContext&)>;

using ProgressVisitor = std::function<void(const Job&)>;

class Jobs {
 public:
  static constexpr std::size_t max_waiting = 1'000;
  static constexpr std::chrono::milliseconds lease{5'000};
  static constexpr std::chrono::milliseconds heartbeat{1'000};
  static constexpr std::chrono::milliseconds poll{2'000};
  static constexpr std::chrono::hours housekeeping_pause{1};
  static constexpr std::chrono::hours kept_ended{24 * 90};

  Jobs(storage::Database& database, const Clock& clock, IdGenerator& ids);
  ~Jobs();

  static Status ensure_tables(storage::Connection& connection);

  // Jobs of a kind that this process does not know are left to others.
  void kind(std::string name, Runner runner);
  // Runs on the runner's thread when it starts and every hour.
  void housekeeping(std::function<void()> work);
  void start();  // takes up what an earlier process left
  void stop();   // ends after the running slice
  bool stopping() const;

  // Error: overloaded when max_waiting jobs wait.
  Result<RecordId> submit(std::string_view kind, const json::object& spec, RecordId created_by);
  // Runs the job on this thread (the command line), beside a server that has its own runner.
  Result<Job> run_now(std::string_view kind, const json::object& spec, RecordId created_by,
                      const ProgressVisitor& progress);

  // The same two in parts, for whoever writes the job together with other rows. `here`: it is held
  // by this process from the beginning, for run_held; otherwise wake() follows the write.
  enum class Place { queue, here };
  Result<RecordId> enqueue(storage::Connection& connection, std::string_view kind,
                           const json::object& spec, RecordId created_by, Place place);
  void wake();
  Result<Job> run_held(RecordId id, const ProgressVisitor& progress);

  Result<Job> get(RecordId id);
  // Within the caller's own read or write.
  static Result<Job> read(storage::Connection& connection, RecordId id);
  // Whether a job of another kind runs, in whatever process.
  static Result<bool> others_run(storage::Connection& connection, std::string_view kind);
  // Whether a job of this kind waits or runs whose spec holds the text.
  static Result<bool> is_open(storage::Connection& connection, std::string_view kind,
                              std::string_view text);
  // A waiting job ends at once, a running one after its slice. Error: invalid_state when it has
  // ended; not_found.
  Status cancel(RecordId id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linchpin::jobs
