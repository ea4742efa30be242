#pragma once

// The card of an account in words, as it is printed or read away from the network: what a visitor
// needs to know. Personal values, support and the relations of people are not part of it, whoever
// asks.

#include "base/locale.h"
#include "dossier/reading.h"

namespace linchpin::dossier {

constexpr std::size_t max_card_text = 600;  // code points of one value; more is cut
constexpr int max_card_rows = 12;           // of one part
constexpr int max_card_visits = 5;          // that were made last

struct CardLine {
  std::string label;
  std::string value;
};

struct CardPart {
  std::string heading;
  bool short_lines = false;  // two of them fit beside each other
  std::vector<CardLine> lines;
};

struct Card {
  RecordId account;
  std::string name;
  std::string note;  // code, tier, city
  std::vector<CardPart> parts;
};

// How its reader speaks.
struct CardSpeech {
  const Texts& texts;
  Language language = Language::zh_cn;

  std::string text(std::string_view key, const ErrorParams& params = {}) const {
    return texts.text(language, key, params);
  }
};

// What the reader may see of the account; `visits` are told first. Error: not_found.
Result<Card> collect_card(const Reading& reading, const CardSpeech& speech, RecordId account,
                          const std::vector<RecordId>& visits);

}  // namespace linchpin::dossier
