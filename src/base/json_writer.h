#pragma once

// An append-only JSON writer for answers and log entries: no document in between.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/decimal.h"
#include "base/id.h"

namespace linchpin {

class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);

  JsonWriter& string(std::string_view text);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& number(double value);  // shortest form that reads back the same; finite values only
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& id(RecordId id);                  // null when there is none
  JsonWriter& decimal(Units value, int scale);  // a string, as all money and decimals
  JsonWriter& date(Day day);
  JsonWriter& instant(Instant instant);
  // A value that is JSON already.
  JsonWriter& raw(std::string_view json_text);

  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }
  std::size_t size() const { return out_.size(); }
  void reserve(std::size_t bytes) { out_.reserve(bytes); }

 private:
  void separate();

  std::string out_;
  bool needs_comma_ = false;
};

// The quoted, escaped form of a text.
void append_json_string(std::string& out, std::string_view text);

}  // namespace linchpin
