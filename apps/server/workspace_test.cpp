#include "workspace.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/files.h"
#include "base/log.h"
#include "base/test_folder.h"
#include "meta_table.h"
#include "upgrades.h"

namespace linchpin::server {
namespace {

using storage::Connection;
using storage::Sql;

class WorkspaceTest : public ::testing::Test {
 protected:
  Result<std::unique_ptr<Workspace>> open(const std::string& name = {}, bool may_create = true) {
    return Workspace::open(layout, {"sqlite:" + path, name, may_create}, clock);
  }
  void create() { ASSERT_TRUE(open()); }
  void expect_refused(const Result<std::unique_ptr<Workspace>>& result, std::string_view detail) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::unusable_database);
    EXPECT_EQ(result.error().detail, detail);
  }
  Status change(const std::function<Status(Connection&)>& work) {
    auto database = storage::open_database("sqlite:" + path);
    if (!database) return database.error();
    return (*database)->write(work);
  }

  TestFolder folder;
  std::string path = folder.file("main.db");
  Layout layout{LINCHPIN_SOURCE_DIR};
  ManualClock clock{1'795'225'200'000};
};

TEST_F(WorkspaceTest, ANewOneHasEverythingAndOpensAgain) {
  {
    auto made = open();
    ASSERT_TRUE(made) << made.error().detail << made.error().log_detail;
    EXPECT_EQ((*made)->settings().get()->currency, "CNY");
    EXPECT_NE((*made)->records().schema()->object("user"), nullptr);
  }
  struct stat key {};
  ASSERT_EQ(::stat((path + ".key").c_str(), &key), 0);
  EXPECT_EQ(key.st_mode & 0777, 0600U);
  EXPECT_TRUE(open({}, false));
}

TEST_F(WorkspaceTest, EveryProcessHasItsOwnNode) {
  auto first = open();
  ASSERT_TRUE(first);
  auto second = open();
  ASSERT_TRUE(second);
  EXPECT_NE((*first)->ids().next(), (*second)->ids().next());
}

TEST_F(WorkspaceTest, NothingIsCreatedUnlessItMay) {
  expect_refused(open({}, false), "database_missing");
  EXPECT_FALSE(std::filesystem::exists(path));
  create();
}

TEST_F(WorkspaceTest, ANewerDatabaseIsLeftAlone) {
  create();
  ASSERT_TRUE(change([](Connection& connection) {
    return set_meta_value(connection, "schema_version", std::to_string(workspace_version() + 1));
  }));
  expect_refused(open(), "database_newer");
}

TEST_F(WorkspaceTest, AnOlderDatabaseIsUpgradedWithEverythingInIt) {
  create();
  // As the first version left it.
  ASSERT_TRUE(change([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("DROP TABLE lp_schema")));
    LP_CHECK(connection.execute(Sql("DROP TABLE lp_object_definition")));
    LP_CHECK(connection.execute(Sql("DROP TABLE lp_field_definition")));
    LP_CHECK(connection.execute(Sql("DROP TABLE lp_upgrade")));
    LP_CHECK(
        connection.execute(Sql("INSERT INTO account(id, version, created_at, updated_at, "
                               "code, name) VALUES (1, 1, 1, 1, 'A1', 'x')")));
    return set_meta_value(connection, "schema_version", "1");
  }));
  auto opened = open({}, false);
  ASSERT_TRUE(opened) << opened.error().detail;
  const auto count = [&](const Sql& sql) {
    return *(*opened)->database().read(
        [&](Connection& connection) { return query_integer(connection, sql, -1); });
  };
  EXPECT_EQ(count(Sql("SELECT count(*) FROM account")), 1);
  EXPECT_EQ(count(Sql("SELECT max(version) FROM lp_upgrade")), workspace_version());
}

TEST_F(WorkspaceTest, WhoHadNoRoleBeforeRolesMeantSomethingWorksOnWithEverything) {
  create();
  ASSERT_TRUE(change([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("DROP TABLE lp_share")));
    LP_CHECK(
        connection.execute(Sql("INSERT INTO \"user\"(id, version, created_at, updated_at, login, "
                               "name, active, roles) VALUES (1, 1, 1, 1, 'ann', 'Ann', 1, NULL), "
                               "(2, 1, 1, 1, 'bob', 'Bob', 1, '[\"kam\"]')")));
    return set_meta_value(connection, "schema_version", "3");
  }));
  const auto reach = [&](Workspace& workspace, std::int64_t user) {
    return workspace.records().scope_of(RecordId{user})->reach(access::Action::update, "account");
  };
  {
    auto opened = open({}, false);
    ASSERT_TRUE(opened) << opened.error().detail;
    EXPECT_EQ(reach(**opened, 1), access::Reach::all);
    EXPECT_EQ(reach(**opened, 2), access::Reach::own);
  }
  // Only once: a role that is taken away later does not come back.
  ASSERT_TRUE(change([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("UPDATE \"user\" SET roles = NULL WHERE id = 1")));
    return {};
  }));
  auto again = open({}, false);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(reach(**again, 1), access::Reach::none);
}

