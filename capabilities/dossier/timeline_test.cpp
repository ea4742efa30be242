#include "dossier/timeline.h"

#include <algorithm>

#include "all_capabilities.h"
#include "dossier/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

class TimelineWalk : public ApiTest {
 protected:
  TimelineWalk() : ApiTest(add_capability_rules, install) {
    account = create("account", R"({"code":"A1","name":"华北电力"})");
  }

  void happen(const std::string& object, const std::string& fields) {
    create(object, R"({"account":")" + account + "\"," + fields + "}");
  }

  std::vector<std::string> page(const std::string& query, std::string& next) {
    const ClientResponse answer = admin.get("/dossier/accounts/" + account + "/timeline?" + query +
                                            (next.empty() ? std::string() : "&after=" + next));
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::vector<std::string> ids;
    for (const json::value& entry : answer.array_at("entries")) {
      ids.emplace_back(entry.at("kind").as_string());
      ids.back() += " " + std::string(entry.at("id").as_string());
    }
    next = answer.text_at("page/next");
    return ids;
  }
  std::vector<std::string> walk(const std::string& query) {
    std::vector<std::string> all;
    std::string next;
    do {
      const auto ids = page(query, next);
      all.insert(all.end(), ids.begin(), ids.end());
    } while (!next.empty() && all.size() < 1'000);
    return all;
  }

  std::string account;
};

// Much of it at the same instants: days begin when visits were made.
TEST_F(TimelineWalk, SmallPagesTellEverythingOnceAndInTheSameOrder) {
  for (int i = 0; i < 12; ++i) {
    const std::string day = "2026-11-1" + std::to_string(i % 3);
    const std::string before = "2026-11-0" + std::to_string(i % 3 + 1);
    happen("payment", R"("amount":"1","paid_on":")" + day + "\"");
    happen("visit", R"("state":"done","done_at":")" + before + R"(T16:00:00Z")");
    happen("comment", R"("body":"x","written_at":")" + day + R"(T01:00:00Z")");
    happen("promise", R"("content":"x","promised_on":")" + day + "\"");
    admin.patch("/records/account/" + account,
                R"({"fields":{"remarks":")" + std::to_string(i) + "\"}}", {{"If-Match", "*"}});
  }
  const std::vector<std::string> whole = walk("limit=100");
  EXPECT_EQ(whole.size(), 60U);
  for (const char* query : {"limit=1", "limit=2", "limit=7", "limit=11"}) {
    EXPECT_EQ(walk(query), whole) << query;
  }
  std::vector<std::string> sorted = whole;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(std::unique(sorted.begin(), sorted.end()), sorted.end());
}

TEST_F(TimelineWalk, IsFilteredByKindAndPerson) {
  const std::string wang = create("contact", R"({"account":")" + account + R"(","name":"王建国"})");
  happen("visit",
         R"("state":"done","done_at":"2026-11-01T01:00:00Z","received_by":[")" + wang + "\"]");
  happen("visit", R"("state":"done","done_at":"2026-11-02T01:00:00Z")");
  happen("complaint", R"("raised_at":"2026-11-03T01:00:00Z","contact":")" + wang + "\"");
  happen("payment", R"("amount":"1","paid_on":"2026-11-04")");
  EXPECT_EQ(walk("limit=10").size(), 4U);
  EXPECT_EQ(walk("kinds=visit").size(), 2U);
  EXPECT_EQ(walk("kinds=visit,payment").size(), 3U);
  EXPECT_EQ(walk("contact=" + wang).size(), 2U);
  EXPECT_EQ(walk("kinds=visit&contact=" + wang).size(), 1U);
}

TEST_F(TimelineWalk, RefusesACursorThatItDidNotGive) {
  for (const char* cursor :
       {"x", "t1.", "t1.5", "t1.5.0", "t1.5.0.0x", "t1.5.9999.0", "t1.5.0.-1"}) {
    const ClientResponse answer =
        admin.get("/dossier/accounts/" + account + "/timeline?after=" + cursor);
    EXPECT_EQ(answer.status, 400) << cursor;
  }
}

}  // namespace
}  // namespace linchpin::dossier
