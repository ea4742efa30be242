#include "records/facts.h"

#include <cassert>

#include "records/fact_tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

bool add_checked(FactSums& sums, const FactSums& more) {
  sums.lines += more.lines;
  for (std::size_t i = 0; i < max_fact_measures; ++i) {
    if (__builtin_add_overflow(sums.measures[i], more.measures[i], &sums.measures[i])) return false;
  }
  return true;
}

Error overflow() {
  return Error::of(ErrorCode::validation_failed, "number_too_large");
}

bool is_nothing(const FactSums& sums) {
  if (sums.lines != 0) return false;
  return std::all_of(sums.measures.begin(), sums.measures.end(),
                     [](std::int64_t measure) { return measure == 0; });
}

}  // namespace

FactDeltas::FactDeltas(const Schema& schema, const Object& object)
    : schema_(schema), object_(object) {
  const auto field = [&](const std::string& name) {
    return name.empty() ? nullptr : object.field(name);
  };
  for (const Fact& fact : object.facts) {
    Keeper keeper{&fact,
                  field(fact.date),
                  field(fact.by),
                  field(fact.product),
                  field(fact.document),
                  field(fact.positive),
                  fact.condition ? field(fact.condition->link) : nullptr,
                  {},
                  {},
                  {},
                  {},
                  {}};
    for (const std::string& measure : fact.measures) keeper.measures.push_back(field(measure));
    keepers_.push_back(std::move(keeper));
  }
}

Result<bool> FactDeltas::counts(Connection& connection, const Keeper& keeper,
                                const RowValues& row) {
  if (!keeper.fact->condition) return true;
  const FactCondition& condition = *keeper.fact->condition;
  const auto matches = [&](std::string_view value) {
    return std::find(condition.values.begin(), condition.values.end(), value) !=
           condition.values.end();
  };
  const Field* link = keeper.condition_link;
  if (!link) return matches(text_of(row[object_.field(condition.field)->index]));
  const std::int64_t linked = integer_of(row[link->index]);
  if (linked == 0) return true;
  const auto known = conditions_.find(linked);
  if (known != conditions_.end()) return known->second;
  const Object* target = schema_.object(link->target);
  Sql sql("SELECT ");
  sql.name(target->field(condition.field)->column).add(" FROM ").name(target->table);
  sql.add(" WHERE id = ").value(linked);
  LP_TRY(const std::string value, query_text(connection, sql));
  const bool counted = matches(value);
  conditions_.emplace(linked, counted);
  return counted;
}

void FactDeltas::remember_condition(RecordId linked, bool counts) {
  conditions_[linked.value] = counts;
}

Status FactDeltas::add(Connection& connection, const RowValues& row, int sign) {
  for (Keeper& keeper : keepers_) {
    LP_TRY(const bool counted, counts(connection, keeper, row));
    if (counted) LP_CHECK(add_to(keeper, row, sign));
  }
  return {};
}

Status FactDeltas::add_to(Keeper& keeper, const RowValues& row, int sign) {
  const Value& date = row[keeper.date->index];
  if (is_empty(date)) return {};  // a line without a date belongs to no window
  const auto linked = [&](const Field* link) { return link ? integer_of(row[link->index]) : 0; };
  const std::int64_t day = integer_of(date);
  const std::int64_t month = month_index(static_cast<Day>(day));
  const std::int64_t key = linked(keeper.by);
  FactSums sums;
  sums.lines = sign;
  for (std::size_t i = 0; i < keeper.measures.size(); ++i) {
    sums.measures[i] = sign * integer_of(row[keeper.measures[i]->index]);
  }
  bool fits = add_checked(keeper.day.at({day, key, 0}), sums) &&
              add_checked(keeper.month.at({month, key, 0}), sums);
  if (keeper.product_link) {
    const std::int64_t product = linked(keeper.product_link);
    fits = fits && add_checked(keeper.product.at({month, key, product}), sums);
  }
  if (keeper.document_link) {
    const std::int64_t document = linked(keeper.document_link);
    const std::int64_t positive = integer_of(row[keeper.positive->index]);
    if (document != 0 && positive > 0) keeper.document.at({day, key, document}).lines += sign;
  }
  if (!fits) return overflow();
  return {};
}

