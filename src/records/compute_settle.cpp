// Checks the computed fields of a schema and puts them in order: what a field reads is settled
// before the field itself, so a circle shows itself as a field that is met while being settled.

#include "records/compute_graph.h"
#include "records/rollup_rules.h"

namespace linchpin::records {

namespace {

enum class Progress { begun, done };

struct Visited {
  const Object* object;
  const Field* field;
};

std::string name_of(const Visited& place) {
  return place.object->api_name + "." + place.field->api_name;
}

bool is_number(FieldType type) {
  return type == FieldType::integer || type == FieldType::decimal || type == FieldType::percent ||
         type == FieldType::money;
}

FieldType usual_type(formula::Type type) {
  switch (type) {
    case formula::Type::number:
      return FieldType::decimal;
    case formula::Type::boolean:
      return FieldType::boolean;
    case formula::Type::date:
      return FieldType::date;
    case formula::Type::datetime:
      return FieldType::datetime;
    case formula::Type::text:
    case formula::Type::nothing:
      return FieldType::text;
  }
  return FieldType::text;
}

bool holds(FieldType field, formula::Type type) {
  switch (type) {
    case formula::Type::nothing:
      return true;
    case formula::Type::number:
      return is_number(field);
    case formula::Type::text:
      return field == FieldType::text || field == FieldType::long_text;
    default:
      return field == usual_type(type);
  }
}

}  // namespace

class ComputeSettler {
 public:
  ComputeSettler(const Schema& schema, const std::vector<std::unique_ptr<Object>>& objects,
                 ComputeGraph& graph)
      : schema_(schema), graph_(graph) {
    for (const auto& object : objects) {
      for (Field& field : object->fields) fields_.push_back({object.get(), &field});
    }
  }

  Status settle_all() {
    for (const auto& [object, field] : fields_) LP_CHECK(settle(*object, *field));
    for (const auto& one : graph_.formulas_) watch(*one);
    return {};
  }

 private:
  struct Settled {
    const Object* object;
    Field* field;
  };

  Status settle(const Object& object, const Field& field) {
    if (!field.compute) return {};
    const auto [state, is_new] = progress_.emplace(&field, Progress::begun);
    if (!is_new) return state->second == Progress::done ? Status() : circle(field);
    under_way_.push_back({&object, &field});
    Field& settled = writable(field);
    switch (field.compute->kind) {
      case Compute::Kind::formula:
        LP_CHECK(settle_formula(object, settled));
        break;
      case Compute::Kind::rollup:
        LP_CHECK(settle_rollup(object, settled));
        break;
      case Compute::Kind::lookup:
        LP_CHECK(settle_lookup(object, settled));
        break;
    }
    under_way_.pop_back();
    progress_[&field] = Progress::done;
    return {};
  }

  Field& writable(const Field& field) const {
    return *std::find_if(fields_.begin(), fields_.end(), [&](const Settled& one) {
              return one.field == &field;
            })->field;
  }

  Error wrong(const Field& field, std::string where, std::string code, ErrorParams params = {}) {
    return Error::invalid(FieldProblem{"/compute/" + std::move(where), field.api_name,
                                       std::move(code), std::move(params)});
  }

  Error circle(const Field& field) {
    auto at = std::find_if(under_way_.begin(), under_way_.end(),
                           [&](const Visited& place) { return place.field == &field; });
    const Visited first = *at;
    std::string path;
    for (; at != under_way_.end(); ++at) path += name_of(*at) + " → ";
    return wrong(*first.field, std::string(kind_name(first.field->compute->kind)),
                 "computed_in_circle", {{"path", path + name_of(first)}});
  }

  // Resolves a path from an object and settles the field at its end. A problem with the path is
  // its code; a problem of the field at its end stays in failure_.
  tl::expected<FieldPath, std::string> resolve(const Object& from, std::string_view text) {
    FieldPath path;
    path.text = text;
    path.object = &from;
    for (std::string_view rest = text;;) {
      const auto dot = rest.find('.');
      const Field* field = path.object->field(rest.substr(0, dot));
      if (!field) return tl::unexpected(std::string("formula_unknown_field"));
      if (dot == rest.npos) return finish_path(std::move(path), *field);
      if (!field->is_link() || field->many || field->compute || field->type == FieldType::id) {
        return tl::unexpected(std::string("formula_unknown_field"));
      }
      if (path.links.size() == max_path_links) {
        return tl::unexpected(std::string("formula_path_too_long"));
      }
      path.links.push_back(field);
      path.object = schema_.object(field->target);
      if (!path.object) return tl::unexpected(std::string("formula_unknown_field"));
      rest.remove_prefix(dot + 1);
    }
  }

