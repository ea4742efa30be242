#include "jobs/imports/plan.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "jobs/imports/plan_text.h"
#include "jobs/tabular/cell_value.h"
#include "records/rights.h"

namespace linchpin::imports {

using access::AccessScope;
using access::Action;
using access::FieldRight;
using records::Field;
using records::FieldType;
using records::Object;

namespace {

constexpr int sample_scale = 6;

bool is_importable(const Field& field) {
  return field.type != FieldType::attachment && field.type != FieldType::json &&
         field.type != FieldType::id;
}

bool is_key(const Object& object, const Field& field) {
  return field.is_text() && !field.many &&
         (field.unique || field.name || field.api_name == object.primary_field);
}

const Field* default_key(const Object& object) {
  for (const Field& field : object.fields) {
    if (field.unique && is_key(object, field)) return &field;
  }
  const Field* primary = object.field(object.primary_field);
  return primary != nullptr && is_key(object, *primary) ? primary : nullptr;
}

// "0.13" in a column of percentages that never reach 1 means 13 %.
bool are_fractions(const std::vector<std::string>& samples) {
  bool part = false;
  for (const std::string& sample : samples) {
    const auto number = tabular::read_number(sample, sample_scale);
    if (!number || sample.ends_with("%") || sample.ends_with("％")) return false;
    const Units size = std::abs(*number);
    if (size > power_of_ten(sample_scale)) return false;
    part = part || (size != 0 && size != power_of_ten(sample_scale));
  }
  return part;
}

class Compiler {
 public:
  Compiler(std::shared_ptr<const records::Schema> schema, const FileLayout& layout,
           const AccessScope& scope, PlanProblems& problems)
      : layout_(layout), scope_(scope), problems_(problems) {
    plan_.schema = std::move(schema);
    for (const FileColumn& column : layout.columns) plan_.column_names.push_back(column.name);
  }

  bool choose_object(const PlanText& text) {
    plan_.object = plan_.schema->object(text.object);
    if (plan_.object == nullptr || !scope_.may(Action::read, text.object)) {
      problems_.add("/object", "no_such_object", {{"object", text.object}});
      return false;
    }
    plan_.mode = text.mode == "upsert" ? Mode::upsert : Mode::create;
    plan_.repeat = text.repeat;
    plan_.defaults.resize(plan_.object->fields.size());
    return true;
  }

  void add_mappings(const PlanText& text) {
    // Links first: the dotted fields belong to them.
    for (const MappingText& mapping : text.mapping) {
      if (mapping.field.find('.') == std::string::npos) add_field(mapping);
    }
    for (const MappingText& mapping : text.mapping) {
      if (mapping.field.find('.') != std::string::npos) add_dotted(mapping);
    }
    for (LinkPlan& link : plan_.links) add_fills(link);
    std::stable_partition(plan_.links.begin(), plan_.links.end(),
                          [](const LinkPlan& link) { return !takes_links(link); });
  }

  void add_defaults(const PlanText& text) {
    for (const Field& field : plan_.object->fields) {
      if (field.default_value.is_null()) continue;
      if (auto value = read_value(field, field.default_value)) {
        plan_.defaults[field.index] = std::move(*value);
      }
    }
    for (const auto& member : text.defaults) {
      const std::string pointer = "/defaults/" + std::string(member.key());
      const Field* field = editable(*plan_.object, member.key(), pointer);
      if (field == nullptr) continue;
      auto value = read_value(*field, member.value());
      if (value) {
        plan_.defaults[field->index] = std::move(*value);
      } else {
        problems_.add(pointer, value.error().code, value.error().params);
      }
    }
    const Field* basis = plan_.object->field("tax_basis");
    plan_.tax_basis_assumed =
        basis != nullptr && !mapped_.contains("tax_basis") && !text.defaults.contains("tax_basis");
  }

  void add_match(const PlanText& text) {
    if (plan_.mode == Mode::create) return;
    if (text.match.empty()) {
      problems_.add("/match", "match_missing");
      return;
    }
    bool found_by_index = false;
    for (const std::string& name : text.match) {
      const Field* field = editable(*plan_.object, name, "/match");
      if (field == nullptr) continue;
      if (!mapped_.contains(name)) {
        problems_.add("/match", "match_not_mapped", {{"field", name}});
      }
      found_by_index = found_by_index || field->unique || field->name || field->indexed ||
                       (field->is_link() && !field->many);
      plan_.match.push_back(field);
    }
    if (!plan_.match.empty() && !found_by_index) {
      problems_.add("/match", "not_matchable", {{"field", text.match.front()}});
    }
  }

