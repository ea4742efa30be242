#pragma once

// Whose an account is, and who may give it to another without asking: the administrator, the
// product itself, and those above its owner.

#include "access/scope.h"
#include "base/result.h"
#include "records/row.h"

namespace linchpin::accounts {

// As it is stored; none where nobody owns it.
Result<RecordId> owner_of(storage::Connection& connection, const records::Object& accounts,
                          RecordId account);

// Above somebody are his manager, the managers above that one, and the heads of his department and
// of those above it. A deputy is not: this is nobody's by proxy.
Result<bool> may_give_away(storage::Connection& connection, const records::Schema& schema,
                           const access::AccessScope& scope, RecordId owner);

}  // namespace linchpin::accounts
