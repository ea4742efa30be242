#pragma once

// Which encoding a file has, and its way to UTF-8.

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "jobs/tabular/table_reader.h"

namespace linchpin::tabular {

// How many bytes at the front are ASCII.
std::size_t ascii_prefix(std::string_view bytes);

struct TextPrefix {
  std::size_t size = 0;  // bytes of whole characters
  bool wrong = false;    // what follows is no character, rather than the beginning of one
};

// The part of `bytes` that is UTF-8 text. U+0000 is no text.
TextPrefix utf8_prefix(std::string_view bytes);

struct EncodingGuess {
  Encoding encoding = Encoding::utf8;
  std::size_t mark_bytes = 0;  // of the byte order mark
};

// From the beginning of a file, whose last character may be cut off; nothing when it is no text.
std::optional<EncodingGuess> guess_encoding(std::string_view head);

// GB18030 and UTF-16 to UTF-8, in pieces.
class Decoder {
 public:
  enum class State { all_read, cut_off, out_full, wrong };

  explicit Decoder(Encoding encoding);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // False when the system lacks the conversion.
  bool usable() const;
  // Takes from the front of `in` and writes at `out`, moving both.
  State decode(std::string_view& in, char*& out, std::size_t& capacity);

 private:
  void* conversion_;
};

}  // namespace linchpin::tabular