  void add_replace(const PlanText& text) {
    if (!text.replace) return;
    for (const LinkPlan& link : plan_.links) {
      if (link.cell.field->api_name == *text.replace && !link.cell.field->many) {
        plan_.replace = link.cell.field;
      }
    }
    if (plan_.replace == nullptr) {
      problems_.add("/replace", "replace_not_mapped", {{"field", *text.replace}});
    }
  }

  Plan take() { return std::move(plan_); }

 private:
  static bool takes_links(const LinkPlan& link) {
    return std::any_of(link.fills.begin(), link.fills.end(), [](const FillPlan& fill) {
      return fill.from != nullptr && fill.from->is_link();
    });
  }

  // A field that this caller may write; null with the problem told.
  const Field* editable(const Object& object, std::string_view name, const std::string& pointer) {
    const Field* field = object.field(name);
    const FieldRight right = field ? right_of(scope_, object, *field) : FieldRight::none;
    if (right == FieldRight::none) {
      problems_.add_unknown(pointer, "no_such_field", {{"field", std::string(name)}});
      return nullptr;
    }
    if (field->read_only || field->system) {
      problems_.add(pointer, "read_only");
    } else if (!is_importable(*field)) {
      problems_.add(pointer, "not_importable");
    } else if (right != FieldRight::edit) {
      problems_.add(pointer, "not_editable");
    } else {
      return field;
    }
    return nullptr;
  }

  void add_field(const MappingText& mapping) {
    const Field* field = editable(*plan_.object, mapping.field, mapping.pointer + "/field");
    if (field == nullptr) return;
    if (!mapped_.insert(mapping.field).second) {
      problems_.add(mapping.pointer + "/field", "mapped_twice", {{"field", mapping.field}});
      return;
    }
    const auto cell = make_cell(mapping, *field);
    if (!cell) return;
    if (field->is_link()) {
      plan_.links.push_back({*cell, {}});
    } else {
      plan_.values.push_back(*cell);
    }
  }

  void add_dotted(const MappingText& mapping) {
    const std::string pointer = mapping.pointer + "/field";
    const auto dot = mapping.field.find('.');
    const std::string head = mapping.field.substr(0, dot);
    const Field* via = plan_.object->field(head);
    if (via == nullptr || !via->is_link() || via->type == FieldType::id) {
      problems_.add_unknown(pointer, "no_such_field", {{"field", mapping.field}});
      return;
    }
    const Object& target = *plan_.schema->object(via->target);
    const Field* field = editable(target, mapping.field.substr(dot + 1), pointer);
    if (field == nullptr) return;
    const auto link = std::find_if(plan_.links.begin(), plan_.links.end(),
                                   [&](const LinkPlan& one) { return one.cell.field == via; });
    if (link == plan_.links.end()) {
      problems_.add(pointer, "link_not_mapped", {{"field", head}});
      return;
    }
    const bool is_own_key = plan_.lookups[link->cell.lookup].key == field;
    if (is_own_key || !mapped_.insert(mapping.field).second) {
      problems_.add(pointer, "mapped_twice", {{"field", mapping.field}});
      return;
    }
    if (field->many) {
      problems_.add(pointer, "not_importable");
      return;
    }
    if (auto cell = make_cell(mapping, *field)) add_fill(*link, mapping, std::move(*cell));
  }

  void add_fill(LinkPlan& link, const MappingText& mapping, CellPlan cell) {
    if (link.fills.size() >= max_fills) {
      problems_.add(mapping.pointer, "too_many_values", {{"max", std::to_string(max_fills)}});
      return;
    }
    const Field* field = cell.field;
    link.fills.push_back({field, std::move(cell), nullptr, std::nullopt, false});
  }

  // What the schema says that a new record takes from its first row, and its name.
  void add_fills(LinkPlan& link) {
    const Lookup& lookup = plan_.lookups[link.cell.lookup];
    const auto filled = [&](const Field& field) {
      return std::find_if(link.fills.begin(), link.fills.end(),
                          [&](const FillPlan& fill) { return fill.field == &field; });
    };
    for (const auto& [to, from] : link.cell.field->fills) {
      const Field* field = lookup.object->field(to);
      const Field* source = plan_.object->field(from);
      if (field == nullptr || source == nullptr || filled(*field) != link.fills.end()) continue;
      if (link.fills.size() >= max_fills) break;
      link.fills.push_back({field, std::nullopt, source, column_of(*source), false});
    }
    for (const Field& field : lookup.object->fields) {
      const bool is_name = field.name || field.api_name == lookup.object->primary_field;
      if (!is_name || !field.is_text() || field.read_only || &field == lookup.key) continue;
      const auto fill = filled(field);
      if (fill != link.fills.end()) {
        fill->is_name = true;
      } else if (link.fills.size() < max_fills) {
        link.fills.push_back({&field, std::nullopt, nullptr, std::nullopt, true});
      }
    }
  }

