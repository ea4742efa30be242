#include <zlib.h>

#include "base/environment.h"
#include "base/locale.h"
#include "jobs/tabular/column_guess.h"
#include "jobs/tabular/sheet_layout.h"
#include "jobs/tabular/test_files.h"

namespace linchpin::tabular {
namespace {

// Published sales files that may lie beside the source; where they do not, nothing is checked.
std::string data_file(const std::string& name) {
  std::string folder = environment("LINCHPIN_SHARED_DATA");
  if (folder.empty()) folder = std::string(LINCHPIN_SOURCE_DIR) + "/../shared/data";
  const std::string path = folder + "/" + name;
  return std::filesystem::exists(path) ? path : "";
}

void unpack(const std::string& from, const std::string& to) {
  gzFile packed = gzopen(from.c_str(), "rb");
  std::ofstream file(to, std::ios::binary);
  std::vector<char> block(1 << 16);
  int size = 0;
  while ((size = gzread(packed, block.data(), static_cast<unsigned>(block.size()))) > 0) {
    file.write(block.data(), size);
  }
  gzclose(packed);
}

TEST(RealFiles, OnlineRetail) {
  const std::string packed = data_file("online-retail/online_retail_2010-12_2011-06.csv.gz");
  if (packed.empty()) return;
  const TestFile file;
  unpack(packed, file.path());
  const auto layout = find_layout(file.path());
  ASSERT_TRUE(layout) << layout.error().detail;
  EXPECT_EQ(layout->data_rows, 245'903);
  EXPECT_EQ(layout->total_rows_left_out, 0);
  EXPECT_EQ(layout->first_data_row, 2);
  EXPECT_EQ(guess_fields(layout->columns),
            (std::vector<std::string>{"order", "product", "product.name", "quantity", "ordered_on",
                                      "unit_price", "account", "account.region"}));
}

TEST(RealFiles, NorthwindAndChineseLists) {
  const std::vector<std::pair<std::string, std::int64_t>> files{
      {"northwind/orders.csv", 830},        {"northwind/order_details.csv", 2'155},
      {"northwind/customers.csv", 91},      {"crm-pipeline/sales_pipeline.csv", 8'800},
      {"china/divisions_areas.csv", 2'978}, {"china/public_holidays_2004_2026.csv", 920}};
  for (const auto& [name, rows] : files) {
    const std::string path = data_file(name);
    if (path.empty()) continue;
    const auto layout = find_layout(path);
    ASSERT_TRUE(layout) << name << ' ' << layout.error().detail;
    EXPECT_EQ(layout->data_rows, rows) << name;
    EXPECT_EQ(layout->first_data_row, 2) << name;
  }
}

TEST(TabularTexts, EveryProblemHasItsTextInBothLanguages) {
  Texts texts;
  const std::string source = std::string(LINCHPIN_SOURCE_DIR) + "/src/";
  ASSERT_TRUE(texts.load_folder(source + "base"));
  ASSERT_TRUE(texts.load_folder(source + "jobs/tabular"));
  for (const std::string code :
       {"file_unreadable", "empty_file",       "unknown_encoding",   "wrong_encoding",
        "broken_quote",    "too_many_columns", "cell_too_long",      "row_too_long",
        "too_many_rows",   "not_a_workbook",   "workbook_encrypted", "unpacks_too_large",
        "too_many_parts",  "too_much_text",    "no_sheet",           "no_table",
        "wrong_number",    "number_too_large", "wrong_date",         "no_such_date",
        "wrong_boolean"}) {
    EXPECT_TRUE(texts.has("problem." + code)) << code;
  }
}

}  // namespace
}  // namespace linchpin::tabular
