#include "records/scan.h"

#include "records/query_plan.h"

namespace linchpin::records {

using storage::Sql;

Status scan_fields(const Records& records, storage::Connection& connection,
                   const access::AccessScope& scope, std::string_view object_name,
                   const json::value& where, const std::vector<std::string>& fields,
                   const ScanVisitor& visit) {
  const auto held = records.schema();
  const Object* object = held->object(object_name);
  if (!object || scope.reach(object_name) == access::Reach::none) {
    return Error::of(ErrorCode::not_found);
  }
  const WorkspaceFrame workspace = records.frame();
  const FilterFrame filter_frame{*held, scope, workspace.time_zone, records.today()};
  QueryPlan plan;
  plan.object = object;
  LP_TRY(plan.where, read_filter(filter_frame, *object, where, "/where"));
  LP_TRY(const Viewer seen_by, weighed(connection, *held, records.viewer(scope), *object));
  FromClause from(seen_by, *held, *object, connection.dialect());
  Sql columns;
  for (const std::string& name : fields) {
    LP_TRY(const FieldPath path, read_path(filter_frame, *object, name, "/fields"));
    if (!path.field->stored || path.field->sensitivity != Sensitivity::normal) {
      return Error::of(ErrorCode::unknown_field);
    }
    columns.add(", ").append(from.column(path));
  }
  const Sql condition = condition_sql(from, plan);
  Sql sql("SELECT ");
  sql.append(from.base()).add(".id").append(columns).append(from.sql());
  sql.add(" WHERE ").append(condition);
  LP_TRY(const auto rows, connection.scan(sql));
  std::vector<storage::Value> values(fields.size());
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = rows->value(static_cast<int>(i) + 1);
    }
    visit(RecordId{rows->integer(0)}, values);
  }
}

}  // namespace linchpin::records
