#include "handover/plan.h"

#include <algorithm>

#include "handover/request.h"
#include "records/scan.h"

namespace linchpin::handover {

namespace {

using access::Action;
using access::Reach;

constexpr std::size_t max_reason = 500;
constexpr std::size_t max_instant = 40;

Result<Split> read_split(const json::value& value, const std::string& pointer) {
  if (!value.is_object()) return refused(pointer, "expected_object");
  const json::object& members = value.get_object();
  LP_CHECK(allow_only(members, pointer, {"to", "where", "accounts"}));
  Split split;
  LP_TRY(split.to, id_member(members, pointer, "to"));
  split.where = member_of(members, "where");
  LP_TRY(split.accounts, ids_member(members, pointer, "accounts", max_named_accounts));
  if (split.where.is_null() && split.accounts.empty()) {
    return refused(pointer, "split_takes_nothing");
  }
  return split;
}

Result<std::vector<Split>> read_splits(const json::value& value) {
  std::vector<Split> splits;
  if (value.is_null()) return splits;
  if (!value.is_array()) return refused("/splits", "expected_list");
  const json::array& items = value.get_array();
  if (items.size() > max_splits) {
    return refused("/splits", "too_many_values", {{"max", std::to_string(max_splits)}});
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    LP_TRY(Split split, read_split(items[i], "/splits/" + std::to_string(i)));
    splits.push_back(std::move(split));
  }
  return splits;
}

// Of one's own rights: a deputy does not hand over the people of whom he stands in for.
bool may_hand_over(const access::AccessScope& scope, RecordId from) {
  if (scope.administrator()) return true;
  if (from == scope.user() || !scope.may(Action::create, "handover")) return false;
  for (const access::Holder& holder : scope.holders()) {
    if (holder.user != scope.user()) continue;
    const Reach reach = holder.reach(Action::update, "account");
    if (reach == Reach::all) return true;
    if (reach == Reach::none || reach == Reach::own) continue;
    const auto& people = holder.circle(reach).people;
    if (std::binary_search(people.begin(), people.end(), from)) return true;
  }
  return false;
}

Result<std::map<RecordId, bool>> people_of(records::Records& records, const Plan& plan) {
  json::array ids{format_id(plan.from)};
  for (const RecordId id : plan.successors()) ids.emplace_back(format_id(id));
  const json::object where{{"op", "in"}, {"field", "id"}, {"value", std::move(ids)}};
  std::map<RecordId, bool> active;
  LP_CHECK(records.database().read([&](storage::Connection& connection) {
    return records::scan_fields(records, connection, access::Authority::product(), "user", where,
                                {"active"},
                                [&](RecordId id, std::span<const storage::Value> values) {
                                  active[id] = records::integer_of(values[0]) != 0;
                                });
  }));
  return active;
}

}  // namespace

std::set<RecordId> Plan::successors() const {
  std::set<RecordId> people{to};
  for (const Split& split : splits) people.insert(split.to);
  return people;
}

Result<Plan> read_plan(const inbound::Request& request) {
  LP_TRY(const json::object body, parse_json_object(request.body));
  LP_CHECK(allow_only(body, "", {"from", "to", "splits", "reason", "execute_at", "dry_run"}));
  Plan plan;
  LP_TRY(plan.from, id_member(body, "", "from"));
  LP_TRY(plan.to, id_member(body, "", "to"));
  LP_TRY(plan.splits, read_splits(member_of(body, "splits")));
  LP_TRY(plan.reason, text_member(body, "reason", max_reason));
  LP_TRY(const std::string at, text_member(body, "execute_at", max_instant));
  if (!at.empty()) {
    const Result<Instant> instant = parse_instant(at);
    if (!instant) return refused("/execute_at", instant.error().detail, instant.error().params);
    plan.execute_at = *instant;
  }
  const json::value& dry_run = member_of(body, "dry_run");
  if (!dry_run.is_null() && !dry_run.is_bool()) return refused("/dry_run", "expected_boolean");
  plan.dry_run = dry_run.is_bool() && dry_run.get_bool();
  return plan;
}

json::object plan_json(const Plan& plan) {
  json::array splits;
  for (const Split& split : plan.splits) {
    json::array accounts;
    for (const RecordId id : split.accounts) accounts.emplace_back(format_id(id));
    splits.emplace_back(json::object{
        {"to", format_id(split.to)}, {"where", split.where}, {"accounts", std::move(accounts)}});
  }
  return {
      {"from", format_id(plan.from)}, {"to", format_id(plan.to)}, {"splits", std::move(splits)}};
}

Result<Plan> plan_of(const json::object& stored) {
  Plan plan;
  LP_TRY(plan.from, id_member(stored, "", "from"));
  LP_TRY(plan.to, id_member(stored, "", "to"));
  LP_TRY(plan.splits, read_splits(member_of(stored, "splits")));
  return plan;
}

Status check_plan(records::Records& records, const access::AccessScope& scope, const Plan& plan) {
  if (!may_hand_over(scope, plan.from)) {
    return Error::of(ErrorCode::forbidden, "handover_not_yours");
  }
  LP_TRY(const auto people, people_of(records, plan));
  if (!people.contains(plan.from)) return refused("/from", "no_such_successor");
  const auto check = [&](RecordId id, const std::string& pointer) -> Status {
    if (id == plan.from) return refused(pointer, "handover_to_himself");
    const auto found = people.find(id);
    if (found == people.end() || !found->second) return refused(pointer, "no_such_successor");
    return {};
  };
  LP_CHECK(check(plan.to, "/to"));
  for (std::size_t i = 0; i < plan.splits.size(); ++i) {
    LP_CHECK(check(plan.splits[i].to, "/splits/" + std::to_string(i) + "/to"));
  }
  return {};
}

}  // namespace linchpin::handover
