#include "inbound/body.h"

#include <gtest/gtest.h>

namespace linchpin::inbound {
namespace {

Members members(std::string_view text) {
  return Members(parse_json_object(text).value_or(json::object()));
}

template <class T>
void expect_problem(const Result<T>& result, ErrorCode code, std::string_view pointer,
                    std::string_view problem) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, code);
  ASSERT_EQ(result.error().problems.size(), 1U);
  EXPECT_EQ(result.error().problems[0].pointer, pointer);
  EXPECT_EQ(result.error().problems[0].code, problem);
}

TEST(Body, NamesWhatItDoesNotKnow) {
  const Members body = members(R"({"fields": {}, "a/b~c": 1})");
  expect_problem(body.allow_only({"fields"}), ErrorCode::malformed, "/a~1b~0c", "unknown_member");
  EXPECT_TRUE(body.allow_only({"fields", "a/b~c"}));
}

TEST(Body, ReadsMembersOfTheirTypes) {
  const Members body = members(R"({"t": "x", "n": 7, "b": true, "l": ["a", "b"], "o": {"i": 1}})");
  EXPECT_EQ(body.text("t")->value_or(""), "x");
  EXPECT_EQ(body.integer("n")->value_or(0), 7);
  EXPECT_TRUE(*body.boolean("b"));
  EXPECT_EQ(*body.texts("l"), (std::vector<std::string>{"a", "b"}));
  ASSERT_TRUE(body.object("o")->has_value());
  EXPECT_EQ((*body.object("o"))->integer("i")->value_or(0), 1);
}

TEST(Body, AbsentAndNullAreNothing) {
  const Members body = members(R"({"t": null})");
  EXPECT_FALSE(body.text("t")->has_value());
  EXPECT_FALSE(body.text("other")->has_value());
  EXPECT_FALSE(*body.boolean("b"));
  expect_problem(body.required_text("t"), ErrorCode::malformed, "/t", "member_missing");
}

TEST(Body, WrongTypesPointAtTheirPlace) {
  const Members body = members(R"({"t": 1, "n": "1", "b": 0, "l": [1], "o": {"i": 1.5}})");
  expect_problem(body.text("t"), ErrorCode::malformed, "/t", "expected_text");
  expect_problem(body.integer("n"), ErrorCode::malformed, "/n", "expected_integer");
  expect_problem(body.boolean("b"), ErrorCode::malformed, "/b", "expected_boolean");
  expect_problem(body.texts("l"), ErrorCode::malformed, "/l/0", "expected_text");
  expect_problem((*body.object("o"))->integer("i"), ErrorCode::malformed, "/o/i",
                 "expected_integer");
}

TEST(Body, NumbersHaveTheirRange) {
  const Members body = members(R"({"n": 501})");
  expect_problem(body.integer("n", 1, 500), ErrorCode::validation_failed, "/n", "out_of_range");
  EXPECT_TRUE(body.integer("n", 1, 501));
}

TEST(Body, TimesAreRead) {
  const Members body =
      members(R"({"good": "1970-01-01T00:00:01Z", "bad": "1970-02-30T00:00:00Z"})");
  EXPECT_EQ(body.instant("good")->value_or(0), 1000);
  expect_problem(body.instant("bad"), ErrorCode::validation_failed, "/bad", "no_such_date");
}

TEST(Body, AnEmptyBodyIsAnObjectOnlyWhereItMay) {
  Request request;
  EXPECT_TRUE(read_body(request, BodyIs::optional));
  const auto required = read_body(request);
  ASSERT_FALSE(required);
  EXPECT_EQ(required.error().code, ErrorCode::malformed);
}

TEST(Body, ListsOfNames) {
  EXPECT_EQ(*listed_names("a, b,,c", "select"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(listed_names("", "select")->empty());
  std::string many;
  for (std::size_t i = 0; i <= max_listed_names; ++i) many += "n,";
  expect_problem(listed_names(many, "select"), ErrorCode::malformed, "/select", "too_many_values");
}

TEST(Body, WholeNumbersOfTheQuery) {
  RequestHead head;
  head.query = {{"limit", "20"}, {"bad", "2x"}};
  EXPECT_EQ(*integer_query(head, "limit", 50, 1, 500), 20);
  EXPECT_EQ(*integer_query(head, "other", 50, 1, 500), 50);
  expect_problem(integer_query(head, "bad", 50, 1, 500), ErrorCode::validation_failed, "/bad",
                 "out_of_range");
}

}  // namespace
}  // namespace linchpin::inbound
