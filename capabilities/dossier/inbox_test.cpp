#include "dossier/inbox.h"

#include "all_capabilities.h"
#include "dossier/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::testing::ApiClient;
using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

class InboxMarks : public ApiTest {
 protected:
  InboxMarks() : ApiTest(add_capability_rules, install) {}
};

// What was read last is still read, whatever its name sorts by.
TEST_F(InboxMarks, ManyOfThemDoNotMakeWhatIsToldUnread) {
  const std::string me = admin.get("/session").text_at("user/id");
  const std::string account =
      create("account", R"({"code":"A1","name":"华北电力","owner":")" + me + "\"}");
  server.add_user("boss", true);
  ApiClient boss = server.signed_in("boss");
  const auto read = [&](const std::string& ids) {
    return admin.post("/inbox/read", "{\"entries\":[" + ids + "]}");
  };
  std::string ids;
  for (std::size_t i = 1; i <= max_read_marks; ++i) {
    const ClientResponse task =
        boss.post("/records/task", R"({"fields":{"title":"x","owner":")" + me + "\"}}");
    ids += (ids.empty() ? "\"task:" : ",\"task:") + task.text_at("id") + "\"";
    if (i % max_inbox_entries != 0) continue;
    EXPECT_EQ(read(ids).status, 200);
    ids.clear();
  }
  const ClientResponse comment = boss.post(
      "/records/comment", R"({"fields":{"account":")" + account + R"(","body":"下周招标"}})");
  ASSERT_EQ(comment.status, 201) << comment.body;
  EXPECT_EQ(admin.get("/inbox?unread=true").array_at("entries").size(), 1U);
  EXPECT_EQ(read("\"comment:" + comment.text_at("id") + "\"").status, 200);
  EXPECT_EQ(admin.get("/inbox?unread=true").array_at("entries").size(), 0U);
  const ClientResponse strange = read("\"task:nothing\",\"" + std::string(5'000, 'x') + "\"");
  EXPECT_EQ(strange.status, 200);
  const ClientResponse kept = admin.post("/records/inbox_state/query", R"({"select":["read"]})");
  EXPECT_EQ(kept.body.find("xxxx"), std::string::npos) << "what is not told is not marked";
}

}  // namespace
}  // namespace linchpin::dossier
