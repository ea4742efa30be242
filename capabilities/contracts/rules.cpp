#include "contracts/rules.h"

#include "base/tax.h"

namespace linchpin::contracts {

using records::Field;
using records::integer_of;
using records::is_empty;
using records::RuleContext;

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  const records::Object* contract = schema.object("contract");
  if (!contract) return {};
  const Field* amount = contract->field("amount");
  const Field* rate = contract->field("tax_rate");
  const Field* basis = contract->field("tax_basis");
  const Field* net = contract->field("net_amount");
  const Field* gross = contract->field("gross_amount");
  rules.uses("contract", {"amount", "tax_rate", "tax_basis", "net_amount", "gross_amount"});
  rules.before_write("contract", [=](RuleContext& context) -> Status {
    if (is_empty(context.value(*amount))) {
      context.set(*net, {});
      context.set(*gross, {});
      return {};
    }
    std::optional<Units> known_rate;
    if (!is_empty(context.value(*rate))) known_rate = integer_of(context.value(*rate));
    const bool exclusive = records::text_of(context.value(*basis)) == "exclusive";
    const auto split = split_tax(integer_of(context.value(*amount)), known_rate,
                                 exclusive ? TaxBasis::exclusive : TaxBasis::inclusive);
    if (!split) {
      context.refuse(*rate, split.error().detail);
      return {};
    }
    context.set(*net, split->exclusive);
    context.set(*gross, split->inclusive);
    return {};
  });
  return {};
}

}  // namespace linchpin::contracts
