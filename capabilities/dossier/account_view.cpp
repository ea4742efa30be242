#include "dossier/account_view.h"

#include "dossier/completeness.h"
#include "dossier/departments.h"
#include "dossier/figures.h"
#include "dossier/timeline.h"

namespace linchpin::dossier {

namespace {

constexpr int max_team = 50;
constexpr int max_people = 20;
constexpr int first_entries = 20;

json::string id_text(RecordId id) {
  return json::string(format_id(id));
}

// Those who are in the team today.
Status write_team(JsonWriter& out, const Reading& reading, RecordId account) {
  const json::string today(format_date(reading.records().today()));
  LP_TRY(const json::array team,
         reading.rows(
             {"account_member",
              {"user", "user.name", "role", "since", "until"},
              all_of({leaf("eq", "account", id_text(account)),
                      any_of({leaf("empty", "until", nullptr), leaf("gte", "until", today)})}),
              "created_at",
              false,
              max_team}));
  out.key("team").raw(json::serialize(team));
  return {};
}

Status write_people(JsonWriter& out, const Reading& reading, RecordId account) {
  LP_TRY(const json::array people,
         reading.rows(
             {"contact",
              {"name", "salutation", "title", "department_name", "layer", "function", "phone",
               "status"},
              all_of({leaf("eq", "account", id_text(account)),
                      any_of({leaf("empty", "status", nullptr), leaf("eq", "status", "active")})}),
              "layer",
              true,
              max_people}));
  out.key("people").raw(json::serialize(people));
  return {};
}

// Why the account has its tier: what a person decided last, or what the model gave.
Status write_tier_reason(JsonWriter& out, const Reading& reading, RecordId account) {
  const json::value here = leaf("eq", "account", id_text(account));
  LP_TRY(const json::array decided,
         reading.rows({"score_override",
                       {"tier", "reason", "state", "expires_on", "approver.name"},
                       here,
                       "",
                       true,
                       1}));
  LP_TRY(const json::array scored,
         reading.rows({"score_result",
                       {"composite", "tier", "model.name", "model_version", "at"},
                       here,
                       "",
                       true,
                       1}));
  out.key("tier").begin_object().key("override");
  decided.empty() ? out.null() : out.raw(json::serialize(fields_of(decided[0])));
  out.key("score");
  scored.empty() ? out.null() : out.raw(json::serialize(fields_of(scored[0])));
  out.end_object();
  return {};
}

Status write_next(JsonWriter& out, const Reading& reading, RecordId account) {
  const json::value here = leaf("eq", "account", id_text(account));
  LP_TRY(const json::array visits,
         reading.rows({"visit",
                       {"subject", "kind", "planned_at", "place", "state", "dossier_opened_at"},
                       all_of({here, leaf("eq", "state", "planned")}),
                       "planned_at",
                       false,
                       1}));
  LP_TRY(const json::array last,
         reading.rows({"visit",
                       {"kind", "done_at", "outcome", "progress"},
                       all_of({here, leaf("not_empty", "done_at", nullptr)}),
                       "done_at",
                       true,
                       1}));
  out.key("next_visit");
  visits.empty() ? out.null() : out.raw(json::serialize(visits[0]));
  out.key("last_visit");
  last.empty() ? out.null() : out.raw(json::serialize(last[0]));
  LP_TRY(const json::array tasks,
         reading.rows({"task",
                       {"title", "kind", "due_on", "owner", "owner.name", "evidence"},
                       all_of({here, leaf("eq", "state", "open")}),
                       "due_on",
                       false,
                       20}));
  out.key("tasks").raw(json::serialize(tasks));
  LP_TRY(const json::array complaints,
         reading.rows({"complaint",
                       {"number", "severity", "state", "content", "due_at", "raised_at"},
                       all_of({here, leaf("not_in", "state", json::array{"closed", "confirmed"})}),
                       "due_at",
                       false,
                       20}));
  out.key("open_complaints").raw(json::serialize(complaints));
  LP_TRY(const json::array promises, reading.rows({"promise",
                                                   {"content", "due_on", "state", "owner.name"},
                                                   all_of({here, leaf("eq", "state", "open")}),
                                                   "due_on",
                                                   false,
                                                   20}));
  out.key("open_promises").raw(json::serialize(promises));
  return {};
}

// Parts of the card that are records of their own.
Status write_gaps(JsonWriter& out, const Reading& reading, RecordId account) {
  const json::value here = leaf("eq", "account", id_text(account));
  const std::string_view parts[] = {"contact", "account_financial", "account_analysis"};
  out.key("gaps").begin_array();
  for (const std::string_view part : parts) {
    if (!reading.scope().may(access::Action::read, part)) continue;
    LP_TRY(const json::array found,
           reading.rows({std::string(part), {"account"}, here, "", true, 1}));
    if (found.empty()) out.string(part);
  }
  LP_TRY(const json::array deciders,
         reading.rows(
             {"contact", {"layer"}, all_of({here, leaf("eq", "layer", "deciding")}), "", true, 1}));
  if (deciders.empty()) out.string("decider");
  out.end_array();
  return {};
}

Status write_card(JsonWriter& out, const Reading& reading, const json::object& fields,
                  RecordId account) {
  const Completeness found = completeness_of(text_at(fields, "sector"), [&](std::string_view name) {
    const json::value* value = fields.if_contains(name);
    return value == nullptr || !value->is_null();  // what he may not see is not missing to him
  });
  out.key("card").begin_object().key("completeness").decimal(found.hundredths(), 2);
  out.key("filled").integer(found.filled).key("asked").integer(found.asked);
  out.key("minimum_met").boolean(found.minimum_met).key("missing").begin_array();
  for (const CardField& field : found.missing) {
    out.begin_object().key("field").string(field.name).key("minimum").boolean(field.minimum);
    out.end_object();
  }
  out.end_array();
  const std::string_view checked = text_at(fields, "card_checked_at");
  out.key("checked_at");
  const Instant now = reading.records().viewer(reading.scope()).now;
  bool due = true;
  if (checked.empty()) {
    out.null();
  } else {
    LP_TRY(const Instant at, parse_instant(checked));
    due = now - at >= card_check_days * milliseconds_per_day;
    out.instant(at);
  }
  out.key("check_due").boolean(due);
  LP_CHECK(write_gaps(out, reading, account));
  out.end_object();
  return {};
}

Status write_whole_view(JsonWriter& out, const Reading& reading, RecordId account) {
  LP_TRY(const json::object record, reading.record("account", account));
  const json::object& fields = record.at("fields").as_object();
  LP_TRY(const json::array names, reading.rows({"account",
                                                {"owner.name", "department.name", "parent.name"},
                                                leaf("eq", "id", id_text(account)),
                                                "",
                                                true,
                                                1}));
  out.begin_object().key("account").raw(json::serialize(record)).key("names");
  names.empty() ? out.begin_object().end_object() : out.raw(json::serialize(fields_of(names[0])));
  LP_CHECK(write_tier_reason(out, reading, account));
  LP_CHECK(write_team(out, reading, account));
  LP_CHECK(write_people(out, reading, account));
  LP_CHECK(write_next(out, reading, account));
  LP_CHECK(write_card(out, reading, fields, account));
  out.key("unvisited_departments");
  LP_CHECK(write_unvisited_departments(out, reading, account));
  out.key("figures");
  LP_CHECK(write_figures(out, reading, account));
  out.key("timeline");
  TimelineRequest timeline;
  timeline.account = account;
  timeline.limit = first_entries;
  LP_CHECK(write_timeline(out, reading, timeline));
  out.end_object();
  return {};
}

}  // namespace

Status write_account_view(JsonWriter& out, const Reading& reading, RecordId account) {
  return reading.records().database().snapshot(
      [&](storage::Connection&) { return write_whole_view(out, reading, account); });
}

json::value regularly_checked() {
  return any_of({leaf("in", "tier", json::array{"strategic", "key"}),
                 leaf("in", "pool_state", json::array{"in_pool", "watch"})});
}

json::value check_is_due(const Reading& reading) {
  const Instant now = reading.records().viewer(reading.scope()).now;
  const std::string before = format_instant(now - card_check_days * milliseconds_per_day);
  return all_of(
      {regularly_checked(), any_of({leaf("empty", "card_checked_at", nullptr),
                                    leaf("lt", "card_checked_at", json::string(before))})});
}

}  // namespace linchpin::dossier
