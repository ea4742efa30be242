#include "demo/fill.h"

namespace linchpin::demo {

namespace {

constexpr int trip_begins = 9 * 60;
constexpr int trip_ends = 18 * 60;
constexpr int task_done = 17 * 60;

}  // namespace

void fill(const Financial& figures, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, figures.account))
      .number("year", figures.year)
      .amount("revenue", figures.revenue, money_digits)
      .amount("profit", figures.profit, money_digits)
      .amount("cash_flow", figures.cash_flow, money_digits)
      .amount("cost_of_sales", figures.cost_of_sales, money_digits)
      .amount("selling_expense", figures.selling_expense, money_digits)
      .amount("admin_expense", figures.admin_expense, money_digits)
      .amount("interest", figures.interest, money_digits);
}

void fill(const Analysis& analysis, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, analysis.account))
      .number("year", analysis.year)
      .text("strengths", analysis.strengths)
      .text("weaknesses", analysis.weaknesses)
      .text("opportunities", analysis.opportunities)
      .text("threats", analysis.threats)
      .text("competition", analysis.competition)
      .text("strategy", analysis.strategy)
      .text("bargaining_power", analysis.power);
}

void fill(const Influence& influence, const Made& made, RecordDraft& draft) {
  draft.link("from", Made::at(made.contacts, influence.from))
      .link("to", Made::at(made.contacts, influence.to))
      .text("strength", influence.strength);
}

void fill(const Standing& standing, const Made& made, RecordDraft& draft) {
  draft.link("contact", Made::at(made.contacts, standing.contact))
      .link("coverage", Made::at(made.users, standing.coverage))
      .text("buying_role", standing.buying_role)
      .text("attitude", standing.attitude)
      .text("reaction_mode", standing.reaction_mode)
      .text("evidence", standing.evidence)
      .number("influence", standing.influence)
      .number("support", standing.support)
      .day("as_of", standing.as_of);
}

void fill(const Trip& trip, const Made& made, RecordDraft& draft) {
  draft.link("contact", Made::at(made.contacts, trip.contact))
      .link("user", Made::at(made.users, trip.user))
      .text("from_city", trip.from_city)
      .text("to_city", trip.to_city)
      .text("transport", trip.transport)
      .text("transport_number", trip.number)
      .text("hotel", trip.hotel)
      .text("purpose", trip.purpose)
      .planned("starts_at", trip.starts_on, trip_begins)
      .planned("ends_at", trip.starts_on + trip.days - 1, trip_ends);
}

void fill(const Promise& promise, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, promise.account))
      .link("owner", Made::at(made.users, promise.owner))
      .text("content", promise.content)
      .text("state", promise.state)
      .day("promised_on", promise.promised_on)
      .day("due_on", promise.due_on);
}

void fill(const Remark& remark, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, remark.account))
      .link("author", Made::at(made.users, remark.author))
      .text("body", remark.body)
      .past("written_at", remark.day, remark.minute);
}

void fill(const Task& task, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, task.account))
      .link("owner", Made::at(made.users, task.owner))
      .text("title", task.title)
      .text("kind", task.kind)
      .text("state", task.state)
      .text("result", task.result)
      .day("due_on", task.due_on)
      .past("done_at", task.done_on, task_done);
}

}  // namespace linchpin::demo
