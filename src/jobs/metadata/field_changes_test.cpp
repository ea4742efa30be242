#include "jobs/metadata/field_changes.h"

#include <atomic>
#include <thread>

#include "records/field_change.h"
#include "records/metadata.h"
#include "records/purge.h"
#include "records/tables.h"
#include "records/test_workspace.h"

namespace linchpin::jobs {
namespace {

using records::Metadata;
using records::MetadataAnswer;
using records::MetadataRequest;
using records::TestWorkspace;

class FieldChangesTest : public ::testing::Test {
 protected:
  FieldChangesTest() {
    EXPECT_TRUE(workspace_.database().write(
        [](storage::Connection& connection) { return Jobs::ensure_tables(connection); }));
    install_field_changes(jobs_, workspace_.records(), workspace_.clock());
  }

  MetadataRequest request() {
    return {workspace_.admin(), workspace_.options().origin, false,
            [this](storage::Connection& connection, const json::object& spec) {
              return jobs_.enqueue(connection, records::field_change_kind, spec, {},
                                   Jobs::Place::here);
            },
            [](storage::Connection& connection, RecordId pending) {
              return Jobs::is_open(connection, records::field_change_kind, format_id(pending));
            }};
  }
  void add_field(std::string_view text) {
    auto made = metadata_.create_field(request(), "account", *parse_json_object(text));
    ASSERT_TRUE(made) << TestWorkspace::first_problem(made.error());
  }
  RecordId begin_change(std::string_view text) {
    auto asked = metadata_.change_field(request(), "account", "grade", *parse_json_object(text));
    if (!asked) ADD_FAILURE() << TestWorkspace::first_problem(asked.error());
    return asked ? asked->job : RecordId();
  }
  Job change(std::string_view text) {
    const auto job = jobs_.run_held(begin_change(text), {});
    return job ? *job : Job();
  }
  RecordId account(int n, const std::string& grade) {
    return workspace_.create(
        "account", R"({"code":")" + std::to_string(n) + R"(","name":"甲","grade":)" + grade + "}");
  }
  json::value grade(RecordId id) { return workspace_.read("account", id).at("grade"); }

  TestWorkspace workspace_;
  IdGenerator ids_{workspace_.clock(), 3};
  Jobs jobs_{workspace_.database(), workspace_.clock(), ids_};
  Metadata metadata_{workspace_.records()};
};

TEST_F(FieldChangesTest, ValuesTakeTheirNewFormAndTheReportTellsWhatDoesNot) {
  add_field(R"({"api_name":"grade","type":"text","label":{"en":"Grade"}})");
  const RecordId seven = account(1, "\"７\"");
  const RecordId much = account(2, "\"1,200\"");
  const RecordId word = account(3, "\"many\"");
  const RecordId none = account(4, "null");
  const Job job = change(R"({"type":"integer"})");
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.result.at("converted"), 2);
  EXPECT_EQ(job.result.at("failed"), 1);
  const json::object& failure = job.result.at("failures").as_array().at(0).as_object();
  EXPECT_EQ(failure.at("record"), json::value(format_id(word)));
  EXPECT_EQ(failure.at("value"), "\"many\"");
  EXPECT_EQ(failure.at("code"), "does_not_convert");
  EXPECT_EQ(grade(seven), 7);
  EXPECT_EQ(grade(much), 1200);
  EXPECT_TRUE(grade(word).is_null());
  EXPECT_TRUE(grade(none).is_null());
}

TEST_F(FieldChangesTest, TheOldValuesAreServedUntilTheChangeIsDone) {
  add_field(R"({"api_name":"grade","type":"text","label":{"en":"Grade"}})");
  const RecordId one = account(1, "\"7\"");
  const RecordId job = begin_change(R"({"type":"integer"})");
  EXPECT_EQ(grade(one), "7");
  const auto second = metadata_.change_field(request(), "account", "grade",
                                             *parse_json_object(R"({"type":"money"})"));
  EXPECT_EQ(second.error().detail, "change_running");
  ASSERT_TRUE(jobs_.run_held(job, {}));
  EXPECT_EQ(grade(one), 7);
}

TEST_F(FieldChangesTest, ACancelledChangeLeavesTheFieldAsItWas) {
  add_field(R"({"api_name":"grade","type":"text","label":{"en":"Grade"}})");
  const RecordId one = account(1, "\"7\"");
  const RecordId job = begin_change(R"({"type":"integer"})");
  ASSERT_TRUE(jobs_.cancel(job));
  const auto ended = jobs_.run_held(job, {});
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->state, JobState::cancelled);
  EXPECT_EQ(grade(one), "7");
  EXPECT_EQ(change(R"({"type":"integer"})").state, JobState::done);
  EXPECT_EQ(grade(one), 7);
}

