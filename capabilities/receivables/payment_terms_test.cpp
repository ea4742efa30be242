#include "receivables/payment_terms.h"

#include <gtest/gtest.h>

namespace linchpin::receivables {
namespace {

std::optional<Day> on(const char* text) {
  return *text == '\0' ? std::nullopt : std::optional<Day>(*parse_date(text));
}

std::string text_of(std::optional<Day> day) {
  return day ? format_date(*day) : std::string();
}

TEST(PaymentTerms, CountFromTheirStartToTheNextPayDay) {
  struct Case {
    const char* start;
    int days;
    int pay_day;  // 0: none
    const char *issued, *delivered, *accepted, *node, *due;
  };
  for (const Case& one : {
           Case{"invoice", 30, 0, "2026-01-31", "", "", "", "2026-03-02"},
           Case{"invoice", 30, 0, "2028-01-31", "", "", "", "2028-03-01"},  // a leap year
           Case{"invoice", 0, 0, "2026-05-04", "", "", "", "2026-05-04"},
           Case{"invoice", 365, 0, "2027-06-01", "", "", "", "2028-05-31"},
           Case{"month_end", 0, 0, "2028-02-01", "", "", "", "2028-02-29"},
           Case{"month_end", 0, 0, "2026-02-28", "", "", "", "2026-02-28"},
           Case{"month_end", 30, 0, "2026-12-03", "", "", "", "2027-01-30"},
           Case{"month_end", 60, 25, "2026-11-05", "", "", "", "2027-02-25"},
           Case{"delivery", 10, 0, "2026-05-04", "2026-04-20", "", "", "2026-04-30"},
           Case{"acceptance", 45, 0, "2026-05-04", "2026-04-20", "2026-06-01", "", "2026-07-16"},
           Case{"node", 90, 15, "2026-05-04", "", "", "2026-08-08", "2026-08-08"},
           // The pay day itself is still in time; the day after waits a month.
           Case{"invoice", 0, 15, "2026-05-15", "", "", "", "2026-05-15"},
           Case{"invoice", 0, 15, "2026-05-16", "", "", "", "2026-06-15"},
           Case{"invoice", 0, 15, "2026-12-16", "", "", "", "2027-01-15"},
           // 31 is the last day of every month, and so is 30 or 29 where the month is shorter.
           Case{"invoice", 0, 31, "2026-02-03", "", "", "", "2026-02-28"},
           Case{"invoice", 0, 31, "2028-02-29", "", "", "", "2028-02-29"},
           Case{"invoice", 0, 31, "2026-04-30", "", "", "", "2026-04-30"},
           Case{"invoice", 1, 31, "2026-04-30", "", "", "", "2026-05-31"},
           Case{"invoice", 0, 30, "2026-02-03", "", "", "", "2026-02-28"},
           Case{"invoice", 0, 29, "2026-01-30", "", "", "", "2026-02-28"},
           // What has not come yet is not guessed.
           Case{"delivery", 10, 15, "2026-05-04", "", "2026-05-05", "", ""},
           Case{"acceptance", 10, 0, "2026-05-04", "2026-04-20", "", "", ""},
           Case{"invoice", 10, 0, "", "2026-04-20", "2026-04-21", "", ""},
           Case{"month_end", 10, 0, "", "2026-04-20", "", "", ""},
           Case{"node", 0, 0, "2026-05-04", "2026-04-20", "2026-04-21", "", ""},
       }) {
    const auto pay_day = one.pay_day == 0 ? std::nullopt : std::optional<std::int64_t>(one.pay_day);
    const auto terms = payment_terms(one.start, one.days, pay_day);
    ASSERT_TRUE(terms);
    const TermsDays days{on(one.issued), on(one.delivered), on(one.accepted), on(one.node)};
    EXPECT_EQ(text_of(due_day(*terms, days)), one.due)
        << one.start << " " << one.days << " " << one.pay_day << " " << one.issued;
  }
}

TEST(PaymentTerms, AreNoneBeyondTheirLimits) {
  EXPECT_TRUE(payment_terms("invoice", 0, 1));
  EXPECT_TRUE(payment_terms("invoice", max_terms_days, last_pay_day));
  EXPECT_FALSE(payment_terms("", 30, std::nullopt));
  EXPECT_FALSE(payment_terms("whenever", 30, std::nullopt));
  EXPECT_FALSE(payment_terms("invoice", -1, std::nullopt));
  EXPECT_FALSE(payment_terms("invoice", max_terms_days + 1, std::nullopt));
  EXPECT_FALSE(payment_terms("invoice", 30, 0));
  EXPECT_FALSE(payment_terms("invoice", 30, 32));
}

}  // namespace
}  // namespace linchpin::receivables
