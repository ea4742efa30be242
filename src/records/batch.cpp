#include "records/batch.h"

#include "records/audit_notes.h"
#include "records/query_plan.h"
#include "records/validate.h"
#include "records/write_operations.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

// What can be known of an operation before the transaction.
struct PreparedOp {
  std::vector<FieldInput> inputs;
  std::vector<FieldInput> creating;  // of an upsert that finds nothing: the match as well
  Filter match;
  std::optional<Error> error;
};

access::Action action_of(BatchOperation operation) {
  switch (operation) {
    case BatchOperation::create:
      return access::Action::create;
    case BatchOperation::update:
    case BatchOperation::upsert:
      return access::Action::update;
    case BatchOperation::remove:
      return access::Action::remove;
    case BatchOperation::restore:
      return access::Action::restore;
  }
  return access::Action::configure;
}

// One condition for each field of the match; problems point at the field.
Result<Filter> read_match(const FilterFrame& frame, const Object& object,
                          const json::object& match) {
  if (match.empty()) return refuse("/match", "", "required");
  Filter all;
  for (const auto& [name, value] : match) {
    const std::string pointer = "/match/" + std::string(name);
    if (value.is_null()) return refuse(pointer, std::string(name), "required");
    const json::object leaf{{"op", "eq"}, {"field", name}, {"value", value}};
    auto condition = read_filter(frame, object, leaf, pointer);
    if (!condition) {
      Error error = std::move(condition).error();
      for (FieldProblem& problem : error.problems) problem.pointer = pointer;
      return error;
    }
    all.args.push_back(std::move(*condition));
  }
  return all;
}

Status prepare_upsert(const FilterFrame& frame, const Object& object, const BatchOp& op,
                      PreparedOp& prepared) {
  LP_TRY(prepared.match, read_match(frame, object, op.match));
  json::object whole = op.match;
  for (const auto& member : op.fields) whole[member.key()] = member.value();
  LP_TRY(prepared.creating, read_inputs(frame.scope, object, whole));
  return {};
}

PreparedOp prepare(const FilterFrame& frame, const Object& object, const BatchOp& op) {
  PreparedOp prepared;
  const auto fail = [&](Error error) { prepared.error = std::move(error); };
  const bool upsert = op.operation == BatchOperation::upsert;
  const bool may = frame.scope.may(action_of(op.operation), object.api_name) &&
                   (!upsert || frame.scope.may(access::Action::create, object.api_name));
  if (!may) {
    fail(Error::of(ErrorCode::forbidden));
    return prepared;
  }
  auto inputs = read_inputs(frame.scope, object, op.fields);
  if (!inputs) {
    fail(std::move(inputs).error());
    return prepared;
  }
  prepared.inputs = std::move(*inputs);
  if (!upsert) return prepared;
  if (Status read = prepare_upsert(frame, object, op, prepared); !read) {
    fail(std::move(read).error());
  }
  return prepared;
}

// Nothing can be kept after these; they are no answer to one operation.
bool ends_batch(const Error& error) {
  const int lowest_of_server = 500;
  return http_status(error.code) >= lowest_of_server;
}

class BatchRun {
 public:
  BatchRun(const WriteFrame& frame, const Object& object) : frame_(frame), object_(object) {}

  // An error is one of the whole batch.
  Result<OpOutcome> run(const BatchOp& op, const PreparedOp& prepared) {
    OpOutcome outcome;
    if (prepared.error) {
      outcome.error = prepared.error;
      return outcome;
    }
    Status done = frame_.connection.attempt([&]() -> Status {
      LP_TRY(const RowValues row, perform(op, prepared, outcome));
      outcome.id = RecordId{integer_of(row[0])};
      outcome.version = integer_of(row[1]);
      return {};
    });
    if (done) return outcome;
    if (ends_batch(done.error())) return std::move(done).error();
    OpOutcome failed;
    failed.error = std::move(done).error();
    return failed;
  }

 private:
  Result<RowValues> perform(const BatchOp& op, const PreparedOp& prepared, OpOutcome& outcome) {
    switch (op.operation) {
      case BatchOperation::create:
        outcome.created = true;
        return create_record(frame_, object_, prepared.inputs);
      case BatchOperation::update:
        return patch(op, op.id, prepared);
      case BatchOperation::upsert: {
        LP_TRY(const RecordId found, find_match(prepared.match));
        if (found) return patch(op, found, prepared);
        outcome.created = true;
        return create_record(frame_, object_, prepared.creating);
      }
      case BatchOperation::remove:
        return remove_record(frame_, object_, op.id, op.version, op.reason);
      case BatchOperation::restore:
        return bring_back_record(frame_, object_, op.id, op.version, op.reason);
    }
    return Error::of(ErrorCode::malformed);
  }