TEST_F(FieldChangesTest, WhatIsWrittenMeanwhileIsNotLost) {
  add_field(R"({"api_name":"grade","type":"text","label":{"en":"Grade"}})");
  constexpr int count = 300;
  std::vector<RecordId> accounts;
  for (int i = 0; i < count; ++i) accounts.push_back(account(i, "\"0\""));
  const RecordId job = begin_change(R"({"type":"integer","index":true})");
  std::atomic<bool> stop = false;
  std::atomic<int> failed = 0;
  std::vector<int> last(count, 0);
  std::thread writer([&] {
    // Text and number, whatever the field takes at the moment.
    for (int round = 1; !stop; ++round) {
      for (int i = 0; i < count && !stop; ++i) {
        const std::string text = std::to_string(round);
        const json::object shown = workspace_.read("account", accounts[i]);
        const bool number = shown.at("grade").is_int64();
        const records::Patch patch{*parse_json_object(number ? "{\"grade\":" + text + "}"
                                                             : "{\"grade\":\"" + text + "\"}"),
                                   std::nullopt, json::object{{"grade", shown.at("grade")}}};
        const auto done = workspace_.records().update(workspace_.admin(), "account", accounts[i],
                                                      patch, workspace_.options());
        // A value of the old type may come just after the change: that is told, and sent anew.
        const bool told = !done && done.error().code == ErrorCode::validation_failed;
        if (done) last[i] = round;
        if (!done && !told) ++failed;
      }
    }
  });
  const auto ended = jobs_.run_held(job, {});
  stop = true;
  writer.join();
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->state, JobState::done);
  EXPECT_EQ(failed, 0);
  for (int i = 0; i < count; ++i) EXPECT_EQ(grade(accounts[i]), last[i]) << i;
}

TEST_F(FieldChangesTest, UniqueFailsWithTheFieldNamedWhereValuesMeet) {
  add_field(R"({"api_name":"grade","type":"text","label":{"en":"Grade"}})");
  const RecordId one = account(1, "\"07\"");
  account(2, "\"7\"");
  const Job job = change(R"({"type":"integer","unique":true})");
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_EQ(job.problem, "duplicate_value");
  EXPECT_EQ(grade(one), "07");
}

TEST_F(FieldChangesTest, OnALargeTableAFieldIsUniqueOnceAJobHasMadeItsIndex) {
  ASSERT_TRUE(workspace_.database().write([](storage::Connection& connection) -> Status {
    storage::Sql sql("INSERT INTO account(id, version, created_at, updated_at, name) VALUES (");
    sql.parameter().add(", 1, 1, 1, ").value("甲").add(")");
    LP_TRY(const auto row, connection.prepare(sql));
    for (std::int64_t id = 1; id <= records::max_quickly_indexed + 1; ++id) {
      row->reset();
      row->bind_integer(0, id);
      LP_CHECK(row->step());
    }
    return {};
  }));
  const auto made = metadata_.create_field(
      request(), "account",
      *parse_json_object(
          R"({"api_name":"grade","type":"integer","label":{"en":"Grade"},"unique":true})"));
  ASSERT_TRUE(made) << TestWorkspace::first_problem(made.error());
  EXPECT_EQ(made->body.at("unique"), false);
  ASSERT_TRUE(made->job);
  account(1, "7");
  const auto ended = jobs_.run_held(made->job, {});
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->state, JobState::done);
  EXPECT_FALSE(workspace_.try_create("account", R"({"code":"2","name":"乙","grade":7})"));
}

TEST_F(FieldChangesTest, PersonalValuesAreSealedAndOpenedAgain) {
  add_field(R"({"api_name":"grade","type":"text","label":{"en":"Grade"}})");
  const RecordId one = account(1, "\"秘密\"");
  EXPECT_EQ(change(R"({"sensitivity":"personal"})").state, JobState::done);
  EXPECT_FALSE(workspace_.read("account", one).contains("grade"));
  EXPECT_EQ(change(R"({"sensitivity":"normal"})").state, JobState::done);
  EXPECT_EQ(grade(one), "秘密");
}

TEST_F(FieldChangesTest, WhatHasRestedLongEnoughGoesForGood) {
  add_field(R"({"api_name":"grade","type":"text","label":{"en":"Grade"}})");
  const RecordId kept = account(1, "\"7\"");
  const RecordId gone = account(2, "\"8\"");
  ASSERT_TRUE(
      workspace_.records().remove(workspace_.admin(), "account", gone, 0, workspace_.options()));
  ASSERT_TRUE(metadata_.remove_field(request(), "account", "grade"));
  const auto purge = [&] {
    return *records::Purge(workspace_.records(), workspace_.clock()).run([] { return false; });
  };
  workspace_.clock().advance(29 * 24 * 3600 * 1000LL);
  EXPECT_EQ(purge().records, 0);
  EXPECT_TRUE(metadata_.restore_field(request(), "account", "grade"));
  EXPECT_EQ(grade(kept), "7");
  ASSERT_TRUE(metadata_.remove_field(request(), "account", "grade"));
  workspace_.clock().advance(31 * 24 * 3600 * 1000LL);
  const auto purged = purge();
  EXPECT_EQ(purged.records, 1);
  EXPECT_EQ(purged.values, 1);
  EXPECT_EQ(purged.fields, 1);
  EXPECT_FALSE(metadata_.restore_field(request(), "account", "grade"));
  EXPECT_FALSE(
      workspace_.records().restore(workspace_.admin(), "account", gone, workspace_.options()));
}

}  // namespace
}  // namespace linchpin::jobs
