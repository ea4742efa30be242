#include "handover/plan.h"

#include <algorithm>

#include "base/text.h"
#include "inbound/body.h"
#include "records/scan.h"

namespace linchpin::handover {

namespace {

using access::Action;
using access::Reach;
using inbound::Members;

constexpr std::size_t max_reason = 500;

Error wrong(std::string pointer, std::string code, ErrorParams params = {}) {
  return Error::invalid(FieldProblem{std::move(pointer), {}, std::move(code), std::move(params)});
}

Result<RecordId> read_id(std::string_view text, const std::string& pointer) {
  const auto id = parse_id(text);
  if (!id) return wrong(pointer, "wrong_id");
  return *id;
}

Result<Split> read_split(const json::value& value, const std::string& pointer) {
  if (!value.is_object()) return wrong(pointer, "expected_object");
  const Members members(value.get_object(), pointer);
  LP_CHECK(members.allow_only({"to", "where", "accounts"}));
  Split split;
  LP_TRY(const std::string to, members.required_text("to"));
  LP_TRY(split.to, read_id(to, pointer + "/to"));
  split.where = members.value("where");
  LP_TRY(const std::vector<std::string> accounts, members.texts("accounts"));
  if (accounts.size() > max_named_accounts) {
    return wrong(pointer + "/accounts", "too_many_values",
                 {{"max", std::to_string(max_named_accounts)}});
  }
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    LP_TRY(const RecordId id, read_id(accounts[i], pointer + "/accounts/" + std::to_string(i)));
    split.accounts.push_back(id);
  }
  if (split.where.is_null() && split.accounts.empty()) {
    return wrong(pointer, "split_takes_nothing");
  }
  return split;
}

Result<std::vector<Split>> read_splits(const json::value& value) {
  std::vector<Split> splits;
  if (value.is_null()) return splits;
  if (!value.is_array()) return wrong("/splits", "expected_list");
  const json::array& items = value.get_array();
  if (items.size() > max_splits) {
    return wrong("/splits", "too_many_values", {{"max", std::to_string(max_splits)}});
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
  LP_TRY(const Members body, inbound::read_body(request));
  LP_CHECK(body.allow_only({"from", "to", "splits", "reason", "execute_at", "dry_run"}));
  Plan plan;
  LP_TRY(const std::string from, body.required_text("from"));
  LP_TRY(plan.from, read_id(from, "/from"));
  LP_TRY(const std::string to, body.required_text("to"));
  LP_TRY(plan.to, read_id(to, "/to"));
  LP_TRY(plan.splits, read_splits(body.value("splits")));
  LP_TRY(const auto reason, body.text("reason"));
  plan.reason = trimmed(reason.value_or(""));
  if (code_points(plan.reason) > max_reason) {
    return wrong("/reason", "too_long", {{"max", std::to_string(max_reason)}});
  }
  LP_TRY(plan.execute_at, body.instant("execute_at"));
  LP_TRY(plan.dry_run, body.boolean("dry_run"));
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
  LP_TRY(plan.from, read_id(std::string_view(stored.at("from").as_string()), "/from"));
  LP_TRY(plan.to, read_id(std::string_view(stored.at("to").as_string()), "/to"));
  LP_TRY(plan.splits, read_splits(stored.at("splits")));
  return plan;
}

Status check_plan(records::Records& records, const access::AccessScope& scope, const Plan& plan) {
  if (!may_hand_over(scope, plan.from)) {
    return Error::of(ErrorCode::forbidden, "handover_not_yours");
  }
  LP_TRY(const auto people, people_of(records, plan));
  if (!people.contains(plan.from)) return wrong("/from", "no_such_successor");
  const auto check = [&](RecordId id, const std::string& pointer) -> Status {
    if (id == plan.from) return wrong(pointer, "handover_to_himself");
    const auto found = people.find(id);
    if (found == people.end() || !found->second) return wrong(pointer, "no_such_successor");
    return {};
  };
  LP_CHECK(check(plan.to, "/to"));
  for (std::size_t i = 0; i < plan.splits.size(); ++i) {
    LP_CHECK(check(plan.splits[i].to, "/splits/" + std::to_string(i) + "/to"));
  }
  return {};
}

}  // namespace linchpin::handover
