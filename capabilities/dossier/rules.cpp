#include "dossier/rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "dossier/completeness.h"
#include "dossier/credit_code.h"
#include "dossier/enrichment/annual_report.h"
#include "dossier/enrichment/mapping.h"
#include "inbound/registration.h"

namespace linchpin::dossier {

using records::Field;
using records::is_empty;
using records::Object;
using records::RuleContext;
using records::text_of;

namespace {

constexpr std::int64_t milliseconds_per_hour = 3'600'000;

// The most urgent has hours of the clock, whatever the day; the others have working days.
constexpr std::string_view most_urgent = "critical";
constexpr std::int64_t most_urgent_hours = 24;
struct DueDays {
  std::string_view severity;
  int working_days;
};
constexpr std::array due_days{DueDays{"high", 3}, DueDays{"medium", 5}, DueDays{"low", 10}};

void check_credit_code(RuleContext& context, const Field& code) {
  if (!context.changed(code) || is_empty(context.value(code))) return;
  const std::string plain = plain_credit_code(text_of(context.value(code)));
  if (is_credit_code(plain)) {
    context.set(code, plain);
  } else {
    context.refuse(code, "wrong_credit_code");
  }
}

// The card's fields by sector; a sector without an entry has those of the empty one.
using CardsBySector = std::map<std::string, std::vector<const Field*>, std::less<>>;

CardsBySector cards_of(const Object& account, const Field& sector) {
  CardsBySector cards;
  const auto add = [&](const std::string& key) {
    for (const CardField& field : card_fields(key)) {
      if (const Field* known = account.field(field.name)) cards[key].push_back(known);
    }
  };
  add("");
  for (const records::Option& option : sector.options) add(option.key);
  return cards;
}

void keep_completeness(RuleContext& context, const Field& completeness, const Field& sector,
                       const CardsBySector& cards) {
  const auto own = cards.find(text_of(context.value(sector)));
  const std::vector<const Field*>& fields = own == cards.end() ? cards.at("") : own->second;
  Completeness found;
  found.asked = static_cast<int>(fields.size());
  found.filled =
      static_cast<int>(std::count_if(fields.begin(), fields.end(), [&](const Field* field) {
        return !is_empty(context.value(*field));
      }));
  context.set(completeness, std::int64_t{found.hundredths()});
}

void add_account_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* account = schema.object("account");
  if (!account) return;
  const Field* code = account->field("credit_code");
  const Field* sector = account->field("sector");
  const Field* completeness = account->field("completeness");
  if (!code || !sector || !completeness) return;
  rules.uses("account", {"credit_code", "sector", "completeness"});
  const auto cards = std::make_shared<const CardsBySector>(cards_of(*account, *sector));
  rules.before_write("account", [=](RuleContext& context) -> Status {
    check_credit_code(context, *code);
    keep_completeness(context, *completeness, *sector, *cards);
    return {};
  });
}

void add_visit_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* visit = schema.object("visit");
  if (!visit) return;
  const Field* state = visit->field("state");
  const Field* done_at = visit->field("done_at");
  rules.uses("visit", {"state", "done_at"});
  rules.before_write("visit", [=](RuleContext& context) -> Status {
    const std::string_view now = text_of(context.value(*state));
    const bool over = now == "done" || now == "reported";
    if (over && context.changed(*state) && is_empty(context.value(*done_at))) {
      context.set(*done_at, context.frame().viewer.now);
    }
    return {};
  });
}

void add_shutdown_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* shutdown = schema.object("shutdown");
  if (!shutdown) return;
  const Field* starts_on = shutdown->field("starts_on");
  const Field* ends_on = shutdown->field("ends_on");
  rules.uses("shutdown", {"starts_on", "ends_on"});
  rules.before_write("shutdown", [=](RuleContext& context) -> Status {
    if (is_empty(context.value(*starts_on)) || is_empty(context.value(*ends_on))) return {};
    if (records::integer_of(context.value(*ends_on)) <
        records::integer_of(context.value(*starts_on))) {
      context.refuse(*ends_on, "ends_before_it_starts");
    }
    return {};
  });
}

// Until when a complaint of this severity is to be solved: at the time of day at which it was
// raised.
Instant due_of(std::string_view severity, Instant raised_at, const records::RuleFrame& frame) {
  if (severity == most_urgent) return raised_at + most_urgent_hours * milliseconds_per_hour;
  int days = due_days.back().working_days;
  for (const DueDays& entry : due_days) {
    if (entry.severity == severity) days = entry.working_days;
  }
  const Day raised_on = frame.time_zone.local_day(raised_at);
  return frame.time_zone.instant_of(frame.calendar.working_day_after(raised_on, days),
                                    raised_at - frame.time_zone.start_of_day(raised_on));
}

