#include "handover/carry_out.h"

#include <algorithm>

#include "handover/followers.h"
#include "records/row_store.h"
#include "records/scan.h"

namespace linchpin::handover {

namespace {

using records::BulkSlice;
using records::Field;
using records::Object;
using records::RowValues;
using storage::Connection;

constexpr std::size_t max_title_points = 200;

Result<storage::Value> stored_value(const Field& field, const std::string& text) {
  LP_TRY(const json::value value, parse_json(text));
  auto read = records::read_value(field, value);
  if (!read) return Error::internal("handover: a value of its own that cannot be read");
  return std::move(*read);
}

// Everything that the engine keeps of other records follows at the end of a slice.
Status apply(records::Records& records, Connection& connection, const Deed& deed,
             const std::vector<Move>& moves) {
  const access::AccessScope all = access::Authority::administrator(deed.scope.user());
  BulkSlice slice(records, connection, all, deed.origin);
  for (const Move& move : moves) {
    const Object& object = *slice.object(move.charge->object->api_name);
    if (move.removed) {
      LP_CHECK(slice.remove(object, move.record));
      continue;
    }
    const Field* field = object.field(move.charge->field->api_name);
    LP_TRY(storage::Value after, stored_value(*field, move.after));
    LP_CHECK(slice.update(object, move.record, {{field, std::move(after)}}));
  }
  return slice.finish();
}

std::string cut(const std::string& title) {
  std::size_t points = 0;
  for (std::size_t i = 0; i < title.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(title[i]) & 0xC0) != 0x80;
    if (begins && ++points > max_title_points) return title.substr(0, i);
  }
  return title;
}

Status write_items(records::Records& records, Connection& connection, const Deed& deed,
                   const std::vector<Move>& moves, RecordId handover) {
  const access::AccessScope product = access::Authority::product();
  for (std::size_t begin = 0; begin < moves.size(); begin += records::max_slice_records) {
    BulkSlice slice(records, connection, product, deed.origin);
    const Object& object = *slice.object("handover_item");
    const std::size_t end = std::min(moves.size(), begin + records::max_slice_records);
    for (std::size_t i = begin; i < end; ++i) {
      const Move& move = moves[i];
      RowValues row(object.fields.size());
      const auto set = [&](std::string_view name, storage::Value value) {
        row[object.field(name)->index] = std::move(value);
      };
      set("handover", handover.value);
      set("object", move.charge->object->api_name);
      set("field", move.charge->field->api_name);
      set("record", format_id(move.record));
      set("title", cut(move.title));
      set("to", move.to.value);
      set("from_value", move.before);
      set("to_value", move.removed ? std::string("null") : move.after);
      LP_TRY(const RecordId made, slice.create(object, row));
      if (!made) return Error::internal("handover: an item without an id");
    }
    LP_CHECK(slice.finish());
  }
  return {};
}

struct OpenPoint {
  std::string object;
  RecordId record;
  std::string title;
  std::string due;
  RecordId account;
  RecordId to;
};

// What is open and has a day or waits for a decision, the earliest first.
json::array open_points_of(const std::vector<Move>& moves,
                           const std::vector<Following>& following) {
  std::vector<OpenPoint> open;
  for (const Move& move : moves) {
    const bool waits = move.charge->due || move.charge->decides;
    if (!move.open || !waits || move.removed) continue;
    open.push_back({move.charge->object->api_name, move.record, move.title, move.due, move.account,
                    move.to});
  }
  for (const Following& one : following) {
    open.push_back({one.follower->object->api_name, one.record, one.title, one.due, one.account,
                    one.to});
  }
  std::stable_sort(open.begin(), open.end(), [](const OpenPoint& one, const OpenPoint& other) {
    if (one.due.empty() != other.due.empty()) return other.due.empty();
    return one.due < other.due;
  });
  if (open.size() > max_open_points) open.resize(max_open_points);
  json::array points;
  for (const OpenPoint& point : open) {
    const json::value due = point.due.empty() ? json::value() : json::value(point.due);
    const json::value account =
        point.account ? json::value(format_id(point.account)) : json::value();
    points.emplace_back(json::object{{"object", point.object},
                                     {"record", format_id(point.record)},
                                     {"title", point.title},
                                     {"due", due},
                                     {"account", account},
                                     {"to", format_id(point.to)}});
  }
  return points;
}

struct StoredItem {
  std::string object;
  std::string field;
  RecordId record;
  std::string title;
  std::string before;
  std::string after;
};

Result<std::vector<StoredItem>> items_of(records::Records& records, Connection& connection,
                                         RecordId handover) {
  const json::object where{{"op", "eq"}, {"field", "handover"}, {"value", format_id(handover)}};
  std::vector<StoredItem> items;
  const auto text = [](const storage::Value& value) {
    return std::string(records::text_of(value));
  };
  LP_CHECK(
      records::scan_fields(records, connection, access::Authority::product(), "handover_item",
                           where, {"object", "field", "record", "title", "from_value", "to_value"},
                           [&](RecordId, std::span<const storage::Value> values) {
                             const auto id = parse_id(records::text_of(values[2]));
                             if (!id) return;
                             items.push_back({text(values[0]), text(values[1]), *id,
                                              text(values[3]), text(values[4]), text(values[5])});
                           }));
  return items;
}

// Empty: it was taken back; otherwise why not.
Result<std::string> take_back_one(BulkSlice& slice, Connection& connection,
                                  const StoredItem& item) {
  const Object* object = slice.object(item.object);
  const Field* field = object ? object->field(item.field) : nullptr;
  if (!field || field->retired) return std::string("gone");
  const bool removed = item.after == "null";
  const auto presence = removed ? records::Presence::trashed : records::Presence::live;
  LP_TRY(const auto row, records::read_row(connection, *object, item.record, presence));
  if (!row) return std::string(removed ? "changed" : "gone");
  if (removed) {
    LP_CHECK(slice.restore(*object, item.record));
    return std::string();
  }
  LP_TRY(const storage::Value after, stored_value(*field, item.after));
  if ((*row)[field->index] != after) return std::string("changed");
  LP_TRY(storage::Value before, stored_value(*field, item.before));
  const Status done = slice.update(*object, item.record, {{field, std::move(before)}});
  // What has become of it does not let it go back: what waited for him was decided.
  if (!done && done.error().code == ErrorCode::validation_failed) return std::string("changed");
  LP_CHECK(done);
  return std::string();
}

}  // namespace

