#include <unistd.h>

#include <cstdio>

#include "command.h"
#include "commands.h"
#include "demo/calendar.h"
#include "demo/demo_loader.h"

namespace linchpin::server {
namespace {

// Holidays and make-up working days of this year and the next, unless somebody entered some.
Status set_calendar(Command& command) {
  records::Records& records = command.workspace().records();
  const int year = civil_of(records.today()).year;
  return records.database().write(
      [&](storage::Connection& connection) -> Status {
        LP_TRY(inbound::WorkspaceSettings settings, inbound::load_settings(connection));
        auto& days = settings.working_calendar.days;
        if (!days.empty()) return {};
        for (const int shown : {year, year + 1}) {
          const auto of_year = demo::public_days(shown);
          days.insert(days.end(), of_year.begin(), of_year.end());
        }
        return inbound::store_settings(connection, settings);
      });
}

Status load(Command& command, const std::string& database) {
  LP_CHECK(command.open({database, {}, true}));
  const bool is_terminal = ::isatty(STDERR_FILENO) == 1;
  const auto show = [&](std::size_t done, std::size_t total) {
    if (is_terminal) std::fprintf(stderr, "\r%zu / %zu", done, total);
  };
  LP_CHECK(demo::load_demo(command.workspace().records(), command.clock(), show));
  LP_CHECK(set_calendar(command));
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
