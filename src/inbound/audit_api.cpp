#include "inbound/audit_api.h"

#include <charconv>

#include "base/crypto.h"
#include "base/json_writer.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "stream/audit_log.h"

namespace linchpin::inbound {

using storage::Connection;
using stream::AuditEntry;
using stream::AuditFilter;

namespace {

constexpr int default_entries = 50;
constexpr int max_entries = 500;

Result<std::optional<Instant>> instant_query(const RequestHead& head, std::string_view name) {
  const auto text = head.query_value(name);
  if (!text) return std::optional<Instant>();
  const Result<Instant> parsed = parse_instant(*text);
  if (parsed) return std::optional(*parsed);
  return Error::invalid(
      FieldProblem{"/" + std::string(name), {}, parsed.error().detail, parsed.error().params});
}

Result<AuditFilter> read_audit_filter(const RequestHead& head) {
  AuditFilter filter;
  if (const auto kind = head.query_value("kind")) {
    filter.kind = stream::audit_kind_named(*kind);
    if (!filter.kind) {
      std::string known;
      for (std::size_t i = 0; i < stream::audit_kind_count; ++i) {
        if (i > 0) known += ", ";
        known += stream::audit_kind_name(static_cast<stream::AuditKind>(i));
      }
      return Error::invalid(FieldProblem{"/kind", {}, "wrong_choice", {{"of", known}}});
    }
  }
  if (const auto user = head.query_value("user")) {
    const auto id = parse_id(*user);
    if (!id) return Error::invalid(FieldProblem{"/user", {}, "wrong_id", {}});
    filter.user = *id;
  }
  LP_TRY(filter.from, instant_query(head, "from"));
  LP_TRY(filter.to, instant_query(head, "to"));
  if (const auto after = head.query_value("after")) {
    const char* end = after->data() + after->size();
    const auto read = std::from_chars(after->data(), end, filter.before);
    if (read.ec != std::errc() || read.ptr != end || filter.before < 1) {
      return Error::of(ErrorCode::cursor_mismatch, "wrong_cursor");
    }
  }
  return filter;
}

void write_text_or_null(JsonWriter& out, std::string_view text) {
  if (text.empty()) {
    out.null();
  } else {
    out.string(text);
  }
}

void write_audit_entry(JsonWriter& out, const AuditEntry& entry) {
  const stream::AuditNote& note = entry.note;
  out.begin_object().key("seq").string(std::to_string(entry.seq)).key("at").instant(note.at);
  out.key("kind").string(stream::audit_kind_name(note.kind));
  out.key("actor").begin_object();
  out.key("kind").string(stream::actor_kind_name(note.origin.actor.kind));
  out.key("id").id(note.origin.actor.id).end_object();
  out.key("object");
  write_text_or_null(out, note.object);
  out.key("record").id(note.record).key("details").raw(note.details);
  out.key("origin").begin_object().key("request").string(note.origin.request);
  out.key("client").string(note.origin.client).key("address").string(note.address).end_object();
  out.key("code").string(to_hex(entry.code)).end_object();
}

class AuditApi {
 public:
  explicit AuditApi(records::Records& records) : records_(records) {}

  Result<Response> list(const Request& request, const Caller& caller) {
    if (!caller.scope.reads_audit()) return Error::of(ErrorCode::forbidden);
    LP_TRY(const std::int64_t limit,
           integer_query(request.head, "limit", default_entries, 1, max_entries));
    LP_TRY(const AuditFilter filter, read_audit_filter(request.head));
    JsonWriter out;
    std::int64_t written = 0;
    std::int64_t last = 0;
    bool has_more = false;
    out.begin_object().key("entries").begin_array();
    LP_CHECK(records_.database().read([&](Connection& connection) {
      return stream::read_audit(connection, filter, static_cast<int>(limit) + 1,
                                [&](const AuditEntry& entry) -> Status {
                                  has_more = written == limit;
                                  if (has_more) return {};
                                  ++written;
                                  last = entry.seq;
                                  write_audit_entry(out, entry);
                                  return {};
                                });
    }));
    out.end_array().key("page").begin_object().key("next");
    write_text_or_null(out, has_more ? std::to_string(last) : std::string());
    out.key("has_more").boolean(has_more).end_object().end_object();
    return Response::json(200, out.take());
  }

 private:
  records::Records& records_;
};

}  // namespace

void install_audit_api(Registration& registration) {
  MemberRoutes routes(registration, std::make_shared<AuditApi>(registration.services().records));
  routes.get("/audit", &AuditApi::list);
}

}  // namespace linchpin::inbound
