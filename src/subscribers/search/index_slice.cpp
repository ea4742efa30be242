#include "subscribers/search/index_slice.h"

#include "records/row_store.h"
#include "records/search_index.h"

namespace linchpin::search {

using records::Object;
using records::Presence;
using records::search_built;
using storage::Connection;
using storage::Sql;

namespace {

constexpr std::int64_t cleared_first = -1;
constexpr int entries_at_once = 32;
// Emptying takes so many rows for each record that the slice may take up.
constexpr std::int64_t rows_of_record = 50;
constexpr std::array<std::size_t, 3> rows_of_statement{64, 8, 1};

// What the searched fields of an updated record held before; nothing when none has changed.
Result<std::vector<std::string>> stale_terms(const Object& object, std::string_view changes_json,
                                             bool& concerned) {
  std::vector<std::string> terms;
  concerned = false;
  if (changes_json.empty()) return terms;
  LP_TRY(const json::value changes, parse_json(changes_json));
  if (!changes.is_array()) return Error::internal("change log: changes are no array");
  for (const json::value& change : changes.get_array()) {
    const json::object* item = change.if_object();
    const json::value* name = item ? item->if_contains("field") : nullptr;
    if (name == nullptr || !name->is_string()) continue;
    const records::Field* field = object.field(std::string_view(name->get_string()));
    if (field == nullptr || !records::is_searched(*field)) continue;
    concerned = true;
    const json::value* from = item->if_contains("from");
    if (from == nullptr || !from->is_string()) continue;
    records::add_search_terms(*field, std::string_view(from->get_string()), terms);
  }
  return terms;
}

Sql insert_sql(std::size_t rows) {
  Sql sql("INSERT INTO lp_search(object, term, record) VALUES ");
  for (std::size_t i = 0; i < rows; ++i) {
    if (i > 0) sql.add(", ");
    sql.add("(").parameter().add(", ").parameter().add(", ").parameter().add(")");
  }
  return std::move(sql.add(" ON CONFLICT DO NOTHING"));
}

}  // namespace

Result<IndexSlice::Objects> IndexSlice::read_objects(Connection& connection) {
  Objects objects;
  LP_TRY(const auto rows,
         connection.prepare(Sql("SELECT object, number, fields, built_to FROM lp_search_object")));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return objects;
    objects[std::string(rows->text(0))] = {rows->integer(1), std::string(rows->text(2)),
                                           rows->integer(3)};
  }
}

Result<IndexSlice::Place> IndexSlice::read_place(Connection& connection) {
  LP_TRY(const auto rows,
         connection.prepare(Sql("SELECT seq, skip FROM lp_search_position WHERE id = 1")));
  LP_TRY(const bool found, rows->step());
  if (!found) return Error::internal("search index: no position");
  return Place{rows->integer(0), rows->integer(1)};
}

Result<IndexSlice::Due> IndexSlice::look(Connection& connection, const records::Schema& schema) {
  LP_TRY(const Objects objects, read_objects(connection));
  Due due;
  std::size_t indexed = 0;
  for (const auto& object : schema.objects()) {
    const std::string fields = records::search_fingerprint(*object);
    if (fields.empty()) continue;
    ++indexed;
    const auto found = objects.find(object->api_name);
    const bool same = found != objects.end() && found->second.fields == fields;
    if (same && found->second.built_to == search_built) continue;
    due.anything = true;
    if (same || found == objects.end()) continue;
    LP_TRY(const bool grown, is_grown(connection, *object, found->second.fields));
    if (grown) due.grown.insert(object->api_name);
  }
  LP_TRY(const Place place, read_place(connection));
  LP_TRY(due.seq, stream::last_seq(connection));
  if (indexed != objects.size() || place.seq < due.seq) due.anything = true;
  return due;
}

// Whether the object is searched as `before` says and by further fields that no record holds.
Result<bool> IndexSlice::is_grown(Connection& connection, const Object& object,
                                  std::string_view before) {
  const auto since = records::fields_searched_since(object, before);
  if (!since || since->empty()) return false;
  Sql sql("SELECT 1 FROM ");
  sql.name(object.table).add(" WHERE ");
  for (const records::Field* field : *since) {
    if (field != since->front()) sql.add(" OR ");
    sql.name(field->column).add(" IS NOT NULL");
  }
  LP_TRY(const auto rows, connection.prepare(sql.add(" LIMIT 1")));
  LP_TRY(const bool found, rows->step());
  return !found;
}

