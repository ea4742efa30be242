// What the paths beside records give: the change log, exports and live lists tell of exactly what
// the oracle says.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <thread>

#include "inbound/api.h"
#include "inbound/exports_api.h"
#include "inbound/live/test_peer.h"
#include "inbound/testing/http_client.h"
#include "records/access_world.h"

namespace linchpin::inbound {
namespace {

using records::Company;
using records::Employee;
using records::Oracle;
using records::Thing;
using records::World;
using testing::ApiClient;
using testing::ClientResponse;

// One of so many of a check: it costs a server and its clients.
constexpr int companies_to_one_served = 8;
constexpr int live_steps = 12;
constexpr std::array told_objects{"account", "contact", "opportunity"};

// A server over the company's workspace, with a token for everybody.
class ServedCompany {
 public:
  ServedCompany()
      : world_(company_.world()),
        jobs_(company_.workspace().database(), company_.workspace().clock(), ids_) {
    const std::string source(LINCHPIN_SOURCE_DIR);
    for (const char* folder : {"/src", "/capabilities"}) {
      if (!texts_.load_folder(source + folder)) RC_FAIL("no texts");
    }
    const auto made = company_.workspace().database().write(
        [&](storage::Connection& connection) { return make_tables(connection); });
    if (!made) RC_FAIL("no tables");
    const Services services{company_.workspace().records(), jobs_, company_.workspace().clock(),
                            texts_};
    exports_ = std::make_unique<exports::Exports>(
        exports::Exports::Parts{services.records, jobs_, services.clock, ids_, texts_,
                                company_.workspace().folder() + "/files"});
    const auto document = []() -> Result<std::string> { return std::string("{}"); };
    api_ = std::make_unique<Api>(Api::Parts{services, ids_, settings_, random_key(),
                                            Product{"Linchpin", "test"}, "", "", document});
    install_exports_api(api_->handler(), *exports_);
    jobs_.start();
    HttpConfig config;
    config.upload_folder = company_.workspace().folder();
    http_ = make_http_server(config, api_->handler());
    if (!http_->start()) RC_FAIL("no server");
  }
  ~ServedCompany() {
    if (http_) http_->drain(std::chrono::seconds(5));
    jobs_.stop();
    http_.reset();
  }

  World& world() { return world_; }
  records::TestWorkspace& workspace() { return company_.workspace(); }
  LiveHub& live() { return api_->live(); }

  std::string token(RecordId user) {
    NewToken wanted;
    wanted.name = "test";
    const auto token = api_->identity().create_token(user, wanted);
    if (!token) RC_FAIL("no token");
    return token->text;
  }
  ApiClient client(RecordId user) {
    ApiClient client(http_->port());
    client.use_token(token(user));
    return client;
  }
  PrincipalPointer principal(RecordId user) {
    RequestHead head;
    head.headers = {{"authorization", "Bearer " + token(user)}};
    const auto found = api_->identity().authenticate(head);
    if (!found) RC_FAIL("no principal");
    return *found;
  }

 private:
  static Status make_tables(storage::Connection& connection) {
    LP_CHECK(jobs::Jobs::ensure_tables(connection));
    return Api::ensure_tables(connection);
  }

  Company company_;
  World world_;
  IdGenerator ids_{company_.workspace().clock(), 2};
  Texts texts_;
  Settings settings_{WorkspaceSettings()};
  jobs::Jobs jobs_;
  std::unique_ptr<exports::Exports> exports_;
  std::unique_ptr<Api> api_;
  std::unique_ptr<HttpServer> http_;
};

class Listening {
 public:
  Listening(ServedCompany& served, const Employee& user, int& cases)
      : served_(served), user_(user.id), cases_(cases), client_(served.client(user.id)) {}

  void check_log() {
    const Oracle oracle(served_.world());
    for (const std::string object : told_objects) {
      std::set<RecordId> found;
      bool narrow = false;
      std::string since = "0";
      while (true) {
        const ClientResponse page =
            client_.get("/changes?limit=1000&object=" + object + "&since=" + since);
        if (!oracle.knows(user_, "read", object)) {
          expect(page.status == 404, "the log of an unknown object");
          break;
        }
        if (page.status != 200) RC_FAIL(page.body);
        for (const json::value& change : page.array_at("changes")) {
          found.insert(*parse_id(std::string_view(change.at("record").as_string())));
        }
        narrow = narrow || page.body.find("丙") != std::string::npos;
        since = page.text_at("next");
        if (page.at("has_more") == false) break;
      }
      const std::set<RecordId> wanted = seen(oracle, object);
      expect(found == wanted, object + " in the log");
      const bool told = !wanted.empty() && oracle.narrow(user_, object) > 0;
      expect(narrow == told, object + " narrow field in the log");
    }
  }

  void check_export() {
    const Oracle oracle(served_.world());
    const ClientResponse begun = client_.post(
        "/exports", R"({"object":"account","format":"csv","query":{"select":["name"]}})");
    if (!oracle.knows(user_, "read", "account")) {
      expect(begun.status == 404, "export of an unknown object");
    } else if (begun.status == 403) {
      expect(!exports_something(), "export refused");
    } else if (begun.status == 202) {
      expect(exports_something(), "export allowed");
      check_file(oracle, finished(begun.text_at("id")));
    } else {
      RC_FAIL(begun.body);
    }
  }

