#include "duplicates/install.h"

#include "base/text.h"
#include "duplicates/groups.h"
#include "duplicates/merge.h"
#include "inbound/body.h"
#include "inbound/member_routes.h"
#include "records/write_steps.h"

namespace linchpin::duplicates {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;
using storage::Connection;

constexpr std::size_t max_reason = 1'000;

Error refused(std::string_view member, std::string code, ErrorParams params = {}) {
  return Error::invalid(
      FieldProblem{"/" + std::string(member), {}, std::move(code), std::move(params)});
}

Result<RecordId> id_member(const inbound::Members& body, std::string_view name) {
  LP_TRY(const std::optional<std::string> text, body.text(name));
  if (!text) return refused(name, "required");
  const auto id = parse_id(*text);
  if (!id) return refused(name, "wrong_id");
  return *id;
}

class DuplicatesApi {
 public:
  explicit DuplicatesApi(const inbound::Services& services)
      : records_(services.records), clock_(services.clock) {}

  // ?account=: only what it stands in.
  Result<Response> list(const Request& request, const Caller& caller) {
    RecordId account;
    if (const auto given = request.head.query_value("account"); given && !given->empty()) {
      const auto id = parse_id(*given);
      if (!id) return refused("account", "wrong_id");
      account = *id;
    }
    LP_TRY(const TwinGroups found, records_.database().snapshot([&](Connection& connection) {
      return find_twins(records_, connection, caller.scope, account);
    }));
    JsonWriter out;
    out.begin_object().key("groups").begin_array();
    for (const TwinGroup& group : found.groups) {
      out.begin_object().key("name").string(group.essential).key("accounts").begin_array();
      for (const Twin& twin : group.twins) {
        out.begin_object().key("id").id(twin.account).key("name").string(twin.name);
        out.key("by_other_name").boolean(twin.by_other_name);
        out.key("by_short_name").boolean(twin.by_short_name).end_object();
      }
      out.end_array().end_object();
    }
    out.end_array().key("truncated").boolean(found.truncated).end_object();
    return Response::json(200, out.take());
  }

  // {"kept","removed","reason"?,"dry_run"?}
  Result<Response> merge(const Request& request, const Caller& caller) {
    LP_TRY(const inbound::Members body, inbound::read_body(request));
    LP_CHECK(body.allow_only({"kept", "removed", "reason", "dry_run"}));
    MergeOf merge;
    LP_TRY(merge.kept, id_member(body, "kept"));
    LP_TRY(merge.removed, id_member(body, "removed"));
    LP_TRY(const std::optional<std::string> reason, body.text("reason"));
    LP_TRY(const bool dry_run, body.boolean("dry_run"));
    if (reason && code_points(*reason) > max_reason) {
      return refused("reason", "too_long", {{"max", std::to_string(max_reason)}});
    }
    const Deed deed{caller.scope, caller.origin(), clock_.now()};
    Merged merged;
    const Status done = records_.database().write(
        [&](Connection& connection) -> Status {
          LP_TRY(merged, merge_accounts(records_, connection, merge, reason.value_or(""), deed));
          if (dry_run) return Error::of(ErrorCode::internal, records::dry_run_marker);
          return {};
        },
        storage::WriteKind::job);
    if (!done && !(dry_run && records::is_dry_run(done.error()))) return Error(done.error());
    JsonWriter out;
    out.begin_object().key("id").id(dry_run ? RecordId() : merged.id);
    out.key("kept").id(merge.kept).key("removed").id(merge.removed);
    out.key("moved").raw(json::serialize(merged.moved));
    out.key("filled").raw(json::serialize(merged.filled)).end_object();
    return Response::json(dry_run ? 200 : 201, out.take());
  }

  Result<Response> undo(const Request& request, const Caller& caller) {
    LP_TRY(const RecordId id, inbound::id_parameter(request, "id"));
    // Who may not see it is not told that it is there.
    JsonWriter ignored;
    LP_CHECK(records_.get(caller.scope, "account_merge", id, {"id"}, ignored));
    const Deed deed{caller.scope, caller.origin(), clock_.now()};
    TakenBack done;
    LP_CHECK(records_.database().write(
        [&](Connection& connection) -> Status {
          LP_TRY(done, undo_merge(records_, connection, id, deed));
          return {};
        },
        storage::WriteKind::job));
    JsonWriter out;
    out.begin_object().key("id").id(id).key("state").string("undone");
    out.key("restored").integer(done.restored);
    out.key("conflicts").raw(json::serialize(done.conflicts)).end_object();
    return Response::json(200, out.take());
  }

 private:
  records::Records& records_;
  const Clock& clock_;
};

}  // namespace

void install(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<DuplicatesApi>(registration.services()));
  using inbound::Method;
  routes.get("/duplicates", &DuplicatesApi::list);
  routes.write(Method::post, "/duplicates/merges", &DuplicatesApi::merge);
  routes.write(Method::post, "/duplicates/merges/{id}/undo", &DuplicatesApi::undo);
}

}  // namespace linchpin::duplicates
