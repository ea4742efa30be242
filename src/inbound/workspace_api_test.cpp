#include "inbound/workspace_api.h"

#include <gtest/gtest.h>

#include "inbound/testing/test_server.h"

namespace linchpin::inbound {
namespace {

using testing::ApiClient;
using testing::ClientResponse;
using testing::TestServer;

class WorkspaceApiTest : public ::testing::Test {
 protected:
  static testing::TestServerOptions with_jobs() {
    testing::TestServerOptions options;
    options.job_kinds = [](jobs::Jobs& jobs) {
      jobs.kind("count", [](jobs::JobContext&) {
        return Result<json::object>(json::object{{"counted", 3}});
      });
      jobs.kind("fail", [](jobs::JobContext&) {
        return Result<json::object>(Error::of(ErrorCode::malformed, "expected_text"));
      });
    };
    return options;
  }
  // Asks until the job has ended; the runner works on its own thread.
  static ClientResponse ended(ApiClient& client, const std::string& id) {
    ClientResponse answer;
    for (int i = 0; i < 10'000; ++i) {
      answer = client.get("/jobs/" + id);
      const std::string state = answer.text_at("state");
      if (state != "waiting" && state != "running") break;
    }
    return answer;
  }

  TestServer server{with_jobs()};
};

TEST_F(WorkspaceApiTest, MetaBootsTheClient) {
  ApiClient client = server.signed_in();
  const ClientResponse meta = client.get("/meta");
  ASSERT_EQ(meta.status, 200);
  EXPECT_EQ(meta.text_at("product/name"), "Linchpin");
  EXPECT_EQ(meta.text_at("workspace/currency"), "CNY");
  EXPECT_EQ(meta.text_at("workspace/time_zone"), "Asia/Shanghai");
  EXPECT_EQ(meta.at("workspace/money_scale"), 2);
  EXPECT_EQ(meta.text_at("user/login"), "admin");
  json::object account;
  for (const json::value& object : meta.array_at("objects")) {
    if (object.at("api_name") == "account") account = object.as_object();
  }
  EXPECT_EQ(account.at("label").at("zh-CN"), "客户");
  EXPECT_EQ(account.at("rights").at("delete"), true);
  EXPECT_EQ(account.at("rights").at("share"), true);
  bool editable_code = false;
  for (const json::value& field : account.at("fields").as_array()) {
    if (field.at("api_name") == "code") editable_code = field.at("editable").as_bool();
    if (field.at("api_name") == "id") {
      EXPECT_EQ(field.at("editable"), false);
    }
  }
  EXPECT_TRUE(editable_code);
}

TEST_F(WorkspaceApiTest, MetaIsSentAgainOnlyWhenItChanged) {
  ApiClient client = server.signed_in();
  const std::string etag = client.get("/meta").header("etag");
  ASSERT_FALSE(etag.empty());
  const ClientResponse same = client.get("/meta", {{"If-None-Match", etag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_TRUE(same.body.empty());
  ASSERT_EQ(client.patch("/settings", R"({"workspace_name": "枢客演示"})").status, 200);
  const ClientResponse changed = client.get("/meta", {{"If-None-Match", etag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.text_at("workspace/name"), "枢客演示");
}

TEST_F(WorkspaceApiTest, MetaShowsTheRightsOfWhoAsks) {
  server.add_user("anna");
  ApiClient anna = server.signed_in("anna");
  for (const json::value& object : anna.get("/meta").array_at("objects")) {
    const bool administrative =
        object.at("api_name") == "user" || object.at("api_name") == "department";
    EXPECT_EQ(object.at("rights").at("create").as_bool(), !administrative);
    EXPECT_TRUE(object.at("rights").at("read").as_bool());
  }
}

TEST_F(WorkspaceApiTest, SettingsHaveDefaultsAndChange) {
  ApiClient client = server.signed_in();
  const ClientResponse before = client.get("/settings");
  EXPECT_EQ(before.status, 200);
  EXPECT_EQ(before.at("abc/a"), 0.55);
  EXPECT_EQ(before.text_at("abc/convention"), "before");
  EXPECT_EQ(before.text_at("unit"), "wan");
  const ClientResponse after = client.patch(
      "/settings", R"({"time_zone": "Europe/Berlin", "currency": "EUR", "closing_day": 25,
                       "fiscal_year_start_month": 4, "abc": {"a": 0.7, "b": 0.3}, "unit": "yi",
                       "money_scale": 2})");
  ASSERT_EQ(after.status, 200);
  EXPECT_EQ(after.text_at("time_zone"), "Europe/Berlin");
  EXPECT_EQ(after.at("abc/a"), 0.7);
  EXPECT_EQ(after.text_at("abc/convention"), "before");
  EXPECT_EQ(client.get("/settings").body, after.body);
  EXPECT_EQ(server.records().frame().time_zone.name(), "Europe/Berlin");
  EXPECT_EQ(server.records().frame().currency, "EUR");
  const auto stored = server.database().read(
      [](storage::Connection& connection) { return load_settings(connection); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->closing_day, 25);
  EXPECT_EQ(stored->abc.b, 0.3);
}

TEST_F(WorkspaceApiTest, WrongSettingsChangeNothing) {
  ApiClient client = server.signed_in();
  const std::string before = client.get("/settings").body;
  const ClientResponse refused = client.patch(
      "/settings", R"({"workspace_name": " ", "time_zone": "Mars/Olympus", "currency": "yuan",
                       "closing_day": 32, "fiscal_year_start_month": 0, "unit": "lakh",
                       "money_scale": 4, "abc": {"a": 0.8, "b": 0.3, "convention": "later"}})");
  EXPECT_EQ(refused.status, 422);
  std::vector<std::string> pointers;
  for (const json::value& problem : refused.array_at("errors")) {
    pointers.emplace_back(std::string_view(problem.at("pointer").as_string()));
  }
  EXPECT_EQ(pointers, (std::vector<std::string>{"/workspace_name", "/time_zone", "/currency",
                                                "/fiscal_year_start_month", "/closing_day", "/abc",
                                                "/abc/convention", "/unit", "/money_scale"}));
  EXPECT_EQ(client.get("/settings").body, before);
  EXPECT_EQ(client.patch("/settings", R"({"colour": "red"})").status, 400);
}

TEST_F(WorkspaceApiTest, TheWorkingCalendarHasWeekendsHolidaysAndMakeUpDays) {
  ApiClient client = server.signed_in();
  const ClientResponse before = client.get("/settings");
  EXPECT_EQ(before.at("working_calendar/weekend"), (json::array{6, 7}));
  EXPECT_TRUE(before.array_at("working_calendar/days").empty());
  const ClientResponse after = client.patch("/settings", R"({"working_calendar": {"days": [
      {"from": "2026-10-10", "until": "2026-10-10", "kind": "working", "name": " 国庆节 "},
      {"from": "2026-10-01", "until": "2026-10-07", "kind": "holiday"}]}})");
  ASSERT_EQ(after.status, 200);
  EXPECT_EQ(after.at("working_calendar/weekend"), (json::array{6, 7}));
  EXPECT_EQ(after.text_at("working_calendar/days/0/until"), "2026-10-07");
  EXPECT_EQ(after.text_at("working_calendar/days/1/kind"), "working");
  EXPECT_EQ(after.text_at("working_calendar/days/1/name"), "国庆节");
  const ClientResponse shorter =
      client.patch("/settings", R"({"working_calendar": {"weekend": [7]}})");
  EXPECT_EQ(shorter.at("working_calendar/weekend"), (json::array{7}));
  EXPECT_EQ(shorter.array_at("working_calendar/days").size(), 2U);
  const auto stored = server.database().read(
      [](storage::Connection& connection) { return load_settings(connection); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->working_calendar.days.size(), 2U);
}

TEST_F(WorkspaceApiTest, AWrongWorkingCalendarChangesNothing) {
  ApiClient client = server.signed_in();
  const std::string before = client.get("/settings").body;
  const auto refused = [&](std::string_view calendar) {
    const ClientResponse answer =
        client.patch("/settings", R"({"working_calendar": )" + std::string(calendar) + "}");
    return answer.text_at("errors/0/pointer") + " " + answer.text_at("errors/0/code");
  };
  const auto span = [](std::string_view from, std::string_view until) {
    return R"({"from": ")" + std::string(from) + R"(", "until": ")" + std::string(until) +
           R"(", "kind": "holiday"})";
  };
  const auto days = [](const std::string& spans) { return R"({"days": [)" + spans + "]}"; };
  EXPECT_EQ(refused(R"({"weekend": [1, 2, 3, 4, 5, 6, 7]})"),
            "/working_calendar/weekend no_working_day");
  EXPECT_EQ(refused(R"({"weekend": [8]})"), "/working_calendar/weekend out_of_range");
  EXPECT_EQ(refused(days(span("2026-02-30", "2026-03-01"))),
            "/working_calendar/days/0/from no_such_date");
  EXPECT_EQ(refused(days(span("2026-10-02", "2026-10-01"))),
            "/working_calendar/days/0/until wrong_span");
  EXPECT_EQ(refused(days(span("2026-01-01", "2026-03-04"))),
            "/working_calendar/days/0/until wrong_span");
  EXPECT_EQ(refused(days(span("2026-10-01", "2026-10-07") + "," +
                         span("2026-10-07", "2026-10-08"))),
            "/working_calendar/days day_twice");
  EXPECT_EQ(refused(R"({"days": [{"from": "2026-10-01", "until": "2026-10-01", "kind": "rest"}]})"),
            "/working_calendar/days/0/kind wrong_choice");
  std::string many = span("2026-01-01", "2026-01-01");
  for (int i = 0; i < 400; ++i) many += "," + span("2026-01-01", "2026-01-01");
  EXPECT_EQ(refused(days(many)), "/working_calendar/days too_many_values");
  EXPECT_EQ(client.get("/settings").body, before);
}

TEST_F(WorkspaceApiTest, OnlyAdministratorsChangeSettings) {
  server.add_user("anna");
  ApiClient anna = server.signed_in("anna");
  EXPECT_EQ(anna.get("/settings").status, 200);
  EXPECT_EQ(anna.patch("/settings", R"({"unit": "one"})").status, 403);
}

TEST_F(WorkspaceApiTest, AJobIsSeenByItsOwnerAndByAdministrators) {
  const RecordId anna_id = server.add_user("anna");
  server.add_user("bert");
  const auto id = server.jobs().submit("count", {}, anna_id);
  ASSERT_TRUE(id);
  const std::string text = format_id(*id);
  ApiClient anna = server.signed_in("anna");
  const ClientResponse done = ended(anna, text);
  EXPECT_EQ(done.text_at("state"), "done");
  EXPECT_EQ(done.text_at("kind"), "count");
  EXPECT_EQ(done.at("result/counted"), 3);
  EXPECT_TRUE(done.at("progress/done").is_int64());
  EXPECT_EQ(server.signed_in().get("/jobs/" + text).status, 200);
  EXPECT_EQ(server.signed_in("bert").get("/jobs/" + text).status, 404);
  EXPECT_EQ(server.signed_in("bert").post("/jobs/" + text + "/cancel").status, 404);
  EXPECT_EQ(anna.post("/jobs/" + text + "/cancel").status, 409);
  EXPECT_EQ(anna.get("/jobs/0000000000001").status, 404);
}

TEST_F(WorkspaceApiTest, AFailedJobSaysWhyInTheLanguageOfTheReader) {
  ApiClient client = server.signed_in();
  client.use_language("en");
  const auto id = server.jobs().submit("fail", {}, RecordId{1});
  ASSERT_TRUE(id);
  const ClientResponse failed = ended(client, format_id(*id));
  EXPECT_EQ(failed.text_at("state"), "failed");
  EXPECT_EQ(failed.text_at("problem/code"), "expected_text");
  EXPECT_EQ(failed.text_at("problem/title"), "A text is expected here.");
}

}  // namespace
}  // namespace linchpin::inbound
