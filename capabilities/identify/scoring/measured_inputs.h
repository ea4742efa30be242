#pragma once

// The measures that criteria may use, of all accounts: those of rankings over the last months, and
// what is worked out from them.
//   margin            gross profit / net sales                     12 months
//   share             of all customers' net sales                  12 months
//   growth            these months' net sales over as many before − 1
//   purchase_months   from the first positive order to the last
//   recency_days      since the last positive order
//   decayed_value     net sales, each day's by its age            all, half-life of 180 days
//   timeliness        of what fell due, the share paid in time    24 months
//   complaints        how many were raised                        12 months

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <string_view>
#include <tuple>

#include "access/scope.h"
#include "identify/measures.h"
#include "identify/scoring/care_inputs.h"
#include "identify/scoring/model.h"
#include "identify/scoring/sales_totals.h"
#include "records/fact_days.h"
#include "records/records.h"

namespace linchpin::identify {

constexpr int default_measure_months = 12;
constexpr int timeliness_months = 24;
constexpr int default_half_life_days = 180;

// One account read by itself, at a cost that others do not add to.
struct OneAccount {
  RecordId id;
  SalesTotals& totals;
};

bool is_score_measure(std::string_view name);

class MeasuredInputs {
 public:
  MeasuredInputs(records::Records& records, storage::Connection& connection,
                 const access::AccessScope& scope, Day as_of, const OneAccount* only = nullptr)
      : records_(records), connection_(connection), scope_(scope), as_of_(as_of), only_(only) {}

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
  MeasureRequest asked(std::string_view measure, records::Window window) const;
  Result<Values> given(const MeasureRequest& request);
  Result<Values> sums_of_one(std::string_view measure, records::Window window);
  Result<Values> sums(std::string_view measure, records::Window window);
  Result<Values> sums_with_zeros(std::string_view measure, records::Window window);
  Result<Values> quotients(const Values& above, const Values& below, Units less);
  Result<Values> shares(records::Window window);
  Result<Values> complaints(records::Window window);
  Values from_spans(bool recency) const;

  records::Records& records_;
  storage::Connection& connection_;
  const access::AccessScope& scope_;
  const Day as_of_;
  const OneAccount* const only_;  // null = all
  boost::unordered_flat_map<std::int64_t, records::DocumentSpan> spans_;
  // What was read of one account: several criteria ask for the same.
  std::map<std::tuple<Measure, Day, Day>, Values> known_;
};

}  // namespace linchpin::identify
