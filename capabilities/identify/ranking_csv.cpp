#include "identify/ranking_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace linchpin::identify {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view line_end = "\r\n";
constexpr std::size_t rows_at_once = 10'000;
// What begins a formula, also in the full width in which Chinese input writes it.
constexpr std::array formula_signs{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};

bool is_formula(std::string_view text) {
  return std::any_of(formula_signs.begin(), formula_signs.end(),
                     [&](const char* sign) { return text.starts_with(sign); });
}

std::string value_heading(const Speech& speech, const RankingRequest& request,
                          const std::string& currency) {
  const std::string basis = basis_text(speech, request.measure, currency);
  const std::string name = measure_text(speech, request.measure.measure);
  if (basis.empty()) return name;
  return speech.text("identify.csv.value", {{"measure", name}, {"basis", basis}});
}

void append_headings(std::string& out, const Speech& speech, const std::string& value) {
  const std::array headings{
      speech.text("identify.csv.rank"),  speech.text("identify.csv.code"),
      speech.text("identify.csv.name"),  value,
      speech.text("identify.csv.share"), speech.text("identify.csv.cumulative"),
      speech.text("identify.csv.class")};
  for (const std::string& heading : headings) {
    if (&heading != &headings.front()) out += ',';
    append_csv_text(out, heading);
  }
  out += line_end;
}

}  // namespace

void append_csv_text(std::string& out, std::string_view text) {
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out += '"';
  if (is_formula(text)) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
}

Result<std::string> ranking_csv(AccountLabels& labels, const Speech& speech,
                                const RankingRequest& request, const Ranking& ranking) {
  if (ranking.rows.size() > max_csv_rows) return Error::of(ErrorCode::query_too_expensive);
  records::Records& records = labels.records();
  const int scale = measure_scale(*records.schema(), request.measure.measure);
  std::string out(byte_order_mark);
  append_headings(out, speech, value_heading(speech, request, records.frame().currency));
  for (std::size_t begin = 0; begin < ranking.rows.size(); begin += rows_at_once) {
    const std::size_t end = std::min(begin + rows_at_once, ranking.rows.size());
    LP_TRY(const std::vector<AccountLabel> named, labels.of(ranking, begin, end));
    for (std::size_t i = begin; i < end; ++i) {
      const RankedCustomer& row = ranking.rows[i];
      out += std::to_string(i + 1) + ",";
      append_csv_text(out, named[i - begin].code);
      out += ',';
      append_csv_text(out, named[i - begin].name);
      out += ',';
      append_decimal(out, row.value, scale);
      out += i < ranking.positive ? fmt::format(",{:.6f},{:.6f},", row.share, row.cumulative_share)
                                  : std::string(",,,");
      append_csv_text(out, request.classes[row.class_index].name);
      out += line_end;
    }
  }
  return out;
}

}  // namespace linchpin::identify
