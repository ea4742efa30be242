#include "base/json.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cmath>
#include <exception>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace linchpin {
namespace {

using boost::json::error;
using boost::json::error_code;
using boost::json::string_view;

Error broken_json(std::size_t position) {
  return Error::of(ErrorCode::malformed, "broken_json", {{"position", std::to_string(position)}});
}

// Builds the document and remembers the keys of every open object: Boost.JSON itself would keep
// the last of two equal keys in silence.
class DocumentHandler {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }

  bool on_object_begin(error_code&) {
    first_keys_.push_back(keys_.size());
    return true;
  }
  bool on_object_end(std::size_t count, error_code& ec) {
    if (!keys_differ()) {
      ec = error::exception;
      return false;
    }
    keys_.resize(first_keys_.back());
    first_keys_.pop_back();
    stack_.push_object(count);
    return true;
  }

  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t count, error_code&) {
    stack_.push_array(count);
    return true;
  }

  bool on_key_part(string_view part, std::size_t, error_code&) {
    key_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(string_view part, std::size_t, error_code&) {
    key_.append(part.data(), part.size());
    keys_.push_back(std::exchange(key_, {}));
    stack_.push_key(part);
    return true;
  }

  bool on_string_part(string_view part, std::size_t, error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(string_view part, std::size_t, error_code&) {
    stack_.push_string(part);
    return true;
  }

  bool on_number_part(string_view part, error_code&) {
    number_.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t value, string_view, error_code&) {
    number_.clear();
    stack_.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, string_view, error_code&) {
    number_.clear();
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value <= largest) {
      stack_.push_int64(static_cast<std::int64_t>(value));
    } else {
      stack_.push_double(static_cast<double>(value));
    }
    return true;
  }
  // Boost.JSON's own conversion may miss the nearest double by a unit, so the digits are read
  // again.
  bool on_double(double value, string_view part, error_code& ec) {
    number_.append(part.data(), part.size());
    const char* end = number_.data() + number_.size();
    double exact = 0;
    const auto read = std::from_chars(number_.data(), end, exact);
    const bool underflow = read.ec == std::errc::result_out_of_range && std::abs(value) < 1;
    number_.clear();
    if (read.ec != std::errc() && !underflow) {
      ec = error::exponent_overflow;
      return false;
    }
    stack_.push_double(underflow ? 0.0 : exact);
    return true;
  }

  bool on_bool(bool value, error_code&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

  DocumentHandler() : stack_({}, scratch_.data(), scratch_.size()) {
    stack_.reset();
    keys_.reserve(usual_keys);
  }
  json::value release() { return stack_.release(); }
  const std::string& duplicate_key() const { return duplicate_key_; }
  bool has_duplicate() const { return has_duplicate_; }

 private:
  bool keys_differ() {
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first_keys_.back());
    std::sort(begin, keys_.end());
    const auto same = std::adjacent_find(begin, keys_.end());
    if (same == keys_.end()) return true;
    duplicate_key_ = *same;
    has_duplicate_ = true;
    return false;
  }

  static constexpr std::size_t usual_keys = 16;

  std::array<unsigned char, 2048> scratch_;  // before the stack, which begins in it
  json::value_stack stack_;
  std::vector<std::string> keys_;
  std::vector<std::size_t> first_keys_;  // per open object: where its keys begin
  std::string key_;
  std::string number_;
  std::string duplicate_key_;
  bool has_duplicate_ = false;
};

json::parse_options strict_options() {
  json::parse_options options;
  options.max_depth = max_json_depth;
  return options;
}

Error parse_error(const DocumentHandler& handler, const error_code& ec, std::size_t position) {
  if (handler.has_duplicate()) {
    return Error::of(ErrorCode::malformed, "duplicate_key", {{"key", handler.duplicate_key()}});
  }
  if (ec == error::too_deep) {
    return Error::of(ErrorCode::malformed, "json_too_deep",
                     {{"limit", std::to_string(max_json_depth)}});
  }
  return broken_json(position);
}

Result<json::value> parse_document(std::string_view text) {
  json::basic_parser<DocumentHandler> parser(strict_options());
  DocumentHandler& handler = parser.handler();
  error_code ec;
  std::size_t position = parser.write_some(false, text.data(), text.size(), ec);
  if (ec) return parse_error(handler, ec, position);
  position = std::min(text.find_first_not_of(" \t\r\n", position), text.size());
  if (position < text.size()) return broken_json(position);
  return handler.release();
}

}  // namespace

Result<json::value> parse_json(std::string_view text) {
  try {
    return parse_document(text);
  } catch (const std::exception& exception) {
    return Error::internal(std::string("json: ") + exception.what());
  }
}

Result<json::object> parse_json_object(std::string_view text) {
  LP_TRY(json::value value, parse_json(text));
  if (!value.is_object()) return Error::of(ErrorCode::malformed, "expected_object");
  return std::move(value.as_object());
}

}  // namespace linchpin
