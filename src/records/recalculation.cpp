#include "records/recalculation.h"

#include "records/change_text.h"
#include "records/compute_values.h"
#include "records/filter_sql.h"
#include "records/row_store.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

Result<bool> is_live(Connection& connection, const Object& object, std::int64_t record) {
  Sql sql("SELECT 1 FROM ");
  sql.name(object.table).add(" WHERE id = ").value(record).add(" AND deleted_at IS NULL");
  LP_TRY(const std::int64_t found, query_integer(connection, sql, 0));
  return found != 0;
}

// The records from which the first links of a path lead to a record, the trash included.
Sql leading_sql(const Schema& schema, const Dependent& dependent, RecordId record) {
  const auto& links = dependent.path->links;
  Sql sql("IN (");
  sql.value(record).add(")");
  for (std::size_t step = dependent.steps; step-- > 1;) {
    const Object& between = *schema.object(links[step - 1]->target);
    Sql outer("IN (SELECT id FROM ");
    outer.name(between.table).add(" WHERE ").name(links[step]->column).add(" ").append(sql);
    sql = std::move(outer.add(")"));
  }
  Sql whole("SELECT id FROM ");
  whole.name(dependent.formula->object->table).add(" WHERE ").name(links.front()->column);
  whole.add(" ").append(sql).add(" ORDER BY id LIMIT ");
  return whole.value(std::int64_t{max_recomputed + 1});
}

// What capabilities keep of the record follows from others, now that those are written.
Status run_keeping(const WriteFrame& frame, const Object& object, const RowValues& before,
                   RowValues& after) {
  const RuleFrame rules = frame.rules();
  std::vector<FieldProblem> problems;
  for (const Rule& rule : frame.parts.rules.keeping(object.api_name)) {
    RuleContext context(rules, object, &before, after, problems);
    LP_CHECK(rule(context));
  }
  if (problems.empty()) return {};
  return Error::invalid(std::move(problems));
}

Error too_many() {
  return Error::of(ErrorCode::in_use, "recalculation_too_large",
                   {{"max", std::to_string(max_recomputed)}});
}

}  // namespace

Recalculation::Recalculation(const WriteFrame& frame) : frame_(frame) {}

Status Recalculation::changed(const Object& object, const RowValues* before,
                              const RowValues* after) {
  const ComputeGraph& graph = frame_.schema.computed();
  for (const RollupField* rollup : graph.rollups_from(object)) {
    LP_CHECK(collect_rollup(*rollup, before, after));
  }
  const bool appears_or_goes = !before || !after;
  for (const Dependent& dependent : graph.dependents(object)) {
    const std::size_t watched = dependent.watched->index;
    if (!appears_or_goes && (*before)[watched] == (*after)[watched]) continue;
    const RowValues& any = before ? *before : *after;
    LP_CHECK(collect_dependents(dependent, RecordId{integer_of(any[0])}));
  }
  for (const Concerned& concerned : frame_.parts.rules.concerned_by(object.api_name)) {
    LP_CHECK(collect_concerned(concerned, before, after));
  }
  return {};
}

Status Recalculation::collect_concerned(const Concerned& concerned, const RowValues* before,
                                        const RowValues* after) {
  const Object& object = *frame_.schema.object(concerned.object);
  const RuleFrame rules = frame_.rules();
  std::vector<RecordId> found;
  LP_CHECK(concerned.find(rules, before, after, found));
  for (const RecordId id : found) touched_[{object.api_name, id.value, &object}];
  return {};
}

Status Recalculation::collect_rollup(const RollupField& rollup, const RowValues* before,
                                     const RowValues* after) {
  const Contribution old_part = contribution_of(frame_.schema, rollup, before);
  const Contribution new_part = contribution_of(frame_.schema, rollup, after);
  if (old_part == new_part) return {};
  for (const auto& [part, sign] : {std::pair(&old_part, -1), std::pair(&new_part, +1)}) {
    if (part->parent == 0) continue;
    const Place place{rollup.parent->api_name, part->parent, rollup.parent};
    LP_CHECK(add_contribution(touched_[place][&rollup], *part, sign));
  }
  return {};
}

Status Recalculation::collect_dependents(const Dependent& dependent, RecordId changed) {
  const Object& object = *dependent.formula->object;
  LP_TRY(const auto rows,
         frame_.connection.prepare(leading_sql(frame_.schema, dependent, changed)));
  for (std::size_t count = 0;; ++count) {
    LP_TRY(const bool found, rows->step());
    if (!found) return {};
    if (count == max_recomputed) return too_many();
    touched_[{object.api_name, rows->integer(0), &object}];
  }
}

// What is computed is no edit: the version, by which editors notice each other, and who changed the
// record last stay as they are. A record in the trash is kept right but tells nobody.
Status Recalculation::recompute(const Place& place, const Changes& changes) {
  if (++recomputed_ > max_recomputed) return too_many();
  Connection& connection = frame_.connection;
  const Object& object = *place.object;
  LP_CHECK(lock_row(connection, object, RecordId{place.record}));
  LP_TRY(const auto before, read_row(connection, object, RecordId{place.record}, Presence::any));
  if (!before) return {};
  RowValues after = *before;
  for (const auto& [rollup, change] : changes) {
    LP_TRY(after[rollup->field->index],
           changed_rollup(connection, frame_.schema, *rollup, *before, change));
  }
  LP_CHECK(run_keeping(frame_, object, *before, after));
  LP_CHECK(compute_row(connection, frame_.schema, object, after));
  if (after == *before) return {};
  LP_CHECK(update_row(connection, object, *before, after));
  LP_TRY(const bool live, is_live(connection, object, place.record));
  if (!live) return {};
  LP_CHECK(move_facts(frame_, object, &*before, &after));
  entries_.push_back({&object, RecordId{place.record}, integer_of(after[1]),
                      changes_text(object, *before, after)});
  return changed(object, &*before, &after);
}

Status Recalculation::finish() {
  while (!touched_.empty()) {
    const auto round = std::exchange(touched_, {});
    for (const auto& [place, changes] : round) LP_CHECK(recompute(place, changes));
  }
  recomputed_ = 0;
  return log();
}

Status Recalculation::log() {
  stream::Origin origin = frame_.origin;
  origin.actor = {stream::Actor::Kind::system, RecordId()};
  const auto entries = std::exchange(entries_, {});
  if (entries.size() <= max_single_entries) {
    for (const Entry& entry : entries) {
      const stream::Change change{entry.object->api_name, entry.record,  stream::Operation::update,
                                  entry.version,          entry.changes, {}};
      LP_CHECK(stream::append(frame_.connection, origin, frame_.now, change));
    }
    return {};
  }
  std::map<std::string_view, std::vector<RecordId>> records;
  for (const Entry& entry : entries) records[entry.object->api_name].push_back(entry.record);
  for (auto& [object, ids] : records) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (std::size_t at = 0; at < ids.size(); at += stream::max_range_records) {
      const std::size_t count = std::min(stream::max_range_records, ids.size() - at);
      LP_CHECK(stream::append_range(frame_.connection, origin, frame_.now, object,
                                    stream::Operation::update, std::span(ids).subspan(at, count)));
    }
  }
  return {};
}

Status recalculate(const WriteFrame& frame, const Object& object, const RowValues* before,
                   const RowValues* after) {
  Recalculation recalculation(frame);
  LP_CHECK(recalculation.changed(object, before, after));
  return recalculation.finish();
}

}  // namespace linchpin::records
