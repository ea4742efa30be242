#pragma once

// What every command begins with and ends with: the parts it needs, and plain words when it fails.

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/locale.h"
#include "layout.h"
#include "workspace.h"

namespace linchpin::server {

constexpr std::size_t random_password_length = 20;

// The language of LC_ALL, LC_MESSAGES or LANG: Chinese where it begins with "zh", else English.
Language terminal_language();

// A line on stdout, at once.
void say(const std::string& line);

// Tells a person on stderr what went wrong. Always gives 1, the exit code of a failed command.
int report_failure(const Texts& texts, const Error& error);

class Command {
 public:
  // Errors are left to the caller to report: with the texts, as far as they could be read.
  // Both may be called again: a workspace is then opened anew.
  Status prepare();
  Status open(const WorkspaceOptions& options);

  const Layout& layout() const { return layout_; }
  const Texts& texts() const { return texts_; }
  const Clock& clock() const { return clock_; }
  Workspace& workspace() { return *workspace_; }
  std::string text(std::string_view key, const ErrorParams& params = {}) const {
    return texts_.text(terminal_language(), key, params);
  }

 private:
  SystemClock clock_;
  Layout layout_{""};
  Texts texts_;
  bool prepared_ = false;
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace linchpin::server
