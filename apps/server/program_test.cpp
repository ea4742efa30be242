// The program as people start it: a process of its own, its output, its exit code.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <vector>

#include "base/files.h"
#include "base/test_folder.h"
#include "inbound/testing/http_client.h"
#include "meta_table.h"
#include "storage/storage.h"

namespace linchpin::server {
namespace {

using inbound::testing::ApiClient;

struct Finished {
  int exit_code = -1;
  std::string out;
  std::string err;
};

// One run of the program; killed when it is still there at the end.
class Program {
 public:
  Program(std::vector<std::string> arguments, std::vector<std::string> environment,
          const std::string& input = {}) {
    arguments.insert(arguments.begin(), executable_folder() + "/linchpin");
    environment.push_back("PATH=/usr/bin:/bin");
    int in[2], out[2], err[2];
    if (::pipe2(in, O_CLOEXEC) || ::pipe2(out, O_CLOEXEC) || ::pipe2(err, O_CLOEXEC)) ::abort();
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    const auto words = pointers(arguments);
    const auto variables = pointers(environment);
    if (::posix_spawn(&process_, words[0], &actions, nullptr, words.data(), variables.data())) {
      ::abort();
    }
    ::posix_spawn_file_actions_destroy(&actions);
    for (const int end : {in[0], out[1], err[1]}) ::close(end);
    EXPECT_EQ(::write(in[1], input.data(), input.size()), static_cast<ssize_t>(input.size()));
    ::close(in[1]);
    out_ = out[0];
    err_ = err[0];
  }
  ~Program() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
    ::close(out_);
    ::close(err_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The next line of stdout; empty at its end.
  std::string line() {
    std::string text;
    char c = 0;
    while (::read(out_, &c, 1) == 1 && c != '\n') text += c;
    return text;
  }
  void signal(int number) { ::kill(process_, number); }
  Finished wait() {
    Finished finished;
    finished.out = rest(out_);
    finished.err = rest(err_);
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    if (WIFEXITED(status)) finished.exit_code = WEXITSTATUS(status);
    return finished;
  }

 private:
  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> found;
    for (std::string& text : texts) found.push_back(text.data());
    found.push_back(nullptr);
    return found;
  }
  static std::string rest(int from) {
    std::string text;
    char buffer[4096];
    for (ssize_t n = ::read(from, buffer, sizeof(buffer)); n > 0;
         n = ::read(from, buffer, sizeof(buffer))) {
      text.append(buffer, static_cast<std::size_t>(n));
    }
    return text;
  }

  pid_t process_ = 0;
  int out_ = -1;
  int err_ = -1;
};

class ProgramTest : public ::testing::Test {
 protected:
  std::vector<std::string> with_database(std::vector<std::string> words) const {
    words.insert(words.end(), {"--database", "sqlite:" + path});
    return words;
  }
  Finished run(const std::vector<std::string>& words, const std::string& input = {},
               const std::vector<std::string>& environment = {}) const {
    return Program(words, environment, input).wait();
  }
  std::vector<std::string> serve() const { return with_database({"serve", "--port", "0"}); }
  static std::uint16_t port_in(const std::string& line) {
    const std::string expected = "Listening on http://127.0.0.1:";
    EXPECT_TRUE(line.starts_with(expected)) << line;
    if (!line.starts_with(expected)) return 0;
    return static_cast<std::uint16_t>(std::stoi(line.substr(expected.size())));
  }

