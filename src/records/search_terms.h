#pragma once

// What records are found by: the terms that the index holds of a text, and what a query asks for.
// A text is found by any part of it. Of a run of Chinese characters each character and each pair of
// neighbours is a term, of a word or number each of its ends ("1024", "024" …), shortened; of a
// name also its pinyin and its initials from each character on. Terms say where to look; whether a
// record is a hit is decided on its text.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/row.h"
#include "records/schema.h"

namespace linchpin::records {

constexpr std::size_t max_search_code_points = 100;
constexpr std::size_t max_search_parts = 8;
constexpr std::size_t max_note_code_points =
    2'000;                                    // of a long text, what lies beyond is not found
constexpr std::size_t min_sound_letters = 2;  // fewer letters are not read as pinyin

// Raised when the terms of a text change: every index is then made anew.
constexpr int search_terms_version = 1;

// Texts that are not personal, addresses of pages aside.
bool is_searched(const Field& field);
std::vector<const Field*> searched_fields(const Object& object);
// What the index of an object depends on, as one text; empty when the object has none, because it
// lacks the feature "search".
std::string search_fingerprint(const Object& object);
// The searched fields that `before` does not know; nothing when it says what no longer holds.
std::optional<std::vector<const Field*>> fields_searched_since(const Object& object,
                                                               std::string_view before);

// The folded text of a field, as far as it is searched.
std::string searched_text(const Field& field, std::string_view text);

// Whether somebody may begin to read a name here: at a Chinese character, or where a word begins.
// `syllables` are those of the folded name (base/text.h).
bool sound_begins(std::u32string_view folded, const std::vector<std::string>& syllables,
                  std::size_t at);

// Appends the terms of one text, in no order.
void add_search_terms(const Field& field, std::string_view text, std::vector<std::string>& terms);
// Of a whole row: in order, each once.
std::vector<std::string> search_terms(const Object& object, const RowValues& row);

// Terms from `first` on: below `end`, or that one alone when `end` is empty.
struct TermRange {
  std::string first;
  std::string end;

  bool contains(std::string_view term) const {
    return end.empty() ? term == first : term >= first && term < end;
  }
};

TermRange beginning_with(std::string prefix);

// One of the words that a query separates by blanks. All of them must be found.
struct SearchPart {
  std::string text;              // folded
  std::vector<TermRange> grams;  // a text that holds the part has a term of each
  bool may_be_sound = false;     // letters only: pinyin or initials as well
  TermRange syllables;
  TermRange initials;
};

// Errors: validation_failed at `pointer` with `too_long` {max}, `too_many_values` {max}.
Result<std::vector<SearchPart>> read_search(std::string_view text, const std::string& pointer);

}  // namespace linchpin::records