  tl::expected<FieldPath, std::string> finish_path(FieldPath path, const Field& field) {
    if (Status settled = settle(*path.object, field); !settled) {
      failure_ = std::move(settled).error();
      return tl::unexpected(std::string("formula_field_not_usable"));
    }
    if (field.compute && field.compute->kind == Compute::Kind::lookup) {
      const FieldPath& inner = graph_.lookup(field)->path;
      path.links.insert(path.links.end(), inner.links.begin(), inner.links.end());
      path.object = inner.object;
      path.field = inner.field;
    } else {
      path.field = &field;
    }
    if (path.field->sensitivity == Sensitivity::personal) {
      return tl::unexpected(std::string("formula_field_not_usable"));
    }
    return path;
  }

  Status settle_formula(const Object& object, Field& field) {
    auto made = std::make_unique<FormulaField>();
    made->object = &object;
    made->field = &field;
    std::vector<FieldPath> paths;
    auto program =
        formula::compile(field.compute->formula,
                         [&](std::string_view name) -> tl::expected<formula::Type, std::string> {
                           auto path = resolve(object, name);
                           if (!path) return tl::unexpected(path.error());
                           const auto type = formula_type(*path->field);
                           if (!type || !path->field->stored) {
                             return tl::unexpected(std::string("formula_field_not_usable"));
                           }
                           paths.push_back(std::move(*path));
                           return *type;
                         });
    if (failure_) return std::move(*failure_);
    if (!program) return placed(std::move(program).error(), field);
    made->program = std::move(*program);
    for (const std::string& input : made->program.inputs) {
      made->inputs.push_back(*std::find_if(
          paths.begin(), paths.end(), [&](const FieldPath& path) { return path.text == input; }));
      add_walks(object, made->inputs.back(), field);
    }
    LP_CHECK(settle_result(made->program.type, field));
    field.stored = !made->program.at_read;
    if (field.stored) graph_.by_object_[&object].formulas.push_back(made.get());
    graph_.formulas_.push_back(std::move(made));
    return {};
  }

  static Error placed(Error error, const Field& field) {
    for (FieldProblem& problem : error.problems) {
      problem.pointer = "/compute/formula";
      problem.field = field.api_name;
    }
    return error;
  }

  Status settle_result(formula::Type type, Field& field) {
    const FieldType result = field.compute->result_type.value_or(usual_type(type));
    if (!holds(result, type)) {
      return Error::invalid(FieldProblem{"/result_type",
                                         field.api_name,
                                         "formula_wrong_result",
                                         {{"expected", std::string(type_name(result))},
                                          {"found", std::string(formula::type_name(type))}}});
    }
    field.type = result;
    return {};
  }

  Status settle_lookup(const Object& object, Field& field) {
    auto path = resolve(object, field.compute->path);
    if (failure_) return std::move(*failure_);
    if (!path)
      return wrong(field, "lookup/path", path.error(),
                   {{"name", field.compute->path}, {"position", "1"}});
    if (path->links.empty()) return wrong(field, "lookup/path", "lookup_needs_link");
    const Field& source = *path->field;
    field.type = source.type;
    field.scale = source.scale;
    field.many = source.many;
    field.options = source.options;
    field.target = source.target;
    field.max_length = source.max_length;
    field.stored = false;
    add_walks(object, *path, field);
    graph_.lookups_.push_back(
        std::make_unique<LookupField>(LookupField{&object, &field, std::move(*path)}));
    return {};
  }

  // What a field is made from, and what that is made from.
  void add_walks(const Object& object, const FieldPath& path, Field& field) const {
    const Object* from = &object;
    for (const Field* link : path.links) {
      field.walks.emplace_back(from->api_name, link->api_name);
      from = schema_.object(link->target);
    }
    field.walks.emplace_back(path.object->api_name, path.field->api_name);
    field.walks.insert(field.walks.end(), path.field->walks.begin(), path.field->walks.end());
  }

  static void add_walks_of(const RollupField& rollup, Field& field) {
    const std::string& child = rollup.child->api_name;
    field.walks.emplace_back(child, rollup.link->api_name);
    if (rollup.measure) {
      field.walks.emplace_back(child, rollup.measure->api_name);
      const auto& behind = rollup.measure->walks;
      field.walks.insert(field.walks.end(), behind.begin(), behind.end());
    }
    for (const std::string& name : fields_named(field.compute->where)) {
      if (rollup.child->field(name)) field.walks.emplace_back(child, name);
    }
  }

