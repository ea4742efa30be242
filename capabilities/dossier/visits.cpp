#include "dossier/visits.h"

#include "records/batch.h"

namespace linchpin::dossier {

namespace {

constexpr std::int64_t next_visit_hour = 9 * 3'600'000;

struct Planned {
  RecordId account;
  json::value our_people;
  json::value received_by;
  json::value files;
};

Result<Planned> planned_of(const Reading& reading, const VisitReport& report) {
  if (!report.visit) return Planned{report.account, {}, {}, {}};
  LP_TRY(const json::object record, reading.record("visit", report.visit));
  const json::object& fields = record.at("fields").as_object();
  Planned planned;
  LP_TRY(planned.account, parse_id(text_at(fields, "account")));
  if (const json::value* people = fields.if_contains("our_people")) planned.our_people = *people;
  if (const json::value* met = fields.if_contains("received_by")) planned.received_by = *met;
  if (const json::value* files = fields.if_contains("files")) planned.files = *files;
  return planned;
}

// Those of the plan and then those of the report; what is no list is refused by the write.
json::value all_files(const json::value& planned, const json::value& told) {
  if (!planned.is_array() || !told.is_array()) return told;
  json::array files = planned.get_array();
  files.insert(files.end(), told.get_array().begin(), told.get_array().end());
  return files;
}

records::BatchOp next_visit(const Reading& reading, const Planned& planned,
                            const json::object& report, Day day) {
  const TimeZone zone = reading.records().frame().time_zone;
  records::BatchOp op;
  op.operation = records::BatchOperation::create;
  op.fields["account"] = format_id(planned.account);
  op.fields["state"] = "planned";
  op.fields["planned_at"] = format_instant(zone.instant_of(day, next_visit_hour));
  op.fields["our_people"] = planned.our_people;
  op.fields["received_by"] = planned.received_by;
  if (const json::value* manager = report.if_contains("entered_for")) {
    op.fields["entered_for"] = *manager;
  }
  return op;
}

// Where nobody is named: whoever reports, or for whom he does.
json::array who_went(const Reading& reading, const json::object& report) {
  const std::string_view manager = text_at(report, "entered_for");
  if (!manager.empty()) return json::array{json::string(manager)};
  return json::array{json::string(format_id(reading.scope().user()))};
}

}  // namespace

Result<Reported> report_visit(const Reading& reading, const VisitReport& report,
                              const records::BatchOptions& options) {
  LP_TRY(Planned planned, planned_of(reading, report));
  if (planned.our_people.is_null() || planned.our_people.as_array().empty()) {
    planned.our_people = who_went(reading, report.fields);
  }
  for (const char* name : {"our_people", "received_by"}) {
    const json::value* given = report.fields.if_contains(name);
    if (!given || !given->is_array()) continue;
    (std::string_view(name) == "our_people" ? planned.our_people : planned.received_by) = *given;
  }
  records::BatchRequest batch;
  records::BatchOp told;
  told.operation = report.visit ? records::BatchOperation::update : records::BatchOperation::create;
  told.id = report.visit;
  told.fields = report.fields;
  told.fields["state"] = "reported";
  if (json::value* files = told.fields.if_contains("files")) {
    *files = all_files(planned.files, *files);
  }
  if (!report.visit) {
    told.fields["account"] = format_id(report.account);
    told.fields["our_people"] = planned.our_people;
  }
  batch.ops.push_back(std::move(told));
  if (const std::string_view next = text_at(report.fields, "next_visit_on"); !next.empty()) {
    LP_TRY(const Day day, parse_date(next));
    batch.ops.push_back(next_visit(reading, planned, report.fields, day));
  }
  LP_TRY(const auto outcomes, reading.records().batch(reading.scope(), "visit", batch, options));
  for (const records::OpOutcome& outcome : outcomes) {
    if (outcome.error) return Error(*outcome.error);
  }
  return Reported{outcomes.at(0).id, outcomes.size() > 1 ? outcomes[1].id : RecordId{}};
}

Status open_dossier(const Reading& reading, RecordId visit, const stream::Origin& origin) {
  LP_TRY(const json::object record, reading.record("visit", visit));
  const json::object& fields = record.at("fields").as_object();
  const bool opened = !text_at(fields, "dossier_opened_at").empty();
  if (opened || text_at(fields, "state") != "planned") return {};
  records::Patch patch;
  patch.any_version = true;
  patch.fields["dossier_opened_at"] = format_instant(reading.records().viewer(reading.scope()).now);
  records::WriteOptions options;
  options.origin = origin;
  const auto written = reading.records().update(reading.scope(), "visit", visit, patch, options);
  return written ? Status() : Status(written.error());
}

}  // namespace linchpin::dossier
