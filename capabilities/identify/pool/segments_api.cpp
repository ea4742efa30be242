#include "identify/pool/segments_api.h"

#include <algorithm>

#include "identify/account_labels.h"
#include "identify/answer_parts.h"
#include "identify/pool/pool_reading.h"
#include "identify/request_parts.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using storage::Connection;

constexpr std::size_t max_picked = 1'000;  // accounts of a target group chosen by hand

json::value stored_filter(const PoolRow& row, std::size_t place) {
  if (row.empty(place)) return {};
  Result<json::value> parsed = parse_json(records::text_of(row.values[place]));
  return parsed ? std::move(*parsed) : json::value();
}

// Null where a segment has neither a filter nor accounts: then nobody is in it.
json::value where_of_segment(const json::value& filter, std::vector<std::string> picked) {
  if (picked.size() > max_picked) picked.resize(max_picked);
  if (picked.empty()) return filter;
  json::object chosen = where_in("id", picked);
  if (filter.is_null()) return chosen;
  return any_of({filter, std::move(chosen)});
}

// A definition that the caller may no longer read has no count.
Result<std::optional<std::int64_t>> count_in(const PoolSource& source, const json::value& where) {
  if (where.is_null()) return std::optional<std::int64_t>(0);
  const Result<std::int64_t> count = count_of(source, "account", where);
  if (count) return std::optional<std::int64_t>(*count);
  const ErrorCode code = count.error().code;
  const bool unreadable = code == ErrorCode::unknown_field || code == ErrorCode::validation_failed;
  if (unreadable) return std::optional<std::int64_t>();
  return count.error();
}

Status write_definition(JsonWriter& out, const PoolSource& source, const PoolRow& row,
                        std::string_view kind, const json::value& where) {
  LP_TRY(const auto count, count_in(source, where));
  out.begin_object().key("id").id(row.id).key("name").string(row.text(0));
  out.key("kind").string(kind).key("accounts");
  count ? out.integer(*count) : out.null();
  out.end_object();
  return {};
}

Result<std::string> segments_answer(const PoolSource& source) {
  JsonWriter out;
  out.begin_object().key("segments").begin_array();
  LP_TRY(const std::vector<PoolRow> segments,
         find_rows(source, "segment", {}, {"name", "kind", "filter", "accounts"}));
  for (const PoolRow& row : segments) {
    const json::value where = where_of_segment(stored_filter(row, 2), row.texts(3));
    LP_CHECK(write_definition(out, source, row, row.text(1), where));
  }
  LP_TRY(const std::vector<PoolRow> tags, find_rows(source, "tag", {}, {"name", "filter"}));
  for (const PoolRow& row : tags) {
    const json::value filter = stored_filter(row, 1);
    if (filter.is_null()) continue;
    LP_CHECK(write_definition(out, source, row, "dynamic_tag", filter));
  }
  out.end_array().end_object();
  return out.take();
}

// The accounts of a segment, or of a tag, dynamic or static.
Result<json::value> where_of(const PoolSource& source, RecordId id) {
  LP_TRY(const auto segment, find_row(source, "segment", id, {"filter", "accounts"}));
  if (segment) return where_of_segment(stored_filter(*segment, 0), segment->texts(1));
  LP_TRY(const auto tag, find_row(source, "tag", id, {"filter"}));
  if (!tag) return Error::of(ErrorCode::not_found);
  json::object having = leaf("has_any", "tags", json::array{format_id(id)});
  const json::value filter = stored_filter(*tag, 0);
  if (filter.is_null()) return json::value(std::move(having));
  return json::value(any_of({filter, std::move(having)}));
}

Result<std::string> members_answer(const PoolSource& source, RecordId id, const PageAsked& page) {
  LP_TRY(const json::value where, where_of(source, id));
  const std::string question = "segment|" + format_id(id) + "|" + json::serialize(where);
  LP_TRY(const std::size_t begin, read_cursor(question, page.after));
  std::vector<PoolRow> rows;
  std::int64_t count = 0;
  if (!where.is_null()) {
    records::ScanPage asked;
    asked.offset = begin;
    asked.limit = static_cast<std::size_t>(page.limit);
    LP_TRY(rows, find_page(source, "account", where, {"code", "name", "tier"}, asked));
    LP_TRY(count, count_of(source, "account", where));
  }
  JsonWriter out;
  out.begin_object().key("count").integer(count).key("rows").begin_array();
  for (const PoolRow& row : rows) {
    out.begin_object().key("account");
    write_account(out, row.id, {row.text(0), row.text(1)});
    write_text(out, "tier", row.text(2));
    out.end_object();
  }
  out.end_array().key("where").raw(json::serialize(where)).key("page");
  write_page(out, question, begin + rows.size(), static_cast<std::size_t>(count));
  out.end_object();
  return out.take();
}

// Static tags first, then those whose filter lets the account through.
Result<std::string> tags_answer(const PoolSource& source, RecordId account) {
  LP_TRY(const auto row, find_row(source, "account", account, {"tags"}));
  if (!row) return Error::of(ErrorCode::not_found);
  const std::vector<std::string> given = row->texts(0);
  LP_TRY(const std::vector<PoolRow> tags,
         find_rows(source, "tag", {}, {"name", "color", "filter"}));
  JsonWriter out;
  out.begin_object().key("tags").begin_array();
  for (const PoolRow& tag : tags) {
    const bool by_hand = std::find(given.begin(), given.end(), format_id(tag.id)) != given.end();
    const json::value filter = stored_filter(tag, 2);
    bool by_filter = false;
    if (!filter.is_null()) {
      const json::value only = all_of({filter, where_is("id", format_id(account))});
      LP_TRY(const auto count, count_in(source, only));
      by_filter = count.value_or(0) > 0;
    }
    if (!by_hand && !by_filter) continue;
    out.begin_object().key("id").id(tag.id).key("name").string(tag.text(0));
    write_text(out, "color", tag.text(1));
    out.key("dynamic").boolean(by_filter).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

class SegmentsApi {
 public:
  explicit SegmentsApi(const inbound::Services& services) : records_(services.records) {}

  Result<Response> list(const Request&, const Caller& caller) {
    return answer(caller, segments_answer);
  }

  Result<Response> members(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    PageAsked page;
    LP_TRY(const std::int64_t limit,
           inbound::integer_query(request.head, "limit", page.limit, 1, max_page_rows));
    page.limit = static_cast<int>(limit);
    page.after = request.head.query_value("after").value_or("");
    return answer(caller,
                  [&](const PoolSource& source) { return members_answer(source, id, page); });
  }

  Result<Response> tags(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    return answer(caller, [&](const PoolSource& source) { return tags_answer(source, id); });
  }

 private:
  template <class Ask>
  Result<Response> answer(const Caller& caller, Ask ask) {
    LP_TRY(std::string text, records_.database().snapshot([&](Connection& connection) {
      return ask(PoolSource{records_, connection, caller.scope});
    }));
    return Response::json(200, std::move(text));
  }

  records::Records& records_;
};

}  // namespace

void install_segments(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<SegmentsApi>(registration.services()));
  routes.get("/identify/segments", &SegmentsApi::list);
  routes.get("/identify/segments/{id}/accounts", &SegmentsApi::members);
  routes.get("/identify/accounts/{id}/tags", &SegmentsApi::tags);
}

}  // namespace linchpin::identify
