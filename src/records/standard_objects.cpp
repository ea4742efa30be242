#include "records/standard_objects.h"

#include <filesystem>
#include <set>

#include "base/files.h"
#include "base/log.h"

namespace linchpin::records {

namespace {

// Empty when the document is not shaped like one; the builder says where.
std::vector<json::object*> objects_in(json::object& document) {
  std::vector<json::object*> found;
  json::value* objects = document.if_contains("objects");
  if (!objects || !objects->is_array()) return found;
  for (json::value& item : objects->get_array()) {
    json::object* object = item.if_object();
    const json::value* fields = object ? object->if_contains("fields") : nullptr;
    if (fields && fields->is_array()) found.push_back(object);
  }
  return found;
}

using NameSet = std::set<std::string, std::less<>>;

// The product may have taken the name since; what the workspace made keeps its data and gives way.
std::string free_name(const std::string& wanted, NameSet& taken) {
  std::string name = wanted;
  for (int i = 2; !taken.insert(name).second; ++i) name = wanted + "_" + std::to_string(i);
  if (name != wanted) log_warning("custom_name_taken", {{"name", wanted}, {"now", name}});
  return name;
}

class Merger {
 public:
  Merger(const Customization& customization, int money_scale)
      : customization_(customization), builder_(money_scale) {}

  void see(json::object document) {
    for (const json::object* object : objects_in(document)) {
      object_names_.insert(member_text(*object, "api_name"));
    }
  }

  // A standard document with the changes and the further fields of the workspace.
  Status add(const std::string& capability, json::object document) {
    for (json::object* object : objects_in(document)) {
      const std::string name = member_text(*object, "api_name");
      for (const ObjectDefinition& change : customization_.objects) {
        if (!change.custom() && change.api_name == name) merge(*object, change.definition);
      }
      json::array& fields = (*object)["fields"].as_array();
      NameSet names;
      for (json::value& item : fields) {
        json::object* field = item.if_object();
        if (!field) continue;
        change_standard(name, *field);
        names.insert(member_text(*field, "api_name"));
      }
      add_fields(RecordId(), name, fields, names);
    }
    return builder_.add(capability, document);
  }

  Status add_custom_objects() {
    json::array objects;
    // Their names first: fields may link to objects that come later.
    std::vector<std::string> names;
    for (const ObjectDefinition& made : customization_.objects) {
      const bool live = made.custom() && made.state == DefinitionState::live;
      names.push_back(live ? free_name(made.api_name, object_names_) : std::string());
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i].empty()) continue;
      const ObjectDefinition& made = customization_.objects[i];
      json::object object = made.definition;
      object["api_name"] = names[i];
      object["$table"] = made.table;
      NameSet field_names;
      add_fields(made.id, made.api_name, object["fields"].emplace_array(), field_names);
      objects.push_back(std::move(object));
    }
    return builder_.add("", {{"objects", std::move(objects)}});
  }

  Result<std::shared_ptr<const Schema>> finish() {
    return builder_.finish(customization_.generation);
  }

 private:
  static void merge(json::object& into, const json::object& changes) {
    for (const auto& member : changes) into[member.key()] = member.value();
  }

  void change_standard(const std::string& object, json::object& field) const {
    const std::string name = member_text(field, "api_name");
    for (const FieldDefinition& change : customization_.fields) {
      if (change.custom || change.object_name != object || change.api_name != name) continue;
      if (change.state == DefinitionState::purged || change.state == DefinitionState::pending)
        continue;
      merge(field, change.definition);
      if (!change.column.empty()) field["$column"] = change.column;
      if (change.state == DefinitionState::deleted) field["$retired"] = true;
    }
  }

  void add_fields(RecordId object, const std::string& object_name, json::array& fields,
                  NameSet& names) const {
    for (const FieldDefinition& made : customization_.fields) {
      if (!made.custom || made.state != DefinitionState::live) continue;
      if (made.object != object || made.object_name != object_name) continue;
      json::object field = made.definition;
      field["api_name"] = free_name(made.api_name, names);
      field["$column"] = made.column;
      field["$custom"] = true;
      fields.push_back(std::move(field));
    }
  }

  const Customization& customization_;
  SchemaBuilder builder_;
  NameSet object_names_;
};

}  // namespace

void StandardObjects::add(std::string capability, json::object document) {
  documents_.emplace_back(std::move(capability), std::move(document));
}

Result<std::shared_ptr<const Schema>> StandardObjects::build(
    const Customization& customization) const {
  Merger merger(customization, money_scale_);
  for (const auto& [capability, document] : documents_) merger.see(document);
  for (const auto& [capability, document] : documents_) {
    LP_CHECK(merger.add(capability, document));
  }
  LP_CHECK(merger.add_custom_objects());
  return merger.finish();
}

Result<StandardObjects> StandardObjects::load(const std::string& folder, int money_scale) {
  std::set<std::string> files;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    const auto file = entry.path() / "schema.json";
    if (std::filesystem::exists(file, failure)) files.insert(file.string());
  }
  if (files.empty()) return wrong_schema(folder);
  StandardObjects objects(money_scale);
  for (const std::string& file : files) {
    LP_TRY(const std::string text, read_file(file));
    auto document = parse_json_object(text);
    if (!document) return wrong_schema(file);
    objects.add(std::filesystem::path(file).parent_path().filename().string(),
                std::move(*document));
  }
  return objects;
}

Result<std::shared_ptr<const Schema>> load_schema(const std::string& folder, int money_scale) {
  LP_TRY(const StandardObjects objects, StandardObjects::load(folder, money_scale));
  return objects.build({});
}

}  // namespace linchpin::records
