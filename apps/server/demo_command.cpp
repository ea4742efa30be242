#include <unistd.h>

#include <cstdio>

#include "command.h"
#include "commands.h"
#include "demo/demo_loader.h"

namespace linchpin::server {
namespace {

Status load(Command& command, const std::string& database) {
  LP_CHECK(command.open({database, {}, true}));
  const bool is_terminal = ::isatty(STDERR_FILENO) == 1;
  const auto show = [&](std::size_t done, std::size_t total) {
    if (is_terminal) std::fprintf(stderr, "\r%zu / %zu", done, total);
  };
  LP_CHECK(demo::load_demo(command.workspace().records(), command.clock(), show));
  if (is_terminal) std::fprintf(stderr, "\r\033[K");
  std::printf("%s\n", command.text("demo.done").c_str());
  return {};
}

}  // namespace

int load_demo_company(const std::string& database) {
  Command command;
  const Status done = load(command, database);
  return done ? 0 : report_failure(command.texts(), done.error());
}

}  // namespace linchpin::server
