#include "subscribers/search/hit_match.h"

#include <optional>

#include "base/text.h"
#include "base/utf8.h"

namespace linchpin::search {

using records::Field;
using records::FieldType;
using records::SearchPart;

namespace {

constexpr std::size_t shown_before = 20;  // code points around what was found
constexpr std::size_t shown_after = 40;

// Where a part was found in one text, in code points.
struct Place {
  MatchKind kind = MatchKind::inside;
  std::size_t begin = 0;
  std::size_t end = 0;

  bool is_better_than(const Place& other) const {
    return std::pair(kind, begin) < std::pair(other.kind, other.begin);
  }
};

bool is_name_or_code(const Field& field) {
  return field.name || field.unique || field.type == FieldType::autonumber;
}

std::string utf8_between(std::u32string_view points, std::size_t begin, std::size_t end) {
  std::string text;
  for (const char32_t c : points.substr(begin, end - begin)) append_utf8(text, c);
  return text;
}

bool breaks_word(const std::vector<WordRun>& runs, std::size_t at) {
  for (const WordRun& run : runs) {
    if (run.spaced && at > run.begin && at < run.end) return true;
  }
  return false;
}

// The first place where a word begins with the part, else the first place at all.
std::optional<Place> find_text(const Field& field, std::u32string_view text,
                               std::u32string_view part) {
  std::optional<Place> found;
  const std::vector<WordRun> runs = word_runs(text);
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) {
    Place place{MatchKind::inside, at, at + part.size()};
    const bool whole_words = !breaks_word(runs, at);
    if (whole_words) {
      place.kind = field.type == FieldType::long_text ? MatchKind::note : MatchKind::contains;
    }
    if (!found || place.is_better_than(*found)) found = place;
    if (whole_words) break;
  }
  return found;
}

// The part as the beginning of the syllables, or of their first letters, from `from` on.
std::optional<Place> read_sound(const std::vector<std::string>& syllables, std::size_t from,
                                std::string_view part, MatchKind kind) {
  for (std::size_t i = from; i < syllables.size(); ++i) {
    std::string_view sound = syllables[i];
    if (sound.empty()) continue;
    if (kind == MatchKind::initials) sound = sound.substr(0, code_point_at(sound, 0).size);
    const std::size_t size = std::min(sound.size(), part.size());
    if (sound.substr(0, size) != part.substr(0, size)) return std::nullopt;
    part.remove_prefix(size);
    if (part.empty()) return Place{kind, from, i + 1};
  }
  return std::nullopt;
}

std::optional<Place> find_sound(std::string_view text, std::string_view part) {
  std::optional<Place> found;
  const std::u32string folded = to_code_points(fold(text));
  for (const NameKind reading : {NameKind::organization, NameKind::person}) {
    const std::vector<std::string> syllables = pinyin_syllables(text, reading);
    for (const MatchKind kind : {MatchKind::pinyin, MatchKind::initials}) {
      for (std::size_t i = 0; i < syllables.size(); ++i) {
        if (!records::sound_begins(folded, syllables, i)) continue;
        const auto place = read_sound(syllables, i, part, kind);
        if (!place) continue;
        if (!found || place->is_better_than(*found)) found = place;
        break;
      }
    }
  }
  return found;
}

Highlight highlight(const HitText& hit, const Place& place) {
  const std::u32string points = to_code_points(hit.text);
  const std::size_t begin = std::min(place.begin, points.size());
  const std::size_t end = std::min(place.end, points.size());
  const std::size_t first = begin - std::min(begin, shown_before);
  const std::size_t last = std::min(end + shown_after, points.size());
  return {hit.field, utf8_between(points, first, begin), utf8_between(points, begin, end),
          utf8_between(points, end, last)};
}

}  // namespace

std::string_view match_name(MatchKind kind) {
  switch (kind) {
    case MatchKind::exact:
      return "exact";
    case MatchKind::prefix:
      return "prefix";
    case MatchKind::contains:
      return "contains";
    case MatchKind::note:
      return "note";
    case MatchKind::pinyin:
      return "pinyin";
    case MatchKind::initials:
      return "initials";
    case MatchKind::inside:
      return "inside";
  }
  return "inside";
}

HitMatcher::HitMatcher(const std::vector<SearchPart>& parts) : parts_(parts) {
  for (const SearchPart& part : parts) {
    if (!whole_.empty()) whole_ += ' ';
    whole_ += part.text;
  }
}

bool HitMatcher::match(const std::vector<HitText>& texts, HitMatch& found) const {
  found = {};
  for (const SearchPart& part : parts_) {
    const std::u32string wanted = to_code_points(part.text);
    std::optional<Place> best;
    const HitText* where = nullptr;
    for (const HitText& hit : texts) {
      const std::u32string folded = to_code_points(records::searched_text(*hit.field, hit.text));
      std::optional<Place> place = find_text(*hit.field, folded, wanted);
      if (part.may_be_sound && hit.field->name && (!place || place->kind > MatchKind::pinyin)) {
        const auto sound = find_sound(hit.text, part.text);
        if (sound && (!place || sound->is_better_than(*place))) place = sound;
      }
      if (!place || (best && !place->is_better_than(*best))) continue;
      best = place;
      where = &hit;
    }
    if (!best) return false;
    found.kind = std::max(found.kind, best->kind);
    found.at_start = found.highlights.empty() ? best->begin == 0 : found.at_start;
    found.highlights.push_back(highlight(*where, *best));
  }
  for (const HitText& hit : texts) {
    if (!is_name_or_code(*hit.field)) continue;
    const std::string folded = fold(trim(hit.text));
    if (folded == whole_) found.kind = MatchKind::exact;
    if (folded.starts_with(whole_)) found.kind = std::min(found.kind, MatchKind::prefix);
  }
  return true;
}

}  // namespace linchpin::search
