#include "jobs/exports/cell.h"

#include "base/decimal.h"
#include "base/wall_clock.h"

namespace linchpin::exports {

using records::Field;
using records::FieldType;

namespace {

constexpr std::int64_t milliseconds_per_second = 1'000;

std::string string_of(const json::value& value) {
  const json::string& text = value.get_string();
  return std::string(text.data(), text.size());
}

Cell text_cell(std::string text) {
  Cell cell;
  cell.kind = text.empty() ? Cell::Kind::empty : Cell::Kind::text;
  cell.text = std::move(text);
  return cell;
}

Cell number_cell(Cell::Kind kind, std::int64_t units, int scale) {
  return {kind, format_decimal(units, scale), units, scale};
}

Cell option_cell(const Manner& manner, const Field& field, std::string key) {
  const records::Option* option = field.option(key);
  return text_cell(option ? option->label.in(manner.language) : std::move(key));
}

// "2026-11-21 16:00:00": without a zone, so that it reads back as a time of the workspace.
Cell moment_cell(const Manner& manner, Instant instant) {
  const std::int64_t shown = wall_clock(manner.zone, instant);
  std::string text = format_instant(shown - shown % milliseconds_per_second);
  constexpr std::size_t date_and_time = 19;
  text.resize(date_and_time);
  text[text.find('T')] = ' ';
  return {Cell::Kind::datetime, std::move(text), shown, 0};
}

Cell cell_of_text(const Manner& manner, const Field& field, std::string text) {
  switch (field.type) {
    case FieldType::decimal:
    case FieldType::money:
    case FieldType::percent:
      if (const auto units = parse_decimal(text, field.scale)) {
        const bool percent = field.type == FieldType::percent;
        return number_cell(percent ? Cell::Kind::percent : Cell::Kind::number, *units, field.scale);
      }
      break;
    case FieldType::date:
      if (const auto day = parse_date(text)) return {Cell::Kind::date, std::move(text), *day, 0};
      break;
    case FieldType::datetime:
      if (const auto instant = parse_instant(text)) return moment_cell(manner, *instant);
      break;
    case FieldType::select:
      return option_cell(manner, field, std::move(text));
    default:
      break;
  }
  return text_cell(std::move(text));
}

}  // namespace

Cell make_cell(const Manner& manner, const Field& field, const json::value& value) {
  if (value.is_string()) return cell_of_text(manner, field, string_of(value));
  if (value.is_int64()) return number_cell(Cell::Kind::number, value.get_int64(), 0);
  if (value.is_bool()) {
    const bool yes = value.get_bool();
    return {Cell::Kind::boolean,
            manner.texts.text(manner.language, yes ? "export.yes" : "export.no"), yes ? 1 : 0, 0};
  }
  if (value.is_array() && field.type != FieldType::json) {
    std::string joined;
    for (const json::value& item : value.get_array()) {
      if (!joined.empty()) joined += list_separator;
      if (!item.is_string()) continue;
      joined += field.type == FieldType::multi_select
                    ? option_cell(manner, field, string_of(item)).text
                    : string_of(item);
    }
    return text_cell(std::move(joined));
  }
  return value.is_null() ? Cell() : text_cell(json::serialize(value));
}

}  // namespace linchpin::exports
