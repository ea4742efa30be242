#include "handover/store.h"

#include <algorithm>

#include "records/row_store.h"
#include "records/scan.h"

namespace linchpin::handover {

using records::BulkSlice;
using records::Field;
using records::RowValues;
using storage::Connection;

namespace {

constexpr std::string_view object_name = "handover";

Result<std::vector<Signature>> read_signatures(std::string_view text) {
  std::vector<Signature> signatures;
  if (text.empty()) return signatures;
  LP_TRY(const json::value value, parse_json(text));
  for (const json::value& item : value.as_array()) {
    const json::object& one = item.as_object();
    LP_TRY(const RecordId user, parse_id(std::string_view(one.at("user").as_string())));
    LP_TRY(const Instant at, parse_instant(std::string_view(one.at("at").as_string())));
    signatures.push_back({std::string(std::string_view(one.at("role").as_string())), user, at});
  }
  return signatures;
}

Result<storage::Value> value_of(const Field& field, const json::value& given) {
  auto read = records::read_value(field, given);
  if (!read) {
    FieldProblem problem = std::move(read).error();
    return Error::internal("handover: " + field.api_name + " " + problem.code);
  }
  return std::move(*read);
}

}  // namespace

bool StoredHandover::is_party(RecordId user) const {
  return user == plan.from || plan.successors().contains(user);
}

bool StoredHandover::signed_off() const {
  const auto has = [&](std::string_view role, RecordId user) {
    return std::any_of(signatures.begin(), signatures.end(), [&](const Signature& one) {
      return one.role == role && (!user || one.user == user);
    });
  };
  const std::set<RecordId> receivers = plan.successors();
  return has("giver", plan.from) && has("supervisor", {}) &&
         std::all_of(receivers.begin(), receivers.end(),
                     [&](RecordId receiver) { return has("receiver", receiver); });
}

Result<std::optional<StoredHandover>> find_handover(records::Records& records,
                                                    Connection& connection, RecordId id) {
  const json::object where{{"op", "eq"}, {"field", "id"}, {"value", format_id(id)}};
  std::optional<StoredHandover> found;
  std::string plan;
  std::string signatures;
  LP_CHECK(records::scan_fields(records, connection, access::Authority::product(), object_name,
                                where, {"owner", "state", "plan", "signatures"},
                                [&](RecordId record, std::span<const storage::Value> values) {
                                  found.emplace();
                                  found->id = record;
                                  found->owner = RecordId{records::integer_of(values[0])};
                                  found->state = records::text_of(values[1]);
                                  plan = records::text_of(values[2]);
                                  signatures = records::text_of(values[3]);
                                }));
  if (!found) return found;
  LP_TRY(const json::object stored, parse_json_object(plan));
  LP_TRY(found->plan, plan_of(stored));
  LP_TRY(found->signatures, read_signatures(signatures));
  return found;
}

Result<RecordId> create_handover(records::Records& records, Connection& connection,
                                 const Plan& plan, const Deed& deed) {
  const access::AccessScope product = access::Authority::product();
  BulkSlice slice(records, connection, product, deed.origin);
  const records::Object& object = *slice.object(object_name);
  RowValues row(object.fields.size());
  json::array successors;
  for (const RecordId id : plan.successors()) successors.emplace_back(format_id(id));
  json::object fields{{"owner", format_id(deed.scope.user())},
                      {"from", format_id(plan.from)},
                      {"successors", std::move(successors)},
                      {"state", "prepared"},
                      {"plan", plan_json(plan)},
                      {"signatures", json::array()}};
  if (plan.execute_at) fields["execute_at"] = format_instant(*plan.execute_at);
  if (!plan.reason.empty()) fields["reason"] = plan.reason;
  for (const auto& member : fields) {
    const Field& field = *object.field(member.key());
    LP_TRY(row[field.index], value_of(field, member.value()));
  }
  LP_TRY(const RecordId id, slice.create(object, row));
  LP_CHECK(slice.finish());
  return id;
}

Status change_handover(records::Records& records, Connection& connection, const Deed& deed,
                       RecordId id, const json::object& fields) {
  const access::AccessScope product = access::Authority::product();
  BulkSlice slice(records, connection, product, deed.origin);
  const records::Object& object = *slice.object(object_name);
  std::vector<records::FieldInput> inputs;
  for (const auto& member : fields) {
    const Field& field = *object.field(member.key());
    LP_TRY(storage::Value value, value_of(field, member.value()));
    inputs.push_back({&field, std::move(value)});
  }
  LP_CHECK(slice.update(object, id, std::move(inputs)));
  return slice.finish();
}

json::array signatures_json(const std::vector<Signature>& signatures) {
  json::array list;
  for (const Signature& one : signatures) {
    list.emplace_back(json::object{
        {"role", one.role}, {"user", format_id(one.user)}, {"at", format_instant(one.at)}});
  }
  return list;
}

Status execute_handover(records::Records& records, Connection& connection,
                        const StoredHandover& stored, const Deed& deed) {
  LP_TRY(const Outcome outcome, carry_out(records, connection, stored.plan, deed, stored.id));
  return change_handover(records, connection, deed, stored.id,
                         {{"state", "done"},
                          {"executed_at", format_instant(deed.now)},
                          {"ledger", outcome.ledger},
                          {"open_points", outcome.open_points}});
}

}  // namespace linchpin::handover
