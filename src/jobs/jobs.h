#pragma once

// Long work: imports, exports, rescoring. A job is a row in the database; one runner works through
// them in slices, and a job that a crash interrupted goes on from its last checkpoint, because the
// checkpoint is written in the transaction of the slice. Knows nothing of what the jobs do.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

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
  std::string problem;      // text key, empty = none
  ErrorParams problem_params;
  RecordId created_by;
  Instant created_at = 0;
  Instant updated_at = 0;
};

// What the work of a kind sees of its job.
class JobContext {
 public:
  virtual ~JobContext() = default;
  virtual const Job& job() const = 0;
  // Asked between slices: the person cancelled, or the process is stopping.
  virtual bool cancelled() const = 0;
  virtual bool stopping() const = 0;
  // Within the slice's own write: progress and where to go on after a crash.
  virtual Status save(storage::Connection& connection, std::int64_t done, std::int64_t total,
                      const json::object& checkpoint) = 0;
  // Progress that nothing depends on; kept in memory, written now and then.
  virtual void show(std::int64_t done, std::int64_t total) = 0;
};

// Returns the job's result. An Error makes the job `failed` with its text; when `stopping` ended the
// work early the job stays `running` and is taken up again by the next process.
using Runner = std::function<Result<json::object>(JobContext&)>;

class Jobs {
 public:
  static constexpr std::size_t max_waiting = 1'000;

  Jobs(storage::Database& database, const Clock& clock, IdGenerator& ids);
  ~Jobs();

  static Status ensure_tables(storage::Connection& connection);

  void kind(std::string name, Runner runner);  // before start
  void start();                                // takes up what an earlier process left
  void stop();                                 // ends after the running slice

  // Error: overloaded when max_waiting jobs wait.
  Result<RecordId> submit(std::string_view kind, const json::object& spec, RecordId created_by);
  // Runs the job on this thread (the command line), beside a server that has its own runner.
  Result<Job> run_now(std::string_view kind, const json::object& spec, RecordId created_by,
                      const std::function<void(const Job&)>& progress);
  Result<Job> get(RecordId id);
  // Error: invalid_state when it has ended.
  Status cancel(RecordId id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linchpin::jobs
