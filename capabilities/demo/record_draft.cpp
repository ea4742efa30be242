#include "demo/record_draft.h"

#include <algorithm>
#include <cassert>

#include "base/json_writer.h"
#include "demo/demo_customers.h"

namespace linchpin::demo {

namespace {

constexpr Instant milliseconds_per_minute = 60'000;

Units rescaled(Units value, int from, int to) {
  if (to >= from) return value * power_of_ten(to - from);
  const Result<Units> rounded = narrow(round_half_even(value, from - to));
  assert(rounded && "demo amounts are small");
  return *rounded;
}

template <class List, class Write>
std::string json_list(const List& list, Write write) {
  JsonWriter out;
  out.begin_array();
  for (const auto& item : list) write(out, item);
  out.end_array();
  return out.take();
}

}  // namespace

const records::Field* RecordDraft::find(std::string_view field) {
  const records::Field* found = object_.field(field);
  if (!found) missing_ = field;
  return found;
}

void RecordDraft::put(std::string_view field, records::Value value) {
  if (const records::Field* found = find(field)) values_[found->index] = std::move(value);
}

RecordDraft& RecordDraft::text(std::string_view field, std::string_view value) {
  if (!value.empty()) put(field, std::string(value));
  return *this;
}

// Lists are stored in order, so that equal ones are equal texts.
RecordDraft& RecordDraft::options(std::string_view field, std::vector<std::string_view> keys) {
  std::sort(keys.begin(), keys.end());
  if (!keys.empty()) {
    put(field, json_list(keys, [](JsonWriter& out, std::string_view key) { out.string(key); }));
  }
  return *this;
}

RecordDraft& RecordDraft::number(std::string_view field, std::int64_t value) {
  put(field, value);
  return *this;
}

RecordDraft& RecordDraft::flag(std::string_view field, bool value) {
  put(field, std::int64_t{value});
  return *this;
}

RecordDraft& RecordDraft::amount(std::string_view field, Units value, int digits) {
  if (const records::Field* found = find(field)) {
    values_[found->index] = rescaled(value, digits, found->scale);
  }
  return *this;
}

RecordDraft& RecordDraft::day(std::string_view field, Day value) {
  if (value != no_day) put(field, std::int64_t{value});
  return *this;
}

RecordDraft& RecordDraft::past(std::string_view field, Day day, int minute) {
  if (day != no_day) {
    put(field, std::min(now_, zone_.instant_of(day, minute * milliseconds_per_minute)));
  }
  return *this;
}

RecordDraft& RecordDraft::planned(std::string_view field, Day day, int minute) {
  if (day != no_day) put(field, zone_.instant_of(day, minute * milliseconds_per_minute));
  return *this;
}

RecordDraft& RecordDraft::link(std::string_view field, RecordId record) {
  if (record) put(field, record.value);
  return *this;
}

RecordDraft& RecordDraft::links(std::string_view field, const std::vector<RecordId>& records) {
  std::vector<RecordId> sorted = records;
  std::sort(sorted.begin(), sorted.end());
  if (!sorted.empty()) {
    put(field, json_list(sorted, [](JsonWriter& out, RecordId record) { out.id(record); }));
  }
  return *this;
}

RecordDraft& RecordDraft::json(std::string_view field, std::string json_text) {
  put(field, std::move(json_text));
  return *this;
}

Result<records::RowValues> RecordDraft::take() {
  if (!missing_.empty()) {
    return Error::internal("the demo company needs " + object_.api_name + "." + missing_);
  }
  return std::move(values_);
}

}  // namespace linchpin::demo
