#pragma once

// The record engine: every read and write of record data, whoever asks, goes through here:
// who → may they → what → SQL. Answers are written in API form straight from the database rows.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/scope.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/id.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "records/formula/value.h"
#include "records/row_access.h"
#include "records/rules.h"
#include "records/standard_objects.h"
#include "storage/storage.h"
#include "stream/change_log.h"

namespace linchpin::records {

// What the workspace says about days and money.
struct WorkspaceFrame {
  TimeZone time_zone;
  std::string currency = "CNY";
  std::shared_ptr<const WorkingCalendar> calendar = std::make_shared<const WorkingCalendar>();
};

// What comes with a write beside its fields.
struct WriteOptions {
  stream::Origin origin;
  std::string reason;
  bool dry_run = false;
  // Runs in the write's own transaction with the answer that the caller will get.
  std::function<Status(storage::Connection&, std::string_view answer)> in_transaction;
};

struct Written {
  RecordId id;
  std::int64_t version = 0;
  std::string answer;  // the record in API form
};

struct Patch {
  json::object fields;
  std::optional<std::int64_t> version;  // If-Match
  std::optional<json::object> base;     // old values that the editor saw
  bool any_version = false;             // If-Match: *, whatever the current one is
};

struct PageRequest {
  static constexpr int max_limit = 500;
  static constexpr std::int64_t max_offset = 1'000'000;
  int limit = 50;
  std::string after;
  std::int64_t offset = 0;
};

enum class CountMode { none, estimate, capped, exact };

struct QueryRequest {
  std::vector<std::string> select;  // empty = every readable field that is not personal
  std::string purpose;              // why personal values are to be opened; empty = masked
  json::value where;                // null = all
  std::string search;
  json::value sort;  // array of {field, dir, nulls}; null = newest first
  PageRequest page;
  CountMode count = CountMode::none;
};

struct WriteFrame;
struct AggregateRequest;  // records/aggregate.h
struct BatchRequest;      // records/batch.h
struct OpOutcome;
struct BatchOptions;

class Records {
 public:
  struct Parts {
    storage::Database& database;
    const Clock& clock;
    IdGenerator& ids;
    Key workspace_key;
    Rules rules;
    // What the schema is made of; without it metadata cannot change while the program runs.
    std::shared_ptr<const StandardObjects> standard = nullptr;
  };
  Records(Parts parts, std::shared_ptr<const Schema> schema, WorkspaceFrame frame);
  ~Records();

  // Creates what the schema needs in the database, additively. Errors: unusable_database.
  static Status ensure_tables(storage::Connection& connection, const Schema& schema);

  // The schema in force. It changes while the program runs: work keeps the one that it began with,
  // and a write whose schema is out of force when the writer takes it up is planned again.
  std::shared_ptr<const Schema> schema() const;
  // Takes over what another process may have changed.
  Status refresh_schema();
  // What a customization would make of the standard objects.
  Result<std::shared_ptr<const Schema>> schema_of(const Customization& customization) const;
  const Key& workspace_key() const { return parts_.workspace_key; }
  WorkspaceFrame frame() const;
  void set_frame(WorkspaceFrame frame);
  Day today() const;
  Viewer viewer(const access::AccessScope& scope) const;
  // What the user may do now. Nobody in particular where there is no such user.
  Result<access::AccessScope> scope_of(RecordId user);
  storage::Database& database() { return parts_.database; }

  Result<Written> create(const access::AccessScope& scope, std::string_view object,
                         const json::object& fields, const WriteOptions& options);
  Result<Written> update(const access::AccessScope& scope, std::string_view object, RecordId id,
                         const Patch& patch, const WriteOptions& options);
  // To the trash, with everything that cascades. `version` 0 = whatever is current.
  Status remove(const access::AccessScope& scope, std::string_view object, RecordId id,
                std::int64_t version, const WriteOptions& options);
  Result<Written> restore(const access::AccessScope& scope, std::string_view object, RecordId id,
                          const WriteOptions& options);

