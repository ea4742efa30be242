#include "accounts/rules.h"

#include "accounts/ownership.h"

namespace linchpin::accounts {

using records::Field;
using records::RuleContext;

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  const records::Object* account = schema.object("account");
  const Field* owner = account ? account->field("owner") : nullptr;
  if (!owner) return {};
  rules.uses("account", {"owner"});
  rules.before_write("account", [owner](RuleContext& context) -> Status {
    if (context.creating() || !context.changed(*owner)) return {};
    const records::RuleFrame& frame = context.frame();
    const RecordId id{records::integer_of(context.value(*context.object().field("id")))};
    LP_TRY(const RecordId present, owner_of(frame.connection, context.object(), id));
    if (!present) return {};
    LP_TRY(const bool may,
           may_give_away(frame.connection, frame.schema, frame.viewer.scope, present));
    if (!may) context.refuse(*owner, "owner_needs_approval");
    return {};
  });
  return {};
}

}  // namespace linchpin::accounts
