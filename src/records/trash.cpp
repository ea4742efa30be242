// The trash: a removed record rests 30 days and comes back with everything that went with it.

#include "records/audit_notes.h"
#include "records/clear_links.h"
#include "records/recalculation.h"
#include "records/row_store.h"
#include "records/write_steps.h"

namespace linchpin::records {

using storage::Sql;

namespace {

struct Removal {
  const Object* object;
  RowValues row;
};

Status refuse_restricted(const WriteFrame& frame, const Referrer& referrer, RecordId id) {
  Sql sql("SELECT 1 FROM ");
  sql.name(referrer.object->table).add(" WHERE ").name(referrer.field->column).add(" = ");
  sql.value(id).add(" AND deleted_at IS NULL LIMIT 1");
  LP_TRY(const std::int64_t found, query_integer(frame.connection, sql, 0));
  if (found == 0) return {};
  return Error::of(ErrorCode::in_use, "linked_records", {{"object", referrer.object->api_name}});
}

Status collect_children(const WriteFrame& frame, const Referrer& referrer, RecordId id,
                        std::optional<Instant> deleted_at, std::vector<Removal>& found) {
  Sql sql("SELECT ");
  sql.append(field_columns(*referrer.object)).add(" FROM ").name(referrer.object->table);
  sql.add(" t WHERE t.").name(referrer.field->column).add(" = ").value(id);
  if (deleted_at) {
    sql.add(" AND t.deleted_at = ").value(*deleted_at);
  } else {
    sql.add(" AND t.deleted_at IS NULL");
  }
  LP_TRY(const auto rows, frame.connection.prepare(sql));
  while (true) {
    LP_TRY(const bool any, rows->step());
    if (!any) return {};
    if (found.size() >= max_cascade) {
      return Error::of(ErrorCode::in_use, "cascade_too_large",
                       {{"max", std::to_string(max_cascade)}});
    }
    found.push_back({referrer.object, take_row(*referrer.object, *rows, 0)});
  }
}

// Gives the seq.
Result<std::int64_t> log_bare(const WriteFrame& frame, const Removal& removal,
                              stream::Operation operation, std::string_view reason) {
  const stream::Change change{removal.object->api_name,
                              RecordId{integer_of(removal.row[0])},
                              operation,
                              integer_of(removal.row[1]) + 1,
                              {},
                              reason};
  LP_CHECK(note_rights(frame, *removal.object, operation, &removal.row, nullptr, reason));
  return stream::append(frame.connection, frame.origin, frame.now, change);
}

Status move_facts_of(const WriteFrame& frame, const Removal& removal, int sign) {
  if (removal.object->facts.empty()) return {};
  FactDeltas deltas(frame.schema, *removal.object);
  LP_CHECK(deltas.add(frame.connection, removal.row, sign));
  return deltas.flush(frame.connection);
}

}  // namespace

Status trash_record(const WriteFrame& frame, const Object& object, const RowValues& row,
                    std::string_view reason) {
  std::vector<Removal> removals{{&object, row}};
  for (std::size_t i = 0; i < removals.size(); ++i) {
    const Object& current = *removals[i].object;
    const RecordId id{integer_of(removals[i].row[0])};
    for (const Referrer& referrer : frame.schema.referrers(current.api_name)) {
      if (referrer.field->many) continue;
      if (keeps_target(*referrer.field)) {
        LP_CHECK(refuse_restricted(frame, referrer, id));
      } else if (referrer.field->on_delete == OnDelete::cascade) {
        LP_CHECK(collect_children(frame, referrer, id, std::nullopt, removals));
      }
    }
    const std::int64_t version = integer_of(removals[i].row[1]) + 1;
    LP_CHECK(set_deleted(frame.connection, current, id, frame.now, frame.scope.user(), version));
  }
  Recalculation follow(frame);
  // Children leave their facts while the parent's state still tells which of them counted.
  std::int64_t seq = 0;
  std::vector<RemovedRecord> removed;
  for (auto removal = removals.rbegin(); removal != removals.rend(); ++removal) {
    LP_CHECK(move_facts_of(frame, *removal, -1));
    LP_TRY(seq, log_bare(frame, *removal, stream::Operation::remove, reason));
    LP_CHECK(follow.changed(*removal->object, &removal->row, nullptr));
    removed.push_back({removal->object, RecordId{integer_of(removal->row[0])}});
  }
  LP_CHECK(clear_links(frame, removed, seq, reason));
  return follow.finish();
}

Status restore_record(const WriteFrame& frame, const Object& object, const RowValues& row,
                      std::string_view reason) {
  Sql when("SELECT deleted_at FROM ");
  when.name(object.table).add(" WHERE id = ").value(row[0]);
  LP_TRY(const Instant deleted_at, query_integer(frame.connection, when, 0));
  LP_TRY(const std::int64_t removal, last_removal(frame, object, RecordId{integer_of(row[0])}));
  std::vector<Removal> restored{{&object, row}};
  for (std::size_t i = 0; i < restored.size(); ++i) {
    const Object& current = *restored[i].object;
    const RecordId id{integer_of(restored[i].row[0])};
    for (const Referrer& referrer : frame.schema.referrers(current.api_name)) {
      if (referrer.field->many || referrer.field->on_delete != OnDelete::cascade) continue;
      LP_CHECK(collect_children(frame, referrer, id, deleted_at, restored));
    }
    const std::int64_t version = integer_of(restored[i].row[1]) + 1;
    LP_CHECK(set_deleted(frame.connection, current, id, std::nullopt, RecordId(), version));
  }
  Recalculation follow(frame);
  for (const Removal& back : restored) {
    LP_CHECK(move_facts_of(frame, back, +1));
    LP_CHECK(log_bare(frame, back, stream::Operation::restore, reason));
    LP_CHECK(follow.changed(*back.object, nullptr, &back.row));
  }
  LP_CHECK(restore_links(frame, removal));
  return follow.finish();
}

}  // namespace linchpin::records
