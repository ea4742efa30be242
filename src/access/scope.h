#pragma once

// Who may do what. Nothing reads or writes records without an AccessScope, and only an Authority
// makes one, so that no path can forget to ask.

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"
#include "base/clock.h"
#include "base/id.h"
#include "storage/storage.h"
#include "stream/change_log.h"

namespace linchpin::access {

// The people and departments whose records a reach takes in, each sorted.
struct Circle {
  std::vector<RecordId> people;
  std::vector<RecordId> departments;
};

// Fields of a user by name, as they are stored; an empty one is left out.
using OwnValues = std::map<std::string, storage::Value, std::less<>>;

// One person whose rights a scope has: its user, or somebody for whom he is deputy.
struct Holder {
  RecordId user;
  std::vector<RolePointer> roles;
  // To whom a share must be given to reach this person: he himself, his departments and those
  // above.
  std::vector<RecordId> shared_to;
  // own, team, department, department_and_below
  std::array<Circle, 4> circles;
  // Those of his fields that rules speak of.
  OwnValues own;

  // The widest that a role of his gives.
  Reach reach(Action action, std::string_view object) const;
  // Of a reach that is neither none nor all.
  const Circle& circle(Reach reach) const {
    return circles[static_cast<std::size_t>(reach) - static_cast<std::size_t>(Reach::own)];
  }
};

class AccessScope {
 public:
  RecordId user() const { return user_; }
  bool administrator() const { return kind_ != Kind::person; }
  const stream::Actor& actor() const { return actor_; }

  bool may(Action action, std::string_view object) const;
  FieldRight field_right(std::string_view object, std::string_view field) const;
  // Of one's own roles: a deputy does not have it.
  bool reads_audit() const;
  // Whether the person reports to the user, directly or through others, be he active or not.
  // Nobody leads himself or by proxy.
  bool leads(RecordId person) const;
  // The widest reach; none: the object is as unknown as one that there is not.
  Reach reach(Action action, std::string_view object) const;
  Reach reach(std::string_view object) const { return reach(Action::read, object); }

  // Of a person: whose rights count.
  const std::vector<Holder>& holders() const { return grants_->holders; }
  // From then on a deputy's rights have begun or ended; 0: never.
  Instant valid_until() const { return grants_->valid_until; }
  // Equal for equal rights of the same person. Administrators are all equal.
  const std::string& fingerprint() const { return grants_->fingerprint; }

  // The same rights, acting through an import job: its changes name the job.
  AccessScope for_import(RecordId job) const;

 private:
  friend class Authority;
  enum class Kind { person, administrator, product };
  struct Grants {
    std::vector<Holder> holders;
    Instant valid_until = 0;
    std::string fingerprint;
  };
  AccessScope(Kind kind, RecordId user, stream::Actor actor, std::shared_ptr<const Grants> grants)
      : kind_(kind), user_(user), actor_(actor), grants_(std::move(grants)) {}

  Kind kind_;
  RecordId user_;
  stream::Actor actor_;
  std::shared_ptr<const Grants> grants_;
};

class Authority {
 public:
  static AccessScope administrator(RecordId user);
  // Without holders: somebody who may nothing.
  static AccessScope person(RecordId user, std::vector<Holder> holders = {},
                            Instant valid_until = 0);
  // The product acting for itself: demo data, upgrades, the command line.
  static AccessScope product();
};

}  // namespace linchpin::access
