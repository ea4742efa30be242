#include "import_command.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/files.h"
#include "command.h"
#include "jobs/imports/imports.h"

namespace linchpin::server {
namespace {

using imports::Import;
using imports::Imports;

using Time = std::chrono::steady_clock;

constexpr std::size_t max_map_bytes = 1 << 20;

// A bar on stderr that is drawn over, for a terminal only.
class ProgressBar {
 public:
  explicit ProgressBar(std::string title) : title_(std::move(title)) {}
  ~ProgressBar() {
    if (drawn_) std::fprintf(stderr, "\r\033[K");
  }

  void show(std::int64_t done, std::int64_t total) {
    constexpr std::chrono::milliseconds pause{100};
    constexpr std::int64_t width = 30;
    const auto now = Time::now();
    if (!is_terminal_ || total <= 0 || now - last_ < pause) return;
    last_ = now;
    drawn_ = true;
    const auto full = static_cast<std::size_t>(done * width / total);
    const std::string bar = std::string(full, '#') + std::string(width - full, '.');
    std::fprintf(stderr, "\r\033[K%s [%s] %lld %%", title_.c_str(), bar.c_str(),
                 static_cast<long long>(done * 100 / total));
    std::fflush(stderr);
  }

 private:
  std::string title_;
  const bool is_terminal_ = ::isatty(STDERR_FILENO) == 1;
  Time::time_point last_;
  bool drawn_ = false;
};

jobs::ProgressVisitor shown_on(ProgressBar& bar) {
  return [&bar](const jobs::Job& job) { bar.show(job.done, job.total); };
}

Result<json::object> read_plan(const ImportOptions& options) {
  auto text = read_file(options.map, max_map_bytes);
  if (!text) {
    return Error::of(ErrorCode::not_found, "map_unreadable", {{"path", options.map}});
  }
  LP_TRY(json::object plan, parse_json_object(*text));
  if (!options.object.empty()) plan["object"] = options.object;
  if (!options.replace.empty()) plan["replace"] = options.replace;
  if (options.repeat) plan["repeat"] = true;
  return plan;
}

void report(Command& command, const Import& import, Time::duration taken) {
  const double seconds = std::chrono::duration<double>(taken).count();
  const auto rate = static_cast<std::int64_t>(static_cast<double>(import.layout.rows) / seconds);
  char shown_seconds[32];
  std::snprintf(shown_seconds, sizeof shown_seconds, "%.2f", seconds);
  std::string line = command.text("import.done", {{"rows", std::to_string(import.layout.rows)},
                                                  {"seconds", shown_seconds},
                                                  {"rate", std::to_string(rate)}});
  line +=
      "\n" + command.text("import.counts", {{"created", std::to_string(import.counters.created)},
                                            {"updated", std::to_string(import.counters.updated)},
                                            {"failed", std::to_string(import.counters.failed)}});
  for (const auto& [object, count] : import.counters.records) {
    line += "\n  " + object + ": " + std::to_string(count);
  }
  std::printf("%s\n", line.c_str());
}

Status keep_errors(Imports& all, const access::AccessScope& scope, const Import& import,
                   const std::string& path) {
  if (path.empty() || import.counters.failed == 0) return {};
  LP_TRY(const std::string csv, all.errors_csv(scope, import.id, terminal_language()));
  std::error_code error;
  std::filesystem::copy_file(csv, path, std::filesystem::copy_options::overwrite_existing, error);
  std::error_code left;
  std::filesystem::remove(csv, left);
  if (!error) return {};
  Error failed = Error::of(ErrorCode::storage_failed);
  failed.log_detail = path + ": " + error.message();
  return failed;
}

Result<Import> plan_and_run(Command& command, Imports& all, const access::AccessScope& scope,
                            RecordId id, const json::object& plan) {
  {
    ProgressBar bar(command.text("import.checking"));
    LP_CHECK(all.plan_now(scope, id, plan, shown_on(bar)));
  }
  ProgressBar bar(command.text("import.importing"));
  return all.run_now(scope, id, shown_on(bar));
}

Status run(Command& command, const ImportOptions& options) {
  const Time::time_point start = Time::now();
  LP_CHECK(command.open({options.database, {}, false}));
  Workspace& workspace = command.workspace();
  LP_TRY(const json::object plan, read_plan(options));
  LP_TRY(std::string folder, workspace.files_folder());
  Imports all({workspace.records(), workspace.jobs(), command.clock(), workspace.ids(),
               command.texts(), std::move(folder)});
  const access::AccessScope scope = access::Authority::product();
  LP_TRY(const Import uploaded, all.create(scope, options.file, options.file, Imports::Take::copy));
  const auto done = plan_and_run(command, all, scope, uploaded.id, plan);
  if (!done) {
    // What was only looked at shall not wait for somebody to run it.
    (void)all.cancel(scope, uploaded.id);
    return done.error();
  }
  report(command, *done, Time::now() - start);
  return keep_errors(all, scope, *done, options.errors);
}

}  // namespace

int import_file(const ImportOptions& options) {
  Command command;
  const Status done = run(command, options);
  return done ? 0 : report_failure(command.texts(), done.error());
}

}  // namespace linchpin::server
