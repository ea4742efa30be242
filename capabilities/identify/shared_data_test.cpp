// Real files, where they lie beside the source tree: the figures that are known of them.

#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "base/date.h"
#include "base/files.h"
#include "base/test_folder.h"
#include "identify/company_names.h"
#include "identify/lifetime.h"
#include "identify/ranking.h"
#include "jobs/tabular/csv_reader.h"

namespace linchpin::identify {
namespace {

const std::vector<ClassLimit> limits{{"A", 0.55}, {"B", 0.85}, {"C", 1}};

// The folder, or nothing where there is none; the tests below exist only where it does.
std::vector<std::string> folders() {
  const char* named = std::getenv("LINCHPIN_SHARED_DATA");
  const std::string folder = named ? named : std::string(LINCHPIN_SOURCE_DIR) + "/../shared/data";
  if (!std::filesystem::exists(folder + "/northwind/orders.csv")) return {};
  return {folder};
}

class SharedData : public ::testing::TestWithParam<std::string> {
 protected:
  using Cells = std::vector<std::string_view>;

  void read(const std::string& path, const std::function<void(const Cells&)>& take) {
    auto reader = tabular::CsvReader::open(path);
    ASSERT_TRUE(reader) << path;
    tabular::Row row;
    auto found = (*reader)->next(row);  // the heading
    ASSERT_TRUE(found && *found) << path;
    while ((found = (*reader)->next(row)) && *found) take(row.cells);
    ASSERT_TRUE(found) << path;
  }

  std::string unpacked(const std::string& path) {
    const std::string target = folder_.file("unpacked.csv");
    const gzFile in = ::gzopen(path.c_str(), "rb");
    EXPECT_NE(in, nullptr) << path;
    std::string content;
    std::vector<char> block(1 << 20);
    int count = 0;
    while ((count = ::gzread(in, block.data(), static_cast<unsigned>(block.size()))) > 0) {
      content.append(block.data(), static_cast<std::size_t>(count));
    }
    EXPECT_EQ(count, 0) << path;
    ::gzclose(in);
    EXPECT_TRUE(write_file_atomically(target, content));
    return target;
  }

  static Ranking rank(const std::unordered_map<std::string, Units>& by_code) {
    std::vector<CustomerValue> values;
    std::vector<std::string> codes{""};
    for (const auto& [code, value] : by_code) {
      values.push_back({RecordId{static_cast<std::int64_t>(codes.size())}, value});
      codes.push_back(code);
    }
    return rank_customers(std::move(values), limits, Convention::before,
                          [&](const std::vector<RecordId>& ids) {
                            std::vector<std::string> found;
                            for (const RecordId id : ids) {
                              found.push_back(codes[static_cast<std::size_t>(id.value)]);
                            }
                            return found;
                          });
  }

