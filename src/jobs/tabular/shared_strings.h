#pragma once

// The table of texts that the cells of a workbook refer to: one arena, no string objects.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "jobs/tabular/zip_archive.h"

namespace linchpin::tabular {

// Replaces the "_x000D_" escapes by which a workbook writes control characters.
void unescape_controls(std::string& text);

class SharedStrings {
 public:
  // Texts and their places together; what a bigger workbook holds is better sent as CSV.
  static constexpr std::size_t max_bytes = 96 << 20;

  // A workbook without such a part has no shared texts. Errors: `too_much_text` {limit}, those of
  // XmlStream.
  Status load(ZipArchive& archive, const std::string& part, std::size_t byte_limit = max_bytes);

  std::size_t size() const { return places_.size(); }
  // Valid as long as this object. A text beyond max_cell_bytes comes cut, one byte longer than
  // allowed.
  std::string_view at(std::size_t index) const;

  // False when the limit is reached.
  bool add(std::string_view text, std::size_t byte_limit);

 private:
  static constexpr std::size_t block_bytes = 1 << 20;

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = block_bytes;  // of the last block
  // Of each text, counted through all blocks; its size stands in front of it.
  std::deque<std::uint32_t> places_;
};

}  // namespace linchpin::tabular
