#include "handover/due_handovers.h"

#include "base/log.h"
#include "records/row_store.h"
#include "records/scan.h"

namespace linchpin::handover {

using storage::Connection;

namespace {

// What may be over a moment later.
bool passes(const Error& error) {
  return error.code == ErrorCode::overloaded || error.code == ErrorCode::internal;
}

stream::Origin origin_of(const access::AccessScope& scope, RecordId id) {
  return {scope.actor(), "handover/" + format_id(id), {}, 0, 0};
}

}  // namespace

void DueHandovers::start() {
  thread_ = std::thread([this] { run(); });
}

void DueHandovers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void DueHandovers::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, poll, [&] { return stopping_; });
      if (stopping_) return;
    }
    const Result<int> done = step();
    if (!done) log_warning("handovers_not_looked_at", {{"why", done.error().log_detail}});
  }
}

Result<int> DueHandovers::step() {
  const json::object where{
      {"op", "and"},
      {"args", json::array{json::object{{"op", "eq"}, {"field", "state"}, {"value", "prepared"}},
                           json::object{{"op", "lte"},
                                        {"field", "execute_at"},
                                        {"value", format_instant(clock_.now())}}}}};
  std::vector<RecordId> due;
  LP_CHECK(records_.database().read([&](Connection& connection) {
    return records::scan_fields(
        records_, connection, access::Authority::product(), "handover", where, {"id"},
        [&](RecordId id, std::span<const storage::Value>) { due.push_back(id); });
  }));
  for (const RecordId id : due) {
    const Status done = execute(id);
    if (!done) log_warning("handover_not_executed", {{"why", done.error().log_detail}});
  }
  return static_cast<int>(due.size());
}

Status DueHandovers::execute(RecordId id) {
  LP_TRY(const auto stored, records_.database().read([&](Connection& connection) {
    return find_handover(records_, connection, id);
  }));
  if (!stored) return {};
  LP_TRY(const access::AccessScope scope, records_.scope_of(stored->owner));
  const Deed deed{scope, origin_of(scope, id), clock_.now()};
  Status done = check_plan(records_, scope, stored->plan);
  if (done) {
    done = records_.database().write(
        [&](Connection& connection) -> Status {
          const auto schema = records_.schema();
          LP_CHECK(records::lock_row(connection, *schema->object("handover"), id));
          LP_TRY(const auto now, find_handover(records_, connection, id));
          if (!now || now->state != "prepared") return {};
          return execute_handover(records_, connection, *now, deed);
        },
        storage::WriteKind::job);
  }
  if (done || passes(done.error())) return done;
  return fail(id, deed, done.error());
}

Status DueHandovers::fail(RecordId id, const Deed& deed, const Error& error) {
  std::string problem = error.detail;
  if (problem.empty() && !error.problems.empty()) problem = error.problems.front().code;
  if (problem.empty()) problem = code_name(error.code);
  return records_.database().write([&](Connection& connection) {
    return change_handover(records_, connection, deed, id,
                           {{"state", "failed"}, {"problem", problem}});
  });
}

}  // namespace linchpin::handover
