#include <cstdio>
#include <iostream>

#include "base/crypto.h"
#include "base/text.h"
#include "command.h"
#include "commands.h"
#include "inbound/identity/identity.h"

namespace linchpin::server {
namespace {

constexpr std::int64_t day = std::int64_t{24} * 60 * 60 * 1000;

inbound::Identity identity_of(Command& command) {
  Workspace& workspace = command.workspace();
  return inbound::Identity(workspace.records(), command.clock(), workspace.ids());
}

Result<std::string> password_for(const UserOptions& options) {
  if (!options.password_from_stdin) return random_password(random_password_length);
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  LP_CHECK(inbound::check_new_password(options.login, line, "password"));
  return line;
}

Status add_user(Command& command, const UserOptions& options) {
  LP_CHECK(command.open({options.database, {}, false}));
  LP_TRY(const std::string password, password_for(options));
  inbound::NewUser user{options.login, options.name, options.administrator, options.role};
  if (trim(user.name).empty()) user.name = user.login;
  inbound::Identity identity = identity_of(command);
  LP_CHECK(identity.create_user(user, password));
  std::string line = "User: " + options.login;
  if (!options.password_from_stdin) line += "  Password: " + password;
  std::printf("%s\n", line.c_str());
  return {};
}

Status add_token(Command& command, const TokenOptions& options) {
  LP_CHECK(command.open({options.database, {}, false}));
  inbound::Identity identity = identity_of(command);
  LP_TRY(const auto user, identity.users().with_login(options.login));
  if (!user) return Error::of(ErrorCode::not_found, "no_such_user", {{"login", options.login}});
  if (!user->active) {
    return Error::of(ErrorCode::invalid_state, "user_not_active", {{"login", options.login}});
  }
  inbound::NewToken token;
  token.name = options.name;
  token.may_write = options.scope == "write";
  if (options.days > 0) token.expires_at = command.clock().now() + options.days * day;
  LP_TRY(const inbound::IssuedToken issued, identity.create_token(user->id, token));
  std::printf("%s\n", issued.text.c_str());
  return {};
}

}  // namespace

int create_user(const UserOptions& options) {
  Command command;
  const Status done = add_user(command, options);
  return done ? 0 : report_failure(command.texts(), done.error());
}

int create_token(const TokenOptions& options) {
  Command command;
  const Status done = add_token(command, options);
  return done ? 0 : report_failure(command.texts(), done.error());
}

}  // namespace linchpin::server
