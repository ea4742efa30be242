#include "identify/computed_rankings.h"

#include <algorithm>

namespace linchpin::identify {

namespace {

// Codes in the order of the ids; one without a code, or out of reach, has an empty one.
std::vector<std::string> read_codes(records::Records& records, storage::Connection& connection,
                                    const access::AccessScope& scope,
                                    const std::vector<RecordId>& ids) {
  std::vector<std::string> codes(ids.size());
  std::size_t place = 0;
  const auto take = [&](RecordId, const std::vector<std::string_view>& texts) {
    codes[place++] = texts[0];
  };
  if (!records.read_texts(connection, scope, "account", ids, {"code"}, take)) codes.clear();
  codes.resize(ids.size());
  return codes;
}

}  // namespace

RankingRequest plain_request(const RankingRequest& request, Measure measure) {
  RankingRequest plain = request;
  plain.measure.measure = measure;
  plain.measure.tax = Tax::exclusive;
  plain.measure.half_life_days.reset();
  return plain;
}

Result<std::shared_ptr<const ComputedRanking>> ComputedRankings::of(
    const access::AccessScope& scope, const RankingRequest& request) {
  // Who asks is part of the question: what one may see is not what another may see.
  const std::string text = scope.fingerprint() + format_id(scope.user()) + "|" + request.text();
  using Answer = Result<std::shared_ptr<const ComputedRanking>>;
  return records_.database().snapshot([&](storage::Connection& connection) -> Answer {
    LP_TRY(const std::int64_t seq, stream::last_seq(connection));
    if (auto found = find(text, seq)) return found;
    LP_TRY(MeasuredCustomers measured,
           measure_customers(records_, connection, scope, request.measure));
    const auto codes_of = [&](const std::vector<RecordId>& ids) {
      return read_codes(records_, connection, scope, ids);
    };
    auto computed = std::make_shared<const ComputedRanking>(
        ComputedRanking{rank_customers(std::move(measured.customers), request.classes,
                                       request.convention, codes_of),
                        measured.unassigned});
    keep({text, seq, computed});
    return computed;
  });
}

Result<std::shared_ptr<const ComputedRanking>> ComputedRankings::profit_of(
    const access::AccessScope& scope, const RankingRequest& request) {
  LP_TRY(auto profit, of(scope, plain_request(request, Measure::gross_profit)));
  LP_TRY(const auto sales, of(scope, plain_request(request, Measure::net_sales)));
  const bool costs = profit->ranking.total != sales->ranking.total ||
                     profit->ranking.non_positive_value != sales->ranking.non_positive_value;
  if (!costs || profit->ranking.positive == 0) profit.reset();
  return profit;
}

std::shared_ptr<const ComputedRanking> ComputedRankings::find(const std::string& text,
                                                              std::int64_t seq) {
  const std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const Kept& kept) { return kept.seq < seq; });
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.seq == seq && kept.text == text;
  });
  if (found == kept_.end()) return nullptr;
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().computed;
}

void ComputedRankings::keep(Kept kept) {
  const std::lock_guard lock(mutex_);
  kept_.push_front(std::move(kept));
  std::size_t rows = 0;
  std::size_t count = 0;
  for (auto it = kept_.begin(); it != kept_.end();) {
    rows += it->computed->ranking.rows.size();
    const bool stays = ++count <= max_kept && (count == 1 || rows <= max_kept_rows);
    it = stays ? std::next(it) : kept_.erase(it);
  }
}

}  // namespace linchpin::identify
