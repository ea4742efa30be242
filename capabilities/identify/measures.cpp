#include "identify/measures.h"

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <unordered_set>

#include "records/conditions.h"
#include "records/fact_of_key.h"
#include "records/rights.h"
#include "records/scan.h"

namespace linchpin::identify {

using records::Fact;
using records::FactSums;
using storage::Connection;

namespace {

struct Source {
  Measure measure;
  std::string_view name;
  std::string_view object;
  std::string_view fact;
  std::string_view exclusive;  // measure of the fact, or empty
  std::string_view inclusive;
  std::string_view less;         // taken off, or empty
  std::string_view opened = "";  // when a record that is counted began; empty where a fact counts
};

constexpr std::array sources{
    Source{Measure::net_sales, "net_sales", "order_line", "sales", "net_amount", "gross_amount",
           ""},
    Source{Measure::signed_value, "signed", "contract", "signed", "net_amount", "gross_amount", ""},
    Source{Measure::invoiced, "invoiced", "invoice", "invoiced", "net_amount", "amount", ""},
    Source{Measure::cash_received, "cash_received", "payment", "receipts", "", "amount", ""},
    Source{Measure::gross_profit, "gross_profit", "order_line", "sales", "net_amount", "", "cost"},
    Source{Measure::quantity, "quantity", "order_line", "sales", "quantity", "quantity", ""},
    Source{Measure::orders, "orders", "order_line", "sales", "", "", ""},
    Source{Measure::projects, "projects", "opportunity", "", "", "", "", "opened_at"},
};

const Source& source_of(Measure measure) {
  return sources[static_cast<std::size_t>(measure)];
}

// Which of a fact's sums make the figure.
struct Figure {
  const Fact* fact = nullptr;
  int plus = -1;
  int minus = -1;

