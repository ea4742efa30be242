#include "inbound/preview_api.h"

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/deed.h"
#include "inbound/member_routes.h"
#include "records/organisation.h"
#include "records/rights.h"
#include "records/row_store.h"

namespace linchpin::inbound {

using access::AccessScope;
using access::Action;
using access::FieldRight;
using access::Holder;
using access::Reach;
using access::RolePointer;
using records::Object;
using records::RowValues;
using storage::Connection;

namespace {

constexpr int previewed_records = 20;
constexpr std::array reaches_of_actions{std::pair{"read", Action::read},
                                        std::pair{"update", Action::update},
                                        std::pair{"delete", Action::remove}};

std::string_view right_name(FieldRight right) {
  if (right == FieldRight::edit) return "edit";
  return right == FieldRight::read ? "read" : "none";
}

// What is asked for: a person, a role that he is thought to have besides, or a role alone.
struct Question {
  std::string object;
  RecordId user;
  std::string role;
  std::optional<json::object> rights;  // of the role, as they are not saved yet
};

Result<Question> read_question(const Request& request) {
  LP_TRY(const Members body, read_body(request));
  LP_CHECK(body.allow_only({"object", "user", "role", "rights"}));
  Question question;
  LP_TRY(question.object, body.required_text("object"));
  LP_TRY(const auto user, body.text("user"));
  if (user) {
    const auto id = parse_id(*user);
    if (!id) return wrong_member("/user", "wrong_id");
    question.user = *id;
  }
  LP_TRY(const auto role, body.text("role"));
  question.role = role.value_or("");
  LP_TRY(const auto rights, body.object("rights"));
  if (rights) question.rights = rights->all();
  const bool asks = question.user || !question.role.empty() || question.rights;
  if (!asks) return wrong_member("/user", "member_missing", {{"name", "user"}});
  return question;
}

Error no_such(const char* pointer, const std::string& value) {
  return Error::invalid(FieldProblem{pointer, {}, "link_not_found", {{"value", value}}});
}

// Somebody of no department, whom nobody reports to and who owns nothing.
Holder stranger() {
  Holder holder;
  holder.shared_to = {RecordId()};
  for (access::Circle& circle : holder.circles) circle.people = {RecordId()};
  return holder;
}

AccessScope with_role(const AccessScope& scope, const RolePointer& role,
                      const RolePointer& instead_of, const access::OwnValues& own) {
  if (scope.administrator() || role->administrator()) {
    return access::Authority::administrator(scope.user());
  }
  std::vector<Holder> holders = scope.holders();
  if (holders.empty()) return scope;
  std::vector<RolePointer>& roles = holders.front().roles;
  if (instead_of) {
    const auto same = [&](const RolePointer& one) { return one->text() == instead_of->text(); };
    const auto found = std::find_if(roles.begin(), roles.end(), same);
    if (found != roles.end()) roles.erase(found);
  }
  roles.push_back(role);
  holders.front().own.insert(own.begin(), own.end());
  return access::Authority::person(scope.user(), std::move(holders), scope.valid_until());
}

class PreviewApi {
 public:
  explicit PreviewApi(const Services& services)
      : records_(services.records), clock_(services.clock) {}

  Result<Response> preview(const Request& request, const Caller& caller) {
    LP_TRY(const Question question, read_question(request));
    const auto schema = records_.schema();
    const Object* object = schema->object(question.object);
    const bool known = object != nullptr && caller.scope.reach(question.object) != Reach::none;
    if (!known) return Error::of(ErrorCode::not_found);
    LP_CHECK(check_asking(caller.scope, question));
    LP_TRY(const AccessScope scope, asked_scope(*schema, question));
    LP_CHECK(note(request, caller, question));
    JsonWriter out;
    out.begin_object().key("object").string(question.object);
    out.key("administrator").boolean(scope.administrator());
    write_actions(out, scope, *object);
    write_fields(out, scope, *object);
    LP_CHECK(write_records(out, caller.scope, scope, *object));
    return Response::json(200, out.end_object().take());
  }

 private:
  // Who manages people, and sees of the object whatever he may be shown.
  Status check_asking(const AccessScope& caller, const Question& question) const {
    const bool manages = caller.reach(Action::update, "user") == Reach::all;
    const bool sees_all = caller.reach(question.object) == Reach::all;
    if (manages && sees_all) return {};
    return Error::of(ErrorCode::forbidden);
  }