  void listen() {
    peer_ = std::make_shared<FakePeer>();
    session_ = served_.live().open(served_.principal(user_), Language::en, peer_);
    session_->on_text(R"({"subscribe":{"object":"account","select":["name"]}})");
    served_.live().poll();
    told();
  }
  void remember(const Thing& account) {
    saw_ = Oracle(served_.world()).may(user_, "read", account);
  }
  // After a change of the account: what has come against what may be known of it.
  void check_told(const Thing& account, bool shared) {
    if (!Oracle(served_.world()).knows(user_, "read", "account")) return;
    const bool sees = Oracle(served_.world()).may(user_, "read", account);
    std::string wanted;
    if (saw_ || sees) wanted = !sees ? "leave" : saw_ ? "update" : "enter";
    std::string got;
    for (const json::object& message : told()) {
      const std::string_view kind(message.at("type").as_string());
      if (kind == "bulk_changed") {
        got = wanted;  // the page reads anew
        expect(sees_all() || message.at("rows") == 0, "rows of a bulk message");
      } else {
        got = kind;
      }
      if (sees) continue;
      expect(json::serialize(message).find(account.name) == std::string::npos, "a name told");
    }
    if (shared && saw_ == sees) return;
    expect(got == wanted, "live " + got + " instead of " + wanted);
  }

 private:
  void expect(bool holds, const std::string& what) {
    ++cases_;
    if (!holds) RC_FAIL(format_id(user_) + ": " + what);
  }
  std::set<RecordId> seen(const Oracle& oracle, const std::string& object) const {
    std::set<RecordId> ids;
    for (const Thing& thing : served_.world().things) {
      if (thing.object == object && oracle.may(user_, "read", thing)) ids.insert(thing.id);
    }
    return ids;
  }
  bool exports_something() {
    return served_.workspace().records().scope_of(user_)->may(access::Action::export_, "account");
  }
  bool sees_all() {
    return served_.workspace().records().scope_of(user_)->reach("account") == access::Reach::all;
  }
  std::string finished(const std::string& id) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < end) {
      const std::string state = client_.get("/jobs/" + id).text_at("state");
      if (state == "done") return client_.get("/exports/" + id + "/file").body;
      if (state != "waiting" && state != "running") break;
      std::this_thread::yield();
    }
    RC_FAIL("the export did not end");
    return {};
  }
  void check_file(const Oracle& oracle, const std::string& file) {
    std::size_t rows = 0;
    for (const Thing& thing : served_.world().things) {
      if (thing.object != "account") continue;
      const bool exported = file.find(thing.name + "\r\n") != std::string::npos;
      expect(exported == oracle.may(user_, "read", thing), thing.name + " in the export");
      rows += exported ? 1 : 0;
    }
    const auto lines = static_cast<std::size_t>(std::count(file.begin(), file.end(), '\n'));
    expect(lines == rows + 1, "rows of the export");
  }
  std::vector<json::object> told() {
    const std::vector<std::string> sent = peer_->sent();
    std::vector<json::object> messages;
    for (; read_ < sent.size(); ++read_) messages.push_back(*parse_json_object(sent[read_]));
    return messages;
  }

  ServedCompany& served_;
  const RecordId user_;
  int& cases_;
  ApiClient client_;
  std::shared_ptr<FakePeer> peer_;
  std::shared_ptr<SocketSession> session_;
  std::size_t read_ = 0;
  bool saw_ = false;
};

// Somebody else owns it, or somebody gets a share of it, or none has one any more.
bool change_account(ServedCompany& served, ApiClient& administrator, Thing& account,
                    std::map<RecordId, std::int64_t>& versions) {
  World& world = served.world();
  const RecordId somebody = world.users[records::choose(world.users.size())].id;
  if (records::choose(2) == 0) {
    std::int64_t& version = versions.try_emplace(account.id, 2).first->second;
    const std::string fields =
        R"({"city":")" + std::to_string(version) + R"(","owner":")" + format_id(somebody) + "\"}";
    const auto patched = served.workspace().patch("account", account.id, version++, fields);
    if (!patched) RC_FAIL(records::TestWorkspace::first_problem(patched.error()));
    account.owner = somebody;
    return false;
  }
  std::string shares;
  std::erase_if(world.shares,
                [&](const records::Given& given) { return given.record == account.id; });
  if (records::choose(3) > 0) {
    shares = R"({"principal":")" + format_id(somebody) + R"(","level":"read"})";
    world.shares.push_back({account.id, somebody, access::ShareLevel::read, false});
  }
  const ClientResponse put =
      administrator.send("PUT", "/api/v1/records/account/" + format_id(account.id) + "/shares",
                         {{"content-type", "application/json"}}, R"({"shares":[)" + shares + "]}");
  if (put.status != 200) RC_FAIL(put.body);
  return true;
}

void check_live(ServedCompany& served, std::vector<Listening>& people) {
  ApiClient administrator = served.client(served.workspace().admin().user());
  std::map<RecordId, std::int64_t> versions;
  for (Listening& person : people) person.listen();
  for (int i = 0; i < live_steps; ++i) {
    Thing& account = served.world().things[records::choose(records::accounts_of_company)];
    for (Listening& person : people) person.remember(account);
    const bool shared = change_account(served, administrator, account, versions);
    served.live().poll();
    for (Listening& person : people) person.check_told(account, shared);
  }
}

TEST(AccessProperty, TheLogExportsAndLiveListsTellNoMoreAndNoLess) {
  int cases = 0;
  int calls = 0;
  int companies = 0;
  const int wanted = std::max(1, records::companies_of_check() / companies_to_one_served);
  const bool holds = rc::check("served paths = oracle", [&] {
    if (!records::is_companys_turn(calls++, wanted)) return;
    ++companies;
    ServedCompany served;
    std::vector<Listening> people;
    people.reserve(served.world().users.size());
    for (const Employee& user : served.world().users) people.emplace_back(served, user, cases);
    for (Listening& person : people) {
      person.check_log();
      person.check_export();
    }
    check_live(served, people);
    for (Listening& person : people) person.check_log();
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(cases, companies * 100);
}

}  // namespace
}  // namespace linchpin::inbound
