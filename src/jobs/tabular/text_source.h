#pragma once

// A text file as UTF-8, block by block, whatever encoding it has.

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "jobs/tabular/encoding.h"
#include "jobs/tabular/table_reader.h"

namespace linchpin::tabular {

class TextSource {
 public:
  // Bytes that are read at once, and by which the encoding is known: those at the beginning, or
  // from the first one that is not ASCII.
  static constexpr std::size_t block_bytes = 256 * 1024;

  // Errors: `file_unreadable`, `empty_file`, `unknown_encoding`.
  static Result<std::unique_ptr<TextSource>> open(const std::string& path);
  ~TextSource();
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;

  // Whole characters, at most `capacity` (16 or more) bytes; 0 at the end.
  Result<std::size_t> read(char* out, std::size_t capacity);
  // At the end: the text stopped at bytes that are no text.
  bool is_broken() const { return broken_; }
  Encoding encoding() const { return encoding_; }
  double progress() const;

 private:
  TextSource(int file, std::int64_t file_bytes) : file_(file), file_bytes_(file_bytes) {}
  Status guess();
  Result<Encoding> guess_later(char* block);
  Status start_at(std::int64_t position);
  Result<std::size_t> read_file(char* out, std::size_t capacity);
  Result<std::size_t> read_utf8(char* out, std::size_t capacity);
  Result<std::size_t> read_decoded(char* out, std::size_t capacity);
  Status refill();

  int file_;
  std::int64_t file_bytes_;
  std::int64_t read_bytes_ = 0;
  Encoding encoding_ = Encoding::utf8;
  bool ended_ = false;  // the file
  bool broken_ = false;
  std::string rest_;  // the beginning of a character that the last block cut off
  std::unique_ptr<Decoder> decoder_;
  std::unique_ptr<char[]> block_;  // what waits for the decoder
  std::string_view undecoded_;
};

}  // namespace linchpin::tabular
