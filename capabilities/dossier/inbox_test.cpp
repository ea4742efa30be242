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

// The workspace's clock is Shanghai's: eight hours before UTC.
class InboxTimes : public InboxMarks {
 protected:
  InboxTimes() : me(server.with_token()), boss(colleague()) {
    const std::string id = me.get("/session").text_at("user/id");
    account = create("account", R"({"code":"A1","name":"华北电力","owner":")" + id + "\"}");
    task = R"({"fields":{"title":"准备投标","owner":")" + id + "\"}}";
    const ClientResponse kept =
        me.patch("/inbox/preferences",
                 R"({"kinds":{"comment":"digest"},"quiet":{"from":"22:00","until":"07:30"},)"
                 R"("digest_at":"08:30"})");
    EXPECT_EQ(kept.status, 200) << kept.body;
  }

  ApiClient colleague() {
    server.add_user("boss", true);
    return server.with_token("boss");
  }
  void at(std::string_view time) {
    server.clock().advance(*parse_instant(time) - server.clock().now());
  }
  void complaint(const std::string& severity) {
    const ClientResponse made = boss.post(
        "/records/complaint", R"({"fields":{"account":")" + account +
                                  R"(","content":"渗漏","severity":")" + severity + "\"}}");
    EXPECT_EQ(made.status, 201) << made.body;
  }
  void comment() {
    const ClientResponse made = boss.post(
        "/records/comment", R"({"fields":{"account":")" + account + R"(","body":"下周招标"}})");
    EXPECT_EQ(made.status, 201) << made.body;
  }
  // "unread held quiet_until"
  std::string inbox() {
    const ClientResponse answer = me.get("/inbox");
    return json::serialize(answer.at("unread")) + " " + json::serialize(answer.at("held")) + " " +
           answer.text_at("quiet_until");
  }

  ApiClient me;
  ApiClient boss;
  std::string account;
  std::string task;
};

TEST_F(InboxTimes, QuietHoursHoldBackWhatComesInThemUntilTheirEnd) {
  at("2026-11-21T13:59:59.999Z");
  complaint("high");
  EXPECT_EQ(inbox(), "1 0 ");
  at("2026-11-21T14:00:00Z");
  EXPECT_EQ(inbox(), "1 0 2026-11-21T23:30:00.000Z") << "what came before them is not taken back";
  EXPECT_EQ(boss.post("/records/task", task).status, 201);
  EXPECT_EQ(inbox(), "2 1 2026-11-21T23:30:00.000Z");
  at("2026-11-21T20:00:00Z");
  complaint("critical");
  EXPECT_EQ(inbox(), "3 1 2026-11-21T23:30:00.000Z") << "a critical complaint does not wait";
  EXPECT_EQ(me.patch("/inbox/preferences", R"({"critical_through":false})").status, 200);
  EXPECT_EQ(inbox(), "3 2 2026-11-21T23:30:00.000Z") << "unless it is told to";
  const json::array entries = me.get("/inbox").array_at("entries");
  ASSERT_EQ(entries.size(), 3U) << "whoever looks sees it";
  EXPECT_TRUE(entries[0].at("held").as_bool());
  EXPECT_FALSE(entries[2].at("held").as_bool());
  at("2026-11-21T23:29:59.999Z");
  EXPECT_EQ(inbox(), "3 2 2026-11-21T23:30:00.000Z");
  at("2026-11-21T23:30:00Z");
  EXPECT_EQ(inbox(), "3 0 ");
}

TEST_F(InboxTimes, TheDigestGathersADayUntilItsTime) {
  comment();
  EXPECT_EQ(inbox(), "0 0 ") << "comments come with the digest only";
  at("2026-11-22T00:29:59Z");
  complaint("low");
  EXPECT_TRUE(me.get("/inbox").at("digest").is_null());
  at("2026-11-22T00:30:00Z");
  complaint("low");
  const ClientResponse told = me.get("/inbox");
  EXPECT_EQ(told.text_at("digest/day"), "2026-11-22");
  EXPECT_EQ(told.text_at("digest/at"), "2026-11-22T00:30:00.000Z");
  EXPECT_EQ(told.at("digest/entries").as_int64(), 2);
  EXPECT_EQ(inbox(), "3 0 ");
  const ClientResponse digest = me.get("/inbox/digest");
  const json::array entries = digest.array_at("entries");
  ASSERT_EQ(entries.size(), 2U) << "the second complaint is of the next digest";
  EXPECT_EQ(entries[0].at("kind").as_string(), "complaint");
  EXPECT_EQ(entries[1].at("kind").as_string(), "comment");
  EXPECT_EQ(me.get("/inbox/digest?day=2026-11-23").array_at("entries").size(), 1U);
  EXPECT_EQ(me.post("/inbox/read", R"({"entries":["digest:2026-11-22"]})").status, 200);
  EXPECT_EQ(inbox(), "2 0 ");
  at("2026-11-23T00:30:00Z");
  EXPECT_EQ(inbox(), "3 0 ") << "a new digest is not read yet";
}

TEST_F(InboxTimes, WhatSomebodyNeverWantsIsNotInTheDigestEither) {
  complaint("low");
  comment();
  EXPECT_EQ(me.patch("/inbox/preferences", R"({"kinds":{"complaint":"never"}})").status, 200);
  EXPECT_EQ(inbox(), "0 0 ");
  const json::array entries = me.get("/inbox/digest?day=2026-11-22").array_at("entries");
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].at("kind").as_string(), "comment");
}

}  // namespace
}  // namespace linchpin::dossier
