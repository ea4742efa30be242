#include "records/aggregate.h"

#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

class Aggregate : public ::testing::Test {
 protected:
  Result<json::object> ask(std::string_view request_json) {
    const json::object body = *parse_json_object(request_json);
    const auto part = [&](std::string_view name) {
      const json::value* found = body.if_contains(name);
      return found ? *found : json::value();
    };
    AggregateRequest request{part("where"), {}, part("group"),          part("measures"),
                             part("sort"),  {}, body.contains("totals")};
    if (body.contains("limit")) request.page.limit = static_cast<int>(body.at("limit").as_int64());
    if (body.contains("after")) request.page.after = body.at("after").as_string();
    JsonWriter out;
    LP_CHECK(workspace.records().aggregate(workspace.admin(), "account", request, out));
    return parse_json(out.text())->as_object();
  }
  // "key key: value value" of every group.
  std::vector<std::string> groups(std::string_view request_json) {
    auto answer = ask(request_json);
    if (!answer) {
      ADD_FAILURE() << TestWorkspace::first_problem(answer.error());
      return {};
    }
    std::vector<std::string> lines;
    for (const json::value& group : answer->at("groups").as_array()) {
      lines.push_back(json::serialize(group.at("key")) + json::serialize(group.at("values")));
    }
    return lines;
  }
  std::string refused(std::string_view request_json) {
    auto answer = ask(request_json);
    EXPECT_FALSE(answer);
    if (answer || answer.error().problems.empty()) return {};
    const FieldProblem& problem = answer.error().problems.front();
    return problem.pointer + " " + problem.code;
  }

  TestWorkspace workspace;
};

using Lines = std::vector<std::string>;

TEST_F(Aggregate, MeasuresEachGroupAndAllOfThem) {
  workspace.create("account", R"({"name":"甲","sector":"telecom","annual_revenue":"1.00"})");
  workspace.create("account", R"({"name":"乙","sector":"telecom","annual_revenue":"2.01"})");
  workspace.create("account", R"({"name":"丙","sector":"finance","employees":3})");
  workspace.create("account", R"({"name":"丁","annual_revenue":"-0.50","employees":4})");
  const auto answer = ask(R"({"group":[{"field":"sector"}],"totals":true,"measures":[
      {"as":"n","fn":"count"},{"as":"sum","fn":"sum","field":"annual_revenue"},
      {"as":"avg","fn":"avg","field":"annual_revenue"},
      {"as":"heads","fn":"avg","field":"employees"}]})");
  ASSERT_TRUE(answer) << TestWorkspace::first_problem(answer.error());
  const json::array& found = answer->at("groups").as_array();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(json::serialize(found[0].at("values")),
            R"({"n":1,"sum":"0.00","avg":null,"heads":"3.00"})");
  EXPECT_EQ(json::serialize(found[1].at("key")), R"(["telecom"])");
  // 1.505 lies between two cents: the even one is taken.
  EXPECT_EQ(json::serialize(found[1].at("values")),
            R"({"n":2,"sum":"3.01","avg":"1.50","heads":null})");
  EXPECT_EQ(json::serialize(found[2].at("key")), "[null]");
  EXPECT_EQ(json::serialize(answer->at("totals")),
            R"({"n":4,"sum":"2.51","avg":"0.84","heads":"3.50"})");
  EXPECT_EQ(answer->at("truncated"), false);
}

TEST_F(Aggregate, MediansMinimaMaximaAndDistinctValues) {
  for (const char* fields :
       {R"({"name":"甲","employees":9,"city":"ACME","founded_on":"2001-02-03"})",
        R"({"name":"乙","employees":1,"city":"acme","founded_on":"1999-12-31"})",
        R"({"name":"丙","employees":4,"city":"ＡＣＭＥ"})", R"({"name":"丁","employees":1})"}) {
    workspace.create("account", fields);
  }
  EXPECT_EQ(groups(R"({"measures":[{"as":"median","fn":"median","field":"employees"},
                {"as":"cities","fn":"count_distinct","field":"city"},
                {"as":"with_city","fn":"count","field":"city"},
                {"as":"from","fn":"min","field":"founded_on"},
                {"as":"to","fn":"max","field":"founded_on"},
                {"as":"sum","fn":"sum","field":"employees"}]})"),
            Lines{R"([]{"median":"2.50","cities":1,"with_city":3,"from":"1999-12-31",)"
                  R"("to":"2001-02-03","sum":15})"});
  EXPECT_EQ(groups(R"({"group":[{"field":"city"}],"measures":[{"as":"n","fn":"count"}]})"),
            (Lines{R"(["ACME"]{"n":3})", R"([null]{"n":1})"}));
}

