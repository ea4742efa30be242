#include "jobs/tabular/heading.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "jobs/tabular/cell_value.h"
#include "jobs/tabular/heading_unit.h"

namespace linchpin::tabular {
namespace {

// Rows with dates and names of the report may be as wide as a table; a heading below them is wider.
constexpr std::size_t max_report_rows = 5;

const std::string& cell(const TopRow& row, std::size_t column) {
  static const std::string empty;
  return column < row.cells.size() ? row.cells[column] : empty;
}

std::size_t filled_cells(const TopRow& row) {
  const auto filled = [](const std::string& text) { return !text.empty(); };
  return static_cast<std::size_t>(std::count_if(row.cells.begin(), row.cells.end(), filled));
}

std::size_t different_cells(const TopRow& row) {
  std::set<std::string> texts(row.cells.begin(), row.cells.end());
  texts.erase("");
  return texts.size();
}

bool is_value(const std::string& text) {
  const auto number = read_number(text, scale_of_any_number);
  if (number || number.error().detail == "number_too_large") return true;
  const auto date = read_date(text);
  return date || date.error().detail == "no_such_date";
}

// Years and days of a month are names of columns when they count up or down: 2023, 2024, 2025.
bool count_up_or_down(const std::vector<const std::string*>& values) {
  std::vector<int> numbers;
  for (const std::string* text : values) {
    int number = 0;
    const char* const end = text->data() + text->size();
    const auto [read_to, problem] = std::from_chars(text->data(), end, number);
    if (problem != std::errc() || read_to != end) return false;
    numbers.push_back(number);
  }
  if (numbers.size() < 2) return false;
  const int step = numbers[1] - numbers[0];
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i] - numbers[i - 1] != step) return false;
  }
  return step == 1 || step == -1;
}

bool holds_names(const TopRow& row) {
  std::vector<const std::string*> values;
  for (const std::string& text : row.cells) {
    if (!text.empty() && is_value(text)) values.push_back(&text);
  }
  if (values.empty()) return true;
  return values.size() < filled_cells(row) && count_up_or_down(values);
}

// "制表人：张三" is a remark of the report, no name of a column.
bool holds_remarks(const TopRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& text) {
    return text.find("：") != std::string::npos || text.find(':') != std::string::npos;
  });
}

TopRow* find_row(std::vector<TopRow>& rows, std::int64_t number) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const TopRow& row) { return row.number == number; });
  return found == rows.end() ? nullptr : &*found;
}

// Repeats the value of each merged area in all its cells, no further than the rows reach.
void spread(std::vector<TopRow>& rows, const std::vector<MergedArea>& areas) {
  std::size_t width = 0;
  for (const TopRow& row : rows) width = std::max(width, row.cells.size());
  for (const MergedArea& area : areas) {
    const TopRow* first = find_row(rows, area.first_row);
    if (!first || area.first_column > width) continue;
    const std::string value = cell(*first, area.first_column - 1);
    const std::size_t end = std::min(width, area.last_column);
    for (TopRow& row : rows) {
      if (row.number < area.first_row || row.number > area.last_row) continue;
      row.cells.resize(std::max(row.cells.size(), end));
      std::fill(row.cells.begin() + static_cast<std::ptrdiff_t>(area.first_column - 1),
                row.cells.begin() + static_cast<std::ptrdiff_t>(end), value);
    }
  }
}

class HeadingSearch {
 public:
  HeadingSearch(std::vector<TopRow> rows, const std::vector<MergedArea>& areas)
      : rows_(std::move(rows)), areas_(areas) {
    spread(rows_, areas_);
  }

