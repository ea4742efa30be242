#include "storage/sqlite/sqlite_functions.h"

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <string_view>

#include "base/text.h"

namespace linchpin::storage::sqlite {

namespace {

constexpr std::size_t small_text = 256;

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

void answer(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Runs once for every row that a filter looks at, so plain ASCII takes a road without memory.
void fold_function(sqlite3_context* context, int, sqlite3_value** arguments) {
  const bool is_text = sqlite3_value_type(arguments[0]) == SQLITE_TEXT;
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  if (bytes == nullptr) return;  // the result is null
  const std::string_view text(bytes, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0])));
  if (text.size() <= small_text && std::all_of(text.begin(), text.end(), is_ascii)) {
    if (is_text && std::none_of(text.begin(), text.end(), is_upper)) {
      sqlite3_result_value(context, arguments[0]);
      return;
    }
    std::array<char, small_text> folded;
    std::transform(text.begin(), text.end(), folded.begin(), to_lower);
    answer(context, {folded.data(), text.size()});
    return;
  }
  try {
    answer(context, fold(text));
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

int register_functions(sqlite3* connection) {
  return sqlite3_create_function_v2(connection, "lp_fold", 1,
                                    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                                    fold_function, nullptr, nullptr, nullptr);
}

}  // namespace linchpin::storage::sqlite
