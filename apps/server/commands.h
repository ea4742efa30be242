#pragma once

// The commands of the program as functions: they give its exit code. main.cpp reads their options.

#include <cstdint>
#include <string>

#include "inbound/caller_limits.h"
#include "inbound/identity/users.h"
#include "inbound/oidc/provider.h"

namespace linchpin::server {

struct ServeOptions {
  std::string database;
  std::string workspace;
  std::string bind = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string tls_certificate;
  std::string tls_key;
  std::string public_url;
  std::string trusted_proxy;
  std::int64_t requests_per_minute = inbound::default_requests_per_minute;  // of one caller
  inbound::OidcConfig oidc;  // without an issuer nobody signs in elsewhere
  std::string oidc_secret_file;
};
// Runs until SIGTERM or SIGINT, then drains.
int serve(const ServeOptions& options);

struct UserOptions {
  std::string database;
  std::string login;
  std::string name;
  bool administrator = false;
  std::string role = std::string(inbound::everyday_role);
  bool password_from_stdin = false;
};
// A password that is not given is made and printed.
int create_user(const UserOptions& options);

struct TokenOptions {
  std::string database;
  std::string login;
  std::string name = "command line";
  std::string scope = "write";
  int days = 0;  // 0 = for ever
};
// Prints the token alone.
int create_token(const TokenOptions& options);

// A copy of a database that is in use, whole and looked through.
int backup(const std::string& database, const std::string& file);

// Puts a copy where the database belongs; over one that is there only with `replace`.
int restore(const std::string& database, const std::string& file, bool replace);

// Creates the database or brings it up to date; one that is there is copied first.
int migrate(const std::string& database);

// Seals what is personal with a new key.
int rotate_key(const std::string& database);

// Compares what is kept twice with what it was computed from; 1 when they differ. Writes nothing.
int check(const std::string& database);

// Fills a workspace with the demo company.
int load_demo_company(const std::string& database);

// Prints the OpenAPI document.
int print_openapi();

}  // namespace linchpin::server
