// Measures the product against the bare engine and prints a table. Usage:
//   linchpin_bench [--accounts N] [--seconds S] [--only NAME]

#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <thread>

#include "bare.h"
#include "base/files.h"
#include "base/json.h"
#include "dataset.h"
#include "live_load.h"
#include "load_client.h"
#include "server_process.h"

namespace linchpin::load {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr const char* login = "bench";
constexpr int connections = 32;
constexpr std::size_t sampled_ids = 500;
constexpr int live_users = 500;
constexpr const char* page_body =
    R"({"where":{"op":"and","args":[{"op":"eq","field":"sector","value":"finance"},)"
    R"({"op":"gt","field":"employees","value":10000}]},)"
    R"("sort":[{"field":"annual_revenue","dir":"desc"}],"page":{"limit":50}})";
constexpr const char* page_where =
    // The plus keeps SQLite from collecting and sorting all of a sector.
    "+sector = 'finance' AND employees > 10000 AND annual_revenue IS NOT NULL";
constexpr const char* page_order = "annual_revenue DESC, id DESC";
constexpr const char* ranking_body =
    R"({"measure":"net_sales","from":"2025-01-01","to":"2026-01-01","classes":[)"
    R"({"name":"A","upto":0.55},{"name":"B","upto":0.85},{"name":"C","upto":1}],)"
    R"("convention":"before","page":{"limit":50}})";

struct Setting {
  std::string program;
  std::string source_folder;
  std::string path;
  std::string database;
  DatasetSize size;
  double seconds = 3;
  std::string only;
};

void print_head() {
  std::printf("%-34s %12s %12s %8s  %s\n", "measurement", "product", "bare", "ratio", "goal");
}

void print_row(const char* name, double product, double bare, const char* unit, const char* goal) {
  char ratio[16] = "-";
  if (bare > 0) std::snprintf(ratio, sizeof ratio, "%.2f", product / bare);
  std::printf("%-34s %9.4g %-3s %8.4g %8s  %s\n", name, product, unit, bare, ratio, goal);
  std::fflush(stdout);
}

Status prepare(const Setting& setting) {
  const std::string mark = setting.path + ".made";
  if (std::filesystem::exists(mark)) return {};
  std::filesystem::remove(setting.path);
  std::filesystem::create_directories(std::filesystem::path(setting.path).parent_path());
  LP_CHECK(run_program(setting.program, {"migrate", "--database", setting.database}));
  LP_CHECK(run_program(setting.program, {"user", "create", "--login", login, "--administrator",
                                         "--database", setting.database}));
  LP_CHECK(make_dataset(setting.database, setting.source_folder, setting.size));
  return write_file_atomically(mark, "1");
}

Result<std::vector<std::string>> sample_ids(int port, const std::string& token) {
  LP_TRY(LoadConnection connection, LoadConnection::open(port));
  const std::string body = R"({"select":["name"],"sort":[{"field":"code"}],"page":{"limit":)" +
                           std::to_string(sampled_ids) + ",\"offset\":1000}}";
  LP_TRY(const Reply reply,
         connection.ask(post_request("/api/v1/records/account/query", token, body)));
  if (reply.status != 200) return Error::internal("sample: " + reply.body);
  std::vector<std::string> ids;
  LP_TRY(const json::object page, parse_json_object(reply.body));
  for (const json::value& record : page.at("records").as_array()) {
    ids.emplace_back(record.as_object().at("id").as_string());
  }
  return ids;
}

std::int64_t metric(const std::string& text, std::string_view name) {
  const std::size_t at = text.find("\n" + std::string(name) + " ");
  return at == std::string::npos ? 0 : std::atoll(text.c_str() + at + name.size() + 2);
}

class Bench {
 public:
  Bench(const Setting& setting, const records::Schema& schema)
      : setting_(setting), schema_(schema) {}

  Status run() {
    LP_TRY(const std::string printed,
           run_program(setting_.program,
                       {"token", "create", "--user", login, "--database", setting_.database}));
    token_ = printed.substr(0, printed.find_first_of("\r\n"));
    print_head();
    LP_CHECK(measure_start());
    LP_TRY(BareEngine bare, BareEngine::open(setting_.path, schema_));
    LP_TRY(ServerProcess server, ServerProcess::start(setting_.program, setting_.database));
    port_ = server.port();
    LP_TRY(ids_, sample_ids(port_, token_));
    if (wanted("get")) LP_CHECK(measure_get(bare));
    if (wanted("page")) LP_CHECK(measure_page(bare));
    if (wanted("ranking")) LP_CHECK(measure_ranking());
    if (wanted("search")) LP_CHECK(measure_search());
    if (wanted("create")) LP_CHECK(measure_create());
    if (wanted("live")) LP_CHECK(measure_live(server));
    std::printf("resident after the load: %.1f MB\n", server.resident_megabytes());
    return {};
  }

