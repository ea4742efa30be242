#include "measurements.h"

#include <chrono>

#include "base/json.h"

namespace linchpin::load {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t sampled_ids = 500;
constexpr int group_connections = 2;
constexpr const char* query_path = "/api/v1/records/account/query";
constexpr const char* page_where =
    "sector = 'finance' AND employees > 10000 AND annual_revenue IS NOT NULL AND deleted_at IS "
    "NULL "
    "ORDER BY annual_revenue DESC, id DESC LIMIT 50";
constexpr const char* page_query =
    R"({"where":{"op":"and","args":[{"op":"eq","field":"sector","value":"finance"},)"
    R"({"op":"gt","field":"employees","value":10000}]},)"
    R"("sort":[{"field":"annual_revenue","dir":"desc"}],"page":{"limit":50}})";
constexpr const char* lines_query =
    R"({"select":["ordered_on","quantity","account.name","product.name"],)"
    R"("where":{"op":"gt","field":"quantity","value":"25"},)"
    R"("sort":[{"field":"ordered_on","dir":"desc"}],"page":{"limit":50}})";
constexpr const char* groups_query =
    R"({"group":[{"field":"sector"},{"field":"city"}],"measures":[{"as":"n","fn":"count"},)"
    R"({"as":"total","fn":"sum","field":"annual_revenue"}],"page":{"limit":500}})";
constexpr const char* ranking_query =
    R"({"measure":"net_sales","from":"2025-01-01","to":"2026-01-01","classes":[)"
    R"({"name":"A","upto":0.55},{"name":"B","upto":0.85},{"name":"C","upto":1}],)"
    R"("convention":"before","page":{"limit":50}})";

}  // namespace

