#include "records/rollup_rules.h"

namespace linchpin::records {

namespace {

bool is_whole(const Field& field) {
  return field.type == FieldType::integer || field.type == FieldType::rating;
}

}  // namespace

std::optional<RollupFunction> rollup_function(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, RollupFunction>, 5> names{
      {{"sum", RollupFunction::sum},
       {"count", RollupFunction::count},
       {"avg", RollupFunction::avg},
       {"min", RollupFunction::min},
       {"max", RollupFunction::max}}};
  for (const auto& [known, function] : names) {
    if (known == name) return function;
  }
  return {};
}

bool can_roll_up(RollupFunction function, const Field& field) {
  if (!field.stored || field.many || field.sensitivity == Sensitivity::personal) return false;
  if (function == RollupFunction::count) return true;
  if (field.is_scaled() || is_whole(field)) return true;
  const bool compares = function == RollupFunction::min || function == RollupFunction::max;
  return compares && (field.type == FieldType::date || field.type == FieldType::datetime);
}

bool is_of_own_row(const Filter& filter) {
  if (filter.op >= FilterOp::under) return false;
  if (filter.path.field && (!filter.path.links.empty() || !filter.path.field->stored)) return false;
  return std::all_of(filter.args.begin(), filter.args.end(), is_of_own_row);
}

bool depends_on_the_reader(const json::value& where) {
  if (const auto* list = where.if_array()) {
    return std::any_of(list->begin(), list->end(), depends_on_the_reader);
  }
  const auto* object = where.if_object();
  if (!object) return false;
  const bool special =
      (object->contains("rel") || object->contains("var")) && !object->contains("op");
  return special || std::any_of(object->begin(), object->end(), [](const auto& member) {
           return depends_on_the_reader(member.value());
         });
}

std::set<std::string> fields_named(const json::value& where) {
  std::set<std::string> names;
  if (const auto* list = where.if_array()) {
    for (const json::value& item : *list) names.merge(fields_named(item));
  } else if (const auto* object = where.if_object()) {
    const json::value* field = object->if_contains("field");
    if (field && field->is_string()) names.emplace(field->as_string());
    for (const auto& member : *object) names.merge(fields_named(member.value()));
  }
  return names;
}

void settle_result_of(const RollupField& rollup, Field& field) {
  if (rollup.function == RollupFunction::count) {
    field.type = FieldType::integer;
    return;
  }
  const Field& measure = *rollup.measure;
  if (rollup.function == RollupFunction::avg) {
    field.type = is_whole(measure) ? FieldType::decimal : measure.type;
    if (!is_whole(measure) && !field.compute->scale) field.scale = measure.scale;
    return;
  }
  field.type = measure.type == FieldType::rating ? FieldType::integer : measure.type;
  field.scale = measure.scale;
}

}  // namespace linchpin::records
