#include "records/validate.h"

#include "records/attachments.h"
#include "records/filter_sql.h"
#include "records/rights.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

std::string pointer_to(std::string_view field) {
  return "/fields/" + std::string(field);
}

void check_required(const Object& object, const RowValues& row,
                    std::vector<FieldProblem>& problems) {
  for (const Field& field : object.fields) {
    if (field.required && !field.retired && is_empty(row[field.index])) {
      problems.push_back({pointer_to(field.api_name), field.api_name, "required", {}});
    }
  }
}

// What the writer does not see he cannot link to either, and learns nothing of it.
Status check_link(const RuleFrame& frame, const Field& field, const Value& value,
                  std::vector<FieldProblem>& problems) {
  const Object* target = frame.schema.object(field.target);
  const FromClause from(frame.viewer, frame.schema, *target, frame.connection.dialect());
  for (const RecordId id : linked_records(field, value)) {
    Sql sql("SELECT 1");
    sql.append(from.sql()).add(" WHERE ").append(from.id()).add(" = ").value(id);
    sql.add(" AND ").append(from.live());
    LP_TRY(const std::int64_t found, query_integer(frame.connection, sql, 0));
    if (found == 0) {
      problems.push_back({pointer_to(field.api_name),
                          field.api_name,
                          "link_not_found",
                          {{"value", format_id(id)}}});
    }
  }
  return {};
}

Status run_rules(const RuleFrame& frame, const Rules& rules, const Object& object,
                 const RowValues* before, RowValues& after, std::vector<FieldProblem>& problems) {
  for (const Rule& rule : rules.of(object.api_name)) {
    RuleContext context(frame, object, before, after, problems);
    LP_CHECK(rule(context));
  }
  return {};
}

Status outcome(std::vector<FieldProblem> problems) {
  if (problems.empty()) return {};
  return Error::invalid(std::move(problems));
}

}  // namespace

std::vector<RecordId> linked_records(const Field& field, const Value& value) {
  std::vector<RecordId> ids;
  if (is_empty(value)) return ids;
  if (!field.many) return {RecordId{integer_of(value)}};
  // ["0A…","0B…"]: fixed-size texts between quotes.
  const std::string_view text = text_of(value);
  for (std::size_t at = text.find('"'); at != text.npos; at = text.find('"', at)) {
    if (auto id = parse_id(text.substr(at + 1, id_text_size))) ids.push_back(*id);
    at += id_text_size + 2;
  }
  return ids;
}

Result<std::vector<FieldInput>> read_inputs(const access::AccessScope& scope, const Object& object,
                                            const json::object& fields) {
  std::vector<FieldInput> inputs;
  std::vector<FieldProblem> problems;
  bool unknown = false;
  for (const auto& member : fields) {
    const std::string name(member.key());
    const Field* field = object.field(name);
    const auto right = field ? right_of(scope, object, *field) : access::FieldRight::none;
    if (right == access::FieldRight::none) {
      unknown = true;
      problems.push_back({pointer_to(name), name, "unknown_field", {}});
    } else if (field->read_only) {
      problems.push_back({pointer_to(name), name, "read_only", {}});
    } else if (right != access::FieldRight::edit) {
      problems.push_back({pointer_to(name), name, "not_editable", {}});
    } else if (auto value = read_value(*field, member.value()); value) {
      inputs.push_back({field, std::move(*value)});
    } else {
      FieldProblem problem = std::move(value).error();
      problem.pointer = pointer_to(name);
      problem.field = name;
      problems.push_back(std::move(problem));
    }
  }
  if (problems.empty()) return inputs;
  Error error = Error::invalid(std::move(problems));
  if (unknown) error.code = ErrorCode::unknown_field;
  return error;
}

void apply_defaults(const Object& object, RowValues& row) {
  for (const Field& field : object.fields) {
    if (field.default_value.is_null() || !is_empty(row[field.index])) continue;
    if (auto value = read_value(field, field.default_value)) row[field.index] = std::move(*value);
  }
}

Status validate_row(const RuleFrame& frame, const Rules& rules, const Object& object,
                    const RowValues* before, RowValues& after) {
  std::vector<FieldProblem> problems;
  LP_CHECK(run_rules(frame, rules, object, before, after, problems));
  check_required(object, after, problems);
  for (const Field& field : object.fields) {
    if (!field.is_link() || field.system || is_empty(after[field.index])) continue;
    if (before && (*before)[field.index] == after[field.index]) continue;
    LP_CHECK(check_link(frame, field, after[field.index], problems));
  }
  for (const Field& field : object.fields) {
    if (field.type != FieldType::attachment || field.compute) continue;
    if (before && (*before)[field.index] == after[field.index]) continue;
    LP_CHECK(hold_attachments(frame, object, field, before, after, problems));
  }
  return outcome(std::move(problems));
}

Status validate_bulk_row(const RuleFrame& frame, const Rules& rules, const Object& object,
                         RowValues& row) {
  std::vector<FieldProblem> problems;
  LP_CHECK(run_rules(frame, rules, object, nullptr, row, problems));
  check_required(object, row, problems);
  return outcome(std::move(problems));
}

}  // namespace linchpin::records
