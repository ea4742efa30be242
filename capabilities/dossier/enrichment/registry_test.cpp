// A registry that answers late, too much, something broken or something untrue leaves the card as
// it was and says what happened.

#include "dossier/enrichment/registry.h"

#include "all_capabilities.h"
#include "dossier/install.h"
#include "inbound/http/test_one_answer.h"
#include "inbound/testing/api_test.h"

namespace linchpin::dossier {
namespace {

using inbound::OneAnswer;
using inbound::OutsideLimits;
using inbound::OutsideWeb;
using inbound::testing::ApiClient;
using inbound::testing::ApiTest;
using inbound::testing::ClientResponse;

std::unique_ptr<OutsideWeb> small_web() {
  OutsideLimits limits;
  limits.body_bytes = 4'096;
  limits.time = std::chrono::milliseconds(300);
  auto web = inbound::make_outside_web({}, limits);
  EXPECT_TRUE(web);
  return std::move(*web);
}

std::string answer(const std::string& body, const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

constexpr const char* credit_code_of_account = "91370100MA250WFU0H";
constexpr const char* mapping_lines =
    "# as the stand-in names them\\nname = result.name\\ncredit_code = result.creditCode\\n"
    "legal_representative = result.legalPersonName\\nregistered_capital = result.regCapital\\n"
    "founded_on = result.estiblishTime\\naddress = result.regLocation\\n"
    "employees = result.staff\\nphone = result.phones.0";

class RegistryTest : public ApiTest {
 protected:
  RegistryTest() : RegistryTest(small_web()) {}

  ClientResponse configure(const std::string& address) {
    return admin.post("/records/registry_source", R"({"fields":{"name":"工商示例","address":")" +
                                                      address + R"(","mapping":")" + mapping_lines +
                                                      "\"}}");
  }
  ClientResponse fetch(const std::string& body = "{}") {
    return admin.post("/dossier/accounts/" + account + "/registry", body);
  }
  std::string card() { return admin.get("/records/account/" + account).body; }

  // What somebody is told when the registry answers so.
  std::string told(const std::string& text) {
    OneAnswer registry(text);
    if (source_.empty()) {
      source_ = configure(registry.url("/c?q={query}")).text_at("id");
    } else {
      const ClientResponse moved = admin.patch(
          "/records/registry_source/" + source_,
          R"({"fields":{"address":")" + registry.url("/c?q={query}") + "\"}}", {{"If-Match", "*"}});
      EXPECT_EQ(moved.status, 200) << moved.body;
    }
    const std::string before = card();
    const ClientResponse asked = fetch();
    EXPECT_EQ(card(), before) << "what is fetched changes nothing by itself";
    return asked.status == 200 ? "fetched" : asked.text_at("reason");
  }

  std::string account;

 private:
  explicit RegistryTest(std::unique_ptr<OutsideWeb> web)
      : ApiTest(add_capability_rules, install, web.get()), web_(std::move(web)) {
    account = create("account", std::string(R"({"code":"A1","name":"昀岳食品（济南）有限公司",)") +
                                    R"("credit_code":")" + credit_code_of_account +
                                    R"(","legal_representative":"何丽华","employees":300})");
  }

  std::unique_ptr<OutsideWeb> web_;
  std::string source_;
};

const std::string right_answer = R"({"result":{"name":"昀岳食品（济南）有限公司",)"
                                 R"("creditCode":"91370100MA250WFU0H","legalPersonName":"何丽华",)"
                                 R"("regCapital":"3300万人民币","estiblishTime":550022400000,)"
                                 R"("regLocation":"济南市新城大道831号","staff":"500-999人",)"
                                 R"("phones":["0531-08915835"]}})";

TEST_F(RegistryTest, DifferencesAreChosenOneByOneAndKeepTheirSource) {
  OneAnswer registry(answer(right_answer));
  ASSERT_EQ(configure(registry.url("/c?q={query}")).status, 201);
  const ClientResponse asked = fetch();
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_TRUE(registry.request().starts_with("GET /c?q=91370100MA250WFU0H HTTP/1.1\r\n"));
  std::map<std::string, std::string> differences;
  for (const json::value& one : asked.array_at("finding/differences")) {
    differences[std::string(one.at("field").as_string())] = json::serialize(one.at("theirs"));
  }
  EXPECT_EQ(differences,
            (std::map<std::string, std::string>{{"registered_capital", "\"33000000.00\""},
                                                {"founded_on", "\"1987-06-07\""},
                                                {"address", "\"济南市新城大道831号\""},
                                                {"phone", "\"0531-08915835\""}}));
  EXPECT_EQ(asked.array_at("finding/unclear").size(), 1U) << "a range is no number";
  EXPECT_EQ(asked.array_at("provenance").size(), 0U);

  const std::string path = "/dossier/accounts/" + account + "/registry/apply";
  const std::string at = asked.text_at("finding/fetched_at");
  const auto apply = [&](const std::string& when, const std::string& fields) {
    return admin.post(path, R"({"fetched_at":")" + when + R"(","fields":)" + fields + "}");
  };
  EXPECT_EQ(apply(at, R"(["remarks"])").text_at("errors/0/code"), "registry_not_offered");
  EXPECT_EQ(apply("2026-01-01T00:00:00.000Z", R"(["address"])").text_at("reason"),
            "registry_fetched_anew");
  const ClientResponse applied = apply(at, R"(["address","registered_capital"])");
  ASSERT_EQ(applied.status, 200) << applied.body;
  EXPECT_EQ(applied.array_at("finding/differences").size(), 2U);
  EXPECT_EQ(applied.array_at("provenance").size(), 2U);
  const ClientResponse card = admin.get("/records/account/" + account);
  EXPECT_EQ(card.text_at("fields/address"), "济南市新城大道831号");
  EXPECT_EQ(card.text_at("fields/founded_on"), "") << "what was not chosen is not written";

  // What somebody writes over does not come from the registry any more.
  EXPECT_EQ(admin
                .patch("/records/account/" + account, R"({"fields":{"address":"另一处"}})",
                       {{"If-Match", "*"}})
                .status,
            200);
  const ClientResponse now = admin.get("/dossier/accounts/" + account + "/registry");
  ASSERT_EQ(now.array_at("provenance").size(), 1U);
  EXPECT_EQ(now.text_at("provenance/0/field"), "registered_capital");
  EXPECT_EQ(now.text_at("provenance/0/source"), "工商示例");
}

