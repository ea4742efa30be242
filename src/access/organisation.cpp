#include "access/organisation.h"

#include <algorithm>

namespace linchpin::access {

namespace {

void sort_ids(std::vector<RecordId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

bool contains(const std::vector<RecordId>& ids, RecordId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

Organisation::Organisation(Parts parts) : parts_(std::move(parts)) {
  for (std::size_t i = 0; i < parts_.people.size(); ++i) places_.emplace(parts_.people[i].id, i);
}

const Person* Organisation::person(RecordId id) const {
  const auto found = places_.find(id);
  return found == places_.end() ? nullptr : &parts_.people[found->second];
}

std::vector<RolePointer> Organisation::roles_of(const Person& person) const {
  std::vector<RolePointer> roles;
  for (const std::string& key : person.roles) {
    const auto found = parts_.roles.find(key);
    if (found != parts_.roles.end()) roles.push_back(found->second);
  }
  for (const RecordId id : person.own_roles) {
    const auto found = parts_.own_roles.find(id);
    if (found != parts_.own_roles.end()) roles.push_back(found->second);
  }
  return roles;
}

bool Organisation::administrates(const Person& person) const {
  return std::any_of(person.roles.begin(), person.roles.end(), [&](const std::string& key) {
    const auto found = parts_.roles.find(key);
    return found != parts_.roles.end() && found->second->administrator();
  });
}

// The one he belongs to and those that he heads.
std::vector<RecordId> Organisation::departments_of(const Person& person) const {
  std::vector<RecordId> departments;
  if (person.department) departments.push_back(person.department);
  for (const Department& department : parts_.departments) {
    if (department.head == person.id) departments.push_back(department.id);
  }
  sort_ids(departments);
  return departments;
}

// Everybody once, be the managers a circle.
std::vector<RecordId> Organisation::reporting_to(RecordId manager) const {
  std::vector<RecordId> found{manager};
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const Person& person : parts_.people) {
      if (person.manager == found[i] && !contains(found, person.id)) found.push_back(person.id);
    }
  }
  return found;
}

std::vector<RecordId> Organisation::below(const std::vector<RecordId>& departments) const {
  std::vector<RecordId> found = departments;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const Department& department : parts_.departments) {
      if (department.parent == found[i] && !contains(found, department.id)) {
        found.push_back(department.id);
      }
    }
  }
  return found;
}

std::vector<RecordId> Organisation::above(const std::vector<RecordId>& departments) const {
  std::vector<RecordId> found = departments;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const Department& department : parts_.departments) {
      const bool upwards = department.id == found[i] && department.parent;
      if (upwards && !contains(found, department.parent)) found.push_back(department.parent);
    }
  }
  return found;
}

Circle Organisation::circle_of(RecordId user, std::vector<RecordId> departments) const {
  Circle circle{{user}, std::move(departments)};
  sort_ids(circle.departments);
  for (const Person& person : parts_.people) {
    const bool inside =
        std::binary_search(circle.departments.begin(), circle.departments.end(), person.department);
    if (inside) circle.people.push_back(person.id);
  }
  sort_ids(circle.people);
  return circle;
}

Holder Organisation::holder_of(const Person& person) const {
  Holder holder;
  holder.user = person.id;
  holder.roles = roles_of(person);
  holder.own = person.own;
  // Administration is nobody's by proxy, and a role of the workspace does not give it.
  std::erase_if(holder.roles, [](const RolePointer& role) { return role->administrator(); });
  const std::vector<RecordId> departments = departments_of(person);
  holder.shared_to = above(departments);
  holder.shared_to.push_back(person.id);
  sort_ids(holder.shared_to);
  holder.circles[0] = Circle{{person.id}, {}};
  holder.circles[1] = Circle{reporting_to(person.id), {}};
  sort_ids(holder.circles[1].people);
  // Each reach holds the narrower ones.
  holder.circles[2] = circle_of(person.id, departments);
  holder.circles[3] = circle_of(person.id, below(departments));
  for (const std::size_t wider : {std::size_t{2}, std::size_t{3}}) {
    std::vector<RecordId>& people = holder.circles[wider].people;
    const std::vector<RecordId>& team = holder.circles[1].people;
    people.insert(people.end(), team.begin(), team.end());
    sort_ids(people);
  }
  return holder;
}

AccessScope Organisation::scope_of(RecordId user, Instant now) const {
  const Person* self = person(user);
  if (self == nullptr || !self->active) return Authority::person(user);
  if (administrates(*self)) return Authority::administrator(user);
  std::vector<Holder> holders{holder_of(*self)};
  Instant valid_until = 0;
  const auto turns_at = [&](Instant at) {
    if (at > now && (valid_until == 0 || at < valid_until)) valid_until = at;
  };
  for (const Deputation& deputation : parts_.deputations) {
    if (deputation.deputy != user || deputation.user == user) continue;
    turns_at(deputation.starts);
    turns_at(deputation.ends);
    const Person* absent = person(deputation.user);
    const bool runs = deputation.starts <= now && now < deputation.ends;
    if (runs && absent != nullptr) holders.push_back(holder_of(*absent));
  }
  return Authority::person(user, std::move(holders), valid_until);
}

}  // namespace linchpin::access
