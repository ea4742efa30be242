// Batches and undo over random writes.

#include "records/batch.h"
#include "records/property_world.h"

namespace linchpin::records {
namespace {

BatchOp random_op(PropertyWorld& world) {
  BatchOp op;
  op.operation = static_cast<BatchOperation>(pick(5));
  const auto items = world.live("item");
  const auto trashed = world.trashed();
  const bool wrong = pick(12) == 0;
  if (op.operation <= BatchOperation::upsert) op.fields = world.random_fields(wrong);
  if (op.operation == BatchOperation::upsert) {
    op.match["code"] = pick(3) == 0 ? "new" : "华为";
    op.fields.erase("code");
  } else if (op.operation == BatchOperation::restore && !trashed.empty()) {
    op.id = trashed[pick(trashed.size())];
  } else if (op.operation != BatchOperation::create && !items.empty()) {
    op.id = items[pick(items.size())];
    if (pick(6) == 0) op.version = 1;
  }
  return op;
}

TEST(BatchProperty, AtomicIsAllOrNothing) {
  PropertyWorld world;
  int cases = 0;
  int failed = 0;
  const bool holds = rc::check("all or nothing", [&] {
    TestWorkspace& workspace = world.workspace();
    world.stir(world.live("item").size() < 20 ? 60 : 4);
    for (int i = 0; i < cases_of_check(); ++i) {
      BatchRequest request;
      request.atomic = true;
      for (std::size_t n = 1 + pick(5); n > 0; --n) request.ops.push_back(random_op(world));
      const std::string before = world.fingerprint();
      BatchOptions options;
      options.origin = workspace.options().origin;
      options.dry_run = pick(5) == 0;
      const auto done = workspace.records().batch(workspace.admin(), "item", request, options);
      if (!done || options.dry_run) {
        RC_ASSERT(world.fingerprint() == before);
      } else {
        RC_ASSERT(done->size() == request.ops.size());
        for (const OpOutcome& outcome : *done) {
          RC_ASSERT(!outcome.error.has_value());
        }
      }
      failed += done ? 0 : 1;
      ++cases;
    }
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(cases, property_cases());
  EXPECT_GE(failed, property_cases() / 10);
  EXPECT_LE(failed, cases - property_cases() / 10);
}

// A partial batch leaves what an atomic batch of its good operations would leave: each operation
// that failed has left nothing, each other one is there.
TEST(BatchProperty, PartialKeepsExactlyWhatWasDone) {
  PropertyWorld world;
  const bool holds = rc::check("what failed has left nothing", [&] {
    TestWorkspace& workspace = world.workspace();
    world.stir(world.live("item").size() < 20 ? 60 : 4);
    for (int i = 0; i < cases_of_check(); ++i) {
      BatchRequest request;
      request.atomic = false;
      for (std::size_t n = 1 + pick(5); n > 0; --n) request.ops.push_back(random_op(world));
      BatchOptions options;
      options.origin = workspace.options().origin;
      options.dry_run = true;
      const auto tried = workspace.records().batch(workspace.admin(), "item", request, options);
      RC_ASSERT(tried.has_value());
      options.dry_run = false;
      const std::int64_t before = world.last_seq();
      const auto done = workspace.records().batch(workspace.admin(), "item", request, options);
      RC_ASSERT(done.has_value());
      bool any = false;
      for (std::size_t n = 0; n < done->size(); ++n) {
        RC_ASSERT((*tried)[n].error.has_value() == (*done)[n].error.has_value());
        any = any || !(*done)[n].error;
      }
      if (!any) {
        RC_ASSERT(world.last_seq() == before);
      }
    }
  });
  EXPECT_TRUE(holds);
}

TEST(UndoProperty, TakingEveryChangeBackRestoresTheValues) {
  PropertyWorld world;
  int undone = 0;
  const bool holds = rc::check("undo restores", [&] {
    TestWorkspace& workspace = world.workspace();
    world.stir(world.live("item").size() < 20 ? 60 : 2);
    for (int i = 0; i < cases_of_check(); ++i) {
      const auto items = world.live("item");
      const RecordId id = items[pick(items.size())];
      const json::object original = workspace.read("item", id);
      std::vector<std::pair<std::int64_t, json::object>> changes;  // and what was before
      for (std::size_t n = 1 + pick(6); n > 0; --n) {
        const json::object now = workspace.read("item", id);
        const std::int64_t before = world.last_seq();
        const Patch patch{world.random_fields(), std::nullopt, now};
        (void)workspace.records().update(workspace.admin(), "item", id, patch, workspace.options());
        if (world.last_seq() > before) changes.emplace_back(world.last_seq(), now);
      }
      const auto without_stamp = [](json::object fields) {
        fields.erase("updated_at");
        return fields;
      };
      for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        const auto done =
            workspace.records().undo(workspace.admin(), change->first, workspace.options());
        if (!done) {
          // A link that has gone since, or a code that is taken, cannot come back.
          RC_ASSERT((done.error().code != ErrorCode::version_conflict));
          break;
        }
        RC_ASSERT(without_stamp(workspace.read("item", id)) == without_stamp(change->second));
        ++undone;
      }
    }
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(undone, property_cases());
}

}  // namespace
}  // namespace linchpin::records
