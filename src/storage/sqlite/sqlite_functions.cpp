#include "storage/sqlite/sqlite_functions.h"

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/text.h"
#include "storage/sqlite/sqlite_aggregates.h"

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

void forget_zone(void* zone) {
  delete static_cast<TimeZone*>(zone);
}

// The zone is the same for every row of a statement, so it is looked up once.
const TimeZone* zone_of(sqlite3_context* context, sqlite3_value* argument) {
  constexpr int place = 1;
  if (const void* held = sqlite3_get_auxdata(context, place)) {
    return static_cast<const TimeZone*>(held);
  }
  const auto* name = reinterpret_cast<const char*>(sqlite3_value_text(argument));
  auto zone = TimeZone::named(name == nullptr ? "" : name);
  if (!zone) return nullptr;
  sqlite3_set_auxdata(context, place, new TimeZone(std::move(*zone)), forget_zone);
  return static_cast<const TimeZone*>(sqlite3_get_auxdata(context, place));
}

void local_day_function(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  try {
    const TimeZone* zone = zone_of(context, arguments[1]);
    if (zone == nullptr) return sqlite3_result_error(context, "no such time zone", -1);
    sqlite3_result_int64(context, zone->local_day(sqlite3_value_int64(arguments[0])));
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

void month_function(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  sqlite3_result_int64(context, month_index(static_cast<Day>(sqlite3_value_int64(arguments[0]))));
}

struct Function {
  const char* name;
  int arguments;
  void (*body)(sqlite3_context*, int, sqlite3_value**);
};

constexpr std::array functions{
    Function{"lp_fold", 1, fold_function},
    Function{"lp_local_day", 2, local_day_function},
    Function{"lp_month", 1, month_function},
};

}  // namespace

int register_functions(sqlite3* connection) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  for (const Function& function : functions) {
    const int code =
        sqlite3_create_function_v2(connection, function.name, function.arguments, flags, nullptr,
                                   function.body, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return code;
  }
  return register_aggregates(connection);
}

}  // namespace linchpin::storage::sqlite