Result<Outcome> carry_out(records::Records& records, Connection& connection, const Plan& plan,
                          const Deed& deed, RecordId handover) {
  const auto schema = records.schema();
  const std::vector<Charge> charges = charges_of(*schema);
  LP_TRY(const Counts before, count_charges(records, connection, plan, charges));
  Moves moves(records, connection, plan);
  LP_CHECK(moves.find(charges));
  const std::vector<Follower> followers = followers_of(*schema);
  LP_TRY(const FollowerState open_before,
         count_followers(records, connection, plan, moves, followers));
  LP_CHECK(apply(records, connection, deed, moves.all()));
  LP_TRY(const Counts after, count_charges(records, connection, plan, charges));
  Outcome outcome;
  outcome.ledger = ledger_of(charges, moves, plan, before, after);
  LP_TRY(const FollowerState open_after,
         count_followers(records, connection, plan, moves, followers));
  add_followers(outcome.ledger, followers, plan, open_before, open_after);
  if (!is_balanced(outcome.ledger)) {
    return Error::of(ErrorCode::invalid_state, "handover_not_balanced");
  }
  outcome.open_points = open_points_of(moves.all(), open_before.following);
  if (handover) LP_CHECK(write_items(records, connection, deed, moves.all(), handover));
  return outcome;
}

Result<json::object> take_back(records::Records& records, Connection& connection, const Deed& deed,
                               RecordId handover) {
  LP_TRY(const std::vector<StoredItem> items, items_of(records, connection, handover));
  const access::AccessScope all = access::Authority::administrator(deed.scope.user());
  BulkSlice slice(records, connection, all, deed.origin);
  json::array conflicts;
  std::int64_t restored = 0;
  for (const StoredItem& item : items) {
    LP_TRY(const std::string why, take_back_one(slice, connection, item));
    if (why.empty()) {
      ++restored;
      continue;
    }
    conflicts.emplace_back(json::object{{"object", item.object},
                                        {"record", format_id(item.record)},
                                        {"title", item.title},
                                        {"why", why}});
  }
  LP_CHECK(slice.finish());
  return json::object{{"restored", restored}, {"conflicts", std::move(conflicts)}};
}

}  // namespace linchpin::handover
