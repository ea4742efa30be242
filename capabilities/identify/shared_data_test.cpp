// Real files, where they lie beside the source tree: the figures that are known of them.

#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "base/company_name.h"
#include "base/date.h"
#include "base/files.h"
#include "base/log.h"
#include "base/test_folder.h"
#include "base/utf8.h"
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

// Opportunities without an account are in no ranking; an amount is there only of what was won.
TEST_P(SharedData, CrmPipeline) {
  const std::string path = GetParam() + "/crm-pipeline/sales_pipeline.csv";
  if (!std::filesystem::exists(path)) return;
  std::unordered_map<std::string, Units> won;
  std::unordered_map<std::string, Units> projects;
  std::int64_t unassigned = 0;
  const Day first = *parse_date("2017-01-01");
  const Day end = *parse_date("2018-01-01");
  read(path, [&](const Cells& cells) {
    ASSERT_EQ(cells.size(), 8U);
    if (cells[3].empty()) {
      ++unassigned;
      return;
    }
    const std::string account(cells[3]);
    if (cells[4] == "Won") won[account] += *parse_decimal(cells[7], 0);
    const auto engaged = parse_date(cells[5]);
    if (engaged && *engaged >= first && *engaged < end) ++projects[account];
  });
  EXPECT_EQ(unassigned, 1'425);
  const Ranking sales = rank(won);
  EXPECT_EQ(sales.positive, 85U);
  EXPECT_EQ(sales.total, 10'005'534);
  EXPECT_EQ(sales.rows.front().value, 341'455);
  EXPECT_EQ(sales.classes[0].customers, 35);
  EXPECT_EQ(sales.classes[1].customers, 30);
  EXPECT_EQ(sales.classes[2].customers, 20);
  EXPECT_NEAR(sales.top20_share, 0.316874, 5e-7);
  EXPECT_NEAR(sales.gini, 0.202111, 5e-7);
  EXPECT_NEAR(sales.hhi, 0.013581, 5e-7);
  const Ranking counted = rank(projects);
  EXPECT_EQ(counted.total, 6'888);
  EXPECT_EQ(counted.rows.front().value, 195);
  EXPECT_EQ(counted.classes[0].customers, 37);
  EXPECT_EQ(counted.classes[1].customers, 29);
  EXPECT_EQ(counted.classes[2].customers, 19);
  EXPECT_NEAR(counted.top20_share, 0.302846, 5e-7);
  EXPECT_NEAR(counted.gini, 0.174131, 5e-7);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SharedData);

// What was found of pairs (another spelling, the company that it means) among all companies.
struct Matched {
  std::size_t pairs = 0;
  std::size_t right = 0;
  std::size_t wrong = 0;  // of another company
  double precision() const {
    return right == 0 ? 0 : static_cast<double>(right) / static_cast<double>(right + wrong);
  }
  double recall() const {
    return pairs == 0 ? 0 : static_cast<double>(right) / static_cast<double>(pairs);
  }
};

// Letters, digits, blanks and brackets as an input method writes them.
std::string full_width(std::string_view text) {
  std::string wide;
  for (const char32_t c : to_code_points(text)) {
    append_utf8(wide, c == U' ' ? 0x3000 : (c > 0x20 && c < 0x7F ? c + 0xFEE0 : c));
  }
  return wide;
}

// By the way in which they differ from the full name.
std::map<std::string, std::string> spellings_of(const std::string& full) {
  constexpr std::string_view form = "股份有限公司";
  const std::string stem = full.ends_with(form) ? full.substr(0, full.size() - form.size()) : full;
  return {{"short name", stem},
          {"other suffix", stem + "有限公司"},
          {"brackets", stem + "（集团）股份有限公司"},
          {"half-width brackets", stem + " (集团) 有限责任公司"},
          {"title brackets", "【" + stem + "】"},
          {"full width", full_width(full)},
          {"blanks", "　" + full.substr(0, 6) + " " + full.substr(6) + "　"}};
}

// The one company that a short name fits best; nothing where there are several.
std::optional<std::size_t> meant_by(const std::string& name, const std::vector<NameParts>& wholes) {
  const NameParts parts = name_parts(name);
  const std::u32string given = short_name(parts);
  std::optional<std::size_t> meant;
  ShortFit best = ShortFit::none;
  for (std::size_t i = 0; i < wholes.size(); ++i) {
    const bool known = !parts.essential.empty() && wholes[i].essential == parts.essential;
    const ShortFit fit = known ? ShortFit::same : short_fit(given, wholes[i]);
    if (fit == ShortFit::none || fit < best) continue;
    if (fit > best) {
      meant = i;
    } else {
      meant.reset();
    }
    best = fit;
  }
  return meant;
}

// 2,875 real names, each as people write it otherwise, looked up among all companies.
TEST_P(SharedData, RealCompanyNamesAreKnownAgainInOtherSpellings) {
  const std::string path = GetParam() + "/china/szse_listed_companies.csv.gz";
  if (!std::filesystem::exists(path)) return;
  std::vector<std::pair<std::string, std::string>> listed;  // full name, stock name
  std::map<std::string, std::string> by_essential;
  read(unpacked(path), [&](const Cells& cells) {
    listed.emplace_back(cells.at(1), cells.at(5));
    by_essential.emplace(essential_name(cells.at(1)), std::string(cells.at(1)));
  });
  ASSERT_GT(listed.size(), 2'800u);
  std::vector<NameParts> wholes;
  for (const auto& [full, stock_name] : listed) wholes.push_back(name_parts(full));
  std::map<std::string, Matched> ways;
  const auto look_up = [&](Matched& matched, const std::string& spelling, const std::string& full) {
    ++matched.pairs;
    const auto found = by_essential.find(essential_name(spelling));
    if (found == by_essential.end()) return;
    ++(found->second == full ? matched.right : matched.wrong);
  };
  for (const auto& [full, stock_name] : listed) {
    for (const auto& [way, spelling] : spellings_of(full)) {
      look_up(ways[way], spelling, full);
      look_up(ways["all spellings"], spelling, full);
    }
    look_up(ways["stock name"], stock_name, full);
    Matched& shortly = ways["stock name as a short one"];
    ++shortly.pairs;
    const auto meant = meant_by(stock_name, wholes);
    if (meant) ++(listed[*meant].first == full ? shortly.right : shortly.wrong);
  }
  for (const auto& [way, matched] : ways) {
    log_info("names_known_again", {{"written_with", way},
                                   {"pairs", std::to_string(matched.pairs)},
                                   {"precision", std::to_string(matched.precision())},
                                   {"recall", std::to_string(matched.recall())}});
  }
  EXPECT_GE(ways["all spellings"].precision(), 0.999);
  EXPECT_GE(ways["all spellings"].recall(), 0.999);
  // A name of four characters for the stock exchange is no spelling: as one it is seldom known, as
  // a short name mostly, and hardly ever taken for another company's.
  EXPECT_GE(ways["stock name"].precision(), 0.99);
  EXPECT_GE(ways["stock name as a short one"].precision(), 0.995);
  EXPECT_GE(ways["stock name as a short one"].recall(), 0.75);
}

INSTANTIATE_TEST_SUITE_P(WhereTheFolderIs, SharedData, ::testing::ValuesIn(folders()),
                         [](const auto&) { return "Read"; });

}  // namespace
}  // namespace linchpin::identify
