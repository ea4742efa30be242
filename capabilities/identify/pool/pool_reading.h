#pragma once

// A few records with given fields, and the filters that find them: what the pool works with.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "records/records.h"
#include "records/row.h"

namespace linchpin::identify {

constexpr std::size_t max_pool_rows = 20'000;  // of one reading; what is beyond is left out

struct PoolSource {
  records::Records& records;
  storage::Connection& connection;
  const access::AccessScope& scope;
};

struct PoolRow {
  RecordId id;
  std::vector<storage::Value> values;  // in the order of the fields asked for

  std::string text(std::size_t place) const { return std::string(records::text_of(values[place])); }
  std::int64_t integer(std::size_t place) const { return records::integer_of(values[place]); }
  RecordId link(std::size_t place) const { return RecordId{integer(place)}; }
  bool empty(std::size_t place) const { return records::is_empty(values[place]); }
  std::optional<Day> day(std::size_t place) const;
  // Of a multi_select or a link of many: a JSON array of texts.
  std::vector<std::string> texts(std::size_t place) const;
};

json::object where_is(std::string_view field, std::string_view value);
json::object where_in(std::string_view field, const std::vector<std::string>& values);
json::object where_empty(std::string_view field);
json::object where_all(json::array conditions);

// In the order of their ids. Errors: those of scan_fields.
Result<std::vector<PoolRow>> find_rows(const PoolSource& source, std::string_view object,
                                       const json::value& where,
                                       const std::vector<std::string>& fields);
Result<std::optional<PoolRow>> find_row(const PoolSource& source, std::string_view object,
                                        RecordId id, const std::vector<std::string>& fields);

}  // namespace linchpin::identify
