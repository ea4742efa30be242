#include "base/json_writer.h"
#include "demo/fill.h"

namespace linchpin::demo {

namespace {

constexpr int opening_time = 9 * 60 + 30;
constexpr int evening = 17 * 60 + 30;

}  // namespace

void fill(const Order& order, const Made& made, RecordDraft& draft) {
  draft.text("number", order.number)
      .link("account", Made::at(made.accounts, order.account))
      .link("selling_entity", Made::at(made.entities, order.entity))
      .link("contract", Made::at(made.contracts, order.contract))
      .past("ordered_at", order.day, order.minute)
      .text("status", order.status)
      .link("owner", Made::at(made.users, order.owner))
      .amount("amount", order.amount, money_digits);
}

void fill(const Line& line, const Made& made, RecordDraft& draft) {
  draft.link("order", Made::at(made.orders, line.order))
      .link("account", Made::at(made.accounts, line.account))
      .link("product", Made::at(made.products, line.product))
      .day("ordered_on", line.day)
      .amount("quantity", line.quantity, line_digits)
      .amount("unit_price", line.unit_price, line_digits)
      .amount("discount", line.discount, discount_digits)
      .amount("amount", line.amount, line_digits)
      .amount("tax_rate", line.tax_rate, rate_digits)
      .text("tax_basis", "exclusive")
      .amount("cost", line.cost, line_digits)
      .link("selling_entity", Made::at(made.entities, line.entity))
      .amount("net_amount", line.amount, line_digits)
      .amount("gross_amount", line.gross_amount, line_digits);
}

void fill(const RegionMarket& market, const Made&, RecordDraft& draft) {
  draft.text("region", market.region)
      .number("year", market.year)
      .amount("size", market.size, money_digits)
      .text("source", "行业协会年报与代理商访谈（估算）");
}

void fill(const Delivery& delivery, const Made& made, RecordDraft& draft) {
  draft.text("number", delivery.number)
      .link("order", Made::at(made.orders, delivery.order))
      .day("shipped_on", delivery.shipped_on)
      .day("signed_on", delivery.signed_on)
      .day("accepted_on", delivery.accepted_on)
      .text("carrier", delivery.carrier)
      .text("signed_by", delivery.signed_by);
}

void fill(const Invoice& invoice, const Made& made, RecordDraft& draft) {
  draft.text("number", invoice.number)
      .link("account", Made::at(made.accounts, invoice.account))
      .link("selling_entity", Made::at(made.entities, invoice.entity))
      .link("contract", Made::at(made.contracts, invoice.contract))
      .link("order", Made::at(made.orders, invoice.order))
      .day("issued_on", invoice.issued_on)
      .day("due_on", invoice.due_on)
      .amount("amount", invoice.amount, money_digits)
      .amount("tax_amount", invoice.tax_amount, money_digits)
      .amount("net_amount", invoice.amount - invoice.tax_amount, money_digits);
}

void fill(const Payment& payment, const Made& made, RecordDraft& draft) {
  draft.text("number", payment.number)
      .link("account", Made::at(made.accounts, payment.account))
      .link("selling_entity", Made::at(made.entities, payment.entity))
      .day("paid_on", payment.paid_on)
      .amount("amount", payment.amount, money_digits)
      .text("means", payment.means)
      .text("drawer", payment.drawer)
      .day("due_on", payment.due_on)
      .text("state", payment.state)
      .text("remarks", payment.remarks);
}

void fill(const Allocation& allocation, const Made& made, RecordDraft& draft) {
  draft.link("payment", Made::at(made.payments, allocation.payment))
      .link("invoice", Made::at(made.invoices, allocation.invoice))
      .amount("amount", allocation.amount, money_digits);
}

void fill(const Visit& visit, const Made& made, RecordDraft& draft) {
  draft.text("subject", visit.subject)
      .link("account", Made::at(made.accounts, visit.account))
      .text("kind", visit.kind)
      .planned("planned_at", visit.planned_on, visit.minute)
      .past("done_at", visit.done_on, visit.minute)
      .text("place", visit.place)
      .links("received_by", Made::all(made.contacts, visit.received_by))
      .links("our_people", Made::all(made.users, visit.our_people))
      .text("content", visit.content)
      .text("progress", visit.progress)
      .text("outcome", visit.outcome)
      .day("next_visit_on", visit.next_on)
      .text("state", visit.state)
      .link("training_need", Made::at(made.needs, visit.need));
  if (visit.participants > 0) draft.number("participants", visit.participants);
  if (visit.cost > 0) draft.amount("cost", visit.cost, money_digits);
  if (visit.dossier_opened) draft.past("dossier_opened_at", visit.done_on - 1, evening);
}

void fill(const Complaint& complaint, const Made& made, RecordDraft& draft) {
  draft.text("number", complaint.number)
      .link("account", Made::at(made.accounts, complaint.account))
      .link("contact", Made::at(made.contacts, complaint.contact))
      .past("raised_at", complaint.raised_on, complaint.minute)
      .text("channel", complaint.channel)
      .text("severity", complaint.severity)
      .link("product", Made::at(made.products, complaint.product))
      .text("batch", complaint.batch)
      .text("content", complaint.content)
      .text("course", complaint.course)
      .text("result", complaint.result)
      .text("cause", complaint.cause)
      .link("owner", Made::at(made.users, complaint.owner))
      .text("state", complaint.state)
      .past("closed_at", complaint.closed_on, evening)
      .flag("confirmed_by_customer", complaint.confirmed);
}

void fill(const std::vector<StageProbability>& stages, const Made&, RecordDraft& draft) {
  JsonWriter out;
  out.begin_array();
  for (const StageProbability& stage : stages) {
    out.begin_object().key("stage").string(stage.stage);
    out.key("probability").decimal(stage.probability, rate_digits).end_object();
  }
  out.end_array();
  draft.text("name", "标准商机流程")
      .flag("is_default", true)
      .flag("active", true)
      .json("stages", out.take());
}

void fill(const Opportunity& opportunity, const Made& made, RecordDraft& draft) {
  draft.text("name", opportunity.name)
      .link("account", Made::at(made.accounts, opportunity.account))
      .link("process", made.sales_process)
      .text("stage", opportunity.stage)
      .amount("amount", opportunity.amount, money_digits)
      .amount("probability", opportunity.probability, rate_digits)
      .day("expected_on", opportunity.expected_on)
      .day("tender_on", opportunity.tender_on)
      .link("owner", Made::at(made.users, opportunity.owner))
      .text("source", opportunity.source)
      .text("competitor", opportunity.competitor)
      .text("lost_reason", opportunity.lost_reason)
      .past("opened_at", opportunity.opened_on, opening_time)
      .past("closed_at", opportunity.closed_on, evening)
      .text("forecast_category", opportunity.forecast_category);
}

void fill(const PoolRound& round, const Made& made, RecordDraft& draft) {
  draft.text("name", round.name)
      .link("department", Made::at(made.departments, round.department))
      .day("opens_on", round.opens_on)
      .day("closes_on", round.closes_on)
      .planned("meeting_at", round.meeting_on, opening_time)
      .links("participants", Made::all(made.users, round.participants))
      .text("appraisal", round.appraisal)
      .text("decision", round.decision)
      .past("closed_at", round.closed_on, evening);
}

void fill(const PoolEntry& entry, const Made& made, RecordDraft& draft) {
  JsonWriter evidence;
  evidence.begin_object().key("net_sales_12_months");
  evidence.decimal(entry.sales_before, money_digits).end_object();
  draft.link("account", Made::at(made.accounts, entry.account))
      .text("state", entry.state)
      .text("tier", entry.tier)
      .day("since", entry.since)
      .day("until", entry.until)
      .text("reason", entry.reason)
      .json("evidence", evidence.take())
      .link("decided_by", Made::at(made.users, entry.decided_by))
      .link("requested_by", Made::at(made.users, entry.requested_by))
      .day("due_on", entry.due_on)
      .text("round", entry.round);
}

}  // namespace linchpin::demo
