#include "records/row_rules.h"

#include <algorithm>

#include "records/filter_sql.h"
#include "records/index_choice.h"

namespace linchpin::records {

using access::Action;
using access::Holder;
using access::RowRule;
using storage::Dialect;
using storage::Name;
using storage::Sql;

namespace {

// What is written is checked against some day of some zone: which does not matter.
Result<Filter> read_rule_filter(const Schema& schema, const TimeZone& zone, Day today, Myself& me,
                                const Object& object, const RowRule& rule,
                                const std::string& pointer) {
  const FilterFrame frame{schema, unlimited().scope, zone, today, &me};
  return read_filter(frame, object, rule.where, pointer);
}

bool follows_links(const Filter& filter) {
  if (filter.related != nullptr) return false;  // its rows have a clause of their own
  return !filter.path.links.empty() ||
         std::any_of(filter.args.begin(), filter.args.end(), follows_links);
}

bool has_condition(const Filter& filter) {
  const bool is_group = filter.op <= FilterOp::negation;
  return !is_group || std::any_of(filter.args.begin(), filter.args.end(), has_condition);
}

bool looks_at(const Filter& filter, const Field& field) {
  const auto& links = filter.path.links;
  return filter.path.field == &field || filter.back_link == &field ||
         std::find(links.begin(), links.end(), &field) != links.end() ||
         std::any_of(filter.args.begin(), filter.args.end(),
                     [&](const Filter& arg) { return looks_at(arg, field); });
}

void add_rules(std::vector<AppliedRule>& rules, const Viewer& viewer, const Schema& schema,
               const Object& object, const Holder& holder, const std::vector<RowRule>& given,
               bool changes) {
  for (const RowRule& rule : given) {
    if (changes && !rule.edit) continue;
    Myself me{holder.own};
    auto filter = read_rule_filter(schema, *viewer.zone, viewer.today, me, object, rule, "");
    if (!filter || me.incomplete) continue;
    std::string where = json::serialize(rule.where);
    const auto same = [&](const AppliedRule& one) {
      return holder.own.empty() && one.where == where;
    };
    if (std::any_of(rules.begin(), rules.end(), same)) continue;
    rules.push_back({std::move(*filter), std::move(where)});
  }
}

}  // namespace

std::vector<AppliedRule> rules_for(const Viewer& viewer, const Schema& schema, Action action,
                                   const Object& object, const std::vector<RecordId>& users) {
  std::vector<AppliedRule> rules;
  if (!viewer.zone) return rules;
  for (const Holder& holder : viewer.scope.holders()) {
    if (std::find(users.begin(), users.end(), holder.user) == users.end()) continue;
    for (const access::RolePointer& role : holder.roles) {
      add_rules(rules, viewer, schema, object, holder, role->of(object.api_name).rules,
                action != Action::read);
    }
  }
  return rules;
}

std::vector<AppliedRule> rules_for(const Viewer& viewer, const Schema& schema,
                                   const Object& object) {
  std::vector<RecordId> everybody;
  for (const Holder& holder : viewer.scope.holders()) everybody.push_back(holder.user);
  return rules_for(viewer, schema, Action::read, object, everybody);
}

Sql rule_sql(const Schema& schema, Dialect dialect, const Object& object, const Filter& filter,
             const std::string& alias, bool hidden) {
  if (!follows_links(filter)) {
    FromClause from(unlimited(), schema, object, dialect, alias);
    if (hidden) from.allow_index_of(nullptr);
    return filter_sql(from, filter);
  }
  FromClause from(unlimited(), schema, object, dialect, alias + "_q");
  const Sql condition = filter_sql(from, filter);
  Sql sql("EXISTS (SELECT 1");
  sql.append(from.sql()).add(" WHERE ").append(from.base()).add(".id = ");
  sql.name(*Name::checked(alias)).add(".id AND ").append(condition).add(")");
  return sql;
}

Sql rule_ids_sql(const Schema& schema, Dialect dialect, const Object& object,
                 const Filter& filter) {
  FromClause from(unlimited(), schema, object, dialect, "r");
  const Sql condition = filter_sql(from, filter);
  Sql sql("SELECT r.id");
  return std::move(sql.append(from.sql()).add(" WHERE ").append(condition));
}

const Filter* leading_leaf(const Filter& filter) {
  if (served_by_index(filter)) return &filter;
  if (filter.op != FilterOp::all_of) return nullptr;
  const auto found = std::find_if(filter.args.begin(), filter.args.end(), served_by_index);
  return found == filter.args.end() ? nullptr : &*found;
}

Status check_rules(const Schema& schema, const access::Role& role, const std::string& pointer) {
  LP_TRY(const TimeZone zone, TimeZone::named("UTC"));
  const access::OwnValues nothing;
  for (const auto& [name, rights] : role.objects()) {
    if (rights.rules.empty()) continue;
    const std::string place = pointer + "/objects/" + name + "/rules";
    const Object* object = schema.object(name);
    if (object == nullptr) return refuse(place, name, "no_such_object", {{"object", name}});
    for (std::size_t i = 0; i < rights.rules.size(); ++i) {
      Myself me{nothing};
      const std::string here = place + "/" + std::to_string(i) + "/where";
      LP_TRY(const Filter filter,
             read_rule_filter(schema, zone, 0, me, *object, rights.rules[i], here));
      if (!has_condition(filter)) return refuse(here, name, "rule_without_condition");
    }
  }
  return {};
}

bool rules_use(const Schema& schema, const access::Role& role, const Object& object,
               const Field& field) {
  const bool is_own = object.api_name == "user" && role.own_fields().contains(field.api_name);
  if (is_own) return true;
  const auto zone = TimeZone::named("UTC");
  const access::OwnValues nothing;
  for (const auto& [name, rights] : role.objects()) {
    const Object* of = schema.object(name);
    for (const RowRule& rule : rights.rules) {
      if (of == nullptr || !zone) continue;
      Myself me{nothing};
      const auto filter = read_rule_filter(schema, *zone, 0, me, *of, rule, "");
      if (filter && looks_at(*filter, field)) return true;
    }
  }
  return false;
}

}  // namespace linchpin::records
