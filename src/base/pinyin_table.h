#pragma once

// The readings of Chinese characters and phrases. The tables are written by
// script/pinyin_table.mjs at build time; they are constants and cost nothing at start.

#include <cstddef>
#include <cstdint>

namespace linchpin::pinyin_table {

constexpr char32_t first_character = 0x3400;
constexpr char32_t last_character = 0x9FFF;
constexpr std::uint16_t no_syllable = 0;

// One syllable with its tone number, for example "zhuang1"; a neutral tone is 5, ü is v.
using Syllable = char[8];
extern const Syllable syllables[];

// By character - first_character: the index of its most common reading, or no_syllable.
extern const std::uint16_t character_readings[];

// Phrases in ascending order of their text. The text of phrase i, and in parallel the readings of
// its characters, are the elements [starts[i], starts[i + 1]).
struct PhraseTable {
  const char16_t* text;
  const std::uint16_t* readings;
  const std::uint32_t* starts;
  std::size_t count;
};
extern const PhraseTable phrases;   // words that are read as a whole
extern const PhraseTable counters;  // a number and a measure: they yield to phrases
extern const PhraseTable surnames;

}  // namespace linchpin::pinyin_table
