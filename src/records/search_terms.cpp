#include "records/search_terms.h"

#include <set>
#include <sstream>

#include "base/text.h"
#include "base/utf8.h"
#include "records/filter.h"

namespace linchpin::records {

namespace {

constexpr std::size_t unspaced_term_code_points = 2;
constexpr std::size_t spaced_term_code_points = 8;
constexpr std::size_t syllables_term_bytes = 24;
constexpr std::size_t initials_term_code_points = 8;

// No text term begins with these, because they belong to no word.
constexpr char syllables_mark = '*';
constexpr char initials_mark = '+';

// Behind every character that is in use, and still valid UTF-8.
constexpr char32_t first_chinese = 0x2E80;
constexpr char32_t last_code_point = 0x10FFFF;

std::string utf8_of(std::u32string_view points) {
  std::string text;
  for (const char32_t c : points) append_utf8(text, c);
  return text;
}

std::size_t term_size(const WordRun& run) {
  return run.spaced ? spaced_term_code_points : unspaced_term_code_points;
}

void add_text_terms(std::string_view folded, std::vector<std::string>& terms) {
  const std::u32string points = to_code_points(folded);
  const std::u32string_view view = points;
  for (const WordRun& run : word_runs(view)) {
    for (std::size_t i = run.begin; i < run.end; ++i) {
      terms.push_back(utf8_of(view.substr(i, std::min(term_size(run), run.end - i))));
    }
  }
}

// The end of the longest beginning that is no longer than `bytes` and breaks no character.
std::size_t whole_characters(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text.size();
  while (bytes > 0 && (text[bytes] & 0xC0) == 0x80) --bytes;
  return bytes;
}

bool is_chinese(char32_t c) {
  return c >= first_chinese;
}

// One term of each kind for every place where a reader may begin: each Chinese character and the
// first letter of a word.
void add_sound_terms(std::u32string_view folded, const std::vector<std::string>& syllables,
                     std::vector<std::string>& terms) {
  for (std::size_t i = 0; i < syllables.size(); ++i) {
    if (!sound_begins(folded, syllables, i)) continue;
    std::string whole(1, syllables_mark);
    std::string initials(1, initials_mark);
    std::size_t letters = 0;
    for (std::size_t k = i; k < syllables.size(); ++k) {
      const std::string& syllable = syllables[k];
      if (syllable.empty()) continue;
      if (whole.size() > syllables_term_bytes && letters == initials_term_code_points) break;
      whole += syllable;
      if (letters == initials_term_code_points) continue;
      initials += syllable.substr(0, code_point_at(syllable, 0).size);
      ++letters;
    }
    whole.resize(whole_characters(whole, syllables_term_bytes + 1));
    terms.push_back(std::move(whole));
    terms.push_back(std::move(initials));
  }
}

void add_grams(std::u32string_view points, const WordRun& run, std::vector<TermRange>& grams) {
  const std::size_t size = term_size(run);
  const std::size_t length = run.end - run.begin;
  if (length < size) {
    grams.push_back(beginning_with(utf8_of(points.substr(run.begin, length))));
    return;
  }
  // Of a word its beginning is enough: what follows is seen in the text.
  const std::size_t last = run.spaced ? run.begin : run.end - size;
  for (std::size_t i = run.begin; i <= last; ++i) {
    grams.push_back({utf8_of(points.substr(i, size)), {}});
  }
}

bool is_letter(char c) {
  return c >= 'a' && c <= 'z';
}

// A field in the fingerprint of its object.
std::string word_of(const Field& field) {
  return field.api_name + (field.name ? "!" : "");
}

SearchPart part_of(std::string_view folded) {
  SearchPart part;
  part.text = folded;
  const std::u32string points = to_code_points(folded);
  for (const WordRun& run : word_runs(points)) add_grams(points, run, part.grams);
  part.may_be_sound =
      folded.size() >= min_sound_letters && std::all_of(folded.begin(), folded.end(), is_letter);
  if (part.may_be_sound) {
    const std::string_view whole = folded.substr(0, syllables_term_bytes);
    part.syllables = beginning_with(syllables_mark + std::string(whole));
    part.initials =
        beginning_with(initials_mark + std::string(folded.substr(0, initials_term_code_points)));
  }
  return part;
}

}  // namespace

bool sound_begins(std::u32string_view folded, const std::vector<std::string>& syllables,
                  std::size_t at) {
  if (syllables[at].empty()) return false;
  if (at == 0 || is_chinese(folded[at]) || is_chinese(folded[at - 1])) return true;
  return syllables[at - 1].empty();
}

TermRange beginning_with(std::string prefix) {
  std::string end = prefix;
  append_utf8(end, last_code_point);
  return {std::move(prefix), std::move(end)};
}

bool is_searched(const Field& field) {
  return field.is_text() && !field.system && field.type != FieldType::url &&
         field.sensitivity == Sensitivity::normal;
}

std::vector<const Field*> searched_fields(const Object& object) {
  std::vector<const Field*> fields;
  for (const Field& field : object.fields) {
    if (is_searched(field)) fields.push_back(&field);
  }
  return fields;
}

std::string search_fingerprint(const Object& object) {
  std::string text;
  if (!object.has_feature("search")) return text;
  for (const Field* field : searched_fields(object)) {
    if (text.empty()) text = std::to_string(search_terms_version);
    text += " " + word_of(*field);
  }
  return text;
}

std::optional<std::vector<const Field*>> fields_searched_since(const Object& object,
                                                               std::string_view before) {
  std::istringstream words{std::string(before)};
  std::string word;
  if (!(words >> word) || word != std::to_string(search_terms_version)) return std::nullopt;
  std::set<std::string> known;
  while (words >> word) known.insert(word);
  std::vector<const Field*> since;
  for (const Field* field : searched_fields(object)) {
    if (known.erase(word_of(*field)) == 0) since.push_back(field);
  }
  if (!known.empty() || !object.has_feature("search")) return std::nullopt;
  return since;
}

std::string searched_text(const Field& field, std::string_view text) {
  std::string folded = fold(text);
  if (field.type != FieldType::long_text || folded.size() <= max_note_code_points) return folded;
  std::size_t end = 0;
  for (std::size_t i = 0; i < max_note_code_points && end < folded.size(); ++i) {
    end += code_point_at(folded, end).size;
  }
  folded.resize(end);
  return folded;
}

void add_search_terms(const Field& field, std::string_view text, std::vector<std::string>& terms) {
  add_text_terms(searched_text(field, text), terms);
  if (!field.name) return;
  const std::u32string folded = to_code_points(fold(text));
  if (std::none_of(folded.begin(), folded.end(), is_chinese)) return;
  // A surname may read otherwise, and a name alone does not tell whose it is.
  add_sound_terms(folded, pinyin_syllables(text, NameKind::organization), terms);
  add_sound_terms(folded, pinyin_syllables(text, NameKind::person), terms);
}

std::vector<std::string> search_terms(const Object& object, const RowValues& row) {
  std::vector<std::string> terms;
  for (const Field* field : searched_fields(object)) {
    add_search_terms(*field, text_of(row[field->index]), terms);
  }
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

Result<std::vector<SearchPart>> read_search(std::string_view text, const std::string& pointer) {
  if (code_points(text) > max_search_code_points) {
    return refuse(pointer, "", "too_long", {{"max", std::to_string(max_search_code_points)}});
  }
  const std::string folded = fold(text);
  std::vector<SearchPart> parts;
  for (std::string_view rest = trim(folded); !rest.empty(); rest = trim(rest)) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (parts.size() == max_search_parts) {
      return refuse(pointer, "", "too_many_values", {{"max", std::to_string(max_search_parts)}});
    }
    parts.push_back(part_of(rest.substr(0, end)));
    rest.remove_prefix(end);
  }
  return parts;
}

}  // namespace linchpin::records
