#include "jobs/job_store.h"

#include <array>

#include "storage/ddl.h"

namespace linchpin::jobs {

using storage::Connection;
using storage::Sql;

namespace {

constexpr std::array<std::string_view, 5> state_names{"waiting", "running", "done", "failed",
                                                      "cancelled"};

std::int64_t number_of(JobState state) {
  return static_cast<std::int64_t>(state);
}

json::object object_of(std::string_view text) {
  auto object = parse_json_object(text);
  return object ? std::move(*object) : json::object();
}

std::string params_text(const ErrorParams& params) {
  json::object object;
  for (const auto& [name, value] : params) object[name] = value;
  return json::serialize(object);
}

ErrorParams params_of(std::string_view text) {
  ErrorParams params;
  for (const auto& member : object_of(text)) {
    if (!member.value().is_string()) continue;
    const json::string& value = member.value().get_string();
    params.emplace_back(std::string(member.key()), std::string(value.data(), value.size()));
  }
  return params;
}

Job take_job_row(const storage::Statement& row) {
  Job job;
  job.id = RecordId{row.integer(0)};
  job.kind = row.text(1);
  job.state = static_cast<JobState>(row.integer(2));
  job.done = row.integer(3);
  job.total = row.integer(4);
  job.spec = object_of(row.text(5));
  job.checkpoint = object_of(row.text(6));
  job.result = object_of(row.text(7));
  job.problem = row.text(8);
  job.problem_params = params_of(row.text(9));
  job.created_by = RecordId{row.integer(10)};
  job.created_at = row.integer(11);
  job.updated_at = row.integer(12);
  return job;
}

Status check_room(Connection& connection) {
  LP_TRY(const std::int64_t waiting,
         query_integer(connection, Sql("SELECT count(*) FROM lp_job WHERE state = 0"), 0));
  if (static_cast<std::size_t>(waiting) < Jobs::max_waiting) return {};
  Error error = Error::of(ErrorCode::overloaded, "too_many_jobs",
                          {{"max", std::to_string(Jobs::max_waiting)}});
  error.retry_after_seconds = 60;
  return error;
}

// " WHERE id = … AND holder = …", and what the row says of the holder afterwards.
Result<Held> write_held(Connection& connection, Sql sql, RecordId id, RecordId holder) {
  sql.add(" WHERE id = ").value(id).add(" AND state = 1 AND holder = ").value(holder);
  sql.add(" RETURNING cancel_requested");
  LP_TRY(const auto row, connection.prepare(sql));
  LP_TRY(const bool still, row->step());
  if (!still) return Held{};
  const Held held{true, row->integer(0) != 0};
  LP_CHECK(row->step());  // to its end, so that the update is done
  return held;
}

}  // namespace

std::string_view state_name(JobState state) {
  return state_names[static_cast<std::size_t>(state)];
}

Status ensure_job_table(Connection& connection) {
  const auto dialect = connection.dialect();
  Sql table("CREATE TABLE IF NOT EXISTS lp_job (id");
  table.add(storage::key_column(dialect)).add(", kind");
  table.add(storage::text_column(dialect));
  table.add(
      " NOT NULL, state INTEGER NOT NULL, done BIGINT NOT NULL, total BIGINT NOT NULL, "
      "spec TEXT NOT NULL, checkpoint TEXT NOT NULL, result TEXT NOT NULL, "
      "problem TEXT NOT NULL, problem_params TEXT NOT NULL, created_by BIGINT NOT NULL, "
      "created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, holder BIGINT NOT NULL, "
      "held_until BIGINT NOT NULL, cancel_requested INTEGER NOT NULL)");
  LP_CHECK(connection.execute(table));
  LP_CHECK(
      connection.execute(Sql("CREATE INDEX IF NOT EXISTS lp_job_open ON lp_job(state, id) "
                             "WHERE state IN (0, 1)")));
  return {};
}

Status insert_job(Connection& connection, const Job& job, const Hold& hold) {
  if (!hold.holder) LP_CHECK(check_room(connection));
  Sql sql(
      "INSERT INTO lp_job(id, kind, state, done, total, spec, checkpoint, result, problem, "
      "problem_params, created_by, created_at, updated_at, holder, held_until, "
      "cancel_requested) VALUES (");
  sql.value(job.id).add(", ").value(job.kind).add(", ").value(number_of(job.state));
  sql.add(", 0, 0, ").value(json::serialize(job.spec)).add(", '{}', '{}', '', '{}', ");
  sql.value(job.created_by).add(", ").value(hold.now).add(", ").value(hold.now).add(", ");
  sql.value(hold.holder).add(", ").value(hold.until).add(", 0)");
  LP_CHECK(connection.execute(sql));
  return {};
}

Result<std::optional<Job>> read_job(Connection& connection, RecordId id) {
  Sql sql(
      "SELECT id, kind, state, done, total, spec, checkpoint, result, problem, "
      "problem_params, created_by, created_at, updated_at FROM lp_job WHERE id = ");
  LP_TRY(const auto row, connection.prepare(sql.value(id)));
  LP_TRY(const bool found, row->step());
  if (!found) return std::optional<Job>();
  return std::optional<Job>(take_job_row(*row));
}

Result<std::vector<FreeJob>> free_jobs(Connection& connection, Instant now) {
  Sql sql("SELECT id, kind FROM lp_job WHERE state IN (0, 1) AND (state = 0 OR held_until <= ");
  sql.value(now).add(") ORDER BY id");
  LP_TRY(const auto row, connection.prepare(sql));
  std::vector<FreeJob> found;
  while (true) {
    LP_TRY(const bool any, row->step());
    if (!any) return found;
    found.push_back({RecordId{row->integer(0)}, std::string(row->text(1))});
  }
}

Result<bool> take_job(Connection& connection, RecordId id, const Hold& hold) {
  Sql sql("UPDATE lp_job SET state = 1, holder = ");
  sql.value(hold.holder).add(", held_until = ").value(hold.until).add(", updated_at = ");
  sql.value(hold.now).add(" WHERE id = ").value(id);
  sql.add(" AND (state = 0 OR (state = 1 AND held_until <= ").value(hold.now).add("))");
  LP_TRY(const std::int64_t touched, connection.execute(sql));
  return touched == 1;
}

Result<Held> renew_job(Connection& connection, RecordId id, const Hold& hold, std::int64_t done,
                       std::int64_t total) {
  Sql sql("UPDATE lp_job SET held_until = ");
  sql.value(hold.until).add(", updated_at = ").value(hold.now).add(", done = ").value(done);
  sql.add(", total = ").value(total);
  return write_held(connection, std::move(sql), id, hold.holder);
}

Result<Held> save_job(Connection& connection, RecordId id, const Hold& hold, std::int64_t done,
                      std::int64_t total, const json::object& checkpoint) {
  Sql sql("UPDATE lp_job SET held_until = ");
  sql.value(hold.until).add(", updated_at = ").value(hold.now).add(", done = ").value(done);
  sql.add(", total = ").value(total).add(", checkpoint = ").value(json::serialize(checkpoint));
  return write_held(connection, std::move(sql), id, hold.holder);
}

Status release_job(Connection& connection, const Job& job, RecordId holder, Instant now) {
  Sql sql("UPDATE lp_job SET state = ");
  sql.value(number_of(job.state)).add(", done = ").value(job.done).add(", total = ");
  sql.value(job.total).add(", result = ").value(json::serialize(job.result));
  sql.add(", problem = ").value(job.problem).add(", problem_params = ");
  sql.value(params_text(job.problem_params)).add(", updated_at = ").value(now);
  sql.add(", holder = 0, held_until = 0");
  LP_CHECK(write_held(connection, std::move(sql), job.id, holder));
  return {};
}

Result<JobState> cancel_job(Connection& connection, RecordId id, Instant now) {
  LP_TRY(const auto job, read_job(connection, id));
  if (!job) return Error::of(ErrorCode::not_found);
  if (job->state != JobState::waiting && job->state != JobState::running) {
    return Error::of(ErrorCode::invalid_state);
  }
  const JobState after = job->state == JobState::waiting ? JobState::cancelled : JobState::running;
  Sql sql("UPDATE lp_job SET cancel_requested = 1, state = ");
  sql.value(number_of(after)).add(", updated_at = ").value(now).add(" WHERE id = ").value(id);
  LP_CHECK(connection.execute(sql));
  return after;
}

Status forget_ended_jobs(Connection& connection, Instant before) {
  Sql sql("DELETE FROM lp_job WHERE state NOT IN (0, 1) AND updated_at < ");
  LP_CHECK(connection.execute(sql.value(before)));
  return {};
}

}  // namespace linchpin::jobs
