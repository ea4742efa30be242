#include "receivables/due_dates.h"

#include <array>

#include "receivables/payment_terms.h"

namespace linchpin::receivables {

using records::Field;
using records::integer_of;
using records::is_empty;
using records::Object;
using records::RowValues;
using records::RuleContext;
using records::RuleFrame;
using records::text_of;
using records::Value;
using storage::Sql;

namespace {

// The three fields that say payment terms, of an account, contract or invoice.
struct TermsFields {
  explicit TermsFields(const Object& object)
      : start(object.field("payment_terms_start")),
        days(object.field("payment_terms_days")),
        pay_day(object.field("pay_day")) {}
  const Field *start, *days, *pay_day;
};

struct Parts {
  explicit Parts(const records::Schema& schema)
      : invoice(*schema.object("invoice")),
        account(*schema.object("account")),
        contract(*schema.object("contract")),
        order(*schema.object("order")),
        delivery(*schema.object("delivery")),
        node(*schema.object("payment_node")) {}

  const Object &invoice, &account, &contract, &order, &delivery, &node;
  const TermsFields terms{invoice};
  const Field& due_on = *invoice.field("due_on");
  const Field& due_by = *invoice.field("due_by");
  const Field& issued_on = *invoice.field("issued_on");
  const Field& of_account = *invoice.field("account");
  const Field& of_contract = *invoice.field("contract");
  const Field& of_order = *invoice.field("order");
  const Field& of_node = *invoice.field("payment_node");
};

std::optional<Day> day_at(const storage::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<Day>(row.integer(column));
}

// Takes the terms over from a record that has some.
Result<bool> take_terms_of(RuleContext& context, const Parts& parts, const Object& object,
                           const Value& record) {
  if (is_empty(record)) return false;
  const TermsFields from(object);
  Sql sql("SELECT ");
  sql.name(from.start->column).add(", ").name(from.days->column).add(", ");
  sql.name(from.pay_day->column).add(" FROM ").name(object.table).add(" WHERE id = ").value(record);
  LP_TRY(const auto row, context.frame().connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found || row->is_null(0)) return false;
  context.set(*parts.terms.start, std::string(row->text(0)));
  context.set(*parts.terms.days, row->is_null(1) ? Value() : Value(row->integer(1)));
  context.set(*parts.terms.pay_day, row->is_null(2) ? Value() : Value(row->integer(2)));
  return true;
}

Result<Value> contract_of(RuleContext& context, const Parts& parts) {
  const Value& named = context.value(parts.of_contract);
  const Value& order = context.value(parts.of_order);
  if (!is_empty(named) || is_empty(order)) return named;
  Sql sql("SELECT ");
  sql.name(parts.order.field("contract")->column).add(" FROM ").name(parts.order.table);
  sql.add(" WHERE id = ").value(order);
  LP_TRY(const std::int64_t contract, query_integer(context.frame().connection, sql, 0));
  return contract == 0 ? Value() : Value(contract);
}

Status take_terms(RuleContext& context, const Parts& parts) {
  if (!is_empty(context.value(parts.of_node))) {
    context.set(*parts.terms.start, std::string("node"));
    return {};
  }
  LP_TRY(const Value contract, contract_of(context, parts));
  LP_TRY(const bool agreed, take_terms_of(context, parts, parts.contract, contract));
  if (agreed) return {};
  LP_CHECK(take_terms_of(context, parts, parts.account, context.value(parts.of_account)));
  return {};
}

// An order is delivered, or accepted, when the last of its deliveries is.
Status read_delivery(RuleContext& context, const Parts& parts, TermsDays& days) {
  const Value& order = context.value(parts.of_order);
  if (is_empty(order)) return {};
  Sql arrived("COALESCE(");
  arrived.name(parts.delivery.field("signed_on")->column).add(", ");
  arrived.name(parts.delivery.field("shipped_on")->column).add(")");
  const auto& accepted = parts.delivery.field("accepted_on")->column;
  Sql sql("SELECT COUNT(*), COUNT(");
  sql.append(arrived).add("), MAX(").append(arrived).add("), COUNT(").name(accepted);
  sql.add("), MAX(").name(accepted).add(") FROM ").name(parts.delivery.table);
  sql.add(" WHERE ").name(parts.delivery.field("order")->column).add(" = ").value(order);
  sql.add(" AND deleted_at IS NULL");
  LP_TRY(const auto row, context.frame().connection.prepare(sql));
  LP_CHECK(row->step());
  const std::int64_t all = row->integer(0);
  if (row->integer(1) == all) days.delivered_on = day_at(*row, 2);
  if (row->integer(3) == all) days.accepted_on = day_at(*row, 4);
  return {};
}

Status read_node(RuleContext& context, const Parts& parts, TermsDays& days) {
  const Value& node = context.value(parts.of_node);
  if (is_empty(node)) return {};
  Sql sql("SELECT ");
  sql.name(parts.node.field("due_on")->column).add(" FROM ").name(parts.node.table);
  sql.add(" WHERE id = ").value(node);
  LP_TRY(const auto row, context.frame().connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (found) days.node_due_on = day_at(*row, 0);
  return {};
}

std::string_view waiting_for(TermsStart start) {
  switch (start) {
    case TermsStart::delivery:
      return "waiting_delivery";
    case TermsStart::acceptance:
      return "waiting_acceptance";
    case TermsStart::invoice:
    case TermsStart::month_end:
      return "waiting_issue";
    case TermsStart::node:
      return "waiting_node";
  }
  return {};
}

Status compute_due(RuleContext& context, const Parts& parts) {
  std::optional<std::int64_t> pay_day;
  const Value& stated = context.value(*parts.terms.pay_day);
  if (!is_empty(stated)) pay_day = integer_of(stated);
  const auto terms = payment_terms(text_of(context.value(*parts.terms.start)),
                                   integer_of(context.value(*parts.terms.days)), pay_day);
  if (!terms) {
    context.set(parts.due_by, {});
    context.set(parts.due_on, {});
    return {};
  }
  TermsDays days;
  const Value& issued = context.value(parts.issued_on);
  if (!is_empty(issued)) days.issued_on = static_cast<Day>(integer_of(issued));
  LP_CHECK(read_delivery(context, parts, days));
  LP_CHECK(read_node(context, parts, days));
  const std::optional<Day> due = due_day(*terms, days);
  context.set(parts.due_on, due ? Value(std::int64_t{*due}) : Value());
  context.set(parts.due_by, std::string(due ? "terms" : waiting_for(terms->start)));
  return {};
}

bool any_changed(const RuleContext& context, std::initializer_list<const Field*> fields) {
  for (const Field* field : fields) {
    if (context.changed(*field)) return true;
  }
  return false;
}

Status settle_due(RuleContext& context, const Parts& parts) {
  const bool has_day = !is_empty(context.value(parts.due_on));
  const bool typed = context.changed(parts.due_on);
  if (typed && has_day) {
    context.set(parts.due_by, std::string("entered"));
    return {};
  }
  const std::string_view by = text_of(context.value(parts.due_by));
  if (has_day && (by.empty() || by == "entered")) return {};
  const TermsFields& terms = parts.terms;
  const bool agreed = any_changed(context, {terms.start, terms.days, terms.pay_day});
  const bool moved = any_changed(context, {&parts.of_contract, &parts.of_node});
  const bool touched =
      typed || any_changed(context, {&parts.issued_on, &parts.of_order, &parts.of_account});
  if (!context.creating() && !agreed && !moved && !touched) return {};
  const bool unknown = is_empty(context.value(*terms.start));
  if (!agreed && (unknown || moved)) LP_CHECK(take_terms(context, parts));
  return compute_due(context, parts);
}

void check_terms(RuleContext& context, const TermsFields& fields) {
  const std::array ranges{std::tuple{fields.days, 0, max_terms_days},
                          std::tuple{fields.pay_day, 1, last_pay_day}};
  for (const auto& [field, least, most] : ranges) {
    const Value& value = context.value(*field);
    if (is_empty(value) || !context.changed(*field)) continue;
    if (integer_of(value) >= least && integer_of(value) <= most) continue;
    context.refuse(*field, "out_of_range",
                   {{"min", std::to_string(least)}, {"max", std::to_string(most)}});
  }
}

// The invoices whose link leads where a field of the written record does, the trash included.
records::Concern invoices_by(std::shared_ptr<const Parts> parts, const Field& link,
                             const Field& leading) {
  return [parts = std::move(parts), &link, &leading](
             const RuleFrame& frame, const RowValues* before, const RowValues* after,
             std::vector<RecordId>& found) -> Status {
    for (const RowValues* row : {before, after}) {
      if (!row || is_empty((*row)[leading.index])) continue;
      Sql sql("SELECT id FROM ");
      sql.name(parts->invoice.table).add(" WHERE ").name(link.column).add(" = ");
      sql.value((*row)[leading.index]);
      LP_TRY(const auto rows, frame.connection.prepare(sql));
      while (true) {
        LP_TRY(const bool any, rows->step());
        if (!any) break;
        found.push_back(RecordId{rows->integer(0)});
      }
    }
    return {};
  };
}

void add_terms_check(const Object& object, records::Rules& rules) {
  rules.uses(object.api_name, {"payment_terms_start", "payment_terms_days", "pay_day"});
  rules.before_write(object.api_name,
                     [fields = TermsFields(object)](RuleContext& context) -> Status {
                       check_terms(context, fields);
                       return {};
                     });
}

}  // namespace

Status add_due_date_rules(const records::Schema& schema, records::Rules& rules) {
  for (const char* name : {"invoice", "account", "contract", "order", "delivery", "payment_node"}) {
    if (!schema.object(name)) return {};
  }
  const auto parts = std::make_shared<const Parts>(schema);
  for (const Object* object : {&parts->account, &parts->contract, &parts->invoice}) {
    add_terms_check(*object, rules);
  }
  rules.uses("invoice",
             {"due_on", "due_by", "issued_on", "account", "contract", "order", "payment_node"});
  rules.uses("delivery", {"order", "shipped_on", "signed_on", "accepted_on"});
  rules.uses("payment_node", {"due_on"});
  rules.before_write("invoice",
                     [parts](RuleContext& context) { return settle_due(context, *parts); });
  rules.keep("invoice", [parts](RuleContext& context) -> Status {
    const std::string_view by = text_of(context.value(parts->due_by));
    if (by.empty() || by == "entered") return {};
    return compute_due(context, *parts);
  });
  rules.concerns("delivery", "invoice",
                 invoices_by(parts, parts->of_order, *parts->delivery.field("order")));
  rules.concerns("payment_node", "invoice",
                 invoices_by(parts, parts->of_node, *parts->node.field("id")));
  return {};
}

}  // namespace linchpin::receivables
