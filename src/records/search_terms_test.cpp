#include "records/search_terms.h"

#include <gtest/gtest.h>

namespace linchpin::records {
namespace {

using Terms = std::vector<std::string>;

Terms terms_of(const Field& field, std::string_view text) {
  Terms terms;
  add_search_terms(field, text, terms);
  return terms;
}

Field field_of(FieldType type, bool name = false) {
  Field field;
  field.api_name = "name";
  field.type = type;
  field.name = name;
  return field;
}

TEST(SearchTerms, EveryPartOfATextBeginsATerm) {
  const Field text = field_of(FieldType::text);
  EXPECT_EQ(terms_of(text, "华为技术"), (Terms{"华为", "为技", "技术", "术"}));
  EXPECT_EQ(terms_of(text, "中，国"), (Terms{"中", "国"}));
  EXPECT_EQ(terms_of(text, "A-102"), (Terms{"a", "102", "02", "2"}));
  EXPECT_EQ(terms_of(text, "1234567890").front(), "12345678");
  EXPECT_EQ(terms_of(text, " ,.!？"), Terms{});
}

TEST(SearchTerms, NamesAreReadFromEachCharacter) {
  const Terms terms = terms_of(field_of(FieldType::text, true), "北京");
  for (const char* sound : {"*beijing", "*jing", "+bj", "+j"}) {
    EXPECT_NE(std::find(terms.begin(), terms.end(), sound), terms.end()) << sound;
  }
  EXPECT_EQ(terms_of(field_of(FieldType::text, true), "abb"), (Terms{"abb", "bb", "b"}));
}

TEST(SearchTerms, OfALongTextTheBeginning) {
  std::string note;
  for (std::size_t i = 0; i < max_note_code_points; ++i) note += "好";
  const Field field = field_of(FieldType::long_text);
  EXPECT_EQ(searched_text(field, note + "末"), note);
  EXPECT_EQ(searched_text(field_of(FieldType::text), note + "末"), note + "末");
}

TEST(SearchTerms, AQueryAsksForTermsThatEachHitHas) {
  const Field field = field_of(FieldType::text, true);
  const Terms terms = terms_of(field, "华为技术（深圳）KH-0012345678");
  for (const char* part : {"为技", "技", "为技术", "kh", "h-00", "12345678", "2345678", "ＫＨ",
                           "（深", "shenzhen", "wjs", "hwjssz"}) {
    const auto parts = read_search(part, "/q");
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 1U);
    const SearchPart& wanted = parts->front();
    const auto has = [&](const TermRange& range) {
      return std::any_of(terms.begin(), terms.end(),
                         [&](const std::string& term) { return range.contains(term); });
    };
    const bool as_text = std::all_of(wanted.grams.begin(), wanted.grams.end(), has);
    const bool as_sound = wanted.may_be_sound && (has(wanted.syllables) || has(wanted.initials));
    EXPECT_TRUE(as_text || as_sound) << part;
  }
}

TEST(SearchTerms, PersonalTextsAndAddressesAreNotSearched) {
  Field field = field_of(FieldType::text);
  EXPECT_TRUE(is_searched(field));
  field.sensitivity = Sensitivity::personal;
  EXPECT_FALSE(is_searched(field));
  EXPECT_FALSE(is_searched(field_of(FieldType::url)));
  EXPECT_FALSE(is_searched(field_of(FieldType::integer)));
}

TEST(SearchTerms, LimitsOfAQuery) {
  EXPECT_EQ(read_search("  a  　b ", "/q")->size(), 2U);
  EXPECT_EQ(read_search("", "/q")->size(), 0U);
  EXPECT_FALSE(read_search(std::string(101, 'a'), "/q"));
  EXPECT_FALSE(read_search("a b c d e f g h i", "/q"));
}

}  // namespace
}  // namespace linchpin::records
