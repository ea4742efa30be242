#include "identify/scoring/read_inputs.h"

#include "identify/request_parts.h"
#include "identify/scoring/overrides.h"
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
  json::object one{{"op", "eq"}, {"field", "id"}};
  one["value"] = format_id(id);
  if (where.is_null()) return one;
  json::object both{{"op", "and"}};
  both["args"] = json::array{where, std::move(one)};
  return both;
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

Result<std::vector<ScoredAccount>> read_score_inputs(
    records::Records& records, storage::Connection& connection, const access::AccessScope& scope,
    const ScoringModel& model, const json::value& where, Day as_of, const OneAccount* only) {
  const auto schema = records.schema();
  LP_TRY(const std::vector<const Field*> fields, sources_of(*schema, model));
  std::vector<std::string> names{"tier", "score"};
  for (const Field* field : fields) {
    if (field) names.push_back(field->api_name);
  }
  MeasuredInputs measured(records, connection, scope, as_of, only);
  const json::value wanted = only ? where_only(where, only->id) : where;
  LP_CHECK(measured.begin());
  std::vector<ScoredAccount> accounts;
  LP_CHECK(records::scan_fields(records, connection, scope, "account", wanted, names,
                                [&](RecordId id, std::span<const storage::Value> values) {
                                  ScoredAccount one{id, {}, std::nullopt, {}};
                                  one.inputs.tier = records::text_of(values[0]);
                                  if (!records::is_empty(values[1]))
                                    one.composite_before = records::integer_of(values[1]);
                                  one.inputs.short_history = measured.has_short_history(id.value);
                                  one.inputs.of_criteria.resize(fields.size());
                                  std::size_t place = 2;
                                  for (std::size_t i = 0; i < fields.size(); ++i) {
                                    if (fields[i])
                                      one.inputs.of_criteria[i] =
                                          input_of(*fields[i], values[place++]);
                                  }
                                  accounts.push_back(std::move(one));
                                }));
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i]) continue;
    LP_TRY(const MeasuredInputs::Values values, measured.of(model.criteria[i]));
    for (ScoredAccount& one : accounts) {
      const auto found = values.find(one.account.value);
      if (found != values.end()) one.inputs.of_criteria[i].number = found->second;
    }
  }
  LP_TRY(const Overrides overrides,
         read_overrides({records, connection, scope, only ? std::optional(only->id) : std::nullopt},
                        as_of));
  for (ScoredAccount& one : accounts) {
    const auto found = overrides.find(one.account.value);
    if (found == overrides.end()) continue;
    one.override_id = found->second.id;
    one.inputs.override_tier = found->second.tier;
  }
  return accounts;
}

}  // namespace linchpin::identify
