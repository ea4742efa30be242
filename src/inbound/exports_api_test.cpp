#include "inbound/exports_api.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>

#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::ClientResponse;
using testing::TestServer;
using testing::TestServerOptions;

class ExportsApiTest : public ::testing::Test {
 protected:
  ExportsApiTest() : server_(options()), client_(server_.signed_in()) {}
  // The routes hold on to the exports, and these to the jobs of the server.
  ~ExportsApiTest() override { exports_.reset(); }

  TestServerOptions options() {
    TestServerOptions options;
    options.routes = [this](Registration& registration) {
      const Services& services = registration.services();
      ids_ = std::make_unique<IdGenerator>(services.clock, 2);
      exports_ = std::make_unique<exports::Exports>(
          exports::Exports::Parts{services.records, services.jobs, services.clock, *ids_,
                                  services.texts, folder_.file("files")});
      install_exports_api(registration, *exports_);
    };
    return options;
  }
  ClientResponse wait_for(const std::string& id) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    ClientResponse answer;
    while (std::chrono::steady_clock::now() < end) {
      answer = client_.get("/jobs/" + id);
      const std::string state = answer.text_at("state");
      if (state != "waiting" && state != "running") return answer;
      std::this_thread::yield();
    }
    ADD_FAILURE() << "the job did not end: " << answer.body;
    return answer;
  }

  TestFolder folder_;
  std::unique_ptr<IdGenerator> ids_;
  std::unique_ptr<exports::Exports> exports_;
  TestServer server_;
  ApiClient client_;
};

TEST_F(ExportsApiTest, AQueryBecomesAFile) {
  client_.post("/records/account", R"({"fields":{"code":"A1","name":"华北电力","listed":true}})");
  client_.use_language("zh-CN");
  const ClientResponse begun = client_.post(
      "/exports", R"({"object":"account","query":{"select":["name","listed"]},"format":"csv"})");
  ASSERT_EQ(begun.status, 202) << begun.body;
  const std::string id = begun.text_at("id");
  EXPECT_EQ(begun.text_at("kind"), "export");
  EXPECT_EQ(begun.header("location"), "/api/v1/jobs/" + id);

  const ClientResponse done = wait_for(id);
  ASSERT_EQ(done.text_at("state"), "done") << done.body;
  EXPECT_EQ(done.text_at("result/download"), "/api/v1/exports/" + id + "/file");
  EXPECT_EQ(done.text_at("result/file_name"), "客户-2026-11-21.csv");
  EXPECT_EQ(done.at("progress/total").to_number<int>(), 1);

  const ClientResponse file = client_.get("/exports/" + id + "/file");
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(file.header("content-disposition"),
            "attachment; filename=\"export.csv\"; "
            "filename*=UTF-8''%E5%AE%A2%E6%88%B7-2026-11-21.csv");
  EXPECT_EQ(file.body, "\xEF\xBB\xBF名称,上市\r\n华北电力,是\r\n");

  server_.add_user("anna");
  EXPECT_EQ(server_.signed_in("anna").get("/exports/" + id + "/file").status, 404);
}

TEST_F(ExportsApiTest, WrongRequestsPointAtThePlace) {
  EXPECT_EQ(client_.post("/exports", R"({"object":"account"})").status, 400);
  const ClientResponse format = client_.post("/exports", R"({"object":"account","format":"pdf"})");
  EXPECT_EQ(format.at("errors").as_array().at(0).at("pointer").as_string(), "/format");
  const ClientResponse field = client_.post(
      "/exports", R"({"object":"account","format":"csv","query":{"select":["name","nmae"]}})");
  EXPECT_EQ(field.status, 422);
  EXPECT_EQ(field.at("errors").as_array().at(0).at("pointer").as_string(), "/query/select/1");
  EXPECT_EQ(client_.post("/exports", R"({"object":"nothing","format":"csv"})").status, 404);
  EXPECT_EQ(client_.get("/exports/0000000000001/file").status, 404);
}

}  // namespace
}  // namespace linchpin::inbound
