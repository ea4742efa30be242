#include <cassert>

#include "records/reach_parts.h"
#include "records/row_rules.h"

namespace linchpin::records {

using access::Action;
using reach::Grasp;
using reach::Ids;
using storage::Connection;
using storage::Name;
using storage::Sql;

namespace {

Sql alias_column(const std::string& alias, const Name& name) {
  const auto checked = Name::checked(alias);
  assert(checked);
  Sql sql;
  return std::move(sql.name(*checked).add(".").name(name));
}

Name maker_of(const Object& object) {
  return object.field("created_by")->column;
}

// Whose rights reach what, for one statement.
struct Reaching {
  const Schema& schema;
  const Viewer& viewer;
  const Grasp& grasp;
  const storage::Dialect dialect;
  const Action action;

  // "SELECT …" of the ids that were given to the viewer, each a list of its own.
  std::vector<Sql> given(const Object& object) const {
    std::vector<Sql> lists;
    if (!grasp.shared_to.empty()) {
      lists.push_back(
          access::shared_records_sql(object.api_name, grasp.shared_to, reach::level_for(action),
                                     viewer.now));
    }
    const reach::Team team = reach::team_of(schema, object);
    if (team.object && !grasp.members.empty()) {
      lists.push_back(reach::memberships_sql(team, grasp.members, viewer.today));
    }
    return lists;
  }

  std::vector<AppliedRule> rules(const Object& object) const {
    return rules_for(viewer, schema, action, object, grasp.members);
  }
};

// Asks of each row.
class RowCondition {
 public:
  RowCondition(const Reaching& reaching, std::string base, bool hidden)
      : reaching_(reaching), base_(std::move(base)), hidden_(hidden) {}

  Sql rows(const Object& object, const std::string& alias, int depth) const {
    if (object.ownership.kind == Ownership::Kind::none) return Sql("1 = 1");
    std::vector<Sql> any;
    const Field* above = reach::link_above(object);
    if (above) {
      add_inherited(object, *above, alias, depth, any);
    } else {
      add_owned(object, alias, any);
    }
    for (const Sql& list : reaching_.given(object)) {
      Sql sql = column(alias, Name("id"));
      any.push_back(std::move(sql.add(" IN (").append(list).add(")")));
    }
    const bool hidden = hidden_ && alias == base_;
    for (const AppliedRule& rule : reaching_.rules(object)) {
      any.push_back(rule_sql(reaching_.schema, reaching_.dialect, object, rule.filter, alias,
                             hidden));
    }
    Sql whole("(");
    return std::move(whole.append(join(any, " OR ")).add(")"));
  }

 private:
  Sql column(const std::string& alias, const Name& name) const {
    if (!hidden_ || alias != base_) return alias_column(alias, name);
    Sql sql("+");
    return std::move(sql.append(alias_column(alias, name)));
  }

  Sql made_by_people(const Object& object, const std::string& alias, const Field* unless) const {
    Sql sql("(");
    if (unless) sql.append(column(alias, unless->column)).add(" IS NULL AND ");
    sql.append(column(alias, maker_of(object))).append(reach::in_list(reaching_.grasp.people));
    return std::move(sql.add(")"));
  }

  void add_owned(const Object& object, const std::string& alias, std::vector<Sql>& any) const {
    const Grasp& grasp = reaching_.grasp;
    const Field* owner = reach::owner_of(object);
    if (owner) {
      Sql sql = column(alias, owner->column);
      any.push_back(std::move(sql.append(reach::in_list(grasp.people))));
    }
    any.push_back(made_by_people(object, alias, owner));
    const Field* department = reach::department_of(object);
    if (department && !grasp.departments.empty()) {
      Sql sql = column(alias, department->column);
      any.push_back(std::move(sql.append(reach::in_list(grasp.departments))));
    }
  }

  void add_inherited(const Object& object, const Field& above, const std::string& alias, int depth,
                     std::vector<Sql>& any) const {
    any.push_back(made_by_people(object, alias, &above));
    if (depth >= reach::max_inheritance) return;
    const Object& parent = *reaching_.schema.object(above.target);
    const std::string inner = alias + "_p";
    Sql sql("EXISTS (SELECT 1 FROM ");
    sql.name(parent.table).add(" ").name(*Name::checked(inner)).add(" WHERE ");
    sql.append(column(inner, Name("id"))).add(" = ").append(column(alias, above.column));
    sql.add(" AND ").append(rows(parent, inner, depth + 1)).add(")");
    any.push_back(std::move(sql));
  }

  const Reaching& reaching_;
  const std::string base_;
  const bool hidden_;
};

// The ids of what is reached, each part of them by an index.
class ReachedIds {
 public:
  explicit ReachedIds(const Reaching& reaching) : reaching_(reaching) {}

