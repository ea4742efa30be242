#include "accounts/ownership.h"

#include <array>

namespace linchpin::accounts {

using records::Field;
using records::Object;
using storage::Connection;

namespace {

constexpr int most_departments = 20;  // above each other

// Links of a record; none where it is gone or has none.
Result<std::array<RecordId, 2>> links_of(Connection& connection, const Object& object, RecordId id,
                                         const Field& first, const Field& second) {
  storage::Sql sql("SELECT ");
  sql.name(first.column).add(", ").name(second.column).add(" FROM ").name(object.table);
  sql.add(" WHERE id = ").value(id).add(" AND deleted_at IS NULL");
  LP_TRY(const auto row, connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found) return std::array<RecordId, 2>{};
  return std::array{RecordId{records::integer_of(row->value(0))},
                    RecordId{records::integer_of(row->value(1))}};
}

Result<bool> heads(Connection& connection, const records::Schema& schema, RecordId head,
                   RecordId somebody) {
  const Object* people = schema.object("user");
  const Object* departments = schema.object("department");
  if (!people || !departments) return false;
  const Field& place = *people->field("department");
  LP_TRY(const auto his, links_of(connection, *people, somebody, place, place));
  RecordId at = his[0];
  for (int step = 0; step < most_departments && at; ++step) {
    LP_TRY(const auto links, links_of(connection, *departments, at, *departments->field("head"),
                                      *departments->field("parent")));
    if (links[0] == head) return true;
    at = links[1];
  }
  return false;
}

}  // namespace

Result<RecordId> owner_of(Connection& connection, const Object& accounts, RecordId account) {
  const Field& owner = *accounts.field("owner");
  LP_TRY(const auto links, links_of(connection, accounts, account, owner, owner));
  return links[0];
}

Result<bool> may_give_away(Connection& connection, const records::Schema& schema,
                           const access::AccessScope& scope, RecordId owner) {
  if (scope.administrator()) return true;
  if (scope.user() == owner) return false;
  if (scope.leads(owner)) return true;
  return heads(connection, schema, scope.user(), owner);
}

}  // namespace linchpin::accounts
