// The command line: reads options and calls a command. No part of the product knows it.

#include <CLI/CLI.hpp>

#include "commands.h"
#include "import_command.h"

namespace linchpin::server {
namespace {

// Every command takes a database; the environment may name it for all of them.
void add_database(CLI::App& command, std::string& database) {
  command.add_option("--database", database, "sqlite:PATH or postgresql://…")
      ->envname("LINCHPIN_DATABASE")
      ->required();
}

CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& help) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->fallthrough();
  return *command;
}

void add_oidc(CLI::App& command, ServeOptions& options, CLI::Option* public_url) {
  CLI::Option* issuer =
      command.add_option("--oidc-issuer", options.oidc.issuer, "OpenID Connect provider, its URL");
  CLI::Option* client = command.add_option("--oidc-client-id", options.oidc.client_id);
  issuer->needs(client)->needs(public_url);
  client->needs(issuer);
  command
      .add_option("--oidc-client-secret-file", options.oidc_secret_file,
                  "File with the secret; without one this is a public client")
      ->needs(issuer);
  command.add_option("--oidc-claim", options.oidc.claim, "Claim whose value is the login")
      ->capture_default_str();
  command.add_option("--oidc-new-users", options.oidc.new_user_role,
                     "Role of people who sign in for the first time; without it nobody is created");
  command.add_option("--oidc-certificates", options.oidc.certificates_file,
                     "PEM file of the authorities that are believed; else those of the system");
}

void add_serve(CLI::App& app, ServeOptions& options, int& exit_code) {
  CLI::App& command = add_command(app, "serve", "Run the server until SIGTERM");
  add_database(command, options.database);
  command.add_option("--port", options.port, "0 = any free one; it is printed")
      ->capture_default_str();
  command.add_option("--bind", options.bind, "Address to listen on")->capture_default_str();
  command.add_option("--workspace", options.workspace, "Name of the workspace; main if new");
  CLI::Option* public_url =
      command.add_option("--public-url", options.public_url,
                         "The address people use, when a proxy stands before the server");
  command.add_option("--trusted-proxy", options.trusted_proxy,
                     "Address of a proxy whose X-Forwarded-* headers are believed");
  CLI::Option* certificate =
      command.add_option("--tls-certificate", options.tls_certificate, "PEM file");
  CLI::Option* key = command.add_option("--tls-key", options.tls_key, "PEM file");
  certificate->needs(key);
  key->needs(certificate);
  command
      .add_option("--requests-per-minute", options.requests_per_minute, "That one caller may make")
      ->check(CLI::Range(std::int64_t{1}, inbound::most_requests_per_minute))
      ->capture_default_str();
  add_oidc(command, options, public_url);
  command.callback([&] { exit_code = serve(options); });
}

void add_user_commands(CLI::App& app, UserOptions& options, int& exit_code) {
  CLI::App& user = add_command(app, "user", "People");
  user.require_subcommand(1);
  CLI::App& create = add_command(user, "create", "Create a user who can sign in");
  add_database(create, options.database);
  create.add_option("--login", options.login)->required();
  create.add_option("--name", options.name, "Full name; the login if left out");
  create.add_flag("--administrator", options.administrator);
  create.add_option("--role", options.role, "Key of the role of who is no administrator")
      ->capture_default_str();
  create.add_flag("--password-stdin", options.password_from_stdin,
                  "Read the password from the first line of stdin; else one is made and printed");
  create.callback([&] { exit_code = create_user(options); });
}

void add_token_commands(CLI::App& app, TokenOptions& options, int& exit_code) {
  CLI::App& token = add_command(app, "token", "API tokens");
  token.require_subcommand(1);
  CLI::App& create = add_command(token, "create", "Create a token and print it alone on stdout");
  add_database(create, options.database);
  create.add_option("--user", options.login, "Login of the user it acts for")->required();
  create.add_option("--name", options.name, "What it is for")->capture_default_str();
  create.add_option("--scope", options.scope)
      ->check(CLI::IsMember({"read", "write"}))
      ->capture_default_str();
  constexpr int max_days = 36'500;
  create.add_option("--days", options.days, "Days until it ends; 0 = never")
      ->check(CLI::Range(0, max_days));
  create.callback([&] { exit_code = create_token(options); });
}

