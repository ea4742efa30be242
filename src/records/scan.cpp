#include "records/scan.h"

#include "records/query_plan.h"

namespace linchpin::records {

using storage::Sql;
using storage::Statement;

namespace {

struct ScanQuestion {
  std::string_view object;
  const json::value& where;
  const std::vector<std::string>& fields;
  const ScanPage* page = nullptr;  // null: all of them
  bool counted = false;            // how many, instead of their ids
};

class Scan {
 public:
  Scan(const FilterFrame& frame, FromClause& from, const Object& object)
      : frame_(frame), from_(from), object_(object) {}

  Result<Sql> sql(const ScanQuestion& question, const QueryPlan& plan) {
    std::vector<Sql> columns;
    for (const std::string& name : question.fields) {
      LP_TRY(Sql column, column_of(name));
      columns.push_back(std::move(column));
    }
    Sql order;
    if (question.page) {
      LP_TRY(order, order_of(*question.page));
    }
    const Sql condition = condition_sql(from_, plan);
    Sql sql("SELECT ");
    question.counted ? sql.add("count(*)") : sql.append(from_.base()).add(".id");
    for (const Sql& column : columns) sql.add(", ").append(column);
    sql.append(from_.sql()).add(" WHERE ").append(condition).append(order);
    if (question.counted && !columns.empty()) sql.add(" GROUP BY ").append(join(columns, ", "));
    return sql;
  }

 private:
  Result<Sql> column_of(const std::string& name) {
    LP_TRY(const FieldPath path, read_path(frame_, object_, name, "/fields"));
    if (!path.field->stored || path.field->sensitivity != Sensitivity::normal) {
      return Error::of(ErrorCode::unknown_field);
    }
    return from_.column(path);
  }

  Result<Sql> key_of(const ScanPage& page) {
    std::vector<Sql> columns;
    for (const std::string& name : page.by) {
      LP_TRY(Sql column, column_of(name));
      columns.push_back(std::move(column));
    }
    Sql key;
    if (columns.size() == 1) {
      key = columns.front();
    } else {
      key.add("coalesce(").append(join(columns, ", ")).add(")");
    }
    if (page.shifted_by.empty()) return key;
    LP_TRY(const Sql shifted_by, column_of(page.shifted_by));
    key.add(" + CASE ").append(shifted_by);
    for (const auto& [value, shift] : page.shifts) {
      key.add(" WHEN ").value(value).add(" THEN ").value(shift);
    }
    key.add(" ELSE ").value(page.shift_otherwise).add(" END");
    return key;
  }

  Result<Sql> order_of(const ScanPage& page) {
    Sql order(" ORDER BY ");
    if (!page.by.empty()) {
      LP_TRY(const Sql key, key_of(page));
      order.add("(").append(key).add(") IS NULL, ").append(key);
      if (page.descending) order.add(" DESC");
      order.add(", ");
    }
    order.append(from_.base()).add(".id LIMIT ").value(static_cast<std::int64_t>(page.limit));
    if (page.offset > 0) order.add(" OFFSET ").value(static_cast<std::int64_t>(page.offset));
    return order;
  }

  const FilterFrame& frame_;
  FromClause& from_;
  const Object& object_;
};

Status visit_rows(const Records& records, storage::Connection& connection,
                  const access::AccessScope& scope, const ScanQuestion& question,
                  const std::function<void(const Statement&, std::span<const Value>)>& visit) {
  const auto held = records.schema();
  const Object* object = held->object(question.object);
  if (!object || scope.reach(question.object) == access::Reach::none) {
    return Error::of(ErrorCode::not_found);
  }
  const WorkspaceFrame workspace = records.frame();
  const FilterFrame filter_frame{*held, scope, workspace.time_zone, records.today()};
  QueryPlan plan;
  plan.object = object;
  LP_TRY(plan.where, read_filter(filter_frame, *object, question.where, "/where"));
  LP_TRY(const Viewer seen_by, weighed(connection, *held, records.viewer(scope), *object));
  FromClause from(seen_by, *held, *object, connection.dialect());
  LP_TRY(const Sql sql, Scan(filter_frame, from, *object).sql(question, plan));
  LP_TRY(const auto rows, connection.scan(sql));
  std::vector<Value> values(question.fields.size());
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = rows->value(static_cast<int>(i) + 1);
    }
    visit(*rows, values);
  }
}

}  // namespace

Status scan_fields(const Records& records, storage::Connection& connection,
                   const access::AccessScope& scope, std::string_view object,
                   const json::value& where, const std::vector<std::string>& fields,
                   const ScanVisitor& visit) {
  return visit_rows(records, connection, scope, {object, where, fields},
                    [&](const Statement& row, std::span<const Value> values) {
                      visit(RecordId{row.integer(0)}, values);
                    });
}

Status scan_page(const Records& records, storage::Connection& connection,
                 const access::AccessScope& scope, std::string_view object,
                 const json::value& where, const std::vector<std::string>& fields,
                 const ScanPage& page, const ScanVisitor& visit) {
  return visit_rows(records, connection, scope, {object, where, fields, &page},
                    [&](const Statement& row, std::span<const Value> values) {
                      visit(RecordId{row.integer(0)}, values);
                    });
}

Status count_by(const Records& records, storage::Connection& connection,
                const access::AccessScope& scope, std::string_view object, const json::value& where,
                const std::vector<std::string>& fields, const CountVisitor& visit) {
  return visit_rows(
      records, connection, scope, {object, where, fields, nullptr, true},
      [&](const Statement& row, std::span<const Value> values) { visit(values, row.integer(0)); });
}

}  // namespace linchpin::records
