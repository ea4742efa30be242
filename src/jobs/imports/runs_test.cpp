// What a run leaves behind when it is repeated, taken back, cancelled or interrupted.

#include "jobs/imports/test_imports.h"

namespace linchpin::imports {
namespace {

using Strings = std::vector<std::string>;

constexpr int many_lines = 8'000;
constexpr int lines_per_order = 5;

// Enough rows for several slices.
std::string many_rows() {
  std::string content = sales_heading;
  for (int i = 0; i < many_lines; ++i) {
    const std::string n = std::to_string(i);
    content += "S" + std::to_string(i / lines_per_order) + ",2026-01-0" +
               std::to_string(1 + i % 9) + ",A" + std::to_string(i % 50) + ",,P" +
               std::to_string(i % 20) + ",," + std::to_string(1 + i % 7) + ",2.5\n";
  }
  return content;
}

std::string with(const std::string& more) {
  std::string plan = sales_plan;
  plan.insert(1, more + ",");
  return plan;
}

class RunsTest : public ImportsTest {
 protected:
  // Runs until `stop` says so when it is told progress.
  void run_until(const Import& import, const std::function<void()>& stop) {
    bool asked = false;
    const auto ended = imports_->run_now(admin(), import.id, [&](const jobs::Job& job) {
      if (asked || job.done == 0) return;
      asked = true;
      stop();
    });
    EXPECT_TRUE(asked);
    EXPECT_FALSE(ended);
  }

  // Everything that a record shows, in the order of ids, but for stamps and versions.
  std::string picture() {
    std::string all;
    for (const auto& [object, fields] : std::vector<std::pair<std::string, Strings>>{
             {"account", {"code", "name", "region"}},
             {"product", {"code", "name"}},
             {"order", {"number", "account.code", "ordered_at"}},
             {"order_line", {"order.number", "amount", "ordered_on", "product.code"}}}) {
      for (const std::string& field : fields) {
        for (const std::string& value : values(object, field)) all += value + "|";
        all += "\n";
      }
    }
    return all;
  }
};

TEST_F(RunsTest, ReplacingRemovesTheLinesOfEveryOrderInTheFileAndNoOthers) {
  import_all(std::string(sales_heading) +
                 "S1,2026-01-05,A1,,P1,,10,1\nS1,2026-01-05,A1,,P2,,20,1\n"
                 "S2,2026-01-06,A1,,P1,,30,1\n",
             sales_plan);
  const Import done = import_all(std::string(sales_heading) +
                                     "S1,2026-01-07,A1,,P1,,1,1\nS3,2026-01-07,A1,,P1,,2,1\n"
                                     "S1,2026-01-07,A1,,P3,,3,1\n",
                                 with(R"("replace":"order")"));
  EXPECT_EQ(done.counters.created, 3);
  EXPECT_EQ(values("order_line", "quantity"), (Strings{"30.0000", "1.0000", "2.0000", "3.0000"}));
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
}

TEST_F(RunsTest, TheSameFileReplacedLeavesEveryFigureAsItWas) {
  const std::string content = many_rows();
  import_all(content, sales_plan);
  const auto amounts = values("order_line", "amount");
  const Import done = import_all(content, with(R"("replace":"order","repeat":true)"));
  EXPECT_EQ(done.counters.created, many_lines);
  EXPECT_EQ(count("order_line"), many_lines);
  EXPECT_EQ(count("order"), many_lines / lines_per_order);
  EXPECT_EQ(values("order_line", "amount"), amounts);
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
}

TEST_F(RunsTest, ARevertLeavesRecordsAndFactsExactlyAsTheyWere) {
  import_all(std::string(sales_heading) +
                 "S1,2026-01-05,A1,华北,P1,电缆,10,1\n"
                 "S1,2026-01-05,A1,,P2,,20,1\n",
             sales_plan);
  const std::string before = picture();
  const Import replacing = import_all(
      std::string(sales_heading) + "S1,2026-01-07,A2,,P1,,1,1\nS9,2026-01-07,A9,,P9,,2,1\n",
      with(R"("replace":"order")"));
  EXPECT_NE(picture(), before);
  const Import reverted = revert(replacing);
  EXPECT_EQ(reverted.state, State::reverted);
  EXPECT_EQ(picture(), before);
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
  // Two lines, an order, two accounts, a product; and the two lines that had given way.
  EXPECT_EQ(reverted.revert.at("removed").as_int64(), 6);
  EXPECT_EQ(reverted.revert.at("restored").as_int64(), 2);
  EXPECT_EQ(reverted.revert.at("kept").as_int64(), 0);
}

TEST_F(RunsTest, ARevertSetsUpdatedFieldsBackUnlessSomebodyChangedThemSince) {
  workspace_.create("account", R"({"code":"A1","name":"甲","city":"北京"})");
  const RecordId touched =
      workspace_.create("account", R"({"code":"A2","name":"乙","city":"北京"})");
  const Import done = import_all("code,city\nA1,上海\nA2,上海\n",
                                 R"({"object":"account","mode":"upsert","match":["code"],"mapping":[
          {"column":"code","field":"code"},{"column":"city","field":"city"}]})");
  ASSERT_TRUE(workspace_.patch("account", touched, 2, R"({"city":"广州"})"));
  const Import reverted = revert(done);
  EXPECT_EQ(values("account", "city"), (Strings{"北京", "广州"}));
  EXPECT_EQ(reverted.revert.at("set_back").as_int64(), 1);
  EXPECT_EQ(reverted.revert.at("kept").as_int64(), 1);
}

