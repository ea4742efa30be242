#include "identify/ranking_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "jobs/tabular/csv_text.h"

namespace linchpin::identify {

using tabular::append_csv_cell;
using tabular::csv_line_end;

namespace {

constexpr std::size_t rows_at_once = 10'000;
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
    append_csv_cell(out, heading);
  }
  out += csv_line_end;
}

}  // namespace

Result<std::string> ranking_csv(AccountLabels& labels, const Speech& speech,
                                const RankingRequest& request, const Ranking& ranking) {
  if (ranking.rows.size() > max_csv_rows) return Error::of(ErrorCode::query_too_expensive);
  records::Records& records = labels.records();
  const int scale = measure_scale(*records.schema(), request.measure.measure);
  std::string out(tabular::byte_order_mark);
  append_headings(out, speech, value_heading(speech, request, records.frame().currency));
  for (std::size_t begin = 0; begin < ranking.rows.size(); begin += rows_at_once) {
    const std::size_t end = std::min(begin + rows_at_once, ranking.rows.size());
    LP_TRY(const std::vector<AccountLabel> named, labels.of(ranking, begin, end));
    for (std::size_t i = begin; i < end; ++i) {
      const RankedCustomer& row = ranking.rows[i];
      out += std::to_string(i + 1) + ",";
      append_csv_cell(out, named[i - begin].code);
      out += ',';
      append_csv_cell(out, named[i - begin].name);
      out += ',';
      append_decimal(out, row.value, scale);
      out += i < ranking.positive ? fmt::format(",{:.6f},{:.6f},", row.share, row.cumulative_share)
                                  : std::string(",,,");
      append_csv_cell(out, request.classes[row.class_index].name);
      out += csv_line_end;
    }
  }
  return out;
}

}  // namespace linchpin::identify
