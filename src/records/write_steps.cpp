#include "records/write_steps.h"

#include "records/audit_notes.h"
#include "records/change_text.h"
#include "records/compute_values.h"
#include "records/organisation.h"
#include "records/personal.h"
#include "records/recalculation.h"
#include "records/row_store.h"
#include "records/validate.h"
#include "storage/ddl.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

constexpr std::size_t number_width = 6;
constexpr const char* stale_schema_marker = "stale_schema";

// A figure that a rule keeps follows from the record's other fields.
bool is_kept_figure(const Field& field) {
  return field.read_only && !field.compute &&
         (field.is_scaled() || field.type == FieldType::integer);
}

// Such a figure is logged when it changes by itself, not along with what it follows from.
std::string logged_changes(const Object& object, const RowValues& before, const RowValues& after) {
  const FieldChoice others = [](const Field& field) { return !is_kept_figure(field); };
  std::string changes = changes_text(object, before, after, others);
  return changes.empty() ? changes_text(object, before, after) : changes;
}

}  // namespace

Status move_facts(const WriteFrame& frame, const Object& object, const RowValues* before,
                  const RowValues* after) {
  if (!object.facts.empty()) {
    FactDeltas deltas(frame.schema, object);
    if (before) LP_CHECK(deltas.add(frame.connection, *before, -1));
    if (after) LP_CHECK(deltas.add(frame.connection, *after, +1));
    LP_CHECK(deltas.flush(frame.connection));
  }
  const RowValues& any = before ? *before : *after;
  return refresh_conditions(frame.connection, frame.schema, object, before, after,
                            RecordId{integer_of(any[0])});
}

bool is_dry_run(const Error& error) {
  return error.code == ErrorCode::internal && error.detail == dry_run_marker;
}

Status check_schema(Connection& connection, const Schema& schema) {
  LP_TRY(const std::int64_t generation, read_generation(connection));
  if (generation == schema.generation()) return {};
  return Error::of(ErrorCode::internal, stale_schema_marker);
}

bool is_stale_schema(const Error& error) {
  return error.code == ErrorCode::internal && error.detail == stale_schema_marker;
}

Status insert_record(const WriteFrame& frame, const Object& object, RowValues& row) {
  LP_CHECK(number_record(frame.connection, object, row));
  LP_CHECK(validate_row(frame.rules(), frame.parts.rules, object, nullptr, row));
  LP_CHECK(check_role(frame.schema, object, row));
  begin_rollups(frame.schema, object, row);
  LP_CHECK(compute_row(frame.connection, frame.schema, object, row));
  LP_CHECK(seal_personal(frame, object, row));
  LP_TRY(RowInserter inserter, RowInserter::prepare(frame.connection, object));
  LP_CHECK(inserter.insert(row));
  LP_CHECK(move_facts(frame, object, nullptr, &row));
  const stream::Change change{
      object.api_name, RecordId{integer_of(row[0])}, stream::Operation::create, 1, {}, {}};
  LP_CHECK(stream::append(frame.connection, frame.origin, frame.now, change));
  LP_CHECK(note_rights(frame, object, stream::Operation::create, nullptr, &row, {}));
  return recalculate(frame, object, nullptr, &row);
}

Status replace_record(const WriteFrame& frame, const Object& object, const RowValues& before,
                      const RowValues& after, std::string_view reason) {
  LP_CHECK(update_row(frame.connection, object, before, after));
  LP_CHECK(move_facts(frame, object, &before, &after));
  const std::string changes = logged_changes(object, before, after);
  const stream::Change change{object.api_name,
                              RecordId{integer_of(after[0])},
                              stream::Operation::update,
                              integer_of(after[1]),
                              changes,
                              reason};
  LP_CHECK(stream::append(frame.connection, frame.origin, frame.now, change));
  LP_CHECK(note_rights(frame, object, stream::Operation::update, &before, &after, reason));
  return recalculate(frame, object, &before, &after);
}

Status apply_inputs(const WriteFrame& frame, const std::vector<FieldInput>& inputs,
                    RowValues& row) {
  for (const FieldInput& input : inputs) {
    Value& slot = row[input.field->index];
    if (std::holds_alternative<storage::Blob>(slot) && !is_empty(input.value)) {
      LP_TRY(const std::string stored, stored_text(frame, *input.field, row));
      JsonWriter wanted;
      write_value(wanted, *input.field, input.value);
      if (wanted.text() == stored) continue;
    }
    slot = input.value;
  }
  return {};
}

Status seal_personal(const WriteFrame& frame, const Object& object, RowValues& row) {
  const PersonalKeys keys(frame.parts.workspace_key);
  const RecordId id{integer_of(row[0])};
  std::optional<Key> key;
  for (const Field& field : object.fields) {
    Value& slot = row[field.index];
    if (field.sensitivity != Sensitivity::personal || is_empty(slot)) continue;
    if (std::holds_alternative<storage::Blob>(slot)) continue;
    if (!key) {
      LP_TRY(key, keys.data_key(frame.connection, id, true));
      if (!key) return Error::of(ErrorCode::invalid_state, "personal_data_erased");
    }
    slot = keys.sealed(*key, object.api_name, field, id, slot);
  }
  return {};
}

Result<std::string> stored_text(const WriteFrame& frame, const Field& field, const RowValues& row) {
  const Value& value = row[field.index];
  if (const auto* sealed = std::get_if<storage::Blob>(&value)) {
    const PersonalKeys keys(frame.parts.workspace_key);
    const RecordId id{integer_of(row[0])};
    LP_TRY(const auto key, keys.data_key(frame.connection, id, false));
    return open_value(key, field, id, sealed_part(sealed->bytes));
  }
  JsonWriter out;
  write_value(out, field, value);
  return out.take();
}

Status ensure_counter_table(Connection& connection) {
  Sql sql("CREATE TABLE IF NOT EXISTS lp_counter (object");
  sql.add(storage::text_column(connection.dialect())).add(" NOT NULL, field");
  sql.add(storage::text_column(connection.dialect()));
  sql.add(" NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (object, field))");
  LP_CHECK(connection.execute(sql));
  return {};
}

Status number_record(Connection& connection, const Object& object, RowValues& row) {
  for (const Field& field : object.fields) {
    const bool numbers_itself = field.type == FieldType::autonumber && !field.compute;
    if (!numbers_itself || !is_empty(row[field.index])) continue;
    Sql sql("INSERT INTO lp_counter(object, field, last) VALUES (");
    sql.value(object.api_name).add(", ").value(field.api_name);
    sql.add(
        ", 1) ON CONFLICT (object, field) DO UPDATE SET last = lp_counter.last + 1 "
        "RETURNING last");
    LP_TRY(const std::int64_t number, query_integer(connection, sql, 0));
    std::string text = std::to_string(number);
    if (text.size() < number_width) text.insert(0, number_width - text.size(), '0');
    row[field.index] = std::move(text);
  }
  return {};
}

}  // namespace linchpin::records
