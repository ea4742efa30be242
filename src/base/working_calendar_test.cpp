#include "base/working_calendar.h"

#include <gtest/gtest.h>

namespace linchpin {
namespace {

Day on(int month, int day) {
  return day_of({2026, month, day});
}

// The National Day of 2026 as it is announced: a holiday of a week, and two weekends worked.
WorkingCalendar national_day() {
  using Kind = WorkingCalendar::Kind;
  WorkingCalendar calendar;
  calendar.days = {{on(9, 20), on(9, 20), Kind::working, "国庆节"},
                   {on(10, 1), on(10, 7), Kind::holiday, "国庆节"},
                   {on(10, 10), on(10, 10), Kind::working, "国庆节"}};
  return calendar;
}

TEST(WorkingCalendar, KnowsItsWeekendBeforeAndAfter1970) {
  const WorkingCalendar plain;
  EXPECT_TRUE(plain.works(on(11, 20)));  // a Friday
  EXPECT_FALSE(plain.works(on(11, 21)));
  EXPECT_FALSE(plain.works(on(11, 22)));
  EXPECT_TRUE(plain.works(on(11, 23)));
  EXPECT_FALSE(plain.works(day_of({1969, 12, 28})));  // a Sunday
  EXPECT_TRUE(plain.works(day_of({1969, 12, 29})));
}

TEST(WorkingCalendar, HolidaysRestAndMakeUpDaysWork) {
  const WorkingCalendar calendar = national_day();
  EXPECT_TRUE(calendar.works(on(9, 20)));    // a Sunday
  EXPECT_FALSE(calendar.works(on(10, 1)));   // a Thursday
  EXPECT_FALSE(calendar.works(on(10, 7)));   // a Wednesday
  EXPECT_TRUE(calendar.works(on(10, 8)));
  EXPECT_TRUE(calendar.works(on(10, 10)));   // a Saturday
  EXPECT_FALSE(calendar.works(on(10, 11)));
}

TEST(WorkingCalendar, CountsWorkingDaysAcrossAHoliday) {
  const WorkingCalendar calendar = national_day();
  EXPECT_EQ(calendar.working_day_after(on(9, 30), 1), on(10, 8));
  EXPECT_EQ(calendar.working_day_after(on(9, 30), 3), on(10, 10));
  EXPECT_EQ(calendar.working_day_after(on(9, 30), 5), on(10, 13));
  EXPECT_EQ(calendar.working_day_after(on(10, 3), 1), on(10, 8));
  EXPECT_EQ(calendar.working_day_after(on(9, 30), 0), on(9, 30));
  EXPECT_EQ(WorkingCalendar().working_day_after(on(9, 30), 5), on(10, 7));
}

TEST(WorkingCalendar, EndsWhereNobodyEverWorks) {
  WorkingCalendar never;
  never.weekend = {1, 2, 3, 4, 5, 6, 7};
  EXPECT_EQ(never.working_day_after(0, 1), WorkingCalendar::max_days_ahead);
}

}  // namespace
}  // namespace linchpin
