#include "identify/scoring/overrides.h"

#include "records/conditions.h"
#include "records/row.h"
#include "records/scan.h"

namespace linchpin::identify {

namespace {

using records::integer_of;
using records::is_empty;
using storage::Connection;

constexpr std::string_view override_object = "score_override";

// Somebody who may no longer sign in is stood in for.
Result<bool> may_decide(records::Records& records, Connection& connection,
                        const access::AccessScope& scope, RecordId approver) {
  if (approver == scope.user()) return true;
  if (!scope.administrator() && !scope.leads(approver)) return false;
  bool active = false;
  LP_CHECK(records::scan_fields(records, connection, access::Authority::product(), "user",
                                records::where_is("id", format_id(approver)), {"active"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  active = integer_of(values[0]) != 0;
                                }));
  return !active;
}

}  // namespace

Result<Overrides> read_overrides(const InputSource& source, Day day) {
  json::array args{records::leaf("gte", "expires_on", json::string(format_date(day)))};
  if (source.only) args.push_back(records::where_is("account", format_id(*source.only)));
  const json::object where = records::all_of(std::move(args));
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

Status approve_override(records::Records& records, Connection& connection,
                        const access::AccessScope& scope, const stream::Origin& origin, RecordId id,
                        Instant now) {
  RecordId approver;
  RecordId maker;
  bool settled = false;
  LP_CHECK(records::scan_fields(
      records, connection, scope, override_object, records::where_is("id", format_id(id)),
      {"approver", "expires_on", "approved_at", "created_by"},
      [&](RecordId, std::span<const storage::Value> values) {
        approver = RecordId{integer_of(values[0])};
        if (!is_empty(values[3])) maker = RecordId{integer_of(values[3])};
        const std::int64_t days = integer_of(values[1]) - records.today();
        settled = !is_empty(values[2]) || days < 0 || days > max_override_days;
      }));
  if (!approver) return Error::of(ErrorCode::not_found);
  LP_TRY(const bool decides, may_decide(records, connection, scope, approver));
  if (!decides || scope.user() == maker) return Error::of(ErrorCode::forbidden);
  if (settled) return Error::of(ErrorCode::invalid_state, "override_settled");
  // Being named is the right to agree: executives read accounts and change none of them. Who it was
  // in the end stands there as the approver.
  const access::AccessScope agreeing = access::Authority::administrator(scope.user());
  records::BulkSlice slice(records, connection, agreeing, origin);
  const records::Object* object = slice.object(override_object);
  if (!object) return Error::internal("scoring: no object score_override");
  LP_CHECK(slice.update(*object, id, {{object->field("approved_at"), now},
                                      {object->field("approver"), scope.user().value}}));
  return slice.finish();
}

}  // namespace linchpin::identify
