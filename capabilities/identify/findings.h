#pragma once

// What a ranking says in plain words, each sentence with the records behind it. A finding is given
// only when it is true and there is something to open.

#include <optional>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "identify/account_labels.h"
#include "identify/computed_rankings.h"
#include "identify/report_text.h"

namespace linchpin::identify {

// As many ids as a filter may list.
constexpr std::size_t max_opened_records = 1'000;

struct Finding {
  std::string code;
  ErrorParams params;  // what the text names
  std::string text;
  std::string object;      // whose records it opens
  json::value where;       // which of them, in the filter grammar of the API
  std::int64_t count = 0;  // how many it speaks of; a list in `where` holds the first of them
};

// What findings are made from; all of it outlives them.
struct FindingSources {
  ComputedRankings& rankings;
  AccountLabels& labels;
  const access::AccessScope& scope;
  const Speech& speech;
  const RankingRequest& request;
  const ComputedRanking& computed;
  const AmountFormat& amounts;

  records::Records& records() const { return labels.records(); }
  const Ranking& ranking() const { return computed.ranking; }
};

using MaybeFinding = Result<std::optional<Finding>>;

// All of them in the order of their weight. Errors: those of the rankings and of the records.
Result<std::vector<Finding>> find_all(const FindingSources& sources);

// Each kind by itself.
MaybeFinding few_make_most(const FindingSources& sources);  // 80 % of gross profit
MaybeFinding one_customer_weighs(const FindingSources& sources);
MaybeFinding left_first_class(const FindingSources& sources);  // against a year ago, or `compare`
MaybeFinding first_class_overdue(const FindingSources& sources);
MaybeFinding first_class_unvisited(const FindingSources& sources);
MaybeFinding much_unassigned(const FindingSources& sources);
Result<std::vector<Finding>> probably_one_customer(const FindingSources& sources);

void write_findings(JsonWriter& out, const std::vector<Finding>& findings);

}  // namespace linchpin::identify
