#include "base/locale.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "base/text.h"

namespace linchpin {
namespace {

namespace filesystem = std::filesystem;

constexpr int max_folder_depth = 8;
constexpr int max_language_ranges = 32;
constexpr std::string_view folder_name = "locales";

using FlatTexts = std::map<std::string, std::string, std::less<>>;

Result<FlatTexts> read_texts(const filesystem::path& file) {
  const auto broken = [&](std::string_view why) {
    return Error::internal(file.string() + ": " + std::string(why));
  };
  const Result<std::string> content = read_file(file.string());
  if (!content) return broken("cannot be read");
  const Result<json::object> object = parse_json_object(*content);
  if (!object) return broken(object.error().detail);
  FlatTexts texts;
  for (const auto& [key, value] : *object) {
    if (!value.is_string()) return broken("not a text: " + std::string(key));
    const json::string& text = value.get_string();
    texts.emplace(std::string(key), std::string(text.data(), text.size()));
  }
  return texts;
}

// Every folder named "locales" at or below `folder`, sorted so that errors are always the same.
Result<std::vector<filesystem::path>> locale_folders(const filesystem::path& folder) {
  std::vector<filesystem::path> found;
  try {
    if (folder.filename() == folder_name) found.push_back(folder);
    filesystem::recursive_directory_iterator entries(folder);
    for (const filesystem::directory_entry& entry : entries) {
      if (entries.depth() >= max_folder_depth) entries.disable_recursion_pending();
      if (entry.is_directory() && entry.path().filename() == folder_name) {
        found.push_back(entry.path());
      }
    }
  } catch (const std::exception& exception) {
    return Error::internal("locales below " + folder.string() + ": " + exception.what());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string_view strip_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Takes the text before `separator` off the front of `rest`.
std::string_view take_part(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return strip_blanks(part);
}

// The q parameter in [0, 1]; 1 when there is none, 0 when it is broken.
double weight_of(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = take_part(parameters, ';');
    if (parameter.size() < 2 || (parameter[0] | 0x20) != 'q' || parameter[1] != '=') continue;
    double weight = 0;
    const char* end = parameter.data() + parameter.size();
    const auto read = std::from_chars(parameter.data() + 2, end, weight);
    return read.ec == std::errc() && read.ptr == end ? std::clamp(weight, 0.0, 1.0) : 0.0;
  }
  return 1.0;
}

std::optional<Language> language_of(std::string_view range) {
  const std::string primary = fold(range.substr(0, range.find('-')));
  if (primary == "zh" || primary == "*") return Language::zh_cn;
  if (primary == "en") return Language::en;
  return std::nullopt;
}

// Replaces each {name} that `params` knows; anything else in braces stays.
std::string fill_in(std::string_view pattern, const ErrorParams& params) {
  std::string text;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = pattern.find('}', std::min(open, pattern.size()));
    if (close == std::string_view::npos) break;
    text += pattern.substr(0, open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const auto param = std::find_if(params.begin(), params.end(),
                                    [&](const auto& entry) { return entry.first == name; });
    text += param == params.end() ? pattern.substr(open, close - open + 1)
                                  : std::string_view(param->second);
    pattern.remove_prefix(close + 1);
  }
  text += pattern;
  return text;
}

}  // namespace

std::string_view language_tag(Language language) {
  return language == Language::zh_cn ? "zh-CN" : "en";
}

Language preferred_language(std::string_view accept_language) {
  Language best = Language::zh_cn;
  double best_weight = 0;
  for (int i = 0; i < max_language_ranges && !accept_language.empty(); ++i) {
    std::string_view parameters = take_part(accept_language, ',');
    const std::string_view range = take_part(parameters, ';');
    const std::optional<Language> language = language_of(range);
    const double weight = weight_of(parameters);
    if (!language || weight <= best_weight) continue;
    best = *language;
    best_weight = weight;
  }
  return best;
}

Status Texts::load_folder(const std::string& folder) {
  LP_TRY(const std::vector<filesystem::path> folders, locale_folders(folder));
  for (const filesystem::path& locales : folders) {
    LP_CHECK(add_pair(locales.string()));
  }
  return {};
}

Status Texts::add_pair(const std::string& locales) {
  const filesystem::path folder(locales);
  std::error_code ignored;
  const filesystem::path chinese_file = folder / "zh-CN.json";
  const filesystem::path english_file = folder / "en.json";
  if (!filesystem::exists(chinese_file, ignored) && !filesystem::exists(english_file, ignored)) {
    return {};
  }
  LP_TRY(FlatTexts chinese, read_texts(chinese_file));
  LP_TRY(FlatTexts english, read_texts(english_file));
  for (auto& [key, text] : chinese) {
    const auto other = english.find(key);
    if (other == english.end()) {
      return Error::internal(fmt::format("{} lacks {}", english_file.string(), key));
    }
    const bool added = texts_.try_emplace(key, BothLanguages{text, other->second}).second;
    if (!added) return Error::internal(fmt::format("{} repeats {}", locales, key));
    english.erase(other);
  }
  if (!english.empty()) {
    return Error::internal(
        fmt::format("{} lacks {}", chinese_file.string(), english.begin()->first));
  }
  return {};
}

std::string Texts::text(Language language, std::string_view key, const ErrorParams& params) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::string(key) : fill_in(found->second.in(language), params);
}

bool Texts::has(std::string_view key) const {
  return texts_.find(key) != texts_.end();
}

}  // namespace linchpin
