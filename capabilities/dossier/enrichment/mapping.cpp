#include "dossier/enrichment/mapping.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "base/utf8.h"
#include "dossier/credit_code.h"
#include "records/row.h"

namespace linchpin::dossier {

namespace {

using records::Field;
using records::FieldType;

constexpr std::size_t max_raw_bytes = 200;
constexpr std::size_t bytes_of_date = 10;
constexpr int digits_of_per_cent = 2;

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    parts.emplace_back(path.substr(0, dot));
    if (dot == path.size()) return parts;
    path.remove_prefix(dot + 1);
  }
}

FieldProblem problem_of(std::string code, ErrorParams params) {
  return {"", "", std::move(code), std::move(params)};
}

std::string text_of_scalar(const json::value& theirs) {
  if (theirs.is_string()) return std::string(trim(std::string_view(theirs.get_string())));
  return theirs.is_number() ? json::serialize(theirs) : std::string();
}

// Takes the ending off where it is there.
bool takes_off(std::string& text, std::string_view ending) {
  if (!text.ends_with(ending)) return false;
  text.resize(text.size() - ending.size());
  return true;
}

// "1,234.5万人民币" → 12345000, "12.5%" → 0.125, in units of the scale.
std::optional<std::string> amount_of(std::string text, int scale) {
  for (std::size_t at = text.find(','); at != text.npos; at = text.find(',', at)) text.erase(at, 1);
  for (const std::string_view word : {"（人民币）", "人民币", "元", "CNY", "RMB"}) {
    while (takes_off(text, word)) text = trimmed(text);
  }
  Units factor = 1;
  const bool per_cent = takes_off(text, "%") || takes_off(text, "％");
  if (takes_off(text, "亿")) {
    factor = power_of_ten(8);
  } else if (takes_off(text, "万")) {
    factor = power_of_ten(4);
  }
  const auto units = parse_decimal_rounded(trim(text), max_decimal_scale);
  if (!units) return std::nullopt;
  const int digits = max_decimal_scale - scale + (per_cent ? digits_of_per_cent : 0);
  const WideUnits wide = round_half_even(WideUnits{*units} * factor, digits);
  const auto amount = narrow(wide);
  if (!amount) return std::nullopt;
  return format_decimal(*amount, scale);
}

std::optional<std::string> date_of(const json::value& theirs, const TimeZone& zone) {
  if (theirs.is_int64()) return format_date(zone.local_day(theirs.get_int64()));
  std::string text = text_of_scalar(theirs);
  std::replace(text.begin(), text.end(), '/', '-');
  const auto day = parse_date(std::string_view(text).substr(0, bytes_of_date));
  if (!day) return std::nullopt;
  return format_date(*day);
}

std::optional<json::value> read_scalar(const Field& field, const json::value& theirs,
                                       const TimeZone& zone) {
  const std::string text = text_of_scalar(theirs);
  switch (field.type) {
    case FieldType::date:
      if (const auto date = date_of(theirs, zone)) return json::value(*date);
      return std::nullopt;
    case FieldType::money:
    case FieldType::decimal:
    case FieldType::percent:
      if (const auto amount = amount_of(text, field.scale)) return json::value(*amount);
      return std::nullopt;
    case FieldType::integer: {
      std::string digits = text;
      takes_off(digits, "人");
      std::int64_t number = 0;
      const char* end = digits.data() + digits.size();
      if (std::from_chars(digits.data(), end, number).ptr != end) return std::nullopt;
      return json::value(number);
    }
    case FieldType::select:
      for (const records::Option& option : field.options) {
        const bool named =
            text == option.key || text == option.label.zh_cn || text == option.label.en;
        if (named) return json::value(option.key);
      }
      return std::nullopt;
    default:
      return json::value(field.api_name == "credit_code" ? plain_credit_code(text) : text);
  }
}

}  // namespace

bool is_plain(const Field& field) {
  constexpr std::array types{FieldType::text,    FieldType::long_text, FieldType::integer,
                             FieldType::money,   FieldType::date,      FieldType::select,
                             FieldType::email,   FieldType::phone,     FieldType::url,
                             FieldType::decimal, FieldType::percent};
  return !field.system && !field.read_only && !field.compute && !field.retired && field.stored &&
         field.sensitivity == records::Sensitivity::normal &&
         std::find(types.begin(), types.end(), field.type) != types.end();
}

tl::expected<std::vector<MappedField>, FieldProblem> read_mapping(const records::Object& account,
                                                                  std::string_view text) {
  std::vector<MappedField> mapping;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t equals = std::min(line.find('='), line.size());
    const std::string name = trimmed(std::string_view(line).substr(0, equals));
    const std::string path =
        equals < line.size() ? trimmed(std::string_view(line).substr(equals + 1)) : std::string();
    MappedField mapped{account.field(name), parts_of(path)};
    const bool whole = std::none_of(mapped.path.begin(), mapped.path.end(),
                                    [](const std::string& part) { return part.empty(); });
    if (!whole || mapped.path.size() > max_path_parts || mapping.size() == max_mapped_fields) {
      return tl::unexpected(problem_of("mapping_line", {{"line", std::to_string(number)}}));
    }
    if (!mapped.field || !is_plain(*mapped.field)) {
      return tl::unexpected(
          problem_of("mapping_field", {{"line", std::to_string(number)}, {"field", name}}));
    }
    mapping.push_back(std::move(mapped));
  }
  return mapping;
}

const json::value* value_at(const json::value& document, const std::vector<std::string>& path) {
  const json::value* at = &document;
  for (const std::string& part : path) {
    if (at->is_object()) {
      at = at->get_object().if_contains(part);
    } else if (at->is_array()) {
      std::size_t place = 0;
      const char* end = part.data() + part.size();
      const bool counts = std::from_chars(part.data(), end, place).ptr == end;
      at = counts ? at->get_array().if_contains(place) : nullptr;
    } else {
      at = nullptr;
    }
    if (!at) return nullptr;
  }
  return at;
}

std::optional<json::value> understood(const Field& field, const json::value& theirs,
                                      const TimeZone& zone) {
  if (theirs.is_null()) return json::value();
  const std::string text = text_of_scalar(theirs);
  if (theirs.is_string() && (text.empty() || text == "-" || text == "—")) return json::value();
  if (!theirs.is_string() && !theirs.is_number()) return std::nullopt;
  std::optional<json::value> value = read_scalar(field, theirs, zone);
  if (!value || !records::read_value(field, *value)) return std::nullopt;
  const bool wrong_code =
      field.api_name == "credit_code" && !is_credit_code(std::string_view(value->get_string()));
  if (wrong_code) return std::nullopt;
  return value;
}

std::string raw_text(const json::value& theirs) {
  const std::string text = theirs.is_string() ? text_of_scalar(theirs) : json::serialize(theirs);
  if (text.size() <= max_raw_bytes) return text;
  std::size_t end = max_raw_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

}  // namespace linchpin::dossier
