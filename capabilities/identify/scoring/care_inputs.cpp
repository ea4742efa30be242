#include "identify/scoring/care_inputs.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "records/conditions.h"
#include "records/filter.h"
#include "records/scan.h"

namespace linchpin::identify {

namespace {

using records::integer_of;
using records::is_empty;

struct Receivable {
  std::int64_t account = 0;
  Units amount = 0;
  WideUnits paid_in_time = 0;
};

struct Punctuality {
  WideUnits due = 0;
  WideUnits paid_in_time = 0;
};

// Records whose `date` lies in the window, of the account asked for.
json::value in_window(const InputSource& source, std::string_view date, json::value from,
                      json::value to) {
  json::array args{records::leaf("gte", date, std::move(from)),
                   records::leaf("lt", date, std::move(to))};
  if (source.only) args.push_back(records::where_is("account", format_id(*source.only)));
  return records::all_of(std::move(args));
}

json::value day_text(Day day) {
  return json::string(format_date(day));
}

using Receivables = boost::unordered_flat_map<std::int64_t, Receivable>;

Status add_paid_in_time(const InputSource& source, const json::value& where,
                        Receivables& invoices) {
  return records::scan_fields(
      source.records, source.connection, source.scope, "payment_allocation", where,
      {"invoice", "amount", "payment.paid_on", "payment.state", "invoice.due_on"},
      [&](RecordId, std::span<const storage::Value> values) {
        const bool dated = !is_empty(values[2]) && !is_empty(values[4]);
        if (!dated || integer_of(values[2]) > integer_of(values[4])) return;
        if (!is_empty(values[3]) && records::text_of(values[3]) == "dishonoured") return;
        const auto found = invoices.find(integer_of(values[0]));
        if (found != invoices.end()) found->second.paid_in_time += integer_of(values[1]);
      });
}

// Asked by invoice: a condition behind the link would look at every allocation there is.
Status add_paid_of_one(const InputSource& source, Receivables& invoices) {
  std::vector<std::int64_t> ids;
  for (const auto& [id, invoice] : invoices) ids.push_back(id);
  for (std::size_t begin = 0; begin < ids.size(); begin += records::max_filter_values) {
    const std::size_t end = std::min(begin + records::max_filter_values, ids.size());
    json::array values;
    for (std::size_t i = begin; i < end; ++i) {
      values.push_back(json::string(format_id(RecordId{ids[i]})));
    }
    LP_CHECK(add_paid_in_time(source, records::leaf("in", "invoice", std::move(values)), invoices));
  }
  return {};
}

}  // namespace

Status read_timeliness(const InputSource& source, records::Window window,
                       const ValueVisitor& visit) {
  Receivables invoices;
  LP_CHECK(records::scan_fields(
      source.records, source.connection, source.scope, "invoice",
      in_window(source, "due_on", day_text(window.from), day_text(window.to)),
      {"account", "amount"}, [&](RecordId id, std::span<const storage::Value> values) {
        if (is_empty(values[0]) || is_empty(values[1]) || integer_of(values[1]) <= 0) return;
        invoices[id.value] = {integer_of(values[0]), integer_of(values[1]), 0};
      }));
  if (source.only) {
    LP_CHECK(add_paid_of_one(source, invoices));
  } else {
    const json::value where =
        in_window(source, "invoice.due_on", day_text(window.from), day_text(window.to));
    LP_CHECK(add_paid_in_time(source, where, invoices));
  }
  boost::unordered_flat_map<std::int64_t, Punctuality> accounts;
  for (const auto& [id, invoice] : invoices) {
    Punctuality& account = accounts[invoice.account];
    account.due += invoice.amount;
    account.paid_in_time += std::clamp<WideUnits>(invoice.paid_in_time, 0, invoice.amount);
  }
  for (const auto& [id, account] : accounts) {
    visit(id, static_cast<Units>(
                  divide_half_even(account.paid_in_time * power_of_ten(value_scale), account.due)));
  }
  return {};
}

Status read_complaints(const InputSource& source, records::Window window,
                       const ValueVisitor& visit) {
  const TimeZone zone = source.records.frame().time_zone;
  const auto instant_text = [&](Day day) -> json::value {
    return json::string(format_instant(zone.start_of_day(day)));
  };
  boost::unordered_flat_map<std::int64_t, Units> accounts;
  LP_CHECK(records::scan_fields(
      source.records, source.connection, source.scope, "complaint",
      in_window(source, "raised_at", instant_text(window.from), instant_text(window.to)),
      {"account"}, [&](RecordId, std::span<const storage::Value> values) {
        if (is_empty(values[0])) return;
        accounts[integer_of(values[0])] += power_of_ten(value_scale);
      }));
  for (const auto& [account, count] : accounts) visit(account, count);
  return {};
}

}  // namespace linchpin::identify
