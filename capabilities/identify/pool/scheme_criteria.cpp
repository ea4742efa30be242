#include "identify/pool/scheme_criteria.h"

#include <algorithm>
#include <map>

#include "identify/scoring/model_store.h"
#include "identify/scoring/sight.h"
#include "records/rights.h"

namespace linchpin::identify {

namespace {

constexpr int weight_share_scale = 4;

std::set<std::string> texts_of(const json::value* value) {
  std::set<std::string> texts;
  if (value && value->is_string()) texts.emplace(value->get_string());
  if (value && value->is_array()) {
    for (const json::value& one : value->get_array()) {
      if (one.is_string()) texts.emplace(one.get_string());
    }
  }
  return texts;
}

std::string source_of_criterion(const Criterion& criterion) {
  if (!criterion.field.empty()) return criterion.field;
  std::string source = criterion.measure;
  if (criterion.months > 0) source += "/" + std::to_string(criterion.months);
  return source;
}

const StoredModel* model_for(const std::vector<StoredModel>& models, const std::string& field,
                             const std::string& option) {
  for (const StoredModel& model : models) {
    const auto options = options_in_scope(model.scope, field);
    if (!options || options->contains(option)) return &model;
  }
  return nullptr;
}

// The part of the model's weight that each source has; a criterion that may not be seen is left
// out.
std::map<std::string, Units> shares_of(const PoolSource& source, const ScoringModel& model) {
  WideUnits all = 0;
  for (const Criterion& criterion : model.criteria) all += criterion.weight;
  std::map<std::string, Units> shares;
  if (all <= 0) return shares;
  for (const Criterion& criterion : model.criteria) {
    if (!may_see(source.records, source.scope, criterion)) continue;
    shares[source_of_criterion(criterion)] += static_cast<Units>(
        divide_half_even(WideUnits{criterion.weight} * power_of_ten(weight_share_scale), all));
  }
  return shares;
}

}  // namespace

std::optional<std::set<std::string>> options_in_scope(const json::value& scope,
                                                      std::string_view field) {
  const json::object* object = scope.if_object();
  if (!object) return std::nullopt;
  const std::string_view op = text_at(*object, "op");
  if ((op == "eq" || op == "in") && text_at(*object, "field") == field) {
    return texts_of(object->if_contains("value"));
  }
  const json::value* args = object->if_contains("args");
  if (op != "and" || !args || !args->is_array()) return std::nullopt;
  std::optional<std::set<std::string>> common;
  for (const json::value& arg : args->get_array()) {
    const auto one = options_in_scope(arg, field);
    if (!one) continue;
    if (!common) {
      common = one;
    } else {
      std::erase_if(*common, [&](const std::string& option) { return !one->contains(option); });
    }
  }
  return common;
}

Result<std::string> scheme_answer(const PoolSource& source, const std::string& name) {
  const auto schema = source.records.schema();
  const records::Object* account = schema->object("account");
  const records::Field* field = account ? account->field(name) : nullptr;
  const bool fits = field && field->type == records::FieldType::select &&
                    records::right_of(source.scope, *account, *field) != access::FieldRight::none;
  if (!fits) return Error::of(ErrorCode::unknown_field);
  LP_TRY(const std::vector<StoredModel> models,
         published_models(source.records, source.connection, source.scope));
  LP_TRY(const std::vector<PoolRow> names, find_rows(source, "scoring_model", {}, {"name"}));
  std::map<std::string, std::map<std::string, Units>> by_source;  // source, option
  JsonWriter out;
  out.begin_object().key("field").string(name).key("options").begin_array();
  for (const records::Option& option : field->options) {
    const StoredModel* model = model_for(models, name, option.key);
    out.begin_object().key("key").string(option.key);
    out.key("model").id(model ? model->id : RecordId());
    out.key("name");
    const auto named = std::find_if(names.begin(), names.end(), [&](const PoolRow& row) {
      return model && row.id == model->id;
    });
    named == names.end() ? out.null() : out.string(named->text(0));
    out.key("version");
    model ? out.integer(model->version) : out.null();
    out.end_object();
    if (!model || model->problem) continue;
    for (const auto& [criterion, share] : shares_of(source, model->model)) {
      by_source[criterion][option.key] = share;
    }
  }
  out.end_array().key("criteria").begin_array();
  for (const auto& [criterion, shares] : by_source) {
    out.begin_object().key("source").string(criterion).key("kind");
    out.string(account->field(criterion) ? "field" : "measure").key("weights").begin_object();
    for (const records::Option& option : field->options) {
      const auto share = shares.find(option.key);
      out.key(option.key);
      share == shares.end() ? out.null() : out.decimal(share->second, weight_share_scale);
    }
    out.end_object().end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace linchpin::identify
