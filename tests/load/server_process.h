#pragma once

// A server as its own process, and the other commands of the program.

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/result.h"

namespace linchpin::load {

class ServerProcess {
 public:
  // Starts `program serve` on a free port and waits for its "Listening on" line.
  static Result<ServerProcess> start(const std::string& program, const std::string& database);
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&&) = delete;
  ~ServerProcess();  // SIGTERM and wait

  int port() const { return port_; }
  double resident_megabytes() const;

 private:
  ServerProcess(pid_t process, int output) : process_(process), output_(output) {}
  pid_t process_;
  int output_;
  int port_ = 0;
};

// Runs `program arguments…` to its end; gives what it printed. Error when it failed.
Result<std::string> run_program(const std::string& program,
                                const std::vector<std::string>& arguments);

}  // namespace linchpin::load
