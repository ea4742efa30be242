#pragma once

// A ranking as a file for spreadsheets.

#include "identify/account_labels.h"
#include "identify/report_text.h"

namespace linchpin::identify {

constexpr std::size_t max_csv_rows = 1'000'000;  // what a spreadsheet can open

// UTF-8 with a byte order mark, lines end with CRLF, headings in the report's language. Figures are
// exact and unrounded; shares have six digits. A text that a spreadsheet would work out as a
// formula begins with an apostrophe. Error: query_too_expensive beyond max_csv_rows.
Result<std::string> ranking_csv(AccountLabels& labels, const Speech& speech,
                                const RankingRequest& request, const Ranking& ranking);

}  // namespace linchpin::identify
