#include "records/facts.h"

#include <map>
#include <random>

#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

// A line with its computed amounts, as the orders rule would leave it.
Rules line_rule(const Schema& schema) {
  Rules rules;
  const Object& line = *schema.object("order_line");
  const Field* amount = line.field("amount");
  const Field* net = line.field("net_amount");
  rules.before_write("order_line", [=](RuleContext& context) -> Status {
    context.set(*net, context.value(*amount));
    return {};
  });
  return rules;
}

class Facts : public ::testing::Test {
 protected:
  Facts()
      : workspace([](const Schema& schema, Rules& rules) -> Status {
          rules = line_rule(schema);
          return {};
        }) {}

  RecordId order(const std::string& number, const std::string& status) {
    return workspace.create("order",
                            R"({"number":")" + number + R"(","status":")" + status + "\"}");
  }
  RecordId line(RecordId order_id, RecordId account, const std::string& day,
                const std::string& amount) {
    std::string fields = R"({"ordered_on":")" + day + R"(","amount":")" + amount + "\"";
    if (order_id) fields += R"(,"order":")" + format_id(order_id) + "\"";
    if (account) fields += R"(,"account":")" + format_id(account) + "\"";
    return workspace.create("order_line", fields + "}");
  }
  const Fact& sales() { return *workspace.schema().object("order_line")->fact("sales"); }
  std::map<std::int64_t, std::int64_t> totals(const char* from, const char* to) {
    std::map<std::int64_t, std::int64_t> sums;
    auto read = workspace.database().read([&](storage::Connection& connection) {
      return read_fact(
          connection, sales(), {*parse_date(from), *parse_date(to)},
          [&](std::int64_t key, const FactSums& piece) { sums[key] += piece.measures[0]; });
    });
    EXPECT_TRUE(read);
    return sums;
  }

  TestWorkspace workspace;
};

