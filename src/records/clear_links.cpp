#include "records/clear_links.h"

#include "records/compute_values.h"
#include "records/filter_sql.h"
#include "records/row_store.h"
#include "records/validate.h"

namespace linchpin::records {

using storage::Sql;

namespace {

constexpr std::size_t ids_of_statement = 200;
constexpr int entries_of_slice = 500;

struct LinkedRow {
  const Referrer* referrer;
  RowValues row;
};

// The live rows of a referrer that hold one of the ids.
Status collect_linked(const WriteFrame& frame, const Referrer& referrer,
                      std::span<const RecordId> ids, std::vector<LinkedRow>& found) {
  const Field& link = *referrer.field;
  Sql column("t.");
  column.name(link.column);
  std::vector<Sql> wanted;
  for (const RecordId id : ids) {
    Sql one;
    if (link.many) {
      const std::string member = member_text(link, Value(id.value));
      wanted.push_back(std::move(
          one.append(position_sql(frame.connection.dialect(), column, member)).add(" > 0")));
    } else {
      wanted.push_back(std::move(one.value(id)));
    }
  }
  Sql sql("SELECT ");
  sql.append(field_columns(*referrer.object)).add(" FROM ").name(referrer.object->table);
  sql.add(" t WHERE t.deleted_at IS NULL AND ").append(column);
  if (link.many) {
    sql.add(" IS NOT NULL AND (").append(join(wanted, " OR ")).add(")");
  } else {
    sql.add(" IN (").append(join(wanted, ", ")).add(")");
  }
  LP_TRY(const auto rows, frame.connection.prepare(sql));
  while (true) {
    LP_TRY(const bool any, rows->step());
    if (!any) return {};
    if (found.size() >= max_cascade) {
      return Error::of(ErrorCode::in_use, "cascade_too_large",
                       {{"max", std::to_string(max_cascade)}});
    }
    found.push_back({&referrer, take_row(*referrer.object, *rows, 0)});
  }
}

Value without(const Field& link, const Value& value, std::span<const RecordId> ids) {
  if (!link.many) return Value();
  json::array kept;
  for (const RecordId id : linked_records(link, value)) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
      kept.push_back(json::string(format_id(id)));
  }
  return read_value(link, kept).value_or(Value());
}

Status write_link(const WriteFrame& frame, const Object& object, const RowValues& before,
                  const Field& link, Value value, std::string_view reason) {
  RowValues after = before;
  after[link.index] = std::move(value);
  LP_CHECK(compute_row(frame.connection, frame.schema, object, after));
  after[1] = integer_of(before[1]) + 1;
  after[4] = frame.now;
  after[5] = frame.scope.user() ? Value(frame.scope.user().value) : Value();
  return replace_record(frame, object, before, after, reason);
}

WriteFrame caused_by(const WriteFrame& frame, const stream::Origin& origin) {
  return {frame.parts, frame.schema, frame.connection, frame.scope,
          origin,      frame.now,    frame.time_zone,  frame.calendar};
}

// Gives the fields of one logged update their old values where they still hold the new ones.
Status give_back(const WriteFrame& frame, const stream::Entry& entry) {
  const Object* object = frame.schema.object(entry.object);
  if (!object) return {};
  LP_TRY(const json::value changes, parse_json(entry.changes_json));
  for (const json::value& item : changes.as_array()) {
    const json::object& change = item.as_object();
    const Field* link = object->field(std::string_view(change.at("field").as_string()));
    if (!link || !link->is_link()) continue;
    const auto from = read_value(*link, change.at("from"));
    const auto to = read_value(*link, change.at("to"));
    LP_TRY(const auto row, read_row(frame.connection, *object, entry.record, Presence::live));
    if (!from || !to || !row || (*row)[link->index] != *to) continue;
    LP_CHECK(write_link(frame, *object, *row, *link, *from, entry.reason));
  }
  return {};
}

}  // namespace

bool keeps_target(const Field& link) {
  return link.on_delete == OnDelete::restrict ||
         (link.on_delete == OnDelete::clear && link.required);
}

Status clear_links(const WriteFrame& frame, std::span<const RemovedRecord> removed,
                   std::int64_t cause, std::string_view reason) {
  std::map<const Object*, std::vector<RecordId>> by_object;
  for (const RemovedRecord& record : removed) by_object[record.object].push_back(record.id);
  stream::Origin origin = frame.origin;
  origin.cause = cause;
  const WriteFrame caused = caused_by(frame, origin);
  for (const auto& [object, ids] : by_object) {
    for (const Referrer& referrer : frame.schema.referrers(object->api_name)) {
      if (referrer.field->on_delete != OnDelete::clear) continue;
      std::vector<LinkedRow> found;
      for (std::size_t i = 0; i < ids.size(); i += ids_of_statement) {
        const auto some = std::span(ids).subspan(i, std::min(ids_of_statement, ids.size() - i));
        LP_CHECK(collect_linked(frame, referrer, some, found));
      }
      for (const LinkedRow& linked : found) {
        // A row that holds ids of two statements was found twice; the first write emptied both.
        LP_TRY(const auto row, read_row(frame.connection, *referrer.object,
                                        RecordId{integer_of(linked.row[0])}, Presence::live));
        if (!row) continue;
        Value value = without(*referrer.field, (*row)[referrer.field->index], ids);
        if (value == (*row)[referrer.field->index]) continue;
        LP_CHECK(
            write_link(caused, *referrer.object, *row, *referrer.field, std::move(value), reason));
      }
    }
  }
  return {};
}

Result<std::int64_t> last_removal(const WriteFrame& frame, const Object& object, RecordId id) {
  std::int64_t removal = 0;
  LP_CHECK(stream::read_history(frame.connection, object.api_name, id, 0, 1,
                                [&](const stream::Entry& entry) -> Status {
                                  if (entry.operation == stream::Operation::remove) {
                                    removal = entry.seq;
                                  }
                                  return {};
                                }));
  return removal;
}

Status restore_links(const WriteFrame& frame, std::int64_t removal) {
  if (removal == 0) return {};
  std::vector<stream::Entry> entries;
  bool more = true;
  while (more && entries.size() < max_cascade) {
    int seen = 0;
    const std::int64_t since = entries.empty() ? removal : entries.back().seq;
    more = false;
    LP_CHECK(stream::read_since(
        frame.connection, since, {}, entries_of_slice, [&](const stream::Entry& entry) -> Status {
          const bool caused =
              entry.origin.cause == removal && entry.operation == stream::Operation::update;
          more = caused && ++seen == entries_of_slice;
          if (caused) entries.push_back(entry);
          return {};
        }));
  }
  for (const stream::Entry& entry : entries) LP_CHECK(give_back(frame, entry));
  return {};
}

}  // namespace linchpin::records
