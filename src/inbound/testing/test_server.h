#pragma once

// For tests: a whole server in this process, on a loopback port, over a real database that goes
// with it. Time stands still until the test moves it.

#include <functional>
#include <memory>
#include <string>

#include "base/test_folder.h"
#include "inbound/api.h"
#include "inbound/testing/http_client.h"
#include "records/rules.h"
#include "storage/test_target.h"

namespace linchpin::inbound::testing {

struct TestServerOptions {
  // Objects and texts of the folders under capabilities/ instead of the few of the fixture.
  bool capabilities = false;
  std::string public_url;
  std::int64_t requests_per_minute = default_requests_per_minute;
  std::function<Status(const records::Schema&, records::Rules&)> rules;
  std::function<void(jobs::Jobs&)> job_kinds;
  std::function<void(Registration&)> routes;
  OutsideWeb* outside = nullptr;
};

class TestServer {
 public:
  static constexpr const char* administrator = "admin";
  static constexpr const char* password = "correct horse battery";

  // Starts with one administrator. Anything that fails ends the test program.
  explicit TestServer(TestServerOptions options = {});
  ~TestServer();

  ManualClock& clock() { return clock_; }
  storage::Database& database() { return *database_; }
  records::Records& records() { return *records_; }
  jobs::Jobs& jobs() { return *jobs_; }
  Api& api() { return *api_; }
  Settings& settings() { return *settings_; }
  const Texts& texts() const { return texts_; }
  const TestFolder& folder() const { return folder_; }
  const storage::TestTarget& target() const { return target_; }
  std::uint16_t port() const { return http_->port(); }

  RecordId add_user(const std::string& login, bool administrator_too = false,
                    const std::string& role = std::string(everyday_role));
  // Everybody's password is `password`.
  ApiClient signed_in(const std::string& login = administrator);
  ApiClient with_token(const std::string& login = administrator, bool may_write = true);
  ApiClient stranger() { return ApiClient(port()); }

 private:
  void open(const TestServerOptions& options);

  TestFolder folder_;
  storage::TestTarget target_{folder_.file("test.db")};
  ManualClock clock_;
  IdGenerator ids_;
  Texts texts_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<Settings> settings_;
  std::unique_ptr<records::Records> records_;
  std::unique_ptr<jobs::Jobs> jobs_;
  std::unique_ptr<Api> api_;
  std::unique_ptr<HttpServer> http_;
};

}  // namespace linchpin::inbound::testing
