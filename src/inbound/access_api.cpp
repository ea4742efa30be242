#include "inbound/access_api.h"

#include "access/shares.h"
#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/deed.h"
#include "inbound/member_routes.h"
#include "records/row_store.h"
#include "stream/change_log.h"

namespace linchpin::inbound {

using access::AccessScope;
using access::Action;
using access::Share;
using records::Object;
using records::RowValues;
using storage::Connection;

namespace {

struct NamedAction {
  std::string_view name;
  Action action;
};
constexpr std::array record_actions{NamedAction{"read", Action::read},
                                    NamedAction{"update", Action::update},
                                    NamedAction{"delete", Action::remove}};

// The record that the path names, read in one state of the database.
struct Target {
  Connection& connection;
  const records::Schema& schema;
  const Object& object;
  RowValues row;

  Result<std::optional<records::Grant>> grant(const records::Viewer& viewer, Action action) const {
    return records::grant_of(connection, schema, viewer, action, object, row);
  }
};

void write_given(JsonWriter& out, const Share& share) {
  out.key("principal").id(share.principal);
  out.key("level").string(share.level == access::ShareLevel::edit ? "edit" : "read");
  out.key("expires_at");
  if (share.expires_at == access::never_expires) {
    out.null();
  } else {
    out.instant(share.expires_at);
  }
}

// As the change log tells of them.
std::string list_text(const std::vector<Share>& shares) {
  JsonWriter out;
  out.begin_array();
  for (const Share& share : shares) {
    out.begin_object();
    write_given(out, share);
    out.end_object();
  }
  out.end_array();
  return out.take();
}

void write_shares(JsonWriter& out, const std::vector<Share>& shares) {
  out.begin_object().key("shares").begin_array();
  for (const Share& share : shares) {
    out.begin_object();
    write_given(out, share);
    out.key("given_by").id(share.given_by).key("given_at").instant(share.given_at).end_object();
  }
  out.end_array().end_object();
}

class AccessApi {
 public:
  explicit AccessApi(const Services& services)
      : records_(services.records), clock_(services.clock) {}

  Result<Response> explain(const Request& request, const Caller& caller) {
    const std::string asked(request.head.query_value("user").value_or(""));
    RecordId user = caller.scope.user();
    if (!asked.empty()) {
      const auto named = parse_id(asked);
      if (!named) return Error::of(ErrorCode::not_found);
      user = *named;
    }
    const bool may_ask =
        user == caller.scope.user() || caller.scope.may(Action::share, request.parameter("object"));
    LP_TRY(const AccessScope about, records_.scope_of(user));
    JsonWriter out;
    LP_CHECK(records_.database().read([&](Connection& connection) -> Status {
      const auto schema = records_.schema();
      LP_TRY(const Target target, target_of(connection, *schema, request, caller));
      if (!may_ask) return Error::of(ErrorCode::forbidden);
      return write_grants(out, target, user, about, reads_roles(caller.scope));
    }));
    return Response::json(200, out.take());
  }

  Result<Response> shares(const Request& request, const Caller& caller) {
    JsonWriter out;
    LP_CHECK(records_.database().read([&](Connection& connection) -> Status {
      const auto schema = records_.schema();
      LP_TRY(const Target target, target_of(connection, *schema, request, caller));
      LP_TRY(const auto shares,
             access::shares_of(connection, target.object.api_name, record_of(target)));
      write_shares(out, shares);
      return {};
    }));
    return Response::json(200, out.take());
  }

  // The whole list takes the place of what was there.
  Result<Response> share(const Request& request, const Caller& caller) {
    LP_TRY(const Members body, read_body(request));
    LP_CHECK(body.allow_only({"shares"}));
    LP_TRY(const std::vector<Share> wanted, read_shares(body, caller));
    JsonWriter out;
    LP_CHECK(records_.database().write([&](Connection& connection) -> Status {
      const auto schema = records_.schema();
      LP_TRY(const Target target, target_of(connection, *schema, request, caller));
      LP_CHECK(check_giving(target, caller, wanted));
      for (const Share& given : wanted) {
        LP_CHECK(check_principal(connection, *schema, given.principal));
      }
      LP_TRY(const auto given, put_shares(target, wanted, Deed::of(request, caller)));
      out = JsonWriter();
      write_shares(out, given);
      return {};
    }));
    return Response::json(200, out.take());
  }

 private:
  // Gives what is shared now.
  Result<std::vector<Share>> put_shares(const Target& target, const std::vector<Share>& wanted,
                                        const Deed& deed) const {
    const RecordId record = record_of(target);
    const std::string& object = target.object.api_name;
    LP_TRY(const auto before, access::shares_of(target.connection, object, record));
    for (const Share& old : before) {
      LP_CHECK(access::remove_share(target.connection, object, record, old.principal));
    }
    for (const Share& share : wanted) {
      LP_CHECK(access::put_share(target.connection, object, record, share));
    }
    LP_TRY(auto after, access::shares_of(target.connection, object, record));
    const std::string from = list_text(before);
    const std::string to = list_text(after);
    if (from == to) return after;
    const std::string changes = R"([{"field":"shares","from":)" + from + R"(,"to":)" + to + "}]";
    const auto version = records::integer_of(target.row[1]);
    const stream::Change change{object, record, stream::Operation::share, version, changes, {}};
    LP_CHECK(stream::append(target.connection, deed.origin, clock_.now(), change));
    stream::AuditNote note = deed.note(stream::AuditKind::shares_changed, clock_.now());
    note.object = object;
    note.record = record;
    note.details = R"({"changes":)" + changes + "}";
    LP_CHECK(stream::append_audit(target.connection, records_.workspace_key(), note));
    return after;
  }