void add_complaint_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* complaint = schema.object("complaint");
  if (!complaint) return;
  const Field* raised_at = complaint->field("raised_at");
  const Field* due_at = complaint->field("due_at");
  const Field* severity = complaint->field("severity");
  const Field* state = complaint->field("state");
  const Field* result = complaint->field("result");
  const Field* closed_at = complaint->field("closed_at");
  rules.uses("complaint", {"raised_at", "due_at", "severity", "state", "result", "closed_at"});
  rules.before_write("complaint", [=](RuleContext& context) -> Status {
    const Instant now = context.frame().viewer.now;
    if (context.creating() && is_empty(context.value(*raised_at))) context.set(*raised_at, now);
    const bool clock_moves = context.changed(*severity) && !context.changed(*due_at);
    if (is_empty(context.value(*due_at)) || clock_moves) {
      context.set(*due_at, due_of(text_of(context.value(*severity)),
                                  records::integer_of(context.value(*raised_at)),
                                  context.frame()));
    }
    const bool closed = text_of(context.value(*state)) == "closed";
    if (closed && is_empty(context.value(*result))) {
      context.refuse(*result, "complaint_needs_result");
    }
    if (closed && is_empty(context.value(*closed_at))) context.set(*closed_at, now);
    if (!closed && context.changed(*state)) context.set(*closed_at, {});
    return {};
  });
}

// Who wrote it and when, where nothing else is said.
void add_comment_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* comment = schema.object("comment");
  if (!comment) return;
  const Field* author = comment->field("author");
  const Field* written_at = comment->field("written_at");
  rules.uses("comment", {"author", "written_at"});
  rules.before_write("comment", [=](RuleContext& context) -> Status {
    if (!context.creating()) return {};
    const records::Viewer& viewer = context.frame().viewer;
    if (is_empty(context.value(*author)) && viewer.scope.user()) {
      context.set(*author, viewer.scope.user().value);
    }
    if (is_empty(context.value(*written_at))) context.set(*written_at, viewer.now);
    return {};
  });
}

void add_task_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* task = schema.object("task");
  if (!task) return;
  const Field* state = task->field("state");
  const Field* kind = task->field("kind");
  const Field* result = task->field("result");
  const Field* done_at = task->field("done_at");
  rules.uses("task", {"state", "kind", "result", "done_at"});
  rules.before_write("task", [=](RuleContext& context) -> Status {
    const bool done = text_of(context.value(*state)) == "done";
    const bool asks = text_of(context.value(*kind)) == "record_cause";
    if (done && asks && is_empty(context.value(*result))) {
      context.refuse(*result, "cause_required");
    }
    if (done && is_empty(context.value(*done_at))) {
      context.set(*done_at, context.frame().viewer.now);
    }
    if (!done && context.changed(*state)) context.set(*done_at, {});
    return {};
  });
}

// Where the server asks others is for the administrators alone to say, whatever a role gives.
void add_registry_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* source = schema.object("registry_source");
  const Object* account = schema.object("account");
  if (!source || !account) return;
  const Field* address = source->field("address");
  const Field* mapping = source->field("mapping");
  rules.uses("registry_source", {"address", "mapping"});
  rules.before_write("registry_source", [=](RuleContext& context) -> Status {
    if (!context.frame().viewer.scope.administrator()) return Error::of(ErrorCode::forbidden);
    if (!inbound::is_safe_pattern(text_of(context.value(*address)))) {
      context.refuse(*address, "registry_address", {{"place", "{query}"}});
    }
    const Object& mapped = *context.frame().schema.object("account");
    const auto read = read_mapping(mapped, text_of(context.value(*mapping)));
    if (!read) context.refuse(*mapping, read.error().code, read.error().params);
    return {};
  });
}

void add_annual_report_rules(const records::Schema& schema, records::Rules& rules) {
  const Object* report = schema.object("annual_report");
  if (!report) return;
  const Field* noted = report->field("noted");
  rules.uses("annual_report", {"noted"});
  rules.before_write("annual_report", [=](RuleContext& context) -> Status {
    check_noted_values(context, *noted);
    return {};
  });
}

}  // namespace

Status add_rules(const records::Schema& schema, records::Rules& rules) {
  add_account_rules(schema, rules);
  add_visit_rules(schema, rules);
  add_shutdown_rules(schema, rules);
  add_complaint_rules(schema, rules);
  add_task_rules(schema, rules);
  add_comment_rules(schema, rules);
  add_registry_rules(schema, rules);
  add_annual_report_rules(schema, rules);
  return {};
}

}  // namespace linchpin::dossier
