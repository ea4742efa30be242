#include "dossier/enrichment/provenance.h"

#include <map>

#include "dossier/own.h"
#include "records/rights.h"

namespace linchpin::dossier {

namespace {

constexpr int max_sources_of_fields = 500;
constexpr int max_years = 50;

// The yearly figures of the account that the reader sees, by their ids.
Result<std::map<std::string, json::object, std::less<>>> years_of(const Reading& reading,
                                                                  const records::Object& object,
                                                                  RecordId account) {
  std::vector<std::string> select;
  for (const records::Field& field : object.fields) {
    if (!field.system) select.push_back(field.api_name);
  }
  LP_TRY(const json::array rows,
         reading.rows({object.api_name, std::move(select),
                       leaf("eq", "account", json::string(format_id(account))), "year", true,
                       max_years}));
  std::map<std::string, json::object, std::less<>> years;
  for (const json::value& row : rows) {
    years[std::string(text_at(row.as_object(), "id"))] = fields_of(row);
  }
  return years;
}

void write_optional(JsonWriter& out, std::string_view key, std::int64_t number) {
  out.key(key);
  number == 0 ? out.null() : out.integer(number);
}

storage::Value number_or_nothing(std::int64_t number) {
  return number == 0 ? storage::Value() : storage::Value(number);
}

}  // namespace

Status keep_provenance(records::Records& records, storage::Connection& connection,
                       const stream::Origin& origin, const TakenValues& taken) {
  const access::AccessScope product = access::Authority::product();
  records::BulkSlice slice(records, connection, product, origin);
  const RecordId owner = taken.financial ? taken.financial : taken.account;
  for (const TakenValue& value : taken.values) {
    const std::string key = format_id(owner) + ":" + value.field;
    LP_TRY(const RecordId before, records.find(connection, product, "field_source", "key", key));
    LP_CHECK(keep_record(slice, "field_source", before,
                         {{"key", key},
                          {"account", taken.account.value},
                          {"financial", number_or_nothing(taken.financial.value)},
                          {"field", value.field},
                          {"source", taken.source},
                          {"taken_at", taken.taken_at},
                          {"report", number_or_nothing(taken.report.value)},
                          {"year", number_or_nothing(taken.year)},
                          {"page", number_or_nothing(value.page)},
                          {"value", json::serialize(value.value)}}));
  }
  return slice.finish();
}

Status write_provenance(JsonWriter& out, const Reading& reading, const json::object& card,
                        RecordId account) {
  const auto schema = reading.records().schema();
  LP_TRY(const auto years, years_of(reading, *schema->object("account_financial"), account));
  const Own own(reading);
  LP_TRY(const json::array sources,
         own.reading().rows({"field_source",
                             {"financial", "field", "source", "taken_at", "value", "report.file",
                              "year", "page"},
                             leaf("eq", "account", json::string(format_id(account))),
                             "key",
                             false,
                             max_sources_of_fields}));
  out.begin_array();
  for (const json::value& row : sources) {
    const json::object& fields = fields_of(row);
    const std::string_view financial = text_at(fields, "financial");
    const auto year = years.find(financial);
    if (!financial.empty() && year == years.end()) continue;
    const json::object& now = financial.empty() ? card : year->second;
    const json::value* here = now.if_contains(text_at(fields, "field"));
    const json::value* taken = fields.if_contains("value");
    if (!here || !taken || *here != *taken) continue;
    out.begin_object().key("object").string(financial.empty() ? "account" : "account_financial");
    write_optional(out, "year", integer_at(fields, "year"));
    out.key("field").string(text_at(fields, "field"));
    out.key("source").string(text_at(fields, "source"));
    out.key("taken_at").string(text_at(fields, "taken_at")).key("file");
    const std::string_view file = text_at(fields, "report.file");
    file.empty() ? out.null() : out.string(file);
    write_optional(out, "page", integer_at(fields, "page"));
    out.end_object();
  }
  out.end_array();
  return {};
}

void write_comparison(JsonWriter& out, const access::AccessScope& scope,
                      const records::Object& object, const json::object& ours,
                      const json::object& theirs) {
  json::array same;
  out.key("differences").begin_array();
  for (const auto& [name, said] : theirs) {
    const records::Field* field = object.field(std::string_view(name));
    const json::value* here = ours.if_contains(name);
    if (!field || !here) continue;
    if (*here == said) {
      same.emplace_back(json::string(name));
      continue;
    }
    if (records::right_of(scope, object, *field) != access::FieldRight::edit) continue;
    out.begin_object().key("field").string(name).key("ours").raw(json::serialize(*here));
    out.key("theirs").raw(json::serialize(said)).end_object();
  }
  out.end_array().key("same").raw(json::serialize(same));
}

}  // namespace linchpin::dossier
