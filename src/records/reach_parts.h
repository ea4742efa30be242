#pragma once

// What row access is made of: whose rights count for one action on one object, and by which fields
// of a record.

#include <string>
#include <vector>

#include "access/shares.h"
#include "records/row_access.h"

namespace linchpin::records::reach {

constexpr int max_inheritance = 8;

using Ids = std::vector<RecordId>;

// What the scope holds for one action on one object, taken together.
struct Grasp {
  bool everything = false;
  Ids holders;  // whose rights count
  Ids people;
  Ids departments;
  Ids members;    // users whose memberships count
  Ids shared_to;  // principals whose shares count

  bool nothing() const { return people.empty(); }
};
Grasp grasp_of(const Viewer& viewer, access::Action action, const Object& object);
access::ShareLevel level_for(access::Action action);

// The account's team as the schema has it; nothing where there is none or for another object.
struct Team {
  const Object* object = nullptr;
  const Field* account = nullptr;
  const Field* user = nullptr;
  const Field* since = nullptr;
  const Field* until = nullptr;
};
Team team_of(const Schema& schema, const Object& object);
// "SELECT account …" of the memberships that run today.
storage::Sql memberships_sql(const Team& team, const Ids& users, Day today);

// " IN (…)"
storage::Sql in_list(const Ids& ids);

// Null where the object has none.
const Field* owner_of(const Object& object);
const Field* department_of(const Object& object);
const Field* link_above(const Object& object);  // where ownership is inherited

}  // namespace linchpin::records::reach
