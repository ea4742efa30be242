#include "dossier/contradictions.h"

#include "dossier/card_parts.h"
#include "records/rights.h"

namespace linchpin::dossier {

namespace {

constexpr int max_history = 200;  // entries of a record's, and contradictions of an account

std::string_view object_of(const ContraryFinding& finding) {
  return finding.financial ? "account_financial" : "account";
}

std::string_view part_of(const ContraryFinding& finding) {
  return finding.financial ? card_part::finances : card_part::company;
}

struct HandCheck {
  RecordId id;
  Instant at = 0;
  RecordId by;
};

Result<std::optional<HandCheck>> last_check(const Own& own, const ContraryFinding& finding) {
  LP_TRY(const json::array rows,
         own.reading().rows(
             {"card_check",
              {"checked_at", "by"},
              all_of({leaf("eq", "account", json::string(format_id(finding.account))),
                      leaf("has_any", "parts", json::array{json::string(part_of(finding))})}),
              "checked_at",
              true,
              1}));
  if (rows.empty()) return std::optional<HandCheck>();
  HandCheck check{id_at(rows[0].as_object(), "id"), 0, id_at(fields_of(rows[0]), "by")};
  LP_TRY(check.at, parse_instant(text_at(fields_of(rows[0]), "checked_at")));
  return std::optional<HandCheck>(check);
}

using Names = std::set<std::string, std::less<>>;

// Names that were written since; nothing where the history is too long to say.
Result<std::optional<Names>> written_since(const Own& own, const ContraryFinding& finding,
                                            Instant since) {
  records::PageRequest page;
  page.limit = max_history;
  JsonWriter out;
  const Reading& reading = own.reading();
  LP_CHECK(reading.records().history(reading.scope(), object_of(finding),
                                     finding.financial ? finding.financial : finding.account, page,
                                     out));
  LP_TRY(const json::object history, parse_json_object(out.text()));
  const json::array& entries = history.at("entries").as_array();
  Names written;
  for (const json::value& entry : entries) {
    LP_TRY(const Instant at, parse_instant(text_at(entry.as_object(), "at")));
    if (at <= since) return std::optional<Names>(std::move(written));
    for (const json::value& change : entry.at("changes").as_array()) {
      written.emplace(text_at(change.as_object(), "field"));
    }
  }
  if (entries.size() == max_history) return std::optional<Names>();
  return std::optional<Names>(std::move(written));
}

// What is kept already is not kept again.
Result<Names> known_keys(const Own& own, RecordId account) {
  LP_TRY(const json::array rows,
         own.reading().rows({"card_contradiction",
                             {"key"},
                             leaf("eq", "account", json::string(format_id(account))),
                             "",
                             true,
                             max_history}));
  Names keys;
  for (const json::value& row : rows) keys.emplace(text_at(fields_of(row), "key"));
  return keys;
}

storage::Value id_or_nothing(RecordId id) {
  return id ? storage::Value(id.value) : storage::Value();
}

// Whether the reader may see the field that a contradiction is about.
bool sees_field(const Reading& reading, const records::Schema& schema, const json::object& fields) {
  const bool yearly = integer_at(fields, "year") != 0;
  const records::Object* object = schema.object(yearly ? "account_financial" : "account");
  if (!object || !reading.scope().may(access::Action::read, object->api_name)) return false;
  const records::Field* field = object->field(text_at(fields, "field"));
  return field && records::right_of(reading.scope(), *object, *field) != access::FieldRight::none;
}

void write_or_null(JsonWriter& out, std::string_view key, std::string_view text) {
  out.key(key);
  text.empty() ? out.null() : out.string(text);
}

void write_person_or_account(JsonWriter& out, std::string_view key, const json::object& fields,
                 const std::string& path) {
  out.key(key).begin_object();
  write_or_null(out, "id", text_at(fields, path));
  out.key("name").string(text_at(fields, path + ".name")).end_object();
}

void write_value_of(JsonWriter& out, std::string_view key, const json::object& fields) {
  const json::value* value = fields.if_contains(key);
  out.key(key).raw(value ? json::serialize(*value) : "null");
}

void write_contradiction(JsonWriter& out, const json::value& row) {
  const json::object& fields = fields_of(row);
  const std::int64_t year = integer_at(fields, "year");
  out.begin_object().key("id").string(text_at(row.as_object(), "id"));
  write_person_or_account(out, "account", fields, "account");
  out.key("part").string(text_at(fields, "part"));
  out.key("object").string(year == 0 ? "account" : "account_financial");
  out.key("field").string(text_at(fields, "field")).key("year");
  year == 0 ? out.null() : out.integer(year);
  write_value_of(out, "said", fields);
  write_value_of(out, "found", fields);
  write_or_null(out, "source", text_at(fields, "source"));
  write_or_null(out, "found_at", text_at(fields, "found_at"));
  write_or_null(out, "effective_on", text_at(fields, "effective_on"));
  write_or_null(out, "checked_at", text_at(fields, "checked_at"));
  write_person_or_account(out, "checked_by", fields, "checked_by");
  out.end_object();
}

records::QueryRequest query_of(const Reading& reading, const ContradictionsRequest& request) {
  const TimeZone zone = reading.records().frame().time_zone;
  const auto begin_of = [&](Day day) {
    return json::string(format_instant(zone.start_of_day(day)));
  };
  json::array where;
  if (request.account) {
    where.push_back(leaf("eq", "account", json::string(format_id(request.account))));
  }
  if (request.by) where.push_back(leaf("eq", "checked_by", json::string(format_id(request.by))));
  if (request.from) where.push_back(leaf("gte", "found_at", begin_of(*request.from)));
  if (request.to) where.push_back(leaf("lt", "found_at", begin_of(*request.to)));
  records::QueryRequest query;
  query.select = {"account", "account.name", "part",         "field",      "year",
                  "said",    "found",        "source",       "found_at",   "effective_on",
                  "checked_at", "checked_by", "checked_by.name"};
  if (!where.empty()) query.where = all_of(std::move(where));
  query.sort = json::array{json::object{{"field", "found_at"}, {"dir", "desc"}}};
  query.page.limit = request.limit;
  query.page.after = request.after;
  return query;
}

}  // namespace

bool contradicts(Instant checked_at, Day checked_on, const ContraryFinding& finding) {
  if (finding.found_at < checked_at) return false;
  if (finding.effective_on && *finding.effective_on < checked_on) return true;
  return finding.found_at - checked_at <= contradiction_days * milliseconds_per_day;
}

Result<std::vector<Contradiction>> contradictions_of(const Own& own,
                                                     const ContraryFinding& finding) {
  std::vector<Contradiction> found;
  LP_TRY(const std::optional<HandCheck> check, last_check(own, finding));
  if (!check) return found;
  const TimeZone zone = own.reading().records().frame().time_zone;
  if (!contradicts(check->at, zone.local_day(check->at), finding)) return found;
  LP_TRY(const std::optional<Names> written, written_since(own, finding, check->at));
  if (!written) return found;
  LP_TRY(const Names known, known_keys(own, finding.account));
  for (const ContraryFinding::Value& value : finding.values) {
    // An empty field was not said to be right.
    if (value.ours.is_null() || value.ours == value.theirs) continue;
    if (written->contains(value.field)) continue;
    std::string key =
        format_id(check->id) + ":" + std::to_string(finding.year) + ":" + value.field;
    if (!known.contains(key)) found.push_back({std::move(key), check->at, check->by, value});
  }
  return found;
}

Status keep_contradictions(records::BulkSlice& slice, const ContraryFinding& finding,
                           const std::vector<Contradiction>& found) {
  for (const Contradiction& one : found) {
    LP_CHECK(keep_record(
        slice, "card_contradiction", {},
        {{"key", one.key},
         {"account", finding.account.value},
         {"part", std::string(part_of(finding))},
         {"field", one.value.field},
         {"year", finding.year == 0 ? storage::Value() : storage::Value(finding.year)},
         {"said", json::serialize(one.value.ours)},
         {"found", json::serialize(one.value.theirs)},
         {"source", finding.source},
         {"found_at", finding.found_at},
         {"effective_on", finding.effective_on ? storage::Value(std::int64_t{*finding.effective_on})
                                               : storage::Value()},
         {"checked_at", one.checked_at},
         {"checked_by", id_or_nothing(one.checked_by)}}));
  }
  return {};
}

Status write_contradictions(JsonWriter& out, const Reading& reading,
                            const ContradictionsRequest& request) {
  JsonWriter found;
  LP_CHECK(reading.records().query(reading.scope(), "card_contradiction",
                                   query_of(reading, request), found));
  LP_TRY(const json::object page, parse_json_object(found.text()));
  const auto schema = reading.records().schema();
  out.begin_object().key("contradictions").begin_array();
  for (const json::value& row : page.at("records").as_array()) {
    if (sees_field(reading, *schema, fields_of(row))) write_contradiction(out, row);
  }
  out.end_array();
  const std::string_view next = text_at(page.at("page").as_object(), "next");
  out.key("page").begin_object();
  write_or_null(out, "next", next);
  out.key("has_more").boolean(!next.empty()).end_object().end_object();
  return {};
}

}  // namespace linchpin::dossier
