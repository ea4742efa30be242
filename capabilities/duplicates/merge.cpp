#include "duplicates/merge.h"

#include <map>

#include "records/bulk.h"
#include "records/row_store.h"
#include "records/scan.h"

namespace linchpin::duplicates {

namespace {

using records::BulkSlice;
using records::Field;
using records::Object;
using records::Records;
using records::RowValues;
using storage::Connection;

constexpr std::array<std::string_view, 3> deed_names{"changed", "removed", "created"};

std::string_view name_of(ItemDeed deed) {
  return deed_names[static_cast<std::size_t>(deed)];
}

Result<storage::Value> stored_value(const Field& field, const std::string& text) {
  LP_TRY(const json::value value, parse_json(text));
  auto read = records::read_value(field, value);
  if (!read) return Error::internal("merge: a value of its own that cannot be read");
  return std::move(*read);
}

std::string text_in(const Object& object, const RowValues& row, std::string_view name) {
  const Field* field = object.field(name);
  return field ? std::string(records::text_of(row[field->index])) : std::string();
}

void set(const Object& object, RowValues& row, std::string_view name, storage::Value value) {
  row[object.field(name)->index] = std::move(value);
}

// Slices follow each other in the one transaction.
class Steps {
 public:
  Steps(Records& records, Connection& connection, const access::AccessScope& scope,
        const stream::Origin& origin)
      : records_(records), connection_(connection), scope_(scope), origin_(origin) {}

  // The slice for one more write.
  Result<BulkSlice*> next() {
    if (slice_ && slice_->written() + 1 >= records::max_slice_records) LP_CHECK(finish());
    if (!slice_) slice_ = std::make_unique<BulkSlice>(records_, connection_, scope_, origin_);
    return slice_.get();
  }
  Status finish() {
    if (!slice_) return {};
    const std::unique_ptr<BulkSlice> last = std::move(slice_);
    return last->finish();
  }

 private:
  Records& records_;
  Connection& connection_;
  const access::AccessScope& scope_;
  const stream::Origin& origin_;
  std::unique_ptr<BulkSlice> slice_;
};

class Merging {
 public:
  Merging(Records& records, Connection& connection, const MergeOf& merge, const Deed& deed)
      : records_(records),
        connection_(connection),
        merge_(merge),
        deed_(deed),
        schema_(records.schema()),
        account_(*schema_->object("account")),
        all_(access::Authority::administrator(deed.scope.user())) {}

  Status read_accounts() {
    LP_TRY(kept_, account_for(merge_.kept, access::Action::update));
    LP_TRY(removed_, account_for(merge_.removed, access::Action::remove));
    const auto in_pool = [&](const RowValues& row) {
      const std::string state = text_in(account_, row, "pool_state");
      return !state.empty() && state != "none";
    };
    if (in_pool(removed_) && !in_pool(kept_)) {
      return Error::invalid(FieldProblem{"/kept", {}, "merge_keeps_pool", {}});
    }
    return {};
  }

  Status carry_out() {
    LP_TRY(items_, moves_of(records_, connection_, merge_));
    items_.push_back({ItemDeed::removed, account_.api_name, merge_.removed, {}});
    for (Item& fill : fills_of(account_, kept_, removed_, merge_)) {
      items_.push_back(std::move(fill));
    }
    Steps steps(records_, connection_, all_, deed_.origin);
    for (const Item& item : items_) LP_CHECK(apply(steps, item));
    LP_CHECK(keep_names(steps));
    return steps.finish();
  }

  Result<Merged> write(const std::string& reason) {
    Merged merged;
    std::map<std::string, std::int64_t> moved;
    for (const Item& item : items_) {
      const bool fill = item.object == account_.api_name && item.record == merge_.kept;
      if (fill && item.deed == ItemDeed::changed) merged.filled.emplace_back(item.field);
      if (!fill && item.deed == ItemDeed::changed) ++moved[item.object];
    }
    for (const auto& [object, records] : moved) {
      merged.moved.emplace_back(json::object{{"object", object}, {"records", records}});
    }
    const access::AccessScope product = access::Authority::product();
    Steps steps(records_, connection_, product, deed_.origin);
    LP_TRY(BulkSlice * slice, steps.next());
    const Object& object = *slice->object("account_merge");
    RowValues row(object.fields.size());
    set(object, row, "kept", merge_.kept.value);
    set(object, row, "removed_record", format_id(merge_.removed));
    set(object, row, "removed_name", text_in(account_, removed_, "name"));
    set(object, row, "removed_code", text_in(account_, removed_, "code"));
    if (deed_.scope.user()) set(object, row, "merged_by", deed_.scope.user().value);
    set(object, row, "merged_at", deed_.now);
    set(object, row, "state", std::string("done"));
    if (!reason.empty()) set(object, row, "reason", reason);
    set(object, row, "moved", json::serialize(merged.moved));
    set(object, row, "filled", json::serialize(merged.filled));
    LP_TRY(merged.id, slice->create(object, row));
    for (std::size_t i = 0; i < items_.size(); ++i) LP_CHECK(write_item(steps, merged.id, i));
    LP_CHECK(steps.finish());
    return merged;
  }

