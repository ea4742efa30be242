#pragma once

// The people, departments, roles and deputies of the workspace as its records tell of them, for the
// rights that follow from them; and what of it must never be written.

#include <array>
#include <string_view>

#include "access/organisation.h"
#include "records/write_steps.h"

namespace linchpin::records {

// A role of the workspace whose rights cannot be read gives nothing.
Result<access::Organisation> read_organisation(storage::Connection& connection,
                                               const Schema& schema);

// Everybody's rights follow from the records of these.
constexpr std::array<std::string_view, 4> rights_objects{"user", "department", "role", "deputy"};

// Somebody stays who may administer. `after` null: the record goes. Error: invalid_state /
// `last_administrator`.
Status keep_administrator(const WriteFrame& frame, const Object& object, const RowValues& before,
                          const RowValues* after);

// The fields of a user that the rules of a role speak of.
access::OwnValues own_values(const Object& people, const RowValues& user, const access::Role& role);

// A role as somebody gives it, with rules that fit the objects. Problems: those of
// access::Role::read and of check_rules.
Result<access::Role> role_of(const Schema& schema, const json::object& rights,
                             const std::string& pointer);

// Of a role's record: that its rights can be read, and do not make administrators.
Status check_role(const Schema& schema, const Object& object, const RowValues& row);

}  // namespace linchpin::records
