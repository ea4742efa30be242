#include "base/json_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "base/json.h"

namespace linchpin {
namespace {

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  JsonWriter writer;
  writer.begin_object();
  writer.key("a").begin_array().integer(1).boolean(true).null();
  writer.begin_object().end_object().begin_array().end_array().end_array();
  writer.key("b").begin_object().key("c").string("d").key("e").raw("[1,2]").end_object();
  writer.end_object();
  EXPECT_EQ(writer.text(), R"({"a":[1,true,null,{},[]],"b":{"c":"d","e":[1,2]}})");
  EXPECT_EQ(writer.size(), writer.text().size());
}

TEST(JsonWriter, WritesTheProductsOwnValues) {
  JsonWriter writer;
  writer.begin_array();
  writer.id({1}).id({}).decimal(120'000, 2).date(0).instant(1);
  writer.integer(std::numeric_limits<std::int64_t>::min());
  writer.end_array();
  EXPECT_EQ(writer.take(),
            R"(["0000000000001",null,"1200.00","1970-01-01","1970-01-01T00:00:00.001Z",)"
            "-9223372036854775808]");
}

TEST(JsonWriter, EscapesWhatJsonDemandsAndNothingElse) {
  std::string out;
  append_json_string(out, std::string_view("\"\\/\n\r\t\0\x1f\x7f 枢\u2028", 16));
  EXPECT_EQ(out, "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\x7f 枢\u2028\"");
}

RC_GTEST_PROP(JsonWriter, TextReadsBackTheSame, (const std::string& bytes)) {
  std::string text = bytes;
  for (char& c : text) c = static_cast<char>(c & 0x7f);
  JsonWriter writer;
  writer.string(text);
  const Result<json::value> value = parse_json(writer.text());
  RC_ASSERT(bool(value));
  RC_ASSERT(std::string_view(value->as_string().data(), value->as_string().size()) == text);
}

RC_GTEST_PROP(JsonWriter, DoubleReadsBackTheSame, (double value)) {
  RC_PRE(std::isfinite(value));
  JsonWriter writer;
  writer.number(value);
  const Result<json::value> read = parse_json(writer.text());
  RC_ASSERT(bool(read));
  RC_ASSERT(read->to_number<double>() == value);
}

TEST(JsonWriter, WritesTheShortestDouble) {
  JsonWriter writer;
  writer.begin_array().number(0.1).number(3).number(-2.5).number(1e22).end_array();
  EXPECT_EQ(writer.text(), "[0.1,3,-2.5,1e+22]");
}

}  // namespace
}  // namespace linchpin
