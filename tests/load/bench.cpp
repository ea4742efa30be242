// Measures the product against the bare engine and prints a table. Usage:
//   linchpin_bench [--accounts N] [--seconds S] [--only NAME] [--postgres URL]
// URL: postgresql://…/{database}?…, where {database} stands for the name of one that is made.

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "all_capabilities.h"
#include "base/files.h"
#include "large_account.h"
#include "measurements.h"

namespace linchpin::load {

namespace {

constexpr std::int64_t small_accounts = 10'000;
constexpr std::int64_t large_accounts = 1'000'000;

struct Options {
  std::int64_t accounts = 0;  // 0: both sizes
  std::string postgres;
  Setting setting;
};

std::string postgres_url(std::string url, const std::string& database) {
  constexpr std::string_view mark = "{database}";
  if (const auto at = url.find(mark); at != std::string::npos) {
    url.replace(at, mark.size(), database);
  }
  return url;
}

Setting setting_for(const Options& options, std::int64_t accounts) {
  Setting setting = options.setting;
  setting.size.accounts = accounts;
  setting.size.lines = accounts;
  setting.size.buying_accounts = accounts / 10;
  const std::string size = std::to_string(accounts);
  setting.database = options.postgres.empty()
                         ? "sqlite:" + setting.source_folder + "/build/bench/bench-" + size + ".db"
                         : postgres_url(options.postgres, "bench_" + size);
  return setting;
}

// The database is made once; a mark beside it says that it is whole.
Status prepare(const Options& options, const Setting& setting) {
  const std::string size = std::to_string(setting.size.accounts);
  const std::string folder = setting.source_folder + "/build/bench/";
  const std::string mark =
      folder + (setting.on_sqlite() ? "sqlite-owned-" : "postgres-owned-") + size;
  if (!std::filesystem::exists(mark)) {
    std::filesystem::create_directories(folder);
    if (setting.on_sqlite()) {
      std::filesystem::remove(folder + "bench-" + size + ".db");
    } else {
      LP_TRY(const auto server, open_bare(postgres_url(options.postgres, "postgres")));
      LP_CHECK(server->run("DROP DATABASE IF EXISTS bench_" + size));
      LP_CHECK(server->run("CREATE DATABASE bench_" + size));
    }
    LP_CHECK(run_program(setting.program, {"migrate", "--database", setting.database}));
    LP_CHECK(run_program(setting.program, {"user", "create", "--login", bench_login,
                                           "--administrator", "--database", setting.database}));
    LP_CHECK(make_dataset(setting.database, setting.source_folder, setting.size));
    if (!setting.on_sqlite()) {
      LP_TRY(const auto server, open_bare(setting.database));
      LP_CHECK(server->run("VACUUM ANALYZE"));
    }
    std::filesystem::remove(mark + "-large");
    LP_CHECK(write_file_atomically(mark, "1"));
  }
  if (!std::filesystem::exists(mark + "-large")) {
    LP_CHECK(run_program(setting.program, {"migrate", "--database", setting.database}));
    LP_CHECK(make_large_account(setting.database, setting.source_folder));
    LP_CHECK(write_file_atomically(mark + "-large", "1"));
  }
  return finish_search_index(setting.database, setting.source_folder);
}

Status run(const Options& options) {
  Report report;
  std::vector<std::int64_t> sizes{small_accounts, large_accounts};
  if (options.accounts > 0) sizes = {options.accounts};
  LP_TRY(const auto schema,
         records::load_schema(options.setting.source_folder + "/capabilities", 2));
  for (const std::int64_t accounts : sizes) {
    const Setting setting = setting_for(options, accounts);
    LP_CHECK(prepare(options, setting));
    report.begin(std::string(setting.on_sqlite() ? "SQLite, " : "PostgreSQL, ") +
                 std::to_string(accounts) + " accounts");
    LP_CHECK(Measurements(setting, *schema, report).run());
  }
  return {};
}

}  // namespace

}  // namespace linchpin::load

int main(int argc, char** argv) {
  linchpin::load::Options options;
  CLI::App app("Measures the product against the bare engine.");
  app.add_option("--accounts", options.accounts, "one size instead of 10,000 and 1,000,000");
  app.add_option("--seconds", options.setting.seconds, "of each measurement");
  app.add_option("--only", options.setting.only, "one measurement");
  app.add_option("--postgres", options.postgres, "a server instead of SQLite files");
  CLI11_PARSE(app, argc, argv);
  const std::string folder = linchpin::executable_folder();
  options.setting.program = folder + "/linchpin";
  options.setting.source_folder = std::filesystem::path(folder).parent_path().parent_path();
  const auto done = linchpin::load::run(options);
  if (done) return 0;
  std::cerr << linchpin::code_name(done.error().code) << " " << done.error().detail << " "
            << done.error().log_detail << "\n";
  return 1;
}