TEST_F(RunsTest, ARevertKeepsWhatSomebodyUsesOrChanged) {
  const Import done = import_all("code,name\nA1,甲\nA2,乙\nA3,丙\n",
                                 R"({"object":"account","mapping":[
                                     {"column":"code","field":"code"},
                                     {"column":"name","field":"name"}]})");
  auto first = workspace_.database().read([&](storage::Connection& connection) {
    return workspace_.records().find(connection, admin(), "account", "code", "A1");
  });
  auto second = workspace_.database().read([&](storage::Connection& connection) {
    return workspace_.records().find(connection, admin(), "account", "code", "A2");
  });
  workspace_.create("contact", R"({"name":"王","account":")" + format_id(*first) + "\"}");
  ASSERT_TRUE(workspace_.patch("account", *second, 1, R"({"city":"广州"})"));
  const Import reverted = revert(done);
  EXPECT_EQ(values("account", "code"), (Strings{"A1", "A2"}));
  EXPECT_EQ(reverted.revert.at("kept").as_int64(), 2);
  EXPECT_EQ(reverted.revert.at("removed").as_int64(), 1);
}

TEST_F(RunsTest, ARevertedImportMayBeImportedAgain) {
  const std::string content = std::string(sales_heading) + "S1,2026-01-05,A1,,P1,,1,1\n";
  revert(import_all(content, sales_plan));
  EXPECT_EQ(count("order_line"), 0);
  const Import again = import_all(content, sales_plan);
  EXPECT_EQ(again.state, State::done);
  EXPECT_EQ(count("order_line"), 1);
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
}

TEST_F(RunsTest, ACancelledRunKeepsItsSlicesAndCanBeTakenBack) {
  const Import import = upload(many_rows());
  plan(import, sales_plan);
  run_until(import, [&] { ASSERT_TRUE(imports_->cancel(admin(), import.id)); });
  const auto cancelled = imports_->get(admin(), import.id);
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(cancelled->state, State::cancelled);
  EXPECT_GT(cancelled->counters.created, 0);
  EXPECT_LT(cancelled->counters.created, many_lines);
  EXPECT_EQ(count("order_line"), cancelled->counters.created);
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
  EXPECT_EQ(revert(import).state, State::reverted);
  EXPECT_EQ(count("order_line"), 0);
  EXPECT_EQ(count("account"), 0);
}

TEST_F(RunsTest, AnInterruptedRunGoesOnAndDoesEveryRowOnce) {
  const std::string content = many_rows() + "S1,2026-02-30,A1,,P1,,1,1\n";
  const Import import = upload(content);
  plan(import, with(R"("replace":"order")"));
  run_until(import, [&] { jobs_->stop(); });
  const auto stopped = imports_->get(admin(), import.id);
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->state, State::running);
  EXPECT_LT(stopped->counters.created, many_lines);
  restart();
  const Import done = finish(import);
  EXPECT_EQ(done.state, State::done);
  EXPECT_EQ(done.counters.created, many_lines);
  EXPECT_EQ(done.counters.failed, 1);
  EXPECT_EQ(count("order_line"), many_lines);
  EXPECT_EQ(count("order"), many_lines / lines_per_order);
  EXPECT_EQ(workspace_.fact_differences("order_line"), 0U);
  EXPECT_NE(errors_csv(done).find("2026-02-30"), std::string::npos);
}

TEST_F(RunsTest, RecordsThatSomebodyRemovesMeanwhileAreNotLinkedTo) {
  const RecordId account = workspace_.create("account", R"({"code":"A0","name":"甲"})");
  const Import import = upload(many_rows());
  plan(import, sales_plan);
  bool asked = false;
  const auto done = imports_->run_now(admin(), import.id, [&](const jobs::Job& job) {
    if (asked || job.done == 0) return;
    asked = true;
    EXPECT_TRUE(workspace_.database().write([&](storage::Connection& connection) -> Status {
      records::BulkSlice slice(workspace_.records(), connection, admin(),
                               {admin().actor(), {}, {}, 0, 0});
      LP_CHECK(slice.remove(*slice.object("account"), account));
      return slice.finish();
    }));
  });
  ASSERT_TRUE(done);
  ASSERT_TRUE(asked);
  const Strings codes = values("account", "code");
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "A0"), 1);
  EXPECT_EQ(done->counters.records.at("account"), 50);
}

TEST_F(RunsTest, StatesAllowWhatTheyShould) {
  const Import import = upload(std::string(sales_heading) + "S1,2026-01-05,A1,,P1,,1,1\n");
  EXPECT_EQ(imports_->run(admin(), import.id).error().detail, "import_not_planned");
  EXPECT_EQ(imports_->revert(admin(), import.id).error().detail, "nothing_to_revert");
  EXPECT_EQ(imports_->errors_csv(admin(), import.id, Language::en).error().code,
            ErrorCode::invalid_state);
  plan(import, sales_plan);
  plan(import, sales_plan);
  run(import);
  EXPECT_EQ(imports_->run(admin(), import.id).error().code, ErrorCode::invalid_state);
  EXPECT_EQ(try_plan(import, sales_plan).error().detail, "import_has_run");
  EXPECT_EQ(imports_->cancel(admin(), import.id).error().code, ErrorCode::invalid_state);
  revert(import);
  EXPECT_EQ(imports_->revert(admin(), import.id).error().code, ErrorCode::invalid_state);
}

TEST_F(RunsTest, AFileThatIsGoneFailsTheImportWithItsReason) {
  const Import import = upload(std::string(sales_heading) + "S1,2026-01-05,A1,,P1,,1,1\n");
  plan(import, sales_plan);
  std::filesystem::remove(import.path);
  const auto failed = imports_->run_now(admin(), import.id, {});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().detail, "file_deleted");
  const auto stored = imports_->get(admin(), import.id);
  EXPECT_EQ(stored->state, State::failed);
  EXPECT_EQ(stored->problem.detail, "file_deleted");
}

}  // namespace
}  // namespace linchpin::imports
