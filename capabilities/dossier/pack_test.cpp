#include "dossier/pack.h"

#include "all_capabilities.h"
#include "dossier/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::testing::ApiClient;
using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

class PackTest : public ApiTest {
 protected:
  PackTest() : ApiTest(add_capability_rules, install) {
    account = create("account", R"({"code":"A1","name":"华北电力","city":"保定"})");
  }

  void visit(const std::string& where, const std::string& at) {
    create("visit", R"({"account":")" + where + R"(","subject":"选型沟通","planned_at":")" + at +
                        R"(","our_people":[")" + me() + "\"]}");
  }
  std::string me() { return admin.get("/session").text_at("user/id"); }

  std::string taken(const std::string& body) {
    const ClientResponse answer = admin.post("/dossier/packs", body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.text_at("id");
  }
  std::string file(const std::string& pack) {
    const ClientResponse answer = admin.get("/dossier/packs/" + pack + "/file");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
  }

  std::string account;
};

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_F(PackTest, CardsAreOutUntilTheyAreBroughtBack) {
  visit(account, "2026-11-21T02:00:00Z");
  const std::string other = create("account", R"({"code":"A2","name":"南方机床"})");
  visit(other, "2026-11-22T02:00:00Z");

  const std::string pack = taken("{}");
  EXPECT_EQ(taken("{}"), pack) << "the same is not taken twice";
  const ClientResponse read = admin.get("/dossier/packs/" + pack);
  ASSERT_EQ(read.status, 200) << read.body;
  ASSERT_EQ(read.array_at("cards").size(), 1U) << "those of the day alone";
  EXPECT_NE(read.body.find("华北电力"), std::string::npos);
  EXPECT_NE(read.body.find("选型沟通"), std::string::npos);

  EXPECT_EQ(admin.post("/dossier/packs/" + pack + "/return").status, 200);
  EXPECT_EQ(admin.get("/dossier/packs/" + pack).status, 409);
  EXPECT_EQ(admin.get("/dossier/packs/" + pack + "/file").status, 409);
  const ClientResponse kept = admin.get("/records/day_pack/" + pack);
  EXPECT_EQ(kept.text_at("fields/state"), "returned");
  EXPECT_EQ(kept.text_at("fields/owner"), me());
  EXPECT_NE(taken("{}"), pack);
}

TEST_F(PackTest, WithoutVisitsThereIsNothingToTake) {
  const ClientResponse answer = admin.post("/dossier/packs", R"({"date":"2026-11-30"})");
  EXPECT_EQ(answer.status, 409) << answer.body;
  EXPECT_EQ(admin.post("/dossier/packs", R"({"date":"today"})").status, 422);
  EXPECT_EQ(admin.post("/dossier/packs", R"({"day":"2026-11-30"})").status, 400);
}

TEST_F(PackTest, OnlyWhoTookThemReadsThemAndOnlyWhoMayExportTakesThem) {
  const std::string pack = taken(R"({"account":")" + account + "\"}");
  server.add_user("boss", true);
  ApiClient boss = server.signed_in("boss");
  EXPECT_EQ(boss.get("/dossier/packs/" + pack).status, 404);
  EXPECT_EQ(boss.get("/dossier/packs/" + pack + "/file").status, 404);
  EXPECT_EQ(boss.post("/dossier/packs/" + pack + "/return").status, 404);
  server.add_user("helper", false, "sales_assistant");
  ApiClient helper = server.signed_in("helper");
  EXPECT_EQ(helper.post("/dossier/packs", "{}").status, 403);
  server.add_user("seller", false, "kam");
  ApiClient seller = server.signed_in("seller");
  EXPECT_EQ(seller.post("/dossier/packs", R"({"account":")" + account + "\"}").status, 404);
}

TEST_F(PackTest, PersonalValuesSupportAndRelationsAreNotPrinted) {
  const std::string contact = create(
      "contact", R"({"account":")" + account +
                     R"(","name":"王强","title":"总经理","layer":"deciding","food":"忌辣",)"
                     R"("ambitions":"想进董事会","remarks":"私下说过","consent_purpose":"拜访",)"
                     R"("consent_state":"given"})");
  create("contact_standing",
         R"({"contact":")" + contact + R"(","support":-3,"challenge":"支持竞争对手"})");
  const std::string pack = taken(R"({"account":")" + account + "\"}");
  const std::string body = admin.get("/dossier/packs/" + pack).body;
  EXPECT_NE(body.find("王强"), std::string::npos);
  EXPECT_NE(body.find("总经理"), std::string::npos);
  for (const char* secret : {"忌辣", "想进董事会", "支持竞争对手", "私下说过", "food", "***"}) {
    EXPECT_EQ(body.find(secret), std::string::npos) << secret;
  }
}

TEST_F(PackTest, TenCardsBecomeOneFileWithFontsAndAMarkOnEveryPage) {
  const std::string much(2'000, 'x');
  for (int i = 0; i < 10; ++i) {
    const std::string number = std::to_string(i);
    const std::string one =
        create("account", R"({"code":"P)" + number + R"(","name":"客户)" + number +
                              R"(","remarks":")" + much + R"(","address":"长安街一号"})");
    visit(one, "2026-11-21T0" + number + ":00:00Z");
    for (int j = 0; j < 15; ++j) {
      create("contact", R"({"account":")" + one + R"(","name":"张)" + std::to_string(j) + "\"}");
    }
  }
  const auto begun = std::chrono::steady_clock::now();
  const std::string pdf = file(taken("{}"));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  RecordProperty("seconds", std::to_string(took.count()));
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  EXPECT_GE(count_of(pdf, "/FontFile"), 1U) << "fonts are embedded";
  EXPECT_GE(count_of(pdf, "/ToUnicode"), 1U) << "text can be selected";
  EXPECT_GE(count_of(pdf, "/Type /Page "), 10U);
}

}  // namespace
}  // namespace linchpin::dossier
