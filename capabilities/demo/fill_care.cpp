#include "demo/fill.h"

namespace linchpin::demo {

void fill(const Gift& gift, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, gift.account))
      .link("contact", Made::at(made.contacts, gift.contact))
      .link("owner", Made::at(made.users, gift.owner))
      .text("occasion", gift.occasion)
      .text("kind", gift.kind)
      .text("state", gift.state)
      .amount("value", gift.value, money_digits)
      .day("given_on", gift.given_on);
}

void fill(const Relation& relation, const Made& made, RecordDraft& draft) {
  draft.link("account", Made::at(made.accounts, relation.account))
      .link("other", Made::at(made.accounts, relation.other))
      .text("kind", relation.kind)
      .text("note", relation.note)
      .day("since", relation.since);
  if (relation.share > 0) draft.amount("share", relation.share, money_digits);
}

void fill(const TrainingNeed& need, const Made& made, RecordDraft& draft) {
  draft.text("topic", need.topic)
      .link("account", Made::at(made.accounts, need.account))
      .link("product", Made::at(made.products, need.product))
      .link("category", Made::at(made.categories, need.category))
      .text("for_whom", need.for_whom)
      .number("people", need.people)
      .day("wanted_by", need.wanted_by);
}

void fill(const Message& message, const Made& made, RecordDraft& draft) {
  draft.link("contact", Made::at(made.contacts, message.contact))
      .link("owner", Made::at(made.users, message.owner))
      .text("text", message.text)
      .day("due_on", message.due_on)
      .day("delivered_on", message.delivered_on);
}

void fill(const BuyingMeeting& meeting, const Made& made, RecordDraft& draft) {
  draft.text("subject", meeting.subject)
      .link("account", Made::at(made.accounts, meeting.account))
      .link("opportunity", Made::at(made.opportunities, meeting.opportunity))
      .day("held_on", meeting.held_on)
      .text("state", meeting.state)
      .text("outcome", meeting.outcome)
      .day("confirmed_on", meeting.confirmed_on);
}

void fill(const BuyingOption& option, const Made& made, RecordDraft& draft) {
  draft.link("meeting", Made::at(made.meetings, option.meeting))
      .text("name", option.name)
      .flag("ours", option.ours);
}

void fill(const BuyingPreference& preference, const Made& made, RecordDraft& draft) {
  draft.link("meeting", Made::at(made.meetings, preference.meeting))
      .link("contact", Made::at(made.contacts, preference.contact))
      .link("option", Made::at(made.options, preference.option))
      .text("why", preference.why)
      .text("interest_organisational", preference.organisational)
      .text("interest_personal", preference.personal);
}

}  // namespace linchpin::demo
