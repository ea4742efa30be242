#include "handover/moves.h"

#include <algorithm>
#include <array>

#include "records/scan.h"

namespace linchpin::handover {

namespace {

using records::Field;
using records::FieldType;
using records::Object;
using records::Ownership;

struct States {
  std::string_view object;
  std::string_view field;
  std::vector<std::string> closed;
};

const std::array<States, 9>& known_states() {
  static const std::array<States, 9> known{{
      {"complaint", "state", {"closed"}},
      {"contact_message", "delivered_on", {}},
      {"contract", "state", {"completed", "expired", "terminated", "cancelled"}},
      {"payment_node", "state", {"paid", "cancelled"}},
      {"gift", "state", {"refused", "given"}},
      {"opportunity", "stage", {"won", "lost", "abandoned"}},
      {"order", "status", {"posted", "cancelled"}},
      {"score_override", "approved_at", {}},
      {"visit", "state", {"done", "reported", "cancelled"}},
  }};
  return known;
}

// Handovers stay with who arranged them.
constexpr std::array<std::string_view, 2> not_handed_over{"handover", "handover_item"};
constexpr std::array<std::string_view, 6> due_fields{"due_at",      "due_on",  "planned_at",
                                                     "expected_on", "ends_on", "next_on"};
constexpr int longest_way = 3;

bool is_charge(const Object& object, const Field& field) {
  if (field.type != FieldType::user || field.compute || field.read_only || field.retired) {
    return false;
  }
  if (object.api_name == "visit") return field.api_name == "our_people";
  if (object.api_name == "score_override") return field.api_name == "approver";
  if (object.api_name == "account_member") return field.api_name == "user";
  return field.api_name == "owner" && !field.many;
}

// "account", "contract.account": the way that a record's ownership goes.
std::string way_to_account(const records::Schema& schema, const Object& object) {
  if (object.api_name == "account") return "id";
  std::string way;
  const Object* at = &object;
  for (int step = 0; step < longest_way && at; ++step) {
    if (const Field* own = at->field("account"); own && own->target == "account" && !own->many) {
      return way + "account";
    }
    const Field* link = at->field(at->ownership.link);
    if (at->ownership.kind != Ownership::Kind::inherits || !link) return {};
    way += link->api_name + ".";
    at = schema.object(link->target);
  }
  return {};
}

Charge charge_of(const records::Schema& schema, const Object& object, const Field& field) {
  Charge charge;
  charge.object = &object;
  charge.field = &field;
  charge.account = way_to_account(schema, object);
  charge.whole = object.ownership.kind == Ownership::Kind::owner;
  charge.decides = field.api_name == "approver";
  for (const States& states : known_states()) {
    if (states.object != object.api_name) continue;
    charge.state = object.field(states.field);
    charge.closed = states.closed;
  }
  for (const std::string_view name : due_fields) {
    const Field* due = object.field(name);
    if (due && !due->compute && !charge.due) charge.due = due;
  }
  return charge;
}

std::string api_text(const Field& field, const storage::Value& value) {
  JsonWriter out;
  records::write_value(out, field, value);
  return out.take();
}

std::string plain_text(const Field& field, const storage::Value& value) {
  if (records::is_empty(value)) return {};
  const auto parsed = parse_json(api_text(field, value));
  if (!parsed || !parsed->is_string()) return {};
  return std::string(std::string_view(parsed->get_string()));
}

// The list with one person in the place of another, who stands in it once.
std::string with_successor(const std::string& list, RecordId from, RecordId to) {
  const auto parsed = parse_json(list);
  if (!parsed || !parsed->is_array()) return list;
  json::array people;
  for (const json::value& item : parsed->get_array()) {
    json::value person = item == json::value(format_id(from)) ? json::value(format_id(to)) : item;
    if (std::find(people.begin(), people.end(), person) == people.end()) {
      people.push_back(std::move(person));
    }
  }
  return json::serialize(people);
}

}  // namespace

std::vector<Charge> charges_of(const records::Schema& schema) {
  std::vector<Charge> charges;
  for (const auto& object : schema.objects()) {
    const bool left_out = std::find(not_handed_over.begin(), not_handed_over.end(),
                                    object->api_name) != not_handed_over.end();
    if (left_out) continue;
    for (const Field& field : object->fields) {
      if (is_charge(*object, field)) charges.push_back(charge_of(schema, *object, field));
    }
  }
  return charges;
}

std::int64_t Moves::kept(const Charge& charge) const {
  const auto found = kept_.find(&charge);
  return found == kept_.end() ? 0 : found->second;
}

RecordId Moves::successor(RecordId account) const {
  const auto found = successors_.find(account);
  return found == successors_.end() ? plan_.to : found->second;
}

Status Moves::assign_accounts() {
  for (const Split& split : plan_.splits) {
    for (const RecordId id : split.accounts) successors_.emplace(id, split.to);
    if (split.where.is_null()) continue;
    LP_CHECK(records::scan_fields(
        records_, connection_, access::Authority::product(), "account", split.where, {"id"},
        [&](RecordId id, std::span<const storage::Value>) { successors_.emplace(id, split.to); }));
  }
  return {};
}

Status Moves::find(const std::vector<Charge>& charges) {
  LP_CHECK(assign_accounts());
  for (const Charge& charge : charges) LP_CHECK(find_of(charge));
  return merge_members();
}

Status Moves::find_of(const Charge& charge) {
  json::object where{{"field", charge.field->api_name}};
  where["op"] = charge.field->many ? "has_any" : "eq";
  where["value"] = charge.field->many ? json::value(json::array{format_id(plan_.from)})
                                      : json::value(format_id(plan_.from));
  std::vector<std::string> fields{charge.field->api_name};
  fields.push_back(charge.account.empty() ? "id" : charge.account);
  fields.push_back(charge.state ? charge.state->api_name : "id");
  fields.push_back(charge.due ? charge.due->api_name : "id");
  const Field* title = charge.object->field(charge.object->primary_field);
  fields.push_back(title && title->stored ? title->api_name : "id");
  fields.push_back("created_by");
  Status added;
  LP_CHECK(records::scan_fields(records_, connection_, access::Authority::product(),
                                charge.object->api_name, where, fields,
                                [&](RecordId id, std::span<const storage::Value> values) {
                                  if (added) added = add(charge, id, values);
                                }));
  return added;
}

Status Moves::add(const Charge& charge, RecordId id, std::span<const storage::Value> values) {
  Move move;
  move.charge = &charge;
  move.record = id;
  if (charge.state && charge.closed.empty()) {
    move.open = records::is_empty(values[2]);
  } else if (charge.state) {
    const std::string_view state = records::text_of(values[2]);
    move.open = std::find(charge.closed.begin(), charge.closed.end(), state) == charge.closed.end();
  }
  if (!charge.account.empty()) move.account = RecordId{records::integer_of(values[1])};
  move.to = successor(move.account);
  const bool asked_himself = charge.decides && RecordId{records::integer_of(values[5])} == move.to;
  if ((!move.open && !charge.whole) || asked_himself) {
    ++kept_[&charge];
    return {};
  }
  if (moves_.size() == max_moves) {
    return Error::of(ErrorCode::validation_failed, "handover_too_large",
                     {{"max", std::to_string(max_moves)}});
  }
  if (charge.due) move.due = plain_text(*charge.due, values[3]);
  const Field* title = charge.object->field(charge.object->primary_field);
  if (title && title->stored) move.title = plain_text(*title, values[4]);
  move.before = api_text(*charge.field, values[0]);
  move.after = charge.field->many ? with_successor(move.before, plan_.from, move.to)
                                  : "\"" + format_id(move.to) + "\"";
  moves_.push_back(std::move(move));
  return {};
}

// Two memberships of one person in one account team would be one too many.
Status Moves::merge_members() {
  json::array people;
  for (const RecordId id : plan_.successors()) people.emplace_back(format_id(id));
  const json::object where{{"op", "in"}, {"field", "user"}, {"value", std::move(people)}};
  std::set<std::pair<RecordId, RecordId>> present;  // account, user
  const auto* member = records_.schema()->object("account_member");
  if (!member) return {};
  LP_CHECK(records::scan_fields(records_, connection_, access::Authority::product(),
                                "account_member", where, {"account", "user"},
                                [&](RecordId, std::span<const storage::Value> values) {
                                  present.emplace(RecordId{records::integer_of(values[0])},
                                                  RecordId{records::integer_of(values[1])});
                                }));
  for (Move& move : moves_) {
    if (move.charge->object->api_name != "account_member") continue;
    move.removed = !present.emplace(move.account, move.to).second;
  }
  return {};
}

}  // namespace linchpin::handover
