#include "inbound/live/change_batch.h"

#include "records/row_store.h"

namespace linchpin::inbound {

using records::Field;
using records::Object;
using records::Presence;
using records::RowValues;
using stream::Entry;
using stream::Operation;

namespace {

std::int64_t rows_of(const Entry& entry) {
  return static_cast<std::int64_t>(std::max<std::size_t>(entry.records.size(), 1));
}

// Undoes one entry: the old value of each field that it names. A sealed value stays as it is,
// because nothing is told or filtered by it.
Status put_back(const Object& object, const Entry& entry, RowValues& row,
                std::set<const Field*>& changed) {
  if (entry.changes_json.empty()) return {};
  LP_TRY(const json::value changes, parse_json(entry.changes_json));
  if (!changes.is_array()) return Error::internal("change log: changes are no array");
  for (const json::value& change : changes.get_array()) {
    const json::object* item = change.if_object();
    const json::value* name = item ? item->if_contains("field") : nullptr;
    if (name == nullptr || !name->is_string()) continue;
    const Field* field = object.field(std::string_view(name->get_string()));
    if (field == nullptr) continue;
    changed.insert(field);
    const json::value* from = item->if_contains("from");
    if (from == nullptr || field->sensitivity == records::Sensitivity::personal) continue;
    auto value = records::read_value(*field, *from);
    if (value) row[field->index] = std::move(*value);
  }
  return {};
}

}  // namespace

Result<bool> ChangeBatch::read(std::int64_t since) {
  int seen = 0;
  LP_CHECK(stream::read_since(connection_, since, {}, max_entries + 1,
                              [&](const Entry& entry) -> Status {
                                ++seen;
                                objects_.insert(entry.object);
                                if (entry.operation == Operation::share) {
                                  shared_[entry.object] = entry.seq;
                                } else {
                                  entries_[entry.object].push_back(entry);
                                }
                                return {};
                              }));
  return seen <= max_entries;
}

Result<const ObjectChanges*> ChangeBatch::of(const std::string& name) {
  const ObjectChanges* nothing = nullptr;
  const auto made = changes_.find(name);
  if (made != changes_.end()) return &made->second;
  const auto entries = entries_.find(name);
  const Object* object = schema_.object(name);
  if (entries == entries_.end() || object == nullptr) return nothing;
  ObjectChanges changes;
  changes.seq = entries->second.back().seq;
  for (const Entry& entry : entries->second) changes.rows += rows_of(entry);
  if (changes.rows <= max_told_rows) {
    std::map<RecordId, std::vector<const Entry*>> by_record;
    for (const Entry& entry : entries->second) {
      if (entry.records.empty()) by_record[entry.record].push_back(&entry);
      for (const RecordId record : entry.records) by_record[record].push_back(&entry);
    }
    for (const auto& [record, some] : by_record) {
      LP_TRY(RowChange change, make_change(*object, some, record));
      changes.changes.push_back(std::move(change));
    }
    std::sort(changes.changes.begin(), changes.changes.end(),
              [](const RowChange& a, const RowChange& b) { return a.seq < b.seq; });
  }
  const ObjectChanges& kept = changes_[name] = std::move(changes);
  return &kept;
}

Result<RowChange> ChangeBatch::make_change(const Object& object,
                                           const std::vector<const Entry*>& entries,
                                           RecordId record) {
  RowChange change;
  change.record = record;
  change.seq = entries.back()->seq;
  LP_TRY(change.after, records::read_row(connection_, object, record, Presence::live));
  if (change.after) change.version = records::integer_of((*change.after)[1]);
  const Operation first = entries.front()->operation;
  if (first == Operation::create || first == Operation::restore) return change;
  if (change.after) {
    change.before = change.after;
  } else {
    LP_TRY(change.before, records::read_row(connection_, object, record, Presence::trashed));
    if (!change.before) return change;
  }
  std::set<const Field*> changed;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    LP_CHECK(put_back(object, **entry, *change.before, changed));
  }
  change.fields.assign(changed.begin(), changed.end());
  std::sort(change.fields.begin(), change.fields.end(),
            [](const Field* a, const Field* b) { return a->index < b->index; });
  return change;
}

std::int64_t ChangeBatch::shared(const std::string& object) const {
  const auto found = shared_.find(object);
  return found == shared_.end() ? 0 : found->second;
}

bool ChangeBatch::touches(const std::string& object, const std::set<std::string>& fields,
                          bool creations) const {
  const auto entries = entries_.find(object);
  if (entries == entries_.end()) return false;
  for (const Entry& entry : entries->second) {
    if (entry.operation == Operation::create && !creations) continue;
    if (entry.operation != Operation::update) return true;
    for (const std::string& field : fields) {
      // The log is written without blanks, and a quote within a value is escaped.
      const std::string member = "\"field\":\"" + field + "\"";
      if (entry.changes_json.find(member) != std::string::npos) return true;
    }
  }
  return false;
}

}  // namespace linchpin::inbound
