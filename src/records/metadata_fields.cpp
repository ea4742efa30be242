// Fields: made, changed, deleted and brought back.

#include "records/field_change.h"
#include "records/metadata.h"
#include "records/metadata_draft.h"
#include "records/row.h"
#include "records/tables.h"

namespace linchpin::records {

namespace {

bool is_of(const FieldDefinition& field, RecordId object, std::string_view object_name) {
  return field.object == object && field.object_name == object_name;
}

// An option that records or facts know stays.
Status check_options_kept(storage::Database& database, const Object& object, const Field& before,
                          const Field& after) {
  DefinitionProblems problems;
  for (const Option& option : before.options) {
    if (after.option(option.key)) continue;
    if (!before.custom) {
      problems.add("/options", "standard_option_stays", {{"value", option.key}});
      continue;
    }
    const bool many = before.type == FieldType::multi_select;
    storage::Sql sql("SELECT 1 FROM ");
    sql.name(object.table).add(" WHERE ");
    if (many) {
      sql.name(before.column).add(" LIKE ").value("%\"" + option.key + "\"%");
    } else {
      sql.name(before.column).add(" = ").value(option.key);
    }
    sql.add(" LIMIT 1");
    LP_TRY(const std::int64_t used, database.read([&](storage::Connection& connection) {
      return query_integer(connection, sql, 0);
    }));
    if (used != 0) problems.add("/options", "option_used", {{"value", option.key}});
  }
  return problems.outcome();
}

struct Difference {
  bool column = false;  // the stored values take another form
  bool index = false;   // one is missing
};

Difference difference(const Field& before, const Field& after) {
  Difference found;
  found.column = before.type != after.type || before.many != after.many ||
                 before.sensitivity != after.sensitivity || before.target != after.target ||
                 (after.is_scaled() && before.scale != after.scale) ||
                 (after.has_key_column() && !before.has_key_column());
  found.index = found.column ? is_indexed(after)
                             : (after.unique && !before.unique) ||
                                   (is_indexed(after) && !is_indexed(before)) ||
                                   (after.has_key_column() && after.name != before.name);
  // The key form of a name is another one.
  if (after.has_key_column() && after.name != before.name) found.column = true;
  return found;
}

Result<bool> is_small(storage::Database& database, const Object& object) {
  return database.read([&](storage::Connection& connection) {
    return is_quickly_indexed(connection, object.table);
  });
}

// Links cannot come from anything else, and numbers that count themselves only begin anew.
Status check_conversion(const Field& before, const Field& after) {
  const bool links = before.is_link() || after.is_link();
  const bool sensible = links ? before.is_link() && after.is_link() && before.target == after.target
                              : after.type != FieldType::autonumber &&
                                    after.type != FieldType::attachment &&
                                    before.type != FieldType::attachment;
  if (sensible) return {};
  const ErrorParams params{{"from", std::string(type_name(before.type))},
                           {"to", std::string(type_name(after.type))}};
  return Error::invalid(FieldProblem{"/type", before.api_name, "no_such_conversion", params});
}

// What computes with the values would compute something else.
Status check_conversion_users(const MetadataDraft& draft, storage::Database& database,
                              const Rules& rules, const Object& object, const Field& field) {
  LP_TRY(auto users, database.read([&](storage::Connection& connection) {
    return users_of(connection, draft.current, rules, object, field);
  }));
  std::erase_if(users, [](const DefinitionUser& user) {
    return user.kind != "fact" && user.kind != "rule" && user.kind != "ownership" &&
           user.kind != "formula" && user.kind != "rollup" && user.kind != "lookup";
  });
  if (users.empty()) return {};
  return used_by(users);
}

// One change of a field at a time. A job that was cancelled before it began has left its pending
// definition.
Status settle_pending(const MetadataRequest& request, MetadataDraft& draft,
                      storage::Database& database, const Object& object, const Field& field) {
  FieldDefinition* pending =
      draft.after.field(object.api_name, field.api_name, DefinitionState::pending);
  if (!pending) return {};
  LP_TRY(const bool open, database.read([&](storage::Connection& connection) {
    return request.is_open(connection, pending->id);
  }));
  if (open)
    return Error::of(ErrorCode::invalid_state, "change_running", {{"field", field.api_name}});
  pending->state = DefinitionState::abandoned;
  return {};
}

// Whether the live definition must wait for the job, and what the job has to do.
Status plan_job(MetadataDraft& draft, storage::Database& database, const Rules& rules,
                const Object& object, const Field& before, FieldDefinition& row,
                const json::object& was) {
  LP_TRY(const auto trial, planned_schema(draft));
  draft.made = trial;
  const Field& after = *trial->object(object.api_name)->field(before.api_name);
  LP_CHECK(check_default(after, "/default"));
  LP_CHECK(check_options_kept(database, object, before, after));
  const bool kind_changes =
      bool{before.compute} != bool{after.compute} || before.stored != after.stored;
  const bool type_changes =
      before.type != after.type || (after.is_scaled() && before.scale != after.scale);
  if (kind_changes || (after.compute && type_changes)) {
    return Error::invalid(FieldProblem{"/type", before.api_name, "computed_type_fixed", {}});
  }
  if (before.unique && !after.unique) draft.not_unique = &before;
  const Difference differs = difference(before, after);
  if (!differs.column && !differs.index) return {};
  LP_TRY(const bool small, is_small(database, object));
  if (!differs.column && small) {
    draft.indexes = true;
    return {};
  }
  if (differs.column) LP_CHECK(check_conversion(before, after));
  if (differs.column) LP_CHECK(check_conversion_users(draft, database, rules, object, before));
  FieldDefinition pending = row;
  pending.id = draft.ids.next();
  pending.state = DefinitionState::pending;
  if (differs.column) {
    pending.column = free_column(draft.after, row.object, row.object_name, row.api_name);
  }
  draft.made = nullptr;  // for now all stays as it was
  row.definition = was;
  draft.not_unique = nullptr;
  draft.job = field_change_spec(pending, differs.column);
  draft.after.fields.push_back(std::move(pending));
  if (!differs.column) return {};
  Field column = after;
  LP_TRY(column.column, storage::Name::checked(draft.after.fields.back().column));
  LP_TRY(column.key_column, storage::Name::checked(draft.after.fields.back().column + "__key"));
  draft.pending = std::move(column);
  return {};
}

}  // namespace

std::string free_column(const Customization& customization, RecordId object,
                        std::string_view object_name, std::string_view field) {
  const std::string first = "c__" + std::string(field);
  std::string column = first;
  const auto taken = [&] {
    return std::any_of(customization.fields.begin(), customization.fields.end(),
                       [&](const FieldDefinition& row) {
                         return is_of(row, object, object_name) && row.column == column;
                       });
  };
  for (int i = 2; taken(); ++i) column = first + "__" + std::to_string(i);
  return column;
}

Status add_field(MetadataDraft& draft, DefinitionProblems& problems, const std::string& pointer,
                 RecordId of, const std::string& object, json::object definition) {
  const std::string name = member_text(definition, "api_name");
  check_api_name(problems, pointer + "/api_name", name, NameOf::field);
  check_field(problems, pointer, draft.current, object, definition);
  std::size_t columns = 0;
  for (const FieldDefinition& row : draft.after.fields) {
    if (!is_of(row, of, object)) continue;
    ++columns;
    if (row.custom && row.state == DefinitionState::live && row.api_name == name)
      return name_taken(name);
  }
  const Object* known = draft.current.object(object);
  if (problems.empty() && known && known->field(name)) return name_taken(name);
  if (known && known->fields.size() >= max_fields) {
    problems.add("", "too_many_fields", {{"max", std::to_string(max_fields)}});
  }
  if (columns >= max_columns) {
    problems.add("", "too_many_past_fields", {{"max", std::to_string(max_columns)}});
  }
  draft.after.fields.push_back({draft.ids.next(), of, object, name, true,
                                free_column(draft.after, of, object, name), std::move(definition),
                                DefinitionState::live, 0});
  return {};
}

Result<MetadataAnswer> Metadata::create_field(const MetadataRequest& request,
                                              std::string_view object_name,
                                              const json::object& wanted) {
  return apply(request, [&](MetadataDraft& draft) -> Status {
    LP_TRY(const Object* object, known_object(draft, object_name));
    DefinitionProblems problems;
    const RecordId owner = draft.after.owner(object->api_name);
    LP_CHECK(add_field(draft, problems, {}, owner, object->api_name, wanted));
    LP_CHECK(problems.outcome());
    const std::string name = draft.after.fields.back().api_name;
    draft.object = object->api_name;
    draft.field = name;
    draft.operation = stream::Operation::create;
    draft.definition = draft.after.fields.back().id;
    LP_TRY(draft.made, planned_schema(draft));
    const Field& made = *draft.made->object(object->api_name)->field(name);
    LP_CHECK(check_default(made, "/default"));
    if (!is_indexed(made)) return {};
    LP_TRY(draft.indexes, is_small(records_.database(), *object));
    if (draft.indexes) return {};
    // Unique is only what an index watches over.
    FieldDefinition pending = draft.after.fields.back();
    pending.id = draft.ids.next();
    pending.state = DefinitionState::pending;
    draft.after.fields.back().definition.erase("unique");
    draft.made = nullptr;
    draft.job = field_change_spec(pending, false);
    draft.after.fields.push_back(std::move(pending));
    return {};
  });
}

Result<MetadataAnswer> Metadata::change_field(const MetadataRequest& request,
                                              std::string_view object_name,
                                              std::string_view field_name,
                                              const json::object& changes) {
  return apply(request, [&](MetadataDraft& draft) -> Status {
    LP_TRY(const Object* object, known_object(draft, object_name));
    LP_TRY(const Field* field, known_field(draft, *object, field_name));
    DefinitionProblems problems;
    if (changes.contains("api_name"))
      problems.add("/api_name", "member_fixed", {{"name", "api_name"}});
    if (!field->custom) check_standard_change(problems, changes);
    LP_CHECK(settle_pending(request, draft, records_.database(), *object, *field));
    FieldDefinition& row = field_row(draft, *object, *field);
    const json::object was = row.definition;
    json::object full = field->custom ? was : definition_of(*field);
    full["api_name"] = field->api_name;
    for (const auto& member : changes) full[member.key()] = member.value();
    check_field(problems, {}, draft.current, object->api_name, full);
    LP_CHECK(problems.outcome());
    if (field->custom) {
      row.definition = full;
    } else {
      for (const auto& member : changes) row.definition[member.key()] = full[member.key()];
    }
    draft.object = object->api_name;
    draft.field = field->api_name;
    draft.definition = row.id;
    draft.asked = object;
    draft.asked_field = field;
    return plan_job(draft, records_.database(), records_.parts_.rules, *object, *field, row, was);
  });
}

Result<MetadataAnswer> Metadata::remove_field(const MetadataRequest& request,
                                              std::string_view object_name,
                                              std::string_view field_name) {
  return apply(request, [&](MetadataDraft& draft) -> Status {
    LP_TRY(const Object* object, known_object(draft, object_name));
    LP_TRY(const Field* field, known_field(draft, *object, field_name));
    LP_CHECK(settle_pending(request, draft, records_.database(), *object, *field));
    FieldDefinition& row = field_row(draft, *object, *field);
    row.state = DefinitionState::deleted;
    row.deleted_at = draft.now;
    draft.operation = stream::Operation::remove;
    draft.definition = row.id;
    draft.removes = true;
    draft.asked = object;
    draft.asked_field = field;
    return {};
  });
}

Result<MetadataAnswer> Metadata::restore_field(const MetadataRequest& request,
                                               std::string_view object_name,
                                               std::string_view field_name) {
  return apply(request, [&](MetadataDraft& draft) -> Status {
    LP_TRY(const Object* object, known_object(draft, object_name));
    const std::string name(field_name);
    FieldDefinition* row = draft.after.field(object->api_name, name, DefinitionState::deleted);
    if (!row) return Error::of(ErrorCode::not_found, "no_such_field", {{"field", name}});
    if (const Field* live = object->field(name); live && !live->retired) return name_taken(name);
    row->state = DefinitionState::live;
    row->deleted_at = 0;
    draft.object = object->api_name;
    draft.field = name;
    draft.operation = stream::Operation::restore;
    draft.definition = row->id;
    return {};
  });
}

}  // namespace linchpin::records