  TestFolder folder;
  std::string path = folder.file("main.db");
};

TEST_F(ProgramTest, ServesANewDatabaseAndEndsCleanly) {
  std::string password;
  {
    Program server(serve(), {});
    const std::string first = server.line();
    const std::string expected = "Administrator: admin  Password: ";
    ASSERT_TRUE(first.starts_with(expected)) << first;
    password = first.substr(expected.size());
    ApiClient client(port_in(server.line()));
    EXPECT_EQ(client.sign_in("admin", password).status, 200);
    EXPECT_EQ(client.get("/meta").status, 200);
    const auto before = std::chrono::steady_clock::now();
    server.signal(SIGTERM);
    const Finished finished = server.wait();
    EXPECT_EQ(finished.exit_code, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
    EXPECT_EQ(finished.err.find(password), std::string::npos);
    EXPECT_EQ(finished.out, "");
  }
  Program again(serve(), {});
  ApiClient client(port_in(again.line()));
  EXPECT_EQ(client.sign_in("admin", password).status, 200);
}

TEST_F(ProgramTest, TheFirstPasswordMayComeFromTheEnvironment) {
  Program server(serve(), {"LINCHPIN_ADMIN_PASSWORD=given from outside"});
  ApiClient client(port_in(server.line()));
  EXPECT_EQ(client.sign_in("admin", "given from outside").status, 200);
}

TEST_F(ProgramTest, ATokenMadeBesideTheServerIsValidAtOnce) {
  Program server(serve(), {"LINCHPIN_ADMIN_PASSWORD=given from outside"});
  ApiClient client(port_in(server.line()));
  EXPECT_EQ(client.get("/session").status, 401);
  const Finished made = run(with_database({"token", "create", "--user", "admin"}));
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_TRUE(made.out.starts_with("lpt_"));
  EXPECT_TRUE(made.out.ends_with("\n"));
  client.use_token(made.out.substr(0, made.out.size() - 1));
  EXPECT_EQ(client.get("/session").text_at("user/login"), "admin");

  const Finished user = run(
      with_database({"user", "create", "--login", "anna", "--name", "安娜", "--password-stdin"}),
      "a long password\n");
  ASSERT_EQ(user.exit_code, 0) << user.err;
  EXPECT_EQ(user.out, "User: anna\n");
  EXPECT_EQ(ApiClient(client.port()).sign_in("anna", "a long password").status, 200);
}

TEST_F(ProgramTest, SaysInPlainWordsWhatIsWrong) {
  Program server(serve(), {"LINCHPIN_ADMIN_PASSWORD=given from outside"});
  const std::string port = std::to_string(port_in(server.line()));
  const std::vector<std::string> same_port{"serve", "--port", port, "--database",
                                           "sqlite:" + folder.file("other.db")};
  const Finished english = run(same_port);
  EXPECT_EQ(english.exit_code, 1);
  EXPECT_NE(english.err.find("Port " + port + " of 127.0.0.1 cannot be used"), std::string::npos)
      << english.err;
  const Finished chinese = run(same_port, {}, {"LANG=zh_CN.UTF-8"});
  EXPECT_EQ(chinese.exit_code, 1);
  EXPECT_NE(chinese.err.find("端口"), std::string::npos) << chinese.err;

  const std::string text = folder.file("text.db");
  ASSERT_TRUE(write_file_atomically(text, std::string(8192, 'x')));
  const Finished broken = run({"serve", "--port", "0", "--database", "sqlite:" + text});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_NE(broken.err.find("is not a Linchpin database"), std::string::npos) << broken.err;
  const Finished missing = run({"check", "--database", "sqlite:" + folder.file("none.db")});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_NE(missing.err.find("There is no database"), std::string::npos) << missing.err;
}

TEST_F(ProgramTest, OptionsMayStandInAFile) {
  const std::string config = folder.file("linchpin.toml");
  ASSERT_TRUE(
      write_file_atomically(config, "[serve]\ndatabase = \"sqlite:" + path + "\"\nport = 0\n"));
  Program server({"serve", "--config", config}, {"LINCHPIN_ADMIN_PASSWORD=given from outside"});
  EXPECT_NE(port_in(server.line()), 0);
  ASSERT_TRUE(write_file_atomically(config, "[serve]\nportt = 0\n"));
  EXPECT_NE(run(with_database({"serve", "--config", config})).exit_code, 0);
}

TEST_F(ProgramTest, MigratesAndChecks) {
  EXPECT_EQ(run(with_database({"migrate"})).exit_code, 0);
  EXPECT_EQ(run(with_database({"migrate"})).exit_code, 0);
  const Finished checked = run(with_database({"check"}));
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  EXPECT_NE(checked.out.find("The database file is sound."), std::string::npos);
}

TEST_F(ProgramTest, ACheckWritesNothing) {
  ASSERT_EQ(run(with_database({"migrate"})).exit_code, 0);
  const std::string before = *read_file(path);
  const Finished checked = run(with_database({"check"}));
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  EXPECT_TRUE(*read_file(path) == before);
}

TEST_F(ProgramTest, ACheckFindsWhoTouchedTheAuditLog) {
  ASSERT_EQ(run(with_database({"user", "create", "--login", "anna"})).exit_code, 1);
  ASSERT_EQ(run(with_database({"migrate"})).exit_code, 0);
  ASSERT_EQ(run(with_database({"user", "create", "--login", "anna"})).exit_code, 0);
  const Finished sound = run(with_database({"check"}));
  EXPECT_EQ(sound.exit_code, 0) << sound.out;
  EXPECT_NE(sound.out.find("Audit log: 2 entries"), std::string::npos) << sound.out;
  const auto touch = [&](storage::Literal sql) {
    auto database = storage::open_database("sqlite:" + path);
    ASSERT_TRUE(database);
    EXPECT_TRUE((*database)->write([&](storage::Connection& connection) -> Status {
      LP_CHECK(connection.execute(storage::Sql(sql)));
      return {};
    }));
  };
  touch("UPDATE lp_audit SET details = '{}' WHERE seq = 2");
  const Finished changed = run(with_database({"check"}));
  EXPECT_EQ(changed.exit_code, 1);
  EXPECT_NE(changed.out.find("entry 2 was changed"), std::string::npos) << changed.out;
  touch("DELETE FROM lp_audit WHERE seq = 1");
  const Finished removed = run(with_database({"check"}));
  EXPECT_EQ(removed.exit_code, 1);
  EXPECT_NE(removed.out.find("entries 1 to 1 are missing"), std::string::npos) << removed.out;
}

TEST_F(ProgramTest, ANewKeySealsEverythingAnewAndTheOldOneOpensNothing) {
  ASSERT_EQ(run(with_database({"migrate"})).exit_code, 0);
  ASSERT_EQ(run(with_database({"user", "create", "--login", "anna"})).exit_code, 0);
  const std::string old_key = *read_file(path + ".key");
  const Finished changed = run(with_database({"rotate-key"}));
  EXPECT_EQ(changed.exit_code, 0) << changed.err;
  EXPECT_NE(*read_file(path + ".key"), old_key);
  EXPECT_NE(changed.out.find(".key.until-"), std::string::npos) << changed.out;
  const Finished sound = run(with_database({"check"}));
  EXPECT_EQ(sound.exit_code, 0) << sound.out << sound.err;
  EXPECT_NE(sound.out.find("Audit log: 3 entries"), std::string::npos) << sound.out;
  ASSERT_TRUE(write_file_atomically(path + ".key", old_key));
  const Finished refused = run(with_database({"check"}));
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find(".key"), std::string::npos) << refused.err;
}

TEST_F(ProgramTest, AnUpgradeLeavesACopyOfWhatWas) {
  const Finished made = run(with_database({"migrate"}));
  EXPECT_EQ(made.out.find("The database as it was"), std::string::npos) << made.out;
  const std::string before = *read_file(path);
  const Finished again = run(with_database({"migrate"}));
  ASSERT_EQ(again.exit_code, 0) << again.err;
  const std::string words = "The database as it was: ";
  const std::size_t at = again.out.find(words);
  ASSERT_NE(at, std::string::npos) << again.out;
  const std::string copy =
      again.out.substr(at + words.size(), again.out.find('\n', at) - at - words.size());
  EXPECT_TRUE(copy.starts_with(path + ".before-upgrade-")) << copy;
  EXPECT_EQ(read_file(copy)->size(), before.size());
}

TEST_F(ProgramTest, WhatAnEarlierVersionWroteIsCopiedAndBroughtUpToDate) {
  ASSERT_EQ(run(with_database({"migrate"})).exit_code, 0);
  const auto database = storage::open_database("sqlite:" + path);
  ASSERT_TRUE(database);
  const auto become_older = [](storage::Connection& connection) -> Status {
    LP_CHECK(connection.execute(storage::Sql("DROP TABLE lp_audit")));
    LP_CHECK(connection.execute(storage::Sql("DROP TABLE lp_audit_end")));
    return set_meta_value(connection, "schema_version", "4");
  };
  ASSERT_TRUE((*database)->write(become_older));
  const Finished refused = run(with_database({"check"}));
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("linchpin migrate"), std::string::npos) << refused.err;
  const Finished migrated = run(with_database({"migrate"}));
  EXPECT_EQ(migrated.exit_code, 0) << migrated.err;
  EXPECT_NE(migrated.out.find("The database as it was: "), std::string::npos) << migrated.out;
  const Finished sound = run(with_database({"check"}));
  EXPECT_EQ(sound.exit_code, 0) << sound.out << sound.err;
}

constexpr const char* given_password = "given from outside";

// How many accounts the server at this port has.
std::size_t count_accounts(std::uint16_t port) {
  ApiClient client(port);
  EXPECT_EQ(client.sign_in("admin", given_password).status, 200);
  return client.post("/records/account/query", "{}").array_at("records").size();
}

TEST_F(ProgramTest, ABackupOfARunningServerGoesBackIntoPlace) {
  const std::string copy = folder.file("copy.db");
  const std::vector<std::string> save = with_database({"backup", copy});
  const std::string variable = "LINCHPIN_ADMIN_PASSWORD=" + std::string(given_password);
  {
    Program server(serve(), {variable});
    ApiClient client(port_in(server.line()));
    ASSERT_EQ(client.sign_in("admin", given_password).status, 200);
    const auto create = [&](const std::string& code) {
      return client.post("/records/account", R"({"fields":{"code":")" + code + R"(","name":"A"}})");
    };
    ASSERT_EQ(create("A1").status, 201);
    const Finished saved = run(save);
    ASSERT_EQ(saved.exit_code, 0) << saved.err;
    EXPECT_NE(saved.out.find("whole and sound"), std::string::npos) << saved.out;
    EXPECT_NE(saved.out.find(path + ".key"), std::string::npos) << saved.out;
    ASSERT_EQ(create("A2").status, 201);

    const Finished twice = run(save);
    EXPECT_EQ(twice.exit_code, 1);
    EXPECT_NE(twice.err.find("exists already"), std::string::npos) << twice.err;
    const Finished taken = run(with_database({"restore", copy}));
    EXPECT_EQ(taken.exit_code, 1);
    EXPECT_NE(taken.err.find("--replace"), std::string::npos) << taken.err;
    const Finished in_use = run(with_database({"restore", copy, "--replace"}));
    EXPECT_EQ(in_use.exit_code, 1);
    EXPECT_NE(in_use.err.find("stop it first"), std::string::npos) << in_use.err;
    EXPECT_EQ(count_accounts(client.port()), 2U);
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait().exit_code, 0);
  }
  const Finished restored = run(with_database({"restore", copy, "--replace"}));
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  Program server(serve(), {});
  EXPECT_EQ(count_accounts(port_in(server.line())), 1U);
}

