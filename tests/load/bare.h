#pragma once

// The bare engine: one core, one connection, the same SQL and the same JSON, no server around it.
// What the product reaches is told as a share of this.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "records/schema.h"

struct sqlite3;

namespace linchpin::load {

class BareEngine {
 public:
  static Result<BareEngine> open(const std::string& path, const records::Schema& schema);
  BareEngine(BareEngine&& other) noexcept;
  BareEngine& operator=(BareEngine&&) = delete;
  ~BareEngine();

  // How often a second, over `seconds`. `body` takes the last JSON, for comparison with the API's.
  double records_by_id(const std::vector<std::int64_t>& ids, double seconds, std::string& body);
  double pages(const std::string& where, const std::string& order, int limit, double seconds,
               std::string& body);
  // Account rows with their change log entry, durable, in groups.
  Result<double> creates(int group, double seconds);

 private:
  BareEngine(sqlite3* database, const records::Object& account);
  std::string columns() const;

  sqlite3* database_;
  const records::Object& account_;
  std::vector<const records::Field*> shown_;
};

}  // namespace linchpin::load
