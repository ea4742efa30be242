#include "inbound/router.h"

#include <gtest/gtest.h>

namespace linchpin::inbound {
namespace {

Route route_for(Method method, std::string pattern) {
  Route route;
  route.method = method;
  route.pattern = std::move(pattern);
  route.handler = [](const Request&, const Caller&) { return Result<Response>(Response()); };
  return route;
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    for (const auto& [method, pattern] : std::vector<std::pair<Method, std::string>>{
             {Method::get, "/records/{object}"},
             {Method::post, "/records/{object}"},
             {Method::post, "/records/{object}/query"},
             {Method::get, "/records/{object}/{id}"},
             {Method::patch, "/records/{object}/{id}"},
             {Method::get, "/records/{object}/{record}/history"},
             {Method::get, "/session"},
             {Method::del, "/session"}}) {
      router.add("/api/v1", route_for(method, pattern));
    }
  }
  std::string path_of(Method method, std::string_view path) const {
    const Router::Match match = router.find(method, path);
    return match.entry ? match.entry->path : std::string();
  }
  Router router;
};

TEST_F(RouterTest, FindsLiteralsAndParameters) {
  const Router::Match match = router.find(Method::patch, "/api/v1/records/account/0A1B");
  ASSERT_NE(match.entry, nullptr);
  EXPECT_EQ(match.entry->path, "/api/v1/records/{object}/{id}");
  const std::vector<std::pair<std::string, std::string>> expected{{"object", "account"},
                                                                  {"id", "0A1B"}};
  EXPECT_EQ(match.parameters, expected);
}

TEST_F(RouterTest, ALiteralGoesBeforeAParameterWhereItHasTheMethod) {
  EXPECT_EQ(path_of(Method::post, "/api/v1/records/account/query"),
            "/api/v1/records/{object}/query");
  EXPECT_EQ(path_of(Method::get, "/api/v1/records/account/query"), "/api/v1/records/{object}/{id}");
}

TEST_F(RouterTest, ParametersMayBeNamedDifferentlyOnTheSamePlace) {
  const Router::Match match = router.find(Method::get, "/api/v1/records/account/1/history");
  ASSERT_NE(match.entry, nullptr);
  EXPECT_EQ(match.parameters[1], (std::pair<std::string, std::string>("record", "1")));
}

TEST_F(RouterTest, TellsTheMethodsOfAPathThatLacksThisOne) {
  const Router::Match match = router.find(Method::put, "/api/v1/records/account/query");
  EXPECT_EQ(match.entry, nullptr);
  EXPECT_EQ(match.allowed, (std::vector<Method>{Method::get, Method::post, Method::patch}));
}

TEST_F(RouterTest, HeadIsAnsweredByGet) {
  EXPECT_EQ(path_of(Method::head, "/api/v1/session"), "/api/v1/session");
}

TEST_F(RouterTest, UnknownPathsMatchNothing) {
  for (const std::string_view path :
       {"/", "", "/api/v1", "/api/v1/session/", "/api/v1/records//x", "/session",
        "/api/v1/records/a/b/c/d", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n"}) {
    const Router::Match match = router.find(Method::get, path);
    EXPECT_EQ(match.entry, nullptr) << path;
    EXPECT_TRUE(match.allowed.empty()) << path;
  }
}

TEST(RouterDeath, TwoRoutesForTheSameRequestsAreABug) {
  Router router;
  router.add("/api/v1", route_for(Method::get, "/jobs/{id}"));
  EXPECT_DEATH(router.add("/api/v1", route_for(Method::get, "/jobs/{job}")), "two routes");
}

}  // namespace
}  // namespace linchpin::inbound
