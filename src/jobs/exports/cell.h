#pragma once

// One value of a record as a cell of a table: what a person reads, and what a spreadsheet counts
// with.

#include <string>

#include "base/date.h"
#include "base/json.h"
#include "base/locale.h"
#include "records/schema.h"

namespace linchpin::exports {

struct Cell {
  enum class Kind { empty, text, number, percent, date, datetime, boolean } kind = Kind::empty;
  std::string text;        // as a person reads it; all that a CSV has
  std::int64_t value = 0;  // number, percent: units of 10^-scale; date: Day; datetime: wall clock
  int scale = 0;
};

// How the reader of a table speaks, and what his clock shows.
struct Manner {
  const Texts& texts;
  Language language = Language::zh_cn;
  const TimeZone& zone;
};

// `value` is in API form. Options become their labels, ids stay ids.
Cell make_cell(const Manner& manner, const records::Field& field, const json::value& value);

// Between the texts of a cell that holds several.
constexpr std::string_view list_separator = "; ";

}  // namespace linchpin::exports
