#include <set>

#include "base/decimal.h"
#include "records/compute_graph.h"
#include "records/schema.h"
#include "storage/sql.h"

namespace linchpin::records {

namespace {

constexpr std::size_t default_text_length = 255;
constexpr std::size_t default_long_text_length = 20'000;

// Reads members of one JSON object and remembers which were read, so that a misspelt key is found.
class Members {
 public:
  Members(const json::object& object, std::string place)
      : object_(object), place_(std::move(place)) {}

  std::string text(std::string_view key) {
    const json::value* value = take(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
  }
  bool flag(std::string_view key) {
    const json::value* value = take(key);
    return value && value->is_bool() && value->as_bool();
  }
  std::int64_t integer(std::string_view key, std::int64_t otherwise) {
    const json::value* value = take(key);
    return value && value->is_int64() ? value->as_int64() : otherwise;
  }
  BothLanguages both(std::string_view key) {
    const json::value* value = take(key);
    BothLanguages labels;
    if (!value || !value->is_object()) return labels;
    Members inner(value->as_object(), place_);
    labels.zh_cn = inner.text("zh-CN");
    labels.en = inner.text("en");
    return labels;
  }
  std::vector<std::string> texts(std::string_view key) {
    const json::value* value = take(key);
    std::vector<std::string> list;
    if (!value || !value->is_array()) return list;
    for (const json::value& item : value->as_array()) {
      if (item.is_string()) list.emplace_back(item.as_string());
    }
    return list;
  }
  const json::value* take(std::string_view key) {
    read_.insert(std::string(key));
    return object_.if_contains(key);
  }
  Status finish() const {
    for (const auto& member : object_) {
      if (!read_.contains(std::string(member.key()))) {
        return wrong_schema(place_ + "/" + std::string(member.key()));
      }
    }
    return {};
  }
  const std::string& place() const { return place_; }

 private:
  const json::object& object_;
  std::string place_;
  std::set<std::string, std::less<>> read_;
};

Status read_options(Members& members, Field& field) {
  const json::value* options = members.take("options");
  if (!options) return {};
  if (!options->is_array()) return wrong_schema(members.place() + "/options");
  for (const json::value& item : options->as_array()) {
    if (!item.is_object()) return wrong_schema(members.place() + "/options");
    Members inner(item.as_object(), members.place() + "/options");
    Option option{inner.text("key"), inner.both("label"), inner.text("color")};
    LP_CHECK(inner.finish());
    if (option.key.empty() || field.option(option.key)) {
      return wrong_schema(members.place() + "/options/" + option.key);
    }
    field.options.push_back(std::move(option));
  }
  return {};
}

Status read_link(Members& members, Field& field) {
  field.target = members.text("target");
  if (field.type == FieldType::user) field.target = "user";
  if (field.type == FieldType::department) field.target = "department";
  field.many = members.flag("many");
  const std::string on_delete = members.text("on_delete");
  if (on_delete == "restrict") {
    field.on_delete = OnDelete::restrict;
  } else if (on_delete == "cascade") {
    field.on_delete = OnDelete::cascade;
  } else if (!on_delete.empty() && on_delete != "clear") {
    return wrong_schema(members.place() + "/on_delete");
  }
  if (const json::value* fills = members.take("fills"); fills && fills->is_object()) {
    for (const auto& entry : fills->as_object()) {
      if (!entry.value().is_string()) return wrong_schema(members.place() + "/fills");
      field.fills.emplace_back(entry.key(), entry.value().as_string());
    }
  }
  return {};
}

Result<Field> read_field(const json::value& item, const std::string& place, int money_scale) {
  if (!item.is_object()) return wrong_schema(place);
  Members members(item.as_object(), place);
  Field field;
  field.api_name = members.text("api_name");
  const std::string own_column = members.text("$column");
  field.custom = members.flag("$custom");
  field.retired = members.flag("$retired");
  auto column = storage::Name::checked(own_column.empty() ? field.api_name : own_column);
  if (!column) return wrong_schema(place + "/" + field.api_name);
  const std::string type_text = members.text("type");
  LP_TRY(field.compute,
         read_compute(members.take("compute"), type_text, members.take("result_type"),
                      members.take("scale"), place + "/" + field.api_name));
  const auto type =
      field.compute ? field.compute->result_type.value_or(FieldType::text) : type_named(type_text);
  if (!type || *type == FieldType::id) return wrong_schema(place + "/type");
  field.type = *type;
  field.label = members.both("label");
  if (field.label.zh_cn.empty() || field.label.en.empty()) return wrong_schema(place + "/label");
  field.help = members.both("help");
  field.required = members.flag("required");
  field.unique = members.flag("unique");
  field.name = members.flag("name");
  field.indexed = members.flag("index");
  field.read_only = members.flag("read_only");
  field.important = members.flag("important");
  const std::string sensitivity = members.text("sensitivity");
  if (sensitivity == "personal") field.sensitivity = Sensitivity::personal;
  const bool money = field.type == FieldType::money;
  field.scale = static_cast<int>(members.integer("scale", money ? money_scale : 2));
  if (field.scale < 0 || field.scale > max_decimal_scale) return wrong_schema(place + "/scale");
  const bool is_long = field.type == FieldType::long_text;
  const auto length = members.integer("max_length", 0);
  field.max_length = length > 0 ? static_cast<std::size_t>(length)
                                : (is_long ? default_long_text_length : default_text_length);
  if (const json::value* value = members.take("default")) field.default_value = *value;
  if (field.compute) {
    if (field.required || field.unique || !field.default_value.is_null()) {
      return wrong_schema(place + "/" + field.api_name + "/compute");
    }
    field.read_only = true;
  }
  LP_CHECK(read_options(members, field));
  LP_CHECK(read_link(members, field));
  LP_CHECK(members.finish());
  field.column = *column;
  LP_TRY(field.key_column, storage::Name::checked(std::string(column->text()) + "__key"));
  return field;
}

Result<Fact> read_fact_definition(const json::value& item, const std::string& place) {
  if (!item.is_object()) return wrong_schema(place);
  Members members(item.as_object(), place);
  Fact fact;
  fact.name = members.text("name");
  fact.date = members.text("date");
  fact.by = members.text("by");
  fact.product = members.text("product");
  fact.document = members.text("document");
  fact.positive = members.text("positive");
  fact.measures = members.texts("measures");
  if (const json::value* condition = members.take("condition")) {
    if (!condition->is_object()) return wrong_schema(place + "/condition");
    Members inner(condition->as_object(), place + "/condition");
    fact.condition = FactCondition{inner.text("link"), inner.text("field"), inner.texts("values")};
    LP_CHECK(inner.finish());
  }
  LP_CHECK(members.finish());
  return fact;
}

Field system_field(storage::Name name, FieldType type, BothLanguages label) {
  Field field;
  field.column = name;
  field.api_name = name.text();
  field.type = type;
  field.label = std::move(label);
  field.system = true;
  field.read_only = true;
  if (type == FieldType::user) field.target = "user";
  return field;
}

void add_system_fields(Object& object) {
  object.fields.push_back(
      system_field(storage::Name("id"), FieldType::id, {"记录编号", "Record id"}));
  object.fields.push_back(
      system_field(storage::Name("version"), FieldType::integer, {"版本", "Version"}));
  object.fields.push_back(
      system_field(storage::Name("created_at"), FieldType::datetime, {"创建时间", "Created"}));
  object.fields.push_back(
      system_field(storage::Name("created_by"), FieldType::user, {"创建人", "Created by"}));
  object.fields.push_back(
      system_field(storage::Name("updated_at"), FieldType::datetime, {"更新时间", "Updated"}));
  object.fields.push_back(
      system_field(storage::Name("updated_by"), FieldType::user, {"更新人", "Updated by"}));
  object.fields[0].target = object.api_name;
}

Result<Ownership> read_ownership(const json::value* value, const std::string& place) {
  Ownership ownership;
  if (!value) return ownership;
  if (!value->is_object()) return wrong_schema(place);
  Members members(value->as_object(), place);
  const std::string kind = members.text("kind");
  ownership.link = members.text("link");
  LP_CHECK(members.finish());
  if (kind == "owner") {
    ownership.kind = Ownership::Kind::owner;
  } else if (kind == "inherits" && !ownership.link.empty()) {
    ownership.kind = Ownership::Kind::inherits;
  } else if (kind != "none") {
    return wrong_schema(place + "/kind");
  }
  return ownership;
}

Status check_fact(const Object& object, const Fact& fact) {
  const std::string place = object.api_name + "/facts/" + fact.name;
  if (!storage::Name::checked(fact.name)) return wrong_schema(place);
  const Field* date = object.field(fact.date);
  if (!date || date->type != FieldType::date || !date->stored) {
    return wrong_schema(place + "/date");
  }
  const std::array links{&fact.by, &fact.product, &fact.document};
  for (const std::string* link : links) {
    const Field* field = link->empty() ? nullptr : object.field(*link);
    if (!link->empty() && (!field || !field->is_link())) return wrong_schema(place + "/" + *link);
  }
  for (const std::string& measure : fact.measures) {
    const Field* field = object.field(measure);
    if (!field || !field->is_scaled() || !field->stored) {
      return wrong_schema(place + "/" + measure);
    }
  }
  if (!fact.document.empty() && !object.field(fact.positive)) {
    return wrong_schema(place + "/positive");
  }
  return {};
}

Status read_roles(const json::value& roles, const std::string& place, access::Roles& into) {
  if (!roles.is_object()) return wrong_schema(place + "/roles");
  for (const auto& member : roles.get_object()) {
    const std::string here = place + "/roles/" + std::string(member.key());
    if (!member.value().is_object()) return wrong_schema(here);
    auto role = access::Role::read(member.value().get_object());
    if (!role) return wrong_schema(here);
    into[std::string(member.key())] = std::make_shared<const access::Role>(std::move(*role));
  }
  return {};
}

}  // namespace

Error wrong_schema(std::string place) {
  return Error::of(ErrorCode::malformed, "wrong_schema", {{"place", std::move(place)}});
}

Status SchemaBuilder::add(std::string_view capability, const json::object& document) {
  const std::string place = std::string(capability) + "/schema.json";
  Members members(document, place);
  const json::value* objects = members.take("objects");
  const json::value* roles = members.take("roles");
  LP_CHECK(members.finish());
  if (roles) LP_CHECK(read_roles(*roles, place, roles_));
  if (!objects || !objects->is_array()) return wrong_schema(place + "/objects");
  for (const json::value& item : objects->as_array()) {
    if (!item.is_object()) return wrong_schema(place);
    Members inner(item.as_object(), place);
    auto object = std::make_unique<Object>();
    object->api_name = inner.text("api_name");
    const std::string own_table = inner.text("$table");
    if (!own_table.empty()) object->origin = "custom";
    auto table = storage::Name::checked(own_table.empty() ? object->api_name : own_table);
    if (!table || object->api_name.starts_with("lp_")) return wrong_schema(place + "/api_name");
    object->table = *table;
    const std::string here = place + "/" + object->api_name;
    object->capability = capability;
    object->label = inner.both("label");
    object->primary_field = inner.text("primary_field");
    object->features = inner.texts("features");
    LP_TRY(object->ownership, read_ownership(inner.take("ownership"), here + "/ownership"));
    add_system_fields(*object);
    const json::value* fields = inner.take("fields");
    if (!fields || !fields->is_array()) return wrong_schema(here + "/fields");
    for (const json::value& field : fields->as_array()) {
      LP_TRY(Field made, read_field(field, here, money_scale_));
      if (object->field(made.api_name)) return wrong_schema(here + "/" + made.api_name);
      object->fields.push_back(std::move(made));
    }
    if (const json::value* facts = inner.take("facts"); facts && facts->is_array()) {
      for (const json::value& fact : facts->as_array()) {
        LP_TRY(Fact made, read_fact_definition(fact, here + "/facts"));
        object->facts.push_back(std::move(made));
      }
    }
    LP_CHECK(inner.finish());
    for (std::size_t i = 0; i < object->fields.size(); ++i) object->fields[i].index = i;
    objects_.push_back(std::move(object));
  }
  return {};
}

Result<std::shared_ptr<const Schema>> SchemaBuilder::finish(std::int64_t generation) {
  auto schema = std::make_shared<Schema>();
  schema->generation_ = generation;
  schema->money_scale_ = money_scale_;
  schema->roles_ = roles_;
  LP_TRY(access::Role administration, access::Role::read({{"administrator", true}}));
  schema->roles_["administrator"] = std::make_shared<const access::Role>(std::move(administration));
  for (auto& object : objects_) {
    if (!schema->by_name_.emplace(object->api_name, object.get()).second) {
      return wrong_schema(object->api_name);
    }
  }
  LP_TRY(schema->computed_, ComputeGraph::settle(*schema, objects_));
  for (auto& object : objects_) {
    if (!object->primary_field.empty() && !object->field(object->primary_field)) {
      return wrong_schema(object->api_name + "/primary_field");
    }
    for (const Field& field : object->fields) {
      if (!field.is_link()) continue;
      if (!schema->by_name_.contains(field.target)) {
        return wrong_schema(object->api_name + "/" + field.api_name + "/target");
      }
      if (!field.system && !field.compute)
        schema->referrers_[field.target].push_back({object.get(), &field});
    }
    for (const Fact& fact : object->facts) LP_CHECK(check_fact(*object, fact));
  }
  for (auto& object : objects_) schema->objects_.push_back(std::move(object));
  objects_.clear();
  return std::shared_ptr<const Schema>(std::move(schema));
}

}  // namespace linchpin::records