  // {"id","version","fields","can"}; "masked": personal fields whose value no purpose opened.
  Result<std::int64_t> get(const access::AccessScope& scope, std::string_view object, RecordId id,
                           const std::vector<std::string>& select, JsonWriter& out,
                           std::string_view purpose = {});
  Status query(const access::AccessScope& scope, std::string_view object,
               const QueryRequest& request, JsonWriter& out);
  Status aggregate(const access::AccessScope& scope, std::string_view object,
                   const AggregateRequest& request, JsonWriter& out);
  Status history(const access::AccessScope& scope, std::string_view object, RecordId id,
                 const PageRequest& page, JsonWriter& out);

  // Many writes of one object in one transaction; an outcome for each operation, in order.
  Result<std::vector<OpOutcome>> batch(const access::AccessScope& scope, std::string_view object,
                                       const BatchRequest& request, const BatchOptions& options);

  // For good, in its history too: {"id","version","erased":[fields],"history_entries"}.
  Result<Written> erase_personal(const access::AccessScope& scope, std::string_view object,
                                 RecordId id, const WriteOptions& options);

  // Takes one change back: changed fields get their old values, a created record goes to the trash,
  // a removed one comes back. No answer where the record is gone afterwards. Errors: not_found,
  // version_conflict with the fields that have changed since, invalid_state / `bulk_change`.
  Result<Written> undo(const access::AccessScope& scope, std::int64_t seq,
                       const WriteOptions& options);

  // The ids that a filter selects, in no order; for capabilities that compute over many records.
  using IdVisitor = std::function<void(RecordId)>;
  Status select_ids(storage::Connection& connection, const access::AccessScope& scope,
                    std::string_view object, const json::value& where, const IdVisitor& visit);

  // Text fields of given records, one call for each id in their order; empty texts for what is
  // empty or gone. Error: unknown_field.
  using TextVisitor = std::function<void(RecordId, const std::vector<std::string_view>& texts)>;
  Status read_texts(storage::Connection& connection, const access::AccessScope& scope,
                    std::string_view object, const std::vector<RecordId>& ids,
                    const std::vector<std::string>& fields, const TextVisitor& visit);

  // The record whose unique or exact text field has this value; no record when there is none.
  Result<RecordId> find(storage::Connection& connection, const access::AccessScope& scope,
                        std::string_view object, std::string_view field, std::string_view value);

 private:
  friend class BulkSlice;
  friend class Metadata;
  using Held = std::shared_ptr<const Schema>;

  Result<Written> create_with(const Held& held, const access::AccessScope& scope,
                              std::string_view object, const json::object& fields,
                              const WriteOptions& options);
  Result<Written> update_with(const Held& held, const access::AccessScope& scope,
                              std::string_view object, RecordId id, const Patch& patch,
                              const WriteOptions& options);
  Status remove_with(const Held& held, const access::AccessScope& scope, std::string_view object,
                     RecordId id, std::int64_t version, const WriteOptions& options);
  Result<Written> restore_with(const Held& held, const access::AccessScope& scope,
                               std::string_view object, RecordId id, const WriteOptions& options);
  void set_schema(Held schema);

  WriteFrame write_frame(const Schema& schema, storage::Connection& connection,
                         const access::AccessScope& scope, const stream::Origin& origin) const;
  formula::Frame formula_frame(const access::AccessScope& scope,
                               const WorkspaceFrame& workspace) const;
  // The object, or not_found when it does not exist or the scope may not read it.
  Result<const Object*> visible_object(const Schema& schema, const access::AccessScope& scope,
                                       std::string_view object) const;

  Parts parts_;
  const Held first_;  // the rules know its fields
  Held schema_;
  WorkspaceFrame frame_;
  mutable std::mutex mutex_;  // guards schema_ and frame_
  Key cursor_key_;
};

}  // namespace linchpin::records