Result<std::string> Measurements::answer_of(const std::string& request) {
  LP_TRY(LoadConnection connection, LoadConnection::open(port_));
  LP_TRY(Reply reply, connection.ask(request));
  if (reply.status != 200) return Error::internal(request + "\n" + reply.body.substr(0, 2'000));
  return std::move(reply.body);
}

Result<LoadResult> Measurements::load(int connections, const std::vector<std::string>& requests) {
  return run_load(port_, connections, setting_.seconds, 200, [&](int c, std::int64_t n) {
    return requests[static_cast<std::size_t>(c * 31 + n) % requests.size()];
  });
}

Result<std::string> Measurements::token_of(const std::string& login) {
  LP_TRY(const std::string printed,
         run_program(setting_.program,
                     {"token", "create", "--user", login, "--database", setting_.database}));
  return printed.substr(0, printed.find_first_of("\r\n"));
}

Status Measurements::run() {
  LP_TRY(token_, token_of(bench_login));
  if (setting_.wants("start")) LP_CHECK(measure_start());
  LP_TRY(const auto engine, open_bare(setting_.database));
  BareLoops bare(*engine, setting_.seconds);
  LP_TRY(const Written written, measure_server(bare));
  return bare_writes(bare, written);
}

Status Measurements::measure_start() {
  const auto begin = SteadyClock::now();
  LP_TRY(ServerProcess server, ServerProcess::start(setting_.program, setting_.database));
  port_ = server.port();
  LP_CHECK(answer_of(get_request("/api/v1/meta", token_)));
  report_.row("cold start to first answer", milliseconds(SteadyClock::now() - begin), 0, "ms",
              "<= 300 ms");
  report_.row("idle memory", server.resident_megabytes(), 0, "MB", "<= 60 MB");
  return {};
}

Result<Measurements::Written> Measurements::measure_server(BareLoops& bare) {
  LP_TRY(ServerProcess server, ServerProcess::start(setting_.program, setting_.database));
  port_ = server.port();
  LP_CHECK(sample_ids());
  LP_CHECK(measure_reads(bare));
  Written written;
  if (setting_.wants("create")) {
    LP_TRY(written.creates, creates());
  }
  if (setting_.wants("update")) {
    LP_TRY(written.updates, updates());
  }
  if (setting_.wants("live")) LP_CHECK(live(server));
  if (setting_.wants("scoring")) LP_CHECK(scoring());
  report_.row("memory after the load", server.resident_megabytes(), 0, "MB", "");
  return written;
}

Status Measurements::measure_reads(BareLoops& bare) {
  if (setting_.wants("get")) LP_CHECK(get(bare));
  if (setting_.wants("page")) LP_CHECK(page(bare));
  if (setting_.wants("lookups")) LP_CHECK(page_with_lookups(bare));
  if (setting_.wants("search")) LP_CHECK(search(bare));
  if (setting_.wants("groups")) LP_CHECK(groups(bare));
  if (setting_.wants("walk")) LP_CHECK(deep_walk(bare));
  if (setting_.wants("ranking")) LP_CHECK(ranking());
  if (setting_.wants("reach")) LP_CHECK(reach());
  if (setting_.wants("account")) LP_CHECK(account_view());
  return {};
}

Status Measurements::sample_ids() {
  const std::string body = R"({"select":["name"],"sort":[{"field":"code"}],"page":{"limit":)" +
                           std::to_string(sampled_ids) + ",\"offset\":1000}}";
  LP_TRY(const std::string answer, answer_of(post_request(query_path, token_, body)));
  LP_TRY(const json::object found, parse_json_object(answer));
  for (const json::value& record : found.at("records").as_array()) {
    ids_.emplace_back(record.as_object().at("id").as_string());
    LP_TRY(const RecordId number, parse_id(ids_.back()));
    numbers_.push_back(number.value);
  }
  return {};
}

Status Measurements::get(BareLoops& bare) {
  const BareList list{"id, version", plain_columns(*schema_.object("account")),
                      "FROM account WHERE id = $1 AND deleted_at IS NULL"};
  std::vector<std::string> requests;
  for (const std::string& id : ids_) {
    requests.push_back(get_request("/api/v1/records/account/" + id, token_));
  }
  std::string body;
  LP_CHECK(BareLoops(bare).record(list, {numbers_.front()}, body));
  LP_TRY(const std::string answer, answer_of(requests.front()));
  if (answer != body) return Error::internal("get differs:\n" + answer + "\n" + body);
  LP_TRY(const double raw, bare.record(list, numbers_, body));
  LP_TRY(const LoadResult result, load(load_connections, requests));
  return report_.rate("record by id", result, raw, "");
}

Status Measurements::compare_lists(const std::string& name, const std::string& object,
                                   const std::string& request, const BareList& list,
                                   BareLoops& bare) {
  std::string body;
  LP_TRY(const double raw, bare.page(list, body));
  const std::string asked = post_request("/api/v1/records/" + object + "/query", token_, request);
  LP_TRY(const std::string answer, answer_of(asked));
  if (answer.find(body) == std::string::npos) {
    return Error::internal(name + " differs:\n" + answer.substr(0, 2'000) + "\n" +
                           body.substr(0, 2'000));
  }
  LP_TRY(const LoadResult result, load(load_connections, {asked}));
  return report_.rate(name, result, raw, ">= 0.50");
}

Status Measurements::page(BareLoops& bare) {
  // A plus keeps SQLite from collecting and sorting all of a sector.
  const char* from = setting_.on_sqlite() ? "FROM account WHERE +" : "FROM account WHERE ";
  const BareList list{"id, version", plain_columns(*schema_.object("account")),
                      std::string(from) + page_where};
  return compare_lists("filtered, sorted page of 50", "account", page_query, list, bare);
}

Status Measurements::page_with_lookups(BareLoops& bare) {
  const records::Object& line = *schema_.object("order_line");
  const BareList list{
      "l.id, l.version",
      {{"ordered_on", "l.ordered_on", line.field("ordered_on")},
       {"quantity", "l.quantity", line.field("quantity")},
       {"account.name", "a.name", schema_.object("account")->field("name")},
       {"product.name", "p.name", schema_.object("product")->field("name")}},
      "FROM order_line l LEFT JOIN account a ON a.id = l.account LEFT JOIN product p ON p.id = "
      "l.product WHERE l.deleted_at IS NULL AND l.quantity > 250000 AND l.ordered_on IS NOT NULL "
      "ORDER BY l.ordered_on DESC, l.id DESC LIMIT 50"};
  return compare_lists("page with two look-ups", "order_line", lines_query, list, bare);
}

// Three parts of names in turn, each of which many names hold.
Status Measurements::search(BareLoops& bare) {
  const auto query = [](std::string_view text, const char* sort) {
    return R"({"select":["name","city"],"search":")" + std::string(text) + "\"" + sort +
           R"(,"page":{"limit":50}})";
  };
  const auto run = [&](const char* name, const std::vector<std::string>& requests,
                       const char* goal) -> Status {
    LP_TRY(const LoadResult result, load(load_connections, requests));
    return report_.rate(name, result, 0, goal);
  };
  const auto list = [&](std::string_view text) {
    return post_request(query_path, token_, query(text, ""));
  };
  LP_CHECK(
      run("part of a Chinese name", {list("东水务"), list("联化工"), list("通达轨")}, ">= 1000/s"));
  const records::Object& account = *schema_.object("account");
  const BareList scan{
      "id, version",
      {{"name", "name", account.field("name")}, {"city", "city", account.field("city")}},
      "FROM account WHERE deleted_at IS NULL AND name LIKE '%东水务%' ORDER BY "
      "name__key, id LIMIT 50"};
  LP_CHECK(compare_lists("the same, sorted by name", "account",
                         query("东水务", R"(,"sort":[{"field":"name"}])"), scan, bare));
  const std::string everywhere = "/api/v1/search?q=";
  return run("search everywhere: pinyin, initials",
             {get_request(everywhere + "yuandongshuiwu", token_),
              get_request(everywhere + "zlhg", token_), get_request(everywhere + "bj", token_)},
             "");
}

Status Measurements::groups(BareLoops& bare) {
  std::string body;
  LP_TRY(const double raw,
         bare.groups("SELECT sector, city, count(*), CAST(sum(annual_revenue) AS BIGINT) FROM "
                     "account WHERE deleted_at IS NULL GROUP BY sector, city ORDER BY sector, city",
                     body));
  const std::string asked = post_request("/api/v1/records/account/aggregate", token_, groups_query);
  LP_TRY(const std::string answer, answer_of(asked));
  LP_TRY(const json::value rows, parse_json(body));
  LP_TRY(const json::object found, parse_json_object(answer));
  if (rows.as_array().size() != found.at("groups").as_array().size()) {
    return Error::internal("groups differ:\n" + answer.substr(0, 2'000) + "\n" + body);
  }
  LP_TRY(const LoadResult result, load(group_connections, {asked}));
  return report_.rate("group by two fields", result, raw, "");
}

Result<std::string> Measurements::deep_cursor(const std::string& query) {
  LP_TRY(LoadConnection connection, LoadConnection::open(port_));
  std::string after;
  for (std::int64_t seen = 0; seen < setting_.size.accounts * 9 / 10; seen += 500) {
    const std::string body = query + R"(,"page":{"limit":500)" + after + "}}";
    LP_TRY(const Reply reply, connection.ask(post_request(query_path, token_, body)));
    LP_TRY(const json::object found, parse_json_object(reply.body));
    const json::value& next = found.at("page").as_object().at("next");
    if (reply.status != 200 || !next.is_string()) return Error::internal("walk: " + reply.body);
    after = ",\"after\":\"" + std::string(next.as_string()) + "\"";
  }
  return query + R"(,"page":{"limit":50)" + after + "}}";
}

Status Measurements::deep_walk(BareLoops& bare) {
  LP_TRY(const std::string query, deep_cursor(R"({"sort":[{"field":"code"}])"));
  const std::string code = "k" + std::to_string(1'000'000 + setting_.size.accounts * 9 / 10 - 1);
  const BareList list{"id, version", plain_columns(*schema_.object("account")),
                      "FROM account WHERE deleted_at IS NULL AND code__key > '" + code +
                          "' ORDER BY code__key, id LIMIT 50"};
  return compare_lists("page at nine tenths of a walk", "account", query, list, bare);
}

Status Measurements::ranking() {
  const std::string path = "/api/v1/identify/ranking";
  LP_TRY(const LoadResult repeated, load(1, {post_request(path, token_, ranking_query)}));
  report_.row("ranking, 12 months, repeated", repeated.median_ms, 0, "ms", "<= 100 ms");
  std::vector<std::string> others;
  for (int day = 10; day < 28; ++day) {
    std::string moved(ranking_query);
    moved.replace(moved.find("2025-01-01"), 10, "2025-01-" + std::to_string(day));
    others.push_back(post_request(path, token_, moved));
  }
  LP_TRY(const LoadResult fresh, load(1, others));
  report_.row("ranking, another window each time", fresh.median_ms, 0, "ms", "<= 100 ms");
  return {};
}

}  // namespace linchpin::load
