#pragma once

// A workspace opened: its database checked and brought up to date, its settings, key and schema
// read, the record engine and the jobs ready. Every command begins here.

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/locale.h"
#include "inbound/settings.h"
#include "jobs/jobs.h"
#include "layout.h"
#include "records/records.h"
#include "storage/storage.h"
#include "workspace_key.h"

namespace linchpin::server {

struct WorkspaceOptions {
  std::string database;  // "sqlite:PATH" or "postgresql://…"
  // Empty = whatever the file is, a new one becomes "main"; of a PostgreSQL database "main".
  std::string name;
  bool may_create = false;
  bool only_looks = false;  // writes nothing, not even the node of this process
  // Where it only looks: what an earlier version wrote is opened too, without its records.
  bool may_be_older = false;
};

class Workspace {
 public:
  // Errors: unusable_database / `database_missing` {path}, `database_newer` {found, known},
  // `database_older` when it only looks and may not be older, `database_half_upgraded`,
  // `upgrade_failed` {step, version}, `not_a_workspace` {path}, `workspace_name_differs`
  // {found, wanted}, `workspace_key_wrong` {file}; those of the storage, the schema and the key.
  static Result<std::unique_ptr<Workspace>> open(const Layout& layout,
                                                 const WorkspaceOptions& options,
                                                 const Clock& clock);

  storage::Database& database() { return *database_; }
  records::Records& records() { return *records_; }
  jobs::Jobs& jobs() { return *jobs_; }
  inbound::Settings& settings() { return *settings_; }
  IdGenerator& ids() { return *ids_; }
  const Key& key() const { return key_; }
  const Clock& clock() const { return clock_; }
  // Everything sealed with the workspace key is sealed anew with the next one. Gives the file that
  // keeps the key as it was; empty when the key is not in a file. From then on this workspace is to
  // be opened anew. Errors: unusable_database / `workspace_in_use`, `new_workspace_key_missing`.
  Result<std::string> change_key();
  // What the names of the workspace's files begin with: the database file, or on PostgreSQL a place
  // in the data folder.
  const std::string& path() const { return path_; }
  // Uploads and error files lie here; made when it is not there.
  Result<std::string> files_folder() const;

 private:
  explicit Workspace(const Clock& clock) : clock_(clock) {}

  Status begin(const WorkspaceOptions& options);
  Status check_contents(storage::Connection& connection, const WorkspaceOptions& options);
  Status find_files(storage::Connection& connection);
  Status check_key(storage::Connection& connection);
  Status ensure_tables(const records::Schema& schema);

  const Clock& clock_;
  std::string path_;
  bool is_new_ = false;
  bool is_older_ = false;
  Key key_{};
  KeyHold hold_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<IdGenerator> ids_;
  std::unique_ptr<inbound::Settings> settings_;
  std::unique_ptr<records::Records> records_;
  std::unique_ptr<jobs::Jobs> jobs_;
};

}  // namespace linchpin::server
