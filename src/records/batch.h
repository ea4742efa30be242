#pragma once

// Many writes of one object in one transaction. An operation that fails leaves nothing behind;
// an atomic batch then leaves nothing at all.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::records {

constexpr std::size_t max_batch_operations = 1'000;
// More of them need the right to change in bulk.
constexpr std::size_t max_operations_without_bulk = 50;
// An atomic batch that fails tells this many problems.
constexpr std::size_t max_batch_problems = 100;

enum class BatchOperation { create, update, upsert, remove, restore };

struct BatchOp {
  BatchOperation operation = BatchOperation::create;
  RecordId id;                       // of update, remove, restore
  json::object match;                // of upsert: fields and the values that the record has in them
  json::object fields;               // of create, update, upsert
  std::int64_t version = 0;          // that the record must have; 0 = any
  std::optional<json::object> base;  // old values that the editor saw
  std::string reason;
};

struct BatchRequest {
  bool atomic = true;
  std::vector<BatchOp> ops;
};

struct OpOutcome {
  RecordId id;
  std::int64_t version = 0;
  bool created = false;
  std::optional<Error> error;  // nothing of the operation has happened
};

struct BatchOptions {
  stream::Origin origin;
  bool dry_run = false;
  // Runs in the batch's own transaction with what will be answered.
  std::function<Status(storage::Connection&, const std::vector<OpOutcome>&)> in_transaction;
};

}  // namespace linchpin::records
