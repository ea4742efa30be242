#include "storage/sqlite/sqlite_aggregates.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <vector>

#include "base/wide_decimal.h"

namespace linchpin::storage::sqlite {

namespace {

// SQLite gives zeroed memory that is aligned for 64 bits only, so 128 bits are copied in and out.
struct Sum {
  std::array<unsigned char, sizeof(WideUnits)> total;
  std::int64_t count;
};

struct Middle {
  std::vector<std::int64_t>* values;
};

template <class State>
State* state_of(sqlite3_context* context, bool make) {
  return static_cast<State*>(
      sqlite3_aggregate_context(context, make ? static_cast<int>(sizeof(State)) : 0));
}

void answer_whole(sqlite3_context* context, WideUnits value) {
  const std::string text = format_wide_decimal(value, 0);
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void add_to_sum(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  Sum* sum = state_of<Sum>(context, true);
  if (sum == nullptr) return sqlite3_result_error_nomem(context);
  WideUnits total;
  std::memcpy(&total, sum->total.data(), sizeof total);
  total += sqlite3_value_int64(arguments[0]);
  std::memcpy(sum->total.data(), &total, sizeof total);
  ++sum->count;
}

void finish_sum(sqlite3_context* context) {
  const Sum* sum = state_of<Sum>(context, false);
  if (sum == nullptr || sum->count == 0) return;  // the result is null
  WideUnits total;
  std::memcpy(&total, sum->total.data(), sizeof total);
  answer_whole(context, total);
}

void add_to_middle(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  Middle* middle = state_of<Middle>(context, true);
  if (middle == nullptr) return sqlite3_result_error_nomem(context);
  try {
    if (middle->values == nullptr) middle->values = new std::vector<std::int64_t>;
    middle->values->push_back(sqlite3_value_int64(arguments[0]));
  } catch (const std::exception&) {
    sqlite3_result_error_nomem(context);
  }
}

// Called even when the statement ends early, so the values are always freed here.
void finish_middle(sqlite3_context* context) {
  Middle* middle = state_of<Middle>(context, false);
  if (middle == nullptr || middle->values == nullptr) return;
  const std::unique_ptr<std::vector<std::int64_t>> held(middle->values);
  middle->values = nullptr;
  std::vector<std::int64_t>& values = *held;
  if (values.empty()) return;
  const auto upper = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), upper, values.end());
  const std::int64_t lower =
      values.size() % 2 == 1 ? *upper : *std::max_element(values.begin(), upper);
  answer_whole(context, WideUnits{lower} + *upper);
}

}  // namespace

int register_aggregates(sqlite3* connection) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  const int code = sqlite3_create_function_v2(connection, "lp_sum", 1, flags, nullptr, nullptr,
                                              add_to_sum, finish_sum, nullptr);
  if (code != SQLITE_OK) return code;
  return sqlite3_create_function_v2(connection, "lp_middle", 1, flags, nullptr, nullptr,
                                    add_to_middle, finish_middle, nullptr);
}

}  // namespace linchpin::storage::sqlite
