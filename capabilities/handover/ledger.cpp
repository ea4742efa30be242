#include "handover/ledger.h"

#include "records/scan.h"

namespace linchpin::handover {

namespace {

using records::Field;
using records::FieldType;

constexpr std::size_t max_summed_fields = 4;

std::vector<const Field*> summed_fields(const records::Object& object) {
  std::vector<const Field*> fields;
  for (const Field& field : object.fields) {
    const bool plain = field.type == FieldType::money && field.stored && !field.compute &&
                       !field.retired && field.sensitivity == records::Sensitivity::normal;
    if (plain && fields.size() < max_summed_fields) fields.push_back(&field);
  }
  return fields;
}

std::vector<RecordId> people_in(const Charge& charge, const storage::Value& value) {
  if (!charge.field->many) return {RecordId{records::integer_of(value)}};
  std::vector<RecordId> people;
  JsonWriter out;
  records::write_value(out, *charge.field, value);
  const auto parsed = parse_json(out.text());
  if (!parsed || !parsed->is_array()) return people;
  for (const json::value& item : parsed->get_array()) {
    if (const auto id = parse_id(std::string_view(item.as_string()))) people.push_back(*id);
  }
  return people;
}

Status count_of(records::Records& records, storage::Connection& connection,
                const std::set<RecordId>& people, const Charge& charge, Count& count) {
  json::array ids;
  for (const RecordId id : people) ids.emplace_back(format_id(id));
  const json::object where{{"op", charge.field->many ? "has_any" : "in"},
                           {"field", charge.field->api_name},
                           {"value", std::move(ids)}};
  const auto summed = summed_fields(*charge.object);
  std::vector<std::string> fields{charge.field->api_name};
  for (const Field* field : summed) fields.push_back(field->api_name);
  bool overflow = false;
  LP_CHECK(records::scan_fields(
      records, connection, access::Authority::product(), charge.object->api_name, where, fields,
      [&](RecordId, std::span<const storage::Value> values) {
        ++count.records;
        for (const RecordId id : people_in(charge, values[0])) {
          if (people.contains(id)) ++count.of[id];
        }
        for (std::size_t i = 0; i < summed.size(); ++i) {
          std::int64_t& sum = count.sums[summed[i]->api_name];
          overflow =
              overflow || __builtin_add_overflow(sum, records::integer_of(values[i + 1]), &sum);
        }
      }));
  if (overflow) return Error::of(ErrorCode::validation_failed, "number_too_large");
  return {};
}

std::string sum_text(const records::Object& object, const std::string& name, std::int64_t sum) {
  JsonWriter out;
  records::write_value(out, *object.field(name), sum);
  return out.take();
}

struct Told {
  std::int64_t moved = 0;
  std::int64_t removed = 0;
  std::int64_t merged = 0;  // a person who was in charge already takes nothing more
  std::map<RecordId, std::int64_t> gained;
};

Told told_of(const Charge& charge, const Moves& moves) {
  Told told;
  for (const Move& move : moves.all()) {
    if (move.charge != &charge) continue;
    ++told.moved;
    if (move.removed) ++told.removed;
    const bool had_it = move.removed || (charge.field->many &&
                                         move.before.find(format_id(move.to)) != std::string::npos);
    if (had_it) {
      ++told.merged;
    } else {
      ++told.gained[move.to];
    }
  }
  return told;
}

std::int64_t count_at(const Count& count, RecordId id) {
  const auto found = count.of.find(id);
  return found == count.of.end() ? 0 : found->second;
}

json::object entry_of(const Charge& charge, const Moves& moves, const Plan& plan,
                      const Count& before, const Count& after, bool& balanced) {
  const Told told = told_of(charge, moves);
  const std::int64_t kept = moves.kept(charge);
  json::array people;
  std::set<RecordId> everybody = plan.successors();
  everybody.insert(plan.from);
  for (const RecordId id : everybody) {
    const std::int64_t was = count_at(before, id);
    const std::int64_t is = count_at(after, id);
    if (was == 0 && is == 0) continue;
    people.emplace_back(json::object{{"user", format_id(id)}, {"before", was}, {"after", is}});
    const auto gained = told.gained.find(id);
    const std::int64_t wanted =
        id == plan.from ? kept : was + (gained == told.gained.end() ? 0 : gained->second);
    balanced = balanced && is == wanted;
  }
  balanced = balanced && after.records == before.records - told.removed;
  json::array sums;
  for (const auto& [name, sum] : before.sums) {
    const auto found = after.sums.find(name);
    const std::int64_t now = found == after.sums.end() ? 0 : found->second;
    const std::string was = sum_text(*charge.object, name, sum);
    sums.emplace_back(json::object{{"field", name},
                                   {"before", *parse_json(was)},
                                   {"after", *parse_json(sum_text(*charge.object, name, now))}});
    balanced = balanced && (now == sum || told.removed > 0);
  }
  return {{"object", charge.object->api_name},
          {"field", charge.field->api_name},
          {"moved", told.moved},
          {"kept", kept},
          {"merged", told.merged},
          {"records", json::object{{"before", before.records}, {"after", after.records}}},
          {"sums", std::move(sums)},
          {"people", std::move(people)}};
}

}  // namespace

Result<Counts> count_charges(records::Records& records, storage::Connection& connection,
                             const Plan& plan, const std::vector<Charge>& charges) {
  std::set<RecordId> people = plan.successors();
  people.insert(plan.from);
  Counts counts;
  for (const Charge& charge : charges) {
    LP_CHECK(count_of(records, connection, people, charge, counts[&charge]));
  }
  return counts;
}

json::object ledger_of(const std::vector<Charge>& charges, const Moves& moves, const Plan& plan,
                       const Counts& before, const Counts& after) {
  json::array objects;
  bool balanced = true;
  for (const Charge& charge : charges) {
    const Count& was = before.at(&charge);
    json::object entry = entry_of(charge, moves, plan, was, after.at(&charge), balanced);
    const bool concerned =
        entry.at("moved") != json::value(0) || entry.at("kept") != json::value(0);
    if (concerned) objects.emplace_back(std::move(entry));
  }
  return {{"objects", std::move(objects)}, {"balanced", balanced}};
}

bool is_balanced(const json::object& ledger) {
  const json::value* balanced = ledger.if_contains("balanced");
  return balanced && balanced->is_bool() && balanced->get_bool();
}

}  // namespace linchpin::handover
