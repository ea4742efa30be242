#include "identify/pool/pool_reading.h"

#include <algorithm>

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

Result<std::vector<PoolRow>> find_page(const PoolSource& source, std::string_view object,
                                       const json::value& where,
                                       const std::vector<std::string>& fields,
                                       const records::ScanPage& page) {
  std::vector<PoolRow> rows;
  LP_CHECK(records::scan_page(source.records, source.connection, source.scope, object, where,
                              fields, page,
                              [&](RecordId id, std::span<const storage::Value> values) {
                                rows.push_back({id, {values.begin(), values.end()}});
                              }));
  return rows;
}

Result<std::optional<PoolRow>> find_latest(const PoolSource& source, std::string_view object,
                                           const json::value& where, const std::string& by,
                                           const std::vector<std::string>& fields) {
  records::ScanPage page;
  page.by = {by};
  page.descending = true;
  page.limit = 1;
  LP_TRY(std::vector<PoolRow> rows, find_page(source, object, where, fields, page));
  if (rows.empty()) return std::optional<PoolRow>();
  return std::optional<PoolRow>(std::move(rows.front()));
}

Result<std::int64_t> count_of(const PoolSource& source, std::string_view object,
                              const json::value& where) {
  std::int64_t count = 0;
  LP_CHECK(records::count_by(
      source.records, source.connection, source.scope, object, where, {},
      [&](std::span<const storage::Value>, std::int64_t found) { count = found; }));
  return count;
}

Result<std::map<std::string, std::int64_t>> counts_by(const PoolSource& source,
                                                      std::string_view object,
                                                      const json::value& where,
                                                      const std::string& field) {
  std::map<std::string, std::int64_t> counts;
  LP_CHECK(records::count_by(source.records, source.connection, source.scope, object, where,
                             {field},
                             [&](std::span<const storage::Value> values, std::int64_t found) {
                               counts[std::string(records::text_of(values[0]))] = found;
                             }));
  return counts;
}

}  // namespace linchpin::identify
