#include "base/json.h"
#include "large_account.h"
#include "measurements.h"

namespace linchpin::load {

// The first view of an account with 50,000 order lines, 500 contacts and 2,000 entries of its
// timeline: one request.
Status Measurements::account_view() {
  const std::string asked = R"({"select":["name"],"where":{"op":"eq","field":"code","value":")" +
                            std::string(large_account_code) + "\"}}";
  LP_TRY(const std::string found,
         answer_of(post_request("/api/v1/records/account/query", token_, asked)));
  LP_TRY(const json::object accounts, parse_json_object(found));
  const std::string id(accounts.at("records").as_array().at(0).at("id").as_string());
  const std::string request = get_request("/api/v1/dossier/accounts/" + id, token_);
  LP_TRY(const std::string answer, answer_of(request));
  LP_TRY(const json::object view, parse_json_object(answer));
  const bool whole = view.at("people").as_array().size() == 20 &&
                     view.at("figures").as_array().size() == 4 &&
                     view.at("timeline").at("entries").as_array().size() == 20;
  if (!whole) return Error::internal("account view: " + answer.substr(0, 2'000));
  LP_TRY(const LoadResult result, load(1, {request}));
  if (result.failed > 0) return Error::internal("account view: requests failed");
  report_.row("account 360°: median", result.median_ms, 0, "ms", "<= 50 ms");
  report_.row("account 360°: p99", result.p99_ms, 0, "ms", "");
  return {};
}

}  // namespace linchpin::load
