#include <array>

#include "base/text.h"
#include "records/formula/functions.h"

namespace linchpin::formula {

namespace {

// The calendar that people write dates in.
constexpr int first_year = 1;
constexpr int last_year = 9999;
constexpr std::int64_t max_step = 10'000 * 366;

bool in_calendar(std::int64_t day) {
  static const Day first = linchpin::day_of({first_year, 1, 1});
  static const Day last = linchpin::day_of({last_year, 12, 31});
  return day >= first && day <= last;
}

Value date_value(std::int64_t day) {
  if (!in_calendar(day)) return {};
  return Date{static_cast<Day>(day)};
}

std::optional<std::int64_t> step_of(const Value& value) {
  const auto* number = std::get_if<Number>(&value);
  const auto step = number ? whole(*number) : std::nullopt;
  if (!step || *step > max_step || *step < -max_step) return {};
  return step;
}

Value count_value(std::int64_t count) {
  return Number{count, 0};
}

// The same day of another month, or its last one.
std::optional<Day> in_months(Day day, std::int64_t months) {
  const std::int64_t target = month_index(day) + months;
  if (target < 12 * first_year || target >= 12 * (last_year + 1)) return {};
  const auto month = static_cast<std::int32_t>(target);
  const Day length = first_day_of_month(month + 1) - first_day_of_month(month);
  return first_day_of_month(month) + std::min(Day{civil_of(day).day}, length) - 1;
}

// Months beyond the year and days beyond the month are carried over, as in a spreadsheet.
Value date(Arguments args, const Frame&) {
  const auto year = step_of(args[0]);
  const auto month = step_of(args[1]);
  const auto day = step_of(args[2]);
  if (!year || !month || !day) return {};
  const std::int64_t index = 12 * *year + *month - 1;
  if (index < 12 * first_year || index >= 12 * (last_year + 1)) return {};
  return date_value(first_day_of_month(static_cast<std::int32_t>(index)) + *day - 1);
}

Value year(Arguments args, const Frame& frame) {
  const auto day = day_of(args[0], frame);
  return day ? count_value(civil_of(*day).year) : Value();
}
Value month(Arguments args, const Frame& frame) {
  const auto day = day_of(args[0], frame);
  return day ? count_value(civil_of(*day).month) : Value();
}
Value day_of_month(Arguments args, const Frame& frame) {
  const auto day = day_of(args[0], frame);
  return day ? count_value(civil_of(*day).day) : Value();
}

// 1 = Sunday by itself or with 1; 2: 1 = Monday; 3: 0 = Monday.
Value weekday(Arguments args, const Frame& frame) {
  const auto day = day_of(args[0], frame);
  const auto kind = args.size() > 1 ? step_of(args[1]) : 1;
  if (!day || !kind || *kind < 1 || *kind > 3) return {};
  const int from_monday = *day - monday_of(*day);
  if (*kind == 2) return count_value(from_monday + 1);
  if (*kind == 3) return count_value(from_monday);
  return count_value((from_monday + 1) % 7 + 1);
}

std::int64_t full_months(Day from, Day to) {
  const std::int64_t months = month_index(to) - month_index(from);
  return civil_of(to).day < civil_of(from).day ? months - 1 : months;
}

// Full units between two days; an end before the start has none.
Value between(Arguments args, const Frame& frame) {
  const auto from = day_of(args[0], frame);
  const auto to = day_of(args[1], frame);
  const std::string unit = fold(text_form(args[2]));
  if (!from || !to || *to < *from) return {};
  const std::int64_t months = full_months(*from, *to);
  if (unit == "d" || unit == "day") return count_value(*to - *from);
  if (unit == "w" || unit == "week") return count_value((*to - *from) / 7);
  if (unit == "m" || unit == "month") return count_value(months);
  if (unit == "q" || unit == "quarter") return count_value(months / 3);
  if (unit == "y" || unit == "year") return count_value(months / 12);
  if (unit == "ym") return count_value(months % 12);
  if (unit == "md") return count_value(*to - *in_months(*from, months));
  if (unit == "yd") return count_value(*to - *in_months(*from, months / 12 * 12));
  return {};
}

Value moved(const Value& value, std::int64_t days) {
  if (const auto* date_part = std::get_if<Date>(&value)) return date_value(date_part->day + days);
  if (const auto* moment = std::get_if<Moment>(&value)) {
    return Moment{moment->at + days * milliseconds_per_day};
  }
  return {};
}

Value moved_by_months(const Value& value, std::int64_t months, const Frame& frame) {
  const auto day = day_of(value, frame);
  const auto there = day ? in_months(*day, months) : std::nullopt;
  if (!there) return {};
  return moved(value, *there - *day);
}

Value moved_by(Arguments args, const Frame& frame) {
  const auto count = step_of(args[1]);
  const std::string unit = args.size() > 2 ? fold(text_form(args[2])) : "day";
  if (!count) return {};
  if (unit == "d" || unit == "day") return moved(args[0], *count);
  if (unit == "w" || unit == "week") return moved(args[0], *count * 7);
  if (unit == "m" || unit == "month") return moved_by_months(args[0], *count, frame);
  if (unit == "q" || unit == "quarter") return moved_by_months(args[0], *count * 3, frame);
  if (unit == "y" || unit == "year") return moved_by_months(args[0], *count * 12, frame);
  return {};
}

Value same_day_of_month(Arguments args, const Frame& frame) {
  const auto day = day_of(args[0], frame);
  const auto months = step_of(args[1]);
  const auto there = day && months ? in_months(*day, *months) : std::nullopt;
  return there ? date_value(*there) : Value();
}

Value end_of_month(Arguments args, const Frame& frame) {
  const auto day = day_of(args[0], frame);
  const auto months = step_of(args[1]);
  const auto there = day && months ? in_months(*day, *months) : std::nullopt;
  if (!there) return {};
  return date_value(first_day_of_month(month_index(*there) + 1) - 1);
}

Value today(Arguments, const Frame& frame) {
  return Date{frame.today()};
}
Value now(Arguments, const Frame& frame) {
  return Moment{frame.now};
}
Value me(Arguments, const Frame& frame) {
  return text_value(frame.me);
}

constexpr std::array functions_of_date{
    Function{"TODAY", "date", "", 0, 0, Answer::date, When::at_read, today},
    Function{"NOW", "date", "", 0, 0, Answer::datetime, When::at_read, now},
    Function{"DATE", "date", "nnn", 3, 3, Answer::date, When::stored, date},
    Function{"YEAR", "date", "m", 1, 1, Answer::number, When::by_zone, year},
    Function{"MONTH", "date", "m", 1, 1, Answer::number, When::by_zone, month},
    Function{"DAY", "date", "m", 1, 1, Answer::number, When::by_zone, day_of_month},
    Function{"WEEKDAY", "date", "mn", 1, 2, Answer::number, When::by_zone, weekday},
    Function{"DATEDIF", "date", "mmt", 3, 3, Answer::number, When::by_zone, between},
    Function{"DATEADD", "date", "mnt", 2, 3, Answer::like_first, When::by_zone, moved_by},
    Function{"EDATE", "date", "mn", 2, 2, Answer::date, When::by_zone, same_day_of_month},
    Function{"EOMONTH", "date", "mn", 2, 2, Answer::date, When::by_zone, end_of_month},
    Function{"ME", "logic", "", 0, 0, Answer::text, When::at_read, me},
};

}  // namespace

std::span<const Function> date_functions() {
  return functions_of_date;
}

}  // namespace linchpin::formula
