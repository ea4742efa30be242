#include "jobs/metadata/field_changes.h"

#include <condition_variable>
#include <mutex>

#include "base/log.h"
#include "records/field_change.h"
#include "records/metadata.h"
#include "records/purge.h"

namespace linchpin::jobs {

using records::FieldChange;
using records::FieldChangePlace;
using storage::Connection;
using storage::WriteKind;

namespace {

class FieldChangeRun {
 public:
  FieldChangeRun(records::Records& records, const Clock& clock, JobContext& context,
                 FieldChange change)
      : records_(records), clock_(clock), context_(context), change_(std::move(change)) {
    const json::object& checkpoint = context.job().checkpoint;
    place_.after = RecordId{integer_at(checkpoint, "after")};
    place_.seq = integer_at(checkpoint, "seq");
    place_.done = integer_at(checkpoint, "done");
    begun_ = checkpoint.contains("seq");
  }

  Result<json::object> run() {
    if (change_.fills()) LP_CHECK(fill());
    LP_CHECK(wait_for_quiet());
    LP_CHECK(records_.database().write(
        [&](Connection& connection) { return change_.make_indexes(connection); }, WriteKind::job));
    while (true) {
      if (change_.fills()) LP_CHECK(follow());
      LP_TRY(const bool over, finish());
      if (over) break;
      LP_CHECK(pause());
    }
    return report();
  }

  // A job that was cancelled or failed leaves nothing behind.
  void give_up() {
    const Status done = records::Metadata(records_).change_now(
        [&](Connection&, records::Customization& all) { return change_.give_up(all); });
    if (!done) log_warning("field_change_left", {{"detail", done.error().detail}});
  }

 private:
  Status fill() {
    if (!begun_) {
      LP_TRY(place_.seq, records_.database().read(
                             [](Connection& connection) { return stream::last_seq(connection); }));
      LP_TRY(total_, change_.total());
    }
    while (true) {
      if (context_.cancelled() || context_.stopping()) return interrupted();
      LP_TRY(const std::vector<RecordId> ids, change_.next(place_));
      if (ids.empty()) return {};
      LP_CHECK(records_.database().write(
          [&](Connection& connection) -> Status {
            LP_CHECK(change_.fill(connection, ids, place_));
            return save(connection);
          },
          WriteKind::job));
    }
  }

  // What was written meanwhile, until little is left for the last write.
  Status follow() {
    int seen = FieldChange::last_changes;
    while (seen >= FieldChange::last_changes) {
      if (context_.cancelled() || context_.stopping()) return interrupted();
      LP_CHECK(records_.database().write(
          [&](Connection& connection) -> Status {
            LP_TRY(seen, change_.follow(connection, place_, FieldChange::last_changes));
            return save(connection);
          },
          WriteKind::job));
    }
    std::vector<records::Unconverted> first;
    LP_TRY(failed_, change_.unconverted(first));
    failures_ = json::array();
    for (const records::Unconverted& one : first) failures_.push_back(one.told());
    return {};
  }

  // False: so much was written meanwhile that it has to be followed first, or another job works
  // with the schema that it began with.
  Result<bool> finish() {
    if (context_.cancelled() || context_.stopping()) return interrupted();
    bool over = true;
    const Status done = records::Metadata(records_).change_now(
        [&](Connection& connection, records::Customization& all) -> Status {
          LP_TRY(const bool others, Jobs::others_run(connection, records::field_change_kind));
          over = !others || !change_.fills();
          if (!over) return interrupted();
          if (change_.fills()) {
            LP_TRY(const int seen, change_.follow(connection, place_, FieldChange::last_changes));
            over = seen < FieldChange::last_changes;
            if (!over) return interrupted();
          }
          LP_CHECK(change_.take_place(all, clock_.now()));
          return save(connection);
        });
    if (!over) return false;
    LP_CHECK(done);
    return true;
  }

  Status save(Connection& connection) {
    return context_.save(
        connection, place_.done, std::max(total_, place_.done),
        {{"after", place_.after.value}, {"seq", place_.seq}, {"done", place_.done}});
  }

  json::object report() const {
    return {{"converted", std::max<std::int64_t>(place_.done - failed_, 0)},
            {"failed", failed_},
            {"failures", failures_}};
  }

  // Making an index keeps everybody who writes waiting; it is done while nobody does.
  Status wait_for_quiet() {
    LP_TRY(const bool quick, change_.quickly_indexed());
    if (quick) return {};
    const auto patience = std::chrono::steady_clock::now() + quiet_patience;
    std::int64_t seen = -1;
    while (std::chrono::steady_clock::now() < patience) {
      const storage::WriterCounters now = records_.database().counters();
      if (now.writes == seen && now.waiting == 0) return {};
      seen = now.writes;
      LP_CHECK(pause());
    }
    return {};
  }

  // Nobody tells when others have done; one looks again after a while.
  Status pause() const {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, quiet_time, [] { return false; });
    if (context_.cancelled() || context_.stopping()) return interrupted();
    return {};
  }

  records::Records& records_;
  const Clock& clock_;
  JobContext& context_;
  const FieldChange change_;
  FieldChangePlace place_;
  bool begun_ = false;
  std::int64_t total_ = 0;
  std::int64_t failed_ = 0;
  json::array failures_;
};

Result<json::object> run(JobContext& context, records::Records& records, const Clock& clock) {
  LP_TRY(FieldChange change, FieldChange::open(records, context.job().spec));
  FieldChangeRun work(records, clock, context, std::move(change));
  Result<json::object> result = work.run();
  const bool comes_back = !result && is_interrupted(result.error()) && !context.cancelled();
  if (!result && !comes_back) work.give_up();
  return result;
}

}  // namespace

void install_purge(Jobs& jobs, records::Records& records, const Clock& clock) {
  jobs.housekeeping([&jobs, &records, &clock] {
    const auto purged = records::Purge(records, clock).run([&jobs] { return jobs.stopping(); });
    if (!purged) {
      log_warning("not_purged",
                  {{"code", code_name(purged.error().code)}, {"detail", purged.error().detail}});
    } else if (purged->records > 0 || purged->values > 0) {
      log_info("purged", {{"records", purged->records}, {"values", purged->values}});
    }
  });
}

void install_field_changes(Jobs& jobs, records::Records& records, const Clock& clock) {
  jobs.kind(records::field_change_kind,
            [&records, &clock](JobContext& context) { return run(context, records, clock); });
}

}  // namespace linchpin::jobs
