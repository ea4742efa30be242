#pragma once

// The measures that criteria may use, of all accounts: those of rankings over the last months, and
// what is worked out from them.
//   margin            gross profit / net sales                     12 months
//   share             of all customers' net sales                  12 months
//   growth            these months' net sales over as many before − 1
//   purchase_months   from the first positive order to the last
//   recency_days      since the last positive order

#include <boost/unordered/unordered_flat_map.hpp>
#include <string_view>

#include "access/scope.h"
#include "identify/scoring/model.h"
#include "records/fact_days.h"
#include "records/records.h"

namespace linchpin::identify {

constexpr int default_measure_months = 12;

bool is_score_measure(std::string_view name);

class MeasuredInputs {
 public:
  MeasuredInputs(records::Records& records, storage::Connection& connection,
                 const access::AccessScope& scope, Day as_of)
      : records_(records), connection_(connection), scope_(scope), as_of_(as_of) {}

  // First of all: who has bought, and when.
  Status begin();
  // Less than twelve months since the first positive order.
  bool has_short_history(std::int64_t account) const;

  // By account, in millionths; accounts that the measure knows nothing of are absent.
  using Values = boost::unordered_flat_map<std::int64_t, Units>;
  Result<Values> of(const Criterion& criterion);

 private:
  // Months back from the day behind as-of; `skip` months further.
  records::Window window(int months, int skip) const;
  Result<Values> sums(std::string_view measure, records::Window window);
  Result<Values> sums_with_zeros(std::string_view measure, records::Window window);
  Result<Values> quotients(const Values& above, const Values& below, Units less);

  records::Records& records_;
  storage::Connection& connection_;
  const access::AccessScope& scope_;
  const Day as_of_;
  boost::unordered_flat_map<std::int64_t, records::DocumentSpan> spans_;
};

}  // namespace linchpin::identify
