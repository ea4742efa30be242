#pragma once

// Given fields of every record behind a filter that the scope reaches, in one pass: for what the
// product computes over a whole object. Or of a page of them, or how many there are.

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::records {

// Stored values in the order of `fields`, as in RowValues.
using ScanVisitor = std::function<void(RecordId, std::span<const storage::Value> values)>;

// In no order; where null = all. Errors: those of the filter; not_found for an object and
// unknown_field for a field that the scope may not read, that is personal, or that has no column.
Status scan_fields(const Records& records, storage::Connection& connection,
                   const access::AccessScope& scope, std::string_view object,
                   const json::value& where, const std::vector<std::string>& fields,
                   const ScanVisitor& visit);

// In which order records are given, and which of them. Equal ones follow by their ids.
struct ScanPage {
  // By the first of these whole numbers, dates or instants that is not empty; by none: by the ids.
  std::vector<std::string> by;
  // What is added to it before it is compared: by the text in `shifted_by`, for all others the
  // last. No field: nothing is added.
  std::string shifted_by;
  std::map<std::string, std::int64_t> shifts;
  std::int64_t shift_otherwise = 0;
  bool descending = false;  // what is empty comes last either way
  std::size_t limit = 0;
  std::size_t offset = 0;
};
// Errors: those of scan_fields, for the fields of the order too.
Status scan_page(const Records& records, storage::Connection& connection,
                 const access::AccessScope& scope, std::string_view object,
                 const json::value& where, const std::vector<std::string>& fields,
                 const ScanPage& page, const ScanVisitor& visit);

// How many records have the same values of `fields`, in no order; without fields once, how many
// there are. Errors: those of scan_fields.
using CountVisitor = std::function<void(std::span<const storage::Value> values, std::int64_t)>;
Status count_by(const Records& records, storage::Connection& connection,
                const access::AccessScope& scope, std::string_view object, const json::value& where,
                const std::vector<std::string>& fields, const CountVisitor& visit);

}  // namespace linchpin::records
