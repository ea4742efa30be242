#pragma once

// Screening of potential by letters: each has questions, answered from 0 to 5, and a cut-off that
// its weighted share of the points must reach. PASA, which the product ships, is a proposal; the
// administrator's own letters, questions and cut-offs stand in `screening_template`. Pure.

#include <map>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/json.h"
#include "base/result.h"

namespace linchpin::identify {

constexpr std::int64_t best_answer = 5;
constexpr int screening_scale = 2;
constexpr std::size_t max_screening_letters = 12;
constexpr std::size_t max_screening_questions = 20;  // of one letter

struct ScreeningQuestion {
  std::string key;
  json::value text{};  // a text, or one for each language; null: shipped
  std::int64_t weight = 1;
};

struct ScreeningLetter {
  std::string letter;
  json::value meaning{};
  Units cut_off = 0;  // 0–100, two digits
  std::vector<ScreeningQuestion> questions{};
};

using ScreeningLetters = std::vector<ScreeningLetter>;

// The product's PASA.
ScreeningLetters shipped_screening();
// Error: validation_failed with the place below `pointer`: `wrong_screening`, `out_of_range`.
Result<ScreeningLetters> read_screening(const json::value& letters, const std::string& pointer);

struct LetterResult {
  std::string letter;
  Units score = 0;  // 0–100, two digits
  bool passed = false;
};
// In the order of the letters. A question without an answer has no points.
std::vector<LetterResult> screen(const ScreeningLetters& letters,
                                 const std::map<std::string, std::int64_t>& answers);

}  // namespace linchpin::identify
