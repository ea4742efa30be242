// The weekly check of cards as days pass: what confirms a part and for how long, and what a source
// says later of what somebody confirmed.

#include "dossier/card_checks.h"

#include "all_capabilities.h"
#include "dossier/completeness.h"
#include "dossier/contradictions.h"
#include "dossier/install.h"
#include "inbound/http/test_one_answer.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::OneAnswer;
using inbound::OutsideWeb;
using inbound::testing::ApiClient;
using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

constexpr std::size_t most_by_hand = 8;

TEST(CardByHand, ANewTargetAsksForEightFieldsAtMost) {
  for (const char* sector : {"", "government", "education", "utilities", "transport", "finance",
                             "telecom", "manufacturing", "other"}) {
    std::size_t minimum = 0;
    for (const CardField& field : card_fields(sector)) minimum += field.minimum ? 1 : 0;
    EXPECT_LE(minimum, most_by_hand) << sector;
  }
}

TEST(Contradicts, WhatWasFoundMustHaveBeenSoAtTheCheck) {
  const auto at = [](const char* text) { return *parse_instant(text); };
  const Instant checked = at("2026-11-02T02:00:00Z");
  const Day day = *parse_date("2026-11-02");
  ContraryFinding found;
  found.found_at = at("2026-11-02T01:59:59Z");
  EXPECT_FALSE(contradicts(checked, day, found)) << "it was known before";
  found.found_at = at("2026-12-02T02:00:00Z");
  EXPECT_TRUE(contradicts(checked, day, found)) << "30 days later";
  found.found_at = at("2026-12-02T02:00:00.001Z");
  EXPECT_FALSE(contradicts(checked, day, found));
  found.effective_on = day;
  EXPECT_FALSE(contradicts(checked, day, found)) << "so since that day, not before it";
  found.effective_on = day - 1;
  EXPECT_TRUE(contradicts(checked, day, found)) << "however late it is found";
}

class Checks : public ApiTest {
 protected:
  Checks() : Checks(*inbound::make_outside_web({}, {})) {}

  // "company asked, people confirmed visit 2026-11-20, …" of the only card that is due; "" of none.
  std::string standing() {
    const json::array checks = me.get("/dossier/checks").array_at("checks");
    std::string text;
    if (checks.empty()) return text;
    for (const json::value& one : checks[0].at("parts").as_array()) {
      const json::object& part = one.as_object();
      if (text_at(part, "state") == "asked") continue;
      if (!text.empty()) text += ", ";
      text += std::string(text_at(part, "part")) + " ";
      text += text_at(part, text_at(part, "state") == "checked" ? "state" : "evidence");
      text += " " + std::string(text_at(part, "on"));
    }
    return text.empty() ? "all asked" : text;
  }
  void pass_days(int days) { server.clock().advance(days * milliseconds_per_day); }
  void check(const std::string& told) {
    const ClientResponse checked = me.post("/dossier/checks", R"({"accounts":[)" + told + "]}");
    EXPECT_EQ(checked.status, 200) << checked.body;
  }
  void registry_says(const std::string& representative) {
    const std::string body = R"({"name":"华北电力","person":")" + representative + "\"}";
    OneAnswer registry("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                       "\r\n\r\n" + body);
    const std::string fields = R"({"fields":{"name":"示例","address":")" +
                               registry.url("/c?q={query}") +
                               R"(","mapping":"name = name\nlegal_representative = person"}})";
    if (source_.empty()) {
      source_ = me.post("/records/registry_source", fields).text_at("id");
    } else {
      me.patch("/records/registry_source/" + source_, fields, {{"If-Match", "*"}});
    }
    const ClientResponse asked = me.post("/dossier/accounts/" + account + "/registry", "{}");
    EXPECT_EQ(asked.status, 200) << asked.body;
  }
  std::size_t contradictions() {
    return me.get("/dossier/contradictions?account=" + account)
        .array_at("contradictions")
        .size();
  }
  void represent(const std::string& name) {
    const ClientResponse written =
        me.patch("/records/account/" + account,
                    R"({"fields":{"legal_representative":")" + name + R"("},"reason":"变更"})",
                    {{"If-Match", "*"}});
    EXPECT_EQ(written.status, 200) << written.body;
  }

  std::string make(const std::string& object, const std::string& fields) {
    const ClientResponse made = me.post("/records/" + object, "{\"fields\":" + fields + "}");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.text_at("id");
  }

  ApiClient me;  // its token outlives the days
  std::string account;

 private:
  explicit Checks(std::unique_ptr<OutsideWeb> web)
      : ApiTest(add_capability_rules, install, web.get()),
        me(server.with_token()),
        web_(std::move(web)) {
    const std::string id = me.get("/session").text_at("user/id");
    account = make("account", R"({"code":"A1","name":"华北电力","tier":"key",)"
                                R"("legal_representative":"何丽华","owner":")" +
                                    id + "\"}");
  }

  std::unique_ptr<OutsideWeb> web_;
  std::string source_;
};

