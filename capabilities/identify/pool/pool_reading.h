#pragma once

// A few records with given fields: what the pool works with.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "records/conditions.h"
#include "records/row.h"
#include "records/scan.h"

namespace linchpin::identify {

using records::all_of;
using records::any_of;
using records::leaf;
using records::where_empty;
using records::where_in;
using records::where_is;

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

// In the order of their ids. Errors: those of scan_fields.
Result<std::vector<PoolRow>> find_rows(const PoolSource& source, std::string_view object,
                                       const json::value& where,
                                       const std::vector<std::string>& fields);
Result<std::optional<PoolRow>> find_row(const PoolSource& source, std::string_view object,
                                        RecordId id, const std::vector<std::string>& fields);
// In the order of the page.
Result<std::vector<PoolRow>> find_page(const PoolSource& source, std::string_view object,
                                       const json::value& where,
                                       const std::vector<std::string>& fields,
                                       const records::ScanPage& page);
// The one with the highest value of `by`.
Result<std::optional<PoolRow>> find_latest(const PoolSource& source, std::string_view object,
                                           const json::value& where, const std::string& by,
                                           const std::vector<std::string>& fields);
Result<std::int64_t> count_of(const PoolSource& source, std::string_view object,
                              const json::value& where);
// By the value of a field.
Result<std::map<std::string, std::int64_t>> counts_by(const PoolSource& source,
                                                      std::string_view object,
                                                      const json::value& where,
                                                      const std::string& field);

}  // namespace linchpin::identify
