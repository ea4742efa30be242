#include <algorithm>

#include "duplicates/merge.h"
#include "records/bulk.h"
#include "records/row_store.h"
#include "records/scan.h"

namespace linchpin::duplicates {

namespace {

using records::BulkSlice;
using records::Field;
using records::Object;
using records::Presence;
using records::Records;
using storage::Connection;

struct StoredItem {
  std::int64_t place = 0;
  std::string deed;
  std::string object;
  RecordId record;
  std::string field;
  std::string before;
  std::string after;
};

Result<std::vector<StoredItem>> items_of(Records& records, Connection& connection, RecordId merge) {
  const json::object where{{"op", "eq"}, {"field", "merge"}, {"value", format_id(merge)}};
  std::vector<StoredItem> items;
  const auto text = [](const storage::Value& value) {
    return std::string(records::text_of(value));
  };
  LP_CHECK(records::scan_fields(
      records, connection, access::Authority::product(), "account_merge_item", where,
      {"place", "deed", "object", "record", "field", "from_value", "to_value"},
      [&](RecordId, std::span<const storage::Value> values) {
        const auto id = parse_id(records::text_of(values[3]));
        if (!id) return;
        items.push_back({records::integer_of(values[0]), text(values[1]), text(values[2]), *id,
                         text(values[4]), text(values[5]), text(values[6])});
      }));
  // What was done last is taken back first.
  std::sort(items.begin(), items.end(),
            [](const StoredItem& one, const StoredItem& other) { return one.place > other.place; });
  return items;
}

Result<storage::Value> value_of(const Field& field, const std::string& text) {
  LP_TRY(const json::value value, parse_json(text));
  auto read = records::read_value(field, value);
  if (!read) return Error::internal("merge: a stored value that cannot be read");
  return std::move(*read);
}

// Empty: it was taken back; otherwise why not.
Result<std::string> take_back(BulkSlice& slice, Connection& connection, const StoredItem& item) {
  const Object* object = slice.object(item.object);
  if (!object) return std::string("gone");
  const bool trashed = item.deed == "removed";
  LP_TRY(const auto row, records::read_row(connection, *object, item.record,
                                           trashed ? Presence::trashed : Presence::live));
  if (!row) return std::string(trashed ? "changed" : "gone");
  if (trashed) {
    LP_CHECK(slice.restore(*object, item.record));
    return std::string();
  }
  if (item.deed == "created") {
    LP_CHECK(slice.remove(*object, item.record));
    return std::string();
  }
  const Field* field = object->field(item.field);
  if (!field || field->retired) return std::string("gone");
  LP_TRY(const storage::Value after, value_of(*field, item.after));
  if ((*row)[field->index] != after) return std::string("changed");
  LP_TRY(storage::Value before, value_of(*field, item.before));
  LP_CHECK(slice.update(*object, item.record, {{field, std::move(before)}}));
  return std::string();
}

Status take_back_all(Records& records, Connection& connection, const std::vector<StoredItem>& items,
                     const Deed& deed, TakenBack& done) {
  const access::AccessScope all = access::Authority::administrator(deed.scope.user());
  std::unique_ptr<BulkSlice> slice;
  for (const StoredItem& item : items) {
    if (slice && slice->written() + 1 >= records::max_slice_records) {
      LP_CHECK(slice->finish());
      slice.reset();
    }
    if (!slice) slice = std::make_unique<BulkSlice>(records, connection, all, deed.origin);
    LP_TRY(const std::string why, take_back(*slice, connection, item));
    if (why.empty()) {
      ++done.restored;
      continue;
    }
    if (item.object == "account" && item.deed == "removed") {
      return Error::of(ErrorCode::invalid_state, "merge_account_gone");
    }
    done.conflicts.emplace_back(
        json::object{{"object", item.object}, {"record", format_id(item.record)}, {"why", why}});
  }
  return slice ? slice->finish() : Status();
}

}  // namespace

Result<TakenBack> undo_merge(Records& records, Connection& connection, RecordId merge,
                             const Deed& deed) {
  const auto schema = records.schema();
  const Object& object = *schema->object("account_merge");
  const Object& account = *schema->object("account");
  LP_CHECK(records::lock_row(connection, object, merge));
  LP_TRY(const auto row, records::read_row(connection, object, merge, Presence::live));
  if (!row) return Error::of(ErrorCode::not_found);
  const RecordId kept{records::integer_of((*row)[object.field("kept")->index])};
  LP_TRY(const auto kept_row, records::read_row(connection, account, kept, Presence::live));
  if (!kept_row) return Error::of(ErrorCode::not_found);
  LP_CHECK(records::check_reach(connection, *schema, records.viewer(deed.scope),
                                access::Action::update, account, *kept_row));
  if (!deed.scope.may(access::Action::restore, "account")) return Error::of(ErrorCode::forbidden);
  if (records::text_of((*row)[object.field("state")->index]) != "done") {
    return Error::of(ErrorCode::invalid_state, "merge_undone");
  }
  LP_TRY(const std::vector<StoredItem> items, items_of(records, connection, merge));
  TakenBack done;
  LP_CHECK(take_back_all(records, connection, items, deed, done));
  const access::AccessScope product = access::Authority::product();
  BulkSlice slice(records, connection, product, deed.origin);
  const Object& current = *slice.object("account_merge");
  LP_CHECK(slice.update(current, merge,
                        {{current.field("state"), std::string("undone")},
                         {current.field("undone_at"), storage::Value(deed.now)}}));
  LP_CHECK(slice.finish());
  return done;
}

}  // namespace linchpin::duplicates