  std::optional<std::size_t> column_of(const Field& field) const {
    for (const CellPlan& cell : plan_.values) {
      if (cell.field == &field) return cell.column;
    }
    return std::nullopt;
  }

  std::optional<CellPlan> make_cell(const MappingText& mapping, const Field& field) {
    const auto& names = plan_.column_names;
    const auto column = std::find(names.begin(), names.end(), mapping.column);
    if (column == names.end()) {
      problems_.add(mapping.pointer + "/column", "no_such_column", {{"column", mapping.column}});
      return std::nullopt;
    }
    CellPlan cell;
    cell.field = &field;
    cell.column = static_cast<std::size_t>(column - names.begin());
    const FileColumn& source = layout_.columns[cell.column];
    if (field.is_scaled() || field.type == FieldType::integer) cell.multiplier = source.multiplier;
    add_format(mapping, source, cell);
    for (const records::Option& option : field.options) {
      for (const std::string& text : {option.key, option.label.zh_cn, option.label.en}) {
        cell.options.emplace(fold(text), option.key);
      }
    }
    if (field.is_link()) return add_lookup(mapping, std::move(cell));
    if (mapping.link_by) problems_.add(mapping.pointer + "/link_by", "not_a_link");
    if (mapping.missing) problems_.add(mapping.pointer + "/missing", "not_a_link");
    return cell;
  }

  void add_format(const MappingText& mapping, const FileColumn& source, CellPlan& cell) {
    const FieldType type = cell.field->type;
    const std::string format = mapping.format.value_or("");
    const bool is_date = type == FieldType::date || type == FieldType::datetime;
    std::string choices;
    if (is_date) choices = "dmy, mdy, ymd";
    if (type == FieldType::percent) choices = "percent, fraction";
    const bool fits =
        is_date ? format == "dmy" || format == "mdy" || format == "ymd"
                : type == FieldType::percent && (format == "percent" || format == "fraction");
    if (!format.empty() && !fits) {
      const std::string pointer = mapping.pointer + "/format";
      if (choices.empty()) {
        problems_.add(pointer, "no_format");
      } else {
        problems_.add(pointer, "wrong_choice", {{"of", choices}});
      }
    }
    if (is_date) cell.format = format;
    const bool fraction = format.empty() ? are_fractions(source.samples) : format == "fraction";
    if (type == FieldType::percent && fraction) cell.multiplier *= percent_of_fraction;
  }

  std::optional<CellPlan> add_lookup(const MappingText& mapping, CellPlan cell) {
    const Object& target = *plan_.schema->object(cell.field->target);
    const std::string pointer = mapping.pointer + "/link_by";
    const Field* key = mapping.link_by ? target.field(*mapping.link_by) : default_key(target);
    const bool readable = key != nullptr && is_key(target, *key) &&
                          right_of(scope_, target, *key) != FieldRight::none;
    if (!readable) {
      problems_.add(pointer, "not_a_key", {{"object", target.api_name}});
      return std::nullopt;
    }
    const std::string missing = mapping.missing.value_or("error");
    if (missing == "create") cell.missing = Missing::create;
    if (missing == "null") cell.missing = Missing::leave;
    if (cell.missing == Missing::create && !scope_.may(Action::create, target.api_name)) {
      problems_.add(mapping.pointer + "/missing", "may_not_create", {{"object", target.api_name}});
    }
    const auto known =
        std::find_if(plan_.lookups.begin(), plan_.lookups.end(),
                     [&](const Lookup& one) { return one.object == &target && one.key == key; });
    cell.lookup = static_cast<std::size_t>(known - plan_.lookups.begin());
    if (known == plan_.lookups.end()) plan_.lookups.push_back({&target, key});
    return cell;
  }

  const FileLayout& layout_;
  const AccessScope& scope_;
  PlanProblems& problems_;
  Plan plan_;
  std::set<std::string, std::less<>> mapped_;
};

}  // namespace

Result<Plan> compile_plan(const json::object& object, std::shared_ptr<const records::Schema> schema,
                          const FileLayout& layout, const AccessScope& scope) {
  PlanProblems problems;
  const PlanText text = read_plan(object, problems);
  Compiler compiler(std::move(schema), layout, scope, problems);
  if (problems.any() || !compiler.choose_object(text)) return problems.error();
  const bool may_write = scope.may(Action::import, text.object) &&
                         scope.may(Action::create, text.object) &&
                         (text.mode != "upsert" || scope.may(Action::update, text.object)) &&
                         (!text.replace || scope.may(Action::remove, text.object));
  if (!may_write) return Error::of(ErrorCode::forbidden);
  compiler.add_mappings(text);
  compiler.add_defaults(text);
  compiler.add_match(text);
  compiler.add_replace(text);
  if (problems.any()) return problems.error();
  return compiler.take();
}

}  // namespace linchpin::imports
