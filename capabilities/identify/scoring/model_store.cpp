#include "identify/scoring/model_store.h"

#include <algorithm>

#include "identify/scoring/read_inputs.h"
#include "identify/scoring/read_model.h"
#include "records/conditions.h"
#include "records/scan.h"

namespace linchpin::identify {

namespace {

using records::is_empty;

json::value json_of(const storage::Value& value) {
  if (is_empty(value)) return {};
  const auto parsed = parse_json(records::text_of(value));
  return parsed ? *parsed : json::value();
}

Result<StoredModel> read_definition(const records::Schema& schema, RecordId id,
                                    json::object definition, std::int64_t version) {
  StoredModel stored;
  stored.id = id;
  stored.version = version;
  LP_TRY(stored.model, read_model(model_part(definition)));
  LP_CHECK(check_sources(schema, stored.model));
  if (const json::value* scope = definition.if_contains("scope")) stored.scope = *scope;
  stored.definition = std::move(definition);
  return stored;
}

void set(records::RowValues& row, const records::Object& object, std::string_view field,
         storage::Value value) {
  row[object.field(field)->index] = std::move(value);
}

}  // namespace

json::object model_part(const json::object& definition) {
  json::object part;
  for (const char* name : {"criteria", "thresholds", "margin"}) {
    const json::value* value = definition.if_contains(name);
    if (value && !value->is_null()) part[name] = *value;
  }
  return part;
}

Result<StoredModel> draft_model(records::Records& records, storage::Connection& connection,
                                const access::AccessScope& scope, RecordId id) {
  std::optional<json::object> definition;
  std::int64_t version = 0;
  LP_CHECK(records::scan_fields(
      records, connection, scope, "scoring_model", records::where_is("id", format_id(id)),
      {"scope", "criteria", "thresholds", "margin", "model_version"},
      [&](RecordId, std::span<const storage::Value> values) {
        definition = json::object{{"scope", json_of(values[0])},
                                  {"criteria", json_of(values[1])},
                                  {"thresholds", json_of(values[2])}};
        if (!is_empty(values[3])) {
          (*definition)["margin"] = format_decimal(records::integer_of(values[3]), points_scale);
        }
        version = records::integer_of(values[4]);
      }));
  if (!definition) return Error::of(ErrorCode::not_found);
  return read_definition(*records.schema(), id, std::move(*definition), version);
}

namespace {

Result<json::object> published_definition(records::Records& records,
                                          storage::Connection& connection,
                                          const access::AccessScope& scope, RecordId id,
                                          std::int64_t number) {
  std::optional<json::object> definition;
  const json::object where = records::all_of(
      {records::where_is("model", format_id(id)), records::leaf("eq", "number", number)});
  LP_CHECK(records::scan_fields(records, connection, scope, "scoring_version", where,
                                {"definition"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  const json::value found = json_of(values[0]);
                                  if (found.is_object()) definition = found.as_object();
                                }));
  if (!definition) return Error::of(ErrorCode::not_found);
  return std::move(*definition);
}

Result<StoredModel> version_or_problem(records::Records& records, storage::Connection& connection,
                                       const access::AccessScope& scope, RecordId id,
                                       std::int64_t number) {
  auto definition = published_definition(records, connection, scope, id, number);
  if (!definition && is_passing(definition.error())) return std::move(definition).error();
  StoredModel unread;
  unread.id = id;
  unread.version = number;
  if (!definition) {
    unread.problem = std::move(definition).error();
    return unread;
  }
  if (const json::value* where = definition->if_contains("scope")) unread.scope = *where;
  auto read = read_definition(*records.schema(), id, std::move(*definition), number);
  if (read) return read;
  unread.problem = std::move(read).error();
  return unread;
}

}  // namespace

bool is_passing(const Error& error) {
  return error.code == ErrorCode::storage_full || error.code == ErrorCode::storage_failed ||
         error.code == ErrorCode::overloaded;
}

Result<StoredModel> published_version(records::Records& records, storage::Connection& connection,
                                      const access::AccessScope& scope, RecordId id,
                                      std::int64_t number) {
  LP_TRY(json::object definition, published_definition(records, connection, scope, id, number));
  return read_definition(*records.schema(), id, std::move(definition), number);
}

Result<std::vector<StoredModel>> published_models(records::Records& records,
                                                  storage::Connection& connection,
                                                  const access::AccessScope& scope) {
  struct Place {
    std::int64_t at;
    RecordId id;
    std::int64_t version;
  };
  std::vector<Place> places;
  LP_CHECK(records::scan_fields(
      records, connection, scope, "scoring_model", records::where_is("state", "published"),
      {"published_at", "model_version"}, [&](RecordId id, std::span<const storage::Value> values) {
        places.push_back({records::integer_of(values[0]), id, records::integer_of(values[1])});
      }));
  std::sort(places.begin(), places.end(), [](const Place& left, const Place& right) {
    return std::tie(left.at, left.id) > std::tie(right.at, right.id);
  });
  if (places.size() > max_published_models) places.resize(max_published_models);
  std::vector<StoredModel> models;
  for (const Place& place : places) {
    LP_TRY(StoredModel one,
           version_or_problem(records, connection, scope, place.id, place.version));
    models.push_back(std::move(one));
  }
  return models;
}

Result<std::int64_t> publish_model(records::BulkSlice& slice, const StoredModel& model,
                                   Instant now) {
  const records::Object* versions = slice.object("scoring_version");
  const records::Object* models = slice.object("scoring_model");
  if (!versions || !models) return Error::internal("scoring: its objects are missing");
  const std::int64_t number = model.version + 1;
  records::RowValues row(versions->fields.size());
  set(row, *versions, "model", model.id.value);
  set(row, *versions, "number", number);
  set(row, *versions, "definition", json::serialize(model.definition));
  set(row, *versions, "published_at", now);
  LP_TRY(const RecordId made, slice.create(*versions, row));
  if (!made) return Error::internal("scoring: no version was made");
  const auto json_member = [&](const char* name) -> storage::Value {
    const json::value* value = model.definition.if_contains(name);
    if (!value || value->is_null()) return {};
    return json::serialize(*value);
  };
  LP_CHECK(slice.update(*models, model.id,
                        {{models->field("state"), std::string("published")},
                         {models->field("model_version"), number},
                         {models->field("published_at"), now},
                         {models->field("scope"), json_member("scope")},
                         {models->field("criteria"), json_member("criteria")},
                         {models->field("thresholds"), json_member("thresholds")},
                         {models->field("margin"), model.model.margin}}));
  return number;
}

}  // namespace linchpin::identify
