// The compiled filter and the filter in memory, and cursors over any sort.

#include <set>

#include "records/filter_match.h"
#include "records/property_world.h"

namespace linchpin::records {
namespace {

std::set<RecordId> found_by_sql(PropertyWorld& world, const json::value& where) {
  TestWorkspace& workspace = world.workspace();
  std::set<RecordId> found;
  const Status read = workspace.database().read([&](storage::Connection& connection) {
    return workspace.records().select_ids(connection, workspace.admin(), "item", where,
                                          [&](RecordId id) { found.insert(id); });
  });
  if (!read) RC_FAIL(TestWorkspace::first_problem(read.error()));
  return found;
}

std::set<RecordId> found_in_memory(PropertyWorld& world, const json::value& where,
                                   const std::map<RecordId, RowValues>& rows) {
  const FilterFrame frame = world.frame();
  const auto filter = read_filter(frame, world.item(), where, "/where");
  if (!filter) RC_FAIL(TestWorkspace::first_problem(filter.error()));
  std::set<RecordId> found;
  const Status read = world.workspace().database().read([&](storage::Connection& connection) {
    StoredRows linked(connection, frame.schema, unlimited());
    for (const auto& [id, row] : rows) {
      if (matches(frame.schema, *filter, row, linked)) found.insert(id);
    }
    return linked.status();
  });
  if (!read) RC_FAIL(TestWorkspace::first_problem(read.error()));
  return found;
}

TEST(FilterProperty, TheCompiledFilterIsTheOneInMemory) {
  PropertyWorld world;
  constexpr int depth = 4;
  int cases = 0;
  int neither_all_nor_none = 0;
  const bool holds = rc::check("compiled = in memory", [&] {
    world.stir(world.live("item").size() < 20 ? 60 : 6);
    const auto rows = world.rows();
    for (int i = 0; i < cases_of_check(); ++i) {
      const json::value where = world.random_filter(depth);
      const auto in_memory = found_in_memory(world, where, rows);
      if (found_by_sql(world, where) != in_memory) RC_FAIL(json::serialize(where));
      if (!in_memory.empty() && in_memory.size() < rows.size()) ++neither_all_nor_none;
      ++cases;
    }
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(cases, property_cases());
  EXPECT_GE(neither_all_nor_none, property_cases() / 4);
}

// Walks a query page by page; `between` is called after every page.
std::vector<RecordId> walk(PropertyWorld& world, QueryRequest request,
                           const std::function<void()>& between) {
  std::vector<RecordId> seen;
  while (true) {
    const auto page = world.workspace().query("item", request);
    if (!page) RC_FAIL(TestWorkspace::first_problem(page.error()));
    for (const json::value& record : page->at("records").as_array()) {
      seen.push_back(*parse_id(std::string_view(record.at("id").as_string())));
    }
    const json::object& next = page->at("page").as_object();
    if (!next.at("has_more").as_bool()) return seen;
    request.page.after = next.at("next").as_string();
    between();
  }
}

TEST(CursorProperty, AWalkVisitsEachRowOnceWhateverTheSort) {
  PropertyWorld world;
  int cases = 0;
  const bool holds = rc::check("each row once", [&] {
    world.stir(world.live("item").size() < 20 ? 60 : 6);
    const std::vector<RecordId> before = world.live("item");
    std::set<RecordId> removed;
    for (int i = 0; i < cases_of_check(); ++i) {
      QueryRequest request;
      request.select = {"id"};
      request.sort = world.random_sort();
      request.page.limit = 1 + static_cast<int>(pick(9));
      // A removal empties links to the record, which may move other rows of these sorts.
      const std::string sort = json::serialize(request.sort);
      const bool steady = sort.find("parent") == sort.npos && sort.find("version") == sort.npos;
      const std::vector<RecordId> seen = walk(world, request, [&] {
        if (!steady || pick(40) != 0) return;
        const auto live = world.live("item");
        if (live.size() < 10) return;
        const RecordId id = live[pick(live.size())];
        const auto& workspace = world.workspace();
        RC_ASSERT(world.workspace()
                      .records()
                      .remove(workspace.admin(), "item", id, 0, workspace.options())
                      .has_value());
        removed.insert(id);
      });
      const std::set<RecordId> once(seen.begin(), seen.end());
      if (once.size() != seen.size()) RC_FAIL("twice: " + sort);
      for (const RecordId id : before) {
        if (!removed.contains(id) && !once.contains(id)) {
          RC_FAIL("missed: " + sort);
        }
      }
      ++cases;
    }
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(cases, property_cases());
}

}  // namespace
}  // namespace linchpin::records
