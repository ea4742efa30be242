#include "dossier/enrichment/annual_report.h"

#include <algorithm>
#include <array>
#include <set>

#include "dossier/contradictions.h"
#include "dossier/enrichment/mapping.h"
#include "dossier/enrichment/provenance.h"
#include "records/attachments.h"
#include "records/rights.h"

namespace linchpin::dossier {

namespace {

using records::Field;
using records::Object;

constexpr int max_reports = 30;
constexpr std::string_view yearly_figures = "account_financial";
constexpr std::array noted_objects{std::string_view("account"), yearly_figures};

// The year and the source are the report's own.
bool may_be_noted(const Field& field) {
  return is_plain(field) && field.api_name != "year" && field.api_name != "source";
}

const Field* noted_field(const records::Schema& schema, std::string_view object,
                         std::string_view name) {
  if (std::find(noted_objects.begin(), noted_objects.end(), object) == noted_objects.end()) {
    return nullptr;
  }
  const Field* field = schema.object(object)->field(name);
  return field && may_be_noted(*field) ? field : nullptr;
}

// One value in API form; nothing where it was refused.
std::optional<json::object> read_noted(records::RuleContext& context, const Field& noted,
                                       const json::value& told, const std::string& place) {
  const auto refuse = [&](std::string code, ErrorParams params = {}) {
    context.refuse_within(noted, place, std::move(code), std::move(params));
    return std::nullopt;
  };
  if (!told.is_object()) return refuse("noted_shape");
  const json::object& one = told.get_object();
  const std::string_view object = text_at(one, "object");
  const std::string_view name = text_at(one, "field");
  const Field* field = noted_field(context.frame().schema, object, name);
  if (!field) return refuse("noted_field", {{"field", std::string(name)}});
  const std::int64_t page = integer_at(one, "page");
  if (page < 1 || page > max_report_page) {
    return refuse("noted_page",
                  {{"field", std::string(name)}, {"max", std::to_string(max_report_page)}});
  }
  const json::value* said = one.if_contains("value");
  const auto value =
      said ? understood(*field, *said, context.frame().time_zone) : std::optional<json::value>();
  if (!value || value->is_null()) return refuse("noted_value", {{"field", std::string(name)}});
  return json::object{{"object", json::string(object)},
                      {"field", json::string(name)},
                      {"value", *value},
                      {"page", page}};
}

std::int64_t page_of(const json::object& report, std::string_view object, std::string_view field) {
  for (const json::value& one : report.at("noted").as_array()) {
    const json::object& noted = one.as_object();
    const bool here = text_at(noted, "object") == object && text_at(noted, "field") == field;
    if (here) return integer_at(noted, "page");
  }
  return 0;
}

// A record as it is stored, that of the card or of the figures of a year.
struct StoredValues {
  RecordId id;
  json::object fields;
};

// Null fields where nothing is stored of that year yet, nothing for who may not see it.
Result<std::optional<StoredValues>> figures_of(const Reading& reading, RecordId account,
                                         std::int64_t year) {
  const auto schema = reading.records().schema();
  const Object& object = *schema->object(yearly_figures);
  using Found = std::optional<StoredValues>;
  if (!reading.scope().may(access::Action::read, yearly_figures)) return Found();
  std::vector<std::string> select;
  StoredValues stored;
  for (const Field& field : object.fields) {
    if (!may_be_noted(field)) continue;
    if (records::right_of(reading.scope(), object, field) == access::FieldRight::none) continue;
    select.push_back(field.api_name);
    stored.fields[field.api_name] = nullptr;
  }
  LP_TRY(const json::array rows,
         reading.rows({std::string(yearly_figures), std::move(select),
                       all_of({leaf("eq", "account", json::string(format_id(account))),
                               leaf("eq", "year", year)}),
                       "created_at", false, 1}));
  if (rows.empty()) return Found(std::move(stored));
  LP_TRY(stored.id, parse_id(text_at(rows[0].as_object(), "id")));
  stored.fields = fields_of(rows[0]);
  return Found(std::move(stored));
}

Result<std::string> file_name_of(const Reading& reading, std::string_view file) {
  if (file.empty()) return std::string();
  LP_TRY(const RecordId id, parse_id(file));
  std::string name;
  LP_CHECK(reading.records().database().read([&](storage::Connection& connection) -> Status {
    LP_TRY(const auto about, records::read_attachment(connection, id));
    if (about) name = about->file_name;
    return {};
  }));
  return name;
}

void write_part(JsonWriter& out, const Reading& reading, const json::object& report,
                std::string_view object, const json::object& ours) {
  const auto schema = reading.records().schema();
  out.begin_object().key("object").string(object);
  write_comparison(out, reading.scope(), *schema->object(object), ours, noted_of(report, object));
  out.end_object();
}

Status write_report(JsonWriter& out, const Reading& reading, const json::value& row,
                    RecordId account, const json::object& card) {
  const json::object& fields = fields_of(row);
  LP_TRY(const std::string file_name, file_name_of(reading, text_at(fields, "file")));
  LP_TRY(const auto figures, figures_of(reading, account, integer_at(fields, "year")));
  out.begin_object().key("id").string(text_at(row.as_object(), "id"));
  out.key("version").integer(integer_at(row.as_object(), "version"));
  out.key("year").integer(integer_at(fields, "year"));
  out.key("file").string(text_at(fields, "file")).key("file_name").string(file_name);
  const json::value* noted = fields.if_contains("noted");
  out.key("noted").raw(noted && noted->is_array() ? json::serialize(*noted) : "[]");
  out.key("parts").begin_array();
  write_part(out, reading, fields, "account", card);
  if (figures) write_part(out, reading, fields, yearly_figures, figures->fields);
  out.end_array().end_object();
  return {};
}

// What may be noted by this reader.
void write_notable(JsonWriter& out, const Reading& reading) {
  const auto schema = reading.records().schema();
  out.begin_array();
  for (const std::string_view name : noted_objects) {
    const Object& object = *schema->object(name);
    if (!reading.scope().may(access::Action::read, name)) continue;
    out.begin_object().key("object").string(name).key("fields").begin_array();
    for (const Field& field : object.fields) {
      const bool seen =
          records::right_of(reading.scope(), object, field) != access::FieldRight::none;
      if (seen && may_be_noted(field)) out.string(field.api_name);
    }
    out.end_array().end_object();
  }
  out.end_array();
}

Error report_problem(std::string_view member, std::string code, std::string field) {
  return Error::invalid(FieldProblem{"/" + std::string(member), std::string(member),
                                     std::move(code), {{"field", std::move(field)}}});
}

// What is chosen of a report, with where it comes from.
Result<TakenValues> taken_of(const Reading& reading, const AnnualReports::Choice& choice,
                             RecordId account, const json::object& report) {
  const json::object offered = noted_of(report, choice.object);
  TakenValues taken;
  taken.account = account;
  taken.report = choice.report;
  taken.year = integer_at(report, "year");
  LP_TRY(taken.source, file_name_of(reading, text_at(report, "file")));
  taken.taken_at = reading.records().viewer(reading.scope()).now;
  for (const std::string& name : choice.fields) {
    const json::value* value = offered.if_contains(name);
    if (!value) return report_problem("fields", "report_not_offered", name);
    taken.values.push_back({name, *value, page_of(report, choice.object, name)});
  }
  return taken;
}

// The record that the values of a choice go to; no id where the figures of the year are to be made.
Result<StoredValues> stored_values(const Reading& reading, const AnnualReports::Choice& choice,
                                  RecordId account, std::int64_t year) {
  if (choice.object == yearly_figures) {
    LP_TRY(auto figures, figures_of(reading, account, year));
    if (!figures) return Error::of(ErrorCode::forbidden);
    return std::move(*figures);
  }
  LP_TRY(const json::object record, reading.record("account", account));
  return StoredValues{account, record.at("fields").as_object()};
}

// What a report says holds at the end of its year.
ContraryFinding contrary_finding(const TakenValues& taken, const StoredValues& stored) {
  ContraryFinding finding;
  finding.account = taken.account;
  if (stored.id != taken.account) {
    finding.financial = stored.id;
    finding.year = taken.year;
  }
  finding.source = taken.source;
  finding.found_at = taken.taken_at;
  finding.effective_on = day_of({static_cast<int>(taken.year), 12, 31});
  for (const TakenValue& value : taken.values) {
    const json::value* ours = stored.fields.if_contains(value.field);
    if (ours) finding.values.push_back({value.field, *ours, value.value});
  }
  return finding;
}

// Writes what is chosen to what is stored now.
Status write_choice(const Reading& reading, const AnnualReports::Choice& choice,
                    const TakenValues& offered, const stream::Origin& origin) {
  records::Records& records = reading.records();
  LP_TRY(const StoredValues stored, stored_values(reading, choice, offered.account, offered.year));
  const Own own(reading);
  const ContraryFinding contrary = contrary_finding(offered, stored);
  LP_TRY(const std::vector<Contradiction> contradicted, contradictions_of(own, contrary));
  records::WriteOptions options;
  options.origin = origin;
  options.reason = choice.reason;
  options.in_transaction = [&](storage::Connection& connection, std::string_view answer) -> Status {
    TakenValues taken = offered;
    if (choice.object == yearly_figures) {
      LP_TRY(const json::object made, parse_json_object(answer));
      LP_TRY(taken.financial, parse_id(text_at(made, "id")));
    }
    LP_CHECK(keep_provenance(records, connection, origin, taken));
    records::BulkSlice slice(records, connection, own.reading().scope(), origin);
    LP_CHECK(keep_contradictions(slice, contrary, contradicted));
    return slice.finish();
  };
  json::object fields;
  for (const TakenValue& value : offered.values) fields[value.field] = value.value;
  if (!stored.id) {
    fields["account"] = json::string(format_id(offered.account));
    fields["year"] = offered.year;
    fields["source"] = offered.source;
    const auto made = records.create(reading.scope(), choice.object, fields, options);
    return made ? Status() : Status(made.error());
  }
  records::Patch patch;
  patch.fields = std::move(fields);
  patch.base = choice.base;
  patch.any_version = !choice.base;
  const auto written =
      records.update(reading.scope(), choice.object, stored.id, patch, options);
  return written ? Status() : Status(written.error());
}

// Whether somebody else has made the figures of the year meanwhile.
bool is_made_meanwhile(const Error& error) {
  return error.code == ErrorCode::duplicate ||
         std::any_of(error.problems.begin(), error.problems.end(),
                     [](const FieldProblem& problem) { return problem.code == "year_taken"; });
}

}  // namespace

json::object noted_of(const json::object& report, std::string_view object) {
  json::object values;
  const json::value* noted = report.if_contains("noted");
  if (!noted || !noted->is_array()) return values;
  for (const json::value& one : noted->get_array()) {
    if (text_at(one.as_object(), "object") != object) continue;
    values[text_at(one.as_object(), "field")] = one.at("value");
  }
  return values;
}

void check_noted_values(records::RuleContext& context, const Field& noted) {
  if (!context.changed(noted) || records::is_empty(context.value(noted))) return;
  const auto told = parse_json(records::text_of(context.value(noted)));
  if (!told || !told->is_array()) return context.refuse(noted, "noted_shape");
  const json::array& list = told->get_array();
  if (list.size() > max_noted_values) {
    return context.refuse(noted, "noted_too_many", {{"max", std::to_string(max_noted_values)}});
  }
  json::array kept;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = "/" + std::to_string(i);
    auto one = read_noted(context, noted, list[i], place);
    if (!one) continue;
    const std::string name(text_at(*one, "field"));
    if (!seen.insert(std::string(text_at(*one, "object")) + "." + name).second) {
      context.refuse_within(noted, place, "noted_twice", {{"field", name}});
    }
    kept.push_back(std::move(*one));
  }
  context.set(noted, kept.empty() ? storage::Value() : storage::Value(json::serialize(kept)));
}