  // With no server beside it: both would wait for the same lock.
  Status run_bare_creates() {
    if (!wanted("create")) return {};
    LP_TRY(BareEngine bare, BareEngine::open(setting_.path, schema_));
    LP_TRY(const double rate, bare.creates(connections, setting_.seconds));
    print_row("creates, groups of 32", created_, rate, "/s", ">= 5000/s");
    return {};
  }

 private:
  bool wanted(std::string_view name) const {
    return setting_.only.empty() || setting_.only == name;
  }

  Status measure_start() {
    const auto begin = SteadyClock::now();
    LP_TRY(ServerProcess server, ServerProcess::start(setting_.program, setting_.database));
    LP_TRY(LoadConnection connection, LoadConnection::open(server.port()));
    LP_TRY(const Reply reply, connection.ask(get_request("/api/v1/meta", token_)));
    const double ms = std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
    if (reply.status != 200) return Error::internal("start: " + reply.body);
    print_row("cold start to first answer", ms, 0, "ms", "<= 300 ms");
    print_row("idle memory", server.resident_megabytes(), 0, "MB", "<= 60 MB");
    return {};
  }

  Status measure_get(BareEngine& bare) {
    std::vector<std::int64_t> numbers;
    std::vector<std::string> requests;
    for (const std::string& id : ids_) {
      LP_TRY(const RecordId number, parse_id(id));
      numbers.push_back(number.value);
      requests.push_back(get_request("/api/v1/records/account/" + id, token_));
    }
    std::string body;
    const double raw = bare.records_by_id({numbers.front()}, setting_.seconds, body);
    LP_TRY(LoadConnection connection, LoadConnection::open(port_));
    LP_TRY(const Reply reply, connection.ask(requests.front()));
    if (reply.body != body) return Error::internal("get differs:\n" + reply.body + "\n" + body);
    LP_TRY(const LoadResult result,
           run_load(port_, connections, setting_.seconds, 200, [&](int c, std::int64_t n) {
             return requests[static_cast<std::size_t>(c * 31 + n) % requests.size()];
           }));
    return report("record by id, 32 connections", result, raw, "");
  }

  Status measure_page(BareEngine& bare) {
    std::string body;
    const double raw = bare.pages(page_where, page_order, 50, setting_.seconds, body);
    const std::string request = post_request("/api/v1/records/account/query", token_, page_body);
    LP_TRY(LoadConnection connection, LoadConnection::open(port_));
    LP_TRY(const Reply reply, connection.ask(request));
    if (reply.body.find(body) == std::string::npos) {
      return Error::internal("page differs:\n" + reply.body.substr(0, 2000) + "\n" +
                             body.substr(0, 2000));
    }
    LP_TRY(const LoadResult result, run_load(port_, connections, setting_.seconds, 200,
                                             [&](int, std::int64_t) { return request; }));
    return report("filtered, sorted page of 50", result, raw, ">= 0.50");
  }

  Status measure_ranking() {
    const std::string request = post_request("/api/v1/identify/ranking", token_, ranking_body);
    LP_TRY(const LoadResult result,
           run_load(port_, 1, setting_.seconds, 200, [&](int, std::int64_t) { return request; }));
    print_row("ranking, 12 months, repeated", result.median_ms, 0, "ms", "<= 100 ms");
    LP_TRY(const LoadResult fresh,
           run_load(port_, 1, setting_.seconds, 200, [&](int, std::int64_t n) {
             std::string moved(ranking_body);
             const std::string day = std::to_string(10 + n % 18);
             moved.replace(moved.find("2025-01-01"), 10, "2025-01-" + day);
             return post_request("/api/v1/identify/ranking", token_, moved);
           }));
    print_row("ranking, another window each time", fresh.median_ms, 0, "ms", "<= 100 ms");
    return {};
  }

  // Three parts of names in turn, each of which many names hold.
  Status measure_search() {
    const auto list = [&](std::string_view text, const char* sort) {
      return post_request("/api/v1/records/account/query", token_,
                          R"({"select":["name","city"],"search":")" + std::string(text) + "\"" +
                              sort + R"(,"page":{"limit":50}})");
    };
    LP_TRY(LoadConnection connection, LoadConnection::open(port_));
    LP_TRY(const Reply reply, connection.ask(list("东水务", "")));
    if (reply.status != 200 || reply.body.find("远东水务") == std::string::npos) {
      return Error::internal("search: " + reply.body.substr(0, 500));
    }
    const auto run = [&](const char* name, const std::vector<std::string>& requests) -> Status {
      LP_TRY(const LoadResult result,
             run_load(port_, connections, setting_.seconds, 200, [&](int, std::int64_t n) {
               return requests[static_cast<std::size_t>(n) % requests.size()];
             }));
      return report(name, result, 0, ">= 1000/s");
    };
    LP_CHECK(run("part of a Chinese name",
                 {list("东水务", ""), list("联化工", ""), list("通达轨", "")}));
    constexpr const char* by_name = R"(,"sort":[{"field":"name"}])";
    LP_CHECK(run("the same, sorted by name",
                 {list("东水务", by_name), list("联化工", by_name), list("通达轨", by_name)}));
    const std::string everywhere = "/api/v1/search?q=";
    return run("search everywhere: pinyin, initials",
               {get_request(everywhere + "yuandongshuiwu", token_),
                get_request(everywhere + "zlhg", token_), get_request(everywhere + "bj", token_)});
  }

