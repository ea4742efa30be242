#pragma once

// Texts that people read, by key, in each language. Files: <folder>/locales/<language>.json, a
// flat object of keys to texts with {name} placeholders. Other files there (web.*.json) are not
// read: they belong to the web pages.

#include <map>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"

namespace linchpin {

enum class Language { zh_cn, en };

std::string_view language_tag(Language language);  // "zh-CN", "en"

// RFC 9110 Accept-Language with weights; zh-CN when nothing fits.
Language preferred_language(std::string_view accept_language);

// A label or text in both languages.
struct BothLanguages {
  std::string zh_cn;
  std::string en;
  const std::string& in(Language language) const {
    return language == Language::zh_cn ? zh_cn : en;
  }
};

class Texts {
 public:
  // Adds every pair of locale files at or below `folder`. Errors: unreadable or broken files, a key
  // that one language lacks, a key that exists already.
  Status load_folder(const std::string& folder);

  // The key itself when there is no such text.
  std::string text(Language language, std::string_view key, const ErrorParams& params = {}) const;
  bool has(std::string_view key) const;

 private:
  Status add_pair(const std::string& locales);

  std::map<std::string, BothLanguages, std::less<>> texts_;
};

}  // namespace linchpin
