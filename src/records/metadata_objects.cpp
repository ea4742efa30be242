// Objects: made, changed, deleted and brought back.

#include <array>

#include "records/metadata.h"
#include "records/metadata_draft.h"

namespace linchpin::records {

namespace {

constexpr std::array object_members{"api_name",  "label",    "primary_field",
                                    "ownership", "features", "fields"};
constexpr std::array known_features{"search", "history"};

void check_members(DefinitionProblems& problems, const json::object& wanted, bool standard) {
  for (const auto& member : wanted) {
    const std::string name(member.key());
    const bool known =
        std::find(object_members.begin(), object_members.end(), name) != object_members.end();
    if (!known) {
      problems.add("/" + name, "unknown_member", {{"name", name}});
    } else if (standard && name != "label") {
      problems.add("/" + name, "standard_field_fixed", {{"name", name}});
    }
  }
}

json::value checked_features(DefinitionProblems& problems, const json::value* features) {
  json::array out;
  if (!features || features->is_null()) {
    for (const char* feature : known_features) out.push_back(feature);
    return out;
  }
  const json::array* list = features->if_array();
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    const json::value& item = (*list)[i];
    const bool known = item.is_string() && std::find(known_features.begin(), known_features.end(),
                                                     item.get_string()) != known_features.end();
    if (!known)
      problems.add("/features/" + std::to_string(i), "wrong_choice", {{"of", "search, history"}});
    out.push_back(item);
  }
  if (!list) problems.add("/features", "expected_list");
  return out;
}

json::object name_field() {
  return {{"api_name", "name"},
          {"type", "text"},
          {"label", json::object{{"zh-CN", "名称"}, {"en", "Name"}}},
          {"required", true},
          {"name", true}};
}

json::object owner_field() {
  return {{"api_name", "owner"},
          {"type", "user"},
          {"label", json::object{{"zh-CN", "负责人"}, {"en", "Owner"}}}};
}

bool has_field(const json::array& fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(), [&](const json::value& item) {
    return item.is_object() && member_text(item.get_object(), "api_name") == name;
  });
}

// The fields that the caller gives, and those without which an object is of no use.
json::array wanted_fields(DefinitionProblems& problems, const json::object& wanted,
                          std::string_view ownership) {
  json::array fields;
  const json::value* given = wanted.if_contains("fields");
  if (given && given->is_array()) {
    fields = given->get_array();
  } else if (given && !given->is_null()) {
    problems.add("/fields", "expected_list");
  }
  if (fields.empty()) fields.push_back(name_field());
  if (ownership == "owner" && !has_field(fields, "owner")) fields.push_back(owner_field());
  return fields;
}

// The one that is named, or the first text.
std::string primary_of(const json::object& wanted, const json::array& fields) {
  const std::string named = member_text(wanted, "primary_field");
  if (!named.empty()) return named;
  for (const json::value& item : fields) {
    const json::object* field = item.if_object();
    if (field && member_text(*field, "type") == "text") return member_text(*field, "api_name");
  }
  return {};
}

std::string free_table(const Customization& customization, const std::string& name) {
  std::string table = "c__" + name;
  const auto taken = [&] {
    return std::any_of(customization.objects.begin(), customization.objects.end(),
                       [&](const ObjectDefinition& row) { return row.table == table; });
  };
  for (int i = 2; taken(); ++i) table = "c__" + name + "__" + std::to_string(i);
  return table;
}

