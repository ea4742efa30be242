#include "records/row_access.h"

#include <algorithm>
#include <cassert>

#include "access/shares.h"
#include "records/row_store.h"

namespace linchpin::records {

using access::Action;
using access::Holder;
using access::Reach;
using storage::Connection;
using storage::Name;
using storage::Sql;

namespace {

constexpr int max_inheritance = 8;
constexpr std::string_view team_object = "account_member";

using Ids = std::vector<RecordId>;
using MaybeGrant = std::optional<Grant>;

void merge(Ids& into, const Ids& ids) {
  into.insert(into.end(), ids.begin(), ids.end());
  std::sort(into.begin(), into.end());
  into.erase(std::unique(into.begin(), into.end()), into.end());
}

Sql in_list(const Ids& ids) {
  Sql sql(" IN (");
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) sql.add(", ");
    sql.value(ids[i]);
  }
  return std::move(sql.add(")"));
}

// What the scope holds for one action on one object, taken together.
struct Grasp {
  bool everything = false;
  Ids holders;  // whose rights count
  Ids people;
  Ids departments;
  Ids members;    // users whose memberships count
  Ids shared_to;  // principals whose shares count

  bool nothing() const { return people.empty(); }
};

Grasp grasp_of(const Viewer& viewer, Action action, const Object& object) {
  Grasp grasp;
  const Reach widest = viewer.scope.reach(action, object.api_name);
  if (widest == Reach::none) return grasp;
  if (widest == Reach::all || object.ownership.kind == Ownership::Kind::none) {
    grasp.everything = true;
    return grasp;
  }
  const bool takes_part = action != Action::remove && action != Action::restore;
  for (const Holder& holder : viewer.scope.holders()) {
    const Reach reach = holder.reach(action, object.api_name);
    const bool reads = holder.reach(Action::read, object.api_name) != Reach::none;
    if (reach == Reach::none || !reads) continue;
    merge(grasp.holders, {holder.user});
    merge(grasp.people, holder.circle(reach).people);
    merge(grasp.departments, holder.circle(reach).departments);
    if (!takes_part) continue;
    merge(grasp.members, {holder.user});
    merge(grasp.shared_to, holder.shared_to);
  }
  return grasp;
}

access::ShareLevel level_for(Action action) {
  return action == Action::read ? access::ShareLevel::read : access::ShareLevel::edit;
}

// The account's team as the schema has it; nothing where there is none or for another object.
struct Team {
  const Object* object = nullptr;
  const Field* account = nullptr;
  const Field* user = nullptr;
  const Field* since = nullptr;
  const Field* until = nullptr;
};

Team team_of(const Schema& schema, const Object& object) {
  const Object* members = schema.object(team_object);
  const Field* account = members ? members->field("account") : nullptr;
  const Field* user = members ? members->field("user") : nullptr;
  if (!account || !user || account->target != object.api_name) return {};
  return {members, account, user, members->field("since"), members->field("until")};
}

// "SELECT account …" of the memberships that run today.
Sql memberships_sql(const Team& team, const Ids& users, Day today) {
  Sql sql("SELECT m.");
  sql.name(team.account->column).add(" FROM ").name(team.object->table).add(" m WHERE m.");
  sql.name(team.user->column).append(in_list(users)).add(" AND m.deleted_at IS NULL");
  if (team.since) {
    sql.add(" AND coalesce(m.").name(team.since->column).add(", ").value(std::int64_t{today});
    sql.add(") <= ").value(std::int64_t{today});
  }
  if (team.until) {
    sql.add(" AND coalesce(m.").name(team.until->column).add(", ").value(std::int64_t{today});
    sql.add(") >= ").value(std::int64_t{today});
  }
  return sql;
}

const Field* owner_of(const Object& object) {
  const Field* owner = object.field("owner");
  return owner && owner->stored && !owner->many && owner->is_link() ? owner : nullptr;
}

const Field* department_of(const Object& object) {
  const Field* field = object.field("department");
  return field && field->stored && field->type == FieldType::department ? field : nullptr;
}

const Field* link_above(const Object& object) {
  return object.ownership.kind == Ownership::Kind::inherits ? object.field(object.ownership.link)
                                                            : nullptr;
}

class ReachSql {
 public:
  ReachSql(const Schema& schema, const Viewer& viewer, const Grasp& grasp, access::ShareLevel level)
      : schema_(schema), viewer_(viewer), grasp_(grasp), level_(level) {}

