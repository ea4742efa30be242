// What happened to one record, from the change log.

#include "records/records.h"
#include "records/rights.h"
#include "records/row_store.h"

namespace linchpin::records {

using storage::Connection;

namespace {

// What people are called, for who may see people; each is looked up once.
class PeoplesNames {
 public:
  PeoplesNames(Connection& connection, const Schema& schema, const access::AccessScope& scope)
      : connection_(connection), people_(schema.object(people_object)) {
    const bool seen = scope.may(access::Action::read, people_object) &&
                      scope.field_right(people_object, "name") != access::FieldRight::none;
    if (!seen) people_ = nullptr;
  }

  // Empty where there is none to tell.
  Result<std::string_view> of(const stream::Actor& actor) {
    if (!people_ || actor.kind != stream::Actor::Kind::user) return std::string_view();
    const auto known = names_.find(actor.id);
    if (known != names_.end()) return std::string_view(known->second);
    LP_TRY(const auto row, read_row(connection_, *people_, actor.id, Presence::any));
    const Field* name = people_->field("name");
    std::string& kept = names_[actor.id];
    if (row && name) kept = text_of((*row)[name->index]);
    return std::string_view(kept);
  }

 private:
  static constexpr std::string_view people_object = "user";

  Connection& connection_;
  const Object* people_;
  std::map<RecordId, std::string> names_;
};

Status write_actor(JsonWriter& out, PeoplesNames& names, const stream::Actor& actor) {
  LP_TRY(const std::string_view name, names.of(actor));
  out.key("actor").begin_object().key("kind").string(stream::actor_kind_name(actor.kind));
  out.key("id").id(actor.id).key("name");
  name.empty() ? out.null() : out.string(name);
  out.end_object();
  return {};
}

// Sealed values stay sealed: history says that a personal item changed, not what it was.
void write_side(JsonWriter& out, const json::object& change, std::string_view side) {
  const json::value* value = change.if_contains(side);
  const json::object* object = value ? value->if_object() : nullptr;
  if (!value || (object && object->contains("sealed"))) {
    out.null();
  } else {
    out.raw(json::serialize(*value));
  }
}

Status write_changes(JsonWriter& out, const access::AccessScope& scope, const Object& object,
                     const std::string& changes_json) {
  out.key("changes").begin_array();
  if (!changes_json.empty()) {
    LP_TRY(const json::value changes, parse_json(changes_json));
    for (const json::value& item : changes.as_array()) {
      const json::object& change = item.as_object();
      const std::string name(change.at("field").as_string());
      const Field* field = object.field(name);
      const auto right =
          field ? right_of(scope, object, *field) : scope.field_right(object.api_name, name);
      if (right == access::FieldRight::none) continue;
      out.begin_object().key("field").string(name).key("from");
      write_side(out, change, "from");
      out.key("to");
      write_side(out, change, "to");
      if (field && field->sensitivity == Sensitivity::personal) out.key("masked").boolean(true);
      out.end_object();
    }
  }
  out.end_array();
  return {};
}

Status write_entry(JsonWriter& out, const access::AccessScope& scope, PeoplesNames& names,
                   const Object& object, const stream::Entry& entry) {
  out.begin_object().key("seq").string(std::to_string(entry.seq));
  out.key("at").instant(entry.at).key("op").string(stream::operation_name(entry.operation));
  out.key("version").integer(entry.version);
  LP_CHECK(write_actor(out, names, entry.origin.actor));
  LP_CHECK(write_changes(out, scope, object, entry.changes_json));
  out.key("reason");
  if (entry.reason.empty()) {
    out.null();
  } else {
    out.string(entry.reason);
  }
  out.key("origin").begin_object().key("request").string(entry.origin.request);
  out.key("client").string(entry.origin.client);
  out.key("cause").string(std::to_string(entry.origin.cause));
  out.key("depth").integer(entry.origin.depth).end_object().end_object();
  return {};
}

// Records that came in bulk have no entry of their own; the record itself says when and by whom.
Status write_birth(JsonWriter& out, PeoplesNames& names, const RowValues& row) {
  out.begin_object().key("seq").null().key("at").instant(integer_of(row[2]));
  out.key("op").string("create").key("version").integer(1);
  LP_CHECK(write_actor(out, names, {stream::Actor::Kind::user, RecordId{integer_of(row[3])}}));
  out.key("changes").begin_array().end_array().key("reason").null().key("origin").null();
  out.end_object();
  return {};
}

}  // namespace

Status Records::history(const access::AccessScope& scope, std::string_view object_name, RecordId id,
                        const PageRequest& page, JsonWriter& out) {
  const auto held = schema();
  LP_TRY(const Object* object, visible_object(*held, scope, object_name));
  std::int64_t before = 0;
  if (!page.after.empty()) {
    for (const char digit : page.after) {
      if (digit < '0' || digit > '9' || before > INT64_MAX / 100) {
        return Error::of(ErrorCode::cursor_mismatch, "wrong_cursor");
      }
      before = before * 10 + (digit - '0');
    }
  }
  return parts_.database.snapshot([&](Connection& connection) -> Status {
    LP_TRY(const auto row, read_row(connection, *object, id, Presence::any));
    if (!row) return Error::of(ErrorCode::not_found);
    LP_CHECK(check_reach(connection, *held, viewer(scope), access::Action::read, *object, *row));
    PeoplesNames names(connection, *held, scope);
    bool born = false;
    int written = 0;
    bool has_more = false;
    std::int64_t last = 0;
    out.begin_object().key("entries").begin_array();
    LP_CHECK(stream::read_history(connection, object_name, id, before, page.limit + 1,
                                  [&](const stream::Entry& entry) -> Status {
                                    if (written == page.limit) {
                                      has_more = true;
                                      return {};
                                    }
                                    ++written;
                                    last = entry.seq;
                                    born = born || entry.operation == stream::Operation::create;
                                    return write_entry(out, scope, names, *object, entry);
                                  }));
    if (!born && !has_more) LP_CHECK(write_birth(out, names, *row));
    out.end_array().key("page").begin_object().key("next");
    if (has_more) {
      out.string(std::to_string(last));
    } else {
      out.null();
    }
    out.key("has_more").boolean(has_more).end_object().end_object();
    return {};
  });
}

}  // namespace linchpin::records
