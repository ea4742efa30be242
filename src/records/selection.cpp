#include "records/selection.h"

#include "records/compute_values.h"

namespace linchpin::records {

using storage::Sql;

Selection::Selection(const Schema& schema, std::vector<FieldPath> paths, formula::Frame frame)
    : paths_(std::move(paths)), frame_(std::move(frame)) {
  for (const FieldPath& path : paths_) {
    const FormulaField* formula =
        path.field->stored ? nullptr : schema.computed().formula(*path.field);
    formulas_.push_back(formula);
    offsets_.push_back(width_);
    width_ += formula ? static_cast<int>(formula->inputs.size()) : 1;
  }
}

Sql Selection::columns(FromClause& from) const {
  Sql sql;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (!formulas_[i]) {
      sql.add(", ").append(from.column(paths_[i]));
      continue;
    }
    for (const FieldPath& input : formulas_[i]->inputs) {
      FieldPath whole = paths_[i];
      whole.links.insert(whole.links.end(), input.links.begin(), input.links.end());
      whole.object = input.object;
      whole.field = input.field;
      sql.add(", ").append(from.column(whole));
    }
  }
  return sql;
}

void Selection::write_computed(JsonWriter& out, std::size_t index, const storage::Statement& row,
                               int column) const {
  const FormulaField& formula = *formulas_[index];
  std::vector<formula::Value> inputs;
  for (const FieldPath& input : formula.inputs) {
    inputs.push_back(formula_value(*input.field, row.value(column++)));
  }
  const formula::Value value = formula::evaluate(formula.program, inputs, frame_);
  write_value(out, *formula.field, stored_value(*formula.field, value));
}

}  // namespace linchpin::records
