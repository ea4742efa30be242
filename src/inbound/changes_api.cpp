#include "inbound/changes_api.h"

#include <charconv>

#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "records/rights.h"
#include "records/row_store.h"
#include "stream/change_log.h"

namespace linchpin::inbound {

using access::AccessScope;
using access::FieldRight;
using access::Reach;
using storage::Connection;
using stream::Entry;

namespace {

constexpr int default_limit = 100;
constexpr int max_limit = 1000;

// Where reading goes on: after entry `seq`, or within it when `skip` of its records were given.
struct Place {
  std::int64_t seq = 0;
  std::size_t skip = 0;
  bool given = false;

  std::string text() const {
    std::string out = std::to_string(seq);
    if (skip > 0) out += "." + std::to_string(skip);
    return out;
  }
};

Result<Place> read_place(std::string_view text) {
  Place place;
  if (text.empty()) return place;
  place.given = true;
  const char* end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, place.seq);
  bool good = read.ec == std::errc() && place.seq >= 0;
  if (good && read.ptr != end && *read.ptr == '.') {
    read = std::from_chars(read.ptr + 1, end, place.skip);
    good = read.ec == std::errc() && place.skip > 0 && place.skip < stream::max_range_records;
  }
  if (!good || read.ptr != end) return wrong_member("/since", "wrong_cursor");
  return place;
}

bool is_sealed(const json::value* value) {
  return value != nullptr && value->is_object() && value->get_object().contains("sealed");
}

void write_value(JsonWriter& out, std::string_view key, const json::value* value) {
  out.key(key);
  if (value == nullptr) {
    out.null();
  } else {
    out.raw(json::serialize(*value));
  }
}

// What the log speaks of, as the schema knows it now.
struct Reader {
  Connection& connection;
  const records::Schema& schema;
  const records::Viewer viewer;

  FieldRight right(const std::string& object_name, std::string_view field_name) const {
    const records::Object* object = schema.object(object_name);
    const records::Field* field = object ? object->field(field_name) : nullptr;
    return field ? records::right_of(viewer.scope, *object, *field)
                 : viewer.scope.field_right(object_name, field_name);
  }

  // A record that is there no more, not even in the trash, is only seen by those who see all.
  Result<bool> sees(const std::string& object_name, RecordId record) const {
    const records::Object* object = schema.object(object_name);
    if (object == nullptr) return viewer.scope.administrator();
    if (records::reaches_every_row(viewer, access::Action::read, *object)) return true;
    LP_TRY(const auto row, records::read_row(connection, *object, record, records::Presence::any));
    if (!row) return false;
    return records::reaches(connection, schema, viewer, access::Action::read, *object, *row);
  }
};

// Fields that the caller may not read are left out; of personal ones only that they changed.
Status write_field_changes(JsonWriter& out, const Reader& reader, const Entry& entry) {
  out.key("changes").begin_array();
  if (!entry.changes_json.empty()) {
    LP_TRY(const json::value changes, parse_json(entry.changes_json));
    if (!changes.is_array()) return Error::internal("change log: changes are no array");
    for (const json::value& change : changes.get_array()) {
      const json::object* item = change.if_object();
      const json::value* field = item ? item->if_contains("field") : nullptr;
      if (field == nullptr || !field->is_string()) continue;
      const std::string_view name(field->get_string());
      if (reader.right(entry.object, name) == FieldRight::none) continue;
      const json::value* from = item->if_contains("from");
      const json::value* to = item->if_contains("to");
      out.begin_object().key("field").string(name);
      if (is_sealed(from) || is_sealed(to)) {
        out.key("hidden").boolean(true);
      } else {
        write_value(out, "from", from);
        write_value(out, "to", to);
      }
      out.end_object();
    }
  }
  out.end_array();
  return {};
}

Status write_change(JsonWriter& out, const Reader& reader, const Entry& entry, RecordId record) {
  out.begin_object();
  out.key("seq").string(std::to_string(entry.seq));
  out.key("at").instant(entry.at);
  out.key("object").string(entry.object);
  out.key("record").id(record);
  out.key("op").string(stream::operation_name(entry.operation));
  out.key("version");
  if (entry.version > 0) {
    out.integer(entry.version);
  } else {
    out.null();
  }
  out.key("actor").begin_object();
  out.key("kind").string(stream::actor_kind_name(entry.origin.actor.kind));
  out.key("id").id(entry.origin.actor.id).end_object();
  out.key("origin").begin_object();
  out.key("request").string(entry.origin.request);
  out.key("client").string(entry.origin.client);
  out.key("cause").string(std::to_string(entry.origin.cause));
  out.key("depth").integer(entry.origin.depth).end_object();
  if (!entry.reason.empty()) out.key("reason").string(entry.reason);
  LP_CHECK(write_field_changes(out, reader, entry));
  out.end_object();
  return {};
}

// Writes entries until the page is full.
class PageWriter {
 public:
  PageWriter(const Reader& reader, Place since, int limit, JsonWriter& out)
      : reader_(reader), place_(since), left_(limit), out_(out) {}