  Sql rows(const Object& object, const std::string& alias, int depth) const {
    if (object.ownership.kind == Ownership::Kind::none) return Sql("1 = 1");
    std::vector<Sql> any;
    const Field* above = link_above(object);
    if (above) {
      add_inherited(object, *above, alias, depth, any);
    } else {
      add_owned(object, alias, any);
    }
    if (!grasp_.shared_to.empty()) {
      Sql sql = column(alias, Name("id"));
      sql.add(" IN (");
      sql.append(
          access::shared_records_sql(object.api_name, grasp_.shared_to, level_, viewer_.now));
      any.push_back(std::move(sql.add(")")));
    }
    const Team team = team_of(schema_, object);
    if (team.object && !grasp_.members.empty()) {
      Sql sql = column(alias, Name("id"));
      sql.add(" IN (").append(memberships_sql(team, grasp_.members, viewer_.today));
      any.push_back(std::move(sql.add(")")));
    }
    Sql whole("(");
    return std::move(whole.append(join(any, " OR ")).add(")"));
  }

 private:
  static Sql column(const std::string& alias, const Name& name) {
    const auto checked = Name::checked(alias);
    assert(checked);
    Sql sql;
    return std::move(sql.name(*checked).add(".").name(name));
  }

  Sql made_by_people(const Object& object, const std::string& alias, const Field* unless) const {
    Sql sql("(");
    if (unless) sql.append(column(alias, unless->column)).add(" IS NULL AND ");
    sql.append(column(alias, object.field("created_by")->column)).append(in_list(grasp_.people));
    return std::move(sql.add(")"));
  }

  void add_owned(const Object& object, const std::string& alias, std::vector<Sql>& any) const {
    const Field* owner = owner_of(object);
    if (owner) {
      Sql sql = column(alias, owner->column);
      any.push_back(std::move(sql.append(in_list(grasp_.people))));
    }
    any.push_back(made_by_people(object, alias, owner));
    const Field* department = department_of(object);
    if (department && !grasp_.departments.empty()) {
      Sql sql = column(alias, department->column);
      any.push_back(std::move(sql.append(in_list(grasp_.departments))));
    }
  }

  void add_inherited(const Object& object, const Field& above, const std::string& alias, int depth,
                     std::vector<Sql>& any) const {
    any.push_back(made_by_people(object, alias, &above));
    if (depth >= max_inheritance) return;
    const Object& parent = *schema_.object(above.target);
    const std::string inner = alias + "_p";
    Sql sql("EXISTS (SELECT 1 FROM ");
    sql.name(parent.table).add(" ").name(*Name::checked(inner)).add(" WHERE ");
    sql.append(column(inner, Name("id"))).add(" = ").append(column(alias, above.column));
    sql.add(" AND ").append(rows(parent, inner, depth + 1)).add(")");
    any.push_back(std::move(sql));
  }

  const Schema& schema_;
  const Viewer& viewer_;
  const Grasp& grasp_;
  const access::ShareLevel level_;
};

// The same of one row, with what only the database knows read from it.
class RowReach {
 public:
  RowReach(Connection& connection, const Schema& schema, const Viewer& viewer, const Grasp& grasp,
           access::ShareLevel level)
      : connection_(connection), schema_(schema), viewer_(viewer), grasp_(grasp), level_(level) {}

  Result<MaybeGrant> of(const Object& object, const RowValues& row, int depth) {
    const RecordId id{integer_of(row[0])};
    if (object.ownership.kind == Ownership::Kind::none) return grant("everything", object, id);
    const Field* above = link_above(object);
    if (above == nullptr) {
      if (const std::string_view kind = kind_of_owned(object, row); !kind.empty()) {
        return grant(kind, object, id);
      }
    } else if (is_empty(row[above->index])) {
      if (is_one_of(grasp_.people, made_by(object, row))) return grant("maker", object, id);
    } else if (depth < max_inheritance) {
      const Object& parent = *schema_.object(above->target);
      LP_TRY(const auto owning,
             read_row(connection_, parent, RecordId{integer_of(row[above->index])}, Presence::any));
      if (owning) {
        LP_TRY(auto inherited, of(parent, *owning, depth + 1));
        if (inherited) return inherited;
      }
    }
    return given(object, id);
  }

