#pragma once

// What linked records are called: the ids of one page are collected, then read at once through the
// record engine with the reader's own rights. A record that he may not see has no text.

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "access/scope.h"
#include "jobs/exports/cell.h"
#include "records/records.h"

namespace linchpin::exports {

class LinkTexts {
 public:
  LinkTexts(records::Records& records, const access::AccessScope& scope, const Manner& manner)
      : records_(records), scope_(scope), manner_(manner) {}

  // A new page begins.
  void clear();
  void want(const records::Field& link, const json::value& value);
  Status load();
  // The texts of the ids in `value`.
  Cell cell(const records::Field& link, const json::value& value) const;

 private:
  using Named = std::map<std::string, std::string, std::less<>>;  // by id

  Status load(const std::string& target, Named& names);
  Status read(const std::string& target, const records::Field& primary, json::array ids,
              Named& names);

  records::Records& records_;
  const access::AccessScope& scope_;
  const Manner& manner_;
  std::map<std::string, Named, std::less<>> names_;  // by object
};

}  // namespace linchpin::exports