  std::optional<Heading> find() {
    std::size_t widest = 0;
    for (const TopRow& row : rows_) widest = std::max(widest, breadth(row));
    const std::size_t wide = std::max(std::min<std::size_t>(2, widest), (widest * 3 + 4) / 5);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (is_over_two_rows(i, wide)) return two_rows(i);
      if (breadth(rows_[i]) < wide) continue;
      if (holds_names(rows_[i])) return one_row(i);
      const std::size_t below = heading_below(i);
      return below == i ? Heading{i, 0, {}, {}} : one_row(below);
    }
    return std::nullopt;
  }

 private:
  bool spreads_across(const TopRow& row) const {
    return std::any_of(areas_.begin(), areas_.end(), [&](const MergedArea& area) {
      const bool holds_row = area.first_row <= row.number && row.number <= area.last_row;
      return holds_row && area.last_column > area.first_column;
    });
  }

  // A title that is merged over the whole table is one cell.
  std::size_t breadth(const TopRow& row) const {
    return spreads_across(row) ? different_cells(row) : filled_cells(row);
  }

  // The row of names that ends the remarks beginning at `from`; `from` itself when there is none.
  std::size_t heading_below(std::size_t from) const {
    std::size_t widest = filled_cells(rows_[from]);
    const std::size_t end = std::min(rows_.size(), from + 1 + max_report_rows);
    for (std::size_t i = from + 1; i < end; ++i) {
      const std::size_t filled = filled_cells(rows_[i]);
      if (filled > widest && holds_names(rows_[i])) return i;
      widest = std::max(widest, filled);
    }
    return from;
  }

  bool is_over_two_rows(std::size_t i, std::size_t wide) const {
    if (i + 1 >= rows_.size()) return false;
    const TopRow& upper = rows_[i];
    const TopRow& lower = rows_[i + 1];
    if (lower.number != upper.number + 1 || different_cells(upper) < 2) return false;
    if (holds_remarks(upper) || !holds_names(upper) || !holds_names(lower)) return false;
    std::size_t named = 0;
    for (std::size_t c = 0; c < std::max(upper.cells.size(), lower.cells.size()); ++c) {
      named += !cell(upper, c).empty() || !cell(lower, c).empty();
    }
    if (named < wide) return false;
    return is_merged_group(upper) || (groups_fit(upper, lower) && values_follow(i + 1));
  }

  // Some columns of the row are merged, or it is merged with the next one.
  bool is_merged_group(const TopRow& upper) const {
    return std::any_of(areas_.begin(), areas_.end(), [&](const MergedArea& area) {
      if (area.first_row != upper.number) return false;
      const bool across = area.last_row == area.first_row && area.last_column > area.first_column;
      return across || area.last_row == area.first_row + 1;
    });
  }

  // Without merged areas, as in a CSV: each name of a group stands over its first column and all
  // columns of the group have names below; a name that stands alone has none below.
  static bool groups_fit(const TopRow& upper, const TopRow& lower) {
    const std::size_t width = std::max(upper.cells.size(), lower.cells.size());
    bool has_group = false;
    for (std::size_t from = 0; from < width;) {
      std::size_t to = from + 1;
      while (to < width && cell(upper, to).empty()) ++to;
      const bool single = to == from + 1;
      for (std::size_t c = from; c < to; ++c) {
        if (cell(lower, c).empty() != (single && !cell(upper, from).empty())) return false;
      }
      has_group |= !single;
      from = to;
    }
    return has_group;
  }

  // Below the names are values, at least in one column.
  bool values_follow(std::size_t i) const {
    if (i + 1 >= rows_.size()) return false;
    const auto& cells = rows_[i + 1].cells;
    return std::any_of(cells.begin(), cells.end(),
                       [](const std::string& text) { return !text.empty() && is_value(text); });
  }

  Heading one_row(std::size_t i) const {
    Heading heading{i, 1, rows_[i].cells, {}};
    for (const std::string& name : heading.names) {
      heading.multipliers.push_back(unit_multiplier(name));
    }
    return heading;
  }

  Heading two_rows(std::size_t i) const {
    Heading heading{i, 2, {}, {}};
    const TopRow& lower = rows_[i + 1];
    const std::size_t width = std::max(rows_[i].cells.size(), lower.cells.size());
    const bool merged = is_merged_group(rows_[i]);
    std::string group;
    for (std::size_t c = 0; c < width; ++c) {
      const std::string& above = cell(rows_[i], c);
      if (merged || !above.empty()) group = above;
      const std::string& name = cell(lower, c);
      const double multiplier = unit_multiplier(name);
      heading.multipliers.push_back(multiplier != 1 ? multiplier : unit_multiplier(group));
      if (name.empty() || group.empty() || name == group) {
        heading.names.push_back(name.empty() ? group : name);
      } else {
        heading.names.push_back(group + " " + name);
      }
    }
    return heading;
  }

  std::vector<TopRow> rows_;
  const std::vector<MergedArea>& areas_;
};

}  // namespace

std::optional<Heading> find_heading(std::vector<TopRow> rows,
                                    const std::vector<MergedArea>& areas) {
  return HeadingSearch(std::move(rows), areas).find();
}

}  // namespace linchpin::tabular
