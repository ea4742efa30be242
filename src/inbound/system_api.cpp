#include "inbound/system_api.h"

#include <mutex>

namespace linchpin::inbound {
namespace {

using storage::Connection;
using storage::Sql;

Response text_response(std::string text) {
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

Route open_route(std::string pattern, OpenHandler handler) {
  Route route;
  route.pattern = std::move(pattern);
  route.open = std::move(handler);
  return route;
}

Result<Response> readiness(records::Records& records) {
  const Status read = records.database().read([](Connection& connection) -> Status {
    LP_CHECK(query_integer(connection, Sql("SELECT 1"), 0));
    return {};
  });
  if (!read) return Error::of(ErrorCode::overloaded, "not_ready");
  return text_response("ready\n");
}

// The document does not change while the process runs.
class OpenApiText {
 public:
  explicit OpenApiText(std::function<Result<std::string>()> source) : source_(std::move(source)) {}

  Result<Response> answer() {
    const std::lock_guard lock(mutex_);
    if (text_.empty()) {
      LP_TRY(text_, source_());
    }
    Response response = Response::json(200, text_);
    response.with("Cache-Control", "no-cache");
    return response;
  }

 private:
  const std::function<Result<std::string>()> source_;
  std::mutex mutex_;
  std::string text_;
};

}  // namespace

void install_system_api(ApiHandler& handler, SystemSources sources) {
  records::Records& records = handler.services().records;
  handler.root_route(open_route("/healthz", [](const Request&, const Visitor&) {
    return Result<Response>(text_response("ok\n"));
  }));
  handler.root_route(open_route(
      "/readyz", [&records](const Request&, const Visitor&) { return readiness(records); }));
  handler.root_route(open_route("/metrics",
                                [&handler, counters = std::move(sources.counters)](
                                    const Request&, const Visitor&) -> Result<Response> {
                                  Response response =
                                      text_response(handler.metrics_text(counters()));
                                  response.content_type =
                                      "text/plain; version=0.0.4; charset=utf-8";
                                  return response;
                                }));
  const auto document = std::make_shared<OpenApiText>(std::move(sources.openapi));
  handler.route(open_route(
      "/openapi.json", [document](const Request&, const Visitor&) { return document->answer(); }));
  Route live;
  live.pattern = "/live";
  live.handler = [](const Request&, const Caller&) -> Result<Response> {
    return Error::of(ErrorCode::malformed, "expected_websocket");
  };
  handler.route(std::move(live));
}

}  // namespace linchpin::inbound
