#include "duplicates/merge_plan.h"

#include <algorithm>
#include <array>
#include <set>

#include "records/scan.h"

namespace linchpin::duplicates {

namespace {

using records::Field;
using records::Object;
using records::Records;
using storage::Connection;

// What an account is called and whose it is stays that of the kept one.
constexpr std::array<std::string_view, 6> never_filled{"code",       "name",  "short_name",
                                                       "department", "owner", "parent"};

std::string api_text(const Field& field, const storage::Value& value) {
  JsonWriter out;
  records::write_value(out, field, value);
  return out.take();
}

std::string id_text(RecordId id) {
  return "\"" + format_id(id) + "\"";
}

bool leads_to_account(const Field& field) {
  return field.is_link() && field.target == "account" && field.stored && !field.compute &&
         !field.retired;
}

// The list with one account in the place of another, which stands in it once.
std::string with_kept(const std::string& list, const MergeOf& merge) {
  const auto parsed = parse_json(list);
  if (!parsed || !parsed->is_array()) return list;
  json::array accounts;
  for (const json::value& item : parsed->get_array()) {
    json::value account =
        item == json::value(format_id(merge.removed)) ? json::value(format_id(merge.kept)) : item;
    if (std::find(accounts.begin(), accounts.end(), account) == accounts.end()) {
      accounts.push_back(std::move(account));
    }
  }
  return json::serialize(accounts);
}

class Moves {
 public:
  Moves(Records& records, Connection& connection, const MergeOf& merge)
      : records_(records), connection_(connection), merge_(merge) {}

  Status find() {
    const auto schema = records_.schema();
    LP_CHECK(read_members());
    for (const auto& object : schema->objects()) {
      for (const Field& field : object->fields) {
        if (leads_to_account(field)) LP_CHECK(find_of(*object, field));
      }
    }
    // Trashed in the order in which they are found, and before the account itself.
    for (Item& item : removals_) items_.push_back(std::move(item));
    return {};
  }
  std::vector<Item> take() { return std::move(items_); }

 private:
  // Who is in the team of the kept account already.
  Status read_members() {
    if (!records_.schema()->object("account_member")) return {};
    const json::object where{{"op", "eq"}, {"field", "account"}, {"value", format_id(merge_.kept)}};
    return records::scan_fields(records_, connection_, access::Authority::product(),
                                "account_member", where, {"user"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  members_.insert(records::integer_of(values[0]));
                                });
  }

  Status find_of(const Object& object, const Field& field) {
    json::object where{{"field", field.api_name}};
    where["op"] = field.many ? "has_any" : "eq";
    where["value"] = field.many ? json::value(json::array{format_id(merge_.removed)})
                                : json::value(format_id(merge_.removed));
    std::vector<std::string> fields{field.api_name, other_end(object, field)};
    Status added;
    LP_CHECK(records::scan_fields(records_, connection_, access::Authority::product(),
                                  object.api_name, where, fields,
                                  [&](RecordId id, std::span<const storage::Value> values) {
                                    if (added) added = add(object, field, id, values);
                                  }));
    return added;
  }

  // What else tells whether the record would stand twice.
  static std::string other_end(const Object& object, const Field& field) {
    if (object.api_name == "account_member") return "user";
    for (const Field& other : object.fields) {
      const bool is_other = &other != &field && !other.many && leads_to_account(other);
      if (is_other && object.api_name != "account") return other.api_name;
    }
    return "id";
  }

  Status add(const Object& object, const Field& field, RecordId id,
             std::span<const storage::Value> values) {
    if (id == merge_.removed && object.api_name == "account") return {};
    if (items_.size() + removals_.size() == max_items) {
      return Error::of(ErrorCode::validation_failed, "merge_too_large",
                       {{"max", std::to_string(max_items)}});
    }
    if (field.read_only || stands_twice(object, values[1])) {
      const bool known = std::any_of(removals_.begin(), removals_.end(),
                                     [&](const Item& item) { return item.record == id; });
      if (!known) removals_.push_back({ItemDeed::removed, object.api_name, id, {}});
      return {};
    }
    Item item{ItemDeed::changed, object.api_name, id, field.api_name};
    item.before = api_text(field, values[0]);
    const bool own_parent = object.api_name == "account" && id == merge_.kept && !field.many;
    item.after = own_parent   ? "null"
                 : field.many ? with_kept(item.before, merge_)
                              : id_text(merge_.kept);
    items_.push_back(std::move(item));
    return {};
  }

  bool stands_twice(const Object& object, const storage::Value& other) {
    const std::int64_t end = records::integer_of(other);
    if (object.api_name == "account_member") return !members_.insert(end).second;
    // A relation of the two accounts would be one of the kept account with itself.
    return object.api_name != "account" &&
           (end == merge_.kept.value || end == merge_.removed.value);
  }

  Records& records_;
  Connection& connection_;
  const MergeOf& merge_;
  std::set<std::int64_t> members_;
  std::vector<Item> items_;
  std::vector<Item> removals_;
};

}  // namespace

Result<std::vector<Item>> moves_of(Records& records, Connection& connection, const MergeOf& merge) {
  Moves moves(records, connection, merge);
  LP_CHECK(moves.find());
  return moves.take();
}

std::vector<Item> fills_of(const Object& account, const records::RowValues& kept,
                           const records::RowValues& removed, const MergeOf& merge) {
  std::vector<Item> fills;
  for (const Field& field : account.fields) {
    const bool left_out =
        std::find(never_filled.begin(), never_filled.end(), field.api_name) != never_filled.end();
    const bool given = !field.system && !field.read_only && !field.compute && field.stored &&
                       !field.retired && field.sensitivity == records::Sensitivity::normal;
    if (left_out || !given) continue;
    if (!records::is_empty(kept[field.index]) || records::is_empty(removed[field.index])) continue;
    Item item{ItemDeed::changed, account.api_name, merge.kept, field.api_name};
    item.after = api_text(field, removed[field.index]);
    fills.push_back(std::move(item));
  }
  return fills;
}

}  // namespace linchpin::duplicates
