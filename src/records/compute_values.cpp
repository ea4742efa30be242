#include "records/compute_values.h"

#include "base/utf8.h"
#include "records/row_store.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

constexpr int percent_digits = 2;  // "13.00" is 0.13
// Integers beyond it lose digits in JavaScript.
constexpr std::int64_t largest_integer = 9'007'199'254'740'991;

int scale_in_formulas(const Field& field) {
  if (!field.is_scaled()) return 0;
  return field.scale + (field.type == FieldType::percent ? percent_digits : 0);
}

Value number_column(const Field& field, const formula::Number& number) {
  const auto units = formula::units_at(number, scale_in_formulas(field));
  if (!units) return {};
  if (field.type == FieldType::integer && (*units > largest_integer || *units < -largest_integer)) {
    return {};
  }
  return *units;
}

Value text_column(const Field& field, const std::string& text) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < field.max_length && at < text.size(); ++i) {
    at += code_point_at(text, at).size;
  }
  if (at == 0) return {};
  return text.substr(0, at);
}

Result<Value> read_field_of(Connection& connection, const Object& object, const Field& field,
                            const Value& id) {
  Sql sql("SELECT ");
  sql.name(field.column).add(" FROM ").name(object.table).add(" WHERE id = ").value(id);
  sql.add(" AND deleted_at IS NULL");
  LP_TRY(const auto rows, connection.prepare(sql));
  LP_TRY(const bool found, rows->step());
  return found ? rows->value(0) : Value();
}

// Which record the last link of a path leads to.
Result<Value> id_behind(Connection& connection, const Schema& schema, const FieldPath& path,
                        const RowValues& row) {
  Value id = row[path.links.front()->index];
  for (std::size_t i = 1; i < path.links.size() && !is_empty(id); ++i) {
    const Object& object = *schema.object(path.links[i - 1]->target);
    LP_TRY(id, read_field_of(connection, object, *path.links[i], id));
  }
  return id;
}

Result<std::vector<formula::Value>> inputs_of(Connection& connection, const Schema& schema,
                                              const FormulaField& formula, const RowValues& row) {
  std::vector<formula::Value> inputs;
  inputs.reserve(formula.inputs.size());
  for (const FieldPath& path : formula.inputs) {
    if (path.links.empty()) {
      inputs.push_back(formula_value(*path.field, row[path.field->index]));
    } else {
      LP_TRY(const Value value, value_behind(connection, schema, path, row));
      inputs.push_back(formula_value(*path.field, value));
    }
  }
  return inputs;
}

}  // namespace

formula::Value formula_value(const Field& field, const Value& value) {
  if (is_empty(value)) return {};
  if (field.is_link()) return format_id(RecordId{integer_of(value)});
  switch (field.type) {
    case FieldType::integer:
    case FieldType::rating:
    case FieldType::decimal:
    case FieldType::percent:
    case FieldType::money:
      return formula::Number{integer_of(value), scale_in_formulas(field)};
    case FieldType::boolean:
      return integer_of(value) != 0;
    case FieldType::date:
      return formula::Date{static_cast<Day>(integer_of(value))};
    case FieldType::datetime:
      return formula::Moment{integer_of(value)};
    default:
      return formula::text_value(std::string(text_of(value)));
  }
}

Value stored_value(const Field& field, const formula::Value& value) {
  if (const auto* number = std::get_if<formula::Number>(&value)) {
    return number_column(field, *number);
  }
  if (const auto* text = std::get_if<std::string>(&value)) return text_column(field, *text);
  if (const auto* flag = std::get_if<bool>(&value)) return std::int64_t{*flag};
  if (const auto* date = std::get_if<formula::Date>(&value)) return std::int64_t{date->day};
  if (const auto* moment = std::get_if<formula::Moment>(&value)) return moment->at;
  return {};
}

Result<Value> value_behind(Connection& connection, const Schema& schema, const FieldPath& path,
                           const RowValues& row) {
  LP_TRY(const Value id, id_behind(connection, schema, path, row));
  if (is_empty(id)) return id;
  return read_field_of(connection, *schema.object(path.links.back()->target), *path.field, id);
}

Status compute_row(Connection& connection, const Schema& schema, const Object& object,
                   RowValues& row) {
  static const formula::Frame nothing;  // no stored formula depends on what surrounds it
  for (const FormulaField* formula : schema.computed().formulas(object)) {
    LP_TRY(const auto inputs, inputs_of(connection, schema, *formula, row));
    row[formula->field->index] =
        stored_value(*formula->field, formula::evaluate(formula->program, inputs, nothing));
  }
  return {};
}

void begin_rollups(const Schema& schema, const Object& object, RowValues& row) {
  for (const RollupField* rollup : schema.computed().rollups_into(object)) {
    const bool adds =
        rollup->function == RollupFunction::count || rollup->function == RollupFunction::sum;
    row[rollup->field->index] = adds ? Value(std::int64_t{0}) : Value();
  }
}

namespace {

Result<Value> value_now(Connection& connection, const Schema& schema, const FormulaField& formula,
                        const RowValues& row, const formula::Frame& frame) {
  LP_TRY(const auto inputs, inputs_of(connection, schema, formula, row));
  return stored_value(*formula.field, formula::evaluate(formula.program, inputs, frame));
}

Result<Value> looked_up_now(Connection& connection, const Schema& schema, const LookupField& lookup,
                            const RowValues& row, const formula::Frame& frame) {
  if (lookup.path.field->stored) return value_behind(connection, schema, lookup.path, row);
  const FormulaField* formula = schema.computed().formula(*lookup.path.field);
  LP_TRY(const Value id, id_behind(connection, schema, lookup.path, row));
  if (formula == nullptr || is_empty(id)) return Value();
  LP_TRY(const auto there, read_row(connection, *schema.object(lookup.path.links.back()->target),
                                    RecordId{integer_of(id)}, Presence::live));
  if (!there) return Value();
  return value_now(connection, schema, *formula, *there, frame);
}

}  // namespace

Status fill_unstored(Connection& connection, const Schema& schema, const Object& object,
                     const formula::Frame& frame, RowValues& row) {
  const ComputeGraph& graph = schema.computed();
  for (const Field& field : object.fields) {
    if (field.stored) continue;
    if (const FormulaField* formula = graph.formula(field)) {
      LP_TRY(row[field.index], value_now(connection, schema, *formula, row, frame));
    } else if (const LookupField* lookup = graph.lookup(field)) {
      LP_TRY(row[field.index], looked_up_now(connection, schema, *lookup, row, frame));
    }
  }
  return {};
}

}  // namespace linchpin::records
