#pragma once

// How well a record's texts answer a query, and where: what a hit is ranked by and shown with.

#include <string>
#include <string_view>
#include <vector>

#include "records/search_terms.h"

namespace linchpin::search {

// Best first.
enum class MatchKind {
  exact,     // a name or code is what was asked for
  prefix,    // a name or code begins with it
  contains,  // a name, code or other short text holds every part; words from their beginning
  note,      // a long text holds a part
  pinyin,
  initials,
  inside,  // letters or digits in the middle of a word
};
std::string_view match_name(MatchKind kind);

// A piece of a field's text: what was found, and a little around it.
struct Highlight {
  const records::Field* field = nullptr;
  std::string before;
  std::string match;
  std::string after;
};

struct HitMatch {
  MatchKind kind = MatchKind::exact;
  bool at_start = false;  // of the text
  std::vector<Highlight> highlights;
};

struct HitText {
  const records::Field* field = nullptr;
  std::string text;
};

class HitMatcher {
 public:
  explicit HitMatcher(const std::vector<records::SearchPart>& parts);

  // False: a part is nowhere in the texts.
  bool match(const std::vector<HitText>& texts, HitMatch& found) const;

 private:
  const std::vector<records::SearchPart>& parts_;
  std::string whole_;  // the parts with one blank between them
};

}  // namespace linchpin::search
