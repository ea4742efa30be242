#include "records/field_change.h"

#include "records/convert.h"
#include "records/personal.h"
#include "records/row_store.h"
#include "records/tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Name;
using storage::Sql;

namespace {

constexpr std::size_t max_told_text = 100;  // bytes, give or take a character

FieldDefinition* with_id(Customization& customization, RecordId id) {
  for (FieldDefinition& field : customization.fields) {
    if (field.id == id && field.state == DefinitionState::pending) return &field;
  }
  return nullptr;
}

Error gone() {
  return Error::of(ErrorCode::not_found, "change_ended");
}

// The live definition gets what was pending, and the other way round.
Status exchange(Customization& customization, RecordId pending_id) {
  FieldDefinition* pending = with_id(customization, pending_id);
  if (!pending) return gone();
  FieldDefinition* live = customization.field(pending->object_name, pending->api_name);
  if (!live || live->object != pending->object) return gone();
  std::swap(live->definition, pending->definition);
  std::swap(live->column, pending->column);
  return {};
}

std::string shortened(std::string text) {
  if (text.size() <= max_told_text) return text;
  std::size_t end = max_told_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

json::object field_change_spec(const FieldDefinition& pending, bool fills) {
  return {{"pending", format_id(pending.id)},
          {"object", pending.object_name},
          {"field", pending.api_name},
          {"fills", fills}};
}

json::object Unconverted::told() const {
  json::object params;
  for (const auto& [name, text] : problem.params) params[name] = text;
  return {{"record", format_id(record)},
          {"value", value},
          {"code", problem.code},
          {"params", std::move(params)}};
}

Result<json::object> try_conversion(Connection& connection, const Records& records,
                                    const Object& object, const Field& from, const Field& to) {
  Sql sql("SELECT id, ");
  sql.name(from.column).add(" FROM ").name(object.table).add(" WHERE ").name(from.column);
  sql.add(" IS NOT NULL ORDER BY id LIMIT ").value(max_tried + 1);
  LP_TRY(const auto rows, connection.prepare(sql));
  std::int64_t tried = 0;
  std::int64_t failed = 0;
  json::array failures;
  bool complete = false;
  const TimeZone zone = records.frame().time_zone;
  while (tried < max_tried && from.sensitivity == Sensitivity::normal) {
    LP_TRY(const bool found, rows->step());
    complete = !found;
    if (!found) break;
    ++tried;
    const Value value = rows->value(1);
    const auto converted = convert_value(from, to, value, zone);
    if (converted || ++failed > static_cast<std::int64_t>(FieldChange::max_told)) continue;
    JsonWriter text;
    write_value(text, from, value);
    failures.push_back(
        Unconverted{RecordId{rows->integer(0)}, shortened(text.take()), converted.error()}.told());
  }
  return json::object{{"tried", tried},
                      {"failed", failed},
                      {"failures", std::move(failures)},
                      {"complete", complete}};
}

Result<FieldChange> FieldChange::open(Records& records, const json::object& spec) {
  LP_TRY(const RecordId pending, parse_id(member_text(spec, "pending")));
  LP_TRY(Customization customization, records.database().snapshot(read_customization));
  const std::string object_name = member_text(spec, "object");
  const std::string field_name = member_text(spec, "field");
  LP_TRY(const auto now, records.schema_of(customization));
  LP_CHECK(exchange(customization, pending));
  LP_TRY(auto then, records.schema_of(customization));
  const Object* before = now->object(object_name);
  const Object* after = then->object(object_name);
  const Field* from = before ? before->field(field_name) : nullptr;
  const Field* to = after ? after->field(field_name) : nullptr;
  if (!from || !to) return gone();
  FieldChange change(records, std::move(then), *after, pending);
  const json::value* fills = spec.if_contains("fills");
  change.fills_ = fills && fills->is_bool() && fills->get_bool();
  change.from_ = *from;
  change.to_ = *to;
  return change;
}

Result<std::int64_t> FieldChange::total() const {
  Sql sql("SELECT count(");
  sql.name(from_.column).add(") FROM ").name(object_->table);
  return records_.database().read(
      [&](Connection& connection) { return query_integer(connection, sql, 0); });
}

Result<std::vector<RecordId>> FieldChange::next(const FieldChangePlace& place) const {
  Sql sql("SELECT id FROM ");
  sql.name(object_->table).add(" WHERE id > ").value(place.after).add(" AND ");
  sql.name(from_.column).add(" IS NOT NULL ORDER BY id LIMIT ");
  sql.value(static_cast<std::int64_t>(slice_records));
  return records_.database().read([&](Connection& connection) -> Result<std::vector<RecordId>> {
    std::vector<RecordId> ids;
    LP_TRY(const auto rows, connection.prepare(sql));
    while (true) {
      LP_TRY(const bool found, rows->step());
      if (!found) return ids;
      ids.push_back(RecordId{rows->integer(0)});
    }
  });
}

// Nothing: the value can never be read again.
Result<std::optional<Value>> FieldChange::plain_value(Connection& connection, RecordId record,
                                                      const Value& stored) const {
  const auto* stored_bytes = std::get_if<storage::Blob>(&stored);
  if (!stored_bytes) return std::optional<Value>(stored);
  const PersonalKeys keys(records_.workspace_key());
  LP_TRY(const auto key, keys.data_key(connection, record, false));
  const std::string text = open_value(key, from_, record, sealed_part(stored_bytes->bytes));
  LP_TRY(const json::value opened, parse_json(text));
  auto value = read_value(from_, opened);
  if (!value || is_empty(*value)) return std::optional<Value>();
  return std::optional<Value>(std::move(*value));
}

Status FieldChange::fill_one(Connection& connection, storage::Statement& read,
                             RecordId record) const {
  read.reset();
  read.bind_integer(0, record.value);
  LP_TRY(const bool found, read.step());
  if (!found) return {};
  LP_TRY(const auto plain, plain_value(connection, record, read.value(0)));
  Value value;
  if (plain && !is_empty(*plain)) {
    auto converted = convert_value(from_, to_, *plain, records_.frame().time_zone);
    if (converted) value = std::move(*converted);
  }
  Sql sql("UPDATE ");
  sql.name(object_->table).add(" SET ");
  if (to_.has_key_column()) {
    sql.name(to_.key_column).add(" = ");
    sql.value(is_empty(value) ? Value() : Value(key_form(to_, text_of(value)))).add(", ");
  }
  if (to_.sensitivity == Sensitivity::personal && !is_empty(value)) {
    const PersonalKeys keys(records_.workspace_key());
    LP_TRY(const auto key, keys.data_key(connection, record, true));
    value = key ? Value(keys.sealed(*key, object_->api_name, to_, record, value)) : Value();
  }
  sql.name(to_.column).add(" = ").value(std::move(value)).add(" WHERE id = ").value(record);
  LP_CHECK(connection.execute(sql));
  return {};
}

Status FieldChange::fill(Connection& connection, const std::vector<RecordId>& records,
                         FieldChangePlace& place) const {
  const auto end = std::chrono::steady_clock::now() + slice_time;
  Sql sql("SELECT ");
  sql.name(from_.column).add(" FROM ").name(object_->table).add(" WHERE id = ").parameter();
  LP_TRY(const auto read, connection.prepare(sql));
  for (const RecordId record : records) {
    LP_CHECK(fill_one(connection, *read, record));
    place.after = record;
    ++place.done;
    if (std::chrono::steady_clock::now() >= end) return {};
  }
  return {};
}

Result<int> FieldChange::follow(Connection& connection, FieldChangePlace& place, int limit) const {
  std::vector<RecordId> changed;
  int seen = 0;
  // The end of the log is read first: what others write beyond it comes next time.
  LP_TRY(const std::int64_t last, stream::last_seq(connection));
  std::int64_t seq = last;
  LP_CHECK(stream::read_since(
      connection, place.seq, object_->api_name, limit, [&](const stream::Entry& entry) {
        if (++seen == limit) seq = entry.seq;
        if (entry.records.empty()) changed.push_back(entry.record);
        changed.insert(changed.end(), entry.records.begin(), entry.records.end());
        return Status();
      }));
  Sql sql("SELECT ");
  sql.name(from_.column).add(" FROM ").name(object_->table).add(" WHERE id = ").parameter();
  LP_TRY(const auto read, connection.prepare(sql));
  for (const RecordId record : changed) LP_CHECK(fill_one(connection, *read, record));
  place.seq = seq;
  return seen;
}

Result<std::int64_t> FieldChange::unconverted(std::vector<Unconverted>& first) const {
  if (!fills_) return 0;
  Sql condition(" FROM ");
  condition.name(object_->table).add(" WHERE ").name(from_.column).add(" IS NOT NULL AND ");
  condition.name(to_.column).add(" IS NULL");
  Sql some("SELECT id, ");
  some.name(from_.column).append(condition).add(" ORDER BY id LIMIT ");
  some.value(static_cast<std::int64_t>(max_told));
  Sql count("SELECT count(*)");
  count.append(condition);
  return records_.database().read([&](Connection& connection) -> Result<std::int64_t> {
    LP_TRY(const auto rows, connection.prepare(some));
    while (true) {
      LP_TRY(const bool found, rows->step());
      if (!found) break;
      const RecordId record{rows->integer(0)};
      LP_TRY(const auto plain, plain_value(connection, record, rows->value(1)));
      if (!plain) continue;
      const auto converted = convert_value(from_, to_, *plain, records_.frame().time_zone);
      if (converted) continue;
      JsonWriter text;
      if (from_.sensitivity == Sensitivity::normal) write_value(text, from_, *plain);
      first.push_back({record, shortened(text.take()), converted.error()});
    }
    return query_integer(connection, count, 0);
  });
}

Result<bool> FieldChange::quickly_indexed() const {
  if (!is_indexed(to_)) return true;
  return records_.database().read(
      [&](Connection& connection) { return is_quickly_indexed(connection, object_->table); });
}

Status FieldChange::make_indexes(Connection& connection) const {
  Status made = create_indexes(connection, *object_);
  if (!made) return duplicate_field(*object_, std::move(made).error());
  return {};
}

Status FieldChange::take_place(Customization& customization, Instant now) const {
  LP_CHECK(exchange(customization, pending_));
  FieldDefinition& old = *with_id(customization, pending_);
  old.state = fills_ ? DefinitionState::deleted : DefinitionState::purged;
  old.deleted_at = now;
  return {};
}

Status FieldChange::give_up(Customization& customization) const {
  FieldDefinition* pending = with_id(customization, pending_);
  if (!pending) return gone();
  pending->state = fills_ ? DefinitionState::abandoned : DefinitionState::purged;
  return {};
}

}  // namespace linchpin::records
