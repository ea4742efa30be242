#include "records/row_access.h"

#include <algorithm>

#include "records/filter_match.h"
#include "records/reach_parts.h"
#include "records/row_rules.h"
#include "records/row_store.h"

namespace linchpin::records {

using access::Action;
using reach::Grasp;
using reach::Ids;
using storage::Connection;
using storage::Sql;

namespace {

using MaybeGrant = std::optional<Grant>;

// The same of one row, with what only the database knows read from it.
class RowReach {
 public:
  RowReach(Connection& connection, const Schema& schema, const Viewer& viewer, const Grasp& grasp,
           Action action)
      : connection_(connection),
        schema_(schema),
        viewer_(viewer),
        grasp_(grasp),
        action_(action),
        level_(reach::level_for(action)) {}

  Result<MaybeGrant> of(const Object& object, const RowValues& row, int depth) {
    const RecordId id{integer_of(row[0])};
    if (object.ownership.kind == Ownership::Kind::none) return grant("everything", object, id);
    const Field* above = reach::link_above(object);
    if (above == nullptr) {
      if (const std::string_view kind = kind_of_owned(object, row); !kind.empty()) {
        return grant(kind, object, id);
      }
    } else if (is_empty(row[above->index])) {
      if (is_one_of(grasp_.people, made_by(object, row))) return grant("maker", object, id);
    } else if (depth < reach::max_inheritance) {
      const Object& parent = *schema_.object(above->target);
      LP_TRY(const auto owning,
             read_row(connection_, parent, RecordId{integer_of(row[above->index])}, Presence::any));
      if (owning) {
        LP_TRY(auto inherited, of(parent, *owning, depth + 1));
        if (inherited) return inherited;
      }
    }
    return given(object, row, id);
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
    const Field* owner = reach::owner_of(object);
    const bool nobodys = owner == nullptr || is_empty(row[owner->index]);
    const Value& person = nobodys ? made_by(object, row) : row[owner->index];
    if (is_one_of(grasp_.people, person)) {
      if (nobodys) return "maker";
      return is_one_of(grasp_.holders, person) ? "owner" : "people";
    }
    const Field* department = reach::department_of(object);
    const bool inside = department && is_one_of(grasp_.departments, row[department->index]);
    return inside ? "department" : "";
  }

  Result<MaybeGrant> given(const Object& object, const RowValues& row, RecordId id) {
    if (!grasp_.shared_to.empty()) {
      Sql sql = access::shared_records_sql(object.api_name, grasp_.shared_to, level_, viewer_.now);
      sql.add(" AND s.record = ").value(id).add(" LIMIT 1");
      LP_TRY(const std::int64_t found, query_integer(connection_, sql, 0));
      if (found != 0) return grant("share", object, id);
    }
    if (grasp_.members.empty()) return MaybeGrant();
    if (const reach::Team team = reach::team_of(schema_, object); team.object) {
      Sql sql = reach::memberships_sql(team, grasp_.members, viewer_.today);
      sql.add(" AND m.").name(team.account->column).add(" = ").value(id).add(" LIMIT 1");
      LP_TRY(const std::int64_t found, query_integer(connection_, sql, 0));
      if (found != 0) return grant("team", object, id);
    }
    return by_rule(object, row, id);
  }

  Result<MaybeGrant> by_rule(const Object& object, const RowValues& row, RecordId id) {
    const auto rules = rules_for(viewer_, schema_, action_, object, grasp_.members);
    if (rules.empty()) return MaybeGrant();
    StoredRows linked(connection_, schema_, unlimited());
    for (const AppliedRule& rule : rules) {
      const bool met = matches(schema_, rule.filter, row, linked);
      LP_CHECK(linked.status());
      if (met) return Grant{"rule", object.api_name, id, rule.where};
    }
    return MaybeGrant();
  }

  Connection& connection_;
  const Schema& schema_;
  const Viewer& viewer_;
  const Grasp& grasp_;
  const Action action_;
  const access::ShareLevel level_;
};

}  // namespace

Viewer unlimited() {
  static const access::AccessScope product = access::Authority::product();
  return {product, 0, 0};
}

Viewer asking_each(const Viewer& viewer) {
  return {viewer.scope, viewer.now, viewer.today, nullptr, viewer.zone};
}

Result<std::optional<Grant>> grant_of(Connection& connection, const Schema& schema,
                                      const Viewer& viewer, Action action, const Object& object,
                                      const RowValues& row) {
  const Grant everything{"everything", object.api_name, RecordId{integer_of(row[0])}};
  if (viewer.scope.administrator()) return MaybeGrant(everything);
  const Grasp grasp = reach::grasp_of(viewer, action, object);
  if (grasp.everything) return MaybeGrant(everything);
  if (grasp.nothing()) return MaybeGrant();
  return RowReach(connection, schema, viewer, grasp, action).of(object, row, 0);
}

Result<bool> reaches(Connection& connection, const Schema& schema, const Viewer& viewer,
                     Action action, const Object& object, const RowValues& row) {
  if (viewer.scope.administrator()) return true;
  LP_TRY(const auto grant, grant_of(connection, schema, viewer, action, object, row));
  return grant.has_value();
}

bool reaches_every_row(const Viewer& viewer, Action action, const Object& object) {
  return viewer.scope.administrator() || reach::grasp_of(viewer, action, object).everything;
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
