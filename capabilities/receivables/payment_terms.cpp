#include "receivables/payment_terms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace linchpin::receivables {

namespace {

constexpr std::array starts{std::pair{std::string_view("delivery"), TermsStart::delivery},
                            std::pair{std::string_view("acceptance"), TermsStart::acceptance},
                            std::pair{std::string_view("invoice"), TermsStart::invoice},
                            std::pair{std::string_view("month_end"), TermsStart::month_end},
                            std::pair{std::string_view("node"), TermsStart::node}};

Day last_day_of(std::int32_t month) {
  return first_day_of_month(month + 1) - 1;
}

Day pay_day_in(std::int32_t month, int pay_day) {
  return std::min(first_day_of_month(month) + pay_day - 1, last_day_of(month));
}

std::optional<Day> start_day(TermsStart start, const TermsDays& days) {
  switch (start) {
    case TermsStart::delivery:
      return days.delivered_on;
    case TermsStart::acceptance:
      return days.accepted_on;
    case TermsStart::invoice:
      return days.issued_on;
    case TermsStart::month_end:
      if (!days.issued_on) return std::nullopt;
      return last_day_of(month_index(*days.issued_on));
    case TermsStart::node:
      return days.node_due_on;
  }
  return std::nullopt;
}

}  // namespace

std::optional<PaymentTerms> payment_terms(std::string_view start, std::int64_t days,
                                          std::optional<std::int64_t> pay_day) {
  const auto* const found = std::find_if(starts.begin(), starts.end(), [&](const auto& candidate) {
    return candidate.first == start;
  });
  if (found == starts.end() || days < 0 || days > max_terms_days) return std::nullopt;
  if (pay_day && (*pay_day < 1 || *pay_day > last_pay_day)) return std::nullopt;
  PaymentTerms terms{found->second, static_cast<int>(days), std::nullopt};
  if (pay_day) terms.pay_day = static_cast<int>(*pay_day);
  return terms;
}

std::optional<Day> due_day(const PaymentTerms& terms, const TermsDays& days) {
  const std::optional<Day> start = start_day(terms.start, days);
  if (!start || terms.start == TermsStart::node) return start;
  const Day due = *start + terms.days;
  return terms.pay_day ? next_pay_day(due, *terms.pay_day) : due;
}

Day next_pay_day(Day from, int pay_day) {
  const std::int32_t month = month_index(from);
  const Day here = pay_day_in(month, pay_day);
  return here >= from ? here : pay_day_in(month + 1, pay_day);
}

}  // namespace linchpin::receivables
