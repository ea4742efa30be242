#include "storage/postgres/commit_listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "base/log.h"
#include "storage/postgres/postgres_errors.h"

namespace linchpin::storage::postgres {

namespace {

struct FreeNotice {
  void operator()(PGnotify* notice) const { PQfreemem(notice); }
};

}  // namespace

CommitListener::CommitListener(std::string url, Name channel, std::function<bool(int)> is_own)
    : url_(std::move(url)),
      channel_(channel),
      is_own_(std::move(is_own)),
      ending_(::eventfd(0, EFD_CLOEXEC)) {}

CommitListener::~CommitListener() {
  if (thread_.joinable()) {
    (void)::eventfd_write(ending_, 1);
    thread_.join();
  }
  if (ending_ >= 0) ::close(ending_);
}

Status CommitListener::start() {
  if (ending_ < 0) return Error::of(ErrorCode::storage_failed);
  LP_CHECK(connect());
  thread_ = std::thread([this] { run(); });
  return {};
}

Status CommitListener::connect() {
  LP_TRY(connection_, postgres::connect(url_));
  const std::string command = "LISTEN " + std::string(channel_.text());
  const ResultPointer result(PQexec(connection_.get(), command.c_str()));
  if (!is_good(result.get())) return failure_of(connection_.get(), result.get(), command).error;
  ++version_;  // nobody knows what happened while there was no connection
  hearing_ = true;
  return {};
}

void CommitListener::run() {
  while (true) {
    if (hearing_) {
      if (!wait_for(PQsocket(connection_.get()), -1)) return;
      hearing_ = take_notices();
      if (!hearing_) log_warning("commits_not_heard");
    } else {
      if (!wait_for(-1, static_cast<int>(pause_before_reconnecting.count()))) return;
      (void)connect();
    }
  }
}

bool CommitListener::take_notices() {
  if (PQconsumeInput(connection_.get()) != 1) return false;
  while (const std::unique_ptr<PGnotify, FreeNotice> notice{PQnotifies(connection_.get())}) {
    if (!is_own_(notice->be_pid)) ++version_;
  }
  return PQstatus(connection_.get()) == CONNECTION_OK;
}

bool CommitListener::wait_for(int socket, int milliseconds) const {
  std::array<pollfd, 2> waited{{{ending_, POLLIN, 0}, {socket, POLLIN, 0}}};
  (void)::poll(waited.data(), socket < 0 ? 1 : 2, milliseconds);
  return (waited[0].revents & POLLIN) == 0;
}

}  // namespace linchpin::storage::postgres
