#include "dossier/checks_api.h"

#include <algorithm>
#include <charconv>

#include "dossier/card_checks.h"
#include "dossier/contradictions.h"
#include "dossier/request_parts.h"
#include "inbound/member_routes.h"

namespace linchpin::dossier {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

Result<std::set<std::string, std::less<>>> parts_told(const json::value& parts) {
  if (!parts.is_array()) return malformed_member("parts", "expected_list");
  std::set<std::string, std::less<>> told;
  for (const json::value& part : parts.get_array()) {
    if (!part.is_string()) return malformed_member("parts", "expected_text");
    const std::string_view key = part.get_string();
    if (std::find(std::begin(card_part_keys), std::end(card_part_keys), key) ==
        std::end(card_part_keys)) {
      return Error::invalid(
          FieldProblem{"/parts", "parts", "no_such_option", {{"value", std::string(key)}}});
    }
    told.emplace(key);
  }
  return told;
}

// "0A1B…", or {"account":"0A1B…","parts":["people"]}.
Result<ToldCheck> check_told(const json::value& told) {
  ToldCheck check;
  std::string_view id;
  if (told.is_string()) {
    id = told.get_string();
  } else if (told.is_object()) {
    const json::object& one = told.get_object();
    for (const auto& member : one) {
      if (member.key() != "account" && member.key() != "parts") {
        return malformed_member(member.key(), "unknown_member");
      }
    }
    id = text_at(one, "account");
    if (const json::value* parts = one.if_contains("parts")) {
      LP_TRY(check.parts, parts_told(*parts));
    }
  } else {
    return malformed_member("accounts", "expected_text");
  }
  const auto account = parse_id(id);
  if (!account) return refused("accounts", "wrong_id");
  check.account = *account;
  return check;
}

Result<int> limit_asked(const Request& request, int most) {
  const auto text = request.head.query_value("limit");
  if (!text) return most;
  int limit = 0;
  const char* end = text->data() + text->size();
  const bool read = std::from_chars(text->data(), end, limit).ptr == end;
  if (read && limit >= 1 && limit <= most) return limit;
  return Error::invalid(FieldProblem{
      "/limit", "limit", "out_of_range", {{"min", "1"}, {"max", std::to_string(most)}}});
}

class ChecksApi {
 public:
  explicit ChecksApi(records::Records& records) : records_(records) {}

  Result<Response> list(const Request& request, const Caller& caller) {
    ChecksRequest asked;
    LP_TRY(asked.owner, id_asked(request, "owner"));
    if (!asked.owner) asked.owner = caller.scope.user();
    asked.after = request.head.query_value("after").value_or("");
    LP_TRY(asked.limit, limit_asked(request, max_checks_page));
    JsonWriter out;
    LP_CHECK(write_checks(out, Reading(records_, caller.scope), asked));
    return Response::json(200, out.take());
  }

  // {"accounts":[…]}: their cards, or parts of them, were looked at and nothing has changed.
  Result<Response> check(const Request& request, const Caller& caller) {
    LP_TRY(const json::object body, body_of(request, {"accounts"}));
    const json::value* accounts = body.if_contains("accounts");
    if (!accounts || !accounts->is_array()) return malformed_member("accounts", "expected_list");
    if (accounts->as_array().empty()) return refused("accounts", "required");
    if (accounts->as_array().size() > records::max_operations_without_bulk) {
      return Error::of(ErrorCode::validation_failed, "no_bulk",
                       {{"max", std::to_string(records::max_operations_without_bulk)}});
    }
    std::vector<ToldCheck> told;
    for (const json::value& one : accounts->as_array()) {
      LP_TRY(ToldCheck check, check_told(one));
      const bool twice = std::any_of(told.begin(), told.end(), [&](const ToldCheck& other) {
        return other.account == check.account;
      });
      if (twice) return refused("accounts", "duplicate_value");
      told.push_back(std::move(check));
    }
    const Reading reading(records_, caller.scope);
    LP_TRY(const CheckPlan plan, plan_check(reading, told));
    JsonWriter out;
    out.begin_object().key("checked_at").instant(plan.at);
    out.key("checked").integer(plan.checked());
    out.key("open").integer(std::ssize(plan.cards) - plan.checked()).end_object();
    Response answer = Response::json(200, out.take());
    LP_CHECK(perform_check(reading, plan, options_of(caller, answer)));
    return answer;
  }

  Result<Response> contradictions(const Request& request, const Caller& caller) {
    ContradictionsRequest asked;
    LP_TRY(asked.account, id_asked(request, "account"));
    LP_TRY(asked.by, id_asked(request, "by"));
    LP_TRY(asked.from, day_asked(request, "from"));
    LP_TRY(asked.to, day_asked(request, "to"));
    if (!asked.from) asked.from = records_.today() - contradictions_shown_days;
    asked.after = request.head.query_value("after").value_or("");
    LP_TRY(asked.limit, limit_asked(request, max_contradictions_page));
    JsonWriter out;
    LP_CHECK(write_contradictions(out, Reading(records_, caller.scope), asked));
    return Response::json(200, out.take());
  }

 private:
  static records::BatchOptions options_of(const Caller& caller, const Response& answer) {
    records::BatchOptions options;
    options.origin = caller.origin();
    if (caller.keep_answer) {
      options.in_transaction = [&caller, &answer](storage::Connection& connection,
                                                  const std::vector<records::OpOutcome>&) {
        return caller.keep_answer(connection, answer);
      };
    }
    return options;
  }

  records::Records& records_;
};

}  // namespace

void install_checks(inbound::Registration& registration) {
  inbound::MemberRoutes routes(registration,
                               std::make_shared<ChecksApi>(registration.services().records));
  using inbound::Method;
  routes.get("/dossier/checks", &ChecksApi::list);
  routes.write(Method::post, "/dossier/checks", &ChecksApi::check);
  routes.get("/dossier/contradictions", &ChecksApi::contradictions);
}

}  // namespace linchpin::dossier
