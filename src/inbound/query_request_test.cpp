#include "inbound/query_request.h"

#include <gtest/gtest.h>

namespace linchpin::inbound {
namespace {

using records::CountMode;

class QueryRequestTest : public ::testing::Test {
 protected:
  QueryRequestTest() {
    records::SchemaBuilder builder(2);
    const auto document = parse_json_object(R"({"objects": [
      {"api_name": "user", "label": {"zh-CN": "人", "en": "User"}, "primary_field": "name",
       "ownership": {"kind": "none"}, "features": [], "fields": [
        {"api_name": "name", "type": "text", "label": {"zh-CN": "名", "en": "Name"}},
        {"api_name": "active", "type": "boolean", "label": {"zh-CN": "在用", "en": "Active"}}]},
      {"api_name": "deal", "label": {"zh-CN": "商机", "en": "Deal"}, "primary_field": "name",
       "ownership": {"kind": "owner"}, "features": [], "fields": [
        {"api_name": "name", "type": "text", "label": {"zh-CN": "名", "en": "Name"}},
        {"api_name": "stage", "type": "select", "label": {"zh-CN": "阶段", "en": "Stage"},
         "options": [{"key": "won", "label": {"zh-CN": "赢", "en": "Won"}}]},
        {"api_name": "seats", "type": "integer", "label": {"zh-CN": "席位", "en": "Seats"}},
        {"api_name": "tags", "type": "multi_select", "label": {"zh-CN": "标签", "en": "Tags"},
         "options": [{"key": "new", "label": {"zh-CN": "新", "en": "New"}}]},
        {"api_name": "owner", "type": "user", "label": {"zh-CN": "人", "en": "Owner"}}]}]})");
    EXPECT_TRUE(document && builder.add("test", *document));
    auto finished = builder.finish();
    EXPECT_TRUE(finished);
    if (finished) schema = *finished;
  }

  Result<records::QueryRequest> list(std::vector<std::pair<std::string, std::string>> query) const {
    RequestHead head;
    head.query = std::move(query);
    return read_list_query(head, *schema, *schema->object("deal"));
  }
  std::string filter(std::vector<std::pair<std::string, std::string>> query) const {
    const auto request = list(std::move(query));
    return request ? json::serialize(request->where) : "failed";
  }
  static Result<records::QueryRequest> body(std::string_view text) {
    return read_query(Members(parse_json_object(text).value_or(json::object())));
  }

  std::shared_ptr<const records::Schema> schema;
};

TEST_F(QueryRequestTest, NothingAskedIsTheDefault) {
  const auto request = list({});
  ASSERT_TRUE(request);
  EXPECT_TRUE(request->where.is_null());
  EXPECT_TRUE(request->sort.is_null());
  EXPECT_EQ(request->page.limit, 50);
  EXPECT_EQ(request->count, CountMode::none);
}

TEST_F(QueryRequestTest, AFieldMustHaveItsValueInItsType) {
  EXPECT_EQ(filter({{"stage", "won"}}), R"({"op":"eq","field":"stage","value":"won"})");
  EXPECT_EQ(filter({{"seats", "12"}}), R"({"op":"eq","field":"seats","value":12})");
  EXPECT_EQ(filter({{"owner.active", "true"}}),
            R"({"op":"eq","field":"owner.active","value":true})");
  EXPECT_EQ(filter({{"owner", "me"}}), R"({"op":"eq","field":"owner","value":{"var":"me"}})");
  EXPECT_EQ(filter({{"tags", "new"}}), R"({"op":"has_any","field":"tags","value":["new"]})");
}

TEST_F(QueryRequestTest, TwiceIsOneOfThemAndNothingIsEmpty) {
  EXPECT_EQ(filter({{"stage", "won"}, {"stage", "lost"}}),
            R"({"op":"in","field":"stage","value":["won","lost"]})");
  EXPECT_EQ(filter({{"stage", ""}}), R"({"op":"empty","field":"stage"})");
}

TEST_F(QueryRequestTest, SeveralConditionsHoldTogether) {
  EXPECT_EQ(filter({{"stage", "won"}, {"name", "x"}}),
            R"({"op":"and","args":[{"op":"eq","field":"name","value":"x"},)"
            R"({"op":"eq","field":"stage","value":"won"}]})");
}

TEST_F(QueryRequestTest, WhatIsWrongIsLeftToTheEngine) {
  EXPECT_EQ(filter({{"no_such", "1"}}), R"({"op":"eq","field":"no_such","value":"1"})");
  EXPECT_EQ(filter({{"seats", "many"}}), R"({"op":"eq","field":"seats","value":"many"})");
}

TEST_F(QueryRequestTest, SortSelectAndPage) {
  const auto request = list({{"sort", "-seats,name"},
                             {"select", "name,owner.name"},
                             {"limit", "10"},
                             {"offset", "20"},
                             {"search", "华为"},
                             {"count", "exact"}});
  ASSERT_TRUE(request);
  EXPECT_EQ(json::serialize(request->sort),
            R"([{"field":"seats","dir":"desc"},{"field":"name","dir":"asc"}])");
  EXPECT_EQ(request->select, (std::vector<std::string>{"name", "owner.name"}));
  EXPECT_EQ(request->page.limit, 10);
  EXPECT_EQ(request->page.offset, 20);
  EXPECT_EQ(request->search, "华为");
  EXPECT_EQ(request->count, CountMode::exact);
}

TEST_F(QueryRequestTest, ABodySaysTheSame) {
  const auto request = body(R"({"select": ["name"], "where": {"op": "empty", "field": "name"},
                                "search": "x", "sort": [{"field": "name", "dir": "asc"}],
                                "page": {"limit": 500, "after": "c1.x"}, "count": "capped"})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->page.limit, 500);
  EXPECT_EQ(request->page.after, "c1.x");
  EXPECT_EQ(request->count, CountMode::capped);
  EXPECT_EQ(json::serialize(request->where), R"({"op":"empty","field":"name"})");
}

TEST_F(QueryRequestTest, RefusesWhatItDoesNotKnow) {
  for (const std::string_view text :
       {R"({"filter": {}})", R"({"page": {"size": 1}})", R"({"count": "some"})",
        R"({"select": "name"})", R"({"page": {"limit": 501}})", R"({"page": {"limit": 0}})",
        R"({"page": {"after": "c1.x", "offset": 1}})", R"({"search": 1})"}) {
    EXPECT_FALSE(body(text)) << text;
  }
}

}  // namespace
}  // namespace linchpin::inbound
