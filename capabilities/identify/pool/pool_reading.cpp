#include "identify/pool/pool_reading.h"

#include <algorithm>

#include "records/scan.h"

namespace linchpin::identify {

std::optional<Day> PoolRow::day(std::size_t place) const {
  if (empty(place)) return std::nullopt;
  return static_cast<Day>(integer(place));
}

std::vector<std::string> PoolRow::texts(std::size_t place) const {
  std::vector<std::string> found;
  const Result<json::value> parsed = parse_json(records::text_of(values[place]));
  if (!parsed || !parsed->is_array()) return found;
  for (const json::value& item : parsed->get_array()) {
    if (item.is_string()) found.emplace_back(item.get_string());
  }
  return found;
}

json::object where_is(std::string_view field, std::string_view value) {
  return {{"op", "eq"}, {"field", field}, {"value", value}};
}

json::object where_in(std::string_view field, const std::vector<std::string>& values) {
  json::array listed;
  for (const std::string& value : values) listed.emplace_back(std::string_view(value));
  json::object where{{"op", "in"}, {"field", field}};
  where["value"] = std::move(listed);
  return where;
}

json::object where_empty(std::string_view field) {
  return {{"op", "empty"}, {"field", field}};
}

json::object where_all(json::array conditions) {
  json::object where{{"op", "and"}};
  where["args"] = std::move(conditions);
  return where;
}

Result<std::vector<PoolRow>> find_rows(const PoolSource& source, std::string_view object,
                                       const json::value& where,
                                       const std::vector<std::string>& fields) {
  std::vector<PoolRow> rows;
  LP_CHECK(records::scan_fields(source.records, source.connection, source.scope, object, where,
                                fields, [&](RecordId id, std::span<const storage::Value> values) {
                                  if (rows.size() >= max_pool_rows) return;
                                  rows.push_back({id, {values.begin(), values.end()}});
                                }));
  std::sort(rows.begin(), rows.end(),
            [](const PoolRow& left, const PoolRow& right) { return left.id < right.id; });
  return rows;
}

Result<std::optional<PoolRow>> find_row(const PoolSource& source, std::string_view object,
                                        RecordId id, const std::vector<std::string>& fields) {
  LP_TRY(std::vector<PoolRow> rows,
         find_rows(source, object, where_is("id", format_id(id)), fields));
  if (rows.empty()) return std::optional<PoolRow>();
  return std::optional<PoolRow>(std::move(rows.front()));
}

}  // namespace linchpin::identify
