#include "visits/check_in.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/json.h"
#include "records/bulk.h"
#include "records/conditions.h"
#include "records/scan.h"

namespace linchpin::visits {

using records::is_empty;
using storage::Connection;

namespace {

std::string rounded_degrees(double degrees) {
  const double scaled = degrees * static_cast<double>(power_of_ten(position_decimals));
  return format_decimal(std::llround(scaled), position_decimals);
}

// The keys of a field of several choices, or the ids of one of several links.
std::set<std::string> items_of(const storage::Value& list) {
  std::set<std::string> items;
  const auto parsed = parse_json(records::text_of(list));
  if (!parsed || !parsed->is_array()) return items;
  for (const json::value& item : parsed->get_array()) items.insert(json::serialize(item));
  return items;
}

struct RolesOf {
  std::set<std::string> roles;
  std::set<std::string> own_roles;
};

RolesOf roles_in(std::span<const storage::Value> values) {
  return {items_of(values[0]), items_of(values[1])};
}

bool share_one(const std::set<std::string>& left, const std::set<std::string>& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](const std::string& item) { return right.count(item) > 0; });
}

}  // namespace

std::string position_text(const Position& position) {
  return rounded_degrees(position.latitude) + ", " + rounded_degrees(position.longitude) + " ±" +
         std::to_string(position.accuracy) + " m";
}

Result<bool> is_asked_to_check_in(const records::Records& records, Connection& connection,
                                  RecordId user) {
  const access::AccessScope product = access::Authority::product();
  const std::vector<std::string> names{"roles", "own_roles"};
  RolesOf asked;
  records::ScanPage first;
  first.limit = 1;
  LP_CHECK(records::scan_page(
      records, connection, product, "check_in_policy", {}, names, first,
      [&](RecordId, std::span<const storage::Value> values) { asked = roles_in(values); }));
  if (asked.roles.empty() && asked.own_roles.empty()) return false;
  RolesOf his;
  LP_CHECK(records::scan_fields(
      records, connection, product, "user", records::where_is("id", format_id(user)), names,
      [&](RecordId, std::span<const storage::Value> values) { his = roles_in(values); }));
  return share_one(asked.roles, his.roles) || share_one(asked.own_roles, his.own_roles);
}

Status check_in(records::Records& records, Connection& connection, const access::AccessScope& scope,
                const stream::Origin& origin, RecordId visit, const Position& position,
                Instant now) {
  LP_TRY(const bool asked, is_asked_to_check_in(records, connection, scope.user()));
  if (!asked) return Error::of(ErrorCode::forbidden, "check_in_not_asked");
  bool seen = false;
  bool cancelled = false;
  bool before = false;
  LP_CHECK(records::scan_fields(records, connection, scope, "visit",
                                records::where_is("id", format_id(visit)),
                                {"state", "checked_in_at"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  seen = true;
                                  cancelled = records::text_of(values[0]) == "cancelled";
                                  before = !is_empty(values[1]);
                                }));
  if (!seen) return Error::of(ErrorCode::not_found);
  if (cancelled) return Error::of(ErrorCode::invalid_state, "check_in_cancelled");
  if (before) return Error::of(ErrorCode::invalid_state, "check_in_once");
  records::BulkSlice slice(records, connection, scope, origin);
  const records::Object* object = slice.object("visit");
  if (!object) return Error::internal("visits: no object visit");
  LP_CHECK(slice.update(*object, visit,
                        {{object->field("checked_in_at"), now},
                         {object->field("check_in_position"), position_text(position)}}));
  return slice.finish();
}

}  // namespace linchpin::visits
