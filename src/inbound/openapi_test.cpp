#include "inbound/openapi.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/test_folder.h"

namespace linchpin::inbound {
namespace {

class OpenApiTest : public ::testing::Test {
 protected:
  std::string write(const std::string& name, std::string_view text) {
    const std::string path = folder.file(name);
    EXPECT_TRUE(write_file_atomically(path, text));
    return path;
  }
  TestFolder folder;
};

TEST_F(OpenApiTest, FragmentsBecomeOneDocument) {
  const auto whole =
      merge_openapi({write("a.json", R"({"openapi": "3.1.0", "paths": {"/b": {"get": {}}},
                           "components": {"schemas": {"B": {}}}})"),
                     write("b.json", R"({"paths": {"/a": {}, "/b": {"post": {}}},
                           "components": {"schemas": {"A": {}}, "parameters": {"p": {}}}})")});
  ASSERT_TRUE(whole) << whole.error().log_detail;
  EXPECT_EQ(json::serialize(*whole),
            R"({"openapi":"3.1.0","paths":{"/a":{},"/b":{"get":{},"post":{}}},)"
            R"("components":{"parameters":{"p":{}},"schemas":{"B":{},"A":{}}}})");
}

TEST_F(OpenApiTest, NothingIsDefinedTwice) {
  const auto twice = merge_openapi({write("a.json", R"({"paths": {"/a": {"get": {}}}})"),
                                    write("b.json", R"({"paths": {"/a": {"get": {}}}})")});
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().log_detail.find("b.json"), std::string::npos);
  EXPECT_FALSE(merge_openapi({write("c.json", "[]")}));
  EXPECT_FALSE(merge_openapi({folder.file("none.json")}));
}

TEST_F(OpenApiTest, TheTextIsIndentedAndReadsBack) {
  const json::value value =
      parse_json(R"({"a":[1,2],"b":{"c":"x\"y","d":[]},"e":[{"f":null}],"g":{}})").value();
  const std::string text = pretty_json(value);
  EXPECT_EQ(*parse_json(text), value);
  EXPECT_EQ(text,
            "{\n  \"a\": [1, 2],\n  \"b\": {\n    \"c\": \"x\\\"y\",\n    \"d\": []\n  },\n"
            "  \"e\": [\n    {\n      \"f\": null\n    }\n  ],\n  \"g\": {}\n}\n");
}

}  // namespace
}  // namespace linchpin::inbound