TEST_F(Aggregate, SumsBeyondOneNumberStayExact) {
  for (const char* name : {"甲", "乙", "丙"}) {
    workspace.create("account", std::string(R"({"name":")") + name +
                                    R"(","annual_revenue":"92233720368547758.07"})");
  }
  EXPECT_EQ(groups(R"({"measures":[{"as":"sum","fn":"sum","field":"annual_revenue"},
                {"as":"avg","fn":"avg","field":"annual_revenue"},
                {"as":"median","fn":"median","field":"annual_revenue"}]})"),
            Lines{R"([]{"sum":"276701161105643274.21","avg":"92233720368547758.07",)"
                  R"("median":"92233720368547758.07"})"});
}

TEST_F(Aggregate, DaysFallIntoTheWorkspacesPeriods) {
  // In Shanghai the first is still in 2026, the second on the Friday that begins 2027.
  workspace.create("account", R"({"name":"甲","card_checked_at":"2026-12-31T15:59:59.999Z",
                                  "founded_on":"2026-12-31"})");
  workspace.create("account", R"({"name":"乙","card_checked_at":"2026-12-31T16:00:00Z",
                                  "founded_on":"2027-01-01"})");
  const auto by = [&](const std::string& field, const std::string& bucket) {
    return groups(R"({"group":[{"field":")" + field + R"(","bucket":")" + bucket +
                  R"("}],"measures":[{"as":"n","fn":"count"}]})");
  };
  for (const char* field : {"card_checked_at", "founded_on"}) {
    EXPECT_EQ(by(field, "day"), (Lines{R"(["2026-12-31"]{"n":1})", R"(["2027-01-01"]{"n":1})"}));
    EXPECT_EQ(by(field, "week"), Lines{R"(["2026-W53"]{"n":2})"});
    EXPECT_EQ(by(field, "month"), (Lines{R"(["2026-12"]{"n":1})", R"(["2027-01"]{"n":1})"}));
    EXPECT_EQ(by(field, "quarter"), (Lines{R"(["2026-Q4"]{"n":1})", R"(["2027-Q1"]{"n":1})"}));
    EXPECT_EQ(by(field, "year"), (Lines{R"(["2026"]{"n":1})", R"(["2027"]{"n":1})"}));
  }
}

TEST_F(Aggregate, EveryGroupLeadsToItsRecords) {
  const RecordId parent = workspace.create("account", R"({"name":"集团","city":"北京"})");
  for (int i = 0; i < 7; ++i) {
    std::string fields = R"({"name":"客户","employees":)" + std::to_string(i);
    if (i % 2) fields += R"(,"parent":")" + format_id(parent) + "\"";
    if (i % 3) fields += R"(,"founded_on":"2026-0)" + std::to_string(i) + "-15\"";
    workspace.create("account", fields + "}");
  }
  for (const char* where : {"null", R"({"op":"gte","field":"employees","value":1})",
                            R"({"op":"and","args":[{"op":"lt","field":"employees","value":6}]})"}) {
    const auto answer =
        ask(std::string(R"({"where":)") + where + R"(,"measures":[{"as":"n","fn":"count"}],
                "group":[{"field":"parent.city"},{"field":"founded_on","bucket":"quarter"}]})");
    ASSERT_TRUE(answer);
    for (const json::value& group : answer->at("groups").as_array()) {
      QueryRequest query;
      query.where = group.at("where");
      query.count = CountMode::exact;
      const auto page = workspace.query("account", query);
      ASSERT_TRUE(page) << TestWorkspace::first_problem(page.error());
      EXPECT_EQ(page->at("count"), group.at("values").at("n")) << json::serialize(group);
    }
  }
}

