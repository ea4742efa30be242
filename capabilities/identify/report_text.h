#pragma once

// Figures in the words of a report: rounded for people only here, after all arithmetic.

#include <string>

#include "base/locale.h"
#include "identify/ranking_request.h"

namespace linchpin::identify {

// A report in one language.
struct Speech {
  const Texts& texts;
  Language language;

  std::string text(std::string_view key, const ErrorParams& params = {}) const {
    return texts.text(language, key, params);
  }
};

std::string count_text(std::int64_t count);            // 12,345
std::string share_text(double share, int digits = 1);  // 70.6%
std::string index_text(double index);                  // 0.6696

// The unit that all amounts of one report are shown in, by the largest of them: 元, 万元, 亿元;
// in English the currency, thousands or millions of it.
struct AmountFormat {
  int scale = 0;     // of the amounts
  int exponent = 0;  // of the unit: 4 = 万
  int digits = 2;    // after the point
  std::string unit;  // empty for plain numbers

  std::string text(WideUnits amount) const;       // 373.42
  std::string with_unit(WideUnits amount) const;  // 373.42 万元
};

AmountFormat amount_format(const Speech& speech, const MeasureRequest& measure, int scale,
                           const std::string& currency, WideUnits largest);

std::string measure_text(const Speech& speech, Measure measure);  // 发货额
// What the amounts stand on: 不含税，CNY. Empty for what is no money.
std::string basis_text(const Speech& speech, const MeasureRequest& measure,
                       const std::string& currency);
// The first day and the last: 2010-12-01 至 2011-06-30.
std::string window_text(const Speech& speech, records::Window window);

// Names one after the other, long ones shortened; `more` says that there are others.
std::string names_text(const Speech& speech, const std::vector<std::string>& names, bool more);

// At most `limit` code points, the last of them an ellipsis where something is left out.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace linchpin::identify
