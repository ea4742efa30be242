// Reading for the product's own computations: ids behind a filter, texts of records, one by key.

#include "records/query_plan.h"
#include "records/records.h"
#include "records/rights.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

Status Records::select_ids(Connection& connection, const access::AccessScope& scope,
                           std::string_view object_name, const json::value& where,
                           const IdVisitor& visit) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const WorkspaceFrame workspace = frame();
  const FilterFrame filter_frame{*held, scope, workspace.time_zone, today()};
  QueryPlan plan;
  plan.object = object;
  LP_TRY(plan.where, read_filter(filter_frame, *object, where, "/where"));
  LP_TRY(const Viewer seen_by, weighed(connection, *held, viewer(scope), *object));
  FromClause from(seen_by, *held, *object, connection.dialect());
  const Sql condition = condition_sql(from, plan);
  Sql sql("SELECT ");
  sql.append(from.base()).add(".id").append(from.sql()).add(" WHERE ").append(condition);
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    visit(RecordId{rows->integer(0)});
  }
}

Status Records::read_texts(Connection& connection, const access::AccessScope& scope,
                           std::string_view object_name, const std::vector<RecordId>& ids,
                           const std::vector<std::string>& fields, const TextVisitor& visit) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const FromClause from(viewer(scope), *held, *object, connection.dialect());
  Sql sql("SELECT ");
  for (const std::string& name : fields) {
    const Field* field = object->field(name);
    const bool readable = field && field->stored && field->is_text() &&
                          field->sensitivity == Sensitivity::normal &&
                          right_of(scope, *object, *field) != access::FieldRight::none;
    if (!readable) return Error::of(ErrorCode::unknown_field);
    if (&name != &fields.front()) sql.add(", ");
    sql.name(field->column);
  }
  sql.append(from.sql()).add(" WHERE ").append(from.live()).add(" AND ").append(from.id());
  sql.add(" = ").parameter();
  const int place_of_id = static_cast<int>(sql.values().size()) - 1;
  LP_TRY(const auto rows, connection.prepare(sql));
  std::vector<std::string_view> texts;
  for (const RecordId id : ids) {
    rows->reset();
    rows->bind_integer(place_of_id, id.value);
    LP_TRY(const bool found, rows->step());
    texts.assign(fields.size(), {});
    for (std::size_t i = 0; found && i < fields.size(); ++i) {
      texts[i] = rows->text(static_cast<int>(i));
    }
    visit(id, texts);
  }
  return {};
}

Result<RecordId> Records::find(Connection& connection, const access::AccessScope& scope,
                               std::string_view object_name, std::string_view field_name,
                               std::string_view value) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  const Field* field = object->field(field_name);
  if (!field || !field->stored || right_of(scope, *object, *field) == access::FieldRight::none) {
    return Error::of(ErrorCode::unknown_field);
  }
  const FromClause from(viewer(scope), *held, *object, connection.dialect());
  Sql sql("SELECT ");
  sql.append(from.id()).append(from.sql()).add(" WHERE ").append(from.live()).add(" AND ");
  if (field->has_key_column() && !field->unique) {
    // The index is on the key form; the exact text decides.
    sql.name(field->key_column).add(" = ").value(std::string_view(key_form(*field, value)));
    sql.add(" AND ");
  }
  sql.name(field->column).add(" = ").value(value).add(" ORDER BY ");
  sql.append(from.id()).add(" LIMIT 1");
  LP_TRY(const std::int64_t id, query_integer(connection, sql, 0));
  return RecordId{id};
}

}  // namespace linchpin::records
