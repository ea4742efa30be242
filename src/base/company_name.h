#pragma once

// What tells one company's name from another's, and how a name is written short.

#include <string>
#include <string_view>

namespace linchpin {

// The name without legal forms (有限公司, 股份, 集团, Co., Ltd., GmbH …), brackets, blanks,
// punctuation, full-width forms and upper case. Empty when too little is left to compare.
std::string essential_name(std::string_view name);

// A name taken apart for comparison with short ones. All empty as essential_name is.
struct NameParts {
  std::string essential;
  std::u32string points;  // of the essential name
  std::u32string core;    // without the place that it begins with, and 中国
  bool whole = false;     // a legal form stood in it: nobody writes it short like that
};
NameParts name_parts(std::string_view name);

// The name as people or a stock exchange write it short: without marks (*ST, A, B, -U), folded.
// Empty where it is no short name: it has a legal form, or is too long or too short for one.
std::u32string short_name(const NameParts& parts);

// How a short name fits a whole one, from the worst to the best: by some of its characters in
// their order from its beginning on, as its beginning, as all of it but place and form.
enum class ShortFit { none, some_of_it, begins, same };
ShortFit short_fit(std::u32string_view short_name, const NameParts& whole);

// The first characters of a name, by which short and whole names that may fit are brought together.
constexpr std::size_t short_name_key_points = 2;
std::u32string_view short_name_key(std::u32string_view name);

}  // namespace linchpin
