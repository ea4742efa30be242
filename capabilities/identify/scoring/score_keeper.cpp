#include "identify/scoring/score_keeper.h"

#include <array>

#include "base/log.h"
#include "identify/scoring/concerned_accounts.h"

namespace linchpin::identify {

using storage::Connection;

namespace {

Status passed_over(const Status& done, std::string_view what) {
  if (done || is_passing(done.error())) return done;
  log_warning(
      "not_scored",
      {{"what", what}, {"code", code_name(done.error().code)}, {"why", done.error().log_detail}});
  return {};
}

}  // namespace

void ScoreKeeper::start() {
  const Status begun = begin();
  if (!begun) log_warning("score_keeper_failed", {{"why", begun.error().log_detail}});
  thread_ = std::thread([this] { run(); });
}

void ScoreKeeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Status ScoreKeeper::begin() {
  LP_TRY(seen_seq_, records_.database().read(
                        [](Connection& connection) { return records::last_change(connection); }));
  return {};
}

Result<bool> ScoreKeeper::step() {
  if (seen_seq_ < 0) LP_CHECK(begin());
  LP_TRY(const auto changes, records_.database().read([&](Connection& connection) {
    return records::read_changes(connection, seen_seq_, changes_at_once);
  }));
  if (changes.empty()) return false;
  const auto schema = records_.schema();
  std::set<RecordId> accounts;
  bool too_many = false;
  LP_CHECK(records_.database().read([&](Connection& connection) -> Status {
    for (const records::RecordChange& change : changes) {
      if (change.request == rescore_origin || !concerns_scores(change.object)) continue;
      too_many = too_many || change.records.size() > max_single_changes;
      if (!too_many) LP_CHECK(add_concerned_accounts(connection, *schema, change, accounts));
      too_many = too_many || accounts.size() > max_single_changes;
    }
    return {};
  }));
  if (too_many) {
    const Instant now = clock_.now();
    if (!many_changed_) many_changed_ = ManyChanged{now, now};
    many_changed_->last = now;
  } else {
    LP_CHECK(passed_over(rescore(accounts), "models"));
  }
  seen_seq_ = changes.back().seq;
  return true;
}

Status ScoreKeeper::settle() {
  if (!many_changed_) return {};
  const std::chrono::milliseconds now(clock_.now());
  const bool rests = now - std::chrono::milliseconds(many_changed_->last) >= rest;
  const bool waited = now - std::chrono::milliseconds(many_changed_->first) >= longest_wait;
  if (!rests && !waited) return {};
  LP_TRY(const bool begun, begin_rescoring(jobs_, records_));
  if (begun) many_changed_.reset();
  return {};
}

// What changes nothing never asks for the writer. What does is written as it was read when nothing
// was committed since; otherwise it is read again within its write: nothing that others do comes in
// between, and a second process that follows the same log finds nothing left to change.
Status ScoreKeeper::rescore_one(const std::vector<StoredModel>& models, RecordId id) {
  const access::AccessScope scope = access::Authority::product();
  const OneAccount account{id, *totals_};
  using Answer = Result<std::optional<ModelOutcomes>>;
  const auto look = [&](Connection& connection) -> Answer {
    return outcome_of_account(records_, connection, scope, models, account);
  };
  std::int64_t seen_at = 0;
  LP_TRY(const auto seen, records_.database().snapshot([&](Connection& connection) -> Answer {
    LP_TRY(seen_at, records::last_change(connection));
    return look(connection);
  }));
  if (!seen || !seen->outcomes.front().changed()) return {};
  return records_.database().write(
      [&](Connection& connection) -> Status {
        constexpr std::array<std::size_t, 1> first{0};
        LP_TRY(const std::int64_t now_at, records::last_change(connection));
        if (now_at == seen_at) {
          return write_outcomes(records_, connection, scope, *seen, first, clock_.now());
        }
        LP_TRY(const auto scored, look(connection));
        if (!scored || !scored->outcomes.front().changed()) return {};
        return write_outcomes(records_, connection, scope, *scored, first, clock_.now());
      },
      storage::WriteKind::job);
}

Status ScoreKeeper::rescore(const std::set<RecordId>& accounts) {
  if (accounts.empty()) return {};
  const access::AccessScope scope = access::Authority::product();
  LP_TRY(const std::vector<StoredModel> models,
         records_.database().read([&](Connection& connection) {
           return published_models(records_, connection, scope);
         }));
  if (models.empty()) return {};
  for (const RecordId id : accounts) {
    LP_CHECK(passed_over(rescore_one(models, id), format_id(id)));
  }
  return {};
}

// Asking about other processes costs a look at the database, about this one nothing.
bool ScoreKeeper::has_news(int round) {
  storage::Database& database = records_.database();
  const std::int64_t commits = database.counters().commits;
  bool news = commits != seen_commits_;
  seen_commits_ = commits;
  if (round % polls_between_others == 0) {
    const std::int64_t version = database.data_version().value_or(seen_version_);
    news = news || version != seen_version_;
    seen_version_ = version;
  }
  return news;
}

void ScoreKeeper::run() {
  bool busy = false;
  std::chrono::milliseconds pause = poll;
  for (int round = 0;; round = (round + 1) % polls_between_others) {
    {
      std::unique_lock lock(mutex_);
      if (!busy) wake_.wait_for(lock, pause, [&] { return stopping_; });
      if (stopping_) return;
    }
    Status settled;
    if (round == 0) settled = settle();
    Result<bool> did = false;
    if (settled && (busy || has_news(round))) did = step();
    busy = did && *did;
    pause = settled && did ? poll : pause_after_failure;
    if (settled && did) continue;
    // The disk may be full or the database away.
    const Error& error = settled ? did.error() : settled.error();
    log_warning("score_keeper_failed", {{"why", error.log_detail}});
    seen_commits_ = -1;
  }
}

}  // namespace linchpin::identify
