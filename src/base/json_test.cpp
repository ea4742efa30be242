#include "base/json.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace linchpin {
namespace {

std::string detail_of(std::string_view text) {
  const Result<json::value> value = parse_json(text);
  if (value) return "accepted";
  EXPECT_EQ(value.error().code, ErrorCode::malformed);
  return value.error().detail;
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(Json, ReadsADocument) {
  const Result<json::value> value =
      parse_json(" {\"a\": [1, -2, 2.5, true, null], \"名\\u79f0\": {\"b\": \"x\\n\"}} \n");
  ASSERT_TRUE(value);
  const json::object& object = value->as_object();
  EXPECT_EQ(object.at("a").as_array().size(), 5U);
  EXPECT_EQ(object.at("a").at(1).as_int64(), -2);
  EXPECT_EQ(object.at("a").at(2).as_double(), 2.5);
  EXPECT_EQ(object.at("名称").at("b").as_string(), "x\n");
}

TEST(Json, RefusesWhatIsNotOneWholeValue) {
  for (const char* text : {"", " ", "{", "{}{}", "{} x", "[1,]", "{\"a\":1,}", "{'a':1}", "nul",
                           "// c\n1", "NaN", "01", "\"a", "\"a\nb\"", "\"\\ud800\"", "[1 2]"}) {
    EXPECT_EQ(detail_of(text), "broken_json") << text;
  }
}

TEST(Json, TellsWhereItBroke) {
  EXPECT_EQ(parse_json("{\"a\": x}").error().params, (ErrorParams{{"position", "6"}}));
  EXPECT_EQ(parse_json("[] []").error().params, (ErrorParams{{"position", "3"}}));
}

TEST(Json, RefusesTextThatIsNotUtf8) {
  EXPECT_EQ(detail_of("\"\xff\""), "broken_json");
  EXPECT_EQ(detail_of("\"\xc0\xaf\""), "broken_json");
  EXPECT_EQ(detail_of("{\"\xe4\xb8\": 1}"), "broken_json");
}

TEST(Json, RefusesTheSameKeyTwice) {
  const Result<json::value> value = parse_json("[{\"x\": {\"a\": 1, \"b\": 2, \"\\u0061\": 3}}]");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().detail, "duplicate_key");
  EXPECT_EQ(value.error().params, (ErrorParams{{"key", "a"}}));
  EXPECT_EQ(detail_of("{\"a\": {\"a\": {\"a\": 1}}, \"b\": {\"a\": 1}}"), "accepted");
  EXPECT_EQ(detail_of("{\"a\": {\"b\": 1}, \"b\": 1, \"a\": 2}"), "duplicate_key");
}

TEST(Json, LimitsDepth) {
  EXPECT_EQ(detail_of(nested(max_json_depth)), "accepted");
  EXPECT_EQ(detail_of(nested(max_json_depth + 1)), "json_too_deep");
  EXPECT_EQ(detail_of(std::string(1'000'000, '[')), "json_too_deep");
}

TEST(Json, KeepsIntegersOf64BitsAndMakesLargerOnesDoubles) {
  EXPECT_EQ(parse_json("9223372036854775807")->as_int64(),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_json("-9223372036854775808")->as_int64(),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse_json("9223372036854775808")->as_double(), 9223372036854775808.0);
  EXPECT_EQ(parse_json("18446744073709551616")->as_double(), 18446744073709551616.0);
}

TEST(Json, ReadsTheNearestDouble) {
  EXPECT_EQ(parse_json("0.1")->as_double(), 0.1);
  EXPECT_EQ(parse_json("[1.7976931348623157e308]")->at(0).as_double(), 1.7976931348623157e308);
  EXPECT_EQ(parse_json("[2.2250738585072011e-308]")->at(0).as_double(), 2.2250738585072011e-308);
  EXPECT_EQ(parse_json("[9007199254740993.0]")->at(0).as_double(), 9007199254740992.0);
  EXPECT_EQ(parse_json("[6.02214076e23, 3.3]")->at(0).as_double(), 6.02214076e23);
  EXPECT_EQ(parse_json("1e-400")->as_double(), 0.0);
  EXPECT_EQ(detail_of("1e400"), "broken_json");
}

TEST(Json, AnObjectMayBeAsked) {
  EXPECT_TRUE(parse_json_object("{}"));
  EXPECT_EQ(parse_json_object("[]").error().detail, "expected_object");
  EXPECT_EQ(parse_json_object("[").error().detail, "broken_json");
}

}  // namespace
}  // namespace linchpin
