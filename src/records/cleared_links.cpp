#include "records/cleared_links.h"

#include "records/row_store.h"

namespace linchpin::records {

using storage::Sql;

namespace {

struct Pointing {
  const Object* object;
  const Field* field;
  RowValues row;
};

Status set_link(const WriteFrame& frame, const Pointing& pointing, Value value,
                std::int64_t cause) {
  stream::Origin origin = frame.origin;
  origin.cause = cause;
  origin.depth = frame.origin.depth + 1;
  const WriteFrame caused{frame.parts, frame.schema, frame.connection, frame.scope,
                          origin,      frame.now,    frame.time_zone};
  RowValues after = pointing.row;
  after[pointing.field->index] = std::move(value);
  after[1] = integer_of(after[1]) + 1;
  after[4] = frame.now;
  after[5] = frame.scope.user() ? Value(frame.scope.user().value) : Value();
  return replace_record(caused, *pointing.object, pointing.row, after, {});
}

// What a change says of a field whose link was emptied: the record that it led to.
std::optional<RecordId> emptied(const json::value& change, std::string& field) {
  const json::object* item = change.if_object();
  const json::value* name = item ? item->if_contains("field") : nullptr;
  const json::value* from = item ? item->if_contains("from") : nullptr;
  if (!name || !name->is_string() || !from || !from->is_string()) return std::nullopt;
  field = name->get_string();
  const auto id = parse_id(std::string_view(from->get_string()));
  return id ? std::optional(*id) : std::nullopt;
}

Status lead_one_back(const WriteFrame& frame, const stream::Entry& entry, RecordId record) {
  const Object* object = frame.schema.object(entry.object);
  if (!object || entry.changes_json.empty()) return {};
  LP_TRY(const auto row, read_row(frame.connection, *object, entry.record, Presence::live));
  if (!row) return {};
  LP_TRY(const json::value changes, parse_json(entry.changes_json));
  if (!changes.is_array()) return {};
  for (const json::value& change : changes.get_array()) {
    std::string name;
    const auto from = emptied(change, name);
    const Field* field = from == record ? object->field(name) : nullptr;
    if (!field || !field->is_link() || field->many || !is_empty((*row)[field->index])) continue;
    return set_link(frame, {object, field, *row}, record.value, entry.seq);
  }
  return {};
}

}  // namespace

Status clear_links(const WriteFrame& frame, const Object& object, RecordId record,
                   std::int64_t cause) {
  std::vector<Pointing> found;
  for (const Referrer& referrer : frame.schema.referrers(object.api_name)) {
    const bool clears = referrer.field->on_delete == OnDelete::clear && !referrer.field->many &&
                        !referrer.field->required;
    if (!clears) continue;
    Sql sql("SELECT ");
    sql.append(field_columns(*referrer.object)).add(" FROM ").name(referrer.object->table);
    sql.add(" t WHERE t.").name(referrer.field->column).add(" = ").value(record);
    sql.add(" AND t.deleted_at IS NULL");
    LP_TRY(const auto rows, frame.connection.prepare(sql));
    while (true) {
      LP_TRY(const bool any, rows->step());
      if (!any) break;
      if (found.size() >= max_cleared_links) {
        return Error::of(ErrorCode::in_use, "cascade_too_large",
                         {{"max", std::to_string(max_cleared_links)}});
      }
      found.push_back({referrer.object, referrer.field, take_row(*referrer.object, *rows, 0)});
    }
  }
  for (const Pointing& pointing : found) {
    // A record may have several such links: each time from what it is now.
    Pointing now = pointing;
    const RecordId id{integer_of(pointing.row[0])};
    LP_TRY(auto row, read_row(frame.connection, *pointing.object, id, Presence::live));
    if (!row) continue;
    now.row = std::move(*row);
    LP_CHECK(set_link(frame, now, Value(), cause));
  }
  return {};
}

Status lead_back(const WriteFrame& frame, const Object& object, RecordId record) {
  std::int64_t removal = 0;
  constexpr int last_entries = 2;  // the restoration itself may stand before it
  LP_CHECK(stream::read_history(frame.connection, object.api_name, record, 0, last_entries,
                                [&](const stream::Entry& entry) {
                                  const bool removed = entry.operation == stream::Operation::remove;
                                  if (removed && removal == 0) removal = entry.seq;
                                  return Status();
                                }));
  if (removal == 0) return {};
  std::vector<stream::Entry> caused;
  LP_CHECK(stream::read_caused_by(frame.connection, removal, [&](const stream::Entry& entry) {
    caused.push_back(entry);
    return Status();
  }));
  for (const stream::Entry& entry : caused) LP_CHECK(lead_one_back(frame, entry, record));
  return {};
}

}  // namespace linchpin::records
