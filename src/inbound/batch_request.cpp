#include "inbound/batch_request.h"

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "inbound/problem.h"

namespace linchpin::inbound {

using records::BatchOp;
using records::BatchOperation;
using records::BatchRequest;
using records::OpOutcome;

namespace {

struct OperationName {
  std::string_view name;
  BatchOperation operation;
};

constexpr std::array operation_names{
    OperationName{"create", BatchOperation::create},
    OperationName{"update", BatchOperation::update},
    OperationName{"upsert", BatchOperation::upsert},
    OperationName{"delete", BatchOperation::remove},
    OperationName{"restore", BatchOperation::restore},
};

std::string_view operation_name(BatchOperation operation) {
  for (const OperationName& entry : operation_names) {
    if (entry.operation == operation) return entry.name;
  }
  return "update";
}

bool writes_fields(BatchOperation operation) {
  return operation <= BatchOperation::upsert;
}

// A text that is no id names no record, so it is left empty and not found later.
Status read_target(const Members& member, BatchOp& op) {
  const bool has_id =
      op.operation != BatchOperation::create && op.operation != BatchOperation::upsert;
  if (has_id) {
    LP_TRY(const std::string id, member.required_text("id"));
    op.id = parse_id(id).value_or(RecordId());
  } else if (member.has("id")) {
    return wrong_member(member.pointer_to("id"), "unknown_member", {{"name", "id"}});
  }
  const bool matches = op.operation == BatchOperation::upsert;
  LP_TRY(const auto match, member.object("match"));
  if (matches != match.has_value()) {
    return wrong_member(member.pointer_to("match"), matches ? "member_missing" : "unknown_member",
                        {{"name", "match"}});
  }
  if (match) op.match = match->all();
  return {};
}

Result<BatchOp> read_op(const json::value& item, const std::string& pointer,
                        const std::string& reason) {
  if (!item.is_object()) return wrong_member(pointer, "expected_object");
  const Members member(item.get_object(), pointer);
  LP_CHECK(member.allow_only({"op", "id", "match", "version", "base", "fields", "reason"}));
  LP_TRY(const std::string name, member.required_text("op"));
  const auto named = std::find_if(operation_names.begin(), operation_names.end(),
                                  [&](const OperationName& entry) { return entry.name == name; });
  if (named == operation_names.end()) {
    return wrong_member(member.pointer_to("op"), "wrong_choice",
                        {{"of", "create, update, upsert, delete, restore"}});
  }
  BatchOp op;
  op.operation = named->operation;
  LP_CHECK(read_target(member, op));
  LP_TRY(const auto version, member.integer("version", 1, INT64_MAX));
  op.version = version.value_or(0);
  LP_TRY(const auto base, member.object("base"));
  if (base) op.base = base->all();
  LP_TRY(const auto fields, member.object("fields"));
  if (fields) op.fields = fields->all();
  if (writes_fields(op.operation) != fields.has_value()) {
    const bool missing = !fields;
    return wrong_member(member.pointer_to("fields"), missing ? "member_missing" : "unknown_member",
                        {{"name", "fields"}});
  }
  LP_TRY(const auto own_reason, member.text("reason"));
  op.reason = own_reason.value_or(reason);
  return op;
}

int status_of(const BatchOp& op, const OpOutcome& outcome) {
  if (outcome.error) return http_status(outcome.error->code);
  if (outcome.created) return 201;
  return op.operation == BatchOperation::remove ? 204 : 200;
}

}  // namespace

Result<BatchRequest> read_batch(const Members& body) {
  LP_CHECK(body.allow_only({"mode", "ops", "reason", "dry_run"}));
  BatchRequest request;
  LP_TRY(const auto mode, body.text("mode"));
  if (mode && *mode != "atomic" && *mode != "partial") {
    return wrong_member("/mode", "wrong_choice", {{"of", "atomic, partial"}});
  }
  request.atomic = mode.value_or("atomic") == "atomic";
  LP_TRY(const auto reason, body.text("reason"));
  const json::value& ops = body.value("ops");
  if (!ops.is_array()) {
    return ops.is_null() ? wrong_member("/ops", "member_missing", {{"name", "ops"}})
                         : wrong_member("/ops", "expected_list");
  }
  const json::array& items = ops.get_array();
  if (items.size() > records::max_batch_operations) {
    return Error::invalid(FieldProblem{
        "/ops", {}, "too_many_values", {{"max", std::to_string(records::max_batch_operations)}}});
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    LP_TRY(BatchOp op, read_op(items[i], "/ops/" + std::to_string(i), reason.value_or("")));
    request.ops.push_back(std::move(op));
  }
  return request;
}

Response batch_answer(const Texts& texts, const Caller& caller, const BatchRequest& request,
                      const std::vector<OpOutcome>& outcomes) {
  JsonWriter out;
  out.begin_object().key("mode").string(request.atomic ? "atomic" : "partial");
  out.key("results").begin_array();
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const OpOutcome& outcome = outcomes[i];
    out.begin_object().key("index").integer(static_cast<std::int64_t>(i));
    out.key("op").string(operation_name(request.ops[i].operation));
    out.key("status").integer(status_of(request.ops[i], outcome));
    if (outcome.error) {
      out.key("problem");
      out.raw(problem_response(texts, caller.language, caller.request_id, *outcome.error).body);
    } else {
      out.key("id").id(outcome.id).key("version").integer(outcome.version);
    }
    out.end_object();
  }
  out.end_array().end_object();
  return Response::json(200, out.take());
}

}  // namespace linchpin::inbound
