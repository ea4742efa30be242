#pragma once

// Record ids: 63 bits, ordered by time of creation, unique over every process of a workspace.
//   41 bits milliseconds since 2020-01-01 UTC · 12 bits sequence · 10 bits node
// In JSON an id is 13 characters of Crockford base32.

#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace linchpin {

struct RecordId {
  std::int64_t value = 0;  // 0 = no record

  auto operator<=>(const RecordId&) const = default;
  explicit operator bool() const { return value != 0; }
};

constexpr std::size_t id_text_size = 13;

std::string format_id(RecordId id);
void append_id(std::string& out, RecordId id);

// Accepts lower case and Crockford's look-alikes (I, L → 1; O → 0). Anything else: `wrong_id`.
Result<RecordId> parse_id(std::string_view text);

class IdGenerator {
 public:
  static constexpr int node_bits = 10;
  static constexpr int sequence_bits = 12;
  static constexpr int node_count = 1 << node_bits;

  // `node` is leased per process from the database, in [0, node_count).
  IdGenerator(const Clock& clock, int node);

  // Always greater than every id this generator gave before. Safe from any thread.
  RecordId next();

 private:
  const Clock& clock_;
  const std::int64_t node_;
  std::atomic<std::int64_t> last_tick_{0};  // milliseconds << sequence_bits | sequence
};

}  // namespace linchpin

template <>
struct std::hash<linchpin::RecordId> {
  std::size_t operator()(linchpin::RecordId id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
