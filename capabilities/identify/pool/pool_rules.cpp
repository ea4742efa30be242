#include "identify/pool/pool_rules.h"

#include "identify/pool/screening.h"
#include "records/filter.h"

namespace linchpin::identify {

namespace {

using records::RuleContext;

struct Range {
  const records::Field* field;
  std::int64_t min;
  std::int64_t max;
};

void check_range(RuleContext& context, const Range& range) {
  const storage::Value& value = context.value(*range.field);
  if (records::is_empty(value)) return;
  const std::int64_t number = records::integer_of(value);
  if (number >= range.min && number <= range.max) return;
  context.refuse(*range.field, "out_of_range",
                 {{"min", std::to_string(range.min)}, {"max", std::to_string(range.max)}});
}

void add_account_rule(const records::Object& account, records::Rules& rules) {
  rules.uses("account", {"pool_state", "tier"});
  rules.before_write(
      "account", [state = account.field("pool_state")](RuleContext& context) -> Status {
        const bool by_a_person = static_cast<bool>(context.frame().viewer.scope.user());
        if (!context.creating() && by_a_person && context.changed(*state)) {
          context.refuse(*state, "pool_moves_it");
        }
        return {};
      });
}

void add_ranges(const records::Object& object, std::vector<Range> ranges, records::Rules& rules) {
  rules.before_write(object.api_name, [ranges](RuleContext& context) -> Status {
    for (const Range& range : ranges) check_range(context, range);
    return {};
  });
}

void add_round_rule(const records::Object& round, records::Rules& rules) {
  rules.before_write("pool_round",
                     [opens = round.field("opens_on"),
                      closes = round.field("closes_on")](RuleContext& context) -> Status {
                       const storage::Value& last = context.value(*closes);
                       if (records::is_empty(last) || records::is_empty(context.value(*opens)))
                         return {};
                       if (records::integer_of(last) < records::integer_of(context.value(*opens))) {
                         context.refuse(*closes, "window_empty");
                       }
                       return {};
                     });
}

// A stored filter can be read; which day it is decides only what it finds.
void add_filter_rule(const records::Object& object, records::Rules& rules) {
  rules.before_write(
      object.api_name, [field = object.field("filter")](RuleContext& context) -> Status {
        const storage::Value& stored = context.value(*field);
        const records::Object* account = context.frame().schema.object("account");
        if (records::is_empty(stored) || !account) return {};
        LP_TRY(const json::value filter, parse_json(records::text_of(stored)));
        if (filter.is_null()) return {};
        const access::AccessScope product = access::Authority::product();
        const records::FilterFrame frame{context.frame().schema, product, context.frame().time_zone,
                                         0};
        const auto read = records::read_filter(frame, *account, filter, "");
        if (read) return {};
        if (read.error().problems.empty()) return read.error();
        for (const FieldProblem& problem : read.error().problems) {
          context.refuse_within(*field, problem.pointer, problem.code, problem.params);
        }
        return {};
      });
}

// Names of fields that accounts have.
void add_policy_rule(const records::Object& policy, records::Rules& rules) {
  rules.before_write(
      "pool_policy", [field = policy.field("required_fields")](RuleContext& context) -> Status {
        const records::Object* account = context.frame().schema.object("account");
        if (records::is_empty(context.value(*field)) || !account) return {};
        LP_TRY(const json::value listed, parse_json(records::text_of(context.value(*field))));
        if (listed.is_null()) return {};
        if (!listed.is_array()) {
          context.refuse(*field, "expected_list");
          return {};
        }
        for (std::size_t i = 0; i < listed.get_array().size(); ++i) {
          const json::value& name = listed.get_array()[i];
          if (name.is_string() && account->field(std::string_view(name.get_string()))) continue;
          context.refuse_within(*field, "/" + std::to_string(i), "unknown_field");
        }
        return {};
      });
}

void add_screening_rule(const records::Object& object, records::Rules& rules) {
  rules.before_write(
      "screening_template", [field = object.field("letters")](RuleContext& context) -> Status {
        if (records::is_empty(context.value(*field))) return {};
        LP_TRY(const json::value letters, parse_json(records::text_of(context.value(*field))));
        const auto read = read_screening(letters, "");
        if (read) return {};
        for (const FieldProblem& problem : read.error().problems) {
          context.refuse_within(*field, problem.pointer, problem.code, problem.params);
        }
        return {};
      });
}

}  // namespace

void add_pool_rules(const records::Schema& schema, records::Rules& rules) {
  constexpr std::int64_t days_of_years = 3'660;
  constexpr std::int64_t days_of_year = 366;
  constexpr std::int64_t months_of_years = 60;
  constexpr std::int64_t minutes_of_month = 44'640;
  const records::Object* account = schema.object("account");
  if (account && account->field("pool_state")) add_account_rule(*account, rules);
  if (const records::Object* round = schema.object("pool_round")) add_round_rule(*round, rules);
  for (const char* name : {"segment", "tag"}) {
    const records::Object* object = schema.object(name);
    if (object && object->field("filter")) add_filter_rule(*object, rules);
  }
  if (const records::Object* screening = schema.object("screening_template")) {
    add_screening_rule(*screening, rules);
  }
  if (const records::Object* policy = schema.object("pool_policy")) {
    add_policy_rule(*policy, rules);
    add_ranges(*policy,
               {{policy->field("minimum_completeness"), 0, 100},
                {policy->field("department_from"), 1, 1'000'000},
                {policy->field("share_yardstick"), 1, 100},
                {policy->field("decision_days"), 1, days_of_years},
                {policy->field("fast_track_days"), 1, days_of_years},
                {policy->field("round_months"), 1, months_of_years},
                {policy->field("round_days"), 1, days_of_year},
                {policy->field("round_notice_days"), 0, days_of_year}},
               rules);
  }
  if (const records::Object* watch = schema.object("churn_watch")) {
    add_ranges(*watch, {{watch->field("due_days"), 1, days_of_year}}, rules);
  }
  if (const records::Object* market = schema.object("region_market")) {
    add_ranges(*market, {{market->field("year"), 1900, 2200}}, rules);
  }
  if (const records::Object* standard = schema.object("service_standard")) {
    add_ranges(*standard,
               {{standard->field("visit_days"), 1, days_of_years},
                {standard->field("response_minutes"), 1, minutes_of_month}},
               rules);
  }
}

}  // namespace linchpin::identify
