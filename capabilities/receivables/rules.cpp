#include "receivables/rules.h"

#include "receivables/due_dates.h"
#include "receivables/settling.h"

namespace linchpin::receivables {

using records::Field;
using records::integer_of;
using records::is_empty;
using records::RuleContext;

namespace {

void add_net_amount(const records::Object& invoice, records::Rules& rules) {
  const Field* amount = invoice.field("amount");
  const Field* tax = invoice.field("tax_amount");
  const Field* net = invoice.field("net_amount");
  rules.uses("invoice", {"amount", "tax_amount", "net_amount"});
  rules.before_write("invoice", [=](RuleContext& context) -> Status {
    if (is_empty(context.value(*amount))) {
      context.set(*net, {});
      return {};
    }
    std::int64_t without_tax = 0;
    if (__builtin_sub_overflow(integer_of(context.value(*amount)), integer_of(context.value(*tax)),
                               &without_tax)) {
      context.refuse(*tax, "number_too_large");
      return {};
    }
    context.set(*net, without_tax);
    return {};
  });
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  if (const records::Object* invoice = schema.object("invoice")) add_net_amount(*invoice, rules);
  LP_CHECK(add_due_date_rules(schema, rules));
  return add_settling_rules(schema, rules);
}

}  // namespace linchpin::receivables