Result<bool> IndexSlice::run() {
  // Holds other processes back that keep the same index.
  LP_CHECK(connection_.execute(Sql("UPDATE lp_search_position SET seq = seq WHERE id = 1")));
  LP_CHECK(agree_on_objects());
  LP_TRY(const bool followed, follow());
  bool built = false;
  if (left_ > 0) {
    LP_TRY(built, build());
  }
  LP_CHECK(write_rows());
  return followed || built;
}

// An object that is new, or is searched by other fields than before, is emptied and walked. What
// has been written since the look is in the change log behind the place of the index.
Status IndexSlice::agree_on_objects() {
  LP_TRY(objects_, read_objects(connection_));
  LP_TRY(const Place place, read_place(connection_));
  for (const auto& object : schema_.objects()) {
    const std::string fields = records::search_fingerprint(*object);
    const auto found = objects_.find(object->api_name);
    if (found != objects_.end() ? found->second.fields == fields : fields.empty()) continue;
    Sql sql("INSERT INTO lp_search_object(number, object, fields, built_to) VALUES ");
    sql.add("((SELECT coalesce(max(number), 0) + 1 FROM lp_search_object), ");
    sql.value(object->api_name).add(", ").value(fields).add(", 0) ON CONFLICT (object) ");
    sql.add("DO UPDATE SET fields = excluded.fields");
    const bool grown = place.seq <= due_.seq && due_.grown.contains(object->api_name);
    if (!grown) sql.add(", built_to = ").value(cleared_first);
    LP_CHECK(connection_.execute(sql));
  }
  for (const auto& [name, state] : objects_) {
    if (schema_.object(name) != nullptr || state.fields.empty()) continue;
    Sql sql("UPDATE lp_search_object SET fields = '', built_to = ");
    LP_CHECK(connection_.execute(sql.value(cleared_first).add(" WHERE object = ").value(name)));
  }
  LP_TRY(objects_, read_objects(connection_));
  return {};
}

Result<bool> IndexSlice::follow() {
  LP_TRY(Place place, read_place(connection_));
  const Place before = place;
  while (left_ > 0) {
    std::vector<stream::Entry> entries;
    // An entry of many records is read again by each slice: the ones behind it wait.
    const int count = place.skip > 0 ? 1 : entries_at_once;
    LP_CHECK(stream::read_since(connection_, place.seq, {}, count,
                                [&](const stream::Entry& entry) -> Status {
                                  entries.push_back(entry);
                                  return {};
                                }));
    if (entries.empty()) break;
    for (const stream::Entry& entry : entries) {
      const auto size = static_cast<std::int64_t>(std::max<std::size_t>(entry.records.size(), 1));
      const std::int64_t taken = std::min(size - place.skip, static_cast<std::int64_t>(left_));
      LP_CHECK(take(entry, place.skip, taken));
      left_ -= static_cast<std::size_t>(taken);
      const bool whole = place.skip + taken == size;
      place = whole ? Place{entry.seq, 0} : Place{place.seq, place.skip + taken};
      if (!whole || left_ == 0) break;
    }
  }
  if (place.seq == before.seq && place.skip == before.skip) return false;
  Sql sql("UPDATE lp_search_position SET seq = ");
  sql.value(place.seq).add(", skip = ").value(place.skip).add(" WHERE id = 1");
  LP_CHECK(connection_.execute(sql));
  return true;
}

Status IndexSlice::take(const stream::Entry& entry, std::int64_t from, std::int64_t count) {
  const auto state = objects_.find(entry.object);
  const Object* object = schema_.object(entry.object);
  if (state == objects_.end() || state->second.fields.empty() || object == nullptr) return {};
  if (entry.operation == stream::Operation::share) return {};
  std::vector<std::string> stale;
  if (entry.operation == stream::Operation::update) {
    bool concerned = false;
    LP_TRY(stale, stale_terms(*object, entry.changes_json, concerned));
    if (!concerned) return {};
  }
  for (std::int64_t i = from; i < from + count; ++i) {
    const RecordId record =
        entry.records.empty() ? entry.record : entry.records[static_cast<std::size_t>(i)];
    const std::int64_t built_to = state->second.built_to;
    if (built_to != search_built && record.value > built_to) continue;  // the walk will meet it
    LP_CHECK(settle(*object, state->second.number, record, stale));
  }
  return {};
}

