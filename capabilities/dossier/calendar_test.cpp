#include "dossier/calendar.h"

#include "all_capabilities.h"
#include "dossier/install.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::testing::ApiClient;
using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

TEST(CalendarText, IsEscapedAndFoldedBetweenCharacters) {
  EXPECT_EQ(calendar_text("a;b,c\\d\ne\rf"), "a\\;b\\,c\\\\d\\nef");
  std::string name;
  for (int i = 0; i < 60; ++i) name += "华";
  const std::string line = calendar_line("SUMMARY", name);
  std::string whole;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t end = line.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75U);
    EXPECT_NE(static_cast<unsigned char>(line[at == 0 ? 0 : at + 1]) & 0xC0U, 0x80U);
    whole += line.substr(at == 0 ? 0 : at + 1, end - (at == 0 ? 0 : at + 1));
    at = end + 2;
  }
  EXPECT_EQ(whole, "SUMMARY:" + name);
}

class CalendarTest : public ApiTest {
 protected:
  CalendarTest() : ApiTest(add_capability_rules, install) {
    account = create("account", R"({"code":"A1","name":"华北电力","city":"保定"})");
    me = admin.get("/session").text_at("user/id");
  }

  std::string visit(const std::string& at, const std::string& people) {
    return create("visit", R"({"account":")" + account +
                               R"(","subject":"选型, 沟通","planned_at":")" + at +
                               R"(","our_people":[)" + people + "]}");
  }

  std::string account;
  std::string me;
};

TEST_F(CalendarTest, AnAddressShowsItsOwnersVisitsUntilItIsTakenBack) {
  const std::string mine = visit("2026-11-23T02:00:00Z", "\"" + me + "\"");
  const std::string other = visit("2026-11-24T02:00:00Z", "");
  const std::string far = visit("2028-11-24T02:00:00Z", "\"" + me + "\"");
  EXPECT_EQ(admin.get("/dossier/calendar").body, R"({"path":null})");
  const std::string path = admin.post("/dossier/calendar").text_at("path");
  ASSERT_TRUE(path.starts_with("/api/v1/dossier/calendar/"));
  EXPECT_EQ(admin.get("/dossier/calendar").text_at("path"), path);

  ApiClient nobody = server.stranger();
  const ClientResponse feed = nobody.send("GET", path);
  ASSERT_EQ(feed.status, 200) << feed.body;
  EXPECT_TRUE(feed.body.starts_with("BEGIN:VCALENDAR\r\n"));
  EXPECT_NE(feed.body.find("UID:" + mine), std::string::npos);
  EXPECT_NE(feed.body.find("DTSTART:20261123T020000Z\r\n"), std::string::npos);
  EXPECT_NE(feed.body.find("SUMMARY:华北电力 · 选型\\, 沟通\r\n"), std::string::npos);
  EXPECT_NE(feed.body.find("LOCATION:保定\r\n"), std::string::npos);
  EXPECT_EQ(feed.body.find(other), std::string::npos) << "those that he makes alone";
  EXPECT_EQ(feed.body.find(far), std::string::npos);

  std::string guessed = path;
  guessed.back() = guessed.back() == 'A' ? 'B' : 'A';
  EXPECT_EQ(nobody.send("GET", guessed).status, 404);
  EXPECT_EQ(nobody.send("GET", "/api/v1/dossier/calendar/x").status, 404);
  const std::string anew = admin.post("/dossier/calendar").text_at("path");
  EXPECT_NE(anew, path);
  EXPECT_EQ(nobody.send("GET", path).status, 404) << "a new address ends the old one";
  EXPECT_EQ(nobody.send("GET", anew).status, 200);
  EXPECT_EQ(admin.del("/dossier/calendar").status, 200);
  EXPECT_EQ(nobody.send("GET", anew).status, 404);
}

TEST_F(CalendarTest, WhoMayNotSignInAnyMoreHasNoFeed) {
  const RecordId id = server.add_user("anna", false, "kam");
  ApiClient anna = server.signed_in("anna");
  const std::string path = anna.post("/dossier/calendar").text_at("path");
  const std::string user = format_id(id);
  create("visit", R"({"account":")" +
                      create("account", R"({"code":"B1","name":"她的","owner":")" + user + "\"}") +
                      R"(","planned_at":"2026-11-23T02:00:00Z","our_people":[")" + user + "\"]}");
  ApiClient nobody = server.stranger();
  EXPECT_NE(nobody.send("GET", path).body.find("BEGIN:VEVENT"), std::string::npos);
  ASSERT_EQ(
      admin.patch("/records/user/" + user, R"({"fields":{"active":false}})", {{"If-Match", "*"}})
          .status,
      200);
  EXPECT_EQ(nobody.send("GET", path).body.find("BEGIN:VEVENT"), std::string::npos);
}

TEST_F(CalendarTest, TwoInOneCityAtOneTimeCouldMeet) {
  const std::string contact =
      create("contact", R"({"account":")" + account + R"(","name":"王强"})");
  const auto trip = [&](const std::string& who, const std::string& city, const std::string& from,
                        const std::string& to) {
    create("itinerary", "{" + who + R"(,"to_city":")" + city + R"(","starts_at":")" + from +
                            R"(","ends_at":")" + to + "\"}");
  };
  const std::string theirs = R"("contact":")" + contact + "\"";
  const std::string ours = R"("user":")" + me + "\"";
  trip(theirs, "上海", "2026-11-23T00:00:00Z", "2026-11-25T00:00:00Z");
  trip(ours, "上海", "2026-11-24T08:00:00Z", "2026-11-26T00:00:00Z");
  trip(ours, "上海", "2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z");
  trip(ours, "广州", "2026-11-23T00:00:00Z", "2026-11-26T00:00:00Z");
  trip(theirs, "广州", "2026-12-20T00:00:00Z", "2026-12-21T00:00:00Z");
  const ClientResponse found = admin.get("/dossier/itineraries");
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(found.text_at("to"), "2026-12-05");
  EXPECT_EQ(found.array_at("trips").size(), 4U);
  ASSERT_EQ(found.array_at("meetings").size(), 1U) << found.body;
  EXPECT_EQ(found.text_at("meetings/0/city"), "上海");
  EXPECT_EQ(found.text_at("meetings/0/account"), account);
  EXPECT_EQ(found.text_at("meetings/0/user"), me);
  EXPECT_EQ(found.text_at("meetings/0/from"), "2026-11-24T08:00:00.000Z");
  EXPECT_EQ(found.text_at("meetings/0/to"), "2026-11-25T00:00:00.000Z");
}

}  // namespace
}  // namespace linchpin::dossier