struct CopyOptions {
  std::string database;
  std::string file;
  bool replace = false;
};

void add_copy_commands(CLI::App& app, CopyOptions& options, int& exit_code) {
  CLI::App& saving = add_command(app, "backup", "Copy the database while it is in use");
  add_database(saving, options.database);
  saving.add_option("file", options.file, "Where the copy goes; it must not be there yet")
      ->required();
  saving.callback([&] { exit_code = backup(options.database, options.file); });
  CLI::App& restoring = add_command(app, "restore", "Put a copy where the database belongs");
  add_database(restoring, options.database);
  restoring.add_option("file", options.file, "A copy that `backup` made")->required();
  restoring.add_flag("--replace", options.replace,
                     "Over the database that is there, which is lost");
  restoring.callback([&] { exit_code = restore(options.database, options.file, options.replace); });
}

void add_database_commands(CLI::App& app, std::string& database, int& exit_code) {
  CLI::App& migrating = add_command(app, "migrate", "Create the database or bring it up to date");
  add_database(migrating, database);
  migrating.callback([&] { exit_code = migrate(database); });
  CLI::App& checking =
      add_command(app, "check", "Compare what is kept twice with what it was computed from");
  add_database(checking, database);
  checking.callback([&] { exit_code = check(database); });
  CLI::App& rotating = add_command(app, "rotate-key", "Seal what is personal with a new key");
  add_database(rotating, database);
  rotating.callback([&] { exit_code = rotate_key(database); });
  CLI::App& demo = add_command(app, "demo", "Load the demo company");
  add_database(demo, database);
  demo.callback([&] { exit_code = load_demo_company(database); });
  CLI::App& openapi = add_command(app, "openapi", "Print the OpenAPI document");
  openapi.callback([&] { exit_code = print_openapi(); });
}

void add_import(CLI::App& app, ImportOptions& options, int& exit_code) {
  CLI::App& command = add_command(app, "import", "Import a CSV or XLSX file");
  add_database(command, options.database);
  command.add_option("file", options.file, "CSV or XLSX")->required();
  command.add_option("--object", options.object, "What the rows are, for example order_line");
  command.add_option("--map", options.map, "JSON file with the plan: what the columns are")
      ->required();
  command.add_option("--replace", options.replace, "First remove the lines of every order")
      ->check(CLI::IsMember({"order"}));
  command.add_flag("--repeat", options.repeat, "Although the same content was imported before");
  command.add_option("--errors", options.errors, "CSV file for the rows that were refused");
  command.callback([&] { exit_code = import_file(options); });
}

int run(int argc, char** argv) {
  CLI::App app("Linchpin: key account management", "linchpin");
  app.set_version_flag("--version", LINCHPIN_VERSION);
  app.set_config("--config", "", "TOML file with the options, for example [serve] port = 8080");
  app.allow_config_extras(CLI::config_extras_mode::error);
  app.require_subcommand(1);
  int exit_code = 0;
  ServeOptions serving;
  UserOptions user;
  TokenOptions token;
  ImportOptions importing;
  CopyOptions copying;
  std::string database;
  add_serve(app, serving, exit_code);
  add_user_commands(app, user, exit_code);
  add_token_commands(app, token, exit_code);
  add_import(app, importing, exit_code);
  add_database_commands(app, database, exit_code);
  add_copy_commands(app, copying, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    constexpr int wrong_usage = 2;
    return app.exit(error) == 0 ? 0 : wrong_usage;
  }
  return exit_code;
}

}  // namespace
}  // namespace linchpin::server

int main(int argc, char** argv) {
  return linchpin::server::run(argc, argv);
}