// What the record holds now is what counts: later entries find nothing left to do.
Status IndexSlice::settle(const Object& object, std::int64_t number, RecordId record,
                          std::vector<std::string> stale) {
  LP_TRY(const auto live, records::read_row(connection_, object, record, Presence::live));
  std::vector<std::string> terms;
  if (live) {
    terms = records::search_terms(object, *live);
  } else {
    LP_TRY(const auto gone, records::read_row(connection_, object, record, Presence::trashed));
    if (gone) {
      const std::vector<std::string> last = records::search_terms(object, *gone);
      stale.insert(stale.end(), last.begin(), last.end());
    }
  }
  if (!stale.empty()) {
    Sql sql("DELETE FROM lp_search WHERE object = ");
    sql.value(number).add(" AND term = ").parameter().add(" AND record = ").value(record);
    LP_TRY(const auto removal, connection_.prepare(sql));
    for (const std::string& term : stale) {
      if (std::binary_search(terms.begin(), terms.end(), term)) continue;
      removal->reset();
      removal->bind_text(1, term);
      LP_CHECK(removal->step());
    }
  }
  add_rows(number, record, std::move(terms));
  return {};
}

void IndexSlice::add_rows(std::int64_t number, RecordId record, std::vector<std::string> terms) {
  for (std::string& term : terms) rows_.push_back({number, std::move(term), record});
}

Result<bool> IndexSlice::build() {
  bool built = false;
  for (auto& [object, state] : objects_) {
    while (state.built_to != search_built && left_ > 0) {
      built = true;
      if (state.built_to != cleared_first) {
        LP_CHECK(walk(object, state));
      } else {
        LP_TRY(const bool is_empty, empty(object, state));
        if (!is_empty) return true;
      }
    }
  }
  return built;
}

// True when nothing of the object is left.
Result<bool> IndexSlice::empty(const std::string& object, IndexedObject& state) {
  Sql sql("DELETE FROM lp_search WHERE (object, term, record) IN (SELECT object, term, record ");
  sql.add("FROM lp_search WHERE object = ").value(state.number);
  const std::int64_t most = static_cast<std::int64_t>(left_) * rows_of_record;
  sql.add(" ORDER BY object, term, record LIMIT ").value(most).add(")");
  LP_TRY(const std::int64_t removed, connection_.execute(sql));
  left_ -= static_cast<std::size_t>(removed / rows_of_record);
  if (left_ == 0) return false;
  if (!state.fields.empty()) {
    LP_CHECK(set_built_to(object, state, 0));
    return true;
  }
  Sql forget("DELETE FROM lp_search_object WHERE object = ");
  LP_CHECK(connection_.execute(forget.value(object)));
  state.built_to = search_built;
  return true;
}

Status IndexSlice::walk(const std::string& name, IndexedObject& state) {
  const Object& object = *schema_.object(name);
  Sql sql("SELECT ");
  sql.append(records::field_columns(object)).add(" FROM ").name(object.table);
  sql.add(" t WHERE t.id > ").value(state.built_to).add(" AND t.deleted_at IS NULL ");
  sql.add("ORDER BY t.id LIMIT ").value(static_cast<std::int64_t>(left_));
  std::int64_t last = search_built;
  {
    LP_TRY(const auto rows, connection_.prepare(sql));
    while (left_ > 0) {
      LP_TRY(const bool found, rows->step());
      if (!found) break;
      const records::RowValues row = records::take_row(object, *rows, 0);
      last = records::integer_of(row[0]);
      add_rows(state.number, RecordId{last}, records::search_terms(object, row));
      --left_;
    }
  }
  return set_built_to(name, state, left_ == 0 ? last : search_built);
}

Status IndexSlice::set_built_to(const std::string& object, IndexedObject& state, std::int64_t to) {
  state.built_to = to;
  Sql sql("UPDATE lp_search_object SET built_to = ");
  LP_CHECK(connection_.execute(sql.value(to).add(" WHERE object = ").value(object)));
  return {};
}

// In the order of the table, many in one statement.
Status IndexSlice::write_rows() {
  std::sort(rows_.begin(), rows_.end());
  auto row = rows_.cbegin();
  for (const std::size_t count : rows_of_statement) {
    if (static_cast<std::size_t>(rows_.cend() - row) < count) continue;
    LP_TRY(const auto insert, connection_.prepare(insert_sql(count)));
    while (static_cast<std::size_t>(rows_.cend() - row) >= count) {
      insert->reset();
      for (int place = 0; place < static_cast<int>(count) * 3; place += 3, ++row) {
        insert->bind_integer(place, row->object);
        insert->bind_text(place + 1, row->term);
        insert->bind_integer(place + 2, row->record.value);
      }
      LP_CHECK(insert->step());
    }
  }
  rows_.clear();
  return {};
}

}  // namespace linchpin::search
