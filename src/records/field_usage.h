#pragma once

// Who uses a field or an object: what has to be told, and changed first, before it may go.

#include <string>
#include <vector>

#include "records/rules.h"
#include "records/schema.h"
#include "storage/storage.h"

namespace linchpin::records {

struct DefinitionUser {
  std::string kind;  // link, primary_field, ownership, fact, rule, formula, rollup, lookup, view, …
  std::string object;  // where it stands
  std::string name;    // of the field, fact or saved record
};

// At most so many are named.
constexpr std::size_t max_named_users = 50;

Result<std::vector<DefinitionUser>> users_of(storage::Connection& connection, const Schema& schema,
                                             const Rules& rules, const Object& object,
                                             const Field& field);

// Links of other objects, and saved views and the like of this one.
Result<std::vector<DefinitionUser>> users_of(storage::Connection& connection, const Schema& schema,
                                             const Object& object);

// {"users":[{kind,object,name}], "records":n, "records_with_value":n}; without a field the last is
// left out. The trash counts as well: it can come back.
Result<json::object> impact_of(storage::Connection& connection, const Object& object,
                               const Field* field, const std::vector<DefinitionUser>& users);

// in_use with one problem `used_by` {kind, object, name} for each.
Error used_by(const std::vector<DefinitionUser>& users);

}  // namespace linchpin::records
