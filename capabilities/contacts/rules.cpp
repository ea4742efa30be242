#include "contacts/rules.h"

namespace linchpin::contacts {

using records::Field;
using records::is_empty;
using records::RuleContext;
using records::Sensitivity;

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  const records::Object* contact = schema.object("contact");
  const Field* state = contact ? contact->field("consent_state") : nullptr;
  if (!state) return {};
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
  return {};
}

}  // namespace linchpin::contacts
