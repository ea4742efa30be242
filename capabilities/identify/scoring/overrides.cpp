#include "identify/scoring/overrides.h"

#include "identify/request_parts.h"
#include "records/row.h"
#include "records/scan.h"

namespace linchpin::identify {

namespace {

using records::integer_of;
using records::is_empty;
using storage::Connection;

constexpr std::string_view override_object = "score_override";

json::value field_is(std::string_view op, std::string_view field, const std::string& value) {
  json::object where{{"op", op}, {"field", field}};
  where["value"] = value;
  return where;
}

Status check_record(records::Records& records, Connection& connection,
                    const access::AccessScope& scope, std::string_view object, RecordId id,
                    const std::string& pointer) {
  bool exists = false;
  LP_CHECK(records::scan_fields(records, connection, scope, object,
                                field_is("eq", "id", format_id(id)), {},
                                [&](RecordId, std::span<const storage::Value>) { exists = true; }));
  if (!exists) return refuse(pointer, "link_not_found", {{"value", format_id(id)}});
  return {};
}

Status check_request(records::Records& records, Connection& connection,
                     const access::AccessScope& scope, const OverrideRequest& request) {
  const auto schema = records.schema();
  const records::Object* account = schema->object("account");
  const records::Field* tier = account ? account->field("tier") : nullptr;
  if (!tier || !tier->option(request.tier)) {
    return refuse("/tier", "no_such_option", {{"value", request.tier}});
  }
  if (request.reason.empty()) return refuse("/reason", "required");
  if (request.reason.size() > max_override_reason) {
    return refuse("/reason", "out_of_range",
                  {{"min", "1"}, {"max", std::to_string(max_override_reason)}});
  }
  const Day today = records.today();
  if (request.expires_on < today || request.expires_on > today + max_override_days) {
    return refuse("/expires_on", "out_of_range",
                  {{"min", format_date(today)}, {"max", format_date(today + max_override_days)}});
  }
  if (request.approver == scope.user()) return refuse("/approver", "approver_asks");
  LP_CHECK(check_record(records, connection, scope, "account", request.account, "/account"));
  return check_record(records, connection, scope, "user", request.approver, "/approver");
}

}  // namespace

Result<Overrides> read_overrides(const InputSource& source, Day day) {
  json::array args{field_is("gte", "expires_on", format_date(day))};
  if (source.only) args.push_back(field_is("eq", "account", format_id(*source.only)));
  json::object where{{"op", "and"}};
  where["args"] = std::move(args);
  Overrides overrides;
  boost::unordered_flat_map<std::int64_t, std::pair<Instant, RecordId>> latest;
  const TimeZone zone = source.records.frame().time_zone;
  LP_CHECK(records::scan_fields(
      source.records, source.connection, source.scope, override_object, where,
      {"account", "tier", "approved_at"}, [&](RecordId id, std::span<const storage::Value> values) {
        if (is_empty(values[0]) || is_empty(values[2])) return;
        const Instant at = integer_of(values[2]);
        if (zone.local_day(at) > day) return;  // seen from a past day it was not there
        const std::int64_t account = integer_of(values[0]);
        const std::pair place(at, id);
        const auto [known, is_new] = latest.try_emplace(account, place);
        if (!is_new && place < known->second) return;
        known->second = place;
        overrides[account] = {id, std::string(records::text_of(values[1]))};
      }));
  return overrides;
}

Result<RecordId> request_override(records::Records& records, Connection& connection,
                                  const access::AccessScope& scope, const stream::Origin& origin,
                                  const OverrideRequest& request) {
  LP_CHECK(check_request(records, connection, scope, request));
  records::BulkSlice slice(records, connection, scope, origin);
  const records::Object* object = slice.object(override_object);
  if (!object) return Error::internal("scoring: no object score_override");
  records::RowValues row(object->fields.size());
  const auto set = [&](std::string_view field, storage::Value value) {
    row[object->field(field)->index] = std::move(value);
  };
  set("account", request.account.value);
  set("tier", request.tier);
  set("reason", request.reason);
  if (scope.user()) set("requested_by", scope.user().value);
  set("approver", request.approver.value);
  set("expires_on", std::int64_t{request.expires_on});
  LP_TRY(const RecordId made, slice.create(*object, row));
  LP_CHECK(slice.finish());
  return made;
}

Status approve_override(records::Records& records, Connection& connection,
                        const access::AccessScope& scope, const stream::Origin& origin, RecordId id,
                        Instant now) {
  RecordId approver;
  bool settled = false;
  LP_CHECK(records::scan_fields(
      records, connection, scope, override_object, field_is("eq", "id", format_id(id)),
      {"approver", "expires_on", "approved_at"},
      [&](RecordId, std::span<const storage::Value> values) {
        approver = RecordId{integer_of(values[0])};
        settled = !is_empty(values[2]) || integer_of(values[1]) < records.today();
      }));
  if (!approver) return Error::of(ErrorCode::not_found);
  if (approver != scope.user()) return Error::of(ErrorCode::forbidden);
  if (settled) return Error::of(ErrorCode::invalid_state, "override_settled");
  records::BulkSlice slice(records, connection, scope, origin);
  const records::Object* object = slice.object(override_object);
  if (!object) return Error::internal("scoring: no object score_override");
  LP_CHECK(slice.update(*object, id, {{object->field("approved_at"), now}}));
  return slice.finish();
}

}  // namespace linchpin::identify
