#include "records/query_plan.h"

#include <cassert>

#include "records/change_text.h"

namespace linchpin::records {

using storage::Literal;
using storage::Sql;

namespace {

bool sortable(const Field& field) {
  return !field.many && field.type != FieldType::multi_select && field.type != FieldType::json;
}

Result<SortKey> read_sort_key(const FilterFrame& frame, const Object& object,
                              const json::value& item, const std::string& pointer) {
  if (!item.is_object()) return refuse(pointer, "", "wrong_sort");
  SortKey key;
  for (const auto& member : item.as_object()) {
    if (!member.value().is_string()) return refuse(pointer, "", "wrong_sort");
    const std::string_view value(member.value().as_string());
    if (member.key() == "field") {
      LP_TRY(key.path, read_path(frame, object, value, pointer + "/field"));
    } else if (member.key() == "dir" && (value == "asc" || value == "desc")) {
      key.descending = value == "desc";
    } else if (member.key() == "nulls" && (value == "first" || value == "last")) {
      key.nulls_last = value == "last";
    } else {
      return refuse(pointer + "/" + std::string(member.key()), "", "wrong_sort");
    }
  }
  if (!key.path.field) return refuse(pointer + "/field", "", "wrong_sort");
  if (!key.path.field->stored) return refuse(pointer, key.path.text, "computed_at_read");
  if (key.path.field->sensitivity == Sensitivity::personal) {
    return refuse(pointer, key.path.text, "personal_field");
  }
  if (!sortable(*key.path.field)) return refuse(pointer, key.path.text, "not_sortable");
  return key;
}

Result<std::vector<SortKey>> read_sort(const FilterFrame& frame, const Object& object,
                                       const json::value& sort) {
  std::vector<SortKey> keys;
  if (sort.is_null()) return keys;
  if (!sort.is_array()) return refuse("/sort", "", "wrong_sort");
  const json::array& items = sort.as_array();
  if (items.size() > max_sort) {
    return refuse("/sort", "", "too_many_values", {{"max", std::to_string(max_sort)}});
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string pointer = "/sort/" + std::to_string(i);
    LP_TRY(SortKey key, read_sort_key(frame, object, items[i], pointer));
    keys.push_back(std::move(key));
  }
  return keys;
}

bool may_be_empty(const SortKey& key) {
  if (!key.path.links.empty()) return true;
  const Field& field = *key.path.field;
  const bool stamped =
      field.system && field.api_name != "created_by" && field.api_name != "updated_by";
  return !stamped && !field.required;
}

// Newest first when nobody asked for an order; otherwise ties follow the first key's direction, so
// that an index on it serves both.
bool id_descending(const QueryPlan& plan) {
  return plan.sort.empty() || plan.sort.front().descending;
}

Sql sort_column(FromClause& from, const SortKey& key) {
  return key.path.field->is_text() ? from.key_column(key.path) : from.column(key.path);
}

std::size_t first_free_key(Segment segment) {
  return segment == Segment::without_value ? 1 : 0;
}

}  // namespace

Result<std::vector<FieldPath>> read_select(const FilterFrame& frame, const Object& object,
                                           const std::vector<std::string>& select) {
  std::vector<FieldPath> paths;
  if (select.size() > max_selected) {
    return refuse("/select", "", "too_many_values", {{"max", std::to_string(max_selected)}});
  }
  for (std::size_t i = 0; i < select.size(); ++i) {
    LP_TRY(FieldPath path, read_path(frame, object, select[i], "/select/" + std::to_string(i)));
    // What is asked for twice is answered once: a JSON object has a name only once.
    const bool known = std::any_of(paths.begin(), paths.end(),
                                   [&](const FieldPath& other) { return other.text == path.text; });
    if (!known) paths.push_back(std::move(path));
  }
  if (!select.empty()) return paths;
  for (const Field& field : object.fields) {
    if (!shown_by_default(frame.scope, object, field)) continue;
    LP_TRY(FieldPath path, read_path(frame, object, field.api_name, "/select"));
    paths.push_back(std::move(path));
  }
  return paths;
}

Result<QueryPlan> plan_query(const FilterFrame& frame, const Object& object,
                             const QueryRequest& request) {
  QueryPlan plan;
  plan.object = &object;
  LP_TRY(plan.select, read_select(frame, object, request.select));
  LP_TRY(plan.where, read_filter(frame, object, request.where, "/where"));
  LP_TRY(plan.sort, read_sort(frame, object, request.sort));
  plan.search = request.search;
  plan.text = object.api_name + "\n" + json::serialize(request.where) + "\n" + request.search +
              "\n" + json::serialize(request.sort);
  return plan;
}

Status check_page(const PageRequest& page, std::int64_t max_offset) {
  const auto out_of_range = [](const char* where, std::int64_t lowest, std::int64_t highest) {
    return refuse(where, "", "out_of_range",
                  {{"min", std::to_string(lowest)}, {"max", std::to_string(highest)}});
  };
  if (page.limit < 1 || page.limit > PageRequest::max_limit) {
    return out_of_range("/page/limit", 1, PageRequest::max_limit);
  }
  if (page.offset < 0 || page.offset > max_offset) {
    return out_of_range("/page/offset", 0, max_offset);
  }
  return {};
}

Status prepare_search(storage::Connection& connection, const access::AccessScope& scope,
                      QueryPlan& plan) {
  if (plan.search.empty()) return {};
  LP_TRY(plan.found, plan_search(connection, scope, *plan.object, plan.search, !plan.sort.empty()));
  return {};
}

std::vector<Segment> segments_of(const QueryPlan& plan) {
  if (plan.sort.empty() || !may_be_empty(plan.sort.front())) return {Segment::whole};
  if (plan.sort.front().nulls_last) return {Segment::with_value, Segment::without_value};
  return {Segment::without_value, Segment::with_value};
}

Segment segment_of(const QueryPlan& plan, const CursorPosition& position) {
  if (segments_of(plan).size() == 1) return Segment::whole;
  return is_empty(position.keys.front()) ? Segment::without_value : Segment::with_value;
}

Sql condition_sql(FromClause& from, const QueryPlan& plan) {
  Sql sql = from.live();
  if (plan.where.op != FilterOp::all_of || !plan.where.args.empty()) {
    sql.add(" AND ").append(filter_sql(from, plan.where));
  }
  assert(plan.search.empty() || plan.found);
  if (plan.found) sql.add(" AND ").append(search_sql(from, *plan.object, *plan.found));
  return sql;
}

Sql segment_sql(FromClause& from, const QueryPlan& plan, Segment segment) {
  if (segment == Segment::whole) return {};
  Sql sql(" AND ");
  sql.append(sort_column(from, plan.sort.front()));
  sql.add(segment == Segment::with_value ? Literal(" IS NOT NULL") : Literal(" IS NULL"));
  return sql;
}

namespace {

// Rows strictly behind the value of one key.
Sql behind(FromClause& from, const SortKey& key, const Value& value) {
  const Sql column = sort_column(from, key);
  Sql sql("(");
  if (is_empty(value)) {
    if (key.nulls_last) return Sql("(1 = 0)");
    return std::move(sql.append(column).add(" IS NOT NULL)"));
  }
  sql.append(column).add(key.descending ? Literal(" < ") : Literal(" > ")).value(value);
  if (key.nulls_last && may_be_empty(key)) sql.add(" OR ").append(column).add(" IS NULL");
  return sql.add(")");
}

Sql equal_to(FromClause& from, const SortKey& key, const Value& value) {
  Sql sql = sort_column(from, key);
  if (is_empty(value)) return sql.add(" IS NULL");
  return sql.add(" = ").value(value);
}

}  // namespace

Sql after_sql(FromClause& from, const QueryPlan& plan, Segment segment,
              const CursorPosition& position) {
  const std::size_t first = first_free_key(segment);
  Sql sql(" AND ");
  // Says once more what follows from the rest, in the form that lets an index begin at the place.
  if (first < plan.sort.size() && !is_empty(position.keys[first]) &&
      (segment == Segment::with_value || segment == Segment::whole)) {
    const SortKey& key = plan.sort[first];
    sql.append(from.sorted(sort_column(from, key)))
        .add(key.descending ? Literal(" <= ") : Literal(" >= "));
    sql.value(position.keys[first]).add(" AND ");
  }
  sql.add("(");
  Sql equal_so_far;
  for (std::size_t i = first; i < plan.sort.size(); ++i) {
    SortKey key = plan.sort[i];
    if (i == first && segment == Segment::with_value) key.nulls_last = false;
    sql.append(equal_so_far).append(behind(from, key, position.keys[i])).add(" OR ");
    equal_so_far.append(equal_to(from, plan.sort[i], position.keys[i])).add(" AND ");
  }
  sql.append(equal_so_far).append(from.id());
  sql.add(id_descending(plan) ? Literal(" < ") : Literal(" > ")).value(position.id);
  return sql.add(")");
}

Sql order_sql(FromClause& from, const QueryPlan& plan, Segment segment) {
  Sql sql(" ORDER BY ");
  for (std::size_t i = first_free_key(segment); i < plan.sort.size(); ++i) {
    const SortKey& key = plan.sort[i];
    sql.append(from.sorted(sort_column(from, key)))
        .add(key.descending ? Literal(" DESC") : Literal(" ASC"));
    const bool settled = i == 0 && segment == Segment::with_value;
    if (!settled && may_be_empty(key)) {
      sql.add(key.nulls_last ? Literal(" NULLS LAST") : Literal(" NULLS FIRST"));
    }
    sql.add(", ");
  }
  sql.append(from.sorted(from.id()));
  return sql.add(id_descending(plan) ? Literal(" DESC") : Literal(" ASC"));
}

Sql sort_columns_sql(FromClause& from, const QueryPlan& plan) {
  Sql sql;
  for (const SortKey& key : plan.sort) sql.add(", ").append(sort_column(from, key));
  return sql;
}

}  // namespace linchpin::records