  // False: the page is full before the end of this entry.
  Result<bool> add(const Entry& entry) {
    std::size_t next = entry.seq == place_.seq ? place_.skip : 0;
    const std::size_t count = entry.records.empty() ? 1 : entry.records.size();
    const bool known = reader_.viewer.scope.reach(entry.object) != Reach::none;
    for (; known && next < count; ++next) {
      const RecordId record = entry.records.empty() ? entry.record : entry.records[next];
      LP_TRY(const bool seen, reader_.sees(entry.object, record));
      if (!seen) continue;
      if (left_ == 0) {
        place_ = next == 0 ? Place{entry.seq - 1, 0} : Place{entry.seq, next};
        return false;
      }
      LP_CHECK(write_change(out_, reader_, entry, record));
      --left_;
    }
    place_ = Place{entry.seq, 0};
    return true;
  }

  const Place& place() const { return place_; }

 private:
  const Reader& reader_;
  Place place_;
  int left_;
  JsonWriter& out_;
};

class ChangesApi {
 public:
  explicit ChangesApi(records::Records& records) : records_(records) {}

  Result<Response> list(const Request& request, const Caller& caller) {
    const RequestHead& head = request.head;
    LP_TRY(const Place since, read_place(head.query_value("since").value_or("")));
    LP_TRY(const std::int64_t limit, integer_query(head, "limit", default_limit, 1, max_limit));
    const std::string object(head.query_value("object").value_or(""));
    if (!object.empty() && (records_.schema()->object(object) == nullptr ||
                            caller.scope.reach(object) == Reach::none)) {
      return Error::of(ErrorCode::not_found);
    }
    LP_TRY(std::string body, records_.database().snapshot([&](Connection& connection) {
      return page(connection, caller.scope, since, object, static_cast<int>(limit));
    }));
    return Response::json(200, std::move(body));
  }

  Result<Response> undo(const Request& request, const Caller& caller) {
    LP_TRY(const std::int64_t seq, read_seq(request.parameter("seq")));
    LP_TRY(const Members body, read_body(request, BodyIs::optional));
    LP_CHECK(body.allow_only({"reason", "dry_run"}));
    records::WriteOptions options;
    options.origin = caller.origin();
    LP_TRY(options.dry_run, body.boolean("dry_run"));
    LP_TRY(const auto reason, body.text("reason"));
    options.reason = reason.value_or("");
    if (caller.keep_answer) {
      options.in_transaction = [&](Connection& connection, std::string_view answer) {
        return caller.keep_answer(connection, undo_answer(answer));
      };
    }
    LP_TRY(const records::Written written, records_.undo(caller.scope, seq, options));
    return undo_answer(written.answer);
  }

 private:
  static Result<std::int64_t> read_seq(std::string_view text) {
    std::int64_t seq = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seq);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
      return Error::of(ErrorCode::not_found);
    }
    return seq;
  }

  // The record as it is again; nothing where taking back means that it is gone.
  static Response undo_answer(std::string_view record) {
    if (record.empty()) return Response::empty();
    return Response::json(200, std::string(record));
  }

  Result<std::string> page(Connection& connection, const AccessScope& scope, Place since,
                           const std::string& object, int limit) {
    LP_TRY(const std::int64_t last, stream::last_seq(connection));
    // The caller has seen what this database does not know: it was restored from a copy.
    if (since.seq > last) return Error::of(ErrorCode::resync);
    // What followed has been forgotten. Without a place the oldest there is comes first.
    LP_TRY(const std::int64_t oldest, stream::oldest_seq(connection));
    if (since.given && since.seq + 1 < oldest) return Error::of(ErrorCode::resync);
    JsonWriter out;
    out.begin_object().key("changes").begin_array();
    const auto schema = records_.schema();
    const Reader reader{connection, *schema, records_.viewer(scope)};
    PageWriter writer(reader, since, limit, out);
    bool full = false;
    int seen = 0;
    const std::int64_t from = since.skip > 0 ? since.seq - 1 : since.seq;
    const Status read =
        stream::read_since(connection, from, object, limit + 1, [&](const Entry& entry) -> Status {
          ++seen;
          LP_TRY(const bool whole, writer.add(entry));
          if (whole) return {};
          full = true;
          return Error::of(ErrorCode::internal);  // ends the reading
        });
    if (!read && !full) return read.error();
    out.end_array();
    out.key("next").string(writer.place().text());
    out.key("has_more").boolean(full || seen > limit);
    out.end_object();
    return out.take();
  }

  records::Records& records_;
};

}  // namespace

void install_changes_api(Registration& registration) {
  MemberRoutes routes(registration, std::make_shared<ChangesApi>(registration.services().records));
  routes.get("/changes", &ChangesApi::list);
  routes.write(Method::post, "/changes/{seq}/undo", &ChangesApi::undo);
}

}  // namespace linchpin::inbound
