#pragma once

// The computed fields of a schema: formulas, roll-ups and look-ups, checked and ready to run, and
// which of them follow from which others. Belongs to the Schema that it was made for.
//
// A formula sees its record as numbers, texts, dates; a percent of "13.00" is 0.13, as in a
// spreadsheet. A formula that is stored is computed whenever one of its inputs is written; one that
// depends on the day, the time zone or the reader is computed when it is read. Look-ups are read
// through their links. Roll-ups are stored with the record that they sum up for.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "records/filter.h"
#include "records/formula/formula.h"
#include "records/schema.h"

namespace linchpin::records {

constexpr std::size_t max_rollup_name = 54;  // leaves room for "__count" in a column's name

struct FormulaField {
  const Object* object;
  const Field* field;
  formula::Formula program;
  std::vector<FieldPath> inputs;
};

struct LookupField {
  const Object* object;
  const Field* field;
  FieldPath path;
};

enum class RollupFunction { sum, count, avg, min, max };

struct RollupField {
  const Object* parent;
  const Field* field;
  const Object* child;
  const Field* link;
  RollupFunction function;
  const Field* measure;  // null: records are counted
  Filter where;          // on fields of the child's own row
  // avg keeps its sum and count in columns of their own.
  storage::Name sum_column{"id"};
  storage::Name count_column{"id"};
};

// A formula that reads a field of this object through links: a change of `watched` concerns the
// records from which the first `steps` links of `path` lead here.
struct Dependent {
  const FormulaField* formula;
  const FieldPath* path;
  std::size_t steps;
  const Field* watched;
};

struct ComputedUser {
  const Object* object;
  const Field* field;
};

class ComputeGraph {
 public:
  // Settles types, scales and places of the computed fields of all objects. Errors are
  // validation_failed with one problem: a pointer within the field ("/compute/formula"), the
  // field's name and one of the codes of formula::compile; formula_field_not_usable,
  // formula_path_too_long, formula_wrong_result {expected, found}; computed_in_circle {path};
  // lookup_needs_link, no_such_object, rollup_wrong_link {object}, rollup_unknown_function,
  // rollup_wrong_field {name}, rollup_where_not_own; and what read_filter finds.
  static Result<std::shared_ptr<const ComputeGraph>> settle(
      const Schema& schema, const std::vector<std::unique_ptr<Object>>& objects);

  // The stored formulas of an object; what one of them reads comes before it.
  const std::vector<const FormulaField*>& formulas(const Object& object) const;
  const std::vector<const RollupField*>& rollups_into(const Object& parent) const;
  const std::vector<const RollupField*>& rollups_from(const Object& child) const;
  const std::vector<Dependent>& dependents(const Object& object) const;
  // Whether what follows from a write of one of its records may come back to the record itself.
  bool comes_back(const Object& object) const;
  // Null for a field that is something else.
  const FormulaField* formula(const Field& field) const;
  const RollupField* rollup(const Field& field) const;
  const LookupField* lookup(const Field& field) const;

  // Every computed field that reads this one directly.
  std::vector<ComputedUser> users_of(const Field& field) const;
  // The objects whose computed fields may follow from a write of this one.
  std::vector<const Object*> followers(const Object& object) const;

 private:
  friend class ComputeSettler;

  struct OfObject {
    std::vector<const FormulaField*> formulas;
    std::vector<const RollupField*> rollups_into;
    std::vector<const RollupField*> rollups_from;
    std::vector<Dependent> dependents;
  };
  const OfObject& of(const Object& object) const;

  std::vector<std::unique_ptr<FormulaField>> formulas_;
  std::vector<std::unique_ptr<RollupField>> rollups_;
  std::vector<std::unique_ptr<LookupField>> lookups_;
  std::map<const Object*, OfObject> by_object_;
};

// The compute part of a field's definition; null when its type is none of formula, rollup, lookup.
// Error: wrong_schema.
Result<std::shared_ptr<const Compute>> read_compute(const json::value* compute,
                                                    std::string_view type,
                                                    const json::value* result_type,
                                                    const json::value* scale,
                                                    const std::string& place);

// The type under which a formula sees a field; nothing when it cannot be used.
std::optional<formula::Type> formula_type(const Field& field);

}  // namespace linchpin::records
