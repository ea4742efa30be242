#include "records/day_buckets.h"

#include <array>

namespace linchpin::records {

using storage::Dialect;
using storage::Sql;

namespace {

struct BucketName {
  std::string_view name;
  Bucket bucket;
};

constexpr std::array bucket_names{
    BucketName{"day", Bucket::day},     BucketName{"week", Bucket::week},
    BucketName{"month", Bucket::month}, BucketName{"quarter", Bucket::quarter},
    BucketName{"year", Bucket::year},
};

constexpr int months_of_quarter = 3;
constexpr int months_of_year = 12;
// 1970-01-01 was the fourth day of its week. Division cuts towards zero in both databases, so weeks
// are counted from a Monday before year 1.
constexpr std::int64_t weeks_before = 110'000;
constexpr std::int64_t days_before = weeks_before * days_of_week + 3;

std::string padded(int number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

// A week belongs to the year of its Thursday.
std::string week_text(std::int64_t index) {
  const Day thursday = days_of(Bucket::week, index).from + 3;
  const int year = civil_of(thursday).year;
  const int number = (thursday - day_of({year, 1, 1})) / days_of_week + 1;
  return padded(year, 4) + "-W" + padded(number, 2);
}

DayRange months_from(std::int64_t first, int count) {
  const auto month = static_cast<std::int32_t>(first);
  return {first_day_of_month(month), first_day_of_month(month + count)};
}

Sql month_sql(Dialect dialect, const Sql& day) {
  Sql sql;
  if (dialect == Dialect::sqlite) return std::move(sql.add("lp_month(").append(day).add(")"));
  Sql date("(DATE '1970-01-01' + CAST(");
  date.append(day).add(" AS INTEGER))");
  sql.add("(12 * CAST(extract(year FROM ").append(date).add(") AS BIGINT) + ");
  sql.add("CAST(extract(month FROM ").append(date).add(") AS BIGINT) - 1)");
  return sql;
}

}  // namespace

std::string_view bucket_name(Bucket bucket) {
  for (const BucketName& entry : bucket_names) {
    if (entry.bucket == bucket) return entry.name;
  }
  return "day";
}

std::optional<Bucket> bucket_named(std::string_view name) {
  for (const BucketName& entry : bucket_names) {
    if (entry.name == name) return entry.bucket;
  }
  return std::nullopt;
}

std::string bucket_text(Bucket bucket, std::int64_t index) {
  const DayRange days = days_of(bucket, index);
  const CivilDate first = civil_of(days.from);
  switch (bucket) {
    case Bucket::day:
      return format_date(days.from);
    case Bucket::week:
      return week_text(index);
    case Bucket::month:
      return padded(first.year, 4) + "-" + padded(first.month, 2);
    case Bucket::quarter:
      return padded(first.year, 4) + "-Q" + std::to_string(first.month / months_of_quarter + 1);
    case Bucket::year:
      return padded(first.year, 4);
  }
  return {};
}

DayRange days_of(Bucket bucket, std::int64_t index) {
  switch (bucket) {
    case Bucket::day:
      return {static_cast<Day>(index), static_cast<Day>(index) + 1};
    case Bucket::week: {
      const auto monday = static_cast<Day>(index * days_of_week - days_before);
      return {monday, monday + days_of_week};
    }
    case Bucket::month:
      return months_from(index, 1);
    case Bucket::quarter:
      return months_from(index * months_of_quarter, months_of_quarter);
    case Bucket::year:
      return months_from(index * months_of_year, months_of_year);
  }
  return {};
}

Sql bucket_sql(Dialect dialect, Bucket bucket, const Sql& day) {
  switch (bucket) {
    case Bucket::day:
      return day;
    case Bucket::week: {
      Sql sql("(");
      sql.append(day).add(" + ").value(days_before).add(") / ");
      return sql.value(days_of_week);
    }
    case Bucket::month:
      return month_sql(dialect, day);
    case Bucket::quarter:
      return std::move(month_sql(dialect, day).add(" / ").value(months_of_quarter));
    case Bucket::year:
      return std::move(month_sql(dialect, day).add(" / ").value(months_of_year));
  }
  return day;
}

Sql local_day_sql(Dialect dialect, const Sql& instant, const TimeZone& zone) {
  Sql sql;
  if (dialect == Dialect::sqlite) {
    sql.add("lp_local_day(").append(instant).add(", ").value(zone.name());
  } else {
    sql.add("(CAST(to_timestamp(").append(instant).add(" / 1000.0) AT TIME ZONE CAST(");
    sql.value(zone.name()).add(" AS TEXT) AS DATE) - DATE '1970-01-01'");
  }
  return sql.add(")");
}

}  // namespace linchpin::records
