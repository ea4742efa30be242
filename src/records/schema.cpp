#include "records/schema.h"

#include <array>

#include "base/text.h"

namespace linchpin::records {

namespace {

struct TypeName {
  FieldType type;
  std::string_view name;
};

constexpr std::array type_names{
    TypeName{FieldType::id, "id"},
    TypeName{FieldType::text, "text"},
    TypeName{FieldType::long_text, "long_text"},
    TypeName{FieldType::integer, "integer"},
    TypeName{FieldType::decimal, "decimal"},
    TypeName{FieldType::percent, "percent"},
    TypeName{FieldType::money, "money"},
    TypeName{FieldType::boolean, "boolean"},
    TypeName{FieldType::date, "date"},
    TypeName{FieldType::datetime, "datetime"},
    TypeName{FieldType::select, "select"},
    TypeName{FieldType::multi_select, "multi_select"},
    TypeName{FieldType::email, "email"},
    TypeName{FieldType::phone, "phone"},
    TypeName{FieldType::url, "url"},
    TypeName{FieldType::user, "user"},
    TypeName{FieldType::department, "department"},
    TypeName{FieldType::link, "link"},
    TypeName{FieldType::attachment, "attachment"},
    TypeName{FieldType::autonumber, "autonumber"},
    TypeName{FieldType::rating, "rating"},
    TypeName{FieldType::json, "json"},
};

json::object both(const BothLanguages& text) {
  return {{"zh-CN", text.zh_cn}, {"en", text.en}};
}

}  // namespace

std::string_view type_name(FieldType type) {
  for (const TypeName& entry : type_names) {
    if (entry.type == type) return entry.name;
  }
  return "text";
}

std::optional<FieldType> type_named(std::string_view name) {
  for (const TypeName& entry : type_names) {
    if (entry.name == name) return entry.type;
  }
  return std::nullopt;
}

bool Field::is_link() const {
  return type == FieldType::link || type == FieldType::user || type == FieldType::department ||
         type == FieldType::id;
}

bool Field::is_text() const {
  switch (type) {
    case FieldType::text:
    case FieldType::long_text:
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
    case FieldType::autonumber:
      return true;
    default:
      return false;
  }
}

bool Field::is_scaled() const {
  return type == FieldType::decimal || type == FieldType::percent || type == FieldType::money;
}

std::string_view kind_name(Compute::Kind kind) {
  switch (kind) {
    case Compute::Kind::formula:
      return "formula";
    case Compute::Kind::rollup:
      return "rollup";
    case Compute::Kind::lookup:
      return "lookup";
  }
  return "formula";
}

bool Field::has_key_column() const {
  return stored && is_text() && type != FieldType::long_text &&
         sensitivity == Sensitivity::normal && (name || indexed || unique);
}

const Option* Field::option(std::string_view key) const {
  for (const Option& candidate : options) {
    if (candidate.key == key) return &candidate;
  }
  return nullptr;
}

const Field* Object::field(std::string_view name) const {
  for (const Field& candidate : fields) {
    if (candidate.api_name == name) return &candidate;
  }
  return nullptr;
}

const Fact* Object::fact(std::string_view name) const {
  for (const Fact& candidate : facts) {
    if (candidate.name == name) return &candidate;
  }
  return nullptr;
}

bool Object::has_feature(std::string_view feature) const {
  return std::find(features.begin(), features.end(), feature) != features.end();
}

const Object* Schema::object(std::string_view api_name) const {
  const auto found = by_name_.find(api_name);
  return found == by_name_.end() ? nullptr : found->second;
}

const std::vector<Referrer>& Schema::referrers(std::string_view target) const {
  static const std::vector<Referrer> none;
  const auto found = referrers_.find(target);
  return found == referrers_.end() ? none : found->second;
}

namespace {

json::object described(const Compute& compute) {
  if (compute.kind == Compute::Kind::formula) return {{"formula", compute.formula}};
  if (compute.kind == Compute::Kind::lookup) return {{"lookup", {{"path", compute.path}}}};
  json::object rollup{{"object", compute.object}, {"link", compute.link}, {"fn", compute.function}};
  if (!compute.field.empty()) rollup["field"] = compute.field;
  if (!compute.where.is_null()) rollup["where"] = compute.where;
  return {{"rollup", std::move(rollup)}};
}

}  // namespace

json::object describe(const Field& field) {
  json::object out{
      {"api_name", field.api_name},
      {"type", field.compute ? kind_name(field.compute->kind) : type_name(field.type)},
      {"label", both(field.label)},
      {"required", field.required},
      {"unique", field.unique},
      {"read_only", field.read_only || field.system},
      {"system", field.system},
      {"origin", field.custom ? "custom" : "standard"},
      {"important", field.important},
      {"sensitivity", field.sensitivity == Sensitivity::personal ? "personal" : "normal"}};
  if (!field.help.zh_cn.empty()) out["help"] = both(field.help);
  if (field.compute) {
    out["result_type"] = type_name(field.type);
    out["compute"] = described(*field.compute);
    if (!field.stored) out["computed_at_read"] = true;
  }
  if (field.name) out["name"] = true;
  if (field.indexed || field.unique || field.name || field.is_link()) out["indexed"] = true;
  if (field.many) out["many"] = true;
  if (field.is_scaled()) out["scale"] = field.scale;
  if (field.max_length > 0) out["max_length"] = field.max_length;
  if (field.is_link() && field.type != FieldType::id) out["target"] = field.target;
  if (!field.default_value.is_null()) out["default"] = field.default_value;
  if (!field.options.empty()) {
    json::array options;
    for (const Option& option : field.options) {
      json::object item{{"key", option.key}, {"label", both(option.label)}};
      if (!option.color.empty()) item["color"] = option.color;
      options.push_back(std::move(item));
    }
    out["options"] = std::move(options);
  }
  return out;
}

json::object describe(const Object& object) {
  json::object ownership;
  switch (object.ownership.kind) {
    case Ownership::Kind::none:
      ownership["kind"] = "none";
      break;
    case Ownership::Kind::owner:
      ownership["kind"] = "owner";
      break;
    case Ownership::Kind::inherits:
      ownership["kind"] = "inherits";
      ownership["link"] = object.ownership.link;
      break;
  }
  json::array features;
  for (const std::string& feature : object.features) features.push_back(json::string(feature));
  json::array fields;
  for (const Field& field : object.fields) fields.push_back(describe(field));
  return {{"api_name", object.api_name},
          {"label", both(object.label)},
          {"origin", object.origin},
          {"capability", object.capability},
          {"primary_field", object.primary_field},
          {"ownership", std::move(ownership)},
          {"features", std::move(features)},
          {"fields", std::move(fields)}};
}

}  // namespace linchpin::records
