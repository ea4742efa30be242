#include "orders/rules.h"

#include "base/tax.h"

namespace linchpin::orders {

using records::Field;
using records::integer_of;
using records::is_empty;
using records::RuleContext;
using records::Value;

namespace {

constexpr Units whole_discount = power_of_ten(6);
constexpr int surplus_digits = 4 + 4 + 6 - 4;  // of the product beyond scale 4

// The fields of an order line, looked up once.
struct LineFields {
  const Field *order, *account, *ordered_on, *quantity, *unit_price, *discount, *amount, *tax_rate,
      *tax_basis, *net_amount, *gross_amount;
  const records::Object* order_object;
  const Field *order_account, *ordered_at;
};

LineFields line_fields(const records::Schema& schema) {
  const records::Object& line = *schema.object("order_line");
  const records::Object& order = *schema.object("order");
  return {line.field("order"),      line.field("account"),      line.field("ordered_on"),
          line.field("quantity"),   line.field("unit_price"),   line.field("discount"),
          line.field("amount"),     line.field("tax_rate"),     line.field("tax_basis"),
          line.field("net_amount"), line.field("gross_amount"), &order,
          order.field("account"),   order.field("ordered_at")};
}

Status take_from_order(RuleContext& context, const LineFields& fields) {
  const bool needs_account = is_empty(context.value(*fields.account));
  const bool needs_day = is_empty(context.value(*fields.ordered_on));
  const std::int64_t order = integer_of(context.value(*fields.order));
  if (order == 0 || (!needs_account && !needs_day)) return {};
  storage::Sql sql("SELECT ");
  sql.name(fields.order_account->column).add(", ").name(fields.ordered_at->column);
  sql.add(" FROM ").name(fields.order_object->table).add(" WHERE id = ").value(order);
  LP_TRY(const auto row, context.frame().connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found) return {};
  if (needs_account && !row->is_null(0)) context.set(*fields.account, row->integer(0));
  if (needs_day && !row->is_null(1)) {
    const Day day = context.frame().time_zone.local_day(row->integer(1));
    context.set(*fields.ordered_on, std::int64_t{day});
  }
  return {};
}

void settle_amount(RuleContext& context, const LineFields& fields) {
  const Value& quantity = context.value(*fields.quantity);
  const Value& price = context.value(*fields.unit_price);
  const Value& discount = context.value(*fields.discount);
  if (integer_of(discount) < 0 || integer_of(discount) > whole_discount) {
    context.refuse(*fields.discount, "out_of_range", {{"min", "0"}, {"max", "1"}});
    return;
  }
  const bool given = context.changed(*fields.amount);
  const bool moved = context.changed(*fields.quantity) || context.changed(*fields.unit_price) ||
                     context.changed(*fields.discount);
  if (given || !moved || is_empty(quantity) || is_empty(price)) return;
  const auto amount = line_amount(integer_of(quantity), integer_of(price), integer_of(discount));
  if (amount) {
    context.set(*fields.amount, *amount);
  } else {
    context.refuse(*fields.amount, "number_too_large");
  }
}

void split_amount(RuleContext& context, const LineFields& fields) {
  const Value& amount = context.value(*fields.amount);
  if (is_empty(amount)) {
    context.set(*fields.net_amount, Value());
    context.set(*fields.gross_amount, Value());
    return;
  }
  std::optional<Units> rate;
  if (!is_empty(context.value(*fields.tax_rate)))
    rate = integer_of(context.value(*fields.tax_rate));
  const bool inclusive = records::text_of(context.value(*fields.tax_basis)) == "inclusive";
  const auto split =
      split_tax(integer_of(amount), rate, inclusive ? TaxBasis::inclusive : TaxBasis::exclusive);
  if (!split) {
    context.refuse(*fields.tax_rate, split.error().detail);
    return;
  }
  context.set(*fields.net_amount, split->exclusive);
  context.set(*fields.gross_amount, split->inclusive);
}

}  // namespace

Result<Units> line_amount(Units quantity, Units unit_price, Units discount) {
  const WideUnits listed = WideUnits{quantity} * unit_price;
  WideUnits product = 0;
  if (__builtin_mul_overflow(listed, WideUnits{whole_discount - discount}, &product)) {
    return Error::of(ErrorCode::validation_failed, "number_too_large");
  }
  return narrow(round_half_even(product, surplus_digits));
}

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  if (!schema.object("order_line") || !schema.object("order")) return {};
  rules.uses("order", {"account", "ordered_at"});
  rules.uses("order_line", {"order", "account", "ordered_on", "quantity", "unit_price", "discount",
                            "amount", "tax_rate", "tax_basis", "net_amount", "gross_amount"});
  rules.before_write("order_line", [fields = line_fields(schema)](RuleContext& context) -> Status {
    LP_CHECK(take_from_order(context, fields));
    settle_amount(context, fields);
    split_amount(context, fields);
    return {};
  });
  return {};
}

}  // namespace linchpin::orders
