#include "records/compute_graph.h"

namespace linchpin::records {

namespace {

Error wrong_compute(const std::string& place) {
  return Error::of(ErrorCode::malformed, "wrong_schema", {{"place", place + "/compute"}});
}

std::optional<Compute::Kind> kind_named(std::string_view name) {
  for (const auto kind : {Compute::Kind::formula, Compute::Kind::rollup, Compute::Kind::lookup}) {
    if (kind_name(kind) == name) return kind;
  }
  return {};
}

// Takes the text members of an object; false when it has others or one that is no text.
bool take_texts(const json::object& object,
                std::initializer_list<std::pair<std::string_view, std::string*>> members,
                json::value* where = nullptr) {
  for (const auto& entry : object) {
    const auto member = std::find_if(members.begin(), members.end(), [&](const auto& one) {
      return one.first == std::string_view(entry.key());
    });
    if (member != members.end() && entry.value().is_string()) {
      *member->second = std::string(entry.value().as_string());
    } else if (where && entry.key() == "where") {
      *where = entry.value();
    } else {
      return false;
    }
  }
  return true;
}

bool take_compute(const json::object& object, Compute& compute) {
  if (compute.kind == Compute::Kind::formula) {
    return take_texts(object, {{"formula", &compute.formula}}) && object.contains("formula");
  }
  const json::value* inner = object.if_contains(kind_name(compute.kind));
  if (!inner || !inner->is_object() || object.size() != 1) return false;
  if (compute.kind == Compute::Kind::lookup) {
    return take_texts(inner->as_object(), {{"path", &compute.path}});
  }
  return take_texts(inner->as_object(),
                    {{"object", &compute.object},
                     {"link", &compute.link},
                     {"fn", &compute.function},
                     {"field", &compute.field}},
                    &compute.where);
}

}  // namespace

Result<std::shared_ptr<const Compute>> read_compute(const json::value* compute,
                                                    std::string_view type,
                                                    const json::value* result_type,
                                                    const json::value* scale,
                                                    const std::string& place) {
  const auto kind = kind_named(type);
  if (!kind) {
    if (compute || result_type) return wrong_compute(place);
    return std::shared_ptr<const Compute>();
  }
  auto made = std::make_shared<Compute>();
  made->kind = *kind;
  if (!compute || !compute->is_object() || !take_compute(compute->as_object(), *made)) {
    return wrong_compute(place);
  }
  if (result_type) {
    if (result_type->is_string()) made->result_type = type_named(result_type->as_string());
    if (!made->result_type) return wrong_compute(place);
  }
  if (scale && scale->is_int64()) made->scale = static_cast<int>(scale->as_int64());
  return std::shared_ptr<const Compute>(std::move(made));
}

std::optional<formula::Type> formula_type(const Field& field) {
  const bool changes_by_itself = field.system && (field.column == storage::Name("version") ||
                                                  field.column == storage::Name("updated_at") ||
                                                  field.column == storage::Name("updated_by"));
  if (field.many || field.sensitivity == Sensitivity::personal || changes_by_itself) return {};
  if (field.is_scaled()) return formula::Type::number;
  if (field.is_text() || field.is_link()) return formula::Type::text;
  switch (field.type) {
    case FieldType::integer:
    case FieldType::rating:
      return formula::Type::number;
    case FieldType::select:
      return formula::Type::text;
    case FieldType::boolean:
      return formula::Type::boolean;
    case FieldType::date:
      return formula::Type::date;
    case FieldType::datetime:
      return formula::Type::datetime;
    default:
      return {};
  }
}

const ComputeGraph::OfObject& ComputeGraph::of(const Object& object) const {
  static const OfObject none;
  const auto found = by_object_.find(&object);
  return found == by_object_.end() ? none : found->second;
}

const std::vector<const FormulaField*>& ComputeGraph::formulas(const Object& object) const {
  return of(object).formulas;
}
const std::vector<const RollupField*>& ComputeGraph::rollups_into(const Object& parent) const {
  return of(parent).rollups_into;
}
const std::vector<const RollupField*>& ComputeGraph::rollups_from(const Object& child) const {
  return of(child).rollups_from;
}
const std::vector<Dependent>& ComputeGraph::dependents(const Object& object) const {
  return of(object).dependents;
}

std::vector<const Object*> ComputeGraph::followers(const Object& object) const {
  std::vector<const Object*> reached;
  const auto reach = [&](const Object* next) {
    if (std::find(reached.begin(), reached.end(), next) == reached.end()) reached.push_back(next);
  };
  const auto step = [&](const Object& from) {
    for (const RollupField* rollup : rollups_from(from)) reach(rollup->parent);
    for (const Dependent& dependent : dependents(from)) reach(dependent.formula->object);
  };
  step(object);
  for (std::size_t i = 0; i < reached.size(); ++i) step(*reached[i]);
  return reached;
}

bool ComputeGraph::comes_back(const Object& object) const {
  const auto reached = followers(object);
  return std::find(reached.begin(), reached.end(), &object) != reached.end();
}

namespace {

template <class Kind>
const Kind* found(const std::vector<std::unique_ptr<Kind>>& all, const Field& field) {
  for (const auto& one : all) {
    if (one->field == &field) return one.get();
  }
  return nullptr;
}

}  // namespace

const FormulaField* ComputeGraph::formula(const Field& field) const {
  return found(formulas_, field);
}
const RollupField* ComputeGraph::rollup(const Field& field) const {
  return found(rollups_, field);
}
const LookupField* ComputeGraph::lookup(const Field& field) const {
  return found(lookups_, field);
}

namespace {

bool reads(const FieldPath& path, const Field& field) {
  return path.field == &field ||
         std::find(path.links.begin(), path.links.end(), &field) != path.links.end();
}

bool reads(const Filter& filter, const Field& field) {
  if (filter.path.field && reads(filter.path, field)) return true;
  return std::any_of(filter.args.begin(), filter.args.end(),
                     [&](const Filter& arg) { return reads(arg, field); });
}

}  // namespace

std::vector<ComputedUser> ComputeGraph::users_of(const Field& field) const {
  std::vector<ComputedUser> users;
  for (const auto& one : formulas_) {
    const auto& inputs = one->inputs;
    const bool uses = std::any_of(inputs.begin(), inputs.end(),
                                  [&](const FieldPath& path) { return reads(path, field); });
    if (uses) users.push_back({one->object, one->field});
  }
  for (const auto& one : rollups_) {
    const bool uses = one->link == &field || one->measure == &field || reads(one->where, field);
    if (uses) users.push_back({one->parent, one->field});
  }
  for (const auto& one : lookups_) {
    if (reads(one->path, field)) users.push_back({one->object, one->field});
  }
  return users;
}

}  // namespace linchpin::records
