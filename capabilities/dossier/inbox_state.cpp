#include "dossier/inbox_state.h"

namespace linchpin::dossier {

namespace {

Status store_state(const Own& own, RecordId record, const stream::Origin& origin,
                   NamedValues stored) {
  stored.emplace_back("key", format_id(own.user_id()));
  stored.emplace_back("owner", own.user_id().value);
  return own.write(origin, [&](records::BulkSlice& slice) -> Status {
    LP_CHECK(keep_record(slice, "inbox_state", record, stored));
    return {};
  });
}

}  // namespace

Result<InboxState> inbox_state_of(const Own& own) {
  InboxState state;
  LP_TRY(const json::array rows, own.reading().rows({"inbox_state",
                                                     {"seen_at", "read", "preferences"},
                                                     leaf("eq", "key", own.user()),
                                                     "",
                                                     true,
                                                     1}));
  if (rows.empty()) return state;
  LP_TRY(state.record, parse_id(text_at(rows[0].as_object(), "id")));
  const json::object& fields = fields_of(rows[0]);
  if (const std::string_view seen = text_at(fields, "seen_at"); !seen.empty()) {
    LP_TRY(state.seen_at, parse_instant(seen));
  }
  const json::value* kept = fields.if_contains("preferences");
  if (kept && kept->is_object()) {
    LP_TRY(state.preferences, changed({}, inbound::Members(kept->get_object())));
  }
  const json::value* read = fields.if_contains("read");
  if (!read || !read->is_array()) return state;
  for (const json::value& id : read->get_array()) {
    if (id.is_string()) state.read.emplace(id.get_string());
  }
  return state;
}

Status store_marks(const Own& own, const InboxState& state, const stream::Origin& origin) {
  json::array read;
  for (const std::string& id : state.read) read.emplace_back(json::string(id));
  const storage::Value seen = state.seen_at > 0 ? storage::Value(state.seen_at) : storage::Value();
  return store_state(own, state.record, origin,
                     {{"seen_at", seen}, {"read", json::serialize(read)}});
}

Status store_preferences(const Own& own, const InboxState& state, const stream::Origin& origin) {
  JsonWriter out;
  out.begin_object();
  write_preferences(out, state.preferences);
  out.end_object();
  return store_state(own, state.record, origin, {{"preferences", out.take()}});
}

}  // namespace linchpin::dossier
