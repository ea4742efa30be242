#include "identify/pool/pool_transfer.h"

#include <array>

#include "identify/pool/pool_entries.h"
#include "identify/pool/pool_move.h"
#include "identify/request_parts.h"

namespace linchpin::identify {

namespace {

constexpr std::array<std::string_view, 2> transfer_sides{"from_department", "to_department"};
constexpr std::size_t max_transfer_note = 2'000;  // bytes

std::string department_in(const json::object& transfer, std::string_view side) {
  const json::value* value = transfer.if_contains(side);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// None where the department is unknown or has nobody at its head.
Result<RecordId> head_of(const PoolSource& source, const std::string& department) {
  const auto id = parse_id(department);
  if (!id) return RecordId();
  LP_TRY(const auto row, find_row(source, "department", *id, {"head"}));
  return row ? row->link(0) : RecordId();
}

bool is_accepted(const json::array& accepted, const std::string& department) {
  for (const json::value& one : accepted) {
    const json::object* object = one.if_object();
    if (object && department_in(*object, "department") == department) return true;
  }
  return false;
}

bool acts_for(const access::AccessScope& scope, RecordId user) {
  if (scope.user() == user) return true;
  for (const access::Holder& holder : scope.holders()) {
    if (holder.user == user) return true;
  }
  return false;
}

// Adds what this person may accept; false where that is nothing.
Result<bool> accept_sides(const PoolSource& source, const PoolPerson& person,
                          json::object& transfer) {
  json::array accepted;
  const json::value* known = transfer.if_contains("accepted");
  if (known && known->is_array()) accepted = known->get_array();
  bool added = false;
  for (const std::string_view side : transfer_sides) {
    const std::string department = department_in(transfer, side);
    LP_TRY(const RecordId head, head_of(source, department));
    if (!head || !acts_for(person.scope, head) || is_accepted(accepted, department)) continue;
    json::object one;
    one["department"] = department;
    one["user"] = format_id(person.scope.user());
    one["at"] = format_instant(person.now);
    accepted.push_back(std::move(one));
    added = true;
  }
  transfer["accepted"] = std::move(accepted);
  return added;
}

}  // namespace

Result<json::value> read_transfer(const json::object& body) {
  const json::value* given = body.if_contains("transfer");
  if (!given || given->is_null()) return json::value();
  if (!given->is_object()) return malformed("/transfer", "expected_object");
  const json::object& members = given->get_object();
  LP_CHECK(
      allow_only(members, "/transfer", {"from_department", "to_department", "amount", "note"}));
  json::object transfer;
  for (const std::string_view side : transfer_sides) {
    const std::string department = department_in(members, side);
    if (!parse_id(department)) return refuse("/transfer/" + std::string(side), "wrong_id");
    transfer[side] = department;
  }
  if (transfer.at("from_department") == transfer.at("to_department")) {
    return refuse("/transfer/to_department", "pool_same_department");
  }
  const std::string amount = department_in(members, "amount");
  constexpr int money_digits = 2;
  const auto units = parse_decimal(amount.empty() ? "0" : amount, money_digits);
  if (!units) return refuse("/transfer/amount", units.error().detail, units.error().params);
  transfer["amount"] = nullptr;
  if (!amount.empty()) transfer["amount"] = format_decimal(*units, money_digits);
  const std::string note = department_in(members, "note");
  if (note.size() > max_transfer_note) {
    return refuse("/transfer/note", "too_long", {{"max", std::to_string(max_transfer_note)}});
  }
  transfer["note"] = note;
  transfer["accepted"] = json::array();
  return json::value(std::move(transfer));
}

Status check_transfer_heads(const PoolSource& source, const json::object& transfer) {
  for (const std::string_view side : transfer_sides) {
    LP_TRY(const RecordId head, head_of(source, department_in(transfer, side)));
    if (!head) return refuse("/transfer/" + std::string(side), "pool_no_head");
  }
  return {};
}

Status accept_transfer(const PoolPerson& person, RecordId account) {
  const access::AccessScope product = access::Authority::product();
  const PoolSource source{person.records, person.connection, product};
  LP_TRY(const auto open, open_pool_entry(source, account));
  if (!open || !open->transfer_is_open()) {
    return Error::of(ErrorCode::invalid_state, "pool_no_transfer");
  }
  json::object transfer = open->transfer.get_object();
  LP_TRY(const bool accepted, accept_sides(source, person, transfer));
  if (!accepted) return Error::of(ErrorCode::forbidden, "pool_not_a_head");
  records::BulkSlice slice(person.records, person.connection, product, person.origin);
  const records::Object* entries = slice.object("pool_entry");
  if (!entries) return Error::internal("pool: no object pool_entry");
  LP_CHECK(
      slice.update(*entries, open->id, {{entries->field("transfer"), json::serialize(transfer)}}));
  return slice.finish();
}

}  // namespace linchpin::identify