  TestFolder folder_;
};

TEST_P(SharedData, OnlineRetail) {
  const std::string file =
      unpacked(GetParam() + "/online-retail/online_retail_2010-12_2011-06.csv.gz");
  const Day as_of = *parse_date("2011-06-30");
  std::unordered_map<std::string, Units> sales;
  std::unordered_map<std::string, double> recent;
  read(file, [&](const Cells& cells) {
    ASSERT_EQ(cells.size(), 8U);
    if (cells[6].empty()) return;
    const Units amount =
        *parse_decimal(cells[3], 0) * *parse_decimal(cells[5], 4);  // quantity × price
    const std::string customer(cells[6]);
    sales[customer] += amount;
    const Day day = *parse_date(cells[4].substr(0, 10));
    recent[customer] += static_cast<double>(amount) * recency_weight(as_of - day, 180);
  });
  const Ranking ranking = rank(sales);
  EXPECT_EQ(ranking.positive, 2'950U);
  EXPECT_EQ(ranking.rows.size() - ranking.positive, 52U);
  EXPECT_EQ(ranking.classes[0].customers, 270);
  EXPECT_EQ(ranking.classes[1].customers, 873);
  EXPECT_EQ(ranking.classes[2].customers, 1'807);
  EXPECT_EQ(format_decimal(*narrow(ranking.total), 4), "3734246.4610");
  EXPECT_EQ((ranking.positive + 4) / 5, 590U);
  EXPECT_NEAR(ranking.top20_share, 0.705543, 5e-7);
  EXPECT_NEAR(ranking.gini, 0.669624, 5e-7);
  double decayed = 0;
  for (const auto& [customer, value] : recent) decayed += value;
  EXPECT_NEAR(decayed / 1e4, 2'589'417.902, 5e-4);
}

// The window is short and few stay away for long: where customers drop out cannot be told.
TEST_P(SharedData, OnlineRetailSaysNothingOfDroppingOut) {
  const std::string file =
      unpacked(GetParam() + "/online-retail/online_retail_2010-12_2011-06.csv.gz");
  std::map<std::pair<std::int64_t, Day>, Units> by_day;
  read(file, [&](const Cells& cells) {
    if (cells[6].empty() || cells[3].starts_with("-") || cells[3] == "0") return;
    const auto customer = *parse_decimal(cells[6], 0);
    const Units amount = *parse_decimal(cells[3], 0) * *parse_decimal(cells[5], 4);
    by_day[{customer, *parse_date(cells[4].substr(0, 10))}] += amount;
  });
  std::vector<PurchaseDay> days;
  for (const auto& [place, spend] : by_day) days.push_back({{place.first}, place.second, spend});
  const records::Window window{*parse_date("2010-12-01"), *parse_date("2011-07-01")};
  const Lifetime lifetime = lifetime_of(buyers_of(days, window), 12, 4);
  EXPECT_EQ(lifetime.purchases.status, LifetimeStatus::no_dropout);
  EXPECT_EQ(lifetime.purchases.model, PurchaseModel::nbd);
  EXPECT_TRUE(lifetime.purchases.converged);
  ASSERT_FALSE(lifetime.rows.empty());
  for (const LifetimeRow& row : lifetime.rows) {
    ASSERT_FALSE(row.p_alive);
    ASSERT_TRUE(row.expected && std::isfinite(*row.expected) && *row.expected >= 0);
  }
  const HoldOut held = hold_out(days, window, *parse_date("2011-05-01"), 4);
  EXPECT_GT(held.customers, 2'000U);
  EXPECT_LT(held.model_error, held.past_error);
}

TEST_P(SharedData, Northwind) {
  std::unordered_map<std::string, std::string> customer_of;
  read(GetParam() + "/northwind/orders.csv",
       [&](const Cells& cells) { customer_of[std::string(cells[0])] = cells[1]; });
  std::unordered_map<std::string, Units> sales;
  read(GetParam() + "/northwind/order_details.csv", [&](const Cells& cells) {
    ASSERT_EQ(cells.size(), 5U);
    const Units kept = 100 - *parse_decimal(cells[4], 2);
    const Units amount = *parse_decimal(cells[2], 2) * *parse_decimal(cells[3], 0) * kept;
    sales[customer_of.at(std::string(cells[0]))] += amount;
  });
  const Ranking ranking = rank(sales);
  EXPECT_EQ(ranking.classes[0].customers, 16);
  EXPECT_EQ(ranking.classes[1].customers, 24);
  EXPECT_EQ(ranking.classes[2].customers, 49);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SharedData);

// 2,875 real names, each as people write it otherwise, and against every other company.
TEST_P(SharedData, RealCompanyNamesAreKnownAgainInOtherSpellings) {
  const std::string path = GetParam() + "/china/szse_listed_companies.csv.gz";
  if (!std::filesystem::exists(path)) return;
  std::map<std::string, std::string> by_essential;  // by essential name
  std::size_t names = 0, spellings = 0, known = 0, wrong = 0, short_names = 0, short_known = 0;
  read(unpacked(path), [&](const Cells& cells) {
    const std::string full(cells.at(1));
    const std::string essential = essential_name(full);
    ++names;
    if (!by_essential.emplace(essential, full).second) ++wrong;
    constexpr std::string_view form = "股份有限公司";
    const std::string stem =
        full.ends_with(form) ? full.substr(0, full.size() - form.size()) : full;
    for (const std::string& other :
         {stem, stem + "有限公司", stem + "（集团）股份有限公司", stem + " (集团) 有限责任公司",
          "【" + stem + "】", "　" + full + "　", full.substr(0, 6) + " " + full.substr(6)}) {
      ++spellings;
      known += essential_name(other) == essential ? 1 : 0;
    }
    ++short_names;
    short_known += essential_name(cells.at(5)) == essential ? 1 : 0;
  });
  EXPECT_GT(names, 2'800u);
  const auto share = [](std::size_t part, std::size_t all) {
    return std::to_string(static_cast<double>(part) / static_cast<double>(all));
  };
  RecordProperty("precision", share(names - wrong, names));
  RecordProperty("recall_of_spellings", share(known, spellings));
  RecordProperty("recall_of_stock_names", share(short_known, short_names));
  EXPECT_EQ(wrong, 0u);
  EXPECT_GE(known * 1000, spellings * 995);
}

INSTANTIATE_TEST_SUITE_P(WhereTheFolderIs, SharedData, ::testing::ValuesIn(folders()),
                         [](const auto&) { return "Read"; });

}  // namespace
}  // namespace linchpin::identify