  std::int64_t of(const FactSums& sums) const {
    std::int64_t value = plus < 0 ? 0 : sums.measures[static_cast<std::size_t>(plus)];
    if (minus >= 0) value -= sums.measures[static_cast<std::size_t>(minus)];
    return value;
  }
};

int place_of(const Fact& fact, std::string_view measure) {
  const auto found = std::find(fact.measures.begin(), fact.measures.end(), measure);
  return found == fact.measures.end() ? -1 : static_cast<int>(found - fact.measures.begin());
}

Result<Figure> figure_of(const records::Schema& schema, const MeasureRequest& request) {
  const Source& source = source_of(request.measure);
  const records::Object* object = schema.object(source.object);
  const Fact* fact = object ? object->fact(source.fact) : nullptr;
  if (!fact) return Error::internal("identify: no fact " + std::string(source.fact));
  const bool inclusive = settled_tax(request.measure, request.tax) == Tax::inclusive;
  return Figure{fact, place_of(*fact, inclusive ? source.inclusive : source.exclusive),
                place_of(*fact, source.less)};
}

struct Total {
  WideUnits value = 0;
  double decayed = 0;
  std::int64_t lines = 0;
};
// Flat: a window meets every buying account once a month, in no order that a cache would like.
using Totals = boost::unordered_flat_map<std::int64_t, Total>;

records::MeasureSet measures_of(const Figure& figure) {
  records::MeasureSet wanted;
  if (figure.plus >= 0) wanted.set(static_cast<std::size_t>(figure.plus));
  if (figure.minus >= 0) wanted.set(static_cast<std::size_t>(figure.minus));
  return wanted;
}

Status add_plain(Connection& connection, const Figure& figure, const MeasureRequest& request,
                 Totals& totals) {
  const records::FactVisitor add = [&](std::int64_t key, const FactSums& sums) {
    Total& total = totals[key];
    total.value += figure.of(sums);
    total.lines += sums.lines;
  };
  if (request.account) {
    return records::read_fact_of(connection, *figure.fact, request.account->value, request.window,
                                 add);
  }
  return records::read_fact(connection, *figure.fact, request.window, add, measures_of(figure));
}

// Σ amount · 2^(−age / half-life); the age counts from the line's day to the day before the end.
Status add_decayed(Connection& connection, const Figure& figure, const MeasureRequest& request,
                   Totals& totals) {
  const Day as_of = request.window.to - 1;
  const records::DatedFactVisitor add = [&](Day day, std::int64_t key, const FactSums& sums) {
    Total& total = totals[key];
    const double weight = recency_weight(as_of - day, *request.half_life_days);
    total.decayed += static_cast<double>(figure.of(sums)) * weight;
    total.lines += sums.lines;
  };
  if (request.account) {
    return records::read_fact_by_day_of(connection, *figure.fact, request.account->value,
                                        request.window, add);
  }
  return records::read_fact_by_day(connection, *figure.fact, request.window, add);
}

Status count_orders(Connection& connection, const Figure& figure, const MeasureRequest& request,
                    Totals& totals) {
  if (request.account) {
    LP_TRY(const auto span, records::read_document_span_of(connection, *figure.fact,
                                                           request.account->value, request.window));
    if (span) totals[span->key].value += span->documents;
    return {};
  }
  return records::count_documents(
      connection, *figure.fact, request.window,
      [&](std::int64_t key, std::int64_t count) { totals[key].value += count; });
}

// Times of the first centuries cannot be written in a filter, and no project began then.
constexpr CivilDate first_opening{1900, 1, 1};

// Opportunities opened in the window, whatever has become of them: there are few beside lines.
Status count_projects(records::Records& records, Connection& connection,
                      const access::AccessScope& scope, const MeasureRequest& request,
                      Totals& totals) {
  const Source& source = source_of(request.measure);
  const TimeZone zone = records.frame().time_zone;
  const auto begins = [&](Day day) { return json::string(format_instant(zone.start_of_day(day))); };
  const Day first = std::max(request.window.from, day_of(first_opening));
  if (first >= request.window.to) return {};
  json::array where{records::leaf("gte", source.opened, begins(first)),
                    records::leaf("lt", source.opened, begins(request.window.to))};
  if (request.account) where.push_back(records::where_is("account", format_id(*request.account)));
  return records::count_by(
      records, connection, scope, source.object, records::all_of(std::move(where)), {"account"},
      [&](std::span<const storage::Value> values, std::int64_t count) {
        const std::int64_t key = records::is_empty(values[0]) ? 0 : records::integer_of(values[0]);
        totals[key] = {count, 0, count};
      });
}

// Amounts become less with time; what is counted does not.
bool decays(const MeasureRequest& request) {
  return request.half_life_days && request.measure != Measure::orders &&
         request.measure != Measure::projects;
}

Status add_facts(const records::Schema& schema, Connection& connection,
                 const MeasureRequest& request, Totals& totals) {
  LP_TRY(const Figure figure, figure_of(schema, request));
  if (decays(request)) {
    return add_decayed(connection, figure, request, totals);
  }
  LP_CHECK(add_plain(connection, figure, request, totals));
  if (request.measure != Measure::orders) return {};
  return count_orders(connection, figure, request, totals);
}

Result<std::unordered_set<std::int64_t>> wanted_accounts(records::Records& records,
                                                         Connection& connection,
                                                         const access::AccessScope& scope,
                                                         const json::value& where) {
  std::unordered_set<std::int64_t> wanted;
  LP_CHECK(records.select_ids(connection, scope, "account", where,
                              [&](RecordId id) { wanted.insert(id.value); }));
  return wanted;
}

}  // namespace

std::optional<Measure> measure_named(std::string_view name) {
  for (const Source& source : sources) {
    if (source.name == name) return source.measure;
  }
  return std::nullopt;
}

std::string_view measure_name(Measure measure) {
  return source_of(measure).name;
}

bool is_money(Measure measure) {
  return measure != Measure::quantity && measure != Measure::orders && measure != Measure::projects;
}

MeasureFact measure_fact(Measure measure) {
  const Source& source = source_of(measure);
  return {source.object, source.fact};
}

Status check_measured(const records::Schema& schema, const access::AccessScope& scope,
                      Measure measure) {
  const Source& source = source_of(measure);
  const records::Object* object = schema.object(source.object);
  const access::Reach reach = scope.reach(source.object);
  if (object == nullptr || reach == access::Reach::none || reach < scope.reach("account")) {
    return Error::of(ErrorCode::forbidden);
  }
  for (const std::string_view name :
       {source.exclusive, source.inclusive, source.less, source.opened}) {
    const records::Field* field = object->field(name);
    if (field && records::right_of(scope, *object, *field) == access::FieldRight::none) {
      return Error::of(ErrorCode::forbidden);
    }
  }
  return {};
}

Tax settled_tax(Measure measure, Tax wanted) {
  if (measure == Measure::cash_received) return Tax::inclusive;
  if (measure == Measure::gross_profit) return Tax::exclusive;
  return wanted;
}

int measure_scale(const records::Schema& schema, Measure measure) {
  const Source& source = source_of(measure);
  const std::string_view name = source.inclusive.empty() ? source.exclusive : source.inclusive;
  if (name.empty()) return 0;
  const records::Object* object = schema.object(source.object);
  const records::Field* field = object ? object->field(name) : nullptr;
  return field ? field->scale : 0;
}

Result<MeasuredCustomers> measure_customers(records::Records& records, Connection& connection,
                                            const access::AccessScope& scope,
                                            const MeasureRequest& request) {
  const auto schema = records.schema();
  LP_CHECK(check_measured(*schema, scope, request.measure));
  Totals totals;
  if (request.measure == Measure::projects) {
    LP_CHECK(count_projects(records, connection, scope, request, totals));
  } else {
    LP_CHECK(add_facts(*schema, connection, request, totals));
  }
  const records::Viewer viewer = records.viewer(scope);
  const bool sees_all =
      records::reaches_every_row(viewer, access::Action::read, *schema->object("account"));
  const bool is_choice = !request.where.is_null() || !sees_all;
  std::unordered_set<std::int64_t> wanted;
  if (is_choice) {
    LP_TRY(wanted, wanted_accounts(records, connection, scope, request.where));
  }
  MeasuredCustomers measured;
  measured.customers.reserve(totals.size());
  for (const auto& [key, total] : totals) {
    if (total.lines <= 0) continue;
    Units value = 0;
    if (decays(request)) {
      value = units_from_double(total.decayed, 0);
    } else {
      LP_TRY(value, narrow(total.value));
    }
    if (key == 0) {
      if (sees_all) measured.unassigned = value;
    } else if (!is_choice || wanted.contains(key)) {
      measured.customers.push_back({RecordId{key}, value});
    }
  }
  return measured;
}

}  // namespace linchpin::identify