  Result<AccessScope> asked_scope(const records::Schema& schema, const Question& question) const {
    AccessScope scope = access::Authority::person(RecordId(), {stranger()});
    std::optional<RowValues> person;
    if (question.user) {
      LP_TRY(person, live_row(schema, "user", question.user));
      if (!person) return no_such("/user", format_id(question.user));
      LP_TRY(scope, records_.scope_of(question.user));
    }
    RolePointer stored;
    if (!question.role.empty()) {
      LP_TRY(stored, stored_role(schema, question.role));
    }
    RolePointer role = stored;
    if (question.rights) {
      LP_TRY(role, role_of(schema, *question.rights, "/rights"));
    }
    if (!role) return scope;
    access::OwnValues own;
    if (person) own = records::own_values(*schema.object("user"), *person, *role);
    return with_role(scope, role, question.rights ? stored : nullptr, own);
  }

  Result<std::optional<RowValues>> live_row(const records::Schema& schema, const char* object,
                                            RecordId id) const {
    return records_.database().read([&](Connection& connection) {
      return records::read_row(connection, *schema.object(object), id, records::Presence::live);
    });
  }

  static Result<RolePointer> role_of(const records::Schema& schema, const json::object& rights,
                                     const std::string& pointer) {
    LP_TRY(access::Role role, records::role_of(schema, rights, pointer));
    return std::make_shared<const access::Role>(std::move(role));
  }

  // One of the product's by its key, or one of the workspace by its id.
  Result<RolePointer> stored_role(const records::Schema& schema, const std::string& name) const {
    const auto shipped = schema.roles().find(name);
    if (shipped != schema.roles().end()) return shipped->second;
    const auto id = parse_id(name);
    if (!id) return no_such("/role", name);
    LP_TRY(const auto row, live_row(schema, "role", *id));
    if (!row) return no_such("/role", name);
    const Object& roles = *schema.object("role");
    auto rights = parse_json_object(records::text_of((*row)[roles.field("rights")->index]));
    return role_of(schema, rights ? *rights : json::object(), "/role");
  }

  Status note(const Request& request, const Caller& caller, const Question& question) const {
    stream::AuditNote note =
        Deed::of(request, caller).note(stream::AuditKind::rights_previewed, clock_.now());
    note.object = "user";
    note.record = question.user;
    JsonWriter details;
    details.begin_object().key("object").string(question.object);
    if (!question.role.empty()) details.key("role").string(question.role);
    details.key("draft").boolean(question.rights.has_value()).end_object();
    note.details = details.take();
    return records_.database().write([&](Connection& connection) {
      return stream::append_audit(connection, records_.workspace_key(), note);
    });
  }

  static void write_actions(JsonWriter& out, const AccessScope& scope, const Object& object) {
    out.key("reaches").begin_object();
    for (const auto& [name, action] : reaches_of_actions) {
      const Reach reach = scope.administrator() ? Reach::all : scope.reach(action, object.api_name);
      out.key(name).string(access::reach_name(reach));
    }
    out.end_object();
  }

  static void write_fields(JsonWriter& out, const AccessScope& scope, const Object& object) {
    out.key("fields").begin_array();
    for (const records::Field& field : object.fields) {
      if (field.retired) continue;
      out.begin_object().key("api_name").string(field.api_name);
      FieldRight right = records::right_of(scope, object, field);
      if (scope.reach(object.api_name) == Reach::none) right = FieldRight::none;
      if (field.read_only && right == FieldRight::edit) right = FieldRight::read;
      out.key("right").string(right_name(right)).end_object();
    }
    out.end_array();
  }

  // The first page as the other one would have it, by name where both may read the name.
  Status write_records(JsonWriter& out, const AccessScope& caller, const AccessScope& scope,
                       const Object& object) const {
    if (scope.reach(object.api_name) == Reach::none) {
      out.key("count").integer(0).key("records").begin_array().end_array();
      return {};
    }
    const records::Field* primary = object.field(object.primary_field);
    const auto reads = [&](const AccessScope& one) {
      return primary != nullptr && records::right_of(one, object, *primary) != FieldRight::none;
    };
    records::QueryRequest request;
    request.select = {reads(caller) && reads(scope) ? object.primary_field : std::string("id")};
    request.page.limit = previewed_records;
    request.count = records::CountMode::exact;
    JsonWriter page;
    LP_CHECK(records_.query(scope, object.api_name, request, page));
    LP_TRY(const json::object answer, parse_json_object(page.text()));
    out.key("count").raw(json::serialize(answer.at("count")));
    out.key("records").raw(json::serialize(answer.at("records")));
    return {};
  }

  records::Records& records_;
  const Clock& clock_;
};

}  // namespace

void install_preview_api(Registration& registration) {
  MemberRoutes routes(registration, std::make_shared<PreviewApi>(registration.services()));
  routes.write(Method::post, "/access/preview", &PreviewApi::preview);
}

}  // namespace linchpin::inbound