  Result<RowValues> patch(const BatchOp& op, RecordId id, const PreparedOp& prepared) {
    Patch patch{op.fields, std::nullopt, op.base};
    if (op.version != 0) patch.version = op.version;
    return patch_record(frame_, object_, id, patch, prepared.inputs, op.reason);
  }

  // No record when none matches. Error: duplicate / `match_not_unique`.
  Result<RecordId> find_match(const Filter& match) {
    QueryPlan plan;
    plan.object = &object_;
    plan.where = match;
    FromClause from(frame_.viewer(), frame_.schema, object_, frame_.connection.dialect());
    const Sql where = condition_sql(from, plan);
    Sql sql("SELECT ");
    sql.append(from.base()).add(".id").append(from.sql()).add(" WHERE ").append(where);
    sql.add(" LIMIT 2");
    LP_TRY(const auto rows, frame_.connection.prepare(sql));
    LP_TRY(const bool one, rows->step());
    if (!one) return RecordId();
    const RecordId found{rows->integer(0)};
    LP_TRY(const bool another, rows->step());
    if (another) return Error::of(ErrorCode::duplicate, "match_not_unique");
    return found;
  }

  const WriteFrame& frame_;
  const Object& object_;
};

// The first failure with the problems of all, each pointing at its operation. Nothing when none
// failed.
std::optional<Error> failure_of(const std::vector<OpOutcome>& outcomes) {
  std::optional<Error> whole;
  std::vector<FieldProblem> problems;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const std::optional<Error>& error = outcomes[i].error;
    if (!error) continue;
    if (!whole) whole = *error;
    const std::string place = "/ops/" + std::to_string(i);
    if (error->problems.empty()) {
      const std::string code =
          error->detail.empty() ? std::string(code_name(error->code)) : error->detail;
      problems.push_back({place, "", code, error->params});
    }
    for (FieldProblem problem : error->problems) {
      problem.pointer = place + problem.pointer;
      problems.push_back(std::move(problem));
    }
  }
  if (problems.size() > max_batch_problems) problems.resize(max_batch_problems);
  if (whole) whole->problems = std::move(problems);
  return whole;
}

}  // namespace

Result<std::vector<OpOutcome>> Records::batch(const access::AccessScope& scope,
                                              std::string_view object_name,
                                              const BatchRequest& request,
                                              const BatchOptions& options) {
  return with_schema(*this, [&](const Held& held) -> Result<std::vector<OpOutcome>> {
    LP_TRY(const Object* object, visible_object(*held, scope, object_name));
    const WorkspaceFrame workspace = frame();
    const FilterFrame filter_frame{*held, scope, workspace.time_zone, today()};
    if (request.ops.size() > max_batch_operations) {
      return refuse("/ops", "", "too_many_values", {{"max", std::to_string(max_batch_operations)}});
    }
    if (request.ops.size() > max_operations_without_bulk &&
        !scope.may(access::Action::bulk, object_name)) {
      return Error::of(ErrorCode::forbidden, "no_bulk",
                       {{"max", std::to_string(max_operations_without_bulk)}});
    }
    std::vector<PreparedOp> prepared;
    for (const BatchOp& op : request.ops) prepared.push_back(prepare(filter_frame, *object, op));
    std::vector<OpOutcome> outcomes;
    auto done = parts_.database.write([&](Connection& connection) -> Status {
      LP_CHECK(check_schema(connection, *held));
      const WriteFrame write = write_frame(*held, connection, scope, options.origin);
      BatchRun run(write, *object);
      outcomes.clear();
      for (std::size_t i = 0; i < prepared.size(); ++i) {
        LP_TRY(OpOutcome outcome, run.run(request.ops[i], prepared[i]));
        outcomes.push_back(std::move(outcome));
      }
      if (request.atomic) {
        if (auto failure = failure_of(outcomes)) return std::move(*failure);
      }
      if (options.dry_run) return Error::of(ErrorCode::internal, dry_run_marker);
      if (options.in_transaction) return options.in_transaction(connection, outcomes);
      return {};
    });
    PersonalReading shown;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].error) add_conflicts(*object, request.ops[i].id, *outcomes[i].error, shown);
    }
    LP_CHECK(note_reading(parts_, scope, object->api_name, shown));
    if (!done && !is_dry_run(done.error())) return std::move(done).error();
    return outcomes;
  });
}

}  // namespace linchpin::records