TEST_F(Checks, WhatHappenedBeforeTheLastCheckOrAMonthAgoConfirmsNothing) {
  EXPECT_EQ(standing(), "all asked");
  const std::string here = R"({"account":")" + account + "\"";
  make("invoice", here + R"(,"number":"I1","amount":"100","issued_on":"2026-11-20"})");
  make("payment", here + R"(,"amount":"100","paid_on":"2026-10-22"})");
  make("order", here + R"(,"number":"O1","ordered_at":"2026-11-21T02:00:00Z","status":"draft"})");
  EXPECT_EQ(standing(), "trading invoice 2026-11-20") << "a draft is no posting";
  make("payment", here + R"(,"amount":"100","paid_on":"2999-01-01"})");
  EXPECT_EQ(standing(), "trading invoice 2026-11-20") << "what is to come shows nothing";
  check("\"" + account + "\"");
  EXPECT_EQ(standing(), "") << "checked, and not due for a week";
  pass_days(7);
  EXPECT_EQ(standing(), "all asked") << "the invoice was before the check";
  make("payment", here + R"(,"amount":"100","paid_on":"2026-11-25"})");
  EXPECT_EQ(standing(), "trading payment 2026-11-25");
  pass_days(27);
  EXPECT_EQ(standing(), "all asked") << "a month is over, though the check is older still";
}

TEST_F(Checks, APartThatSomebodyCheckedIsAskedAgainAfterAWeek) {
  check(R"({"account":")" + account + R"(","parts":["people","finances"]})");
  EXPECT_EQ(standing(), "people checked 2026-11-21, finances checked 2026-11-21");
  pass_days(6);
  EXPECT_EQ(standing(), "people checked 2026-11-21, finances checked 2026-11-21");
  pass_days(1);
  EXPECT_EQ(standing(), "all asked");
}

TEST_F(Checks, ARegistryThatAgreesConfirmsAndOneThatDoesNotAsks) {
  registry_says("何丽华");
  EXPECT_EQ(standing(), "company registry 2026-11-21");
  registry_says("周明");
  EXPECT_EQ(standing(), "all asked");
  represent("周明");
  EXPECT_EQ(standing(), "company registry 2026-11-21") << "what was applied agrees";
  EXPECT_EQ(contradictions(), 0U) << "nobody had said that it was right";
}

TEST_F(Checks, ACheckThatTheRegistryContradictsIsKeptOnceWithBothValues) {
  check("\"" + account + "\"");
  pass_days(30);
  registry_says("周明");
  registry_says("周明");
  const ClientResponse found = me.get("/dossier/contradictions?account=" + account);
  ASSERT_EQ(found.array_at("contradictions").size(), 1U) << found.body;
  EXPECT_EQ(found.text_at("contradictions/0/field"), "legal_representative");
  EXPECT_EQ(found.text_at("contradictions/0/said"), "何丽华");
  EXPECT_EQ(found.text_at("contradictions/0/found"), "周明");
  EXPECT_EQ(found.text_at("contradictions/0/source"), "示例");
  EXPECT_EQ(found.text_at("contradictions/0/checked_at"), "2026-11-21T01:40:00.000Z");
  const ClientResponse week = me.get("/dossier/overview?from=2026-12-14&to=2026-12-28");
  EXPECT_EQ(week.at("managers/0/contradictions").as_int64(), 1) << week.body;
}

TEST_F(Checks, WhatSomebodyWroteSinceTheCheckIsNoContradiction) {
  check("\"" + account + "\"");
  pass_days(1);
  represent("周明");
  pass_days(1);
  registry_says("何丽华");
  EXPECT_EQ(contradictions(), 0U);
}

TEST_F(Checks, AFindingLongAfterTheCheckIsNoContradiction) {
  check("\"" + account + "\"");
  pass_days(31);
  registry_says("周明");
  EXPECT_EQ(contradictions(), 0U);
}

}  // namespace
}  // namespace linchpin::dossier
