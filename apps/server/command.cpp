#include "command.h"

#include <cstdio>

#include "base/environment.h"

namespace linchpin::server {

Language terminal_language() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = environment(variable);
    if (!value.empty()) return value.starts_with("zh") ? Language::zh_cn : Language::en;
  }
  return Language::en;
}

void say(const std::string& line) {
  std::fprintf(stdout, "%s\n", line.c_str());
  std::fflush(stdout);
}

int report_failure(const Texts& texts, const Error& error) {
  const Language language = terminal_language();
  const auto text = [&](std::string_view code, const ErrorParams& params) {
    return texts.text(language, "problem." + std::string(code), params);
  };
  const bool has_detail = texts.has("problem." + error.detail);
  std::string message =
      has_detail ? text(error.detail, error.params) : text(code_name(error.code), error.params);
  for (const FieldProblem& problem : error.problems) {
    message += "\n  " + problem.pointer + ": " + text(problem.code, problem.params);
  }
  if (!error.log_detail.empty()) message += "\n  (" + error.log_detail + ")";
  std::fprintf(stderr, "linchpin: %s\n", message.c_str());
  return 1;
}

Status Command::prepare() {
  if (prepared_) return {};
  LP_TRY(layout_, Layout::find());
  LP_CHECK(layout_.load_texts(texts_));
  prepared_ = true;
  return {};
}

Status Command::open(const WorkspaceOptions& options) {
  LP_CHECK(prepare());
  LP_TRY(workspace_, Workspace::open(layout_, options, clock_));
  return {};
}

}  // namespace linchpin::server
