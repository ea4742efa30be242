#include "contacts/rules.h"

namespace linchpin::contacts {

using records::Field;
using records::is_empty;
using records::Object;
using records::RuleContext;
using records::Sensitivity;

namespace {

constexpr std::int64_t most_support = 5;
constexpr std::int64_t map_edge = 100'000;  // in the map's points, on either side of its middle

void keep_within(RuleContext& context, const Field& field, std::int64_t least, std::int64_t most) {
  if (!context.changed(field) || is_empty(context.value(field))) return;
  const std::int64_t given = records::integer_of(context.value(field));
  if (given >= least && given <= most) return;
  context.refuse(field, "out_of_range",
                 {{"min", std::to_string(least)}, {"max", std::to_string(most)}});
}

void add_consent_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* contact = schema.object("contact");
  const Field* state = contact ? contact->field("consent_state") : nullptr;
  if (!state) return;
  rules.uses("contact", {"consent_state"});
  rules.before_write("contact", [=](RuleContext& context) -> Status {
    const std::string_view consent = records::text_of(context.value(*state));
    if (consent != "refused" && consent != "withdrawn") return {};
    for (const Field& field : context.object().fields) {
      if (field.sensitivity != Sensitivity::personal || !context.changed(field)) continue;
      if (!is_empty(context.value(field))) context.refuse(field, "consent_refused");
    }
    return {};
  });
}

// An opinion is of the day on which it was noted, where nothing else is said.
void add_standing_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* standing = schema.object("contact_standing");
  const Field* as_of = standing ? standing->field("as_of") : nullptr;
  const Field* support = standing ? standing->field("support") : nullptr;
  if (!as_of || !support) return;
  rules.uses("contact_standing", {"as_of", "support"});
  rules.before_write("contact_standing", [=](RuleContext& context) -> Status {
    keep_within(context, *support, -most_support, most_support);
    if (context.creating() && is_empty(context.value(*as_of))) {
      const records::RuleFrame& frame = context.frame();
      context.set(*as_of, std::int64_t{frame.time_zone.local_day(frame.viewer.now)});
    }
    return {};
  });
}

void add_position_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* position = schema.object("map_position");
  const Field* across = position ? position->field("x") : nullptr;
  const Field* down = position ? position->field("y") : nullptr;
  if (!across || !down) return;
  rules.uses("map_position", {"x", "y"});
  rules.before_write("map_position", [=](RuleContext& context) -> Status {
    keep_within(context, *across, -map_edge, map_edge);
    keep_within(context, *down, -map_edge, map_edge);
    return {};
  });
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  add_consent_rule(schema, rules);
  add_standing_rule(schema, rules);
  add_position_rule(schema, rules);
  return {};
}

}  // namespace linchpin::contacts
