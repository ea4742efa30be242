#include "dossier/enrichment/registry.h"

#include <algorithm>

#include "base/company_name.h"
#include "base/environment.h"
#include "dossier/contradictions.h"
#include "dossier/credit_code.h"
#include "dossier/enrichment/provenance.h"
#include "dossier/own.h"

namespace linchpin::dossier {

namespace {

using inbound::OutsideAnswer;
using inbound::OutsideQuestion;
using records::Object;

constexpr int status_ok = 200;
constexpr int status_absent = 404;

Error refusal(std::string code, ErrorParams params = {}) {
  return Error::of(ErrorCode::invalid_state, std::move(code), std::move(params));
}

Error unusable(std::string why) {
  Error error = refusal("registry_unusable");
  error.log_detail = std::move(why);
  return error;
}

// One of the few who may wait for the registry.
class Turn {
 public:
  explicit Turn(std::atomic<int>& waiting)
      : waiting_(waiting), taken_(++waiting <= max_registry_questions) {}
  ~Turn() { --waiting_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  Status allowed() const {
    if (taken_) return {};
    return Error::of(ErrorCode::overloaded, "registry_busy");
  }

 private:
  std::atomic<int>& waiting_;
  const bool taken_;
};

// What an answer says, field by field.
struct Understood {
  json::object values;
  json::object unclear;  // what was said instead
};

Understood read_answer(const json::value& answer, const std::vector<MappedField>& mapping,
                       const TimeZone& zone) {
  Understood read;
  for (const MappedField& mapped : mapping) {
    const json::value* theirs = value_at(answer, mapped.path);
    if (!theirs) continue;
    const auto value = understood(*mapped.field, *theirs, zone);
    if (!value) {
      read.unclear[mapped.field->api_name] = raw_text(*theirs);
    } else if (!value->is_null()) {
      read.values[mapped.field->api_name] = *value;
    }
  }
  return read;
}

// Whether the answer speaks of whom it was asked about.
Status check_identity(const Understood& read, AskedBy by, const std::string& query) {
  const std::string name(text_at(read.values, "name"));
  const bool right = by == AskedBy::credit_code
                         ? text_at(read.values, "credit_code") == query
                         : !name.empty() && essential_name(name) == essential_name(query);
  if (right) return {};
  return refusal("registry_other_company", {{"name", name.empty() ? "–" : name}});
}

// The record that is kept under a key, whoever asks.
Result<json::object> kept_under(const Own& own, std::string_view object, const std::string& key,
                                std::vector<std::string> fields) {
  LP_TRY(const json::array rows,
         own.reading().rows({std::string(object), std::move(fields),
                             leaf("eq", "key", json::string(key)), "", true, 1}));
  return rows.empty() ? json::object() : rows[0].as_object();
}

// The account, for who may change accounts.
Result<json::object> changeable(const Reading& reading, RecordId account) {
  LP_TRY(json::object record, reading.record("account", account));
  if (!reading.scope().may(access::Action::update, "account")) {
    return Error::of(ErrorCode::forbidden);
  }
  return record;
}

Result<RecordId> id_of(const json::object& row) {
  const std::string_view id = text_at(row, "id");
  if (id.empty()) return RecordId{};
  return parse_id(id);
}

// The last answer about an account.
struct Finding {
  std::string source, fetched_at, asked;
  json::object values, unclear;

