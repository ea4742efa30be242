#pragma once

// Who there is and who stands where: what a person's scope follows from.

#include <map>
#include <string>
#include <vector>

#include "access/scope.h"

namespace linchpin::access {

struct Person {
  RecordId id;
  RecordId department;
  RecordId manager;
  bool active = false;
  std::vector<std::string> roles;   // keys of the product's roles
  std::vector<RecordId> own_roles;  // of the workspace
  OwnValues own = {};               // of what rules speak of
};

struct Department {
  RecordId id;
  RecordId parent;
  RecordId head;
};

// `deputy` has the rights of `user` from `starts` until before `ends`; administration is not among
// them.
struct Deputation {
  RecordId user;
  RecordId deputy;
  Instant starts = 0;
  Instant ends = 0;
};

class Organisation {
 public:
  struct Parts {
    std::vector<Person> people;
    std::vector<Department> departments;
    std::vector<Deputation> deputations;
    Roles roles;
    std::map<RecordId, RolePointer> own_roles;
  };
  explicit Organisation(Parts parts);

  // Somebody unknown or not active may nothing.
  AccessScope scope_of(RecordId user, Instant now) const;

 private:
  const Person* person(RecordId id) const;
  Holder holder_of(const Person& person) const;
  std::vector<RolePointer> roles_of(const Person& person) const;
  bool administrates(const Person& person) const;
  std::vector<RecordId> departments_of(const Person& person) const;
  std::vector<RecordId> reporting_to(RecordId manager) const;
  std::vector<RecordId> below(const std::vector<RecordId>& departments) const;
  std::vector<RecordId> above(const std::vector<RecordId>& departments) const;
  Circle circle_of(RecordId user, std::vector<RecordId> departments) const;

  Parts parts_;
  std::map<RecordId, std::size_t> places_;  // of people
};

}  // namespace linchpin::access
