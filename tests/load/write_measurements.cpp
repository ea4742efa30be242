#include "measurements.h"

#include <algorithm>
#include <cstdlib>

#include "live_load.h"

namespace linchpin::load {

namespace {

constexpr int live_users = 500;

std::int64_t metric(const std::string& text, std::string_view name) {
  const std::size_t at = text.find("\n" + std::string(name) + " ");
  return at == std::string::npos ? 0 : std::atoll(text.c_str() + at + name.size() + 2);
}

}  // namespace

Result<LoadResult> Measurements::creates() {
  const std::string metrics = get_request("/metrics", token_);
  LP_TRY(const std::string before, answer_of(metrics));
  LP_TRY(LoadResult result,
         run_load(port_, load_connections, setting_.seconds, 201, [&](int c, std::int64_t n) {
           return post_request("/api/v1/records/account", token_,
                               R"({"fields":{"name":"bare )" + std::to_string(c) + "-" +
                                   std::to_string(n) + "\"}}");
         }));
  LP_TRY(const std::string after, answer_of(metrics));
  const auto grown = [&](std::string_view name) {
    return static_cast<double>(metric(after, name) - metric(before, name));
  };
  const double writes = grown("linchpin_writes_total");
  const double commits = grown("linchpin_commits_total");
  report_.row("commits per durable write", writes > 0 ? commits / writes : 0, 0, "", "<= 0.125");
  return result;
}

Result<LoadResult> Measurements::updates() {
  return run_load(port_, load_connections, setting_.seconds, 200, [&](int c, std::int64_t n) {
    const std::string& id = ids_[static_cast<std::size_t>(c * 31 + n) % ids_.size()];
    return patch_request(
        "/api/v1/records/account/" + id, token_,
        R"({"fields":{"address":"Street )" + std::to_string(c) + "-" + std::to_string(n) + "\"}}");
  });
}

Status Measurements::bare_writes(BareLoops& bare, const Written& written) {
  if (setting_.wants("create")) {
    LP_TRY(const double raw, bare.creates(load_connections));
    LP_CHECK(report_.rate("creates, groups of 32", written.creates, raw, ">= 5000/s"));
  }
  if (setting_.wants("update")) {
    LP_TRY(const double raw, bare.updates(numbers_, load_connections));
    LP_CHECK(report_.rate("updates of one field, groups of 32", written.updates, raw, ">= 5000/s"));
  }
  return {};
}

Result<std::vector<std::string>> Measurements::listeners() {
  LP_TRY(LoadConnection connection, LoadConnection::open(port_));
  std::vector<std::string> tokens;
  for (int i = 0; i < live_users; ++i) {
    const std::string name = "live-" + std::to_string(i);
    const std::string body =
        R"({"fields":{"roles":["operations"],"login":")" + name + R"(","name":")" + name + "\"}}";
    // From an earlier run it may be there already.
    LP_TRY(const Reply made, connection.ask(post_request("/api/v1/records/user", token_, body)));
    if (made.status != 201 && made.status != 409) return Error::internal("user: " + made.body);
    LP_TRY(std::string token, token_of(name));
    tokens.push_back(std::move(token));
  }
  return tokens;
}

Status Measurements::live(const ServerProcess& server) {
  LP_TRY(const std::vector<std::string> tokens, listeners());
  LP_TRY(const LiveResult result, run_live_load(server, tokens, {}));
  if (result.received != result.expected) return Error::internal("live: events are missing");
  report_.row("10,000 live pages: median", result.median_ms, 0, "ms", "");
  report_.row("10,000 live pages: p99", result.p99_ms, 0, "ms", "<= 250 ms");
  report_.row("memory of a live page", result.kilobytes_per_connection, 0, "KB", "<= 40 KB");
  return {};
}

}  // namespace linchpin::load
