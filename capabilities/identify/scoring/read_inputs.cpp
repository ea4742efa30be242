#include "identify/scoring/read_inputs.h"

#include "identify/request_parts.h"
#include "identify/scoring/overrides.h"
#include "identify/scoring/sight.h"
#include "records/conditions.h"
#include "records/row.h"
#include "records/scan.h"

namespace linchpin::identify {

namespace {

using records::Field;
using records::FieldType;

bool is_number(const Field& field) {
  return field.is_scaled() || field.type == FieldType::integer || field.type == FieldType::rating;
}

bool is_choice(const Field& field) {
  return field.type == FieldType::select || field.type == FieldType::boolean ||
         (field.is_text() && field.type != FieldType::long_text);
}

Input input_of(const Field& field, const storage::Value& value) {
  if (records::is_empty(value)) return {};
  if (field.type == FieldType::boolean) {
    return {std::nullopt, records::integer_of(value) != 0 ? "true" : "false"};
  }
  if (!is_number(field)) return {std::nullopt, std::string(records::text_of(value))};
  const WideUnits wide = static_cast<WideUnits>(records::integer_of(value)) *
                         power_of_ten(value_scale - (field.is_scaled() ? field.scale : 0));
  const auto narrowed = narrow(wide);
  constexpr Units most = std::numeric_limits<Units>::max();
  return {narrowed ? *narrowed : (wide < 0 ? -most : most), {}};
}

Result<std::vector<const Field*>> sources_of(const records::Schema& schema,
                                             const ScoringModel& model) {
  const records::Object* account = schema.object("account");
  if (!account) return Error::internal("scoring: no object account");
  std::vector<const Field*> fields;
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    const Criterion& criterion = model.criteria[i];
    const std::string place = "/criteria/" + std::to_string(i);
    fields.push_back(nullptr);
    if (!criterion.measure.empty()) {
      if (!is_score_measure(criterion.measure)) {
        return refuse(place + "/measure", "no_such_measure", {{"name", criterion.measure}});
      }
      if (criterion.numbers.empty()) return refuse(place + "/bands", "bands_do_not_fit");
      continue;
    }
    const Field* field = account->field(criterion.field);
    const bool fits = field && field->stored && !field->many && !field->system && !field->retired &&
                      field->sensitivity == records::Sensitivity::normal &&
                      (is_number(*field) || is_choice(*field));
    if (!fits) return refuse(place + "/field", "field_not_scorable", {{"name", criterion.field}});
    if (is_number(*field) == criterion.numbers.empty()) {
      return refuse(place + "/bands", "bands_do_not_fit");
    }
    fields.back() = field;
  }
  return fields;
}

}  // namespace

json::value where_only(const json::value& where, RecordId id) {
  json::object one = records::where_is("id", format_id(id));
  if (where.is_null()) return one;
  return records::all_of({where, std::move(one)});
}

Status check_sources(const records::Schema& schema, const ScoringModel& model) {
  LP_TRY(const auto fields, sources_of(schema, model));
  const Field* tier = schema.object("account")->field("tier");
  for (std::size_t i = 0; i < model.thresholds.size(); ++i) {
    const std::string& name = model.thresholds[i].tier;
    if (!tier || !tier->option(name)) {
      return refuse("/thresholds/" + std::to_string(i) + "/tier", "no_such_option",
                    {{"value", name}});
    }
  }
  return {};
}

namespace {

// What all accounts are measured by, before the first of them is looked at.
struct Measurements {
  std::vector<const Field*> fields;                // null for a measure
  std::vector<MeasuredInputs::Values> by_measure;  // empty for a field
  Overrides overrides;
};

Result<Measurements> measure_all(const InputSource& source, const ScoringModel& model,
                                 MeasuredInputs& measured, Day as_of) {
  Measurements all;
  LP_TRY(all.fields, sources_of(*source.records.schema(), model));
  all.by_measure.resize(model.criteria.size());
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    if (all.fields[i]) continue;
    LP_TRY(all.by_measure[i], measured.of(model.criteria[i]));
  }
  LP_TRY(all.overrides, read_overrides(source, as_of));
  return all;
}

// `values` are tier, score and the fields of the criteria.
void fill_account(const Measurements& all, std::span<const storage::Value> values,
                  ScoredAccount& one) {
  one.inputs.tier = records::text_of(values[0]);
  one.composite_before.reset();
  if (!records::is_empty(values[1])) one.composite_before = records::integer_of(values[1]);
  std::size_t place = 2;
  for (std::size_t i = 0; i < all.fields.size(); ++i) {
    Input& input = one.inputs.of_criteria[i];
    if (all.fields[i]) {
      input = input_of(*all.fields[i], values[place++]);
      continue;
    }
    const auto found = all.by_measure[i].find(one.account.value);
    input.number.reset();
    if (found != all.by_measure[i].end()) input.number = found->second;
  }
  const auto given = all.overrides.find(one.account.value);
  const bool is_given = given != all.overrides.end();
  one.override_id = is_given ? given->second.id : RecordId();
  one.inputs.override_tier = is_given ? given->second.tier : std::string();
}

}  // namespace

Status visit_score_inputs(const InputSource& source, const ScoringModel& model,
                          const json::value& where, Day as_of, const AccountVisitor& visit,
                          SalesTotals* totals) {
  LP_CHECK(check_sight(source.records, source.scope, model));
  // Scores are the product's, whoever looks at them.
  const access::AccessScope product = access::Authority::product();
  const InputSource everything{source.records, source.connection, product, source.only};
  std::optional<OneAccount> only;
  if (source.only) only.emplace(OneAccount{*source.only, *totals});
  MeasuredInputs measured(source.records, source.connection, product, as_of,
                          only ? &*only : nullptr);
  LP_CHECK(measured.begin());
  LP_TRY(const Measurements all, measure_all(everything, model, measured, as_of));
  std::vector<std::string> names{"tier", "score"};
  for (const Field* field : all.fields) {
    if (field) names.push_back(field->api_name);
  }
  ScoredAccount one;
  one.inputs.of_criteria.resize(model.criteria.size());
  return records::scan_fields(source.records, source.connection, source.scope, "account",
                              source.only ? where_only(where, *source.only) : where, names,
                              [&](RecordId id, std::span<const storage::Value> values) {
                                one.account = id;
                                one.inputs.short_history = measured.has_short_history(id.value);
                                fill_account(all, values, one);
                                visit(one);
                              });
}

}  // namespace linchpin::identify
