#include "records/personal.h"

#include "storage/ddl.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

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

storage::Blob seal_value(const Key& data_key, const Field& field, RecordId record,
                         const Value& plain) {
  JsonWriter json;
  write_value(json, field, plain);
  return {seal(data_key, json.text(), value_context(field, record))};
}

std::string open_value(const std::optional<Key>& data_key, const Field& field, RecordId record,
                       std::string_view sealed) {
  if (!data_key) return "null";
  auto opened = open_sealed(*data_key, sealed, value_context(field, record));
  return opened ? std::move(*opened) : "null";
}

}  // namespace linchpin::records
