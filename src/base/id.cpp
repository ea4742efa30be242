#include "base/id.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace linchpin {
namespace {

constexpr Instant id_epoch = 1'577'836'800'000;  // 2020-01-01T00:00:00Z
constexpr int bits_per_digit = 5;
constexpr unsigned digit_mask = (1U << bits_per_digit) - 1;
constexpr int highest_first_digit = 7;  // 63 bits = 3 + 12 · 5
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

constexpr std::array<std::int8_t, 256> digit_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    const auto letter = static_cast<unsigned char>(alphabet[i]);
    values[letter] = static_cast<std::int8_t>(i);
    if (letter >= 'A') values[letter + ('a' - 'A')] = static_cast<std::int8_t>(i);
  }
  for (const char one : {'I', 'i', 'L', 'l'}) values[static_cast<unsigned char>(one)] = 1;
  for (const char zero : {'O', 'o'}) values[static_cast<unsigned char>(zero)] = 0;
  return values;
}();

Error wrong_id() {
  return Error::of(ErrorCode::validation_failed, "wrong_id");
}

}  // namespace

void append_id(std::string& out, RecordId id) {
  std::array<char, id_text_size> digits;
  auto rest = static_cast<std::uint64_t>(id.value);
  for (std::size_t i = id_text_size; i-- > 0; rest >>= bits_per_digit) {
    digits[i] = alphabet[rest & digit_mask];
  }
  out.append(digits.data(), digits.size());
}

std::string format_id(RecordId id) {
  std::string text;
  append_id(text, id);
  return text;
}

Result<RecordId> parse_id(std::string_view text) {
  if (text.size() != id_text_size) return wrong_id();
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::int8_t digit = digit_values[static_cast<unsigned char>(text[i])];
    if (digit < 0 || (i == 0 && digit > highest_first_digit)) return wrong_id();
    value = value << bits_per_digit | static_cast<std::uint64_t>(digit);
  }
  if (value == 0) return wrong_id();
  return RecordId{static_cast<std::int64_t>(value)};
}

IdGenerator::IdGenerator(const Clock& clock, int node) : clock_(clock), node_(node) {
  assert(node >= 0 && node < node_count);
}

// A full millisecond and a clock that was set back are the same case: the tick runs ahead of the
// clock until the clock catches up.
RecordId IdGenerator::next() {
  const Instant since_epoch = std::max<Instant>(clock_.now() - id_epoch, 0);
  const std::int64_t clock_tick = since_epoch << sequence_bits;
  std::int64_t last = last_tick_.load(std::memory_order_relaxed);
  std::int64_t tick = 0;
  do {
    tick = std::max(clock_tick, last + 1);
  } while (!last_tick_.compare_exchange_weak(last, tick, std::memory_order_relaxed));
  return RecordId{tick << node_bits | node_};
}

}  // namespace linchpin
