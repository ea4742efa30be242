#include "contacts/rules.h"

#include "contacts/buying_meetings.h"

namespace linchpin::contacts {

using records::Field;
using records::integer_of;
using records::is_empty;
using records::Object;
using records::RuleContext;
using records::Sensitivity;
using storage::Sql;

namespace {

constexpr std::int64_t most_support = 5;
constexpr std::int64_t map_edge = 100'000;  // in the map's points, on either side of its middle

void keep_within(RuleContext& context, const Field& field, std::int64_t least, std::int64_t most) {
  if (!context.changed(field) || is_empty(context.value(field))) return;
  const std::int64_t given = integer_of(context.value(field));
  if (given >= least && given <= most) return;
  context.refuse(field, "out_of_range",
                 {{"min", std::to_string(least)}, {"max", std::to_string(most)}});
}

void add_consent_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* contact = schema.object("contact");
  const Field* state = contact ? contact->field("consent_state") : nullptr;
  if (!state) return;
  rules.uses("contact", {"consent_state"});
  rules.before_write("contact", [=](RuleContext& context) -> Status {
    const std::string_view consent = records::text_of(context.value(*state));
    if (consent != "refused" && consent != "withdrawn") return {};
    for (const Field& field : context.object().fields) {
      if (field.sensitivity != Sensitivity::personal || !context.changed(field)) continue;
      if (!is_empty(context.value(field))) context.refuse(field, "consent_refused");
    }
    return {};
  });
}

// An opinion is of the day on which it was noted, where nothing else is said.
void add_standing_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* standing = schema.object("contact_standing");
  const Field* as_of = standing ? standing->field("as_of") : nullptr;
  const Field* support = standing ? standing->field("support") : nullptr;
  if (!as_of || !support) return;
  rules.uses("contact_standing", {"as_of", "support"});
  rules.before_write("contact_standing", [=](RuleContext& context) -> Status {
    keep_within(context, *support, -most_support, most_support);
    if (context.creating() && is_empty(context.value(*as_of))) {
      const records::RuleFrame& frame = context.frame();
      context.set(*as_of, std::int64_t{frame.time_zone.local_day(frame.viewer.now)});
    }
    return {};
  });
}

void add_position_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* position = schema.object("map_position");
  const Field* across = position ? position->field("x") : nullptr;
  const Field* down = position ? position->field("y") : nullptr;
  if (!across || !down) return;
  rules.uses("map_position", {"x", "y"});
  rules.before_write("map_position", [=](RuleContext& context) -> Status {
    keep_within(context, *across, -map_edge, map_edge);
    keep_within(context, *down, -map_edge, map_edge);
    return {};
  });
}

// What the record behind a link has in a link of its own. None: no such record, or nothing there.
Result<RecordId> behind(RuleContext& context, const Field& link, std::string_view further) {
  const RecordId id{integer_of(context.value(link))};
  const Object* target = context.frame().schema.object(link.target);
  const Field* field = target ? target->field(further) : nullptr;
  if (!id || !field) return RecordId{};
  Sql sql("SELECT ");
  sql.name(field->column).add(" FROM ").name(target->table).add(" WHERE id = ").value(id);
  LP_TRY(const std::int64_t found, query_integer(context.frame().connection, sql, 0));
  return RecordId{found};
}

Status keep_of(RuleContext& context, const Field& link, std::string_view further, RecordId owner) {
  if (!context.changed(link) || is_empty(context.value(link))) return {};
  LP_TRY(const RecordId found, behind(context, link, further));
  if (found != owner) context.refuse(link, "belongs_elsewhere");
  return {};
}

// A message is for the account of its person.
void add_message_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* message = schema.object("contact_message");
  if (!message || !schema.object("contact")) return;
  const Field* contact = message->field("contact");
  const Field* owner = message->field("owner");
  const Field* visit = message->field("visit");
  const Field* opportunity = message->field("opportunity");
  rules.uses("contact_message", {"contact", "owner", "visit", "opportunity"});
  rules.before_write("contact_message", [=](RuleContext& context) -> Status {
    const RecordId user = context.frame().viewer.scope.user();
    if (context.creating() && is_empty(context.value(*owner)) && user) {
      context.set(*owner, user.value);
    }
    LP_TRY(const RecordId account, behind(context, *contact, "account"));
    LP_CHECK(keep_of(context, *visit, "account", account));
    return keep_of(context, *opportunity, "account", account);
  });
}

void add_meeting_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* meeting = schema.object("buying_meeting");
  if (!meeting || !schema.object("buying_option")) return;
  const Field* id = meeting->field("id");
  const Field* account = meeting->field("account");
  const Field* opportunity = meeting->field("opportunity");
  const Field* chosen = meeting->field("chosen");
  rules.uses("buying_meeting", {"account", "opportunity", "held_on", "state", "chosen"});
  rules.before_write("buying_meeting", [=](RuleContext& context) -> Status {
    const RecordId customer{integer_of(context.value(*account))};
    LP_CHECK(keep_of(context, *opportunity, "account", customer));
    return keep_of(context, *chosen, "meeting", RecordId{integer_of(context.value(*id))});
  });
}

struct PreferenceFields {
  const Field *id, *meeting, *contact, *option;
};

// Everybody stands once in a meeting, which is no larger than what one confirmation takes in.
Status keep_participants(RuleContext& context, const PreferenceFields& fields) {
  if (!context.changed(*fields.contact) && !context.changed(*fields.meeting)) return {};
  Sql sql("SELECT count(*), coalesce(sum(CASE WHEN ");
  sql.name(fields.contact->column).add(" = ").value(integer_of(context.value(*fields.contact)));
  sql.add(" THEN 1 ELSE 0 END), 0) FROM ").name(context.object().table).add(" WHERE ");
  sql.name(fields.meeting->column).add(" = ").value(integer_of(context.value(*fields.meeting)));
  sql.add(" AND deleted_at IS NULL AND id <> ").value(integer_of(context.value(*fields.id)));
  LP_TRY(const auto row, context.frame().connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found) return {};
  if (row->integer(1) > 0) context.refuse(*fields.contact, "participant_twice");
  if (row->integer(0) >= max_meeting_people) {
    context.refuse(*fields.meeting, "too_many_participants",
                   {{"max", std::to_string(max_meeting_people)}});
  }
  return {};
}

void add_preference_rule(const records::Schema& schema, records::Rules& rules) {
  const Object* preference = schema.object("buying_preference");
  if (!preference || !schema.object("buying_meeting") || !schema.object("contact")) return;
  const PreferenceFields fields{preference->field("id"), preference->field("meeting"),
                                preference->field("contact"), preference->field("option")};
  rules.uses("buying_preference", {"meeting", "contact", "option"});
  rules.before_write("buying_preference", [=](RuleContext& context) -> Status {
    LP_TRY(const RecordId account, behind(context, *fields.meeting, "account"));
    LP_CHECK(keep_of(context, *fields.contact, "account", account));
    const RecordId meeting{integer_of(context.value(*fields.meeting))};
    LP_CHECK(keep_of(context, *fields.option, "meeting", meeting));
    return keep_participants(context, fields);
  });
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  add_consent_rule(schema, rules);
  add_standing_rule(schema, rules);
  add_position_rule(schema, rules);
  add_message_rule(schema, rules);
  add_meeting_rule(schema, rules);
  add_preference_rule(schema, rules);
  return {};
}

}  // namespace linchpin::contacts
