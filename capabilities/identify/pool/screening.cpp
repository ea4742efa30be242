#include "identify/pool/screening.h"

#include <array>
#include <set>

#include "identify/request_parts.h"

namespace linchpin::identify {

namespace {

constexpr Units whole_screening = 100 * power_of_ten(screening_scale);
constexpr std::int64_t max_question_weight = 100;

struct ShippedLetter {
  std::string_view letter;
  std::array<std::string_view, 3> questions;
};

// Potential, affinity, strategic value, accessibility.
constexpr std::array shipped_letters{
    ShippedLetter{"P", {"p_volume", "p_growth", "p_share"}},
    ShippedLetter{"A", {"a_need", "a_quality", "a_values"}},
    ShippedLetter{"S", {"s_influence", "s_industry", "s_learning"}},
    ShippedLetter{"A2", {"a2_contact", "a2_decider", "a2_intent"}},
};
constexpr Units shipped_cut_off = 60 * power_of_ten(screening_scale);

std::string text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::value said_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value ? *value : json::value();
}

Result<ScreeningQuestion> read_question(const json::value& value, const std::string& place,
                                        std::set<std::string>& keys) {
  if (!value.is_object()) return refuse(place, "wrong_screening");
  const json::object& object = value.get_object();
  ScreeningQuestion question;
  question.key = text_in(object, "key");
  if (question.key.empty() || !keys.insert(question.key).second) {
    return refuse(place + "/key", "wrong_screening");
  }
  question.text = said_in(object, "text");
  if (object.contains("weight")) question.weight = integer_at(object, "weight");
  if (question.weight < 1 || question.weight > max_question_weight) {
    return refuse(place + "/weight", "out_of_range",
                  {{"min", "1"}, {"max", std::to_string(max_question_weight)}});
  }
  return question;
}

Result<ScreeningLetter> read_letter(const json::value& value, const std::string& place,
                                    std::set<std::string>& keys) {
  if (!value.is_object()) return refuse(place, "wrong_screening");
  const json::object& object = value.get_object();
  ScreeningLetter letter;
  letter.letter = text_in(object, "letter");
  if (letter.letter.empty()) return refuse(place + "/letter", "wrong_screening");
  letter.meaning = said_in(object, "meaning");
  const auto cut_off = parse_decimal(text_in(object, "cut_off"), screening_scale);
  if (!cut_off || *cut_off < 0 || *cut_off > whole_screening) {
    return refuse(place + "/cut_off", "out_of_range", {{"min", "0"}, {"max", "100"}});
  }
  letter.cut_off = *cut_off;
  const json::value* questions = object.if_contains("questions");
  const bool listed = questions && questions->is_array() && !questions->get_array().empty() &&
                      questions->get_array().size() <= max_screening_questions;
  if (!listed) return refuse(place + "/questions", "wrong_screening");
  for (std::size_t i = 0; i < questions->get_array().size(); ++i) {
    LP_TRY(
        ScreeningQuestion question,
        read_question(questions->get_array()[i], place + "/questions/" + std::to_string(i), keys));
    letter.questions.push_back(std::move(question));
  }
  return letter;
}

}  // namespace

ScreeningLetters shipped_screening() {
  ScreeningLetters letters;
  for (const ShippedLetter& one : shipped_letters) {
    ScreeningLetter letter;
    letter.letter = one.letter;
    letter.cut_off = shipped_cut_off;
    for (const std::string_view key : one.questions) {
      letter.questions.push_back({std::string(key), {}, 1});
    }
    letters.push_back(std::move(letter));
  }
  return letters;
}

Result<ScreeningLetters> read_screening(const json::value& value, const std::string& pointer) {
  const bool listed = value.is_array() && !value.get_array().empty() &&
                      value.get_array().size() <= max_screening_letters;
  if (!listed) return refuse(pointer, "wrong_screening");
  ScreeningLetters letters;
  std::set<std::string> keys;
  for (std::size_t i = 0; i < value.get_array().size(); ++i) {
    LP_TRY(ScreeningLetter letter,
           read_letter(value.get_array()[i], pointer + "/" + std::to_string(i), keys));
    letters.push_back(std::move(letter));
  }
  return letters;
}

std::vector<LetterResult> screen(const ScreeningLetters& letters,
                                 const std::map<std::string, std::int64_t>& answers) {
  std::vector<LetterResult> results;
  for (const ScreeningLetter& letter : letters) {
    WideUnits points = 0;
    WideUnits weights = 0;
    for (const ScreeningQuestion& question : letter.questions) {
      const auto answer = answers.find(question.key);
      weights += question.weight;
      if (answer != answers.end()) points += question.weight * answer->second;
    }
    const auto score =
        static_cast<Units>(divide_half_even(points * whole_screening, weights * best_answer));
    results.push_back({letter.letter, score, score >= letter.cut_off});
  }
  return results;
}

}  // namespace linchpin::identify
