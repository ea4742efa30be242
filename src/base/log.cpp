#include "base/log.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "base/json_writer.h"
#include "base/text.h"

namespace linchpin {
namespace {

constexpr std::size_t max_log_text = 4096;  // bytes of one value

std::atomic<LogLevel> lowest_level{LogLevel::info};

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "error";
}

// A line must stay valid JSON even when a value came from outside and is not UTF-8.
std::string printable(std::string_view text) {
  std::string copy(text.substr(0, max_log_text));
  while (text.size() > copy.size() && !copy.empty() && (text[copy.size()] & 0xC0) == 0x80) {
    copy.pop_back();
  }
  if (!is_utf8(copy)) {
    std::replace_if(
        copy.begin(), copy.end(), [](char c) { return (c & 0x80) != 0; }, '?');
  }
  return copy;
}

void append_value(JsonWriter& line, const LogField& field) {
  line.key(field.name);
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    line.string(printable(*text));
  } else if (const auto* integer = std::get_if<std::int64_t>(&field.value)) {
    line.integer(*integer);
  } else if (const auto* flag = std::get_if<bool>(&field.value)) {
    line.boolean(*flag);
  } else if (const double number = std::get<double>(field.value); std::isfinite(number)) {
    line.number(number);
  } else {
    line.null();
  }
}

}  // namespace

void set_log_level(LogLevel level) {
  lowest_level.store(level, std::memory_order_relaxed);
}

void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < lowest_level.load(std::memory_order_relaxed)) return;
  JsonWriter line;
  line.begin_object();
  line.key("at").instant(SystemClock().now());
  line.key("level").string(level_name(level));
  line.key("event").string(event);
  for (const LogField& field : fields) append_value(line, field);
  line.end_object();
  std::string text = line.take();
  text += '\n';
  // One call, so that lines of several threads do not mix. Nobody could be told of a failure.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace linchpin
