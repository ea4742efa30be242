#pragma once

// What accounts are called.

#include <string>
#include <vector>

#include "base/json_writer.h"
#include "identify/ranking.h"
#include "records/records.h"

namespace linchpin::identify {

struct AccountLabel {
  std::string code;  // empty when it has none
  std::string name;
};

// {"id","code","name"}; a code that there is not is null.
void write_account(JsonWriter& out, RecordId id, const AccountLabel& label);

class AccountLabels {
 public:
  AccountLabels(records::Records& records, const access::AccessScope& scope)
      : records_(records), scope_(scope) {}

  // In the order of the ids.
  Result<std::vector<AccountLabel>> of(const std::vector<RecordId>& ids);
  // Of rows [begin, end) of a ranking.
  Result<std::vector<AccountLabel>> of(const Ranking& ranking, std::size_t begin, std::size_t end);
  // The names alone.
  Result<std::vector<std::string>> names_of(const std::vector<RecordId>& ids);

  records::Records& records() { return records_; }

 private:
  records::Records& records_;
  const access::AccessScope& scope_;
};

}  // namespace linchpin::identify
