#include "records/index_choice.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

bool has_sort_index(const FieldPath& path) {
  if (!path.links.empty()) return false;
  const Field& field = *path.field;
  return field.indexed || field.unique || field.has_key_column();
}

// How many rows meet the leaf, counted no further than one beyond max_collected.
Result<std::int64_t> matches(Connection& connection, const Schema& schema, const QueryPlan& plan,
                             const Filter& leaf) {
  FromClause from(unlimited(), schema, *plan.object, connection.dialect());
  const Sql condition = filter_sql(from, leaf);
  Sql sql("SELECT count(*) FROM (SELECT 1");
  sql.append(from.sql()).add(" WHERE ").append(condition);
  // The index of a link holds the trash as well, the others leave it out.
  if (!leaf.path.field->is_link()) sql.add(" AND ").append(from.base()).add(".deleted_at IS NULL");
  sql.add(" LIMIT ").value(max_collected + 1).add(") c");
  return query_integer(connection, sql, 0);
}

}  // namespace

bool served_by_index(const Filter& leaf) {
  switch (leaf.op) {
    case FilterOp::eq:
    case FilterOp::in:
    case FilterOp::lt:
    case FilterOp::lte:
    case FilterOp::gt:
    case FilterOp::gte:
    case FilterOp::between:
      break;
    default:
      return false;
  }
  if (!leaf.path.links.empty() || leaf.path.field->many) return false;
  // The key of a name is its pinyin: equality compares the folded text, which has no index.
  const bool compares_key = leaf.op != FilterOp::eq && leaf.op != FilterOp::in;
  if (leaf.path.field->name && !compares_key) return false;
  return has_sort_index(leaf.path) || leaf.path.field->is_link();
}

Result<IndexChoice> choose_index(Connection& connection, const Schema& schema,
                                 const QueryPlan& plan) {
  const bool walks = !plan.sort.empty() && has_sort_index(plan.sort.front().path);
  if (connection.dialect() != storage::Dialect::sqlite) return IndexChoice{};
  if (!walks) return IndexChoice{false, nullptr, plan.sort.empty()};
  IndexChoice choice{true, nullptr, true};
  std::int64_t fewest = max_collected + 1;
  const bool single = plan.where.op != FilterOp::all_of;
  const std::span<const Filter> leaves =
      single ? std::span(&plan.where, 1) : std::span(plan.where.args);
  for (const Filter& leaf : leaves) {
    if (!served_by_index(leaf)) continue;
    LP_TRY(const std::int64_t found, matches(connection, schema, plan, leaf));
    if (found >= fewest) continue;
    fewest = found;
    choice.leaf = &leaf;
  }
  return choice;
}

}  // namespace linchpin::records