  Result<std::vector<std::string>> listeners() {
    LP_TRY(LoadConnection connection, LoadConnection::open(port_));
    std::vector<std::string> tokens;
    for (int i = 0; i < live_users; ++i) {
      const std::string name = "live-" + std::to_string(i);
      const std::string body = R"({"fields":{"login":")" + name + R"(","name":")" + name + "\"}}";
      // From an earlier run it may be there already.
      LP_TRY(const Reply made, connection.ask(post_request("/api/v1/records/user", token_, body)));
      if (made.status != 201 && made.status != 409) return Error::internal("user: " + made.body);
      LP_TRY(const std::string printed,
             run_program(setting_.program,
                         {"token", "create", "--user", name, "--database", setting_.database}));
      tokens.push_back(printed.substr(0, printed.find_first_of("\r\n")));
    }
    return tokens;
  }

  Status measure_live(const ServerProcess& server) {
    LP_TRY(const std::vector<std::string> tokens, listeners());
    LP_TRY(const LiveResult result, run_live_load(server, tokens, {}));
    if (result.received != result.expected) return Error::internal("live: events are missing");
    print_row("10,000 live pages: median", result.median_ms, 0, "ms", "");
    print_row("10,000 live pages: p99", result.p99_ms, 0, "ms", "<= 250 ms");
    print_row("memory of a live page", result.kilobytes_per_connection, 0, "KB", "<= 40 KB");
    return {};
  }

  Status measure_create() {
    LP_TRY(LoadConnection connection, LoadConnection::open(port_));
    LP_TRY(const Reply before, connection.ask(get_request("/metrics", token_)));
    LP_TRY(const LoadResult result,
           run_load(port_, connections, setting_.seconds, 201, [&](int c, std::int64_t n) {
             return post_request("/api/v1/records/account", token_,
                                 R"({"fields":{"name":"bare )" + std::to_string(c) + "-" +
                                     std::to_string(n) + "\"}}");
           }));
    LP_TRY(const Reply after, connection.ask(get_request("/metrics", token_)));
    created_ = result.per_second();
    const auto grown = [&](std::string_view name) {
      return static_cast<double>(metric(after.body, name) - metric(before.body, name));
    };
    const double writes = grown("linchpin_writes_total");
    const double commits = grown("linchpin_commits_total");
    print_row("commits per durable write", writes > 0 ? commits / writes : 0, 0, "", "<= 0.125");
    return report("creates, 32 connections", result, 0, ">= 5000/s");
  }

  Status report(const char* name, const LoadResult& result, double bare, const char* goal) {
    if (result.failed > 0) return Error::internal(std::string(name) + ": requests failed");
    print_row(name, result.per_second(), bare, "/s", goal);
    std::printf("%34s median %.2f ms, p99 %.2f ms\n", "", result.median_ms, result.p99_ms);
    return {};
  }

  const Setting& setting_;
  const records::Schema& schema_;
  std::string token_;
  std::vector<std::string> ids_;
  int port_ = 0;
  double created_ = 0;
};

Status run(const Setting& setting) {
  LP_CHECK(prepare(setting));
  LP_CHECK(finish_search_index(setting.database, setting.source_folder));
  LP_TRY(const auto schema, records::load_schema(setting.source_folder + "/capabilities", 2));
  Bench bench(setting, *schema);
  LP_CHECK(bench.run());
  return bench.run_bare_creates();
}

Setting setting_from(int argc, char** argv) {
  Setting setting;
  const std::string folder = executable_folder();
  setting.program = folder + "/linchpin";
  setting.source_folder = folder + "/../..";
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--accounts") == 0) setting.size.accounts = std::atoll(argv[i + 1]);
    if (std::strcmp(argv[i], "--seconds") == 0) setting.seconds = std::atof(argv[i + 1]);
    if (std::strcmp(argv[i], "--only") == 0) setting.only = argv[i + 1];
  }
  const std::string name = "bench-" + std::to_string(setting.size.accounts) + ".db";
  setting.path = folder + "/../bench/" + name;
  setting.database = "sqlite:" + setting.path;
  setting.size.buying_accounts = std::min(setting.size.buying_accounts, setting.size.accounts);
  return setting;
}

}  // namespace

}  // namespace linchpin::load

int main(int argc, char** argv) {
  const auto done = linchpin::load::run(linchpin::load::setting_from(argc, argv));
  if (done) return 0;
  std::cerr << linchpin::code_name(done.error().code) << " " << done.error().detail << " "
            << done.error().log_detail << "\n";
  return 1;
}
