#include "records/reach_parts.h"

#include <algorithm>

namespace linchpin::records::reach {

using access::Action;
using access::Holder;
using access::Reach;
using storage::Sql;

namespace {

constexpr std::string_view team_object = "account_member";

void merge(Ids& into, const Ids& ids) {
  into.insert(into.end(), ids.begin(), ids.end());
  std::sort(into.begin(), into.end());
  into.erase(std::unique(into.begin(), into.end()), into.end());
}

}  // namespace

Sql in_list(const Ids& ids) {
  Sql sql(" IN (");
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) sql.add(", ");
    sql.value(ids[i]);
  }
  return std::move(sql.add(")"));
}

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

Team team_of(const Schema& schema, const Object& object) {
  const Object* members = schema.object(team_object);
  const Field* account = members ? members->field("account") : nullptr;
  const Field* user = members ? members->field("user") : nullptr;
  if (!account || !user || account->target != object.api_name) return {};
  return {members, account, user, members->field("since"), members->field("until")};
}

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

}  // namespace linchpin::records::reach
