#pragma once

// multipart/form-data (RFC 7578), piece by piece as it arrives.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace linchpin::inbound {

constexpr std::size_t max_part_head_bytes = 8 * 1024;
constexpr std::size_t max_parts = 16;
constexpr std::size_t max_boundary_bytes = 70;  // RFC 2046

struct PartHead {
  std::string name;
  std::string file_name;  // as the client named it; bytes that are not UTF-8 become '_'
};

// Takes the parts, one after another. An error ends the parsing and is given back by it.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual Status begin_part(PartHead head) = 0;
  virtual Status part_data(std::string_view data) = 0;
  virtual Status end_part() = 0;
};

// The boundary of a multipart/form-data content type; none for any other type.
std::optional<std::string> multipart_boundary(std::string_view content_type);

class MultipartParser {
 public:
  MultipartParser(std::string_view boundary, PartSink& sink);

  // Error of its own: malformed / `broken_multipart`. After an error it is not to be fed again.
  Status feed(std::string_view data);
  // The body has ended: an error unless the closing boundary has come.
  Status finish() const;

 private:
  enum class State { preamble, after_boundary, part_head, part_body, epilogue };

  Result<bool> step();
  Result<bool> find_boundary();
  Result<bool> after_boundary();
  Result<bool> read_head();
  std::string_view rest() const { return std::string_view(pending_).substr(begin_); }

  const std::string delimiter_;  // line break, two hyphens, boundary
  PartSink& sink_;
  State state_ = State::preamble;
  std::string pending_;
  std::size_t begin_ = 0;  // of what is not consumed yet, in pending_
  std::size_t parts_ = 0;
};

}  // namespace linchpin::inbound
