#pragma once

// Questions that a view asks of the records, within what its reader may see: what he may not read
// is left out, as if there were none.

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "records/conditions.h"
#include "records/records.h"

namespace linchpin::dossier {

using records::all_of;
using records::any_of;
using records::leaf;

struct Question {
  std::string object;
  std::vector<std::string> select;
  json::value where;
  std::string sort;  // empty: newest first
  bool descending = true;
  int limit = 50;  // more than a page holds is read page by page
};

struct GroupQuestion {
  std::string object;
  json::value where;
  json::array group;     // {field, bucket}
  json::array measures;  // {as, fn, field}
};

constexpr std::size_t max_groups = 20'000;

class Reading {
 public:
  Reading(records::Records& records, const access::AccessScope& scope)
      : records_(records), scope_(scope) {}

  records::Records& records() const { return records_; }
  const access::AccessScope& scope() const { return scope_; }

  // The record as GET answers it. Error: not_found.
  Result<json::object> record(std::string_view object, RecordId id) const;
  // {"id","version","fields"} each.
  Result<json::array> rows(const Question& question) const;
  // {"key":[…],"values":{…}} each, at most max_groups.
  Result<json::array> groups(const GroupQuestion& question) const;
  // Whether he may read these fields of the object.
  bool sees(std::string_view object, std::initializer_list<std::string_view> fields) const;

 private:
  records::Records& records_;
  const access::AccessScope& scope_;
};

// Parts of a GroupQuestion.
json::object group_by(std::string_view field, std::string_view bucket = {});
json::object measure_of(std::string_view as, std::string_view fn, std::string_view field = {});

// The member as an id; no record where it is none.
RecordId id_at(const json::object& object, std::string_view name);
// The fields of a row.
const json::object& fields_of(const json::value& row);

}  // namespace linchpin::dossier
