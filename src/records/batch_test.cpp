#include "records/batch.h"

#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

class Batch : public ::testing::Test {
 protected:
  static BatchOp op(BatchOperation operation, std::string_view fields_json = "{}") {
    BatchOp made;
    made.operation = operation;
    made.fields = *parse_json_object(fields_json);
    return made;
  }
  static BatchOp upsert(std::string_view match_json, std::string_view fields_json) {
    BatchOp made = op(BatchOperation::upsert, fields_json);
    made.match = *parse_json_object(match_json);
    return made;
  }
  Result<std::vector<OpOutcome>> run(bool atomic, std::vector<BatchOp> ops) {
    const BatchRequest request{atomic, std::move(ops)};
    return workspace.records().batch(workspace.admin(), "account", request, options);
  }
  std::size_t accounts() { return workspace.query("account", {})->at("records").as_array().size(); }

  TestWorkspace workspace;
  BatchOptions options{{workspace.admin().actor(), "test", "", 0, 0}, false, {}};
};

TEST_F(Batch, EveryKindOfOperationInOneTransaction) {
  const RecordId first = workspace.create("account", R"({"code":"A1","name":"甲"})");
  const RecordId second = workspace.create("account", R"({"code":"A2","name":"乙"})");
  BatchOp patch = op(BatchOperation::update, R"({"city":"北京"})");
  patch.id = first;
  BatchOp remove = op(BatchOperation::remove);
  remove.id = second;
  BatchOp restore = op(BatchOperation::restore);
  restore.id = second;
  const auto done = run(true, {op(BatchOperation::create, R"({"code":"A3","name":"丙"})"), patch,
                               remove, restore, upsert(R"({"code":"A2"})", R"({"city":"上海"})"),
                               upsert(R"({"code":"A4"})", R"({"name":"丁"})")});
  ASSERT_TRUE(done) << TestWorkspace::first_problem(done.error());
  ASSERT_EQ(done->size(), 6u);
  EXPECT_TRUE((*done)[0].created);
  EXPECT_EQ((*done)[1].version, 2);
  EXPECT_EQ((*done)[4].id, second);
  EXPECT_EQ((*done)[4].version, 4);
  EXPECT_TRUE((*done)[5].created);
  EXPECT_EQ(workspace.read("account", second).at("city"), "上海");
  EXPECT_EQ(workspace.read("account", (*done)[5].id).at("code"), "A4");
  EXPECT_EQ(accounts(), 4u);
}

TEST_F(Batch, AtomicIsAllOrNothingAndTellsEveryProblem) {
  const auto done = run(true, {op(BatchOperation::create, R"({"code":"A1","name":"甲"})"),
                               op(BatchOperation::create, R"({"code":"A1","name":"乙"})"),
                               op(BatchOperation::create, R"({"code":"A3","employees":"x"})")});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::duplicate);
  ASSERT_EQ(done.error().problems.size(), 2u);
  EXPECT_EQ(done.error().problems[0].pointer, "/ops/1/fields/code");
  EXPECT_EQ(done.error().problems[1].pointer, "/ops/2/fields/employees");
  EXPECT_EQ(accounts(), 0u);
}

TEST_F(Batch, PartialDoesWhatCanBeDone) {
  BatchOp gone = op(BatchOperation::remove);
  gone.id = RecordId{77};
  const auto done = run(false, {op(BatchOperation::create, R"({"code":"A1","name":"甲"})"),
                                op(BatchOperation::create, R"({"code":"A1","name":"乙"})"), gone,
                                op(BatchOperation::create, R"({"code":"A2","name":"丙"})")});
  ASSERT_TRUE(done);
  EXPECT_FALSE((*done)[0].error);
  EXPECT_EQ((*done)[1].error->code, ErrorCode::duplicate);
  EXPECT_EQ((*done)[2].error->code, ErrorCode::not_found);
  EXPECT_FALSE((*done)[3].error);
  EXPECT_EQ(accounts(), 2u);
}

TEST_F(Batch, ADryRunTellsTheSameAndWritesNothing) {
  options.dry_run = true;
  const auto done = run(true, {op(BatchOperation::create, R"({"code":"A1","name":"甲"})"),
                               upsert(R"({"code":"A1"})", R"({"city":"北京"})")});
  ASSERT_TRUE(done);
  EXPECT_TRUE((*done)[0].created);
  EXPECT_EQ((*done)[1].id, (*done)[0].id);
  EXPECT_EQ(accounts(), 0u);
}

TEST_F(Batch, VersionsBasesAndReasonsHoldForEachOperation) {
  const RecordId id = workspace.create(
      "account", R"({"code":"A1","name":"甲","city":"北京","registered_capital":"1.00"})");
  BatchOp stale = op(BatchOperation::update, R"({"city":"上海"})");
  stale.id = id;
  stale.version = 7;
  BatchOp merged = op(BatchOperation::update, R"({"city":"广州"})");
  merged.id = id;
  merged.base = *parse_json_object(R"({"city":"北京"})");
  BatchOp silent = op(BatchOperation::update, R"({"registered_capital":"2.00"})");
  silent.id = id;
  BatchOp said = silent;
  said.reason = "新执照";
  const auto done = run(false, {stale, merged, silent, said});
  ASSERT_TRUE(done);
  EXPECT_EQ((*done)[0].error->code, ErrorCode::version_conflict);
  EXPECT_EQ((*done)[0].error->conflicts.front().field, "city");
  EXPECT_FALSE((*done)[1].error);
  EXPECT_EQ((*done)[2].error->problems.front().code, "reason_required");
  EXPECT_FALSE((*done)[3].error);
}

TEST_F(Batch, AnUpsertNeedsOneRecordAtMost) {
  workspace.create("account", R"({"code":"A1","name":"甲","city":"北京"})");
  workspace.create("account", R"({"code":"A2","name":"乙","city":"北京"})");
  const auto done =
      run(false, {upsert(R"({"city":"北京"})", R"({"name":"丙"})"),
                  upsert("{}", R"({"name":"丙"})"), upsert(R"({"code":null})", R"({"name":"丙"})"),
                  upsert(R"({"no_such":"x"})", R"({"name":"丙"})"),
                  upsert(R"({"city":"北京","code":"A2"})", R"({"name":"丙"})")});
  ASSERT_TRUE(done);
  EXPECT_EQ((*done)[0].error->detail, "match_not_unique");
  EXPECT_EQ((*done)[1].error->problems.front().pointer, "/match");
  EXPECT_EQ((*done)[2].error->problems.front().pointer, "/match/code");
  EXPECT_EQ((*done)[3].error->code, ErrorCode::unknown_field);
  EXPECT_FALSE((*done)[4].error);
}

}  // namespace
}  // namespace linchpin::records