TEST_F(ProgramTest, ABackupMakesANewDatabaseElsewhere) {
  const std::string copy = folder.file("copy.db");
  const std::string elsewhere = folder.file("elsewhere.db");
  ASSERT_EQ(run(with_database({"migrate"})).exit_code, 0);
  ASSERT_EQ(run(with_database({"backup", copy})).exit_code, 0);
  const std::vector<std::string> restore{"restore", copy, "--database", "sqlite:" + elsewhere};
  const Finished restored = run(restore);
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  EXPECT_NE(restored.out.find(elsewhere + ".key"), std::string::npos) << restored.out;
  EXPECT_EQ(run({"check", "--database", "sqlite:" + elsewhere}).exit_code, 1);
  ASSERT_TRUE(write_file_atomically(elsewhere + ".key", *read_file(path + ".key")));
  EXPECT_EQ(run({"check", "--database", "sqlite:" + elsewhere}).exit_code, 0);
}

TEST_F(ProgramTest, WhatIsNoBackupIsNotPutBack) {
  const std::string text = folder.file("text.db");
  ASSERT_TRUE(write_file_atomically(text, std::string(8192, 'x')));
  const Finished refused = run(with_database({"restore", text}));
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("is not a Linchpin database"), std::string::npos) << refused.err;
  EXPECT_FALSE(read_file(path));
  EXPECT_EQ(run(with_database({"backup", folder.file("copy.db")})).exit_code, 1);
  EXPECT_FALSE(read_file(folder.file("copy.db")));
}

TEST_F(ProgramTest, PrintsItsDocument) {
  const Finished printed = run({"openapi"});
  EXPECT_EQ(printed.exit_code, 0);
  EXPECT_TRUE(parse_json(printed.out));
}

TEST_F(ProgramTest, WrongCommandLinesAreRefused) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{},
                                             {"serve"},
                                             {"frobnicate"},
                                             {"serve", "--database", "x", "--port", "99999"},
                                             {"token", "create", "--database", "x"}}) {
    const Finished refused = run(words);
    EXPECT_EQ(refused.exit_code, 2) << refused.err;
  }
}

}  // namespace
}  // namespace linchpin::server
