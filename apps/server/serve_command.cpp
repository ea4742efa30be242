#include <signal.h>

#include <chrono>
#include <cstdio>

#include "all_capabilities.h"
#include "base/crypto.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"
#include "command.h"
#include "commands.h"
#include "identify/scoring/score_keeper.h"
#include "inbound/api.h"
#include "inbound/attachments_api.h"
#include "inbound/change_retention.h"
#include "inbound/exports_api.h"
#include "inbound/imports_api.h"
#include "jobs/metadata/field_changes.h"
#include "subscribers/search/index_keeper.h"

namespace linchpin::server {
namespace {

constexpr const char* password_variable = "LINCHPIN_ADMIN_PASSWORD";
// What is left of the ten seconds is for the jobs and for closing the database.
constexpr std::chrono::milliseconds drain_time{6000};

using Time = std::chrono::steady_clock;

// Before any thread starts, so that all of them leave these signals to wait_for_end().
sigset_t hold_back_signals() {
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t ends;
  ::sigemptyset(&ends);
  ::sigaddset(&ends, SIGTERM);
  ::sigaddset(&ends, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  return ends;
}

void wait_for_end(const sigset_t& ends) {
  int received = 0;
  while (::sigwait(&ends, &received) != 0) {
  }
  log_info("stopping", {{"signal", received}});
}

// Until it exists nobody could sign in.
Status provide_administrator(inbound::Identity& identity) {
  LP_TRY(const bool unclaimed, identity.is_unclaimed());
  if (!unclaimed) return {};
  const std::string given = environment(password_variable);
  const std::string password = given.empty() ? random_password(random_password_length) : given;
  LP_TRY(const bool made, identity.ensure_first_administrator(password));
  if (made && given.empty()) say("Administrator: admin  Password: " + password);
  if (made && given.size() < inbound::min_password_length && !given.empty()) {
    log_warning("short_administrator_password", {{"variable", password_variable}});
  }
  return {};
}

inbound::HttpConfig http_config(const ServeOptions& options, std::string files_folder) {
  inbound::HttpConfig config;
  config.address = options.bind;
  config.port = options.port;
  config.certificate_file = options.tls_certificate;
  config.private_key_file = options.tls_key;
  config.trusted_proxy = options.trusted_proxy;
  config.upload_folder = std::move(files_folder);
  return config;
}

Result<std::unique_ptr<inbound::OutsideWeb>> outside_web(const ServeOptions& options) {
  const inbound::OidcConfig& oidc = options.oidc;
  if (!oidc.issuer.empty() && !inbound::is_safe_address(oidc.issuer)) {
    return Error::of(ErrorCode::invalid_state, "address_not_safe", {{"address", oidc.issuer}});
  }
  return inbound::make_outside_web(oidc.certificates_file);
}

Result<inbound::OidcConfig> oidc_config(const ServeOptions& options) {
  inbound::OidcConfig config = options.oidc;
  if (config.issuer.empty()) return config;
  std::string base = options.public_url;
  if (base.ends_with('/')) base.pop_back();
  config.redirect_url = base + "/api/v1/session/oidc/callback";
  if (!options.oidc_secret_file.empty()) {
    LP_TRY(const std::string text, read_file(options.oidc_secret_file));
    config.client_secret = trim(text);
  }
  return config;
}

std::string address_of(const ServeOptions& options, std::uint16_t port) {
  const bool is_ipv6 = options.bind.find(':') != std::string::npos;
  return std::string(options.tls_certificate.empty() ? "http" : "https") + "://" +
         (is_ipv6 ? "[" + options.bind + "]" : options.bind) + ":" + std::to_string(port);
}

Status run(Command& command, const ServeOptions& options, Time::time_point start) {
  const sigset_t ends = hold_back_signals();
  LP_CHECK(command.open({options.database, options.workspace, true}));
  Workspace& workspace = command.workspace();
  LP_TRY(std::string files, workspace.files_folder());
  LP_TRY(const auto outside, outside_web(options));
  LP_TRY(inbound::OidcConfig oidc, oidc_config(options));
  inbound::OutsideWeb* provider = oidc.issuer.empty() ? nullptr : outside.get();
  inbound::Api api(
      {{workspace.records(), workspace.jobs(), command.clock(), command.texts(), outside.get()},
       workspace.ids(),
       workspace.settings(),
       workspace.key(),
       {"Linchpin", LINCHPIN_VERSION},
       command.layout().web(),
       options.public_url,
       [&command] { return command.layout().openapi(); },
       options.requests_per_minute,
       {std::move(oidc), provider}});
  imports::Imports imports({workspace.records(), workspace.jobs(), command.clock(), workspace.ids(),
                            command.texts(), files});
  inbound::install_imports_api(api.handler(), imports);
  exports::Exports exports({workspace.records(), workspace.jobs(), command.clock(), workspace.ids(),
                            command.texts(), files});
  inbound::install_exports_api(api.handler(), exports);
  attachments::Attachments attachments({workspace.records(), workspace.jobs(), command.clock(),
                                        workspace.ids(), files + "/attachments"});
  inbound::install_attachments_api(api.handler(), attachments);
  install_capabilities(api.handler());
  LP_CHECK(provide_administrator(api.identity()));
  jobs::install_field_changes(workspace.jobs(), workspace.records(), command.clock());
  jobs::install_purge(workspace.jobs(), workspace.records(), command.clock());
  inbound::forget_old_changes_regularly(workspace.jobs(), workspace.records(), command.clock(),
                                        workspace.settings());
  workspace.jobs().start();
  search::IndexKeeper search_index(workspace.records());
  search_index.start();
  identify::ScoreKeeper scores(workspace.records(), workspace.jobs(), command.clock());
  scores.start();

  const auto http =
      inbound::make_http_server(http_config(options, std::move(files)), api.handler());
  LP_CHECK(http->start());
  api.watch(http.get());
  say("Listening on " + address_of(options, http->port()));
  const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(Time::now() - start);
  log_info("started", {{"version", LINCHPIN_VERSION},
                       {"port", std::int64_t{http->port()}},
                       {"ms", std::int64_t{taken.count()}}});
  wait_for_end(ends);
  http->drain(drain_time);
  scores.stop();
  search_index.stop();
  workspace.jobs().stop();
  log_info("stopped");
  return {};
}

}  // namespace

int serve(const ServeOptions& options) {
  const Time::time_point start = Time::now();
  Command command;
  const Status done = run(command, options, start);
  return done ? 0 : report_failure(command.texts(), done.error());
}

}  // namespace linchpin::server
