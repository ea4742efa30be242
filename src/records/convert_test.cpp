#include "records/convert.h"

#include <gtest/gtest.h>

namespace linchpin::records {
namespace {

Field field(FieldType type) {
  Field made;
  made.type = type;
  made.max_length = 20;
  made.scale = 2;
  made.options = {{"won", {"赢单", "Won"}, ""}, {"lost", {"输单", "Lost"}, ""}};
  return made;
}

// The API form of what becomes of a value in API form; the problem's code when nothing does.
std::string converted(const Field& from, const Field& to, std::string_view json) {
  const auto value = read_value(from, *parse_json(json));
  if (!value) return "not a value: " + value.error().code;
  const auto now = convert_value(from, to, *value, *TimeZone::named("Asia/Shanghai"));
  if (!now) return now.error().code;
  JsonWriter out;
  write_value(out, to, *now);
  return out.take();
}

std::string converted(FieldType from, FieldType to, std::string_view json) {
  return converted(field(from), field(to), json);
}

using enum FieldType;

TEST(Convert, NumbersComeFromTextAsPeopleWriteIt) {
  EXPECT_EQ(converted(text, integer, "\" 1,200 \""), "1200");
  EXPECT_EQ(converted(text, integer, "\"１２\""), "12");
  EXPECT_EQ(converted(text, integer, "\"12.00\""), "12");
  EXPECT_EQ(converted(text, integer, "\"12.5\""), "does_not_convert");
  EXPECT_EQ(converted(text, money, "\"1,200.5\""), "\"1200.50\"");
  EXPECT_EQ(converted(text, money, "\"about 5\""), "wrong_number");
  EXPECT_EQ(converted(text, rating, "\"9\""), "out_of_range");
}

TEST(Convert, NothingIsRounded) {
  Field exact = field(decimal);
  exact.scale = 4;
  EXPECT_EQ(converted(exact, field(money), "\"1.2300\""), "\"1.23\"");
  EXPECT_EQ(converted(exact, field(money), "\"1.2345\""), "too_precise");
  EXPECT_EQ(converted(field(money), exact, "\"1.23\""), "\"1.2300\"");
  EXPECT_EQ(converted(money, integer, "\"7.00\""), "7");
  EXPECT_EQ(converted(money, integer, "\"7.50\""), "does_not_convert");
}

TEST(Convert, EverythingHasAText) {
  EXPECT_EQ(converted(integer, text, "7"), "\"7\"");
  EXPECT_EQ(converted(boolean, text, "true"), "\"true\"");
  EXPECT_EQ(converted(money, text, "\"7\""), "\"7.00\"");
  EXPECT_EQ(converted(date, text, "\"2026-11-21\""), "\"2026-11-21\"");
  EXPECT_EQ(converted(multi_select, text, R"(["won","lost"])"), "\"lost, won\"");
  Field tight = field(text);
  tight.max_length = 3;
  EXPECT_EQ(converted(field(long_text), tight, "\"1234\""), "too_long");
}

TEST(Convert, OptionsAreFoundByKeyAndByLabel) {
  EXPECT_EQ(converted(text, select, "\"won\""), "\"won\"");
  EXPECT_EQ(converted(text, select, "\"赢单\""), "\"won\"");
  EXPECT_EQ(converted(text, select, "\"LOST\""), "\"lost\"");
  EXPECT_EQ(converted(text, select, "\"open\""), "no_such_option");
  EXPECT_EQ(converted(text, multi_select, "\"won, 输单\""), R"(["lost","won"])");
  EXPECT_EQ(converted(select, multi_select, "\"won\""), R"(["won"])");
  EXPECT_EQ(converted(multi_select, select, R"(["won"])"), "\"won\"");
}

TEST(Convert, DaysAndTimesMeetInTheWorkspacesZone) {
  EXPECT_EQ(converted(datetime, date, "\"2026-11-20T16:00:00Z\""), "\"2026-11-21\"");
  EXPECT_EQ(converted(date, datetime, "\"2026-11-21\""), "\"2026-11-20T16:00:00.000Z\"");
  EXPECT_EQ(converted(text, date, "\"2026-11-21\""), "\"2026-11-21\"");
  EXPECT_EQ(converted(text, date, "\"soon\""), "wrong_date");
}

TEST(Convert, YesAndNoInBothLanguages) {
  EXPECT_EQ(converted(text, boolean, "\"是\""), "true");
  EXPECT_EQ(converted(text, boolean, "\"No\""), "false");
  EXPECT_EQ(converted(integer, boolean, "1"), "true");
  EXPECT_EQ(converted(integer, boolean, "2"), "does_not_convert");
}

TEST(Convert, LinksStayLinks) {
  Field one = field(link);
  one.target = "account";
  Field many = one;
  many.many = true;
  Field other = field(link);
  other.target = "contact";
  EXPECT_EQ(converted(one, many, "\"0000000000001\""), R"(["0000000000001"])");
  EXPECT_EQ(converted(many, one, R"(["0000000000001"])"), "\"0000000000001\"");
  EXPECT_EQ(converted(many, one, R"(["0000000000001","0000000000002"])"), "wrong_type");
  EXPECT_EQ(converted(one, other, "\"0000000000001\""), "does_not_convert");
  EXPECT_EQ(converted(one, field(text), "\"0000000000001\""), "does_not_convert");
}

}  // namespace
}  // namespace linchpin::records
