#include "inbound/identity/users.h"

#include "access/scope.h"
#include "base/json.h"

namespace linchpin::inbound {
namespace {

constexpr std::string_view user_object = "user";
constexpr std::string_view administrator_role = "administrator";

access::AccessScope product() {
  return access::Authority::product();
}

bool has_role(const json::object& fields, std::string_view role) {
  const json::value* roles = fields.if_contains("roles");
  if (roles == nullptr || !roles->is_array()) return false;
  for (const json::value& held : roles->get_array()) {
    if (held.is_string() && std::string_view(held.get_string()) == role) return true;
  }
  return false;
}

struct StoredUser {
  json::object fields;
  std::int64_t version = 0;
};

Result<std::optional<StoredUser>> read_user(records::Records& records, RecordId id) {
  JsonWriter out;
  const auto version =
      records.get(product(), user_object, id, {"login", "name", "roles", "active", "locale"}, out);
  if (!version && version.error().code == ErrorCode::not_found) {
    return std::optional<StoredUser>();
  }
  if (!version) return version.error();
  LP_TRY(json::object record, parse_json_object(out.text()));
  json::value* fields = record.if_contains("fields");
  if (fields == nullptr || !fields->is_object()) return Error::internal("a user has no fields");
  return std::optional(StoredUser{std::move(fields->get_object()), *version});
}

}  // namespace

Result<std::optional<UserAccount>> Users::with_login(std::string_view login) {
  LP_TRY(const RecordId id, records_.database().read([&](storage::Connection& connection) {
    return records_.find(connection, product(), user_object, "login", login);
  }));
  if (!id) return std::optional<UserAccount>();
  return with_id(id);
}

Result<std::optional<UserAccount>> Users::with_id(RecordId id) {
  LP_TRY(const auto stored, read_user(records_, id));
  if (!stored) return std::optional<UserAccount>();
  const json::object& fields = stored->fields;
  UserAccount user;
  user.id = id;
  user.login = text_at(fields, "login");
  user.name = text_at(fields, "name");
  user.locale = text_at(fields, "locale");
  const json::value* active = fields.if_contains("active");
  user.active = active != nullptr && active->is_bool() && active->get_bool();
  return std::optional(std::move(user));
}

Result<RecordId> Users::create(const NewUser& user, const Also& also) {
  json::object fields{{"login", user.login}, {"name", user.name}, {"active", true}};
  const std::string_view role = user.administrator ? administrator_role : user.role;
  if (!role.empty()) fields["roles"] = json::array{json::string(role)};
  records::WriteOptions options;
  options.origin.actor = product().actor();
  options.in_transaction = [&](storage::Connection& connection, std::string_view answer) -> Status {
    LP_TRY(const json::object record, parse_json_object(answer));
    LP_TRY(const RecordId id, parse_id(text_at(record, "id")));
    return also(connection, id);
  };
  LP_TRY(const records::Written written, records_.create(product(), user_object, fields, options));
  return written.id;
}

Status Users::make_administrator(RecordId id) {
  LP_TRY(const auto stored, read_user(records_, id));
  if (!stored) return Error::of(ErrorCode::not_found);
  json::array roles;
  const json::value* held = stored->fields.if_contains("roles");
  if (held != nullptr && held->is_array()) roles = held->get_array();
  if (!has_role(stored->fields, administrator_role)) {
    roles.emplace_back(json::string(administrator_role));
  }
  records::Patch patch;
  patch.fields["roles"] = std::move(roles);
  patch.fields["active"] = true;
  patch.version = stored->version;
  records::WriteOptions options;
  options.origin.actor = product().actor();
  LP_CHECK(records_.update(product(), user_object, id, patch, options));
  return {};
}

}  // namespace linchpin::inbound
