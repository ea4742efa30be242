#include "jobs/tabular/csv_dialect.h"

#include <array>
#include <cstddef>
#include <map>
#include <optional>

namespace linchpin::tabular {
namespace {

constexpr std::string_view delimiters = ",\t;";
constexpr int max_lines_looked_at = 100;

using Counts = std::array<int, delimiters.size()>;

// Walks over the first lines, as far as that is possible without knowing the delimiter.
class DialectGuess {
 public:
  explicit DialectGuess(std::string_view head) : head_(head) {}

  CsvDialect guess() {
    while (at_ < head_.size() && lines_ < max_lines_looked_at) step();
    if (lines_ == 0) end_line();
    return {best_delimiter(), line_end_.value_or('\n')};
  }

 private:
  void step() {
    const char c = head_[at_];
    if (c == '"' && at_cell_start_) {
      skip_quoted();
      return;
    }
    const std::size_t delimiter = delimiters.find(c);
    at_cell_start_ = delimiter != std::string_view::npos || c == '\n' || c == '\r';
    if (delimiter != std::string_view::npos) ++counts_[delimiter];
    if (c == '\r' && !line_end_) {
      const bool line_feed_follows = at_ + 1 < head_.size() && head_[at_ + 1] == '\n';
      line_end_ = line_feed_follows ? '\n' : '\r';
    }
    if (c == '\n' && !line_end_) line_end_ = '\n';
    if (c == line_end_) end_line();
    ++at_;
  }

  void skip_quoted() {
    at_cell_start_ = false;
    for (++at_; at_ < head_.size(); ++at_) {
      if (head_[at_] != '"') continue;
      if (at_ + 1 == head_.size() || head_[at_ + 1] != '"') break;
      ++at_;
    }
    if (at_ < head_.size()) ++at_;
  }

  void end_line() {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] > 0) ++lines_with_[i][counts_[i]];
    }
    counts_ = {};
    ++lines_;
  }

  char best_delimiter() const {
    std::size_t best = 0;
    int best_lines = 0;
    int best_count = 0;
    for (std::size_t i = 0; i < delimiters.size(); ++i) {
      for (const auto& [count, lines] : lines_with_[i]) {
        if (lines < best_lines || (lines == best_lines && count <= best_count)) continue;
        best = i;
        best_lines = lines;
        best_count = count;
      }
    }
    return delimiters[best];
  }

  std::string_view head_;
  std::size_t at_ = 0;
  bool at_cell_start_ = true;
  int lines_ = 0;
  Counts counts_{};
  std::array<std::map<int, int>, delimiters.size()> lines_with_;  // count in a line → lines
  std::optional<char> line_end_;
};

}  // namespace

CsvDialect guess_dialect(std::string_view head) {
  return DialectGuess(head).guess();
}

}  // namespace linchpin::tabular