 private:
  static MaybeGrant grant(std::string_view kind, const Object& object, RecordId id) {
    return Grant{kind, object.api_name, id};
  }

  static bool is_one_of(const Ids& ids, const Value& id) {
    return !is_empty(id) && std::binary_search(ids.begin(), ids.end(), RecordId{integer_of(id)});
  }

  static const Value& made_by(const Object& object, const RowValues& row) {
    return row[object.field("created_by")->index];
  }

  // Empty: not by its owner and not by its department.
  std::string_view kind_of_owned(const Object& object, const RowValues& row) const {
    const Field* owner = owner_of(object);
    const bool nobodys = owner == nullptr || is_empty(row[owner->index]);
    const Value& person = nobodys ? made_by(object, row) : row[owner->index];
    if (is_one_of(grasp_.people, person)) {
      if (nobodys) return "maker";
      return is_one_of(grasp_.holders, person) ? "owner" : "people";
    }
    const Field* department = department_of(object);
    const bool inside = department && is_one_of(grasp_.departments, row[department->index]);
    return inside ? "department" : "";
  }

  Result<MaybeGrant> given(const Object& object, RecordId id) {
    if (!grasp_.shared_to.empty()) {
      Sql sql = access::shared_records_sql(object.api_name, grasp_.shared_to, level_, viewer_.now);
      sql.add(" AND s.record = ").value(id).add(" LIMIT 1");
      LP_TRY(const std::int64_t found, query_integer(connection_, sql, 0));
      if (found != 0) return grant("share", object, id);
    }
    const Team team = team_of(schema_, object);
    if (!team.object || grasp_.members.empty()) return MaybeGrant();
    Sql sql = memberships_sql(team, grasp_.members, viewer_.today);
    sql.add(" AND m.").name(team.account->column).add(" = ").value(id).add(" LIMIT 1");
    LP_TRY(const std::int64_t found, query_integer(connection_, sql, 0));
    if (found != 0) return grant("team", object, id);
    return MaybeGrant();
  }

  Connection& connection_;
  const Schema& schema_;
  const Viewer& viewer_;
  const Grasp& grasp_;
  const access::ShareLevel level_;
};

}  // namespace

Viewer unlimited() {
  static const access::AccessScope product = access::Authority::product();
  return {product, 0, 0};
}

Sql reach_sql(const Viewer& viewer, const Schema& schema, Action action, const Object& object,
              const std::string& alias) {
  if (viewer.scope.administrator()) return {};
  const Grasp grasp = grasp_of(viewer, action, object);
  if (grasp.everything) return {};
  if (grasp.nothing()) return Sql("1 = 0");
  return ReachSql(schema, viewer, grasp, level_for(action)).rows(object, alias, 0);
}

Result<std::optional<Grant>> grant_of(Connection& connection, const Schema& schema,
                                      const Viewer& viewer, Action action, const Object& object,
                                      const RowValues& row) {
  const Grant everything{"everything", object.api_name, RecordId{integer_of(row[0])}};
  if (viewer.scope.administrator()) return MaybeGrant(everything);
  const Grasp grasp = grasp_of(viewer, action, object);
  if (grasp.everything) return MaybeGrant(everything);
  if (grasp.nothing()) return MaybeGrant();
  return RowReach(connection, schema, viewer, grasp, level_for(action)).of(object, row, 0);
}

Result<bool> reaches(Connection& connection, const Schema& schema, const Viewer& viewer,
                     Action action, const Object& object, const RowValues& row) {
  if (viewer.scope.administrator()) return true;
  LP_TRY(const auto grant, grant_of(connection, schema, viewer, action, object, row));
  return grant.has_value();
}

bool reaches_every_row(const Viewer& viewer, Action action, const Object& object) {
  return viewer.scope.administrator() || grasp_of(viewer, action, object).everything;
}

Status check_reach(Connection& connection, const Schema& schema, const Viewer& viewer,
                   Action action, const Object& object, const RowValues& row) {
  LP_TRY(const bool seen, reaches(connection, schema, viewer, Action::read, object, row));
  if (!seen) return Error::of(ErrorCode::not_found);
  LP_TRY(const bool may_act, reaches(connection, schema, viewer, action, object, row));
  if (!may_act) return Error::of(ErrorCode::forbidden);
  return {};
}

}  // namespace linchpin::records
