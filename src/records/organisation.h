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

// Of a role: that its rights can be read. Problem: wrong_rights {place}.
Status check_role(const Object& object, const RowValues& row);

}  // namespace linchpin::records