TEST_F(Facts, WindowsAreExactToTheDayAndHalfOpen) {
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  const RecordId posted = order("SO-1", "posted");
  line(posted, account, "2026-01-31", "1");
  line(posted, account, "2026-02-01", "2");
  line(posted, account, "2026-02-28", "4");
  line(posted, account, "2026-04-10", "8");
  EXPECT_EQ(totals("2026-01-31", "2026-02-01")[account.value], 10'000);
  EXPECT_EQ(totals("2026-01-15", "2026-04-10")[account.value], 70'000);
  EXPECT_EQ(totals("2026-02-01", "2026-04-11")[account.value], 140'000);
  EXPECT_TRUE(totals("2026-03-01", "2026-04-01").empty());
}

TEST_F(Facts, LinesOfDraftsDoNotCountUntilTheOrderIsPosted) {
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  const RecordId draft = order("SO-1", "draft");
  line(draft, account, "2026-02-03", "5");
  EXPECT_TRUE(totals("2026-01-01", "2027-01-01").empty());
  ASSERT_TRUE(workspace.patch("order", draft, 1, R"({"status":"posted"})"));
  EXPECT_EQ(totals("2026-01-01", "2027-01-01")[account.value], 50'000);
  ASSERT_TRUE(workspace.patch("order", draft, 2, R"({"status":"cancelled"})"));
  EXPECT_TRUE(totals("2026-01-01", "2027-01-01").empty());
  EXPECT_EQ(workspace.fact_differences("order_line"), 0u);
}

TEST_F(Facts, LinesWithoutCustomerAreKeptAsUnassigned) {
  line(RecordId(), RecordId(), "2026-02-03", "5");
  EXPECT_EQ(totals("2026-01-01", "2027-01-01")[0], 50'000);
}

TEST_F(Facts, OrdersAreCountedOnceHoweverManyLinesTheyHave) {
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  const RecordId one = order("SO-1", "posted");
  line(one, account, "2026-02-03", "5");
  line(one, account, "2026-02-04", "5");
  line(order("SO-2", "posted"), account, "2026-02-03", "-5");
  std::int64_t count = 0;
  ASSERT_TRUE(workspace.database().read([&](storage::Connection& connection) {
    return count_documents(connection, sales(),
                           {*parse_date("2026-01-01"), *parse_date("2027-01-01")},
                           [&](std::int64_t, std::int64_t orders) { count += orders; });
  }));
  EXPECT_EQ(count, 1);
}

TEST_F(Facts, RandomWritesLeaveFactsAndRecordsInAgreement) {
  std::mt19937 random(20261121);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<RecordId> accounts;
  std::vector<RecordId> orders;
  std::vector<RecordId> lines;
  for (int i = 0; i < 4; ++i) {
    accounts.push_back(workspace.create("account", R"({"name":"甲"})"));
    orders.push_back(order("SO-" + std::to_string(i), i % 2 ? "posted" : "draft"));
  }
  const char* days[] = {"2026-01-31", "2026-02-01", "2026-02-28", "2025-12-31"};
  const char* states[] = {"draft", "posted", "cancelled"};
  for (int step = 0; step < 300; ++step) {
    const int action = below(10);
    if (action < 5 || lines.empty()) {
      lines.push_back(line(orders[static_cast<std::size_t>(below(4))],
                           accounts[static_cast<std::size_t>(below(4))], days[below(4)],
                           std::to_string(below(200) - 60)));
    } else if (action < 7) {
      const RecordId id = lines[static_cast<std::size_t>(below(static_cast<int>(lines.size())))];
      const Patch change{*parse_json_object(R"({"amount":"7","ordered_on":"2026-02-14"})"),
                         std::nullopt, *parse_json_object("{}")};
      (void)workspace.records().update(workspace.admin(), "order_line", id, change,
                                       workspace.options());
      const json::object row = workspace.read("order_line", id);
      if (row.empty()) continue;
      JsonWriter out;
      const auto version = workspace.records().get(workspace.admin(), "order_line", id, {}, out);
      (void)workspace.patch("order_line", id, *version,
                            R"({"amount":")" + std::to_string(below(90)) + R"(","ordered_on":")" +
                                days[below(4)] + "\"}");
    } else if (action < 8) {
      const RecordId id = lines[static_cast<std::size_t>(below(static_cast<int>(lines.size())))];
      (void)workspace.records().remove(workspace.admin(), "order_line", id, 0, workspace.options());
    } else {
      const RecordId id = orders[static_cast<std::size_t>(below(4))];
      JsonWriter out;
      const auto version = workspace.records().get(workspace.admin(), "order", id, {}, out);
      (void)workspace.patch("order", id, *version,
                            R"({"status":")" + std::string(states[below(3)]) + "\"}");
    }
  }
  EXPECT_EQ(workspace.fact_differences("order_line"), 0u);
}

TEST_F(Facts, ABulkSliceKeepsTheSameFactsAndOneLogEntryForAll) {
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  auto done = workspace.database().write([&](storage::Connection& connection) -> Status {
    BulkSlice slice(workspace.records(), connection, workspace.admin(),
                    {workspace.admin().actor(), "", "", 0, 0});
    const Object& object = *slice.object("order_line");
    for (int i = 0; i < 500; ++i) {
      RowValues row(object.fields.size());
      row[object.field("account")->index] = account.value;
      row[object.field("ordered_on")->index] = std::int64_t{20'000 + i % 90};
      row[object.field("amount")->index] = std::int64_t{10'000};
      LP_CHECK(slice.create(object, row));
    }
    return slice.finish();
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(workspace.fact_differences("order_line"), 0u);
  int entries = 0;
  std::size_t records = 0;
  ASSERT_TRUE(workspace.database().read([&](storage::Connection& connection) {
    return stream::read_since(connection, 0, "order_line", 100,
                              [&](const stream::Entry& entry) -> Status {
                                ++entries;
                                records += entry.records.size();
                                return {};
                              });
  }));
  EXPECT_EQ(entries, 1);
  EXPECT_EQ(records, 500u);
}

}  // namespace
}  // namespace linchpin::records
