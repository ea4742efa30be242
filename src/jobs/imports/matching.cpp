#include "jobs/imports/matching.h"

namespace linchpin::imports {

using records::Field;
using records::text_of;
using records::Value;

namespace {

constexpr std::size_t enough_matches = 2;

}  // namespace

json::object equals(const Field& field, const Value& value) {
  JsonWriter out;
  records::write_value(out, field, value);
  auto read = parse_json(out.text());
  return {{"op", "eq"}, {"field", field.api_name}, {"value", read ? *read : json::value()}};
}

Result<std::vector<std::int64_t>> match_records(records::Records& records,
                                                storage::Connection& connection,
                                                const access::AccessScope& scope, const Plan& plan,
                                                const records::RowValues& row) {
  std::vector<std::int64_t> found;
  const Field& first = *plan.match.front();
  if (plan.match.size() == 1 && first.unique && first.is_text()) {
    LP_TRY(const RecordId id, records.find(connection, scope, plan.object->api_name, first.api_name,
                                           text_of(row[first.index])));
    if (id) found.push_back(id.value);
    return found;
  }
  json::array parts;
  for (const Field* field : plan.match) parts.push_back(equals(*field, row[field->index]));
  const json::object where{{"op", "and"}, {"args", std::move(parts)}};
  LP_CHECK(records.select_ids(connection, scope, plan.object->api_name, where, [&](RecordId id) {
    if (found.size() < enough_matches) found.push_back(id.value);
  }));
  return found;
}

}  // namespace linchpin::imports
