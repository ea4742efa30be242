#include "base/locale.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "base/files.h"
#include "base/json.h"
#include "base/test_folder.h"

namespace linchpin {
namespace {

const std::string own_texts = std::string(LINCHPIN_SOURCE_DIR) + "/src/base/locales";

class LocaleFiles : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& content) {
    const std::filesystem::path path = folder_.file(name);
    std::filesystem::create_directories(path.parent_path());
    ASSERT_TRUE(write_file_atomically(path.string(), content));
  }
  Status load() { return texts_.load_folder(folder_.path()); }

  TestFolder folder_;
  Texts texts_;
};

TEST_F(LocaleFiles, AreFoundAtAnyDepth) {
  write("a/locales/zh-CN.json", R"({"a.hello": "您好，{name}！"})");
  write("a/locales/en.json", R"({"a.hello": "Hello {name}!"})");
  write("b/c/locales/zh-CN.json", R"({"c.x": "甲"})");
  write("b/c/locales/en.json", R"({"c.x": "X"})");
  write("b/c/locales/web.zh-CN.json", "not read");
  write("b/c/zh-CN.json", "not read");
  ASSERT_TRUE(load());
  EXPECT_EQ(texts_.text(Language::zh_cn, "a.hello", {{"name", "王总"}}), "您好，王总！");
  EXPECT_EQ(texts_.text(Language::en, "a.hello", {{"name", "Ann"}}), "Hello Ann!");
  EXPECT_TRUE(texts_.has("c.x"));
  EXPECT_FALSE(texts_.has("c.y"));
  EXPECT_EQ(texts_.text(Language::en, "c.y"), "c.y");
}

TEST_F(LocaleFiles, BothLanguagesMustHaveEveryKey) {
  write("locales/zh-CN.json", R"({"a": "甲"})");
  write("locales/en.json", R"({"a": "A", "b": "B"})");
  const Status status = load();
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().log_detail.find("zh-CN.json lacks b"), std::string::npos);
}

TEST_F(LocaleFiles, BothFilesMustBeThere) {
  write("locales/en.json", R"({"a": "A"})");
  EXPECT_FALSE(load());
}

TEST_F(LocaleFiles, AKeyBelongsToOneFolder) {
  for (const char* folder : {"a/", "b/"}) {
    write(folder + std::string("locales/zh-CN.json"), R"({"a": "甲"})");
    write(folder + std::string("locales/en.json"), R"({"a": "A"})");
  }
  const Status status = load();
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().log_detail.find("b/locales repeats a"), std::string::npos);
}

TEST_F(LocaleFiles, BrokenFilesAreRefused) {
  write("locales/zh-CN.json", R"({"a": "甲"})");
  write("locales/en.json", R"({"a": 1})");
  EXPECT_FALSE(load());
  write("locales/en.json", R"({"a": )");
  EXPECT_FALSE(load());
  EXPECT_FALSE(texts_.load_folder(folder_.file("none")));
}

TEST_F(LocaleFiles, PlaceholdersWithoutAValueStay) {
  write("locales/zh-CN.json", R"({"a": "{x}{y} {"})");
  write("locales/en.json", R"({"a": "{x} {x}"})");
  ASSERT_TRUE(load());
  EXPECT_EQ(texts_.text(Language::zh_cn, "a", {{"x", "{y}"}}), "{y}{y} {");
  EXPECT_EQ(texts_.text(Language::en, "a", {{"x", "1"}}), "1 1");
}

TEST(Texts, EveryErrorCodeHasATextInBothLanguages) {
  Texts texts;
  ASSERT_TRUE(texts.load_folder(own_texts));
  for (int i = 0; i < error_code_count; ++i) {
    const std::string key = "problem." + std::string(code_name(static_cast<ErrorCode>(i)));
    EXPECT_TRUE(texts.has(key)) << key;
  }
}

// The detail of every Error::of(ErrorCode::…, "detail") in this folder.
std::set<std::string> details_in_sources() {
  const std::regex pattern(R"re(Error::of\(\s*ErrorCode::\w+,\s*"(\w+)")re");
  std::set<std::string> details;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(LINCHPIN_SOURCE_DIR) + "/src/base")) {
    const std::string name = entry.path().string();
    if (!name.ends_with(".cpp") || name.ends_with("_test.cpp")) continue;
    const std::string source = read_file(name).value();
    for (std::sregex_iterator match(source.begin(), source.end(), pattern), end; match != end;
         ++match) {
      details.insert((*match)[1]);
    }
  }
  return details;
}

TEST(Texts, EveryDetailOfThisFolderHasAText) {
  Texts texts;
  ASSERT_TRUE(texts.load_folder(own_texts));
  const std::set<std::string> details = details_in_sources();
  EXPECT_GE(details.size(), 12U);
  for (const std::string& detail : details) EXPECT_TRUE(texts.has("problem." + detail)) << detail;
}

std::set<std::string> placeholders(std::string_view text) {
  const std::string copy(text);
  const std::regex pattern(R"(\{(\w+)\})");
  std::set<std::string> names;
  for (std::sregex_iterator match(copy.begin(), copy.end(), pattern), end; match != end; ++match) {
    names.insert((*match)[1]);
  }
  return names;
}

TEST(Texts, BothLanguagesUseTheSamePlaceholders) {
  const json::object chinese =
      parse_json_object(read_file(own_texts + "/zh-CN.json").value()).value();
  const json::object english = parse_json_object(read_file(own_texts + "/en.json").value()).value();
  for (const auto& [key, text] : chinese) {
    EXPECT_EQ(placeholders(text.as_string()), placeholders(english.at(key).as_string())) << key;
  }
}

TEST(Language, FollowsWhatTheReaderPrefers) {
  EXPECT_EQ(preferred_language(""), Language::zh_cn);
  EXPECT_EQ(preferred_language("en"), Language::en);
  EXPECT_EQ(preferred_language("EN-gb"), Language::en);
  EXPECT_EQ(preferred_language("zh-CN,zh;q=0.9,en;q=0.8"), Language::zh_cn);
  EXPECT_EQ(preferred_language("zh;q=0.3, en-US ; q=0.8"), Language::en);
  EXPECT_EQ(preferred_language("fr, de;q=0.9, en;q=0.1"), Language::en);
  EXPECT_EQ(preferred_language("fr"), Language::zh_cn);
  EXPECT_EQ(preferred_language("*"), Language::zh_cn);
  EXPECT_EQ(preferred_language("en;q=0"), Language::zh_cn);
  EXPECT_EQ(preferred_language("en;q=x, zh;q=0.1"), Language::zh_cn);
  EXPECT_EQ(preferred_language(",,;;q=,=,-"), Language::zh_cn);
  EXPECT_EQ(language_tag(Language::zh_cn), "zh-CN");
  EXPECT_EQ(language_tag(Language::en), "en");
}

TEST(BothLanguages, GivesTheOneAskedFor) {
  const BothLanguages label{"客户", "Account"};
  EXPECT_EQ(label.in(Language::zh_cn), "客户");
  EXPECT_EQ(label.in(Language::en), "Account");
}

}  // namespace
}  // namespace linchpin