  Sql of(const Object& object, int depth) const {
    const Grasp& grasp = reaching_.grasp;
    if (object.ownership.kind == Ownership::Kind::none) return rows_where(object, Sql("1 = 1"));
    std::vector<Sql> parts;
    const Field* above = reach::link_above(object);
    const Field* owner = above ? nullptr : reach::owner_of(object);
    if (owner) {
      parts.push_back(rows_where(object, is_in(owner->column, reach::in_list(grasp.people))));
    }
    Sql made = is_in(maker_of(object), reach::in_list(grasp.people));
    const Field* unless = above ? above : owner;
    if (unless) made.add(" AND ").append(row_column(unless->column)).add(" IS NULL");
    parts.push_back(rows_where(object, made));
    const Field* department = above ? nullptr : reach::department_of(object);
    if (department && !grasp.departments.empty()) {
      const Sql list = reach::in_list(grasp.departments);
      parts.push_back(rows_where(object, is_in(department->column, list)));
    }
    if (above && depth < reach::max_inheritance) {
      Sql list(" IN (");
      list.append(of(*reaching_.schema.object(above->target), depth + 1)).add(")");
      parts.push_back(rows_where(object, is_in(above->column, list)));
    }
    for (Sql& list : reaching_.given(object)) parts.push_back(std::move(list));
    for (const AppliedRule& rule : reaching_.rules(object)) {
      parts.push_back(rule_ids_sql(reaching_.schema, reaching_.dialect, object, rule.filter));
    }
    return join(parts, " UNION ALL ");
  }

 private:
  static Sql row_column(const Name& name) { return alias_column("r", name); }
  static Sql is_in(const Name& name, const Sql& list) {
    Sql sql = row_column(name);
    return std::move(sql.append(list));
  }
  static Sql rows_where(const Object& object, const Sql& condition) {
    Sql sql("SELECT r.id FROM ");
    return std::move(sql.name(object.table).add(" r WHERE ").append(condition));
  }

  const Reaching& reaching_;
};

// Of each rule there is a condition by whose index few rows are found.
Result<bool> rules_give_few(Connection& connection, const Reaching& reaching,
                            const Object& object) {
  const std::int64_t most = max_few(connection.dialect());
  for (const AppliedRule& rule : reaching.rules(object)) {
    const Filter* leaf = leading_leaf(rule.filter);
    if (leaf == nullptr) return false;
    Sql sql("SELECT count(*) FROM (");
    sql.append(rule_ids_sql(reaching.schema, reaching.dialect, object, *leaf)).add(" LIMIT ");
    LP_TRY(const std::int64_t found,
           query_integer(connection, sql.value(most + 1).add(") c"), 0));
    if (found > most) return false;
  }
  return true;
}

// Of what inherits its ownership what it belongs to comes first: of few owners there may be many.
Result<bool> reaches_few(Connection& connection, const Reaching& reaching, const Object& object,
                         int depth) {
  const Field* above = reach::link_above(object);
  if (above && depth < reach::max_inheritance) {
    const Object& parent = *reaching.schema.object(above->target);
    LP_TRY(const bool few, reaches_few(connection, reaching, parent, depth + 1));
    if (!few) return false;
  }
  if (object.ownership.kind == Ownership::Kind::none) return false;
  LP_TRY(const bool few_by_rules, rules_give_few(connection, reaching, object));
  if (!few_by_rules) return false;
  const std::int64_t most = max_few(connection.dialect());
  Sql sql("SELECT count(*) FROM (SELECT 1 FROM (");
  sql.append(ReachedIds(reaching).of(object, 0)).add(") reached LIMIT ").value(most + 1);
  LP_TRY(const std::int64_t found, query_integer(connection, sql.add(") c"), 0));
  return found <= most;
}

}  // namespace

Sql reach_sql(const Viewer& viewer, const Schema& schema, storage::Dialect dialect, Action action,
              const Object& object, const std::string& alias, bool hidden) {
  if (viewer.scope.administrator()) return {};
  const Grasp grasp = reach::grasp_of(viewer, action, object);
  if (grasp.everything) return {};
  if (grasp.nothing()) return Sql("1 = 0");
  const Reaching reaching{schema, viewer, grasp, dialect, action};
  if (viewer.few != &object || action != Action::read) {
    return RowCondition(reaching, alias, hidden).rows(object, alias, 0);
  }
  Sql sql = alias_column(alias, Name("id"));
  return std::move(sql.add(" IN (").append(ReachedIds(reaching).of(object, 0)).add(")"));
}

Result<Viewer> weighed(Connection& connection, const Schema& schema, const Viewer& viewer,
                       const Object& object) {
  if (reaches_every_row(viewer, Action::read, object)) return viewer;
  const Grasp grasp = reach::grasp_of(viewer, Action::read, object);
  if (grasp.nothing()) return viewer;
  const Reaching reaching{schema, viewer, grasp, connection.dialect(), Action::read};
  LP_TRY(const bool few, reaches_few(connection, reaching, object, 0));
  return Viewer{viewer.scope, viewer.now, viewer.today, few ? &object : nullptr, viewer.zone};
}

}  // namespace linchpin::records
