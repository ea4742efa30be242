#include "records/fact_days.h"

#include <map>

#include "records/test_workspace.h"

namespace linchpin::records {
namespace {

class FactDays : public ::testing::Test {
 protected:
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
  Window window(const char* from, const char* to) { return {*parse_date(from), *parse_date(to)}; }
  const Object& lines() { return *workspace.schema().object("order_line"); }
  const Fact& sales() { return *lines().fact("sales"); }

  std::map<std::int64_t, DocumentSpan> spans(Window of) {
    std::map<std::int64_t, DocumentSpan> found;
    auto read = workspace.database().read([&](storage::Connection& connection) {
      return read_document_spans(connection, sales(), of, [&](const DocumentSpan& span) {
        EXPECT_TRUE(found.emplace(span.key, span).second);
      });
    });
    EXPECT_TRUE(read);
    return found;
  }
  std::vector<FactDay> days(Window of) {
    std::vector<FactDay> found;
    auto read = workspace.database().read([&](storage::Connection& connection) {
      return read_positive_days(connection, workspace.schema(), lines(), sales(), "amount",
                                "amount", of, [&](const FactDay& day) { found.push_back(day); });
    });
    EXPECT_TRUE(read);
    return found;
  }

  TestWorkspace workspace;
};

TEST_F(FactDays, ASpanLiesBetweenTheFirstAndTheLastPositiveLine) {
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  const RecordId one = order("SO-1", "posted");
  line(one, account, "2026-02-03", "5");
  line(one, account, "2026-02-04", "5");
  line(order("SO-2", "posted"), account, "2026-03-01", "7");
  line(order("SO-3", "posted"), account, "2026-01-01", "-5");  // a return is no purchase
  line(order("SO-4", "draft"), account, "2026-04-01", "9");
  const auto found = spans(window("2026-01-01", "2027-01-01"));
  ASSERT_EQ(found.size(), 1U);
  const DocumentSpan span = found.at(account.value);
  EXPECT_EQ(span.documents, 2);
  EXPECT_EQ(span.first, *parse_date("2026-02-03"));
  EXPECT_EQ(span.last, *parse_date("2026-03-01"));
}

TEST_F(FactDays, ASpanSeesItsWindowOnly) {
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  line(order("SO-1", "posted"), account, "2026-02-03", "5");
  line(order("SO-2", "posted"), account, "2026-03-01", "7");
  EXPECT_EQ(spans(window("2026-02-03", "2026-03-01")).at(account.value).last,
            *parse_date("2026-02-03"));
  EXPECT_TRUE(spans(window("2026-02-04", "2026-03-01")).empty());
}

TEST_F(FactDays, DaysComeInOrderWithTheSumOfTheirPositiveLines) {
  const RecordId first = workspace.create("account", R"({"name":"甲"})");
  const RecordId second = workspace.create("account", R"({"name":"乙"})");
  const RecordId posted = order("SO-1", "posted");
  line(posted, second, "2026-02-01", "1");
  line(posted, first, "2026-02-03", "2");
  line(posted, first, "2026-02-01", "4");
  line(posted, first, "2026-02-03", "8");
  line(posted, first, "2026-02-03", "-16");
  line(posted, first, "2026-02-05", "-1");
  line(order("SO-2", "cancelled"), first, "2026-02-06", "32");
  line(RecordId(), first, "2026-02-07", "64");    // a line without an order counts
  line(posted, RecordId(), "2026-02-08", "128");  // one without a customer belongs to nobody
  const auto found = days(window("2026-01-01", "2027-01-01"));
  ASSERT_EQ(found.size(), 4U);
  const std::vector<std::tuple<std::int64_t, const char*, std::int64_t>> expected{
      {first.value, "2026-02-01", 40'000},
      {first.value, "2026-02-03", 100'000},
      {first.value, "2026-02-07", 640'000},
      {second.value, "2026-02-01", 10'000}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(found[i].key, std::get<0>(expected[i]));
    EXPECT_EQ(found[i].day, *parse_date(std::get<1>(expected[i])));
    EXPECT_EQ(found[i].sum, std::get<2>(expected[i]));
  }
  EXPECT_TRUE(days(window("2026-02-08", "2027-01-01")).empty());
}

TEST_F(FactDays, WhatIsInTheTrashIsNoPurchase) {
  const RecordId account = workspace.create("account", R"({"name":"甲"})");
  const RecordId gone = line(RecordId(), account, "2026-02-03", "5");
  ASSERT_EQ(days(window("2026-01-01", "2027-01-01")).size(), 1U);
  ASSERT_TRUE(
      workspace.records().remove(workspace.admin(), "order_line", gone, 1, workspace.options()));
  EXPECT_TRUE(days(window("2026-01-01", "2027-01-01")).empty());
  EXPECT_TRUE(spans(window("2026-01-01", "2027-01-01")).empty());
}

TEST_F(FactDays, AFieldThatDoesNotExistIsRefused) {
  auto read = workspace.database().read([&](storage::Connection& connection) {
    return read_positive_days(connection, workspace.schema(), lines(), sales(), "happiness",
                              "amount", window("2026-01-01", "2027-01-01"),
                              [](const FactDay&) { ADD_FAILURE(); });
  });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::unknown_field);
}

}  // namespace
}  // namespace linchpin::records
