#pragma once

// Who is looking at what and changing what: told to everybody who has the same object open, and of
// a record, a field or a person only to those who may see it. Known to one server process; nothing
// is stored.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "inbound/body.h"
#include "inbound/registration.h"

namespace linchpin::inbound {

class LiveSession;

// Where somebody is.
struct LivePlace {
  std::string object;  // empty: nowhere
  RecordId record;     // none: the list
  std::string field;   // empty: no particular one
  bool editing = false;
  bool operator==(const LivePlace&) const = default;
};

// {"object"?, "record"?, "field"?, "editing"?}; without an object: nowhere. Error: not_found for an
// object or a record that the scope does not reach.
Result<LivePlace> read_place(const Services& services, const access::AccessScope& scope,
                             const Members& said);

class PresenceBoard {
 public:
  using Listeners = std::vector<std::shared_ptr<LiveSession>>;
  static constexpr std::size_t max_people = 50;  // told of one object; who came first

  explicit PresenceBoard(const Services& services) : services_(services) {}

  // Tells those who are where somebody came, moved or went since the last call.
  void tell(const Listeners& listeners);

 private:
  struct Person {
    RecordId user;
    std::string name;
    LivePlace place;
    bool operator==(const Person&) const = default;
  };
  using People = std::vector<Person>;
  struct Seen;

  static std::map<std::string, Listeners> by_object(const Listeners& listeners);
  void tell_object(const std::string& object, const Listeners& there, const People& people);
  Result<Seen> seen_by(const access::AccessScope& scope, const std::string& object,
                       const People& people);
  std::string message(const LiveSession& reader, const std::string& object, const People& people,
                      const Seen& seen) const;

  const Services& services_;
  std::map<std::string, People> told_;  // of each object, when it was last told
};

}  // namespace linchpin::inbound
