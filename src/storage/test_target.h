#pragma once

// For tests: the database that one runs on; without it the test program ends. A new SQLite file,
// or, where LINCHPIN_TEST_POSTGRES names a PostgreSQL database, a workspace in it that goes with
// the test.

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/environment.h"
#include "storage/storage.h"

namespace linchpin::storage {

class TestTarget {
 public:
  explicit TestTarget(const std::string& sqlite_path)
      : url_(environment("LINCHPIN_TEST_POSTGRES")), is_postgres_(!url_.empty()) {
    static std::atomic<int> made{0};
    if (is_postgres_) {
      workspace_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    } else {
      url_ = "sqlite:" + sqlite_path;
    }
  }
  ~TestTarget() {
    if (!is_postgres_) return;
    Sql drop("DROP SCHEMA ");
    drop.name(*Name::checked("lp_" + workspace_)).add(" CASCADE");
    const Status gone = open()->write([&](Connection& connection) -> Status {
      LP_CHECK(connection.execute(drop));
      return {};
    });
    if (!gone) give_up(gone.error());
  }
  TestTarget(const TestTarget&) = delete;
  TestTarget& operator=(const TestTarget&) = delete;

  bool is_postgres() const { return is_postgres_; }
  const std::string& url() const { return url_; }
  const std::string& workspace() const { return workspace_; }
  OpenOptions options(OpenOptions with = {}) const {
    with.workspace = workspace_;
    return with;
  }
  std::unique_ptr<Database> open(const OpenOptions& with = {}) const {
    auto database = open_database(url_, options(with));
    if (!database) give_up(database.error());
    return std::move(*database);
  }

 private:
  [[noreturn]] static void give_up(const Error& error) {
    std::fprintf(stderr, "test database: %s %s\n", error.detail.c_str(), error.log_detail.c_str());
    std::abort();
  }

  std::string url_;
  const bool is_postgres_;
  std::string workspace_ = "main";
};

}  // namespace linchpin::storage
