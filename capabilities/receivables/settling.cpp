#include "receivables/settling.h"

#include "base/decimal.h"

namespace linchpin::receivables {

using records::Field;
using records::integer_of;
using records::is_empty;
using records::Object;
using records::RowValues;
using records::RuleContext;
using records::RuleFrame;
using records::Value;
using storage::Sql;

namespace {

constexpr std::string_view dishonoured = "dishonoured";

struct Settling {
  explicit Settling(const records::Schema& schema)
      : invoice(*schema.object("invoice")),
        payment(*schema.object("payment")),
        allocation(*schema.object("payment_allocation")) {}

  const Object &invoice, &payment, &allocation;
  const Field& billed = *invoice.field("amount");
  const Field& open = *invoice.field("open_amount");
  const Field& settled = *invoice.field("allocated");
  const Field& paid = *payment.field("amount");
  const Field& state = *payment.field("state");
  const Field& payer = *payment.field("account");
  const Field& left = *payment.field("unallocated");
  const Field& of_payment = *allocation.field("payment");
  const Field& of_invoice = *allocation.field("invoice");
  const Field& part = *allocation.field("amount");
};

// What live allocations, but for one, take of a payment.
Result<Units> taken_of_payment(const RuleFrame& frame, const Settling& of, const Value& payment,
                               std::int64_t except) {
  Sql sql("SELECT CAST(COALESCE(SUM(");
  sql.name(of.part.column).add("), 0) AS BIGINT) FROM ").name(of.allocation.table).add(" WHERE ");
  sql.name(of.of_payment.column).add(" = ").value(payment).add(" AND id <> ").value(except);
  return query_integer(frame.connection, sql.add(" AND deleted_at IS NULL"), 0);
}

// What those of honoured payments settle of an invoice.
Result<Units> settled_of_invoice(const RuleFrame& frame, const Settling& of, const Value& invoice,
                                 std::int64_t except) {
  Sql sql("SELECT CAST(COALESCE(SUM(a.");
  sql.name(of.part.column).add("), 0) AS BIGINT) FROM ").name(of.allocation.table).add(" a JOIN ");
  sql.name(of.payment.table).add(" p ON p.id = a.").name(of.of_payment.column).add(" WHERE a.");
  sql.name(of.of_invoice.column).add(" = ").value(invoice).add(" AND a.id <> ").value(except);
  sql.add(" AND a.deleted_at IS NULL AND p.deleted_at IS NULL AND COALESCE(p.");
  sql.name(of.state.column).add(", '') <> ").value(std::string(dishonoured));
  return query_integer(frame.connection, sql, 0);
}

// Whether so much is more than there is of an amount with its sign.
bool exceeds(Units amount, Units there) {
  return there < 0 ? amount < there || amount > 0 : amount > there;
}

std::optional<Units> difference(Units from, Units less) {
  Units result = 0;
  if (__builtin_sub_overflow(from, less, &result)) return std::nullopt;
  return result;
}

void set_difference(RuleContext& context, const Field& field, Units from, Units less) {
  if (const auto result = difference(from, less)) {
    context.set(field, *result);
  } else {
    context.refuse(field, "number_too_large");
  }
}

// A corrected invoice is open for what the correction changed; what somebody says is open, is.
void settle_invoice(RuleContext& context, const Settling& of) {
  const Value& billed = context.value(of.billed);
  if (context.creating()) {
    context.set(of.settled, Units{0});
    if (is_empty(context.value(of.open))) context.set(of.open, billed);
    return;
  }
  if (!context.changed(of.billed) || context.changed(of.open) || is_empty(billed)) return;
  const Value& open = context.value(of.open);
  const Units before = is_empty(open) ? 0 : integer_of(context.before(of.billed));
  if (const auto more = difference(integer_of(billed), before)) {
    set_difference(context, of.open, integer_of(open), -*more);
  } else {
    context.refuse(of.open, "number_too_large");
  }
}

void refuse_part(RuleContext& context, const Field& field, const char* code, Units there,
                 Units asked) {
  const int scale = context.frame().schema.money_scale();
  context.refuse(field, code,
                 {{"left", format_decimal(there, scale)}, {"asked", format_decimal(asked, scale)}});
}

// What is open goes down by what allocations take more than before.
Status keep_invoice(RuleContext& context, const Settling& of) {
  const Value& id = context.value(context.object().fields[0]);
  LP_TRY(const Units now, settled_of_invoice(context.frame(), of, id, 0));
  const Units before = integer_of(context.value(of.settled));
  if (now == before) return {};
  const Units open = integer_of(context.value(of.open));
  const Units asked = now - before;
  const bool takes = integer_of(context.value(of.billed)) < 0 ? asked < 0 : asked > 0;
  if (takes && exceeds(asked, open)) {
    refuse_part(context, of.open, "allocation_over_invoice", open, asked);
  }
  context.set(of.settled, now);
  set_difference(context, of.open, open, asked);
  return {};
}

Status settle_payment(RuleContext& context, const Settling& of) {
  const Value& id = context.value(context.object().fields[0]);
  const Units amount = integer_of(context.value(of.paid));
  Units taken = 0;
  if (!context.creating()) {
    LP_TRY(taken, taken_of_payment(context.frame(), of, id, 0));
  }
  if (context.changed(of.payer) && is_empty(context.value(of.payer)) && taken != 0) {
    context.refuse(of.payer, "payment_is_allocated");
  }
  const Units before = integer_of(context.before(of.left));
  const bool honoured = records::text_of(context.value(of.state)) != dishonoured;
  const auto left = difference(honoured ? amount : 0, honoured ? taken : 0);
  if (!left) {
    context.refuse(of.paid, "number_too_large");
    return {};
  }
  if (honoured && taken != 0 && exceeds(taken, amount) && *left != before) {
    refuse_part(context, of.paid, "allocation_over_payment", amount, taken);
  }
  context.set(of.left, *left);
  return {};
}

// Of a payment and an invoice that others settle at the same time the rules that keep them look
// again.
Status check_allocation(RuleContext& context, const Settling& of) {
  const bool touched =
      context.changed(of.part) || context.changed(of.of_payment) || context.changed(of.of_invoice);
  const Value& payment = context.value(of.of_payment);
  if (!touched || is_empty(payment)) return {};
  const Units asked = integer_of(context.value(of.part));
  const std::int64_t self = integer_of(context.value(context.object().fields[0]));
  const RuleFrame& frame = context.frame();
  Sql paid("SELECT ");
  paid.name(of.paid.column).add(", ").name(of.state.column).add(" FROM ").name(of.payment.table);
  LP_TRY(const auto row, frame.connection.prepare(paid.add(" WHERE id = ").value(payment)));
  LP_TRY(const bool found, row->step());
  if (!found) return {};
  if (!row->is_null(1) && row->text(1) == dishonoured) {
    context.refuse(of.of_payment, "allocation_dishonoured");
    return {};
  }
  const Units amount = row->integer(0);
  LP_TRY(const Units others, taken_of_payment(frame, of, payment, self));
  const Units left = amount - others;
  if (amount < 0 ? asked < left : asked > left) {
    refuse_part(context, of.part, "allocation_over_payment", left, asked);
  }
  const Value& invoice = context.value(of.of_invoice);
  if (is_empty(invoice)) return {};
  Sql billed("SELECT ");
  billed.name(of.open.column).add(", COALESCE(").name(of.settled.column).add(", 0) FROM ");
  billed.name(of.invoice.table).add(" WHERE id = ").value(invoice);
  LP_TRY(const auto bill, frame.connection.prepare(billed));
  LP_TRY(const bool there, bill->step());
  if (!there || bill->is_null(0)) return {};
  LP_TRY(const Units taken, settled_of_invoice(frame, of, invoice, self));
  const Units open = bill->integer(0) + bill->integer(1) - taken;
  if (exceeds(asked, open) || (open >= 0 && asked < 0)) {
    refuse_part(context, of.part, "allocation_over_invoice", open, asked);
  }
  return {};
}

void add_id(const RowValues* row, const Field& link, std::vector<RecordId>& found) {
  if (row && !is_empty((*row)[link.index])) {
    found.push_back(RecordId{integer_of((*row)[link.index])});
  }
}

// The records to which the link of an allocation leads, or led.
records::Concern behind(const Field& link) {
  return [&link](const RuleFrame&, const RowValues* before, const RowValues* after,
                 std::vector<RecordId>& found) -> Status {
    add_id(before, link, found);
    add_id(after, link, found);
    return {};
  };
}

// A draft that is dishonoured opens again what it settled.
Status find_settled(const RuleFrame& frame, const Settling& of, const RowValues* before,
                    const RowValues* after, std::vector<RecordId>& found) {
  if (!before || !after || (*before)[of.state.index] == (*after)[of.state.index]) return {};
  Sql sql("SELECT DISTINCT ");
  sql.name(of.of_invoice.column).add(" FROM ").name(of.allocation.table).add(" WHERE ");
  sql.name(of.of_payment.column).add(" = ").value((*after)[0]).add(" AND ");
  sql.name(of.of_invoice.column).add(" IS NOT NULL");
  LP_TRY(const auto rows, frame.connection.prepare(sql));
  while (true) {
    LP_TRY(const bool any, rows->step());
    if (!any) return {};
    found.push_back(RecordId{rows->integer(0)});
  }
}

}  // namespace

Status add_settling_rules(const records::Schema& schema, records::Rules& rules) {
  for (const char* name : {"invoice", "payment", "payment_allocation"}) {
    if (!schema.object(name)) return {};
  }
  const auto of = std::make_shared<const Settling>(schema);
  rules.uses("invoice", {"amount", "open_amount", "allocated"});
  rules.uses("payment", {"account", "amount", "state", "unallocated"});
  rules.uses("payment_allocation", {"payment", "invoice", "amount"});
  rules.before_write("invoice", [of](RuleContext& context) -> Status {
    settle_invoice(context, *of);
    return {};
  });
  rules.before_write("payment",
                     [of](RuleContext& context) { return settle_payment(context, *of); });
  rules.before_write("payment_allocation",
                     [of](RuleContext& context) { return check_allocation(context, *of); });
  rules.keep("invoice", [of](RuleContext& context) { return keep_invoice(context, *of); });
  rules.keep("payment", [of](RuleContext& context) { return settle_payment(context, *of); });
  rules.concerns("payment_allocation", "payment", behind(of->of_payment));
  rules.concerns("payment_allocation", "invoice", behind(of->of_invoice));
  rules.concerns("payment", "invoice",
                 [of](const RuleFrame& frame, const RowValues* before, const RowValues* after,
                      std::vector<RecordId>& found) {
                   return find_settled(frame, *of, before, after, found);
                 });
  return {};
}

}  // namespace linchpin::receivables
