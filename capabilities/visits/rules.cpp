#include "visits/rules.h"

#include <array>

#include "visits/gift_limit.h"

namespace linchpin::visits {

using records::Field;
using records::integer_of;
using records::is_empty;
using records::Object;
using records::RuleContext;
using storage::Sql;

namespace {

struct GiftFields {
  const Field *account, *contact, *kind, *occasion, *given_on, *value, *state, *owner, *decided_by,
      *approved_at, *created_by;
};

// What was asked for; once decided it stays. Account and owner follow a merge and a handover.
std::array<const Field*, 5> terms_of(const GiftFields& fields) {
  return {fields.contact, fields.kind, fields.occasion, fields.given_on, fields.value};
}

void fill_in(RuleContext& context, const GiftFields& fields) {
  const records::Viewer& viewer = context.frame().viewer;
  if (is_empty(context.value(*fields.given_on))) {
    context.set(*fields.given_on, std::int64_t{context.frame().time_zone.local_day(viewer.now)});
  }
  if (is_empty(context.value(*fields.owner)) && viewer.scope.user()) {
    context.set(*fields.owner, viewer.scope.user().value);
  }
}

// Where the person is. None: unknown, or with no account.
Result<RecordId> account_of_person(RuleContext& context, const GiftFields& fields) {
  const Object* people = context.frame().schema.object("contact");
  Sql sql("SELECT ");
  sql.name(people->field("account")->column).add(" FROM ").name(people->table);
  sql.add(" WHERE id = ").value(integer_of(context.value(*fields.contact)));
  LP_TRY(const std::int64_t account, query_integer(context.frame().connection, sql, 0));
  return RecordId{account};
}

void check_contact(RuleContext& context, const GiftFields& fields, RecordId account) {
  if (!context.changed(*fields.contact) || is_empty(context.value(*fields.contact))) return;
  if (account.value != integer_of(context.value(*fields.account))) {
    context.refuse(*fields.contact, "gift_contact_elsewhere");
  }
}

// A decision is made once, by whoever writes it, of what others asked for.
void check_decision(RuleContext& context, const GiftFields& fields) {
  const bool decided = !is_empty(context.value(*fields.decided_by));
  const bool approved = !is_empty(context.value(*fields.approved_at));
  const std::string_view state = records::text_of(context.value(*fields.state));
  if (context.changed(*fields.decided_by)) {
    const storage::Value& person = context.value(*fields.decided_by);
    if (!decided || integer_of(person) != context.frame().viewer.scope.user().value) {
      context.refuse(*fields.decided_by, "read_only");
    } else if (person == context.value(*fields.created_by) ||
               person == context.value(*fields.owner)) {
      context.refuse(*fields.decided_by, "gift_own_decision");
    }
  } else if (context.changed(*fields.approved_at)) {
    context.refuse(*fields.approved_at, "read_only");
  }
  if (!decided) {
    const bool as_decided = state == "approved" || state == "refused";
    if (as_decided) context.refuse(*fields.state, "gift_needs_decision");
    return;
  }
  const bool fits = approved ? state == "approved" || state == "given" : state == "refused";
  if (!fits) context.refuse(*fields.state, approved ? "gift_approved" : "gift_refused");
  for (const Field* term : terms_of(fields)) {
    if (context.changed(*term)) context.refuse(*term, "gift_decided");
  }
}

// Whether the write gives, or changes, what nobody decided on.
bool takes_from_limit(const RuleContext& context, const GiftFields& fields) {
  const bool given = records::text_of(context.value(*fields.state)) == "given";
  const bool touched = context.changed(*fields.state) || context.changed(*fields.value) ||
                       context.changed(*fields.given_on) || context.changed(*fields.contact);
  return given && touched && is_empty(context.value(*fields.decided_by)) &&
         !is_empty(context.value(*fields.contact)) && !is_empty(context.value(*fields.value));
}

Status check_limit(RuleContext& context, const GiftFields& fields, RecordId account) {
  const records::RuleFrame& frame = context.frame();
  const RecordId contact{integer_of(context.value(*fields.contact))};
  const Field& id = *context.object().field("id");
  const int year = civil_of(static_cast<Day>(integer_of(context.value(*fields.given_on)))).year;
  LP_TRY(const Units limit, gift_limit(frame.connection, frame.schema, account));
  LP_TRY(GiftSums sums, gifts_in_year(frame.connection, frame.schema,
                                      {year, contact, {}, {integer_of(context.value(id))}}));
  const Units before = sums[contact.value];
  const Units asked = integer_of(context.value(*fields.value));
  Units after = 0;
  if (!__builtin_add_overflow(before, asked, &after) && after <= limit) return {};
  const int scale = frame.schema.money_scale();
  context.refuse(*fields.value, "gift_over_limit",
                 {{"year", std::to_string(year)},
                  {"limit", format_decimal(limit, scale)},
                  {"given", format_decimal(before, scale)},
                  {"asked", format_decimal(asked, scale)}});
  return {};
}

void keep_positive(RuleContext& context, const Field& field) {
  if (integer_of(context.value(field)) < 0) context.refuse(field, "gift_amount_negative");
}

void add_gift_rule(const Object& gift, records::Rules& rules) {
  const GiftFields fields{gift.field("account"),     gift.field("contact"),
                          gift.field("kind"),        gift.field("occasion"),
                          gift.field("given_on"),    gift.field("value"),
                          gift.field("state"),       gift.field("owner"),
                          gift.field("decided_by"),  gift.field("approved_at"),
                          gift.field("created_by")};
  rules.uses("gift", {"account", "contact", "kind", "occasion", "given_on", "value", "state",
                      "owner", "decided_by", "approved_at", "decision_note"});
  rules.before_write("gift", [fields](RuleContext& context) -> Status {
    fill_in(context, fields);
    keep_positive(context, *fields.value);
    check_decision(context, fields);
    const bool limited = takes_from_limit(context, fields);
    if (!limited && !context.changed(*fields.contact)) return {};
    LP_TRY(const RecordId account, account_of_person(context, fields));
    check_contact(context, fields, account);
    return limited ? check_limit(context, fields, account) : Status();
  });
}

// Trainings answer needs of the account that they are held for.
void add_training_rule(const Object& visit, const Object& need, records::Rules& rules) {
  const Field* link = visit.field("training_need");
  const Field* kind = visit.field("kind");
  const Field* account = visit.field("account");
  const Field* participants = visit.field("participants");
  rules.uses("visit", {"training_need", "kind", "account", "participants", "state"});
  rules.before_write("visit", [=, &need](RuleContext& context) -> Status {
    keep_positive(context, *participants);
    const bool touched = context.changed(*link) || context.changed(*kind);
    if (!touched || is_empty(context.value(*link))) return {};
    if (records::text_of(context.value(*kind)) != "training") {
      context.refuse(*link, "need_without_training");
    }
    Sql sql("SELECT ");
    sql.name(need.field("account")->column).add(" FROM ").name(need.table);
    sql.add(" WHERE id = ").value(integer_of(context.value(*link)));
    LP_TRY(const std::int64_t owner, query_integer(context.frame().connection, sql, 0));
    if (owner != integer_of(context.value(*account))) context.refuse(*link, "need_elsewhere");
    return {};
  });
  rules.before_write("training_need", [people = need.field("people")](RuleContext& context) {
    keep_positive(context, *people);
    return Status();
  });
}

void add_policy_rule(const Object& policy, records::Rules& rules) {
  rules.before_write("gift_policy", [&policy](RuleContext& context) -> Status {
    for (const Field& field : policy.fields) {
      if (field.type == records::FieldType::money) keep_positive(context, field);
    }
    return {};
  });
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* gift = schema.object("gift");
  const Object* policy = schema.object("gift_policy");
  if (gift && schema.object("contact")) add_gift_rule(*gift, rules);
  if (policy) add_policy_rule(*policy, rules);
  const Object* visit = schema.object("visit");
  const Object* need = schema.object("training_need");
  if (visit && need) add_training_rule(*visit, *need, rules);
  return {};
}

}  // namespace linchpin::visits
