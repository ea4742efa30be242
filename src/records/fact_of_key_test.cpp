#include "records/fact_of_key.h"

#include <map>
#include <random>

#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

using SumsByDay = std::map<Day, std::int64_t>;

// Lines of three accounts over two years, without an order: all of them count.
class FactOfKey : public ::testing::Test {
 protected:
  FactOfKey() {
    std::mt19937 random(20261122);
    for (const char* name : {"甲", "乙", "丙"}) {
      accounts.push_back(workspace.create("account", R"({"name":")" + std::string(name) + "\"}"));
    }
    const Day first = *parse_date("2024-11-05");
    for (int i = 0; i < 120; ++i) {
      const Day day = first + static_cast<Day>(random() % 700);
      const auto cost = std::to_string(static_cast<int>(random() % 200));
      const auto amount = std::to_string(static_cast<int>(random() % 200) - 60);
      workspace.create("order_line", R"({"ordered_on":")" + format_date(day) + R"(","amount":")" +
                                         amount + R"(","cost":")" + cost + R"(","account":")" +
                                         format_id(accounts[random() % 2]) + "\"}");
    }
  }
  const Fact& sales() { return *workspace.schema().object("order_line")->fact("sales"); }
  std::size_t cost_place() {
    const auto& names = sales().measures;
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), "cost") - names.begin());
  }
  template <typename Work>
  void read(Work work) {
    ASSERT_TRUE(workspace.database().read(work));
  }

  TestWorkspace workspace;
  std::vector<RecordId> accounts;  // the third has bought nothing
  const std::vector<std::pair<const char*, const char*>> windows{
      {"2024-01-01", "2030-01-01"}, {"2025-01-01", "2026-01-01"}, {"2025-01-15", "2025-11-20"},
      {"2025-03-02", "2025-03-29"}, {"2025-03-10", "2025-04-11"}, {"2030-01-01", "2031-01-01"},
      {"2025-05-01", "2025-05-01"}, {"1970-01-01", "2025-02-01"}};
};

TEST_F(FactOfKey, SumsAreThoseOfTheKeyAmongAll) {
  for (const auto& [from, to] : windows) {
    const Window window{*parse_date(from), *parse_date(to)};
    for (const RecordId account : accounts) {
      std::int64_t among_all = 0;
      std::int64_t alone = 0;
      read([&](storage::Connection& connection) -> Status {
        LP_CHECK(
            read_fact(connection, sales(), window, [&](std::int64_t key, const FactSums& sums) {
              if (key == account.value) among_all += sums.measures[cost_place()];
            }));
        return read_fact_of(connection, sales(), account.value, window,
                            [&](std::int64_t key, const FactSums& sums) {
                              EXPECT_EQ(key, account.value);
                              alone += sums.measures[cost_place()];
                            });
      });
      EXPECT_EQ(alone, among_all) << from << " " << to;
    }
  }
}

TEST_F(FactOfKey, DaysAreThoseOfTheKeyInOrder) {
  for (const auto& [from, to] : windows) {
    const Window window{*parse_date(from), *parse_date(to)};
    const std::int64_t key = accounts.front().value;
    SumsByDay among_all;
    SumsByDay alone;
    Day last = INT32_MIN;
    read([&](storage::Connection& connection) -> Status {
      LP_CHECK(read_fact_by_day(connection, sales(), window,
                                [&](Day day, std::int64_t of, const FactSums& sums) {
                                  if (of == key) among_all[day] += sums.lines;
                                }));
      return read_fact_by_day_of(connection, sales(), key, window,
                                 [&](Day day, std::int64_t, const FactSums& sums) {
                                   EXPECT_GT(day, last);
                                   last = day;
                                   alone[day] += sums.lines;
                                 });
    });
    EXPECT_EQ(alone, among_all) << from << " " << to;
  }
}

TEST_F(FactOfKey, MonthsAreThoseOfTheKeyInOrder) {
  const std::int32_t first = month_index(*parse_date("2025-01-01"));
  const std::int32_t end = first + 12;
  for (const RecordId account : accounts) {
    std::map<std::int32_t, std::int64_t> by_days;
    std::map<std::int32_t, std::int64_t> alone;
    read([&](storage::Connection& connection) -> Status {
      LP_CHECK(read_fact_by_day_of(connection, sales(), account.value,
                                   {first_day_of_month(first), first_day_of_month(end)},
                                   [&](Day day, std::int64_t, const FactSums& sums) {
                                     by_days[month_index(day)] += sums.measures[cost_place()];
                                   }));
      return read_fact_by_month_of(connection, sales(), account.value, first, end,
                                   [&](std::int32_t month, const FactSums& sums) {
                                     EXPECT_TRUE(alone.empty() || alone.rbegin()->first < month);
                                     alone[month] += sums.measures[cost_place()];
                                   });
    });
    EXPECT_EQ(alone, by_days);
  }
}

TEST_F(FactOfKey, TheSpanIsThatOfTheKey) {
  for (const auto& [from, to] : windows) {
    const Window window{*parse_date(from), *parse_date(to)};
    std::map<std::int64_t, DocumentSpan> spans;
    read([&](storage::Connection& connection) {
      return read_document_spans(connection, sales(), window,
                                 [&](const DocumentSpan& span) { spans[span.key] = span; });
    });
    for (const RecordId account : accounts) {
      std::optional<DocumentSpan> alone;
      read([&](storage::Connection& connection) -> Status {
        LP_TRY(alone, read_document_span_of(connection, sales(), account.value, window));
        return {};
      });
      const auto found = spans.find(account.value);
      ASSERT_EQ(alone.has_value(), found != spans.end()) << from << " " << to;
      if (!alone) continue;
      EXPECT_EQ(alone->documents, found->second.documents);
      EXPECT_EQ(alone->first, found->second.first);
      EXPECT_EQ(alone->last, found->second.last);
    }
  }
}

}  // namespace
}  // namespace linchpin::records
