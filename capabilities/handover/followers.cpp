#include "handover/followers.h"

#include <array>

#include "records/scan.h"

namespace linchpin::handover {

namespace {

using records::Field;
using records::Object;
using storage::Value;

struct KnownFollower {
  std::string_view object;
  json::object open;
  std::string_view sum;
  std::string_view title;
};

json::object condition(const char* op, const char* field, const char* value) {
  return {{"op", op}, {"field", field}, {"value", value}};
}

const std::array<KnownFollower, 4>& known_followers() {
  static const std::array<KnownFollower, 4> known{{
      {"invoice", condition("gt", "open_amount", "0.00"), "open_amount", "number"},
      {"pool_entry", condition("eq", "state", "requested"), "", "account.name"},
      {"score_override", {{"op", "empty"}, {"field", "approved_at"}}, "", "account.name"},
      {"pool_proposal", condition("eq", "decision", "open"), "", "account.name"},
  }};
  return known;
}

json::object of_accounts(const Follower& follower, const std::set<RecordId>& owners) {
  json::array ids;
  for (const RecordId id : owners) ids.emplace_back(format_id(id));
  json::object owned{{"op", "in"}, {"field", "account.owner"}, {"value", std::move(ids)}};
  return {{"op", "and"}, {"args", json::array{follower.open, std::move(owned)}}};
}

std::string text_in_api_form(const Field* field, const Value& value) {
  if (field == nullptr || records::is_empty(value)) return {};
  JsonWriter out;
  records::write_value(out, *field, value);
  const auto parsed = parse_json(out.text());
  if (!parsed || !parsed->is_string()) return {};
  return std::string(std::string_view(parsed->get_string()));
}

std::set<RecordId> concerned(const Plan& plan) {
  std::set<RecordId> people = plan.successors();
  people.insert(plan.from);
  return people;
}

std::int64_t counted(const FollowerCount& count, RecordId id) {
  const auto found = count.of.find(id);
  return found == count.of.end() ? 0 : found->second;
}

json::value money(const Field& field, std::int64_t units) {
  JsonWriter out;
  records::write_value(out, field, units);
  return *parse_json(out.text());
}

Status count_one(records::Records& records, storage::Connection& connection, const Plan& plan,
                 const Moves& moves, const Follower& follower, FollowerState& state) {
  const auto named = [](const Field* field) { return field ? field->api_name : "id"; };
  FollowerCount count;
  bool overflow = false;
  LP_CHECK(records::scan_fields(
      records, connection, access::Authority::product(), follower.object->api_name,
      of_accounts(follower, concerned(plan)),
      {"account.owner", "account", named(follower.sum), named(follower.due),
       follower.title},
      [&](RecordId id, std::span<const Value> values) {
        const RecordId owner{records::integer_of(values[0])};
        ++count.records;
        ++count.of[owner];
        if (follower.sum) {
          overflow = overflow || __builtin_add_overflow(
                                     count.sum, records::integer_of(values[2]), &count.sum);
        }
        if (owner != plan.from || state.following.size() == max_moves) return;
        const RecordId account{records::integer_of(values[1])};
        state.following.push_back({&follower, id, account, moves.successor(account),
                                   std::string(records::text_of(values[4])),
                                   text_in_api_form(follower.due, values[3])});
      }));
  if (overflow) return Error::of(ErrorCode::validation_failed, "number_too_large");
  state.counts.push_back(std::move(count));
  return {};
}

}  // namespace

std::vector<Follower> followers_of(const records::Schema& schema) {
  std::vector<Follower> followers;
  for (const KnownFollower& known : known_followers()) {
    const Object* object = schema.object(known.object);
    if (object == nullptr || object->field("account") == nullptr) continue;
    followers.push_back({object, known.open, object->field(known.sum), object->field("due_on"),
                         std::string(known.title)});
  }
  return followers;
}

Result<FollowerState> count_followers(records::Records& records, storage::Connection& connection,
                                      const Plan& plan, const Moves& moves,
                                      const std::vector<Follower>& followers) {
  FollowerState state;
  for (const Follower& follower : followers) {
    LP_CHECK(count_one(records, connection, plan, moves, follower, state));
  }
  return state;
}

void add_followers(json::object& ledger, const std::vector<Follower>& followers, const Plan& plan,
                   const FollowerState& before, const FollowerState& after) {
  bool balanced = ledger.at("balanced").as_bool();
  for (std::size_t i = 0; i < followers.size(); ++i) {
    const Follower& follower = followers[i];
    const FollowerCount& was = before.counts[i];
    const FollowerCount& is = after.counts[i];
    const std::int64_t moved = counted(was, plan.from);
    if (moved == 0) continue;
    json::array people;
    for (const RecordId id : concerned(plan)) {
      people.emplace_back(json::object{
          {"user", format_id(id)}, {"before", counted(was, id)}, {"after", counted(is, id)}});
    }
    json::array sums;
    if (follower.sum) {
      sums.emplace_back(json::object{{"field", follower.sum->api_name},
                                     {"before", money(*follower.sum, was.sum)},
                                     {"after", money(*follower.sum, is.sum)}});
    }
    balanced = balanced && counted(is, plan.from) == 0 && is.records == was.records &&
               is.sum == was.sum;
    ledger.at("objects").as_array().emplace_back(
        json::object{{"object", follower.object->api_name},
                     {"field", "account"},
                     {"moved", moved},
                     {"kept", 0},
                     {"merged", 0},
                     {"records", json::object{{"before", was.records}, {"after", is.records}}},
                     {"sums", std::move(sums)},
                     {"people", std::move(people)}});
  }
  ledger.at("balanced") = balanced;
}

}  // namespace linchpin::handover
