#pragma once

// The change log: one append-only table, written in the transaction of the data. History, live
// pages, search, webhooks and roll-ups read it; nothing else tells them that something changed.
// Personal values stand in it sealed, as in the record itself.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "storage/storage.h"

namespace linchpin::stream {

// share: with whom a record is shared; its values and version stay.
enum class Operation { create, update, remove, restore, share };
std::string_view operation_name(Operation operation);

struct Actor {
  enum class Kind { user, automation, import, system } kind = Kind::system;
  RecordId id;  // the user, or the import's job
};
std::string_view actor_kind_name(Actor::Kind kind);

// Where a change came from. `cause` is the seq of the change that an automation answered.
struct Origin {
  Actor actor;
  std::string request;
  std::string client;
  std::int64_t cause = 0;
  int depth = 0;
};

// A single change of one record. `changes_json` is an array of
// {"field","from","to"} in API form (sealed values as {"sealed":"<base64url>"}), or empty.
struct Change {
  std::string_view object;
  RecordId record;
  Operation operation = Operation::create;
  std::int64_t version = 0;
  std::string_view changes_json;
  std::string_view reason;
};

struct Entry {
  std::int64_t seq = 0;
  Instant at = 0;
  std::string object;
  RecordId record;                // of a range: the first one
  std::vector<RecordId> records;  // of a range: all of them; empty for a single change
  Operation operation = Operation::create;
  std::int64_t version = 0;
  Origin origin;
  std::string changes_json;
  std::string reason;
};

constexpr std::size_t max_range_records = 20'000;

Status ensure_tables(storage::Connection& connection);

// Gives the seq. Within a write only.
Result<std::int64_t> append(storage::Connection& connection, const Origin& origin, Instant at,
                            const Change& change);

// One entry for many records of one object (creates, removals, restores of a bulk slice).
Result<std::int64_t> append_range(storage::Connection& connection, const Origin& origin, Instant at,
                                  std::string_view object, Operation operation,
                                  std::span<const RecordId> records);

// Entries after `since` in order, at most `limit`; `object` empty = all.
using EntryVisitor = std::function<Status(const Entry&)>;
Status read_since(storage::Connection& connection, std::int64_t since, std::string_view object,
                  int limit, const EntryVisitor& visit);

// Nothing when there is no entry with this seq.
Result<std::optional<Entry>> read_entry(storage::Connection& connection, std::int64_t seq);

// The single changes of one record, newest first, below `before` (0 = from the newest).
Status read_history(storage::Connection& connection, std::string_view object, RecordId record,
                    std::int64_t before, int limit, const EntryVisitor& visit);

// Everything that one import or automation did, newest first: what a revert undoes.
Status read_of_actor(storage::Connection& connection, const Actor& actor,
                     const EntryVisitor& visit);

Result<std::int64_t> last_seq(storage::Connection& connection);
// The first entry that is still there; 0 when there is none.
Result<std::int64_t> oldest_seq(storage::Connection& connection);

// Removes entries that are older than `before`, at most `limit`; gives how many. The last entry
// stays, so that numbers are never given twice. Within a write.
Result<std::int64_t> forget_before(storage::Connection& connection, Instant before, int limit);

}  // namespace linchpin::stream
