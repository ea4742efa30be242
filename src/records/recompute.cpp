#include "records/recompute.h"

#include <cassert>

#include "records/compute_values.h"
#include "records/recalculation.h"
#include "records/rollups.h"
#include "records/row_store.h"
#include "records/tables.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

Result<std::vector<RowValues>> rows_behind(Connection& connection, const Object& object,
                                           RecordId after, std::size_t limit) {
  Sql sql("SELECT ");
  sql.append(field_columns(object)).add(" FROM ").name(object.table).add(" t WHERE t.id > ");
  sql.value(after).add(" ORDER BY t.id LIMIT ").value(static_cast<std::int64_t>(limit));
  LP_TRY(const auto rows, connection.prepare(sql));
  std::vector<RowValues> found;
  while (true) {
    LP_TRY(const bool any, rows->step());
    if (!any) return found;
    found.push_back(take_row(object, *rows, 0));
  }
}

Result<RowValues> recomputed(Connection& connection, const Schema& schema, const Object& object,
                             const RowValues& row, Averages averages) {
  RowValues made = row;
  for (const RollupField* rollup : schema.computed().rollups_into(object)) {
    LP_TRY(made[rollup->field->index],
           summed_rollup(connection, schema, *rollup, integer_of(row[0]), averages));
  }
  LP_CHECK(compute_row(connection, schema, object, made));
  return made;
}

Result<std::size_t> recompute_all(Connection& connection, const Schema& schema,
                                  const Object& object) {
  std::size_t changed = 0;
  RecordId last;
  while (true) {
    LP_TRY(const RecomputedSlice slice,
           recompute_slice(connection, schema, object, last, max_recompute_slice));
    changed += slice.changed;
    last = slice.last;
    if (slice.seen < max_recompute_slice) return changed;
  }
}

// One object may read another's: until a round changes nothing.
Status recompute_until_settled(Connection& connection, const Schema& schema,
                               const std::vector<const Object*>& objects) {
  for (std::size_t changed = objects.size(); changed > 0;) {
    changed = 0;
    for (const Object* object : objects) {
      LP_TRY(const std::size_t here, recompute_all(connection, schema, *object));
      changed += here;
    }
  }
  return {};
}

}  // namespace

bool has_stored_computed(const Object& object) {
  return std::any_of(object.fields.begin(), object.fields.end(),
                     [](const Field& field) { return field.compute && field.stored; });
}

Result<RecomputedSlice> recompute_slice(Connection& connection, const Schema& schema,
                                        const Object& object, RecordId after, std::size_t limit) {
  assert(limit <= max_recompute_slice);
  LP_TRY(const auto rows, rows_behind(connection, object, after, limit));
  RecomputedSlice slice{after, rows.size(), 0};
  for (const RowValues& row : rows) {
    LP_TRY(const RowValues made, recomputed(connection, schema, object, row, Averages::keep));
    slice.last = RecordId{integer_of(row[0])};
    if (made == row) continue;
    LP_CHECK(update_row(connection, object, row, made));
    ++slice.changed;
  }
  return slice;
}

Status recompute_with_followers(Connection& connection, const Schema& schema,
                                const Object& object) {
  std::vector<const Object*> objects = schema.computed().followers(object);
  objects.push_back(&object);
  std::erase_if(objects, [](const Object* one) { return !has_stored_computed(*one); });
  std::int64_t records = 0;
  for (const Object* one : objects) {
    Sql sql("SELECT count(*) FROM ");
    LP_TRY(const std::int64_t count, query_integer(connection, sql.name(one->table), 0));
    records += count;
  }
  if (records > static_cast<std::int64_t>(max_recomputed)) {
    return Error::of(ErrorCode::in_use, "recalculation_too_large",
                     {{"max", std::to_string(max_recomputed)}});
  }
  return recompute_until_settled(connection, schema, objects);
}

Result<PresentColumns> computed_columns(Connection& connection, const Schema& schema) {
  PresentColumns present;
  for (const auto& object : schema.objects()) {
    if (!has_stored_computed(*object)) continue;
    LP_TRY(present[object->api_name], table_columns(connection, object->table));
  }
  return present;
}

Status fill_new_computed(Connection& connection, const Schema& schema,
                         const PresentColumns& present) {
  std::vector<const Object*> objects;
  for (const auto& [name, columns] : present) {
    const Object& object = *schema.object(name);
    const bool lacks = std::any_of(
        object.fields.begin(), object.fields.end(), [&, &known = columns](const Field& field) {
          return field.compute && field.stored &&
                 std::find(known.begin(), known.end(), field.column.text()) == known.end();
        });
    if (lacks && !columns.empty()) objects.push_back(&object);
  }
  return recompute_until_settled(connection, schema, objects);
}

Result<std::vector<ComputedDifference>> check_computed(Connection& connection, const Schema& schema,
                                                       const Object& object) {
  std::vector<ComputedDifference> differences;
  if (!has_stored_computed(object)) return differences;
  RecordId last;
  while (true) {
    LP_TRY(const auto rows, rows_behind(connection, object, last, max_recompute_slice));
    for (const RowValues& row : rows) {
      last = RecordId{integer_of(row[0])};
      LP_TRY(const RowValues made,
             recomputed(connection, schema, object, row, Averages::look_only));
      for (const Field& field : object.fields) {
        if (made[field.index] == row[field.index]) continue;
        differences.push_back({last, field.api_name});
        if (differences.size() == max_computed_differences) return differences;
      }
    }
    if (rows.size() < max_recompute_slice) return differences;
  }
}

}  // namespace linchpin::records
