#include "identify/scoring/measured_inputs.h"

#include <algorithm>
#include <array>
#include <limits>

#include "identify/scoring/score.h"
#include "records/fact_of_key.h"

namespace linchpin::identify {

namespace {

constexpr std::array<std::string_view, 8> worked_out{
    "margin",       "share",         "growth",     "purchase_months",
    "recency_days", "decayed_value", "timeliness", "complaints"};
constexpr Units one = power_of_ten(value_scale);
constexpr int days_of_year = 365;
// The first day of year 1: before every record.
constexpr Day beginning = -719'162;

Units clamped(WideUnits value) {
  constexpr WideUnits most = std::numeric_limits<Units>::max();
  return static_cast<Units>(std::clamp(value, -most, most));
}

}  // namespace

bool is_score_measure(std::string_view name) {
  return measure_named(name) ||
         std::find(worked_out.begin(), worked_out.end(), name) != worked_out.end();
}

Status MeasuredInputs::begin() {
  const auto schema = records_.schema();
  const MeasureFact named = measure_fact(Measure::net_sales);
  const records::Object* object = schema->object(named.object);
  const records::Fact* fact = object ? object->fact(named.fact) : nullptr;
  if (!fact) return Error::internal("scoring: no fact " + std::string(named.fact));
  if (only_) {
    LP_TRY(const auto span, records::read_document_span_of(connection_, *fact, only_->id.value,
                                                           {beginning, as_of_ + 1}));
    if (span) spans_[span->key] = *span;
    return {};
  }
  return records::read_document_spans(
      connection_, *fact, {beginning, as_of_ + 1},
      [&](const records::DocumentSpan& span) { spans_[span.key] = span; });
}

bool MeasuredInputs::has_short_history(std::int64_t account) const {
  const auto found = spans_.find(account);
  return found == spans_.end() || as_of_ - found->second.first < days_of_year;
}

records::Window MeasuredInputs::window(int months, int skip) const {
  const auto back = [&](int count) {
    CivilDate date = civil_of(as_of_ + 1);
    const Day first = first_day_of_month(month_index(as_of_ + 1) - count);
    const Day next = first_day_of_month(month_index(as_of_ + 1) - count + 1);
    return std::min(first + date.day - 1, next - 1);
  };
  return {back(months + skip), back(skip)};
}

MeasureRequest MeasuredInputs::asked(std::string_view measure, records::Window window) const {
  MeasureRequest request;
  request.measure = *measure_named(measure);
  request.window = window;
  if (only_) request.account = only_->id;
  return request;
}

Result<MeasuredInputs::Values> MeasuredInputs::given(const MeasureRequest& request) {
  LP_TRY(const MeasuredCustomers measured,
         measure_customers(records_, connection_, scope_, request));
  const int scale = measure_scale(*records_.schema(), request.measure);
  Values values;
  values.reserve(measured.customers.size());
  for (const CustomerValue& customer : measured.customers) {
    values[customer.account.value] =
        clamped(static_cast<WideUnits>(customer.value) * power_of_ten(value_scale - scale));
  }
  return values;
}

Result<MeasuredInputs::Values> MeasuredInputs::sums(std::string_view measure,
                                                    records::Window window) {
  if (only_) return sums_of_one(measure, window);
  return given(asked(measure, window));
}

Result<MeasuredInputs::Values> MeasuredInputs::sums_of_one(std::string_view measure,
                                                           records::Window window) {
  const std::tuple place(*measure_named(measure), window.from, window.to);
  const auto known = known_.find(place);
  if (known != known_.end()) return known->second;
  LP_TRY(Values values, given(asked(measure, window)));
  known_[place] = values;
  return values;
}

// Who was ever measured and has nothing in the window has 0, which is not the same as unknown.
Result<MeasuredInputs::Values> MeasuredInputs::sums_with_zeros(std::string_view measure,
                                                               records::Window window) {
  LP_TRY(Values values, sums(measure, window));
  LP_TRY(const Values earlier, sums(measure, {beginning, window.from}));
  for (const auto& [account, value] : earlier) values.try_emplace(account, 0);
  return values;
}

// above / below − less, where below is positive.
Result<MeasuredInputs::Values> MeasuredInputs::quotients(const Values& above, const Values& below,
                                                         Units less) {
  Values values;
  for (const auto& [account, divisor] : below) {
    if (divisor <= 0) continue;
    const auto found = above.find(account);
    const WideUnits dividend = found == above.end() ? 0 : found->second;
    values[account] = clamped(divide_half_even(dividend * one, divisor) - less);
  }
  return values;
}

Result<MeasuredInputs::Values> MeasuredInputs::shares(records::Window window) {
  LP_TRY(const Values sales, sums_with_zeros("net_sales", window));
  const auto positive_total = [&](const Values& of) {
    WideUnits total = 0;
    for (const auto& [account, value] : of) total += std::max<Units>(value, 0);
    return total;
  };
  WideUnits total = 0;
  if (only_) {
    LP_TRY(total, only_->totals.of(window, [&]() -> Result<WideUnits> {
      MeasureRequest all = asked("net_sales", window);
      all.account.reset();
      LP_TRY(const Values of_all, given(all));
      return positive_total(of_all);
    }));
  } else {
    total = positive_total(sales);
    SalesTotals::shared(records_)->remember(window, total);
  }
  Values values;
  if (total <= 0) return values;
  for (const auto& [account, value] : sales) {
    values[account] = clamped(divide_half_even(static_cast<WideUnits>(value) * one, total));
  }
  return values;
}

// Who has bought and raised none has 0.
Result<MeasuredInputs::Values> MeasuredInputs::complaints(records::Window window) {
  const InputSource source{records_, connection_, scope_,
                           only_ ? std::optional(only_->id) : std::nullopt};
  Values values;
  LP_CHECK(read_complaints(source, window,
                           [&](std::int64_t account, Units count) { values[account] = count; }));
  for (const auto& [account, span] : spans_) values.try_emplace(account, 0);
  return values;
}

MeasuredInputs::Values MeasuredInputs::from_spans(bool recency) const {
  Values values;
  for (const auto& [account, span] : spans_) {
    if (account == 0) continue;
    const WideUnits days = recency ? as_of_ - span.last : span.last - span.first;
    // 12 months in 365.25 days.
    values[account] = clamped(recency ? days * one : divide_half_even(days * one * 1'200, 36'525));
  }
  return values;
}

Result<MeasuredInputs::Values> MeasuredInputs::of(const Criterion& criterion) {
  const std::string_view measure = criterion.measure;
  const int own = measure == "timeliness" ? timeliness_months : default_measure_months;
  const int months = criterion.months == 0 ? own : criterion.months;
  if (measure_named(measure)) return sums_with_zeros(measure, window(months, 0));
  if (measure == "share") return shares(window(months, 0));
  if (measure == "complaints") return complaints(window(months, 0));
  if (measure == "margin") {
    LP_TRY(const Values profit, sums("gross_profit", window(months, 0)));
    LP_TRY(const Values sales, sums("net_sales", window(months, 0)));
    return quotients(profit, sales, 0);
  }
  if (measure == "growth") {
    LP_TRY(const Values now, sums("net_sales", window(months, 0)));
    LP_TRY(const Values before, sums("net_sales", window(months, months)));
    return quotients(now, before, one);
  }
  if (measure == "decayed_value") {
    const records::Window all{criterion.months == 0 ? beginning : window(months, 0).from,
                              as_of_ + 1};
    MeasureRequest request = asked("net_sales", all);
    request.half_life_days =
        criterion.half_life_days == 0 ? default_half_life_days : criterion.half_life_days;
    return given(request);
  }
  if (measure == "timeliness") {
    const InputSource source{records_, connection_, scope_,
                             only_ ? std::optional(only_->id) : std::nullopt};
    Values values;
    LP_CHECK(read_timeliness(source, window(months, 0),
                             [&](std::int64_t account, Units share) { values[account] = share; }));
    return values;
  }
  return from_spans(measure == "recency_days");
}

}  // namespace linchpin::identify
