#pragma once

// For tests: somebody with one role, alone in the world but for who reports to him.

#include <gtest/gtest.h>

#include <algorithm>

#include "access/scope.h"

namespace linchpin::access {

inline RolePointer test_role(std::string_view rights_json) {
  auto role = Role::read(*parse_json_object(rights_json));
  if (!role) ADD_FAILURE() << rights_json;
  return role ? std::make_shared<const Role>(std::move(*role)) : std::make_shared<const Role>();
}

inline AccessScope person_with(RecordId user, std::string_view rights_json,
                               std::vector<RecordId> reporting = {}) {
  Holder holder;
  holder.user = user;
  holder.roles.push_back(test_role(rights_json));
  holder.shared_to = {user};
  reporting.push_back(user);
  std::sort(reporting.begin(), reporting.end());
  for (Circle& circle : holder.circles) circle.people = reporting;
  holder.circles[0].people = {user};
  return Authority::person(user, {holder});
}

}  // namespace linchpin::access
