#include "demo/demo_loader.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "demo/draft.h"
#include "demo/test_company.h"
#include "records/facts.h"
#include "storage/test_target.h"

namespace linchpin::demo {
namespace {

constexpr Instant afternoon = Instant{15} * 3'600'000;

// A new workspace in a database of its own, loaded once for all tests.
class Workspace {
 public:
  Workspace()
      : folder_(std::filesystem::temp_directory_path() /
                ("linchpin_demo_" + to_hex(random_bytes(8)))),
        clock_(TimeZone::named("Asia/Shanghai")->instant_of(as_of, afternoon)),
        ids_(clock_, 1) {
    std::filesystem::create_directories(folder_);
    auto schema = records::load_schema(LINCHPIN_SOURCE_DIR "/capabilities", 2);
    database_ = target_.open();
    if (!schema || !database_) return;
    const Status ready = database_->write([&](storage::Connection& connection) {
      return records::Records::ensure_tables(connection, **schema);
    });
    if (!ready) return;
    records_ = std::make_unique<records::Records>(
        records::Records::Parts{*database_, clock_, ids_, random_key(), records::Rules()}, *schema,
        records::WorkspaceFrame{*TimeZone::named("Asia/Shanghai")});
  }
  ~Workspace() {
    records_.reset();
    database_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  bool ready() const { return records_ != nullptr; }
  records::Records& records() { return *records_; }
  const Clock& clock() const { return clock_; }

  std::int64_t integer(const storage::Sql& sql) {
    const auto value = database_->read([&](storage::Connection& connection) {
      return storage::query_integer(connection, sql, 0);
    });
    return value.value_or(-1);
  }

 private:
  std::filesystem::path folder_;
  storage::TestTarget target_{(folder_ / "demo.db").string()};
  ManualClock clock_;
  IdGenerator ids_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<records::Records> records_;
};

class DemoLoader : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    workspace = std::make_unique<Workspace>();
    ASSERT_TRUE(workspace->ready());
    const Status status = load_demo(workspace->records(), workspace->clock(),
                                    [](std::size_t done, std::size_t total) {
                                      EXPECT_GT(done, last_done);
                                      last_done = done;
                                      EXPECT_LE(done, total);
                                      last_total = total;
                                    });
    ASSERT_TRUE(status) << status.error().detail << status.error().log_detail;
  }
  static void TearDownTestSuite() { workspace.reset(); }

  static const Company& company() {
    static const Company made = make_company(demo_seed, as_of);
    return made;
  }

  static std::unique_ptr<Workspace> workspace;
  static std::size_t last_done, last_total;
};

std::unique_ptr<Workspace> DemoLoader::workspace;
std::size_t DemoLoader::last_done = 0;
std::size_t DemoLoader::last_total = 0;

TEST_F(DemoLoader, ProgressEndsWhereItShould) {
  EXPECT_EQ(last_total, company().records());
  EXPECT_EQ(last_done, last_total);
}

TEST_F(DemoLoader, FactsAgreeWithTheCompanyAndWithTheirRecords) {
  const auto schema = workspace->records().schema();
  const records::Object& lines = *schema->object("order_line");
  Units sales = 0;
  Units expected = 0;
  for (const Order& order : company().orders) {
    if (!order.posted()) continue;
    const auto first = company().lines.begin() + order.first_line;
    std::for_each(first, first + order.lines, [&](const Line& line) { expected += line.amount; });
  }
  const Status status = workspace->records().database().read([&](storage::Connection& connection) {
    return records::read_fact(
        connection, *lines.fact("sales"), {company().first_day, company().as_of + 1},
        [&](std::int64_t, const records::FactSums& sums) { sales += sums.measures[0]; });
  });
  ASSERT_TRUE(status);
  EXPECT_EQ(sales, expected);
  for (const char* name : {"order_line", "invoice", "payment", "contract"}) {
    const auto differences =
        workspace->records().database().read([&](storage::Connection& connection) {
          return records::check_facts(connection, *schema, *schema->object(name));
        });
    ASSERT_TRUE(differences) << name;
    EXPECT_TRUE(differences->empty()) << name << " " << differences->front().place;
  }
}

TEST_F(DemoLoader, AnAccountReadsAsItWasMade) {
  const auto scope = access::Authority::product();
  const Account& account = company().accounts.back();
  const auto id = workspace->records().database().read([&](storage::Connection& connection) {
    return workspace->records().find(connection, scope, "account", "code", account.code);
  });
  ASSERT_TRUE(id && *id);
  JsonWriter out;
  ASSERT_TRUE(workspace->records().get(
      scope, "account", *id, {"name", "sector", "owner.name", "credit_limit", "pool_state"}, out));
  const auto record = parse_json_object(out.text());
  ASSERT_TRUE(record);
  const json::object& fields = record->at("fields").as_object();
  const User& owner = company().users[static_cast<std::size_t>(account.owner)];
  EXPECT_EQ(fields.at("name").as_string(), account.name);
  EXPECT_EQ(fields.at("sector").as_string(), account.sector);
  EXPECT_EQ(fields.at("owner.name").as_string(), owner.name);
  EXPECT_EQ(fields.at("credit_limit").as_string(),
            format_decimal(account.credit_limit, money_digits));
}

TEST_F(DemoLoader, DepartmentsHaveTheirHeads) {
  EXPECT_EQ(
      workspace->integer(storage::Sql("SELECT count(*) FROM department WHERE head IS NOT NULL")),
      static_cast<std::int64_t>(company().departments.size()));
}

TEST_F(DemoLoader, RefusesASecondTime) {
  const Status again = load_demo(workspace->records(), workspace->clock(), {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::invalid_state);
  EXPECT_EQ(again.error().detail, "demo_loaded");
}

}  // namespace
}  // namespace linchpin::demo
