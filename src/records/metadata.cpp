#include "records/metadata.h"

#include "records/field_change.h"
#include "records/metadata_draft.h"
#include "records/recompute.h"
#include "records/row_store.h"
#include "records/tables.h"
#include "records/write_steps.h"
#include "stream/audit_log.h"

namespace linchpin::records {

using storage::Connection;

namespace {

constexpr int max_attempts = 8;

// Definitions stand in the change log like records, under names that no object can have.
constexpr std::string_view object_log = "meta_object";
constexpr std::string_view field_log = "meta_field";

template <class Definition>
json::value logged(const Definition* definition) {
  if (!definition) return nullptr;
  json::object out = definition->definition;
  out["api_name"] = definition->api_name;
  return out;
}

template <class Definition>
const Definition* row_of(const std::vector<Definition>& rows, RecordId id) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Definition& row) { return row.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

Status note_change(Connection& connection, const Key& workspace_key, const MetadataRequest& request,
                   const MetadataDraft& draft, const std::string& changes) {
  JsonWriter details;
  details.begin_object().key("op").string(stream::operation_name(draft.operation));
  if (!draft.object.empty()) details.key("object").string(draft.object);
  if (!draft.field.empty()) details.key("field").string(draft.field);
  details.key("changes").raw(changes).end_object();
  stream::AuditNote note;
  note.kind = stream::AuditKind::configuration_changed;
  note.origin = request.origin;
  note.at = draft.now;
  note.object = draft.field.empty() ? object_log : field_log;
  note.record = draft.definition;
  note.details = details.take();
  return stream::append_audit(connection, workspace_key, note);
}

Status log_change(Connection& connection, const Key& workspace_key, const MetadataRequest& request,
                  const MetadataDraft& draft) {
  const FieldDefinition* field = row_of(draft.after.fields, draft.definition);
  json::array changes;
  if (field) {
    changes.push_back(
        json::object{{"field", "object"}, {"from", nullptr}, {"to", field->object_name}});
    changes.push_back(json::object{{"field", "definition"},
                                   {"from", logged(row_of(draft.before.fields, field->id))},
                                   {"to", logged(field)}});
  } else {
    changes.push_back(json::object{{"field", "definition"},
                                   {"from", logged(row_of(draft.before.objects, draft.definition))},
                                   {"to", logged(row_of(draft.after.objects, draft.definition))}});
  }
  const std::string text = json::serialize(changes);
  const stream::Change change{field ? field_log : object_log,
                              draft.definition,
                              draft.operation,
                              draft.after.generation,
                              text,
                              {}};
  LP_CHECK(stream::append(connection, request.origin, draft.now, change));
  return note_change(connection, workspace_key, request, draft, text);
}

// Of an object that is being made, whose fields come in the order in which they were given.
Status check_defaults(const MetadataDraft& draft) {
  const Object* object = draft.made->object(draft.object);
  const bool creates = draft.operation == stream::Operation::create && draft.field.empty();
  if (!object || !creates) return {};
  std::size_t place = 0;
  for (const Field& field : object->fields) {
    if (field.system) continue;
    LP_CHECK(check_default(field, "/fields/" + std::to_string(place++) + "/default"));
  }
  return {};
}

Status change_tables(Connection& connection, const MetadataDraft& draft) {
  const Object* object = draft.made->object(draft.object);
  if (!object) return {};
  LP_CHECK(ensure_object_table(connection, *object));
  if (draft.pending) LP_CHECK(ensure_columns(connection, object->table, *draft.pending));
  if (draft.not_unique) LP_CHECK(drop_unique_index(connection, *object, *draft.not_unique));
  if (draft.indexes) {
    Status made = create_indexes(connection, *object);
    if (!made) return duplicate_field(*object, std::move(made).error());
  }
  // A definition that is new or has come back finds records that it has not followed.
  const Field* field = object->field(draft.field);
  const bool computes =
      field ? field->compute && field->stored : draft.operation == stream::Operation::restore;
  return computes ? recompute_with_followers(connection, *draft.made, *object) : Status();
}

}  // namespace

Result<const Object*> known_object(const MetadataDraft& draft, std::string_view object) {
  const Object* found = draft.current.object(object);
  if (found) return found;
  return Error::of(ErrorCode::not_found, "no_such_object", {{"object", std::string(object)}});
}

Result<const Field*> known_field(const MetadataDraft& draft, const Object& object,
                                 std::string_view field) {
  const Field* found = object.field(field);
  const bool known =
      found && !found->system && !found->retired && draft.current.object(object.api_name);
  if (known) return found;
  return Error::of(ErrorCode::not_found, "no_such_field", {{"field", std::string(field)}});
}

ObjectDefinition& object_row(MetadataDraft& draft, const Object& object) {
  if (ObjectDefinition* row = draft.after.object(object.api_name)) return *row;
  draft.after.objects.push_back({draft.ids.next(), object.api_name, {}, {}, {}, 0});
  return draft.after.objects.back();
}

FieldDefinition& field_row(MetadataDraft& draft, const Object& object, const Field& field) {
  if (FieldDefinition* row = draft.after.field(object.api_name, field.api_name)) return *row;
  // Only a standard field has none yet.
  draft.after.fields.push_back(
      {draft.ids.next(), {}, object.api_name, field.api_name, false, {}, {}, {}, 0});
  return draft.after.fields.back();
}

Error name_taken(const std::string& name) {
  Error error = Error::of(ErrorCode::duplicate, "name_taken", {{"name", name}});
  error.problems.push_back({"/api_name", "api_name", "name_taken", {{"name", name}}});
  return error;
}

Result<std::shared_ptr<const Schema>> planned_schema(const MetadataDraft& draft) {
  auto made = draft.standard.build(draft.after);
  if (made) return made;
  Error error = std::move(made).error();
  error.code = ErrorCode::validation_failed;
  if (error.detail == "wrong_schema") error.detail = "wrong_definition";
  return error;
}

Status check_default(const Field& field, const std::string& pointer) {
  if (field.default_value.is_null()) return {};
  auto value = read_value(field, field.default_value);
  if (value) return {};
  FieldProblem problem = std::move(value).error();
  problem.pointer = pointer;
  return Error::invalid(std::move(problem));
}

Status Metadata::check_users(MetadataDraft& draft) {
  if (!draft.removes) return {};
  LP_TRY(const auto users, records_.database().read([&](Connection& connection) {
    return draft.asked_field ? users_of(connection, draft.current, records_.parts_.rules,
                                        *draft.asked, *draft.asked_field)
                             : users_of(connection, draft.current, *draft.asked);
  }));
  if (!users.empty()) return used_by(users);
  return {};
}

Status Metadata::write(const MetadataRequest& request, MetadataDraft& draft,
                       MetadataAnswer& answer) {
  LP_CHECK(records_.database().write([&](Connection& connection) -> Status {
    LP_CHECK(check_schema(connection, draft.current));
    LP_CHECK(change_tables(connection, draft));
    LP_CHECK(store_customization(connection, draft.before, draft.after));
    LP_CHECK(log_change(connection, records_.workspace_key(), request, draft));
    if (draft.job.empty()) return {};
    LP_TRY(answer.job, request.enqueue(connection, draft.job));
    return {};
  }));
  records_.set_schema(draft.made);
  return {};
}

Result<MetadataAnswer> Metadata::apply(const MetadataRequest& request, const Plan& plan) {
  if (!request.scope.may(access::Action::configure, {})) return Error::of(ErrorCode::forbidden);
  if (!records_.parts_.standard) return Error::internal("these records have a fixed schema");
  for (int left = max_attempts;; --left) {
    LP_TRY(Customization now, records_.database().snapshot(read_customization));
    LP_CHECK(records_.refresh_schema());
    const auto held = records_.schema();
    const bool settled = held->generation() == now.generation;
    if (!settled && left > 0) continue;
    MetadataDraft draft{*held,
                        now,
                        std::move(now),
                        records_.parts_.ids,
                        records_.parts_.clock.now(),
                        *records_.parts_.standard};
    draft.after.generation = draft.before.generation + 1;
    LP_CHECK(plan(draft));
    MetadataAnswer answer;
    if (request.dry_run && draft.removes) {
      LP_TRY(answer.body["impact"], impact(draft));
      return answer;
    }
    LP_CHECK(check_users(draft));
    if (!draft.made) {
      LP_TRY(draft.made, planned_schema(draft));
    }
    LP_CHECK(check_defaults(draft));
    if (!request.dry_run) {
      const Status written = write(request, draft, answer);
      if (!written && is_stale_schema(written.error()) && left > 0) continue;
      if (!written) return written.error();
    } else if (draft.asked) {
      LP_TRY(answer.body["impact"], impact(draft));
    }
    if (const Object* object = draft.made->object(draft.object)) {
      const Field* field = object->field(draft.field);
      for (auto& member : field ? describe(*field) : describe(*object)) {
        answer.body[member.key()] = member.value();
      }
    }
    return answer;
  }
}

Result<json::value> Metadata::impact(const MetadataDraft& draft) {
  return records_.database().read([&](Connection& connection) -> Result<json::value> {
    const bool one_field = draft.asked_field != nullptr;
    LP_TRY(const auto users, one_field ? users_of(connection, draft.current, records_.parts_.rules,
                                                  *draft.asked, *draft.asked_field)
                                       : users_of(connection, draft.current, *draft.asked));
    LP_TRY(json::object impact, impact_of(connection, *draft.asked, draft.asked_field, users));
    if (draft.pending) {
      LP_TRY(impact["conversion"], try_conversion(connection, records_, *draft.asked,
                                                  *draft.asked_field, *draft.pending));
    }
    return json::value(std::move(impact));
  });
}

Status Metadata::change_now(const Edit& edit) {
  std::shared_ptr<const Schema> made;
  LP_CHECK(records_.database().write(
      [&](Connection& connection) -> Status {
        LP_TRY(const Customization before, read_customization(connection));
        Customization after = before;
        LP_CHECK(edit(connection, after));
        LP_CHECK(store_customization(connection, before, after));
        LP_TRY(made, records_.schema_of(after));
        return {};
      },
      storage::WriteKind::job));
  records_.set_schema(std::move(made));
  return {};
}

Result<json::object> Metadata::deleted() {
  LP_TRY(const Customization customization, records_.database().snapshot(read_customization));
  constexpr std::int64_t day = 24 * 3600 * 1000;
  const auto add = [&](json::array& list, const auto& row, json::object item) {
    if (row.state != DefinitionState::deleted) return;
    item["api_name"] = row.api_name;
    const json::value* label = row.definition.if_contains("label");
    if (label) item["label"] = *label;
    item["deleted_at"] = format_instant(row.deleted_at);
    item["restorable_until"] = format_instant(row.deleted_at + rest_days * day);
    list.push_back(std::move(item));
  };
  json::array objects;
  json::array fields;
  for (const ObjectDefinition& row : customization.objects) add(objects, row, {});
  for (const FieldDefinition& row : customization.fields) {
    add(fields, row, {{"object", row.object_name}});
  }
  return json::object{{"objects", std::move(objects)}, {"fields", std::move(fields)}};
}

}  // namespace linchpin::records