TEST_F(RegistryTest, ABadAnswerLeavesTheCardAsItWas) {
  EXPECT_EQ(told(""), "service_too_slow");
  EXPECT_EQ(told(answer(R"({"x":")" + std::string(5'000, 'x') + "\"}")),
            "service_answer_too_large");
  EXPECT_EQ(told(answer("down", "500 Internal Server Error")), "registry_unusable");
  EXPECT_EQ(told(answer("", "302 Found")), "registry_unusable") << "redirects are not followed";
  EXPECT_EQ(told(answer("{}", "404 Not Found")), "registry_knows_nothing");
  EXPECT_EQ(told(answer("{\"result\":")), "registry_unusable");
  EXPECT_EQ(told(answer("[1,2]")), "registry_unusable");
  EXPECT_EQ(told(answer(std::string(2'000, '['))), "registry_unusable");
  EXPECT_EQ(told(answer(R"({"result":{}})")), "registry_knows_nothing");
  EXPECT_EQ(told("what?\r\n\r\n"), "service_unreachable");
  const std::string liar = R"({"result":{"name":"别家公司","creditCode":"91110000100000000A"}})";
  EXPECT_EQ(told(answer(liar)), "registry_other_company");
  const std::string unnamed = R"({"result":{"name":"昀岳食品（济南）有限公司","staff":7}})";
  EXPECT_EQ(told(answer(unnamed)), "registry_other_company") << "it was asked by the code";
  EXPECT_EQ(told(answer(right_answer)), "fetched");
}

TEST_F(RegistryTest, ValuesOfTheWrongKindAreNotOffered) {
  const std::string odd = R"({"result":{"creditCode":"91370100MA250WFU0H","name":["a"],)"
                          R"("regCapital":"很多","estiblishTime":"2010-02-30","staff":{"n":1},)"
                          R"("legalPersonName":")" +
                          std::string(1'000, 'x') + R"(","phones":[true],"regLocation":"-"}})";
  OneAnswer registry(answer(odd));
  ASSERT_EQ(configure(registry.url("/{query}")).status, 201);
  const ClientResponse asked = fetch();
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.array_at("finding/differences").size(), 0U) << asked.body;
  EXPECT_EQ(asked.array_at("finding/unclear").size(), 6U) << asked.body;
}

TEST_F(RegistryTest, OnlyAnAdministratorSaysWhereTheServerAsks) {
  for (const char* address :
       {"http://10.0.0.1/{query}", "https://{query}/", "https://a.example/",
        "file:///etc/passwd?{query}", "http://127.0.0.1.example.com/{query}"}) {
    EXPECT_EQ(configure(address).status, 422) << address;
  }
  const std::string body =
      R"({"fields":{"name":"x","address":"https://a.example/{query}","mapping":"name = n"}})";
  for (const char* role : {"operations", "kam_director"}) {
    server.add_user(role, false, role);
    ApiClient client = server.signed_in(role);
    EXPECT_GE(client.post("/records/registry_source", body).status, 403) << role;
    EXPECT_GE(client.post("/records/registry_source/query", "{}").status, 403) << role;
  }
  for (const char* wrong :
       {"name", "name = ", "nobody = x", "owner = x", "last_visit_at = x", "a = b..c"}) {
    const ClientResponse refused = admin.post(
        "/records/registry_source",
        std::string(R"({"fields":{"name":"x","address":"https://a.example/{query}","mapping":")") +
            wrong + "\"}}");
    EXPECT_EQ(refused.status, 422) << wrong;
  }
  EXPECT_EQ(fetch().text_at("reason"), "registry_not_configured");
  EXPECT_EQ(fetch(R"({"by":"phone"})").status, 422);
  server.add_user("reader", false, "auditor");
  ApiClient reader = server.signed_in("reader");
  EXPECT_EQ(reader.post("/dossier/accounts/" + account + "/registry", "{}").status, 403);
}

}  // namespace
}  // namespace linchpin::dossier
