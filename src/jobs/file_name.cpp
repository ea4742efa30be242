#include "jobs/file_name.h"

#include "base/text.h"
#include "base/utf8.h"

namespace linchpin::jobs {

namespace {

constexpr std::size_t max_extension = 16;
constexpr std::string_view never_in_a_name = "<>:\"|?*";

// Marks that turn the direction of text round or take no room: "fdp.exe" would read "exe.pdf".
bool is_invisible(char32_t point) {
  constexpr char32_t delete_mark = 0x7f, last_control = 0x9f, soft_hyphen = 0xad;
  const bool control = point < U' ' || (point >= delete_mark && point <= last_control);
  const bool mark = point == 0x061c || (point >= 0x200b && point <= 0x200f) ||
                    (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) ||
                    point == 0xfeff;
  return control || mark || point == soft_hyphen;
}

std::string visible(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = code_point_at(name, at);
    at += point.size;
    if (!point.valid) {
      out += '_';
    } else if (!is_invisible(point.value)) {
      const bool ascii = point.value < 0x80;
      const bool never =
          ascii && never_in_a_name.find(static_cast<char>(point.value)) != std::string_view::npos;
      append_utf8(out, never ? U'_' : point.value);
    }
  }
  return out;
}

void cut(std::string& name) {
  if (name.size() <= max_file_name) return;
  const std::size_t dot = name.rfind('.');
  std::string ending;
  if (dot != std::string::npos && name.size() - dot <= max_extension) ending = name.substr(dot);
  name.resize(max_file_name - ending.size());
  while (!name.empty() && !is_utf8(name)) name.pop_back();
  name += ending;
}

}  // namespace

std::string clean_file_name(std::string_view name, std::string_view otherwise) {
  name = name.substr(name.find_last_of("/\\") + 1);
  std::string clean = visible(name);
  constexpr std::string_view at_the_ends = ". ";
  clean.erase(0, clean.find_first_not_of(at_the_ends));
  clean.erase(clean.find_last_not_of(at_the_ends) + 1);
  cut(clean);
  return clean.empty() ? std::string(otherwise) : clean;
}

std::string extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  return fold(name.substr(dot + 1));
}

}  // namespace linchpin::jobs
