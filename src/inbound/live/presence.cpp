#include "inbound/live/presence.h"

#include <set>

#include "base/json_writer.h"
#include "base/log.h"
#include "inbound/live/live_session.h"
#include "records/rights.h"

namespace linchpin::inbound {
namespace {

json::value one_of_ids(const std::set<RecordId>& ids) {
  json::array values;
  for (const RecordId id : ids) values.emplace_back(format_id(id));
  return json::object{{"op", "in"}, {"field", "id"}, {"value", std::move(values)}};
}

// Those of the ids that the scope reaches.
Result<std::set<RecordId>> reached(records::Records& records, const access::AccessScope& scope,
                                   const std::string& object, const std::set<RecordId>& ids) {
  std::set<RecordId> found;
  if (ids.empty() || scope.reach(object) == access::Reach::none) return found;
  LP_CHECK(records.database().read([&](storage::Connection& connection) {
    return records.select_ids(connection, scope, object, one_of_ids(ids),
                              [&](RecordId id) { found.insert(id); });
  }));
  return found;
}

}  // namespace

Result<LivePlace> read_place(const Services& services, const access::AccessScope& scope,
                             const Members& said) {
  LP_CHECK(said.allow_only({"object", "record", "field", "editing"}));
  LP_TRY(const std::optional<std::string> object, said.text("object"));
  LP_TRY(const std::optional<std::string> record, said.text("record"));
  LP_TRY(const std::optional<std::string> field, said.text("field"));
  LivePlace place;
  LP_TRY(place.editing, said.boolean("editing"));
  if (!object) return LivePlace();
  const auto schema = services.records.schema();
  const records::Object* found = schema->object(*object);
  if (!found || scope.reach(*object) == access::Reach::none) {
    return Error::of(ErrorCode::not_found);
  }
  place.object = *object;
  if (!record) {
    place.editing = false;
    return place;
  }
  const Result<RecordId> id = parse_id(*record);
  if (!id) return Error::of(ErrorCode::not_found);
  LP_TRY(const auto reachable, reached(services.records, scope, *object, {*id}));
  if (reachable.empty()) return Error::of(ErrorCode::not_found);
  place.record = *id;
  const records::Field* cell = field ? found->field(*field) : nullptr;
  if (cell && records::right_of(scope, *found, *cell) != access::FieldRight::none) {
    place.field = *field;
  }
  return place;
}

struct PresenceBoard::Seen {
  std::set<RecordId> records;
  std::set<RecordId> users;
  std::set<std::string> fields;
};

std::map<std::string, PresenceBoard::Listeners> PresenceBoard::by_object(
    const Listeners& listeners) {
  std::map<std::string, Listeners> sorted;
  for (const auto& session : listeners) {
    const LivePlace place = session->place();
    if (!place.object.empty()) sorted[place.object].push_back(session);
  }
  return sorted;
}

void PresenceBoard::tell(const Listeners& listeners) {
  const auto present = by_object(listeners);
  std::erase_if(told_, [&](const auto& entry) { return !present.contains(entry.first); });
  for (const auto& [object, there] : present) {
    People people;
    for (const auto& session : there) {
      if (people.size() >= max_people) break;
      people.push_back({session->principal().user, session->principal().name, session->place()});
    }
    People& before = told_[object];
    if (before == people) continue;
    tell_object(object, there, people);
    before = std::move(people);
  }
}

void PresenceBoard::tell_object(const std::string& object, const Listeners& there,
                                const People& people) {
  std::map<std::string, Seen> seen;  // by rights: equal ones see the same
  for (const auto& session : there) {
    const access::AccessScope& scope = session->principal().scope;
    auto known = seen.find(scope.fingerprint());
    if (known == seen.end()) {
      Result<Seen> found = seen_by(scope, object, people);
      if (!found) {
        log_warning("presence_untold", {{"why", found.error().log_detail}});
        continue;
      }
      known = seen.emplace(scope.fingerprint(), std::move(*found)).first;
    }
    session->tell_presence(message(*session, object, people, known->second));
  }
}

Result<PresenceBoard::Seen> PresenceBoard::seen_by(const access::AccessScope& scope,
                                                   const std::string& object,
                                                   const People& people) {
  std::set<RecordId> records;
  std::set<RecordId> users;
  for (const Person& person : people) {
    users.insert(person.user);
    if (person.place.record) records.insert(person.place.record);
  }
  Seen seen;
  LP_TRY(seen.records, reached(services_.records, scope, object, records));
  LP_TRY(seen.users, reached(services_.records, scope, "user", users));
  const auto schema = services_.records.schema();
  const records::Object* found = schema->object(object);
  for (const Person& person : people) {
    const records::Field* field = found ? found->field(person.place.field) : nullptr;
    if (field && records::right_of(scope, *found, *field) != access::FieldRight::none) {
      seen.fields.insert(person.place.field);
    }
  }
  return seen;
}

// Everybody but the reader himself, whatever window he is in.
std::string PresenceBoard::message(const LiveSession& reader, const std::string& object,
                                   const People& people, const Seen& seen) const {
  JsonWriter out;
  out.begin_object().key("type").string("presence").key("object").string(object);
  out.key("people").begin_array();
  for (const Person& person : people) {
    if (person.user == reader.principal().user || !seen.users.contains(person.user)) continue;
    out.begin_object().key("user").id(person.user).key("name").string(person.name);
    const LivePlace& place = person.place;
    if (place.record && seen.records.contains(place.record)) {
      out.key("record").id(place.record);
      if (seen.fields.contains(place.field)) out.key("field").string(place.field);
      out.key("editing").boolean(place.editing);
    }
    out.end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace linchpin::inbound
