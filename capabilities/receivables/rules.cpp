#include "receivables/rules.h"

namespace linchpin::receivables {

using records::Field;
using records::integer_of;
using records::is_empty;
using records::RuleContext;

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  const records::Object* invoice = schema.object("invoice");
  if (!invoice) return {};
  const Field* amount = invoice->field("amount");
  const Field* tax = invoice->field("tax_amount");
  const Field* net = invoice->field("net_amount");
  const Field* open = invoice->field("open_amount");
  rules.uses("invoice", {"amount", "tax_amount", "net_amount", "open_amount"});
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
    if (context.creating() && is_empty(context.value(*open))) {
      context.set(*open, context.value(*amount));
    }
    return {};
  });
  return {};
}

}  // namespace linchpin::receivables
