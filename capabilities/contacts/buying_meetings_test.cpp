#include "contacts/buying_meetings.h"

#include "all_capabilities.h"
#include "contacts/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::contacts {
namespace {

using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

class MeetingTest : public ApiTest {
 protected:
  MeetingTest() : ApiTest(add_capability_rules, install) {}

  // Creates as many records of the object, each with the fields that `fields(i)` gives.
  template <class Fields>
  ClientResponse many(const std::string& object, int count, Fields fields) {
    std::string ops;
    for (int i = 0; i < count; ++i) {
      ops += (i == 0 ? "" : ",") + std::string(R"({"op":"create","fields":)") + fields(i) + "}";
    }
    return admin.post("/records/" + object + "/batch", R"({"mode":"atomic","ops":[)" + ops + "]}");
  }
};

TEST_F(MeetingTest, TakesInAHundredPeopleAndNoMore) {
  const std::string account = create("account", R"({"code":"M1","name":"华北电力"})");
  const std::string meeting =
      create("buying_meeting", R"({"subject":"选型","held_on":"2026-05-06","state":"held",)"
                               R"("account":")" + account + "\"}");
  const ClientResponse people = many("contact", max_meeting_people + 1, [&](int i) {
    return R"({"name":"人)" + std::to_string(i) + R"(","account":")" + account + "\"}";
  });
  ASSERT_EQ(people.status, 200) << people.body;
  std::vector<std::string> ids;
  for (const json::value& one : people.array_at("results")) {
    ids.emplace_back(one.at("id").as_string());
  }
  const auto prefers = [&](int i) {
    return R"({"why":"交期","meeting":")" + meeting + R"(","contact":")" +
           ids.at(static_cast<std::size_t>(i)) + "\"}";
  };
  ASSERT_EQ(many("buying_preference", max_meeting_people, prefers).status, 200);
  const ClientResponse over = admin.post("/records/buying_preference",
                                         "{\"fields\":" + prefers(max_meeting_people) + "}");
  EXPECT_EQ(over.status, 422);
  EXPECT_EQ(over.text_at("errors/0/code"), "too_many_participants") << over.body;
  const ClientResponse done = admin.post("/contacts/meetings/" + meeting + "/confirmation");
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(done.at("standings"), json::value(max_meeting_people));
}

}  // namespace
}  // namespace linchpin::contacts
