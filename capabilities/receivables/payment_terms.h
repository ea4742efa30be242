#pragma once

// Payment terms 账期: when what was billed is due. Pure arithmetic of days; due_dates.h finds the
// terms and the days.

#include <optional>
#include <string_view>

#include "base/date.h"

namespace linchpin::receivables {

constexpr int max_terms_days = 3'650;
constexpr int last_pay_day = 31;  // the last day of any month

enum class TermsStart { delivery, acceptance, invoice, month_end, node };

struct PaymentTerms {
  TermsStart start = TermsStart::invoice;
  int days = 0;
  std::optional<int> pay_day;  // of a month; one that a month lacks is its last day
};

// By the keys of payment_terms_start. Nothing when the key is none of them or a number lies beyond
// its limits: 0 to max_terms_days, 1 to last_pay_day.
std::optional<PaymentTerms> payment_terms(std::string_view start, std::int64_t days,
                                          std::optional<std::int64_t> pay_day);

// What has happened so far.
struct TermsDays {
  std::optional<Day> issued_on, delivered_on, accepted_on;
  std::optional<Day> node_due_on;
};

// Start day + days, moved to the next pay day; a node is due on its own day. Nothing while the day
// that the terms start from has not come.
std::optional<Day> due_day(const PaymentTerms& terms, const TermsDays& days);

// The first pay day that is not before this day.
Day next_pay_day(Day from, int pay_day);

}  // namespace linchpin::receivables