Status plan_object(MetadataDraft& draft, const json::object& wanted) {
  DefinitionProblems problems;
  check_members(problems, wanted, false);
  const std::string name = member_text(wanted, "api_name");
  check_api_name(problems, "/api_name", name, NameOf::object);
  std::size_t live = 0;
  for (const ObjectDefinition& row : draft.after.objects) {
    if (row.custom() && row.state == DefinitionState::live) ++live;
  }
  if (live >= max_custom_objects) {
    problems.add("", "too_many_objects", {{"max", std::to_string(max_custom_objects)}});
  }
  json::object definition;
  definition["label"] = checked_label(problems, "/label", wanted.if_contains("label"));
  definition["ownership"] =
      checked_ownership(problems, "/ownership", wanted.if_contains("ownership"));
  definition["features"] = checked_features(problems, wanted.if_contains("features"));
  const std::string kind = member_text(definition["ownership"].as_object(), "kind");
  const json::array fields = wanted_fields(problems, wanted, kind);
  definition["primary_field"] = primary_of(wanted, fields);
  if (!has_field(fields, member_text(definition, "primary_field"))) {
    problems.add("/primary_field", "no_such_field",
                 {{"field", member_text(definition, "primary_field")}});
  }
  if (problems.empty() && draft.current.object(name)) return name_taken(name);
  const ObjectDefinition made{
      draft.ids.next(),      name, free_table(draft.after, name), std::move(definition),
      DefinitionState::live, 0};
  draft.after.objects.push_back(made);
  if (fields.size() > max_fields) {
    problems.add("/fields", "too_many_fields", {{"max", std::to_string(max_fields)}});
    return problems.outcome();
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string pointer = "/fields/" + std::to_string(i);
    if (!fields[i].is_object()) {
      problems.add(pointer, "expected_object");
      continue;
    }
    LP_CHECK(add_field(draft, problems, pointer, made.id, name, fields[i].get_object()));
  }
  draft.object = name;
  draft.operation = stream::Operation::create;
  draft.definition = made.id;
  draft.indexes = true;
  return problems.outcome();
}

}  // namespace

Result<MetadataAnswer> Metadata::create_object(const MetadataRequest& request,
                                               const json::object& wanted) {
  return apply(request, [&](MetadataDraft& draft) { return plan_object(draft, wanted); });
}

Result<MetadataAnswer> Metadata::change_object(const MetadataRequest& request,
                                               std::string_view object_name,
                                               const json::object& changes) {
  return apply(request, [&](MetadataDraft& draft) -> Status {
    LP_TRY(const Object* object, known_object(draft, object_name));
    DefinitionProblems problems;
    check_members(problems, changes, object->origin == "standard");
    for (const char* fixed : {"api_name", "fields"}) {
      if (changes.contains(fixed))
        problems.add("/" + std::string(fixed), "member_fixed", {{"name", fixed}});
    }
    ObjectDefinition& row = object_row(draft, *object);
    if (const json::value* label = changes.if_contains("label")) {
      row.definition["label"] = checked_label(problems, "/label", label);
    }
    if (const json::value* features = changes.if_contains("features")) {
      row.definition["features"] = checked_features(problems, features);
    }
    if (const json::value* ownership = changes.if_contains("ownership")) {
      row.definition["ownership"] = checked_ownership(problems, "/ownership", ownership);
    }
    if (changes.contains("primary_field")) {
      const std::string name = member_text(changes, "primary_field");
      const Field* field = object->field(name);
      if (!field || field->retired) {
        problems.add("/primary_field", "no_such_field", {{"field", name}});
      }
      row.definition["primary_field"] = name;
    }
    draft.object = object->api_name;
    draft.definition = row.id;
    draft.asked = object;
    return problems.outcome();
  });
}

Result<MetadataAnswer> Metadata::remove_object(const MetadataRequest& request,
                                               std::string_view object_name) {
  return apply(request, [&](MetadataDraft& draft) -> Status {
    LP_TRY(const Object* object, known_object(draft, object_name));
    if (object->origin == "standard") {
      return Error::of(ErrorCode::invalid_state, "standard_object_stays",
                       {{"object", object->api_name}});
    }
    ObjectDefinition& row = object_row(draft, *object);
    row.state = DefinitionState::deleted;
    row.deleted_at = draft.now;
    draft.operation = stream::Operation::remove;
    draft.definition = row.id;
    draft.removes = true;
    draft.asked = object;
    return {};
  });
}

Result<MetadataAnswer> Metadata::restore_object(const MetadataRequest& request,
                                                std::string_view object_name) {
  return apply(request, [&](MetadataDraft& draft) -> Status {
    const std::string name(object_name);
    ObjectDefinition* row = draft.after.object(name, DefinitionState::deleted);
    if (!row) return Error::of(ErrorCode::not_found, "no_such_object", {{"object", name}});
    if (draft.current.object(name)) return name_taken(name);
    row->state = DefinitionState::live;
    row->deleted_at = 0;
    draft.object = name;
    draft.operation = stream::Operation::restore;
    draft.definition = row->id;
    return {};
  });
}

}  // namespace linchpin::records