  static RecordId record_of(const Target& target) {
    return RecordId{records::integer_of(target.row[0])};
  }

  // not_found for what the caller does not see.
  Result<Target> target_of(Connection& connection, const records::Schema& schema,
                           const Request& request, const Caller& caller) const {
    LP_TRY(const RecordId id, id_parameter(request, "id"));
    const Object* object = schema.object(request.parameter("object"));
    const bool known =
        object != nullptr && caller.scope.reach(object->api_name) != access::Reach::none;
    if (!known) return Error::of(ErrorCode::not_found);
    LP_TRY(auto row, records::read_row(connection, *object, id, records::Presence::live));
    if (!row) return Error::of(ErrorCode::not_found);
    LP_CHECK(records::check_reach(connection, schema, records_.viewer(caller.scope), Action::read,
                                  *object, *row));
    return Target{connection, schema, *object, std::move(*row)};
  }

  static bool reads_roles(const AccessScope& scope) {
    return scope.reach("role") != access::Reach::none &&
           scope.field_right("role", "rights") != access::FieldRight::none;
  }

  // What a rule looks at is told to whom the roles are open.
  Status write_grants(JsonWriter& out, const Target& target, RecordId user,
                      const AccessScope& about, bool tells_rules) const {
    out.begin_object().key("user").id(user).key("administrator").boolean(about.administrator());
    out.key("grants").begin_array();
    for (const auto& [name, action] : record_actions) {
      LP_TRY(const auto grant, target.grant(records_.viewer(about), action));
      if (!grant) continue;
      const access::Reach reach = about.reach(action, target.object.api_name);
      out.begin_object().key("action").string(name).key("grant").string(grant->kind);
      out.key("reach").string(access::reach_name(reach));
      out.key("object").string(grant->object).key("record").id(grant->record);
      if (tells_rules && !grant->where.empty()) out.key("where").raw(grant->where);
      out.end_object();
    }
    out.end_array().end_object();
    return {};
  }

  Result<std::vector<Share>> read_shares(const Members& body, const Caller& caller) const {
    const json::array* items = body.value("shares").if_array();
    if (items == nullptr) return wrong_member("/shares", "expected_list");
    if (items->size() > access::max_shares_of_record) {
      return wrong_member("/shares", "too_many_values",
                          {{"max", std::to_string(access::max_shares_of_record)}});
    }
    std::vector<Share> shares;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const std::string pointer = "/shares/" + std::to_string(i);
      const json::object* item = (*items)[i].if_object();
      if (item == nullptr) return wrong_member(pointer, "expected_object");
      const Members members(*item, pointer);
      LP_CHECK(members.allow_only({"principal", "level", "expires_at"}));
      LP_TRY(const std::string principal, members.required_text("principal"));
      LP_TRY(const std::string level, members.required_text("level"));
      LP_TRY(const auto expires_at, members.instant("expires_at"));
      const auto id = parse_id(principal);
      if (!id) return wrong_member(members.pointer_to("principal"), "wrong_id");
      if (level != "read" && level != "edit") {
        return wrong_member(members.pointer_to("level"), "wrong_choice", {{"of", "read, edit"}});
      }
      shares.push_back({*id, level == "edit" ? access::ShareLevel::edit : access::ShareLevel::read,
                        expires_at.value_or(access::never_expires), caller.scope.user(),
                        clock_.now()});
    }
    return shares;
  }

  // Nobody gives what he has not himself.
  Status check_giving(const Target& target, const Caller& caller,
                      const std::vector<Share>& wanted) const {
    if (!caller.scope.may(Action::share, target.object.api_name)) {
      return Error::of(ErrorCode::forbidden);
    }
    LP_TRY(const auto edits, target.grant(records_.viewer(caller.scope), Action::update));
    const bool gives_edit = std::any_of(wanted.begin(), wanted.end(), [](const Share& share) {
      return share.level == access::ShareLevel::edit;
    });
    if (gives_edit && !edits) return Error::of(ErrorCode::forbidden);
    return {};
  }

  static Status check_principal(Connection& connection, const records::Schema& schema,
                                RecordId principal) {
    for (const char* name : {"user", "department"}) {
      const Object* object = schema.object(name);
      if (object == nullptr) continue;
      LP_TRY(const auto row,
             records::read_row(connection, *object, principal, records::Presence::live));
      if (row) return {};
    }
    return Error::invalid(
        FieldProblem{"/shares", "principal", "link_not_found", {{"value", format_id(principal)}}});
  }

  records::Records& records_;
  const Clock& clock_;
};

}  // namespace

void install_access_api(Registration& registration) {
  MemberRoutes routes(registration, std::make_shared<AccessApi>(registration.services()));
  const std::string record = "/records/{object}/{id}";
  routes.get(record + "/access", &AccessApi::explain);
  routes.get(record + "/shares", &AccessApi::shares);
  routes.write(Method::put, record + "/shares", &AccessApi::share);
}

}  // namespace linchpin::inbound
