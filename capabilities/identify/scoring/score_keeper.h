#pragma once

// Keeps scores behind the change log: what an order, an invoice, a payment, a complaint or an
// account's own fields change is scored anew a moment after the commit, that account alone. Changes
// of many records at once, as imports make them, are left to one rescoring of all accounts once
// they have come to rest, or after a while if they do not. What was changed while no process ran is
// seen by the rescoring that follows a start.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "identify/scoring/rescore.h"
#include "records/changes.h"

namespace linchpin::identify {

class ScoreKeeper {
 public:
  static constexpr std::chrono::milliseconds poll{20};
  static constexpr std::chrono::seconds pause_after_failure{2};
  static constexpr std::chrono::seconds rest{3};           // without changes of many records
  static constexpr std::chrono::minutes longest_wait{10};  // for that rest
  static constexpr int polls_between_others = 12;  // looks at what other processes have committed
  static constexpr int changes_at_once = 256;
  static constexpr std::size_t max_single_changes =
      64;  // records of one change, accounts of a step

  ScoreKeeper(records::Records& records, jobs::Jobs& jobs, const Clock& clock)
      : records_(records), jobs_(jobs), clock_(clock), totals_(SalesTotals::shared(records)) {}
  ~ScoreKeeper() { stop(); }

  // What is committed from now on.
  void start();
  void stop();

  // Begins behind the last entry of the log.
  Status begin();
  // What the log says next; false when it said nothing.
  Result<bool> step();
  // Begins the rescoring of all accounts that is due, unless an earlier one is still under way.
  Status settle();

 private:
  // Changes of many records that no rescoring has seen.
  struct ManyChanged {
    Instant first = 0;
    Instant last = 0;
  };

  void run();
  bool has_news(int round);
  Status rescore(const std::set<RecordId>& accounts);
  Status rescore_one(const std::vector<StoredModel>& models, RecordId id);

  records::Records& records_;
  jobs::Jobs& jobs_;
  const Clock& clock_;
  const std::shared_ptr<SalesTotals> totals_;
  std::int64_t seen_seq_ = -1;  // -1: not begun yet
  std::int64_t seen_commits_ = -1;
  std::int64_t seen_version_ = -1;
  std::optional<ManyChanged> many_changed_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace linchpin::identify
