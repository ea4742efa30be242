#include "workspace.h"

#include <charconv>
#include <filesystem>

#include "all_capabilities.h"
#include "base/crypto.h"
#include "base/date.h"
#include "data_folder.h"
#include "inbound/api.h"
#include "inbound/idempotency.h"
#include "inbound/identity/second_factor.h"
#include "jobs/imports/imports.h"
#include "meta_table.h"
#include "records/personal.h"
#include "stream/audit_log.h"
#include "upgrades.h"

namespace linchpin::server {

using storage::Connection;

namespace {

constexpr std::string_view default_name = "main";
constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::size_t file_name_bytes = 6;
// The rows of a department of some thousand accounts fit, which are sorted at every page.
constexpr std::int64_t cache_bytes_per_reader = 32 << 20;
constexpr std::string_view key_check_text = "linchpin workspace";
constexpr std::string_view hashed_mark = "personal_hashes";

Error unusable(std::string detail, ErrorParams params) {
  return Error::of(ErrorCode::unusable_database, std::move(detail), std::move(params));
}

std::string key_proof(const Key& key) {
  return to_base64url(hmac_sha256(key, key_check_text));
}

std::string day_of(const Clock& clock) {
  constexpr std::size_t day_size = 10;  // 2026-11-21
  return format_instant(clock.now()).substr(0, day_size);
}

std::int64_t number_in(const std::optional<std::string>& text) {
  std::int64_t number = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

// Records of a database that was made before version 7 hold personal values without a hash.
Status begin_hashes(Connection& connection, const records::Schema& schema, const Key& key) {
  using records::PersonalKeys;
  LP_TRY(const auto begun, meta_value(connection, hashed_mark));
  if (begun) return {};
  LP_CHECK(PersonalKeys(key).hash_anew(connection, schema, key,
                                       PersonalKeys::Stored::without_hash));
  return set_meta_value(connection, hashed_mark, "1");
}

}  // namespace

Status Workspace::check_contents(Connection& connection, const WorkspaceOptions& options) {
  LP_TRY(const Contents contents, look_into(connection));
  if (contents == Contents::something_else) return unusable("not_a_workspace", {{"path", path_}});
  is_new_ = contents == Contents::nothing;
  if (is_new_ && !options.may_create) return unusable("database_missing", {{"path", path_}});
  if (is_new_) {
    LP_CHECK(ensure_meta_table(connection));
    const std::string now = format_instant(clock_.now());
    LP_CHECK(upgrade(connection, first_version, upgrades(), clock_.now()));
    LP_CHECK(set_meta_value(connection, "created_at", now));
    return set_meta_value(connection, "workspace",
                          options.name.empty() ? default_name : std::string_view(options.name));
  }
  LP_TRY(const auto version, meta_value(connection, "schema_version"));
  const std::int64_t found = number_in(version);
  const std::int64_t known = workspace_version();
  if (found > known) {
    return unusable("database_newer",
                    {{"path", path_}, {"found", *version}, {"known", std::to_string(known)}});
  }
  LP_CHECK(verify_upgrades(connection, found, upgrades()));
  LP_TRY(const auto name, meta_value(connection, "workspace"));
  if (!options.name.empty() && name.value_or("") != options.name) {
    return unusable("workspace_name_differs",
                    {{"found", name.value_or("")}, {"wanted", options.name}});
  }
  if (found == known) return {};
  is_older_ = true;
  if (options.only_looks) {
    if (options.may_be_older) return {};
    return unusable("database_older",
                    {{"path", path_}, {"found", *version}, {"known", std::to_string(known)}});
  }
  return upgrade(connection, found, upgrades(), clock_.now());
}

// The files of a workspace on a database server are found by a name that it keeps itself, so that
// a database of the same name that is made anew has a key of its own.
Status Workspace::find_files(Connection& connection) {
  if (connection.dialect() == storage::Dialect::sqlite) return {};
  LP_TRY(auto files, meta_value(connection, "files"));
  if (!files) {
    LP_TRY(const auto name, meta_value(connection, "workspace"));
    files = name.value_or("") + "-" + to_hex(random_bytes(file_name_bytes));
    LP_CHECK(set_meta_value(connection, "files", *files));
  }
  LP_TRY(const std::string folder, data_folder());
  path_ = folder + "/" + *files;
  return {};
}

Status Workspace::check_key(Connection& connection) {
  LP_TRY(key_, workspace_key(path_, is_new_ ? KeyIs::new_if_missing : KeyIs::expected));
  LP_CHECK(hold_.share(path_));
  const std::string proof = key_proof(key_);
  if (is_new_) return set_meta_value(connection, "key_check", proof);
  LP_TRY(const auto known, meta_value(connection, "key_check"));
  if (known == proof) return {};
  // A change of the key that ended between the database and the file is finished now.
  LP_TRY(const std::optional<Key> left, left_workspace_key(path_));
  if (!left || known != key_proof(*left)) {
    return unusable("workspace_key_wrong", {{"file", path_ + ".key"}});
  }
  key_ = *left;
  LP_TRY(const std::string kept, take_next_key_file(path_, day_of(clock_)));
  return {};
}

Result<std::string> Workspace::change_key() {
  LP_CHECK(hold_.take_alone());
  LP_TRY(const NextKey next, next_workspace_key(path_));
  LP_CHECK(database_->write([&](Connection& connection) -> Status {
    LP_TRY(const auto known, meta_value(connection, "key_check"));
    if (known != key_proof(key_)) {
      return unusable("workspace_key_wrong", {{"file", path_ + ".key"}});
    }
    const records::PersonalKeys personal(key_);
    LP_CHECK(personal.hash_anew(connection, *records_->schema(), next.key,
                                records::PersonalKeys::Stored::hashed));
    LP_CHECK(personal.wrap_anew(connection, next.key));
    LP_CHECK(inbound::seal_second_factors_anew(connection, key_, next.key));
    LP_CHECK(inbound::Idempotency::forget_all(connection));
    LP_CHECK(stream::recode_audit(connection, key_, next.key));
    stream::AuditNote note;
    note.kind = stream::AuditKind::key_rotated;
    note.at = clock_.now();
    LP_CHECK(stream::append_audit(connection, next.key, note));
    return set_meta_value(connection, "key_check", key_proof(next.key));
  }));
  key_ = next.key;
  if (!next.in_file) return std::string();
  return take_next_key_file(path_, day_of(clock_));
}

Status Workspace::begin(const WorkspaceOptions& options) {
  inbound::WorkspaceSettings settings;
  int node = 0;
  const auto look = [&](Connection& connection) -> Status {
    LP_CHECK(check_contents(connection, options));
    LP_CHECK(find_files(connection));
    LP_CHECK(check_key(connection));
    if (!options.only_looks) {
      LP_TRY(node, lease_node(connection));
      LP_CHECK(inbound::ensure_setting_table(connection));
    }
    LP_TRY(settings, inbound::load_settings(connection));
    return {};
  };
  LP_CHECK(options.only_looks ? database_->snapshot(look) : database_->write(look));
  ids_ = std::make_unique<IdGenerator>(clock_, node);
  settings_ = std::make_unique<inbound::Settings>(std::move(settings));
  return {};
}

Status Workspace::ensure_tables(const records::Schema& schema) {
  return database_->write([&](Connection& connection) -> Status {
    LP_CHECK(stream::ensure_tables(connection));
    LP_CHECK(records::Records::ensure_tables(connection, schema));
    LP_CHECK(begin_hashes(connection, schema, key_));
    LP_CHECK(stream::begin_audit(connection, key_, clock_.now()));
    LP_CHECK(jobs::Jobs::ensure_tables(connection));
    LP_CHECK(imports::Imports::ensure_tables(connection));
    return inbound::Api::ensure_tables(connection);
  });
}

Result<std::string> Workspace::files_folder() const {
  const std::string folder = path_ + ".files";
  std::error_code error;
  if (std::filesystem::create_directory(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error) return unusable("database_unreadable", {{"path", folder}});
  return folder;
}

Result<std::unique_ptr<Workspace>> Workspace::open(const Layout& layout,
                                                   const WorkspaceOptions& options,
                                                   const Clock& clock) {
  std::unique_ptr<Workspace> workspace(new Workspace(clock));
  const std::string_view url = options.database;
  if (url.starts_with(sqlite_scheme)) {
    workspace->path_ = url.substr(sqlite_scheme.size());
    std::error_code error;
    if (!options.may_create && !std::filesystem::exists(workspace->path_, error)) {
      return unusable("database_missing", {{"path", workspace->path_}});
    }
  }
  storage::OpenOptions opening;
  opening.workspace = options.name.empty() ? default_name : options.name;
  opening.may_create = options.may_create;
  opening.cache_bytes_per_reader = cache_bytes_per_reader;
  if (workspace->path_.empty()) workspace->path_ = opening.workspace;
  LP_TRY(workspace->database_, storage::open_database(url, opening));
  LP_CHECK(workspace->begin(options));
  if (options.only_looks && workspace->is_older_) return workspace;
  const auto settings = workspace->settings_->get();
  LP_TRY(auto objects,
         records::StandardObjects::load(layout.capabilities(), settings->money_scale));
  const auto standard = std::make_shared<const records::StandardObjects>(std::move(objects));
  LP_TRY(const auto customization, workspace->database_->snapshot(records::read_customization));
  LP_TRY(const auto schema, standard->build(customization));
  if (!options.only_looks) LP_CHECK(workspace->ensure_tables(*schema));
  records::Rules rules;
  LP_CHECK(add_capability_rules(*schema, rules));
  LP_TRY(records::WorkspaceFrame frame, inbound::frame_of(*settings));
  workspace->records_ = std::make_unique<records::Records>(
      records::Records::Parts{*workspace->database_, clock, *workspace->ids_, workspace->key_,
                              std::move(rules), standard},
      schema, std::move(frame));
  workspace->jobs_ = std::make_unique<jobs::Jobs>(*workspace->database_, clock, *workspace->ids_);
  return workspace;
}

}  // namespace linchpin::server
