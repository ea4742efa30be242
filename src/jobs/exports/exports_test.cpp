#include "jobs/exports/exports.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "base/files.h"
#include "jobs/tabular/test_files.h"
#include "records/test_workspace.h"

namespace linchpin::exports {
namespace {

using jobs::Job;
using jobs::JobState;

class ExportsTest : public ::testing::Test {
 protected:
  ExportsTest() {
    EXPECT_TRUE(texts_.load_folder(std::string(LINCHPIN_SOURCE_DIR) + "/src"));
    EXPECT_TRUE(workspace_.database().write(
        [](storage::Connection& connection) { return jobs::Jobs::ensure_tables(connection); }));
    workspace_.hire_admin();
    jobs_ = std::make_unique<jobs::Jobs>(workspace_.database(), workspace_.clock(), ids_);
    exports_ =
        std::make_unique<Exports>(Exports::Parts{workspace_.records(), *jobs_, workspace_.clock(),
                                                 ids_, texts_, workspace_.folder() + "/files"});
  }

  ExportRequest request(const std::string& object, const std::string& query,
                        Format format = Format::csv, Language language = Language::en) {
    const json::object given = *parse_json_object(query);
    ExportRequest made;
    made.object = object;
    made.format = format;
    made.language = language;
    if (const json::value* select = given.if_contains("select")) {
      for (const json::value& path : select->as_array()) {
        made.query.select.emplace_back(std::string_view(path.as_string()));
      }
    }
    if (const json::value* where = given.if_contains("where")) made.query.where = *where;
    if (const json::value* sort = given.if_contains("sort")) made.query.sort = *sort;
    return made;
  }
  // Runs until the job has ended.
  Job run(const ExportRequest& request) {
    auto job = exports_->create(workspace_.admin(), request);
    if (!job) ADD_FAILURE() << records::TestWorkspace::first_problem(job.error());
    if (!job) return {};
    if (!started_) jobs_->start();
    started_ = true;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!job->ended() && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
      job = jobs_->get(job->id);
    }
    EXPECT_EQ(job->state, JobState::done) << job->problem;
    return *job;
  }
  ExportedFile fetched(const ExportRequest& request) {
    auto file = exports_->file(workspace_.admin(), run(request).id);
    EXPECT_TRUE(file);
    return file ? *file : ExportedFile();
  }
  std::string csv(const ExportRequest& request) {
    return read_file(fetched(request).path).value_or("").substr(3);
  }
  std::size_t files() const {
    const std::filesystem::directory_iterator all(workspace_.folder() + "/files");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }

  mutable records::TestWorkspace workspace_;
  Texts texts_;
  IdGenerator ids_{workspace_.clock(), 2};
  std::unique_ptr<jobs::Jobs> jobs_;
  std::unique_ptr<Exports> exports_;
  bool started_ = false;
};

TEST_F(ExportsTest, ATableSaysWhatPeopleRead) {
  const RecordId user = workspace_.create("user", R"({"login":"anna","name":"安娜"})");
  const RecordId parent = workspace_.create("account", R"({"code":"A1","name":"华北电力集团"})");
  workspace_.create("account",
                    R"({"code":"A2","name":"=1+A1","tier":"key","founded_on":"1999-05-01",
                        "registered_capital":"-1200000.50","parent":")" +
                        format_id(parent) + R"(","owner":")" + format_id(user) + R"("})");
  const std::string query = R"({"select":["code","name","tier","founded_on","registered_capital",
      "parent","parent.code","owner"],"sort":[{"field":"code"}]})";
  EXPECT_EQ(csv(request("account", query)),
            "Code,Name,Tier,Founded on,Registered capital,Parent (group),Parent (group) / Code,"
            "Account manager\r\n"
            "A1,华北电力集团,,,,,,\r\n"
            "A2,'=1+A1,Key,1999-05-01,-1200000.50,华北电力集团,A1,安娜\r\n");
  const std::string chinese = csv(request("account", query, Format::csv, Language::zh_cn));
  EXPECT_TRUE(chinese.starts_with("客户编码,")) << chinese.substr(0, 60);
}

TEST_F(ExportsTest, EveryRowOfALongAnswerIsThereOnceInItsOrder) {
  constexpr int count = 503;
  for (int i = 0; i < count; ++i) {
    workspace_.create("tag", R"({"name":"T)" + std::to_string(10'000 + i) + R"("})");
  }
  const ExportRequest wanted =
      request("tag", R"({"select":["name"],"sort":[{"field":"name","dir":"desc"}]})", Format::xlsx);
  const ExportedFile file = fetched(wanted);
  const auto table = tabular::read_rows(tabular::open_table(file.path));
  ASSERT_EQ(table.rows.size(), count + 1U);
  for (int i = 0; i < count; ++i) {
    EXPECT_EQ(table.rows[static_cast<std::size_t>(i) + 1][0], "T" + std::to_string(10'502 - i));
  }
}

TEST_F(ExportsTest, AFilterChoosesAndAnEmptyAnswerHasItsHeadings) {
  workspace_.create("account", R"({"code":"A1","name":"甲"})");
  const std::string query = R"({"select":["code"],"where":{"op":"eq","field":"code","value":"B"}})";
  EXPECT_EQ(csv(request("account", query)), "Code\r\n");
  const Job job = run(request("account", query, Format::xlsx));
  EXPECT_EQ(job.result.at("rows").as_int64(), 0);
  EXPECT_GT(job.result.at("bytes").as_int64(), 0);
}

TEST_F(ExportsTest, WithoutAChoiceEverythingIsThereAndWhatPeopleWroteComesFirst) {
  const std::string headings = csv(request("tag", "{}"));
  EXPECT_TRUE(headings.starts_with("Name,")) << headings;
  EXPECT_NE(headings.find(",Created"), std::string::npos) << headings;
}

TEST_F(ExportsTest, WhatIsWrongIsToldAtOnce) {
  const auto unknown =
      exports_->create(workspace_.admin(), request("account", R"({"select":["x"]})"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::unknown_field);
  const auto nothing = exports_->create(workspace_.admin(), request("nothing", "{}"));
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::not_found);
}

TEST_F(ExportsTest, AFileIsItsOwnersForSevenDays) {
  workspace_.create("account", R"({"code":"A1","name":"甲"})");
  const Job job = run(request("account", R"({"select":["code"]})"));
  const auto stranger = exports_->file(access::Authority::person(RecordId{77}), job.id);
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().code, ErrorCode::not_found);

  exports_->delete_old_files();
  EXPECT_EQ(files(), 1U);
  const std::chrono::milliseconds kept = Exports::kept_files;
  workspace_.clock().advance(kept.count() + 1);
  exports_->delete_old_files();
  EXPECT_EQ(files(), 0U);
  const auto gone = exports_->file(workspace_.admin(), job.id);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().detail, "export_deleted");
}

TEST_F(ExportsTest, ACancelledExportLeavesNoFile) {
  workspace_.create("account", R"({"code":"A1","name":"甲"})");
  const auto waiting = exports_->create(workspace_.admin(), request("account", "{}"));
  ASSERT_TRUE(waiting);
  const auto early = exports_->file(workspace_.admin(), waiting->id);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().detail, "export_not_done");
  ASSERT_TRUE(jobs_->cancel(waiting->id));
  run(request("account", "{}"));
  EXPECT_EQ(jobs_->get(waiting->id)->state, JobState::cancelled);
  EXPECT_EQ(files(), 1U);
}

}  // namespace
}  // namespace linchpin::exports
