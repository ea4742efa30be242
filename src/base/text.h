#pragma once

// Text as people write it: UTF-8, Chinese and Latin. The same rules on every database, because the
// folded and sort forms are made here and stored or compared as bytes.

#include <string>
#include <string_view>
#include <vector>

namespace linchpin {

bool is_utf8(std::string_view text);

// One code point to one code point: full-width forms to ASCII, upper case to lower case (Latin,
// Greek, Cyrillic). Equality and `contains` compare folded text.
std::string fold(std::string_view text);

// The two sides of the same mapping, for a database's translate() function.
struct FoldTable {
  std::string from;
  std::string to;
};
const FoldTable& fold_table();

// People's names begin with a surname, which may read otherwise (单 shan, 区 ou).
enum class NameKind { organization, person };

// Sort key of a name, compared as bytes: each Chinese character becomes its pinyin with the tone,
// followed by the character itself so that those of one surname stay together; phrases read as a
// whole (银行 yin2 hang2); everything else is folded. Digits, then Latin and Chinese by letter.
std::string pinyin_key(std::string_view name, NameKind kind = NameKind::organization);

struct PinyinForms {
  std::string full;      // beijingdianli
  std::string initials;  // bjdl
};
// What a person types to find the name: letters and digits only, ü as v.
PinyinForms pinyin_forms(std::string_view name, NameKind kind = NameKind::organization);

// The same for each code point of the folded text: a syllable without its tone, a letter or digit
// as it is, nothing for the rest.
std::vector<std::string> pinyin_syllables(std::string_view name,
                                          NameKind kind = NameKind::organization);

// Longest runs of characters that make words: those of the scripts without blanks between words
// (Chinese), and letters and digits of the others.
struct WordRun {
  std::size_t begin = 0;  // in code points
  std::size_t end = 0;
  bool spaced = false;  // of a script that puts blanks between words
};
std::vector<WordRun> word_runs(std::u32string_view text);

std::string_view trim(std::string_view text);  // ASCII white space, no-break and full-width blanks
std::string trimmed(std::string_view text);

// Length in code points.
std::size_t code_points(std::string_view text);

}  // namespace linchpin
