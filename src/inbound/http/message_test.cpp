#include "inbound/http/message.h"

#include <gtest/gtest.h>

#include "inbound/http/compression.h"
#include "inbound/http/conditional.h"
#include "inbound/http/target.h"

namespace linchpin::inbound {
namespace {

TEST(Message, FindsHeadersCookiesAndQueryValues) {
  RequestHead head;
  head.headers = {{"cookie", "a=1; session=xyz; b="}, {"accept-language", "en"}};
  head.query = {{"q", "华为"}, {"empty", ""}, {"q", "second"}};
  EXPECT_EQ(head.cookie("session"), "xyz");
  EXPECT_EQ(head.cookie("a"), "1");
  EXPECT_EQ(head.cookie("b"), "");
  EXPECT_EQ(head.cookie("sess"), "");
  EXPECT_EQ(head.header("absent"), "");
  EXPECT_EQ(head.query_value("q"), "华为");
  EXPECT_EQ(head.query_value("empty"), "");
  EXPECT_FALSE(head.query_value("none"));
  EXPECT_EQ(head.language(), Language::en);
}

TEST(Target, DecodesPathAndQuery) {
  const Result<Target> target = parse_target("/a%2Fb/%E5%8D%8E?q=a+b%26c&flag&=x&&n=1#part");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a/b/华");
  const std::vector<std::pair<std::string, std::string>> query{
      {"q", "a b&c"}, {"flag", ""}, {"", "x"}, {"n", "1"}};
  EXPECT_EQ(target->query, query);
  EXPECT_EQ(parse_target("http://host:80/x+y?z=1")->path, "/x+y");
  EXPECT_EQ(parse_target("http://host")->path, "/");
  EXPECT_EQ(parse_target("*")->path, "*");
}

TEST(Target, RefusesWhatCannotBeDecoded) {
  for (const std::string_view text : {"/%", "/%4", "/%g0", "/%00", "/%c3", "x", "/?a=%ff", "/?%"}) {
    EXPECT_FALSE(parse_target(text)) << text;
  }
  std::string many = "/?";
  for (std::size_t i = 0; i < max_query_values; ++i) many += "a&";
  EXPECT_TRUE(parse_target(many));
  EXPECT_FALSE(parse_target(many + "a"));
}

TEST(Compression, ReadsWhatTheClientAccepts) {
  EXPECT_TRUE(accepts_encoding("gzip, deflate, br", "br"));
  EXPECT_TRUE(accepts_encoding("GZIP;q=0.5", "gzip"));
  EXPECT_TRUE(accepts_encoding("*", "gzip"));
  EXPECT_FALSE(accepts_encoding("*;q=0", "gzip"));
  EXPECT_FALSE(accepts_encoding("gzip;q=0.000, *", "gzip"));
  EXPECT_FALSE(accepts_encoding("", "gzip"));
  EXPECT_FALSE(accepts_encoding("xgzip", "gzip"));
}

TEST(Compression, LeavesAloneWhatDoesNotShrink) {
  Compressor compressor;
  std::string noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 4000; ++i) {
    state = state * 1664525u + 1013904223u;
    noise.push_back(static_cast<char>(state >> 24));
  }
  EXPECT_FALSE(compressor.gzip(noise));
  const auto once = compressor.gzip(std::string(4000, 'a'));
  ASSERT_TRUE(once);
  EXPECT_EQ(compressor.gzip(std::string(4000, 'a')), once);
}

TEST(Conditional, ComparesEntityTags) {
  EXPECT_TRUE(etag_matches("\"a\", W/\"b,c\"", "\"b,c\""));
  EXPECT_TRUE(etag_matches("*", "\"x\""));
  EXPECT_FALSE(etag_matches("\"a\"", "\"b\""));
  EXPECT_FALSE(etag_matches("\"a", "\"a\""));
  EXPECT_FALSE(etag_matches("*", ""));
}

TEST(Conditional, ReadsSingleRanges) {
  const auto read = [](std::string_view header) {
    ByteRange range;
    const RangeKind kind = parse_range(header, 10, range);
    if (kind == RangeKind::whole) return std::string("whole");
    if (kind == RangeKind::unsatisfiable) return std::string("none");
    return std::to_string(range.first) + "+" + std::to_string(range.length);
  };
  EXPECT_EQ(read("bytes=0-0"), "0+1");
  EXPECT_EQ(read("bytes=3-"), "3+7");
  EXPECT_EQ(read("bytes=3-99"), "3+7");
  EXPECT_EQ(read("bytes=-4"), "6+4");
  EXPECT_EQ(read("bytes=-40"), "0+10");
  EXPECT_EQ(read("bytes=10-"), "none");
  EXPECT_EQ(read("bytes=-0"), "none");
  EXPECT_EQ(read("bytes=5-3"), "whole");
  EXPECT_EQ(read("bytes=0-1,3-4"), "whole");
  EXPECT_EQ(read("bytes=a-b"), "whole");
  EXPECT_EQ(read("lines=0-1"), "whole");
}

TEST(Conditional, WritesDatesAsHttpDoes) {
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace linchpin::inbound