Status AnnualReports::write(JsonWriter& out, const Reading& reading, RecordId account) const {
  LP_TRY(const json::object record, reading.record("account", account));
  const json::object& card = record.at("fields").as_object();
  LP_TRY(const json::array rows,
         reading.rows({"annual_report",
                       {"year", "file", "noted"},
                       leaf("eq", "account", json::string(format_id(account))),
                       "year",
                       true,
                       max_reports}));
  out.begin_object().key("reports").begin_array();
  for (const json::value& row : rows) LP_CHECK(write_report(out, reading, row, account, card));
  out.end_array().key("fields");
  write_notable(out, reading);
  out.end_object();
  return {};
}

Status AnnualReports::apply(const Reading& reading, RecordId account, const Choice& choice,
                            const stream::Origin& origin) const {
  LP_CHECK(reading.record("account", account));
  LP_TRY(const json::object record, reading.record("annual_report", choice.report));
  const json::object& report = record.at("fields").as_object();
  if (text_at(report, "account") != format_id(account)) return Error::of(ErrorCode::not_found);
  if (integer_at(record, "version") != choice.version) {
    return Error::of(ErrorCode::invalid_state, "report_changed");
  }
  LP_TRY(const TakenValues offered, taken_of(reading, choice, account, report));
  const Status written = write_choice(reading, choice, offered, origin);
  if (written || !is_made_meanwhile(written.error())) return written;
  return write_choice(reading, choice, offered, origin);
}

}  // namespace linchpin::dossier