TEST_F(WorkspaceTest, EqualPersonalValuesAreFoundAfterAnUpgradeAndWithANewKey) {
  const access::AccessScope admin = access::Authority::administrator(RecordId{4096});
  const auto found = [&](Workspace& workspace) -> std::size_t {
    records::QueryRequest request;
    request.select = {"sport"};
    request.purpose = "约球";
    request.where = json::object{{"op", "eq"}, {"field", "sport"}, {"value", "网球"}};
    JsonWriter out;
    if (!workspace.records().query(admin, "contact", request, out)) return 0;
    const json::array records = parse_json(out.text())->at("records").as_array();
    return records.size() == 1 && records[0].at("fields").at("sport") == "网球" ? 1 : 0;
  };
  {
    auto made = open();
    ASSERT_TRUE(made);
    ASSERT_TRUE((*made)->records().create(
        admin, "contact", json::object{{"name", "王敏"}, {"sport", "网球"}}, {}));
    EXPECT_EQ(found(**made), 1U);
  }
  // As version 6 left it.
  ASSERT_TRUE(change([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("UPDATE contact SET sport = substr(sport, 17)")));
    LP_CHECK(connection.execute(Sql("DELETE FROM lp_meta WHERE name = 'personal_hashes'")));
    return set_meta_value(connection, "schema_version", "6");
  }));
  {
    auto opened = open({}, false);
    ASSERT_TRUE(opened) << opened.error().detail;
    EXPECT_EQ(found(**opened), 1U);
  }
  {
    auto changed = open({}, false);
    ASSERT_TRUE(changed);
    ASSERT_TRUE((*changed)->change_key());
  }
  auto again = open({}, false);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(found(**again), 1U);
}

TEST_F(WorkspaceTest, AHalfUpgradedDatabaseIsLeftAlone) {
  create();
  ASSERT_TRUE(change([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("DROP TABLE lp_field_definition")));
    return {};
  }));
  expect_refused(open(), "database_half_upgraded");
}

TEST_F(WorkspaceTest, ADatabaseOfAnotherProgramIsLeftAlone) {
  ASSERT_TRUE(change([](Connection& connection) -> Status {
    LP_CHECK(connection.execute(Sql("CREATE TABLE invoices (id INTEGER PRIMARY KEY)")));
    return {};
  }));
  expect_refused(open(), "not_a_workspace");
  EXPECT_FALSE(std::filesystem::exists(path + ".key"));
}

TEST_F(WorkspaceTest, AFileThatIsNoDatabaseIsLeftAlone) {
  const std::string text(8192, 'x');
  ASSERT_TRUE(write_file_atomically(path, text));
  expect_refused(open(), "not_a_database");
  EXPECT_EQ(*read_file(path), text);
}

TEST_F(WorkspaceTest, TheKeyMustBeThereAndFit) {
  create();
  const std::string file = path + ".key";
  const std::string own = *read_file(file);
  std::filesystem::remove(file);
  expect_refused(open(), "workspace_key_missing");
  ASSERT_TRUE(write_file_atomically(file, "not a key"));
  expect_refused(open(), "workspace_key_unreadable");
  ASSERT_TRUE(write_file_atomically(file, std::string(43, 'A')));
  expect_refused(open(), "workspace_key_wrong");
  ASSERT_TRUE(write_file_atomically(file, own));
  EXPECT_TRUE(open());
}

TEST_F(WorkspaceTest, ItsNameIsFixedWhenItIsMade) {
  ASSERT_TRUE(open("north"));
  EXPECT_TRUE(open());
  EXPECT_TRUE(open("north"));
  expect_refused(open("south"), "workspace_name_differs");
}

TEST_F(WorkspaceTest, TheSettingsOfTheDatabaseHold) {
  create();
  ASSERT_TRUE(change([](Connection& connection) {
    inbound::WorkspaceSettings settings;
    settings.currency = "EUR";
    settings.money_scale = 4;
    settings.time_zone = "Europe/Berlin";
    return inbound::store_settings(connection, settings);
  }));
  auto opened = open();
  ASSERT_TRUE(opened);
  EXPECT_EQ((*opened)->records().schema()->money_scale(), 4);
  EXPECT_EQ((*opened)->records().frame().currency, "EUR");
  EXPECT_EQ((*opened)->records().frame().time_zone.name(), "Europe/Berlin");
}

}  // namespace
}  // namespace linchpin::server
