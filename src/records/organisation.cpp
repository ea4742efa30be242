#include "records/organisation.h"

#include <algorithm>

#include "records/row_rules.h"
#include "records/row_store.h"
#include "records/validate.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

constexpr std::string_view administrator_role = "administrator";

// The live rows of an object; none where the schema has no such object.
class Rows {
 public:
  static Result<Rows> of(Connection& connection, const Schema& schema, std::string_view name) {
    Rows rows;
    rows.object_ = schema.object(name);
    if (!rows.object_) return rows;
    Sql sql("SELECT ");
    sql.append(field_columns(*rows.object_)).add(" FROM ").name(rows.object_->table);
    LP_TRY(rows.statement_, connection.prepare(sql.add(" t WHERE t.deleted_at IS NULL")));
    return rows;
  }

  Result<bool> next() {
    if (!statement_) return false;
    return statement_->step();
  }
  RecordId id() const { return RecordId{statement_->integer(0)}; }
  // Empty where the object has no such field.
  Value value(std::string_view name) const {
    const Field* field = object_->field(name);
    return field ? statement_->value(static_cast<int>(field->index)) : Value();
  }
  RecordId link(std::string_view name) const { return RecordId{integer_of(value(name))}; }
  std::vector<RecordId> links(std::string_view name) const {
    const Field* field = object_->field(name);
    return field ? linked_records(*field, value(name)) : std::vector<RecordId>();
  }

 private:
  const Object* object_ = nullptr;
  std::unique_ptr<storage::Statement> statement_;
};

std::vector<std::string> texts_of_set(const Value& set) {
  std::vector<std::string> texts;
  const auto items = parse_json(text_of(set));
  if (!items || !items->is_array()) return texts;
  for (const json::value& item : items->get_array()) {
    if (item.is_string()) texts.emplace_back(std::string_view(item.get_string()));
  }
  return texts;
}

std::set<std::string> own_fields_of(const access::Organisation::Parts& parts) {
  std::set<std::string> names;
  for (const auto& [id, role] : parts.own_roles) {
    names.insert(role->own_fields().begin(), role->own_fields().end());
  }
  return names;
}

Status read_people(Connection& connection, const Schema& schema,
                   access::Organisation::Parts& parts) {
  const std::set<std::string> own_fields = own_fields_of(parts);
  LP_TRY(Rows rows, Rows::of(connection, schema, "user"));
  while (true) {
    LP_TRY(const bool found, rows.next());
    if (!found) return {};
    access::Person person;
    person.id = rows.id();
    person.department = rows.link("department");
    person.manager = rows.link("manager");
    person.active = integer_of(rows.value("active")) != 0;
    person.roles = texts_of_set(rows.value("roles"));
    person.own_roles = rows.links("own_roles");
    for (const std::string& name : own_fields) {
      Value value = rows.value(name);
      if (!is_empty(value)) person.own.emplace(name, std::move(value));
    }
    parts.people.push_back(std::move(person));
  }
}

Status read_departments(Connection& connection, const Schema& schema,
                        access::Organisation::Parts& parts) {
  LP_TRY(Rows rows, Rows::of(connection, schema, "department"));
  while (true) {
    LP_TRY(const bool found, rows.next());
    if (!found) return {};
    parts.departments.push_back({rows.id(), rows.link("parent"), rows.link("head")});
  }
}

Status read_deputations(Connection& connection, const Schema& schema,
                        access::Organisation::Parts& parts) {
  LP_TRY(Rows rows, Rows::of(connection, schema, "deputy"));
  while (true) {
    LP_TRY(const bool found, rows.next());
    if (!found) return {};
    parts.deputations.push_back({rows.link("user"), rows.link("deputy"),
                                 integer_of(rows.value("starts_at")),
                                 integer_of(rows.value("ends_at"))});
  }
}

Result<access::Role> stored_role(const Value& rights) {
  LP_TRY(const json::object object, parse_json_object(text_of(rights)));
  return access::Role::read(object);
}

Status read_own_roles(Connection& connection, const Schema& schema,
                      access::Organisation::Parts& parts) {
  LP_TRY(Rows rows, Rows::of(connection, schema, "role"));
  while (true) {
    LP_TRY(const bool found, rows.next());
    if (!found) return {};
    auto role = stored_role(rows.value("rights"));
    if (role) {
      parts.own_roles[rows.id()] = std::make_shared<const access::Role>(std::move(*role));
    }
  }
}

bool administers(const Object& object, const RowValues& row) {
  const Field* roles = object.field("roles");
  const Field* active = object.field("active");
  if (!roles || !active || integer_of(row[active->index]) == 0) return false;
  const std::string member = "\"" + std::string(administrator_role) + "\"";
  return text_of(row[roles->index]).find(member) != std::string_view::npos;
}

}  // namespace

Result<access::Organisation> read_organisation(Connection& connection, const Schema& schema) {
  access::Organisation::Parts parts;
  parts.roles = schema.roles();
  LP_CHECK(read_own_roles(connection, schema, parts));
  LP_CHECK(read_people(connection, schema, parts));
  LP_CHECK(read_departments(connection, schema, parts));
  LP_CHECK(read_deputations(connection, schema, parts));
  return access::Organisation(std::move(parts));
}

Status keep_administrator(const WriteFrame& frame, const Object& object, const RowValues& before,
                          const RowValues* after) {
  if (object.api_name != "user" || !administers(object, before)) return {};
  if (after && administers(object, *after)) return {};
  LP_TRY(Rows rows, Rows::of(frame.connection, frame.schema, "user"));
  while (true) {
    LP_TRY(const bool found, rows.next());
    if (!found) return Error::of(ErrorCode::invalid_state, "last_administrator");
    if (rows.id().value == integer_of(before[0])) continue;
    const std::vector<std::string> roles = texts_of_set(rows.value("roles"));
    const bool held = std::find(roles.begin(), roles.end(), administrator_role) != roles.end();
    if (held && integer_of(rows.value("active")) != 0) return {};
  }
}

access::OwnValues own_values(const Object& people, const RowValues& user,
                             const access::Role& role) {
  access::OwnValues own;
  for (const std::string& name : role.own_fields()) {
    const Field* field = people.field(name);
    if (field && !is_empty(user[field->index])) own.emplace(name, user[field->index]);
  }
  return own;
}

Status check_role(const Schema& schema, const Object& object, const RowValues& row) {
  const Field* rights = object.api_name == "role" ? object.field("rights") : nullptr;
  if (!rights || is_empty(row[rights->index])) return {};
  const std::string place = "/fields/rights";
  const auto given = parse_json_object(text_of(row[rights->index]));
  if (!given) {
    return Error::invalid(FieldProblem{place, "rights", "wrong_rights", {{"place", "/"}}});
  }
  LP_TRY(const access::Role role, role_of(schema, *given, place));
  if (!role.administrator()) return {};
  const ErrorParams params{{"place", "/administrator"}};
  return Error::invalid(FieldProblem{place, "rights", "wrong_rights", params});
}

Result<access::Role> role_of(const Schema& schema, const json::object& rights,
                             const std::string& pointer) {
  auto role = access::Role::read(rights);
  if (!role) {
    const Error& wrong = role.error();
    return Error::invalid(FieldProblem{pointer, "rights", wrong.detail, wrong.params});
  }
  Status fits = check_rules(schema, *role, pointer);
  if (fits) return role;
  // The form has one place for all rights.
  Error error = std::move(fits).error();
  for (FieldProblem& problem : error.problems) problem.field = "rights";
  return error;
}

}  // namespace linchpin::records
