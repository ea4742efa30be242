#include "records/personal.h"

#include "base/text.h"
#include "storage/ddl.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

// No record has this id: what stands there shows which workspace key is in force.
constexpr std::int64_t mark_of_rotation = 0;
constexpr std::string_view mark_context = "workspace key in force";
constexpr std::int64_t wrapped_at_once = 1'000;

std::string value_context(const Field& field, RecordId record) {
  return format_id(record) + "/" + field.api_name;
}

std::string key_context(RecordId record) {
  return "data-key/" + format_id(record);
}

std::string_view bytes_of(const Key& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

}  // namespace

Status PersonalKeys::ensure_tables(Connection& connection) {
  Sql sql("CREATE TABLE IF NOT EXISTS lp_personal_key (record");
  sql.add(storage::key_column(connection.dialect())).add(", wrapped");
  sql.add(storage::bytes_column(connection.dialect())).add(")");
  LP_CHECK(connection.execute(sql));
  return {};
}

// A data key that the key in force does not open would be lost with the next start.
Status PersonalKeys::check_in_force(Connection& connection) const {
  Sql sql("SELECT wrapped FROM lp_personal_key WHERE record = ");
  LP_TRY(const auto row, connection.prepare(sql.value(mark_of_rotation)));
  LP_TRY(const bool found, row->step());
  if (!found || open_sealed(workspace_key_, row->blob(0), mark_context)) return {};
  return Error::of(ErrorCode::invalid_state, "workspace_key_changed");
}

Status PersonalKeys::wrap_anew(Connection& connection, const Key& new_key) const {
  RecordId last{mark_of_rotation};
  for (bool more = true; more;) {
    Sql find("SELECT record, wrapped FROM lp_personal_key WHERE wrapped IS NOT NULL AND record > ");
    find.value(last).add(" ORDER BY record LIMIT ").value(wrapped_at_once);
    std::vector<std::pair<RecordId, std::string>> keys;
    {
      LP_TRY(const auto rows, connection.prepare(find));
      while (true) {
        LP_TRY(const bool found, rows->step());
        if (!found) break;
        keys.emplace_back(RecordId{rows->integer(0)}, std::string(rows->blob(1)));
      }
    }
    for (const auto& [record, wrapped] : keys) {
      last = record;
      LP_TRY(const std::string plain, open_sealed(workspace_key_, wrapped, key_context(record)));
      Sql sql("UPDATE lp_personal_key SET wrapped = ");
      sql.value(Value(storage::Blob{seal(new_key, plain, key_context(record))}));
      LP_CHECK(connection.execute(sql.add(" WHERE record = ").value(record)));
    }
    more = static_cast<std::int64_t>(keys.size()) == wrapped_at_once;
  }
  Sql mark("INSERT INTO lp_personal_key(record, wrapped) VALUES (");
  mark.value(mark_of_rotation).add(", ");
  mark.value(Value(storage::Blob{seal(new_key, mark_context, mark_context)}));
  mark.add(") ON CONFLICT (record) DO UPDATE SET wrapped = excluded.wrapped");
  LP_CHECK(connection.execute(mark));
  return {};
}

Result<std::optional<Key>> PersonalKeys::data_key(Connection& connection, RecordId record,
                                                  bool make) const {
  Sql find("SELECT wrapped FROM lp_personal_key WHERE record = ");
  find.value(record);
  {
    LP_TRY(const auto rows, connection.prepare(find));
    LP_TRY(const bool found, rows->step());
    if (found) {
      if (rows->is_null(0)) return std::optional<Key>();
      LP_TRY(const std::string plain,
             open_sealed(workspace_key_, rows->blob(0), key_context(record)));
      if (plain.size() != key_bytes) return Error::internal("personal key: wrong size");
      Key key{};
      std::copy(plain.begin(), plain.end(), key.begin());
      return std::optional<Key>(key);
    }
  }
  if (!make) return std::optional<Key>();
  LP_CHECK(check_in_force(connection));
  const Key key = random_key();
  Sql insert("INSERT INTO lp_personal_key(record, wrapped) VALUES (");
  insert.value(record).add(", ");
  insert.value(Value(storage::Blob{seal(workspace_key_, bytes_of(key), key_context(record))}));
  LP_CHECK(connection.execute(insert.add(")")));
  return std::optional<Key>(key);
}

Status PersonalKeys::destroy(Connection& connection, RecordId record) const {
  Sql sql("UPDATE lp_personal_key SET wrapped = NULL WHERE record = ");
  LP_CHECK(connection.execute(sql.value(record)));
  return {};
}

storage::Blob PersonalKeys::sealed(const Key& data_key, std::string_view object,
                                   const Field& field, RecordId record, const Value& plain) const {
  JsonWriter json;
  write_value(json, field, plain);
  storage::Blob stored = personal_hash(workspace_key_, object, field, json.text());
  stored.bytes += seal(data_key, json.text(), value_context(field, record));
  return stored;
}

bool is_found_by_hash(const Field& field) {
  return !field.many && field.type != FieldType::multi_select && field.type != FieldType::json;
}

storage::Blob personal_hash(const Key& workspace_key, std::string_view object, const Field& field,
                            std::string_view plain_json) {
  if (!is_found_by_hash(field)) return {std::string(personal_hash_bytes, '\0')};
  std::string text = std::string(object) + "." + field.api_name + "=";
  const auto words = field.is_text() ? parse_json(plain_json) : Result<json::value>(nullptr);
  if (words && words->is_string()) {
    text += fold(std::string_view(words->get_string()));
  } else {
    text += plain_json;
  }
  const Key key = derived_key(workspace_key, "equality of personal values");
  return {hmac_sha256(key, text).substr(0, personal_hash_bytes)};
}

std::string_view hash_of(std::string_view stored) {
  return stored.substr(0, personal_hash_bytes);
}

Sql personal_hash_sql(const Sql& column) {
  static_assert(personal_hash_bytes == 16);
  Sql sql("substr(");
  return sql.append(column).add(", 1, 16)");
}

std::string_view sealed_part(std::string_view stored) {
  return stored.substr(std::min(personal_hash_bytes, stored.size()));
}

std::string open_value(const std::optional<Key>& data_key, const Field& field, RecordId record,
                       std::string_view sealed) {
  if (!data_key) return "null";
  auto opened = open_sealed(*data_key, sealed, value_context(field, record));
  return opened ? std::move(*opened) : "null";
}

}  // namespace linchpin::records
