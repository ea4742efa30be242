#include "records/standard_objects.h"

#include <gtest/gtest.h>

namespace linchpin::records {
namespace {

constexpr std::string_view account_document = R"({"objects":[{"api_name":"account",
  "label":{"zh-CN":"客户","en":"Account"},"primary_field":"name","ownership":{"kind":"none"},
  "features":[],"fields":[
    {"api_name":"name","type":"text","label":{"zh-CN":"名称","en":"Name"}},
    {"api_name":"city","type":"text","label":{"zh-CN":"城市","en":"City"}}]},
  {"api_name":"user","label":{"zh-CN":"人员","en":"User"},"fields":[]}]})";

json::object text_field(std::string_view name) {
  return {
      {"api_name", name}, {"type", "text"}, {"label", json::object{{"zh-CN", "甲"}, {"en", "A"}}}};
}

FieldDefinition own_field(std::int64_t id, const std::string& name) {
  return {RecordId{id},          {}, "account", name, true, "c__" + name, text_field(name),
          DefinitionState::live, 0};
}

class StandardObjectsTest : public ::testing::Test {
 protected:
  void SetUp() override { standard_.add("accounts", *parse_json_object(account_document)); }
  StandardObjects standard_{2};
};

TEST_F(StandardObjectsTest, OwnFieldsComeAfterTheStandardOnes) {
  Customization custom;
  custom.generation = 4;
  custom.fields.push_back(own_field(1, "grade"));
  const auto plain = standard_.build({});
  const auto made = standard_.build(custom);
  ASSERT_TRUE(plain);
  ASSERT_TRUE(made);
  EXPECT_EQ((*made)->generation(), 4);
  const Object& object = *(*made)->object("account");
  for (const Field& field : (*plain)->object("account")->fields) {
    EXPECT_EQ(object.field(field.api_name)->index, field.index);
  }
  const Field& grade = *object.field("grade");
  EXPECT_EQ(grade.index + 1, object.fields.size());
  EXPECT_TRUE(grade.custom);
  EXPECT_EQ(grade.column.text(), "c__grade");
}

TEST_F(StandardObjectsTest, ANameThatTheProductHasTakenSinceGivesWay) {
  Customization custom;
  custom.fields.push_back(own_field(1, "city"));
  custom.objects.push_back({RecordId{2},
                            "account",
                            "c__account",
                            {{"label", json::object{{"zh-CN", "甲"}, {"en", "A"}}},
                             {"ownership", json::object{{"kind", "none"}}},
                             {"primary_field", ""},
                             {"features", json::array()}},
                            DefinitionState::live,
                            0});
  const auto made = standard_.build(custom);
  ASSERT_TRUE(made) << made.error().params.front().second;
  const Object& object = *(*made)->object("account");
  EXPECT_FALSE(object.field("city")->custom);
  ASSERT_NE(object.field("city_2"), nullptr);
  EXPECT_EQ(object.field("city_2")->column.text(), "c__city");
  ASSERT_NE((*made)->object("account_2"), nullptr);
  EXPECT_EQ((*made)->object("account_2")->table.text(), "c__account");
}

TEST_F(StandardObjectsTest, WhatRestsOrWaitsIsNotThere) {
  Customization custom;
  for (const auto state : {DefinitionState::deleted, DefinitionState::pending,
                           DefinitionState::abandoned, DefinitionState::purged}) {
    custom.fields.push_back(own_field(static_cast<std::int64_t>(state) + 1, "grade"));
    custom.fields.back().state = state;
  }
  const auto made = standard_.build(custom);
  ASSERT_TRUE(made);
  EXPECT_EQ((*made)->object("account")->field("grade"), nullptr);
}

}  // namespace
}  // namespace linchpin::records
