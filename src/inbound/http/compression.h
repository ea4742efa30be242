#pragma once

// Which answers are compressed, and how.

#include <zlib.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linchpin::inbound {

constexpr std::size_t min_compressed_bytes = 1024;
constexpr std::size_t max_idle_compressors = 8;  // about 256 KiB each

// Does the Accept-Encoding header allow `coding`? (weights of 0 forbid, '*' stands for the rest)
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

// Text by its content type: what shrinks.
bool is_compressible(std::string_view content_type);

// gzip at its fastest. Safe from any thread.
class Compressor {
 public:
  Compressor() = default;
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  // None when it does not become smaller.
  std::optional<std::string> gzip(std::string_view data);

 private:
  using Stream = std::unique_ptr<z_stream>;
  Stream take();
  void give_back(Stream stream);

  std::mutex mutex_;
  std::vector<Stream> idle_;  // making one costs more than compressing a page
};

}  // namespace linchpin::inbound
