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
      lists.push_back(access::shared_records_sql(object.api_name, grasp.shared_to,
                                                 reach::level_for(action), viewer.now));
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
      any.push_back(
          rule_sql(reaching_.schema, reaching_.dialect, object, rule.filter, alias, hidden));
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

// What is reached, each part of it by an index.
class Reached {
 public:
  explicit Reached(const Reaching& reaching) : reaching_(reaching) {}

  // "SELECT …", with repetitions.
  Sql ids(const Object& object, int depth) const {
    const Ways ways = ways_to(object, "r", depth);
    std::vector<Sql> parts;
    for (const Sql& condition : ways.conditions) {
      Sql sql("SELECT r.id FROM ");
      parts.push_back(std::move(sql.name(object.table).add(" r WHERE ").append(condition)));
    }
    parts.insert(parts.end(), ways.lists.begin(), ways.lists.end());
    return join(parts, " UNION ALL ");
  }

  // Of the rows that stand as `alias`. PostgreSQL goes through the indexes of all conditions
  // together and fetches each row once.
  Sql rows(const Object& object, const std::string& alias) const {
    const Name id("id");
    if (reaching_.dialect == storage::Dialect::sqlite) {
      return is_any(alias_column(alias, id), ids(object, 0));
    }
    Ways ways = ways_to(object, alias, 0);
    if (!ways.lists.empty()) {
      ways.conditions.push_back(is_any(alias_column(alias, id), join(ways.lists, " UNION ALL ")));
    }
    Sql sql("(");
    return std::move(sql.append(join(ways.conditions, " OR ")).add(")"));
  }

 private:
  struct Ways {
    std::vector<Sql> conditions;  // of a row
    std::vector<Sql> lists;       // "SELECT …" of ids
  };

  Ways ways_to(const Object& object, const std::string& alias, int depth) const {
    const Grasp& grasp = reaching_.grasp;
    if (object.ownership.kind == Ownership::Kind::none) return {{Sql("1 = 1")}, {}};
    Ways ways;
    const auto is_in = [&](const Name& name, const Ids& of) {
      Sql sql = alias_column(alias, name);
      return std::move(sql.append(reach::in_list(of)));
    };
    const Field* above = reach::link_above(object);
    const Field* owner = above ? nullptr : reach::owner_of(object);
    if (owner) ways.conditions.push_back(is_in(owner->column, grasp.people));
    Sql made("(");
    made.append(is_in(maker_of(object), grasp.people));
    const Field* unless = above ? above : owner;
    if (unless) made.add(" AND ").append(alias_column(alias, unless->column)).add(" IS NULL");
    ways.conditions.push_back(std::move(made.add(")")));
    const Field* department = above ? nullptr : reach::department_of(object);
    if (department && !grasp.departments.empty()) {
      ways.conditions.push_back(is_in(department->column, grasp.departments));
    }
    if (above && depth < reach::max_inheritance) {
      const Object& parent = *reaching_.schema.object(above->target);
      ways.conditions.push_back(is_any(alias_column(alias, above->column), ids(parent, depth + 1)));
    }
    ways.lists = reaching_.given(object);
    for (const AppliedRule& rule : reaching_.rules(object)) {
      ways.lists.push_back(rule_ids_sql(reaching_.schema, reaching_.dialect, object, rule.filter));
    }
    return ways;
  }

  // PostgreSQL looks for no index of a column that is in a list within an OR.
  Sql is_any(Sql column, const Sql& list) const {
    if (reaching_.dialect == storage::Dialect::sqlite) {
      return std::move(column.add(" IN (").append(list).add(")"));
    }
    return std::move(column.add(" = ANY (ARRAY(").append(list).add("))"));
  }

  const Reaching& reaching_;
};

// Of each rule there is a condition by whose index few rows are found.
Result<bool> rules_give_few(Connection& connection, const Reaching& reaching,
                            const Object& object) {
  for (const AppliedRule& rule : reaching.rules(object)) {
    const Filter* leaf = leading_leaf(rule.filter);
    if (leaf == nullptr) return false;
    Sql sql("SELECT count(*) FROM (");
    sql.append(rule_ids_sql(reaching.schema, reaching.dialect, object, *leaf)).add(" LIMIT ");
    LP_TRY(const std::int64_t found,
           query_integer(connection, sql.value(max_few + 1).add(") c"), 0));
    if (found > max_few) return false;
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
  Sql sql("SELECT count(*) FROM (SELECT 1 FROM (");
  sql.append(Reached(reaching).ids(object, 0)).add(") reached LIMIT ").value(max_few + 1);
  LP_TRY(const std::int64_t found, query_integer(connection, sql.add(") c"), 0));
  return found <= max_few;
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
  return Reached(reaching).rows(object, alias);
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