  Status settle_rollup(const Object& object, Field& field) {
    const Compute& compute = *field.compute;
    auto made = std::make_unique<RollupField>();
    made->parent = &object;
    made->field = &field;
    made->child = schema_.object(compute.object);
    if (!made->child) {
      return wrong(field, "rollup/object", "no_such_object", {{"object", compute.object}});
    }
    made->link = made->child->field(compute.link);
    const bool leads_here = made->link && made->link->is_link() && !made->link->many &&
                            !made->link->compute && !made->link->system &&
                            made->link->target == object.api_name;
    if (!leads_here) {
      return wrong(field, "rollup/link", "rollup_wrong_link", {{"object", object.api_name}});
    }
    const auto function = rollup_function(compute.function);
    if (!function) return wrong(field, "rollup/fn", "rollup_unknown_function");
    made->function = *function;
    LP_CHECK(settle_measure(field, *made));
    LP_CHECK(settle_where(field, *made));
    settle_result_of(*made, field);
    add_walks_of(*made, field);
    if (compute.result_type && *compute.result_type != field.type) {
      return wrong(field, "rollup", "formula_wrong_result",
                   {{"expected", std::string(type_name(*compute.result_type))},
                    {"found", std::string(type_name(field.type))}});
    }
    const std::string column(field.column.text());
    if (column.size() > max_rollup_name)
      return wrong(field, "rollup", "too_long", {{"max", std::to_string(max_rollup_name)}});
    LP_TRY(made->sum_column, storage::Name::checked(column + "__sum"));
    LP_TRY(made->count_column, storage::Name::checked(column + "__count"));
    graph_.by_object_[&object].rollups_into.push_back(made.get());
    graph_.by_object_[made->child].rollups_from.push_back(made.get());
    graph_.rollups_.push_back(std::move(made));
    return {};
  }

  Status settle_measure(const Field& field, RollupField& rollup) {
    const std::string& name = field.compute->field;
    if (name.empty() && rollup.function == RollupFunction::count) return {};
    rollup.measure = rollup.child->field(name);
    if (rollup.measure) LP_CHECK(settle(*rollup.child, *rollup.measure));
    if (!rollup.measure || !can_roll_up(rollup.function, *rollup.measure)) {
      return wrong(field, "rollup/field", "rollup_wrong_field", {{"name", name}});
    }
    return {};
  }

  // Computed fields in the condition are settled before it is read, for it checks their types.
  Status settle_where(const Field& field, RollupField& rollup) {
    const json::value& where = field.compute->where;
    if (where.is_null()) return {};
    for (const std::string& name : fields_named(where)) {
      const Field* own = rollup.child->field(name);
      if (own) LP_CHECK(settle(*rollup.child, *own));
    }
    const access::AccessScope product = access::Authority::product();
    LP_TRY(const TimeZone zone, TimeZone::named("UTC"));
    const FilterFrame frame{schema_, product, zone, 0};
    auto filter = read_filter(frame, *rollup.child, where, "/compute/rollup/where");
    if (!filter) return std::move(filter).error();
    if (depends_on_the_reader(where) || !is_of_own_row(*filter)) {
      return wrong(field, "rollup/where", "rollup_where_not_own");
    }
    rollup.where = std::move(*filter);
    return {};
  }

  // Every link and field behind the first link belongs to another record, whose change matters.
  void watch(const FormulaField& formula) {
    if (!formula.field->stored) return;
    for (const FieldPath& path : formula.inputs) {
      const Object* object = formula.object;
      for (std::size_t step = 0; step < path.links.size(); ++step) {
        object = schema_.object(path.links[step]->target);
        const bool last = step + 1 == path.links.size();
        const Field* watched = last ? path.field : path.links[step + 1];
        graph_.by_object_[object].dependents.push_back({&formula, &path, step + 1, watched});
      }
    }
  }

  const Schema& schema_;
  ComputeGraph& graph_;
  std::vector<Settled> fields_;
  std::map<const Field*, Progress> progress_;
  std::vector<Visited> under_way_;
  std::optional<Error> failure_;
};

Result<std::shared_ptr<const ComputeGraph>> ComputeGraph::settle(
    const Schema& schema, const std::vector<std::unique_ptr<Object>>& objects) {
  auto graph = std::make_shared<ComputeGraph>();
  LP_CHECK(ComputeSettler(schema, objects, *graph).settle_all());
  return std::shared_ptr<const ComputeGraph>(std::move(graph));
}

}  // namespace linchpin::records
