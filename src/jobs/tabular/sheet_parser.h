#pragma once

// The rows of one worksheet part.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jobs/tabular/number_formats.h"
#include "jobs/tabular/shared_strings.h"
#include "jobs/tabular/table_reader.h"
#include "jobs/tabular/xml_stream.h"

namespace linchpin::tabular {

// "AB12": column 28, row 12. Columns and rows are counted from 1; 0 where the part is missing.
struct CellPlace {
  std::size_t column = 0;
  std::int64_t row = 0;
};
CellPlace parse_place(std::string_view reference);

// Handles the events of a sheet and pauses its stream behind every row that has a value.
class SheetParser final : public XmlHandler {
 public:
  SheetParser(const SharedStrings& strings, const std::vector<NumberKind>& kinds, bool since_1904)
      : strings_(strings), kinds_(kinds), since_1904_(since_1904) {}

  void set_stream(XmlStream* stream) { stream_ = stream; }

  void start(std::string_view name, XmlAttributes attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;

  // The row behind which the stream was paused. Valid until the stream goes on.
  void take_row(Row& row) const;
  const std::optional<Error>& failure() const { return failure_; }
  const std::vector<MergedArea>& merged_areas() const { return merged_areas_; }

 private:
  enum class CellType { number, shared, text, boolean, error };
  // Where the text of a filled cell is: in row_text_ or among the shared strings.
  struct Cell {
    std::size_t column = 0;  // from 1
    const char* shared = nullptr;
    std::size_t offset = 0;
    std::size_t size = 0;
  };

  void start_row(XmlAttributes attributes);
  void start_cell(XmlAttributes attributes);
  void end_cell();
  void end_row();
  void add_shared();
  void add_value();
  void add_cell(Cell cell);
  void add_merged_area(std::string_view reference);
  void fail(Error error);

  const SharedStrings& strings_;
  const std::vector<NumberKind>& kinds_;
  const bool since_1904_;
  XmlStream* stream_ = nullptr;
  std::optional<Error> failure_;

  bool in_data_ = false;
  std::int64_t row_ = 0;
  std::size_t column_ = 0;
  CellType type_ = CellType::number;
  NumberKind kind_ = NumberKind::number;
  bool in_value_ = false;
  bool in_reading_aid_ = false;
  std::string value_;     // of the cell that is being read
  std::string row_text_;  // of the cells that are not shared strings
  std::size_t row_bytes_ = 0;
  std::vector<Cell> cells_;
  std::vector<MergedArea> merged_areas_;
};

}  // namespace linchpin::tabular
