#include "identify/lifetime_api.h"

#include "identify/lifetime_answer.h"
#include "identify/purchase_reading.h"
#include "identify/request_parts.h"

namespace linchpin::identify {

namespace {

using inbound::Caller;
using inbound::Request;
using inbound::Response;

constexpr std::int64_t default_horizon_months = 12;
constexpr std::int64_t max_horizon_months = 120;

json::value where_of(const json::object& body) {
  const json::value* where = body.if_contains("where");
  return where ? *where : json::value();
}

Result<Response> answer_rfm(records::Records& records, const Request& http, const Caller& caller) {
  LP_TRY(const json::object body, parse_json_object(http.body));
  LP_CHECK(allow_only(body, "", {"as_of", "from", "where", "page"}));
  LP_TRY(const PageAsked page, read_page(body));
  LP_TRY(const Day as_of, day_member(body, "", "as_of"));
  std::optional<Day> from;
  if (const json::value* begun = body.if_contains("from"); begun && !begun->is_null()) {
    LP_TRY(from, day_member(body, "", "from"));
    if (*from > as_of) return refuse("/as_of", "window_empty");
  }
  const json::value where = where_of(body);
  const std::string question = "rfm|" + format_date(as_of) + "|" +
                               (from ? format_date(*from) : "") + "|" + json::serialize(where);
  LP_TRY(const std::size_t offset, read_cursor(question, page.after));
  LP_TRY(const Rfm rfm,
         records.database().snapshot([&](storage::Connection& connection) -> Result<Rfm> {
           LP_TRY(const auto customers,
                  read_rfm(records, connection, caller.scope, from, as_of, where));
           return rfm_of(customers, as_of);
         }));
  AccountLabels labels(records, caller.scope);
  LP_TRY(std::string text, rfm_answer(labels, rfm, as_of, {question, offset, page.limit},
                                      sales_scale(*records.schema())));
  return Response::json(200, std::move(text));
}

struct LifetimeRequest {
  records::Window window;
  std::optional<Day> split;
  int horizon_months = 0;
  json::value where;
  LifetimeRows which = LifetimeRows::all;
  PageAsked page;

  std::string text() const {
    return "clv|" + format_date(window.from) + ".." + format_date(window.to) + "|" +
           (split ? format_date(*split) : "") + "|" + std::to_string(horizon_months) + "|" +
           json::serialize(where);
  }
};

Result<LifetimeRequest> read_lifetime_request(const json::object& body) {
  LP_CHECK(allow_only(body, "",
                      {"from", "to", "horizon_months", "where", "holdout_from", "only", "page"}));
  LifetimeRequest request;
  LP_TRY(request.window, read_window(body, ""));
  LP_TRY(const auto months, integer_member(body, "horizon_months", 1, max_horizon_months));
  request.horizon_months = static_cast<int>(months.value_or(default_horizon_months));
  request.where = where_of(body);
  if (const json::value* split = body.if_contains("holdout_from"); split && !split->is_null()) {
    LP_TRY(request.split, day_member(body, "", "holdout_from"));
    if (*request.split <= request.window.from || *request.split >= request.window.to) {
      return refuse("/holdout_from", "split_outside_window");
    }
  }
  LP_TRY(const std::string only, text_member(body, "only"));
  if (!only.empty() && only != "at_risk") {
    return refuse("/only", "wrong_choice", {{"of", "at_risk"}});
  }
  if (!only.empty()) request.which = LifetimeRows::at_risk;
  LP_TRY(request.page, read_page(body));
  return request;
}

// The lifetime values that were computed last: the pages of one answer follow each other, and a fit
// takes a while. A write of anything makes the next request compute anew.
class LastLifetime {
 public:
  explicit LastLifetime(records::Records& records) : records_(records) {}

  Result<std::shared_ptr<const ComputedLifetime>> of(const access::AccessScope& scope,
                                                     const LifetimeRequest& request) {
    // Who asks is part of the question: what one may see is not what another may see.
    const std::string text = scope.fingerprint() + format_id(scope.user()) + "|" + request.text();
    using Answer = Result<std::shared_ptr<const ComputedLifetime>>;
    return records_.database().snapshot([&](storage::Connection& connection) -> Answer {
      LP_TRY(const std::int64_t seq, stream::last_seq(connection));
      {
        const std::lock_guard lock(mutex_);
        if (kept_ && text == text_ && seq == seq_) return kept_;
      }
      LP_TRY(const auto days,
             read_purchases(records_, connection, scope, request.window, request.where));
      const int scale = sales_scale(*records_.schema());
      auto computed = std::make_shared<ComputedLifetime>();
      computed->horizon_months = request.horizon_months;
      computed->lifetime =
          lifetime_of(buyers_of(days, request.window), request.horizon_months, scale);
      if (request.split) {
        computed->split = request.split;
        computed->hold_out = hold_out(days, request.window, *request.split, scale);
      }
      const std::lock_guard lock(mutex_);
      text_ = text;
      seq_ = seq;
      kept_ = computed;
      return kept_;
    });
  }

 private:
  records::Records& records_;
  std::mutex mutex_;
  std::string text_;
  std::int64_t seq_ = 0;
  std::shared_ptr<const ComputedLifetime> kept_;
};

Result<Response> answer_clv(records::Records& records, LastLifetime& last, const Request& http,
                            const Caller& caller) {
  LP_TRY(const json::object body, parse_json_object(http.body));
  LP_TRY(const LifetimeRequest request, read_lifetime_request(body));
  const bool all = request.which == LifetimeRows::all;
  const std::string question = request.text() + (all ? "" : "|at_risk");
  LP_TRY(const std::size_t offset, read_cursor(question, request.page.after));
  LP_TRY(const auto computed, last.of(caller.scope, request));
  AccountLabels labels(records, caller.scope);
  LP_TRY(std::string text,
         lifetime_answer(labels, *computed, request.which, {question, offset, request.page.limit}));
  return Response::json(200, std::move(text));
}

}  // namespace

void install_lifetime(inbound::Registration& registration) {
  records::Records& records = registration.services().records;
  inbound::Route route;
  route.method = inbound::Method::post;
  route.body = inbound::RequestPlan::Body::memory;
  route.pattern = "/identify/rfm";
  route.handler = [&records](const Request& request, const Caller& caller) {
    return answer_rfm(records, request, caller);
  };
  registration.route(route);
  auto last = std::make_shared<LastLifetime>(records);
  route.pattern = "/identify/clv";
  route.handler = [&records, last](const Request& request, const Caller& caller) {
    return answer_clv(records, *last, request, caller);
  };
  registration.route(std::move(route));
}

}  // namespace linchpin::identify
