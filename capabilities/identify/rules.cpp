#include "identify/rules.h"

#include <array>

#include "identify/pool/pool_rules.h"
#include "identify/scoring/model_store.h"
#include "identify/scoring/overrides.h"
#include "identify/scoring/read_inputs.h"
#include "identify/scoring/read_model.h"
#include "records/filter.h"

namespace linchpin::identify {

namespace {

using records::Field;
using records::is_empty;
using records::RuleContext;

struct ModelFields {
  const Field* scope;
  const Field* criteria;
  const Field* thresholds;
  const Field* margin;
};

// A problem of the model stands below the field that its pointer begins with.
void refuse_with(RuleContext& context, const ModelFields& fields, const Error& error) {
  for (const FieldProblem& problem : error.problems) {
    const std::size_t end = std::min(problem.pointer.find('/', 1), problem.pointer.size());
    const std::string_view pointer = problem.pointer;
    const std::string_view name = pointer.substr(0, end);
    const Field& field = name == "/thresholds" ? *fields.thresholds
                         : name == "/margin"   ? *fields.margin
                         : name == "/scope"    ? *fields.scope
                                               : *fields.criteria;
    context.refuse_within(field, pointer.substr(end), problem.code, problem.params);
  }
}

// Null for an empty field.
Result<json::value> stored_json(const RuleContext& context, const Field& field) {
  const storage::Value& value = context.value(field);
  if (is_empty(value)) return json::value();
  return parse_json(records::text_of(value));
}

Status check_definition(const RuleContext& context, const ModelFields& fields) {
  json::object definition;
  LP_TRY(definition["criteria"], stored_json(context, *fields.criteria));
  LP_TRY(definition["thresholds"], stored_json(context, *fields.thresholds));
  if (const storage::Value& margin = context.value(*fields.margin); !is_empty(margin)) {
    definition["margin"] = format_decimal(records::integer_of(margin), points_scale);
  }
  LP_TRY(const ScoringModel model, read_model(model_part(definition)));
  LP_CHECK(check_sources(context.frame().schema, model));
  LP_TRY(const json::value scope, stored_json(context, *fields.scope));
  const records::Object* account = context.frame().schema.object("account");
  if (scope.is_null() || !account) return {};
  const access::AccessScope product = access::Authority::product();
  // Which day it is decides what a filter finds, not whether it can be read.
  const records::FilterFrame frame{context.frame().schema, product, context.frame().time_zone, 0};
  LP_CHECK(records::read_filter(frame, *account, scope, "/scope"));
  return {};
}

void add_model_rule(const records::Object& object, records::Rules& rules) {
  const ModelFields fields{object.field("scope"), object.field("criteria"),
                           object.field("thresholds"), object.field("margin")};
  rules.uses("scoring_model", {"scope", "criteria", "thresholds", "margin", "state",
                               "model_version", "published_at"});
  rules.before_write("scoring_model", [fields](RuleContext& context) -> Status {
    // What is missing altogether is said by the engine.
    if (is_empty(context.value(*fields.criteria)) || is_empty(context.value(*fields.thresholds))) {
      return {};
    }
    const Status checked = check_definition(context, fields);
    if (checked || checked.error().problems.empty()) return checked;
    refuse_with(context, fields, checked.error());
    return {};
  });
}

struct OverrideFields {
  const Field *tier, *reason, *approver, *expires_on, *approved_at, *created_by, *created_at;
};

// Rows of an import have no stamps yet: the approval looks at it again.
void check_approver(RuleContext& context, const OverrideFields& fields) {
  const storage::Value& maker = context.value(*fields.created_by);
  if (!is_empty(maker) && maker == context.value(*fields.approver)) {
    context.refuse(*fields.approver, "approver_asks");
  }
}

void check_override(RuleContext& context, const OverrideFields& fields) {
  const records::Object* account = context.frame().schema.object("account");
  const Field* tier = account ? account->field("tier") : nullptr;
  const std::string name(records::text_of(context.value(*fields.tier)));
  if (!tier || !tier->option(name)) {
    context.refuse(*fields.tier, "no_such_option", {{"value", name}});
  }
  check_approver(context, fields);
  const storage::Value& made = context.value(*fields.created_at);
  if (is_empty(made)) return;
  const Day today = context.frame().time_zone.local_day(records::integer_of(made));
  const std::int64_t last = records::integer_of(context.value(*fields.expires_on));
  if (last < today || last > today + max_override_days) {
    context.refuse(*fields.expires_on, "out_of_range",
                   {{"min", format_date(today)}, {"max", format_date(today + max_override_days)}});
  }
}

void add_override_rule(const records::Object& object, records::Rules& rules) {
  const OverrideFields fields{object.field("tier"),       object.field("reason"),
                              object.field("approver"),   object.field("expires_on"),
                              object.field("approved_at"),
                              object.field("created_by"), object.field("created_at")};
  const std::array asked{object.field("account"), fields.tier, fields.reason, fields.expires_on};
  rules.uses("score_override",
             {"account", "tier", "reason", "approver", "expires_on", "approved_at"});
  rules.before_write("score_override", [fields, asked](RuleContext& context) -> Status {
    bool complete = !is_empty(context.value(*fields.approver));
    for (const Field* field : asked) {
      complete = complete && !is_empty(context.value(*field));
      if (!context.creating() && context.changed(*field)) context.refuse(*field, "read_only");
    }
    // Whom it waits for may change for as long as it waits.
    if (!context.creating() && context.changed(*fields.approver)) {
      const bool agreed = !is_empty(context.value(*fields.approved_at));
      if (agreed && !context.changed(*fields.approved_at)) {
        context.refuse(*fields.approver, "read_only");
      }
      check_approver(context, fields);
    }
    // What is missing altogether is said by the engine.
    if (context.creating() && complete) check_override(context, fields);
    return {};
  });
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  const records::Object* model = schema.object("scoring_model");
  const records::Object* given = schema.object("score_override");
  if (model) add_model_rule(*model, rules);
  if (given) add_override_rule(*given, rules);
  add_pool_rules(schema, rules);
  return {};
}

}  // namespace linchpin::identify
