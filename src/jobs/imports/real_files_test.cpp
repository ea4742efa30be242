// A real sales file of 245,903 lines, where its folder is there.

#include <zlib.h>

#include "base/environment.h"
#include "jobs/imports/test_imports.h"
#include "records/facts.h"

namespace linchpin::imports {
namespace {

std::string data_folder() {
  const std::string given = environment("LINCHPIN_SHARED_DATA");
  return given.empty() ? std::string(LINCHPIN_SOURCE_DIR) + "/../shared/data" : given;
}

std::string unpacked(const std::string& path) {
  std::string text;
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return text;
  std::string block(1 << 20, '\0');
  for (int got = 1; got > 0;) {
    got = gzread(file, block.data(), static_cast<unsigned>(block.size()));
    if (got > 0) text.append(block, 0, static_cast<std::size_t>(got));
  }
  gzclose(file);
  return text;
}

constexpr const char* retail_plan = R"({"object":"order_line","mapping":[
  {"column":"InvoiceNo","field":"order","link_by":"number","missing":"create"},
  {"column":"StockCode","field":"product","link_by":"code","missing":"create"},
  {"column":"Description","field":"product.name"},
  {"column":"Quantity","field":"quantity"},
  {"column":"InvoiceDate","field":"ordered_on"},
  {"column":"UnitPrice","field":"unit_price"},
  {"column":"CustomerID","field":"account","link_by":"code","missing":"create"},
  {"column":"Country","field":"account.region"}]})";

struct Sales {
  std::int64_t positive = 0;
  std::int64_t not_positive = 0;
  Units total = 0;
};

TEST_F(ImportsTest, TheLinesOfARealSalesFileAddUp) {
  const std::string content =
      unpacked(data_folder() + "/online-retail/online_retail_2010-12_2011-06.csv.gz");
  if (content.empty()) return;
  const Import done = import_all(content, retail_plan);
  EXPECT_EQ(done.counters.created, 245'903);
  EXPECT_EQ(done.counters.failed, 0);
  EXPECT_EQ(done.counters.records.at("order"), 12'795);

  const records::Fact& fact = *workspace_.schema().object("order_line")->fact("sales");
  std::map<std::int64_t, Units> sums;
  ASSERT_TRUE(workspace_.database().read([&](storage::Connection& connection) {
    const records::Window window{*parse_date("2010-12-01"), *parse_date("2011-07-01")};
    return records::read_fact(connection, fact, window,
                              [&](std::int64_t account, const records::FactSums& sum) {
                                if (account != 0) sums[account] += sum.measures[0];
                              });
  }));
  Sales sales;
  for (const auto& [account, sum] : sums) {
    ++(sum > 0 ? sales.positive : sales.not_positive);
    if (sum > 0) sales.total += sum;
  }
  EXPECT_EQ(sales.positive, 2'950);
  EXPECT_EQ(sales.not_positive, 52);
  EXPECT_EQ(format_decimal(sales.total, 4), "3734246.4610");
}

}  // namespace
}  // namespace linchpin::imports
