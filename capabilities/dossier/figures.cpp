#include "dossier/figures.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/wide_decimal.h"
#include "dossier/trading.h"
#include "records/fact_of_key.h"

namespace linchpin::dossier {

namespace {

using records::Fact;
using records::Object;
using storage::Connection;

// A sum that a fact keeps, and what somebody must see of its records to be told.
struct FactFigure {
  std::string_view key, object, fact, measure;
  std::array<std::string_view, 2> fields;
};
constexpr std::array fact_figures{
    FactFigure{"net_sales", "order_line", "sales", "net_amount", {"account", "ordered_on"}},
    FactFigure{"cash_received", "payment", "receipts", "amount", {"account", "paid_on"}}};

std::string month_name(std::int32_t month) {
  return format_date(first_day_of_month(month)).substr(0, 7);
}

// Who reaches an account reaches all of its records, and what the figure is made of.
bool may_be_told(const Reading& reading, const Object& object, const FactFigure& figure) {
  const access::AccessScope& scope = reading.scope();
  const access::Reach reach = scope.reach(object.api_name);
  if (reach == access::Reach::none || reach < scope.reach("account")) return false;
  return reading.sees(object.api_name, {figure.measure, figure.fields[0], figure.fields[1]});
}

Result<std::vector<Units>> sums_by_month(const Reading& reading, const Fact& fact,
                                         std::size_t measure, RecordId account,
                                         std::int32_t first) {
  std::vector<Units> sums(figure_months, 0);
  LP_CHECK(reading.records().database().read([&](Connection& connection) {
    return records::read_fact_by_month_of(
        connection, fact, account.value, first, first + figure_months,
        [&](std::int32_t month, const records::FactSums& found) {
          sums[static_cast<std::size_t>(month - first)] = found.measures[measure];
        });
  }));
  return sums;
}

void write_course(JsonWriter& out, std::int32_t first, const std::vector<std::string>& values) {
  out.key("months").begin_array();
  for (std::size_t i = 0; i < values.size(); ++i) {
    out.begin_object().key("month").string(month_name(first + static_cast<std::int32_t>(i)));
    out.key("value").string(values[i]).end_object();
  }
  out.end_array();
}

void write_nothing(JsonWriter& out, std::string_view key) {
  out.begin_object().key("key").string(key).key("value").null().key("note").null();
  out.key("months").begin_array().end_array().end_object();
}

Status write_fact_figure(JsonWriter& out, const Reading& reading, RecordId account,
                         const FactFigure& figure, std::int32_t first) {
  const auto schema = reading.records().schema();
  const Object* object = schema->object(figure.object);
  const Fact* fact = object ? object->fact(figure.fact) : nullptr;
  if (!fact || !may_be_told(reading, *object, figure)) {
    write_nothing(out, figure.key);
    return {};
  }
  const auto measure = std::find(fact->measures.begin(), fact->measures.end(), figure.measure);
  const int scale = object->field(figure.measure)->scale;
  LP_TRY(const auto sums,
         sums_by_month(reading, *fact, static_cast<std::size_t>(measure - fact->measures.begin()),
                       account, first));
  WideUnits total = 0;
  std::vector<std::string> values;
  for (const Units sum : sums) {
    total += sum;
    values.push_back(format_decimal(sum, scale));
  }
  out.begin_object().key("key").string(figure.key).key("value");
  out.string(format_wide_decimal(total, scale)).key("note").null();
  write_course(out, first, values);
  out.end_object();
  return {};
}

// Values of groups by one month, in the order of months, "0" where there is none.
std::vector<std::string> course_of(const json::array& groups, std::int32_t first,
                                   std::string_view measure) {
  std::map<std::string, std::string, std::less<>> by_month;
  for (const json::value& group : groups) {
    const json::value& key = group.at("key").as_array().at(0);
    const json::value& value = group.at("values").at(measure);
    if (!key.is_string()) continue;
    by_month[std::string(key.get_string())] =
        value.is_string() ? std::string(value.get_string()) : json::serialize(value);
  }
  std::vector<std::string> values;
  for (std::int32_t i = 0; i < figure_months; ++i) {
    const auto found = by_month.find(month_name(first + i));
    values.push_back(found == by_month.end() ? "0" : found->second);
  }
  return values;
}

// What is open, how much of it is overdue, by the month in which it was or will be due.
Status write_receivable(JsonWriter& out, const Reading& reading, RecordId account,
                        std::int32_t past) {
  const std::int32_t first = past + figure_months / 2;
  LP_TRY(const auto open, open_invoices(reading, account));
  if (!open) {
    write_nothing(out, "open_receivables");
    return {};
  }
  const int scale = reading.records().schema()->object("invoice")->field("open_amount")->scale;
  const Day today = reading.records().today();
  WideUnits total = 0;
  WideUnits late = 0;
  std::vector<WideUnits> months(figure_months, 0);
  for (const OpenInvoices& one : *open) {
    total += one.amount;
    if (!one.due_on) continue;
    if (*one.due_on < today) late += one.amount;
    const std::int32_t month = month_index(*one.due_on) - first;
    if (month >= 0 && month < figure_months) months[static_cast<std::size_t>(month)] += one.amount;
  }
  std::vector<std::string> course;
  for (const WideUnits sum : months) course.push_back(format_wide_decimal(sum, scale));
  out.begin_object().key("key").string("open_receivables");
  out.key("value").string(format_wide_decimal(total, scale));
  out.key("note").string(format_wide_decimal(late, scale));
  write_course(out, first, course);
  out.end_object();
  return {};
}

Status write_contacts(JsonWriter& out, const Reading& reading, RecordId account,
                      std::int32_t first) {
  const TimeZone zone = reading.records().frame().time_zone;
  const std::string since = format_instant(zone.start_of_day(first_day_of_month(first)));
  LP_TRY(const json::array months,
         reading.groups({"visit",
                         all_of({leaf("eq", "account", json::string(format_id(account))),
                                 leaf("gte", "done_at", json::string(since))}),
                         json::array{group_by("done_at", "month")},
                         {measure_of("n", "count")}}));
  std::int64_t total = 0;
  for (const json::value& month : months) {
    total += integer_at(month.at("values").as_object(), "n");
  }
  out.begin_object().key("key").string("contacts").key("value").string(std::to_string(total));
  out.key("note").null();
  write_course(out, first, course_of(months, first, "n"));
  out.end_object();
  return {};
}

}  // namespace

Status write_figures(JsonWriter& out, const Reading& reading, RecordId account) {
  const std::int32_t first = month_index(reading.records().today()) - figure_months + 1;
  out.begin_array();
  for (const FactFigure& figure : fact_figures) {
    LP_CHECK(write_fact_figure(out, reading, account, figure, first));
  }
  LP_CHECK(write_receivable(out, reading, account, first));
  LP_CHECK(write_contacts(out, reading, account, first));
  out.end_array();
  return {};
}

}  // namespace linchpin::dossier
