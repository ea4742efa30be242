#include "server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <utility>

#include "base/files.h"

namespace linchpin::load {

namespace {

struct Child {
  pid_t process;
  int output;
};

Result<Child> spawn(const std::string& program, std::vector<std::string> arguments) {
  int ends[2];
  if (::pipe(ends) != 0) return Error::internal("no pipe");
  const pid_t process = ::fork();
  if (process < 0) return Error::internal("no process");
  if (process == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    // A line for each request belongs to the work, not to the reader of the table.
    if (const int log = ::open("/dev/null", O_WRONLY); log >= 0) ::dup2(log, STDERR_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    std::vector<char*> argv;
    std::string name = program;
    argv.push_back(name.data());
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  return Child{process, ends[0]};
}

}  // namespace

Result<ServerProcess> ServerProcess::start(const std::string& program,
                                           const std::string& database) {
  LP_TRY(const Child child, spawn(program, {"serve", "--database", database, "--port", "0"}));
  ServerProcess server(child.process, child.output);
  constexpr std::string_view mark = "http://127.0.0.1:";
  std::string printed;
  while (true) {
    const std::size_t at = printed.find(mark);
    if (at != std::string::npos && printed.find('\n', at) != std::string::npos) {
      std::from_chars(printed.data() + at + mark.size(), printed.data() + printed.size(),
                      server.port_);
      return server;
    }
    char block[1024];
    const ssize_t got = ::read(child.output, block, sizeof block);
    if (got <= 0) return Error::internal("the server ended: " + printed);
    printed.append(block, static_cast<std::size_t>(got));
  }
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : process_(std::exchange(other.process_, 0)),
      output_(std::exchange(other.output_, -1)),
      port_(other.port_) {}

ServerProcess::~ServerProcess() {
  if (process_ > 0) {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  if (output_ >= 0) ::close(output_);
}

double ServerProcess::resident_megabytes() const {
  const auto status = read_file("/proc/" + std::to_string(process_) + "/status");
  if (!status) return 0;
  const std::size_t at = status->find("VmRSS:");
  std::size_t begin = at == std::string::npos ? at : status->find_first_of("0123456789", at);
  if (begin == std::string::npos) return 0;
  std::int64_t kilobytes = 0;
  std::from_chars(status->data() + begin, status->data() + status->size(), kilobytes);
  return static_cast<double>(kilobytes) / 1024;
}

Result<std::string> run_program(const std::string& program,
                                const std::vector<std::string>& arguments) {
  LP_TRY(const Child child, spawn(program, arguments));
  std::string printed;
  char block[4096];
  for (ssize_t got = 1; got > 0;) {
    got = ::read(child.output, block, sizeof block);
    if (got > 0) printed.append(block, static_cast<std::size_t>(got));
  }
  ::close(child.output);
  int status = 0;
  ::waitpid(child.process, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return Error::internal(program + " failed: " + printed);
  }
  return printed;
}

}  // namespace linchpin::load
