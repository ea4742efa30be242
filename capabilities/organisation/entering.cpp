#include "organisation/entering.h"

#include "records/validate.h"

namespace linchpin::organisation {

using records::Object;
using storage::Connection;
using storage::Sql;

namespace {

constexpr std::string_view assistant_role = "\"sales_assistant\"";

// Of a person who is active: whom he assists.
Result<std::vector<RecordId>> assisted_by(Connection& connection, const Object& people,
                                          RecordId user) {
  const records::Field* assists = people.field("assists");
  Sql sql("SELECT ");
  sql.name(people.field("roles")->column).add(", ").name(assists->column);
  sql.add(" FROM ").name(people.table).add(" WHERE id = ").value(user);
  sql.add(" AND ").name(people.field("active")->column).add(" = 1 AND deleted_at IS NULL");
  LP_TRY(const auto row, connection.prepare(sql));
  LP_TRY(const bool found, row->step());
  if (!found) return std::vector<RecordId>();
  const storage::Value roles = row->value(0);
  if (records::text_of(roles).find(assistant_role) == std::string_view::npos) {
    return std::vector<RecordId>();
  }
  return records::linked_records(*assists, row->value(1));
}

// " OR id IN (SELECT …)" of those for whom he stands in.
Sql stood_in_for(const Object& deputies, RecordId user, Instant now) {
  Sql sql(" OR id IN (SELECT ");
  sql.name(deputies.field("user")->column).add(" FROM ").name(deputies.table).add(" WHERE ");
  sql.name(deputies.field("deputy")->column).add(" = ").value(user).add(" AND ");
  sql.name(deputies.field("starts_at")->column).add(" <= ").value(now).add(" AND ");
  sql.name(deputies.field("ends_at")->column).add(" > ").value(now);
  return std::move(sql.add(" AND deleted_at IS NULL)"));
}

}  // namespace

Result<std::vector<Manager>> managers_of(Connection& connection, const records::Schema& schema,
                                         RecordId user, Instant now) {
  std::vector<Manager> managers;
  const Object* people = schema.object("user");
  const Object* deputies = schema.object("deputy");
  if (!people || !deputies || !user) return managers;
  LP_TRY(const std::vector<RecordId> assisted, assisted_by(connection, *people, user));
  const records::Field* name = people->field("name");
  Sql sql("SELECT id, ");
  sql.name(name->column).add(" FROM ").name(people->table).add(" WHERE (1 = 0");
  for (const RecordId id : assisted) sql.add(" OR id = ").value(id);
  sql.append(stood_in_for(*deputies, user, now)).add(") AND id <> ").value(user).add(" AND ");
  sql.name(people->field("active")->column).add(" = 1 AND deleted_at IS NULL ORDER BY ");
  sql.name(name->key_column).add(", id LIMIT ").value(static_cast<std::int64_t>(max_managers));
  LP_TRY(const auto rows, connection.prepare(sql));
  while (true) {
    LP_TRY(const bool found, rows->step());
    if (!found) return managers;
    managers.push_back({RecordId{rows->integer(0)}, std::string(rows->text(1))});
  }
}

}  // namespace linchpin::organisation