 private:
  Result<RowValues> account_for(RecordId id, access::Action action) {
    LP_CHECK(records::lock_row(connection_, account_, id));
    LP_TRY(auto row, records::read_row(connection_, account_, id, records::Presence::live));
    if (!row) return Error::of(ErrorCode::not_found);
    LP_CHECK(records::check_reach(connection_, *schema_, records_.viewer(deed_.scope), action,
                                  account_, *row));
    if (!deed_.scope.may(action, account_.api_name)) return Error::of(ErrorCode::forbidden);
    return std::move(*row);
  }

  Status apply(Steps& steps, const Item& item) {
    LP_TRY(BulkSlice * slice, steps.next());
    const Object& object = *slice->object(item.object);
    if (item.deed == ItemDeed::removed) return slice->remove(object, item.record);
    const Field* field = object.field(item.field);
    LP_TRY(storage::Value after, stored_value(*field, item.after));
    return slice->update(object, item.record, {{field, std::move(after)}});
  }

  // By which the customer goes on being found, and its orders go on finding it.
  Status keep_names(Steps& steps) {
    const std::string name = text_in(account_, removed_, "name");
    if (name != text_in(account_, kept_, "name")) {
      LP_CHECK(keep(steps, "account_name", "name", name));
    }
    return keep(steps, "account_code", "code", text_in(account_, removed_, "code"));
  }

  Status keep(Steps& steps, const char* object_name, const char* field, const std::string& text) {
    LP_TRY(BulkSlice * slice, steps.next());
    const Object* object = slice->object(object_name);
    if (!object || text.empty()) return {};
    RowValues row(object->fields.size());
    set(*object, row, "account", merge_.kept.value);
    set(*object, row, field, text);
    LP_TRY(const RecordId made, slice->create(*object, row));
    items_.push_back({ItemDeed::created, object->api_name, made, {}});
    return {};
  }

  Status write_item(Steps& steps, RecordId merge, std::size_t place) {
    const Item& item = items_[place];
    LP_TRY(BulkSlice * slice, steps.next());
    const Object& object = *slice->object("account_merge_item");
    RowValues row(object.fields.size());
    set(object, row, "merge", merge.value);
    set(object, row, "place", static_cast<std::int64_t>(place));
    set(object, row, "deed", std::string(name_of(item.deed)));
    set(object, row, "object", item.object);
    set(object, row, "record", format_id(item.record));
    if (!item.field.empty()) set(object, row, "field", item.field);
    set(object, row, "from_value", item.before);
    set(object, row, "to_value", item.after);
    LP_TRY(const RecordId made, slice->create(object, row));
    return made ? Status() : Status(Error::internal("merge: an item without an id"));
  }

  Records& records_;
  Connection& connection_;
  const MergeOf& merge_;
  const Deed& deed_;
  const std::shared_ptr<const records::Schema> schema_;
  const Object& account_;
  const access::AccessScope all_;
  RowValues kept_;
  RowValues removed_;
  std::vector<Item> items_;
};

}  // namespace

Result<Merged> merge_accounts(Records& records, Connection& connection, const MergeOf& merge,
                              const std::string& reason, const Deed& deed) {
  if (merge.kept == merge.removed) {
    return Error::invalid(FieldProblem{"/removed", {}, "merge_with_itself", {}});
  }
  Merging merging(records, connection, merge, deed);
  LP_CHECK(merging.read_accounts());
  LP_CHECK(merging.carry_out());
  return merging.write(reason);
}

}  // namespace linchpin::duplicates
