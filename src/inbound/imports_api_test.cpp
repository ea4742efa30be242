#include "inbound/imports_api.h"

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

constexpr const char* account_plan = R"({"object":"account","mode":"create","mapping":[
  {"column":"code","field":"code"},{"column":"name","field":"name"},
  {"column":"employees","field":"employees"}]})";

class ImportsApiTest : public ::testing::Test {
 protected:
  ImportsApiTest() : server_(options()), client_(server_.signed_in()) {}
  // The routes hold on to the imports, and these to the jobs of the server.
  ~ImportsApiTest() override { imports_.reset(); }

  TestServerOptions options() {
    TestServerOptions options;
    options.job_kinds = [this](jobs::Jobs& jobs) { jobs_ = &jobs; };
    options.routes = [this](Registration& registration) {
      const Services& services = registration.services();
      const Status made = services.records.database().write([](storage::Connection& connection) {
        return imports::Imports::ensure_tables(connection);
      });
      ASSERT_TRUE(made);
      ids_ = std::make_unique<IdGenerator>(services.clock, 2);
      imports_ = std::make_unique<imports::Imports>(imports::Imports::Parts{
          services.records, *jobs_, services.clock, *ids_, services.texts, folder_.file("files")});
      install_imports_api(registration, *imports_);
    };
    return options;
  }

  ClientResponse upload(const std::string& content, const std::string& name = "file.csv") {
    const std::string body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
                             name + "\"\r\n\r\n" + content + "\r\n--b--\r\n";
    return client_.send("POST", "/api/v1/imports",
                        {{"content-type", "multipart/form-data; boundary=b"},
                         {"cookie", client_.cookie()},
                         {"x-csrf-token", client_.csrf()}},
                        body);
  }
  ClientResponse put_plan(const std::string& id, const std::string& plan) {
    return client_.send("PUT", "/api/v1/imports/" + id + "/plan",
                        {{"content-type", "application/json"},
                         {"cookie", client_.cookie()},
                         {"x-csrf-token", client_.csrf()}},
                        plan);
  }
  ClientResponse wait_for(const std::string& id, const std::string& state) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    ClientResponse answer;
    while (std::chrono::steady_clock::now() < end) {
      answer = client_.get("/imports/" + id);
      if (answer.status != 200 || answer.text_at("state") == state) return answer;
      std::this_thread::yield();
    }
    ADD_FAILURE() << "not " << state << ": " << answer.body;
    return answer;
  }

  TestFolder folder_;
  jobs::Jobs* jobs_ = nullptr;
  std::unique_ptr<IdGenerator> ids_;
  std::unique_ptr<imports::Imports> imports_;
  TestServer server_;
  ApiClient client_;
};

TEST_F(ImportsApiTest, AFileGoesFromUploadToItsRecordsAndBack) {
  const ClientResponse uploaded = upload("code,name,employees\nA1,甲,10\nA2,乙,ten\n", "客户.csv");
  ASSERT_EQ(uploaded.status, 201) << uploaded.body;
  const std::string id = uploaded.text_at("id");
  EXPECT_EQ(uploaded.header("location"), "/api/v1/imports/" + id);
  EXPECT_EQ(uploaded.at("rows").to_number<int>(), 2);
  EXPECT_EQ(uploaded.text_at("file_name"), "客户.csv");
  EXPECT_EQ(uploaded.at("columns").as_array().size(), 3U);

  EXPECT_EQ(put_plan(id, account_plan).status, 202);
  const ClientResponse planned = wait_for(id, "planned");
  EXPECT_EQ(planned.at("created").to_number<int>(), 0);
  EXPECT_EQ(planned.at("report/valid").to_number<int>(), 1);
  const json::object error = planned.at("report/errors").as_array().at(0).as_object();
  EXPECT_EQ(error.at("row").to_number<int>(), 3);
  EXPECT_EQ(error.at("column").as_string(), "employees");
  EXPECT_FALSE(error.at("message").as_string().empty());

  EXPECT_EQ(client_.post("/imports/" + id + "/run").status, 202);
  const ClientResponse done = wait_for(id, "done");
  EXPECT_EQ(done.at("created").to_number<int>(), 1);
  EXPECT_EQ(done.at("failed").to_number<int>(), 1);
  EXPECT_EQ(done.at("progress/done").to_number<int>(), 2);
  EXPECT_EQ(done.at("progress/total").to_number<int>(), 2);

  const ClientResponse errors = client_.get("/imports/" + id + "/errors.csv");
  EXPECT_EQ(errors.status, 200);
  EXPECT_EQ(errors.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_NE(errors.body.find("A2,乙,ten"), std::string::npos);

  EXPECT_EQ(client_.post("/imports/" + id + "/revert").status, 202);
  wait_for(id, "reverted");
  const ClientResponse accounts = client_.post("/records/account/query", "{}");
  EXPECT_TRUE(accounts.at("records").as_array().empty());
}

TEST_F(ImportsApiTest, WrongFilesAndPlansAreProblemsOfTheCaller) {
  EXPECT_EQ(upload("").status, 422);
  EXPECT_EQ(upload("PK\x03\x04 no workbook", "a.xlsx").status, 422);
  const std::string id = upload("code,name,employees\nA1,甲,10\n").text_at("id");
  const ClientResponse unknown = put_plan(id, R"({"object":"account","repaet":true,
      "mapping":[{"column":"code","field":"code"}]})");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_EQ(unknown.text_at("code"), "unknown_field");
  EXPECT_EQ(client_.post("/imports/" + id + "/run").status, 409);
  EXPECT_EQ(client_.post("/imports/" + id + "/run", R"({"again":true})").status, 400);
  EXPECT_EQ(client_.get("/imports/" + id).text_at("state"), "uploaded");
  EXPECT_EQ(client_.get("/imports/0000000000001").status, 404);
}

TEST_F(ImportsApiTest, TheListShowsOnesOwnImportsPageByPage) {
  for (int i = 0; i < 3; ++i) upload("code,name\nA" + std::to_string(i) + ",甲\n");
  const ClientResponse first = client_.get("/imports?limit=2");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.at("imports").as_array().size(), 2U);
  EXPECT_TRUE(first.at("page/has_more").as_bool());
  const ClientResponse second = client_.get("/imports?limit=2&after=" + first.text_at("page/next"));
  EXPECT_EQ(second.at("imports").as_array().size(), 1U);
  EXPECT_FALSE(second.at("page/has_more").as_bool());

  server_.add_user("anna");
  ApiClient anna = server_.signed_in("anna");
  EXPECT_TRUE(anna.get("/imports").at("imports").as_array().empty());
  const std::string id = first.at("imports").as_array().at(0).at("id").as_string().c_str();
  EXPECT_EQ(anna.get("/imports/" + id).status, 404);
}

}  // namespace
}  // namespace linchpin::inbound