TEST_F(Aggregate, SortsByMeasuresAndWalksPages) {
  for (int i = 0; i < 40; ++i) {
    std::string fields = R"({"name":"客户","city":"c)" + std::to_string(i % 13) + "\"";
    if (i % 13 != 5) fields += R"(,"employees":)" + std::to_string(i % 7);
    workspace.create("account", fields + "}");
  }
  for (const char* sort : {R"([{"by":"avg","dir":"desc"}])", R"([{"by":"avg","nulls":"first"}])",
                           R"([{"by":"n"},{"by":"city","dir":"desc"}])", "null"}) {
    const std::string request =
        std::string(R"({"group":[{"field":"city"}],"measures":[{"as":"n","fn":"count"},
            {"as":"avg","fn":"avg","field":"employees"}],"sort":)") +
        sort;
    const Lines whole = groups(request + "}");
    EXPECT_EQ(whole.size(), 13u);
    Lines walked;
    std::string after;
    for (int turn = 0; turn < 20; ++turn) {
      const std::string page_request =
          request + R"(,"limit":3)" + (after.empty() ? "" : R"(,"after":")" + after + "\"") + "}";
      for (const std::string& line : groups(page_request)) walked.push_back(line);
      const json::object page = ask(page_request)->at("page").as_object();
      if (!page.at("has_more").as_bool()) break;
      after = page.at("next").as_string();
    }
    EXPECT_EQ(walked, whole) << sort;
  }
}

TEST_F(Aggregate, RefusesWhatItCannotAnswerAndSaysWhere) {
  const std::string count = R"("measures":[{"as":"n","fn":"count"}])";
  EXPECT_EQ(refused("{}"), "/measures required");
  EXPECT_EQ(refused(R"({"group":[{"field":"colour"}]})"), "/group/0/field unknown_field");
  EXPECT_EQ(refused(R"({"group":[{"field":"tags"}]})"), "/group/0/field not_groupable");
  EXPECT_EQ(refused(R"({"group":[{"field":"city","bucket":"month"}]})"),
            "/group/0/bucket bucket_does_not_fit");
  EXPECT_EQ(refused(R"({"group":[{"field":"founded_on","bucket":"decade"}]})"),
            "/group/0/bucket unknown_bucket");
  EXPECT_EQ(refused(R"({"measures":[{"as":"x","fn":"mode","field":"city"}]})"),
            "/measures/0/fn unknown_measure");
  EXPECT_EQ(refused(R"({"measures":[{"as":"x","fn":"sum","field":"city"}]})"),
            "/measures/0/fn measure_does_not_fit");
  EXPECT_EQ(refused(R"({"measures":[{"as":"x","fn":"sum"}]})"), "/measures/0/field required");
  EXPECT_EQ(refused(R"({"sort":[{"by":"y"}],)" + count + "}"), "/sort/0/by unknown_sort");
  EXPECT_EQ(refused(R"({"group":["city"],)" + count + "}"), "/group/0 wrong_group");
  EXPECT_EQ(refused(R"({"group":[{"field":"city"},{"field":"city"},{"field":"city"},
                                 {"field":"city"},{"field":"city"}]})"),
            "/group too_many_values");
}

TEST(AggregateRights, APersonalFieldIsNotMeasured) {
  TestWorkspace workspace;
  const auto code = [&](const char* part, const char* list) {
    AggregateRequest request;
    request.group = *parse_json(std::string_view(part) == "group" ? list : "null");
    request.measures = *parse_json(std::string_view(part) == "group" ? "null" : list);
    JsonWriter out;
    const Status done = workspace.records().aggregate(workspace.admin(), "contact", request, out);
    return done ? ErrorCode::internal : done.error().code;
  };
  EXPECT_EQ(code("group", R"([{"field":"birthday"}])"), ErrorCode::validation_failed);
  EXPECT_EQ(code("measures", R"([{"as":"x","fn":"count","field":"birthday"}])"),
            ErrorCode::validation_failed);
}

TEST(DayBuckets, ADayLiesInOneBucketOfAKind) {
  const auto thursday = *parse_date("2026-01-01");
  EXPECT_EQ(bucket_text(Bucket::day, thursday), "2026-01-01");
  const std::int64_t month = month_index(thursday);
  EXPECT_EQ(bucket_text(Bucket::month, month), "2026-01");
  EXPECT_EQ(bucket_text(Bucket::quarter, month / 3), "2026-Q1");
  EXPECT_EQ(bucket_text(Bucket::year, month / 12), "2026");
  EXPECT_EQ(format_date(days_of(Bucket::quarter, month / 3).to), "2026-04-01");
}

}  // namespace
}  // namespace linchpin::records
