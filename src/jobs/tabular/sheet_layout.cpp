#include "jobs/tabular/sheet_layout.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "jobs/tabular/cell_value.h"
#include "jobs/tabular/heading.h"
#include "jobs/tabular/table_error.h"

namespace linchpin::tabular {
namespace {

constexpr std::size_t max_top_rows = 40;  // the heading is within so many filled rows
constexpr std::size_t max_samples = 5;
constexpr std::int64_t sampled_rows = 1'000;
constexpr std::size_t kept_bytes = 256;  // of a sample or a name
constexpr std::size_t label_cells = 2;   // filled cells that may say 合计
constexpr std::size_t max_label_bytes = 64;

// One line, cut at the end of a character.
std::string kept_text(std::string_view text) {
  text = trim(text);
  std::string kept;
  for (const char c : text.substr(0, kept_bytes)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) {
      kept += c;
    } else if (!kept.empty() && kept.back() != ' ') {
      kept += ' ';
    }
  }
  if (text.size() <= kept_bytes) return kept;
  while (!kept.empty() && !is_utf8(kept)) kept.pop_back();
  return kept;
}

std::size_t filled_width(const Row& row) {
  std::size_t width = row.cells.size();
  while (width > 0 && trim(row.cells[width - 1]).empty()) --width;
  return width;
}

enum class Label { none, surely, chinese_ending, english };

// "华东小计" and "Total" may be names as well, so the rest of their row has to agree.
Label total_label(std::string_view text) {
  constexpr std::array<std::string_view, 6> surely{"小计",   "总计",   "累计",
                                                   "总合计", "本页计", "汇总"};
  constexpr std::array<std::string_view, 4> endings{"小计", "合计", "总计", "汇总"};
  constexpr std::array<std::string_view, 4> english{"total", "subtotal", "totals", "sum"};
  const std::string folded = fold(text);
  std::string label;
  for (const char c : folded) {
    if (c != ' ' && c != ':' && c != '-' && c != '\t') label += c;
  }
  if (label.starts_with("合计") || label.starts_with("本页")) return Label::surely;
  if (std::find(surely.begin(), surely.end(), label) != surely.end()) return Label::surely;
  for (const std::string_view word : endings) {
    if (label.ends_with(word)) return Label::chinese_ending;
  }
  if (std::find(english.begin(), english.end(), label) != english.end()) return Label::english;
  return trim(folded).ends_with(" total") ? Label::english : Label::none;
}

// Quickly no for nearly every cell.
bool may_be_total(std::string_view text) {
  constexpr std::string_view last_letters = "lLsSmM:";  // total, totals, sum
  if (text.empty() || text.size() > max_label_bytes) return false;
  if (last_letters.find(text.back()) != std::string_view::npos) return true;
  for (const std::string_view ending : {"计", "总", "："}) {
    if (text.ends_with(ending)) return true;
  }
  return text.starts_with("合");
}

class LayoutSearch {
 public:
  explicit LayoutSearch(const TableReader& reader) : reader_(reader) {}

  void add(const Row& row) {
    const std::size_t width = filled_width(row);
    if (width == 0) return;
    const bool total = is_total_row(row);
    if (top_.size() < max_top_rows) {
      keep(row, width, total);
      return;
    }
    width_ = std::max(width_, width);
    ++(total ? total_rows_ : data_rows_);
    if (!total && data_rows_ <= sampled_rows) sample(row, width);
  }

  Result<SheetLayout> finish() {
    const auto heading = find_heading(top_, reader_.merged_areas());
    if (!heading) return file_error("no_table");
    const std::size_t first = heading->first + heading->rows;
    SheetLayout layout;
    layout.first_data_row = first < top_.size() ? top_[first].number : top_.back().number + 1;
    for (std::size_t i = first; i < top_.size(); ++i) {
      width_ = std::max(width_, top_[i].cells.size());
      ++(top_[i].total ? total_rows_ : data_rows_);
    }
    layout.data_rows = data_rows_;
    layout.total_rows_left_out = total_rows_;
    name_columns(*heading, layout.columns);
    for (std::size_t i = first; i < top_.size(); ++i) {
      if (top_[i].total) continue;
      for (std::size_t c = 0; c < top_[i].cells.size(); ++c) {
        add_sample(layout.columns[c].samples, top_[i].cells[c]);
      }
    }
    for (std::size_t c = 0; c < samples_.size(); ++c) {
      for (const std::string& text : samples_[c]) add_sample(layout.columns[c].samples, text);
    }
    return layout;
  }

 private:
  void keep(const Row& row, std::size_t width, bool total) {
    TopRow kept{row.number, {}, total};
    for (std::size_t c = 0; c < width; ++c) kept.cells.push_back(kept_text(row.cells[c]));
    top_.push_back(std::move(kept));
  }

  static void add_sample(std::vector<std::string>& samples, const std::string& text) {
    if (text.empty() || samples.size() == max_samples) return;
    if (std::find(samples.begin(), samples.end(), text) == samples.end()) samples.push_back(text);
  }

  void sample(const Row& row, std::size_t width) {
    if (samples_.size() < width) samples_.resize(width);
    for (std::size_t c = 0; c < width; ++c) {
      if (samples_[c].size() < max_samples) add_sample(samples_[c], kept_text(row.cells[c]));
    }
  }

  void name_columns(const Heading& heading, std::vector<Column>& columns) const {
    std::size_t width = std::max(width_, heading.names.size());
    while (width > width_ && heading.names[width - 1].empty()) --width;
    std::vector<std::string> names;
    for (std::size_t c = 0; c < width; ++c) {
      const bool named = c < heading.names.size() && !heading.names[c].empty();
      names.push_back(named ? heading.names[c] : "Column " + std::to_string(c + 1));
    }
    const std::set<std::string> given(names.begin(), names.end());
    std::set<std::string> used;
    for (std::size_t c = 0; c < width; ++c) {
      std::string name = names[c];
      for (int i = 2; used.contains(name) || (i > 2 && given.contains(name)); ++i) {
        name = names[c] + " (" + std::to_string(i) + ")";
      }
      used.insert(name);
      columns.push_back({std::move(name), {}, 1});
      if (c < heading.multipliers.size()) columns.back().multiplier = heading.multipliers[c];
    }
  }

  const TableReader& reader_;
  std::vector<TopRow> top_;
  std::size_t width_ = 0;  // of the data
  std::int64_t data_rows_ = 0;
  std::int64_t total_rows_ = 0;
  std::vector<std::vector<std::string>> samples_;  // of rows behind the top
};

}  // namespace

bool is_blank_row(const Row& row) {
  return filled_width(row) == 0;
}

bool is_total_row(const Row& row) {
  Label label = Label::none;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < row.cells.size() && label == Label::none; ++i) {
    const std::string_view text = trim(row.cells[i]);
    if (text.empty()) continue;
    if (++filled > label_cells) return false;
    if (may_be_total(text)) label = total_label(text);
  }
  if (label == Label::none || label == Label::surely) return label == Label::surely;
  // Beside its label, and what stands before a Chinese one, such a row has nothing but figures.
  std::size_t words = 0;
  for (const std::string_view text : row.cells) {
    words += !trim(text).empty() && !read_number(text, scale_of_any_number);
  }
  return words <= (label == Label::english ? 1 : filled);
}

Result<SheetLayout> find_layout(const std::string& path) {
  LP_TRY(const auto reader, open_table(path));
  LayoutSearch search(*reader);
  Row row;
  for (;;) {
    LP_TRY(const bool more, reader->next(row));
    if (!more) return search.finish();
    search.add(row);
  }
}

}  // namespace linchpin::tabular
