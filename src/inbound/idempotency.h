#pragma once

// Idempotency-Key: a repeated request gets the first answer again instead of a second effect. Owns
// the table lp_idempotency; answers lie there sealed, because they may hold anything.

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/id.h"
#include "inbound/http/message.h"
#include "storage/storage.h"

namespace linchpin::inbound {

class Idempotency {
 public:
  static constexpr std::size_t max_key_bytes = 255;
  static constexpr std::size_t max_answer_bytes = 64 * 1024;
  static constexpr std::int64_t kept_for = std::int64_t{24} * 60 * 60 * 1000;
  static constexpr std::int64_t max_kept = 1'000'000;

  Idempotency(storage::Database& database, const Clock& clock, const Key& workspace_key);

  // Within the write that changes the workspace key: kept answers cannot be read any more.
  static Status forget_all(storage::Connection& connection);
  static Status ensure_tables(storage::Connection& connection);

  // One request that is under way; its key is free again when this goes.
  class Ticket {
   public:
    Ticket(Idempotency& owner, std::string digest, std::string fingerprint);
    ~Ticket();
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

    // Within the write that the answer tells of.
    Status keep(storage::Connection& connection, const Response& answer);
    bool kept() const { return kept_; }

   private:
    Idempotency& owner_;
    const std::string digest_;
    const std::string fingerprint_;
    bool kept_ = false;
  };

  struct Begun {
    std::optional<Response> replay;  // the first answer; there is nothing left to do
    std::unique_ptr<Ticket> ticket;
  };
  // Errors: malformed / `wrong_idempotency_key`; idempotency_mismatch; idempotency_in_flight.
  Result<Begun> begin(RecordId user, const Request& request, std::string_view key);

 private:
  Result<std::optional<Response>> find(const std::string& digest, const std::string& fingerprint);
  Status store(storage::Connection& connection, const std::string& digest,
               const std::string& fingerprint, const Response& answer);

  storage::Database& database_;
  const Clock& clock_;
  const Key key_;
  std::mutex mutex_;
  std::unordered_set<std::string> in_flight_;
};

// What is left of a large answer: its ids and versions.
std::string ids_and_versions(std::string_view json_text);

}  // namespace linchpin::inbound
