#include "records/field_usage.h"

#include <array>

#include "records/compute_graph.h"
#include "records/row_rules.h"

namespace linchpin::records {

using storage::Connection;
using storage::Sql;

namespace {

// Objects whose records keep filters and columns of other objects: those there are of them.
constexpr std::array keepers{"view", "report", "segment", "scoring_model", "automation"};

using Users = std::vector<DefinitionUser>;

void add(Users& users, std::string kind, std::string object, std::string name) {
  if (users.size() < max_named_users) {
    users.push_back({std::move(kind), std::move(object), std::move(name)});
  }
}

void add_fact_users(Users& users, const Schema& schema, const Object& object, const Field& field) {
  for (const auto& other : schema.objects()) {
    for (const Fact& fact : other->facts) {
      const bool own = other.get() == &object;
      const bool measured = std::find(fact.measures.begin(), fact.measures.end(), field.api_name) !=
                            fact.measures.end();
      const std::array names{&fact.date, &fact.by, &fact.product, &fact.document, &fact.positive};
      bool uses =
          own && (measured || std::any_of(names.begin(), names.end(), [&](const auto* name) {
                    return *name == field.api_name;
                  }));
      if (fact.condition) {
        const Field* link = other->field(fact.condition->link);
        const bool here = link ? link->target == object.api_name : own;
        uses = uses || (here && fact.condition->field == field.api_name);
        uses = uses || (own && fact.condition->link == field.api_name);
      }
      if (uses) add(users, "fact", other->api_name, fact.name);
    }
  }
}

// "stage" as a value, or as the last step of a path.
bool names_field(std::string_view text, std::string_view field) {
  return text == field ||
         (text.size() > field.size() && text.ends_with(field) &&
          text[text.size() - field.size() - 1] == '.') ||
         (text.starts_with(field) && text.size() > field.size() && text[field.size()] == '.');
}

bool mentions(const json::value& value, std::string_view field) {
  if (value.is_string()) return names_field(value.get_string(), field);
  if (const json::array* list = value.if_array()) {
    return std::any_of(list->begin(), list->end(),
                       [&](const json::value& item) { return mentions(item, field); });
  }
  if (const json::object* object = value.if_object()) {
    return std::any_of(object->begin(), object->end(), [&](const auto& member) {
      return std::string_view(member.key()) == field || mentions(member.value(), field);
    });
  }
  return false;
}

// Of a record that keeps something: its name and every text in which JSON may stand.
struct Keeper {
  Sql sql;
  std::size_t texts = 0;
};

std::optional<Keeper> keeper_of(const Schema& schema, const char* name, const Object& object) {
  const Object* kept = schema.object(name);
  const Field* of = kept ? kept->field("object") : nullptr;
  if (!of) return std::nullopt;
  Keeper keeper;
  keeper.sql = Sql("SELECT id");
  const Field* title = kept->field(kept->primary_field);
  keeper.sql.add(", ").name(title ? title->column : storage::Name("id"));
  for (const Field& field : kept->fields) {
    const bool text = field.type == FieldType::json || field.type == FieldType::long_text;
    if (!text || field.sensitivity == Sensitivity::personal) continue;
    keeper.sql.add(", ").name(field.column);
    ++keeper.texts;
  }
  keeper.sql.add(" FROM ").name(kept->table).add(" WHERE deleted_at IS NULL AND ");
  keeper.sql.name(of->column).add(" = ").value(object.api_name).add(" ORDER BY id");
  return keeper;
}

// `field` empty: everything that is kept for the object.
Status add_kept(Users& users, Connection& connection, const Schema& schema, const Object& object,
                std::string_view field) {
  for (const char* name : keepers) {
    const auto keeper = keeper_of(schema, name, object);
    if (!keeper) continue;
    LP_TRY(const auto rows, connection.prepare(keeper->sql));
    while (users.size() < max_named_users) {
      LP_TRY(const bool found, rows->step());
      if (!found) break;
      bool uses = field.empty();
      for (std::size_t i = 0; i < keeper->texts && !uses; ++i) {
        const auto kept = parse_json(rows->text(static_cast<int>(i) + 2));
        uses = kept && mentions(*kept, field);
      }
      if (uses) add(users, name, name, std::string(rows->text(1)));
    }
  }
  return {};
}

// Roles of the workspace with rules that look at the field.
Status add_roles(Users& users, Connection& connection, const Schema& schema, const Object& object,
                 const Field& field) {
  const Object* roles = schema.object("role");
  if (!roles) return {};
  Sql sql("SELECT ");
  sql.name(roles->field("name")->column).add(", ").name(roles->field("rights")->column);
  sql.add(" FROM ").name(roles->table).add(" WHERE deleted_at IS NULL ORDER BY id");
  LP_TRY(const auto rows, connection.prepare(sql));
  while (users.size() < max_named_users) {
    LP_TRY(const bool found, rows->step());
    if (!found) break;
    const auto rights = parse_json_object(rows->text(1));
    const auto role = access::Role::read(rights ? *rights : json::object());
    if (role && rules_use(schema, *role, object, field)) {
      add(users, "role", "role", std::string(rows->text(0)));
    }
  }
  return {};
}

void add_schema_users(Users& users, const Schema& schema, const Object& object,
                      const Field& field) {
  if (object.primary_field == field.api_name) add(users, "primary_field", object.api_name, "");
  if (object.ownership.kind == Ownership::Kind::inherits &&
      object.ownership.link == field.api_name) {
    add(users, "ownership", object.api_name, "");
  }
  if (object.ownership.kind == Ownership::Kind::owner && field.api_name == "owner") {
    add(users, "ownership", object.api_name, "");
  }
  add_fact_users(users, schema, object, field);
  for (const auto& other : schema.objects()) {
    for (const Field& link : other->fields) {
      for (const auto& [to, from] : link.fills) {
        const bool uses = (link.target == object.api_name && to == field.api_name) ||
                          (other.get() == &object && from == field.api_name);
        if (uses) add(users, "import", other->api_name, link.api_name);
      }
    }
  }
}

}  // namespace

Result<Users> users_of(Connection& connection, const Schema& schema, const Rules& rules,
                       const Object& object, const Field& field) {
  Users users;
  add_schema_users(users, schema, object, field);
  if (rules.use(object, field)) add(users, "rule", object.api_name, "");
  for (const ComputedUser& user : schema.computed().users_of(field)) {
    add(users, std::string(kind_name(user.field->compute->kind)), user.object->api_name,
        user.field->api_name);
  }
  LP_CHECK(add_kept(users, connection, schema, object, field.api_name));
  LP_CHECK(add_roles(users, connection, schema, object, field));
  return users;
}

Result<Users> users_of(Connection& connection, const Schema& schema, const Object& object) {
  Users users;
  for (const Referrer& referrer : schema.referrers(object.api_name)) {
    if (referrer.object == &object || referrer.field->type == FieldType::id) continue;
    add(users, "link", referrer.object->api_name, referrer.field->api_name);
  }
  for (const RollupField* rollup : schema.computed().rollups_from(object)) {
    if (rollup->parent == &object) continue;
    add(users, "rollup", rollup->parent->api_name, rollup->field->api_name);
  }
  LP_CHECK(add_kept(users, connection, schema, object, {}));
  return users;
}

Result<json::object> impact_of(Connection& connection, const Object& object, const Field* field,
                               const Users& users) {
  json::array named;
  for (const DefinitionUser& user : users) {
    named.push_back(
        json::object{{"kind", user.kind}, {"object", user.object}, {"name", user.name}});
  }
  json::object impact{{"users", std::move(named)}};
  Sql sql("SELECT count(*), ");
  if (field && field->stored) {
    sql.add("count(").name(field->column).add(")");
  } else {
    sql.add("0");
  }
  sql.add(" FROM ").name(object.table);
  LP_TRY(const auto rows, connection.prepare(sql));
  LP_TRY(const bool found, rows->step());
  if (!found) return impact;
  impact["records"] = rows->integer(0);
  if (field) impact["records_with_value"] = rows->integer(1);
  return impact;
}

Error used_by(const Users& users) {
  Error error = Error::of(ErrorCode::in_use, "definition_in_use");
  for (const DefinitionUser& user : users) {
    const std::string name = user.name.empty() ? user.object : user.object + " / " + user.name;
    error.problems.push_back(
        {"", "", "used_by", {{"kind", user.kind}, {"object", user.object}, {"name", name}}});
  }
  return error;
}

}  // namespace linchpin::records
