#include "records/filter_sql.h"

#include <cassert>

#include "base/text.h"
#include "records/personal.h"

namespace linchpin::records {

using storage::Dialect;
using storage::Literal;
using storage::Name;
using storage::Sql;

Sql position_sql(Dialect dialect, const Sql& column, std::string_view text) {
  Sql sql(dialect == Dialect::sqlite ? Literal("instr(") : Literal("strpos("));
  return sql.append(column).add(", ").value(text).add(")");
}

namespace {

// Aliases are made here from letters, digits and "_" only.
Name alias_name(const std::string& alias) {
  auto name = Name::checked(alias);
  assert(name);
  return *name;
}

}  // namespace

FromClause::FromClause(const Viewer& viewer, const Schema& schema, const Object& object,
                       Dialect dialect, std::string alias)
    : viewer_(viewer),
      schema_(schema),
      object_(object),
      dialect_(dialect),
      base_(std::move(alias)) {}

Sql FromClause::base() const {
  Sql sql;
  return sql.name(alias_name(base_));
}

Sql FromClause::live() const {
  return live_rows(object_, base_);
}

Sql FromClause::reached(access::Action action) const {
  return reach_sql(viewer_, schema_, dialect_, action, object_, base_);
}

Sql FromClause::live_rows(const Object& object, const std::string& alias) const {
  Sql sql;
  sql.name(alias_name(alias)).add(".deleted_at IS NULL");
  const bool first = alias == base_;
  const Sql reach = reach_sql(first ? viewer_ : asking_each(viewer_), schema_, dialect_,
                              access::Action::read, object, alias, first && asks_each_row_);
  if (!reach.empty()) sql.add(" AND ").append(reach);
  return sql;
}

Sql FromClause::alias_of(const FieldPath& path) {
  std::string alias = base_;
  std::string key;
  for (const Field* link : path.links) {
    key += link->api_name + ".";
    const auto found = aliases_.find(key);
    if (found != aliases_.end()) {
      alias = found->second;
    } else {
      const std::string next = base_ + "_" + std::to_string(aliases_.size() + 1);
      const Object* target = schema_.object(link->target);
      joins_.add(" LEFT JOIN ").name(target->table).add(" ").name(alias_name(next));
      joins_.add(" ON ").name(alias_name(next)).add(".id = ").name(alias_name(alias)).add(".");
      joins_.name(link->column).add(" AND ").append(live_rows(*target, next));
      aliases_.emplace(key, next);
      alias = next;
    }
  }
  Sql sql;
  return sql.name(alias_name(alias));
}

void FromClause::allow_index_of(const Filter* leaf) {
  limited_ = dialect_ == Dialect::sqlite;
  allowed_ = leaf;
}

Sql FromClause::written(const FieldPath& path, const Name& column) {
  // SQLite does not look for an index behind a unary plus.
  Sql sql(hides_ && path.links.empty() ? Literal("+") : Literal(""));
  return sql.append(alias_of(path)).add(".").name(column);
}

Sql FromClause::column(const FieldPath& path) {
  return written(path, path.field->column);
}

Sql FromClause::key_column(const FieldPath& path) {
  if (path.field->has_key_column()) return written(path, path.field->key_column);
  if (!path.field->is_text()) return column(path);
  Sql sql("lp_fold(");
  return sql.append(column(path)).add(")");
}

Sql FromClause::folded_column(const FieldPath& path) {
  if (!path.field->name) return key_column(path);
  Sql sql("lp_fold(");  // the key column of a name holds its pinyin
  return sql.append(column(path)).add(")");
}

Sql FromClause::id() const {
  if (led_by_search_) return Sql("found.record");
  Sql sql = base();
  return sql.add(".id");
}

Sql FromClause::sorted(const Sql& column) const {
  const bool begins = viewer_.few == &object_ && !led_by_search_;
  if (!begins || dialect_ == Dialect::sqlite) return column;
  Sql sql("coalesce(");  // which no index has
  return std::move(sql.append(column).add(", ").append(column).add(")"));
}

Sql FromClause::sql() const {
  // SQLite reads the left side of a CROSS JOIN first.
  Sql sql(led_by_search_ ? Literal(" FROM lp_search found CROSS JOIN ") : Literal(" FROM "));
  sql.name(object_.table).add(" ").append(base()).append(joins_);
  return sql;
}

namespace {

struct Operand {
  Sql column;
  std::vector<Value> values;
};

Operand operand(FromClause& from, const Filter& filter, bool ordered) {
  Operand out;
  out.values = filter.values;
  const Field& field = *filter.path.field;
  if (field.sensitivity == Sensitivity::personal) {
    out.column = personal_hash_sql(from.column(filter.path));
  } else if (ordered && field.is_text()) {
    out.column = from.key_column(filter.path);
    for (Value& value : out.values) {
      if (!is_empty(value)) value = key_form(field, text_of(value));
    }
  } else if (compares_folded(field)) {
    out.column = from.folded_column(filter.path);
    for (Value& value : out.values) {
      if (!is_empty(value)) value = fold(text_of(value));
    }
  } else {
    out.column = from.column(filter.path);
  }
  return out;
}

Sql comparison(FromClause& from, const Filter& filter, Literal sign, bool ordered) {
  Operand side = operand(from, filter, ordered);
  Sql sql;
  return sql.append(side.column).add(sign).value(side.values.front());
}

Sql membership(FromClause& from, const Filter& filter) {
  Operand side = operand(from, filter, false);
  Sql list;
  bool wants_empty = false;
  for (const Value& value : side.values) {
    if (is_empty(value)) {
      wants_empty = true;
      continue;
    }
    if (!list.empty()) list.add(", ");
    list.value(value);
  }
  Sql sql("(");
  if (list.empty()) {
    sql.add("1 = 0");
  } else {
    sql.append(side.column).add(" IN (").append(list).add(")");
  }
  if (wants_empty) sql.add(" OR ").append(from.column(filter.path)).add(" IS NULL");
  return sql.add(")");
}

// Not equal includes empty values.
Sql unless(FromClause& from, const Filter& filter, const Sql& condition) {
  Sql sql("(NOT (");
  sql.append(condition).add(") OR ").append(from.column(filter.path)).add(" IS NULL)");
  return sql;
}

Sql text_match(FromClause& from, const Filter& filter) {
  const std::string wanted = fold(text_of(filter.values.front()));
  Sql sql = position_sql(from.dialect(), from.folded_column(filter.path), wanted);
  sql.add(filter.op == FilterOp::starts ? Literal(" = 1") : Literal(" > 0"));
  return sql;
}

Sql range(FromClause& from, const Filter& filter) {
  Operand side = operand(from, filter, true);
  Sql sql("(");
  sql.append(side.column).add(" >= ").value(side.values[0]).add(" AND ").append(side.column);
  sql.add(filter.upper_excluded ? Literal(" < ") : Literal(" <= ")).value(side.values[1]);
  return sql.add(")");
}

Sql has_member(FromClause& from, const Filter& filter, const Value& value) {
  Sql sql = position_sql(from.dialect(), from.column(filter.path),
                         member_text(*filter.path.field, value));
  return sql.add(" > 0");
}

Sql set_condition(FromClause& from, const Filter& filter) {
  Sql members;
  const bool all = filter.op == FilterOp::has_all;
  for (const Value& value : filter.values) {
    if (!members.empty()) members.add(all ? Literal(" AND ") : Literal(" OR "));
    members.append(has_member(from, filter, value));
  }
  if (members.empty()) members = Sql(all ? Literal("1 = 1") : Literal("1 = 0"));
  if (filter.op == FilterOp::has_none) return unless(from, filter, members);
  Sql sql("(");
  return sql.append(members).add(")");
}

// The record itself or anything below it in its object's hierarchy.
Sql under(FromClause& from, const Filter& filter) {
  const Object* target = from.schema().object(filter.path.field->target);
  const Field* parent = hierarchy_link(*target);
  Sql sql;
  sql.append(from.column(filter.path)).add(" IN (");
  if (!parent) return std::move(sql.value(filter.values.front()).add(")"));
  sql.add("WITH RECURSIVE below(id) AS (SELECT ");
  if (from.dialect() == Dialect::postgres) sql.add("CAST(");
  sql.value(filter.values.front());
  if (from.dialect() == Dialect::postgres) sql.add(" AS BIGINT)");
  sql.add(" UNION SELECT c.id FROM ").name(target->table).add(" c JOIN below b ON c.");
  sql.name(parent->column).add(" = b.id WHERE c.deleted_at IS NULL");
  // Whose way leads over what the viewer does not see is not known to be below.
  const Sql reach = reach_sql(asking_each(from.viewer()), from.schema(), from.dialect(),
                              access::Action::read, *target, "c");
  if (!reach.empty()) sql.add(" AND ").append(reach);
  return std::move(sql.add(") SELECT id FROM below)"));
}

Sql related(FromClause& from, const Filter& filter) {
  std::string alias(from.base().text());
  std::erase(alias, '"');
  FromClause inner(asking_each(from.viewer()), from.schema(), *filter.related, from.dialect(),
                   alias + "_r");
  Filter condition;
  if (!filter.args.empty()) condition = filter.args.front();
  if (filter.op == FilterOp::every) {
    Filter negated;
    negated.op = FilterOp::negation;
    negated.args.push_back(std::move(condition));
    condition = std::move(negated);
  }
  const Sql where = filter_sql(inner, condition);
  Sql sql(filter.op == FilterOp::some ? Literal("EXISTS (SELECT 1")
                                      : Literal("NOT EXISTS (SELECT 1"));
  sql.append(inner.sql()).add(" WHERE ").append(inner.base()).add(".");
  sql.name(filter.back_link->column).add(" = ").append(from.base()).add(".id AND ");
  sql.append(inner.live()).add(" AND ").append(where).add(")");
  return sql;
}

Sql group(FromClause& from, const Filter& filter) {
  const bool all = filter.op == FilterOp::all_of;
  Sql sql;
  for (const Filter& arg : filter.args) {
    if (!sql.empty()) sql.add(all ? Literal(" AND ") : Literal(" OR "));
    sql.append(filter_sql(from, arg));
  }
  if (sql.empty()) return Sql(all ? Literal("1 = 1") : Literal("1 = 0"));
  Sql wrapped("(");
  return wrapped.append(sql).add(")");
}

// Negation of a condition that is unknown (an empty value) is true: not is "all the others".
Sql negation(FromClause& from, const Filter& filter) {
  Sql sql("NOT coalesce(");
  sql.append(filter_sql(from, filter.args.front())).add(", ");
  sql.add(from.dialect() == Dialect::sqlite ? Literal("0") : Literal("false"));
  return sql.add(")");
}

}  // namespace

Sql filter_sql(FromClause& from, const Filter& filter) {
  from.enter(filter);
  switch (filter.op) {
    case FilterOp::all_of:
    case FilterOp::any_of:
      return group(from, filter);
    case FilterOp::negation:
      return negation(from, filter);
    case FilterOp::eq:
      return comparison(from, filter, " = ", false);
    case FilterOp::ne:
      return unless(from, filter, comparison(from, filter, " = ", false));
    case FilterOp::lt:
      return comparison(from, filter, " < ", true);
    case FilterOp::lte:
      return comparison(from, filter, " <= ", true);
    case FilterOp::gt:
      return comparison(from, filter, " > ", true);
    case FilterOp::gte:
      return comparison(from, filter, " >= ", true);
    case FilterOp::in:
      return membership(from, filter);
    case FilterOp::not_in:
      return unless(from, filter, membership(from, filter));
    case FilterOp::between:
      return range(from, filter);
    case FilterOp::contains:
    case FilterOp::starts:
      return text_match(from, filter);
    case FilterOp::empty: {
      Sql sql = from.column(filter.path);
      return sql.add(" IS NULL");
    }
    case FilterOp::not_empty: {
      Sql sql = from.column(filter.path);
      return sql.add(" IS NOT NULL");
    }
    case FilterOp::has_any:
    case FilterOp::has_all:
    case FilterOp::has_none:
      return set_condition(from, filter);
    case FilterOp::under:
      return under(from, filter);
    case FilterOp::some:
    case FilterOp::none:
    case FilterOp::every:
      return related(from, filter);
  }
  return Sql("1 = 0");
}

}  // namespace linchpin::records