  static Result<std::optional<Finding>> of(const Own& own, RecordId account) {
    LP_TRY(const json::object row,
           kept_under(own, "registry_finding", format_id(account),
                      {"source", "fetched_at", "asked", "values", "unclear"}));
    if (row.empty()) return std::optional<Finding>();
    const json::object& fields = row.at("fields").as_object();
    Finding finding{std::string(text_at(fields, "source")),
                    std::string(text_at(fields, "fetched_at")),
                    std::string(text_at(fields, "asked")),
                    {},
                    {}};
    const auto take = [&](std::string_view name, json::object& into) {
      const json::value* value = fields.if_contains(name);
      if (value && value->is_object()) into = value->get_object();
    };
    take("values", finding.values);
    take("unclear", finding.unclear);
    return std::optional<Finding>(std::move(finding));
  }
};

void write_finding(JsonWriter& out, const Reading& reading, const Object& object,
                   const json::object& ours, const Finding& finding) {
  out.begin_object().key("source").string(finding.source);
  out.key("fetched_at").string(finding.fetched_at).key("asked").string(finding.asked);
  write_comparison(out, reading.scope(), object, ours, finding.values);
  out.key("unclear").begin_array();
  for (const auto& [name, said] : finding.unclear) {
    if (!ours.contains(name) || !said.is_string()) continue;
    out.begin_object().key("field").string(name).key("text").string(said.get_string());
    out.end_object();
  }
  out.end_array().end_object();
}

// What an answer says differently from the card; of the day of effect it says nothing.
ContraryFinding contrary_answer(RecordId account, const std::string& source, Instant now,
                                const json::object& card, const json::object& said) {
  ContraryFinding finding;
  finding.account = account;
  finding.source = source;
  finding.found_at = now;
  for (const auto& [name, theirs] : said) {
    const json::value* ours = card.if_contains(name);
    if (ours) finding.values.push_back({std::string(name), *ours, theirs});
  }
  return finding;
}

}  // namespace

Result<std::optional<Registry::Source>> Registry::source() const {
  const access::AccessScope product = access::Authority::product();
  const Reading all(records_, product);
  LP_TRY(const json::array rows, all.rows({"registry_source",
                                           {"name", "address", "mapping"},
                                           leaf("eq", "active", true),
                                           "name",
                                           false,
                                           1}));
  if (rows.empty() || !outside_) return std::optional<Source>();
  const json::object& fields = fields_of(rows[0]);
  const auto schema = records_.schema();
  auto mapping = read_mapping(*schema->object("account"), text_at(fields, "mapping"));
  if (!mapping) return refusal("registry_not_configured");
  return std::optional<Source>(Source{std::string(text_at(fields, "name")),
                                      std::string(text_at(fields, "address")),
                                      std::move(*mapping)});
}

Result<json::value> Registry::ask(const Source& source, const std::string& query) {
  const Turn turn(waiting_);
  LP_CHECK(turn.allowed());
  OutsideQuestion question;
  question.url = inbound::address_for(source.address, query);
  if (const std::string key = environment(registry_key_variable); !key.empty()) {
    question.headers.emplace_back("Authorization", key);
  }
  LP_TRY(const OutsideAnswer answer, outside_->ask(question));
  if (answer.status == status_absent) return refusal("registry_knows_nothing");
  if (answer.status != status_ok) {
    return unusable("the registry answers " + std::to_string(answer.status));
  }
  auto document = parse_json_object(answer.body);
  if (!document) return unusable("the registry's answer is no JSON object");
  return json::value(std::move(*document));
}

Status Registry::fetch(const Reading& reading, RecordId account, std::optional<AskedBy> by,
                       const stream::Origin& origin) {
  LP_TRY(const json::object record, changeable(reading, account));
  const json::object& fields = record.at("fields").as_object();
  const std::string code = plain_credit_code(text_at(fields, "credit_code"));
  const AskedBy asked = by.value_or(code.empty() ? AskedBy::name : AskedBy::credit_code);
  const std::string query =
      asked == AskedBy::credit_code ? code : std::string(text_at(fields, "name"));
  LP_TRY(const std::optional<Source> found, source());
  if (!found) return refusal("registry_not_configured");
  if (query.empty()) return refusal("registry_nothing_to_ask_by");
  LP_TRY(const json::value answer, ask(*found, query));
  const Understood read = read_answer(answer, found->mapping, records_.frame().time_zone);
  if (read.values.empty()) return refusal("registry_knows_nothing");
  LP_CHECK(check_identity(read, asked, query));
  const Own own(reading);
  LP_TRY(const json::object before,
         kept_under(own, "registry_finding", format_id(account), {"key"}));
  LP_TRY(const RecordId existing, id_of(before));
  const Instant now = records_.viewer(reading.scope()).now;
  LP_TRY(const json::object card, own.reading().record("account", account));
  const ContraryFinding contrary =
      contrary_answer(account, found->name, now, card.at("fields").as_object(), read.values);
  LP_TRY(const std::vector<Contradiction> contradicted, contradictions_of(own, contrary));
  return own.write(origin, [&](records::BulkSlice& slice) -> Status {
    LP_CHECK(keep_record(slice, "registry_finding", existing,
                         {{"key", format_id(account)},
                          {"account", account.value},
                          {"source", found->name},
                          {"fetched_at", now},
                          {"asked", query},
                          {"values", json::serialize(read.values)},
                          {"unclear", json::serialize(read.unclear)}}));
    return keep_contradictions(slice, contrary, contradicted);
  });
}

Status Registry::write(JsonWriter& out, const Reading& reading, RecordId account) const {
  LP_TRY(const json::object record, reading.record("account", account));
  const json::object& ours = record.at("fields").as_object();
  const auto schema = records_.schema();
  const Own own(reading);
  LP_TRY(const std::optional<Source> configured, source());
  LP_TRY(const std::optional<Finding> finding, Finding::of(own, account));
  out.begin_object().key("configured").boolean(configured.has_value()).key("source");
  configured ? out.string(configured->name) : out.null();
  out.key("finding");
  if (finding) {
    write_finding(out, reading, *schema->object("account"), ours, *finding);
  } else {
    out.null();
  }
  out.key("provenance");
  LP_CHECK(write_provenance(out, reading, ours, account));
  out.end_object();
  return {};
}

Status Registry::apply(const Reading& reading, RecordId account, const Choice& choice,
                       const stream::Origin& origin) const {
  LP_CHECK(changeable(reading, account));
  const Own own(reading);
  LP_TRY(const std::optional<Finding> finding, Finding::of(own, account));
  if (!finding) return refusal("registry_nothing_fetched");
  if (finding->fetched_at != choice.fetched_at) return refusal("registry_fetched_anew");
  records::Patch patch;
  patch.base = choice.base;
  patch.any_version = !choice.base;
  TakenValues taken;
  taken.account = account;
  taken.source = finding->source;
  LP_TRY(taken.taken_at, parse_instant(finding->fetched_at));
  for (const std::string& name : choice.fields) {
    const json::value* theirs = finding->values.if_contains(name);
    if (!theirs) {
      return Error::invalid(
          FieldProblem{"/fields", name, "registry_not_offered", {{"field", name}}});
    }
    patch.fields[name] = *theirs;
    taken.values.push_back({name, *theirs});
  }
  records::WriteOptions options;
  options.origin = origin;
  options.reason = choice.reason;
  options.in_transaction = [&](storage::Connection& connection, std::string_view) {
    return keep_provenance(records_, connection, origin, taken);
  };
  const auto written = records_.update(reading.scope(), "account", account, patch, options);
  return written ? Status() : Status(written.error());
}

}  // namespace linchpin::dossier
