#include "accounts/rules.h"

#include "accounts/ownership.h"

namespace linchpin::accounts {

using records::Field;
using records::Object;
using records::RuleContext;

namespace {

// Whether another record of the object is of that account and year.
Result<bool> is_taken(RuleContext& context, const Field& account, const Field& year) {
  storage::Sql sql("SELECT 1 FROM ");
  sql.name(context.object().table).add(" WHERE ").name(account.column).add(" = ");
  sql.value(records::integer_of(context.value(account))).add(" AND ").name(year.column).add(" = ");
  sql.value(records::integer_of(context.value(year))).add(" AND deleted_at IS NULL AND id <> ");
  sql.value(records::integer_of(context.value(*context.object().field("id"))));
  LP_TRY(const auto rows, context.frame().connection.prepare(sql));
  return rows->step();
}

// One record for each account and year. The rule says it in words; that two who write at a time
// do not both pass it is the unique key's.
void add_yearly_rules(const records::Schema& schema, records::Rules& rules,
                      const std::string& name) {
  const Object* object = schema.object(name);
  if (!object) return;
  const Field* account = object->field("account");
  const Field* year = object->field("year");
  const Field* key = object->field("key");
  rules.uses(name, {"account", "year", "key"});
  rules.before_write(name, [=](RuleContext& context) -> Status {
    if (!context.changed(*account) && !context.changed(*year)) return {};
    if (records::is_empty(context.value(*account)) || records::is_empty(context.value(*year))) {
      return {};
    }
    LP_TRY(const bool taken, is_taken(context, *account, *year));
    if (taken) context.refuse(*year, "year_taken");
    context.set(*key, std::to_string(records::integer_of(context.value(*account))) + ":" +
                          std::to_string(records::integer_of(context.value(*year))));
    return {};
  });
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  add_yearly_rules(schema, rules, "account_financial");
  add_yearly_rules(schema, rules, "account_analysis");
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
