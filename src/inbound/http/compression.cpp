#include "inbound/http/compression.h"

#include <boost/algorithm/string/predicate.hpp>
#include <limits>

#include "base/text.h"

namespace linchpin::inbound {
namespace {

constexpr int fastest = 1;
constexpr int gzip_window_bits = 15 + 16;  // zlib: + 16 = with the gzip header
constexpr int usual_memory_level = 8;

// "0", "0.", "0.000": the weights that forbid.
bool is_zero_weight(std::string_view parameters) {
  const std::size_t equals = parameters.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view value = trim(parameters.substr(equals + 1));
  return value.starts_with('0') && value.find_first_of("123456789") == std::string_view::npos;
}

}  // namespace

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
  bool by_star = false;
  while (!accept_encoding.empty()) {
    const std::size_t end = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view item = accept_encoding.substr(0, end);
    accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view name = trim(item.substr(0, semicolon));
    const bool allowed = !is_zero_weight(item.substr(semicolon));
    if (boost::algorithm::iequals(name, coding)) return allowed;
    if (name == "*") by_star = allowed;
  }
  return by_star;
}

bool is_compressible(std::string_view content_type) {
  const std::string_view type =
      trim(content_type.substr(0, std::min(content_type.find(';'), content_type.size())));
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") ||
         type.ends_with("javascript");
}

Compressor::~Compressor() {
  for (const Stream& stream : idle_) deflateEnd(stream.get());
}

Compressor::Stream Compressor::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      Stream stream = std::move(idle_.back());
      idle_.pop_back();
      return stream;
    }
  }
  auto stream = std::make_unique<z_stream>();
  const int made = deflateInit2(stream.get(), fastest, Z_DEFLATED, gzip_window_bits,
                                usual_memory_level, Z_DEFAULT_STRATEGY);
  if (made != Z_OK) return nullptr;
  return stream;
}

void Compressor::give_back(Stream stream) {
  if (deflateReset(stream.get()) == Z_OK) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < max_idle_compressors) {
      idle_.push_back(std::move(stream));
      return;
    }
  }
  deflateEnd(stream.get());
}

std::optional<std::string> Compressor::gzip(std::string_view data) {
  if (data.size() > std::numeric_limits<uInt>::max()) return std::nullopt;
  Stream stream = take();
  if (!stream) return std::nullopt;
  std::string out(data.size(), '\0');
  // zlib does not write to its input; its interface is older than const.
  stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream->avail_in = static_cast<uInt>(data.size());
  stream->next_out = reinterpret_cast<Bytef*>(out.data());
  stream->avail_out = static_cast<uInt>(out.size());
  const bool complete = deflate(stream.get(), Z_FINISH) == Z_STREAM_END;
  out.resize(out.size() - stream->avail_out);
  give_back(std::move(stream));
  if (!complete) return std::nullopt;
  return out;
}

}  // namespace linchpin::inbound