namespace {

// One cell into its table; a cell that has become empty leaves it.
class CellWriter {
 public:
  static Result<CellWriter> prepare(Connection& connection, const FactTable& table) {
    CellWriter writer(table);
    LP_TRY(writer.upsert_, connection.prepare(upsert_sql(table)));
    LP_TRY(writer.sweep_, connection.prepare(sweep_sql(table)));
    return writer;
  }

  Status write(std::int64_t period, std::int64_t key, std::int64_t item, const FactSums& sums) {
    if (is_nothing(sums)) return {};
    upsert_->reset();
    int index = bind_place(*upsert_, period, key, item);
    upsert_->bind_integer(index++, sums.lines);
    for (std::size_t i = 0; i < table_.measures; ++i) {
      upsert_->bind_integer(index++, sums.measures[i]);
    }
    LP_CHECK(upsert_->step());
    if (sums.lines >= 0) return {};
    sweep_->reset();
    bind_place(*sweep_, period, key, item);
    LP_CHECK(sweep_->step());
    return {};
  }

 private:
  explicit CellWriter(const FactTable& table) : table_(table) {}

  int bind_place(storage::Statement& statement, std::int64_t period, std::int64_t key,
                 std::int64_t item) const {
    statement.bind_integer(0, period);
    statement.bind_integer(1, key);
    if (!table_.has_item) return 2;
    statement.bind_integer(2, item);
    return 3;
  }

  FactTable table_;
  std::unique_ptr<storage::Statement> upsert_;
  std::unique_ptr<storage::Statement> sweep_;
};

}  // namespace

Status FactDeltas::flush(Connection& connection) {
  for (Keeper& keeper : keepers_) {
    const std::array<std::pair<FactGrain, FactCells*>, 4> grains{
        {{FactGrain::day, &keeper.day},
         {FactGrain::month, &keeper.month},
         {FactGrain::product, &keeper.product},
         {FactGrain::document, &keeper.document}}};
    for (const auto& [grain, cells] : grains) {
      if (cells->empty()) continue;
      LP_TRY(const FactTable table, fact_table(*keeper.fact, grain));
      LP_TRY(CellWriter writer, CellWriter::prepare(connection, table));
      for (const auto& [cell, sums] : cells->sorted()) {
        LP_CHECK(writer.write(cell.period, cell.key, cell.item, sums));
      }
      cells->clear();
    }
  }
  return {};
}

Status refresh_conditions(Connection& connection, const Schema& schema,
                          const Object& changed_object, const RowValues* before,
                          const RowValues* after, RecordId linked) {
  if (!before || !after) return {};  // a record that comes or goes takes its lines along
  for (const Referrer& referrer : schema.referrers(changed_object.api_name)) {
    for (const Fact& fact : referrer.object->facts) {
      if (!fact.condition || fact.condition->link != referrer.field->api_name) continue;
      const Field* field = changed_object.field(fact.condition->field);
      const Value& old_value = (*before)[field->index];
      const Value& new_value = (*after)[field->index];
      if (old_value == new_value) continue;
      const auto& values = fact.condition->values;
      const auto counted = [&](const Value& value) {
        return std::find(values.begin(), values.end(), text_of(value)) != values.end();
      };
      if (counted(old_value) == counted(new_value)) continue;
      FactDeltas deltas(schema, *referrer.object);
      deltas.remember_condition(linked, true);
      LP_CHECK(add_lines_of(connection, *referrer.object, *referrer.field, linked,
                            counted(new_value) ? +1 : -1, deltas));
      LP_CHECK(deltas.flush(connection));
    }
  }
  return {};
}

}  // namespace linchpin::records
