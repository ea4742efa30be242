#include "jobs/tabular/encoding.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

#include "base/utf8.h"

namespace linchpin::tabular {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16le_mark = "\xFF\xFE";
constexpr std::string_view utf16be_mark = "\xFE\xFF";
constexpr std::size_t max_utf8_bytes = 4;

constexpr std::uint64_t low_bits = 0x0101010101010101;
constexpr std::uint64_t high_bits = 0x8080808080808080;

std::uint64_t word_at(std::string_view bytes, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return word;
}

// How many of the bytes are ASCII without U+0000, in steps of eight.
std::size_t plain_bytes(std::string_view bytes, std::size_t from) {
  std::size_t at = from;
  for (; at + sizeof(std::uint64_t) <= bytes.size(); at += sizeof(std::uint64_t)) {
    const std::uint64_t word = word_at(bytes, at);
    // The first term finds bytes that are zero, the second bytes that are not ASCII.
    if ((((word - low_bits) & ~word) | word) & high_bits) break;
  }
  return at - from;
}

// Whether the bytes from `at` to the end may be the beginning of a character.
bool is_cut_off(std::string_view bytes, std::size_t at) {
  if (bytes.size() - at >= max_utf8_bytes) return false;
  std::string completed(bytes.substr(at));
  // A second byte has limits of its own after some lead bytes; one of the two is within them.
  for (const char filler : {'\x80', '\xBF'}) {
    std::string whole = completed;
    whole.append(max_utf8_bytes, filler);
    const CodePoint point = code_point_at(whole, 0);
    if (point.valid && point.size > completed.size()) return true;
  }
  return false;
}

struct Gb18030Use {
  std::int64_t common = 0;  // two bytes of GB 2312, where nearly all Chinese text lies
  std::int64_t rare = 0;
};

// Western text with accents often happens to decode as GB18030; then its characters are rare ones.
bool looks_chinese(std::string_view bytes) {
  Gb18030Use use;
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) continue;
    const auto trail = static_cast<unsigned char>(bytes[i + 1]);
    const bool four_bytes = trail >= '0' && trail <= '9';
    const bool common = lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1;
    ++(common || four_bytes ? use.common : use.rare);
    i += four_bytes ? 3 : 1;
  }
  return use.common >= use.rare;
}

bool decodes_as_gb18030(std::string_view bytes) {
  Decoder decoder(Encoding::gb18030);
  if (!decoder.usable()) return false;
  std::array<char, 4096> buffer;
  for (;;) {
    char* out = buffer.data();
    std::size_t capacity = buffer.size();
    const Decoder::State state = decoder.decode(bytes, out, capacity);
    if (state == Decoder::State::wrong) return false;
    if (state != Decoder::State::out_full) return true;
  }
}

const char* name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::gb18030:
      return "GB18030";
    case Encoding::utf16le:
      return "UTF-16LE";
    case Encoding::utf16be:
      return "UTF-16BE";
    case Encoding::utf8:
      break;
  }
  return "UTF-8";
}

iconv_t no_conversion() {
  return reinterpret_cast<iconv_t>(-1);
}

}  // namespace

std::size_t ascii_prefix(std::string_view bytes) {
  std::size_t at = 0;
  while (at + sizeof(std::uint64_t) <= bytes.size() && !(word_at(bytes, at) & high_bits)) {
    at += sizeof(std::uint64_t);
  }
  while (at < bytes.size() && !(bytes[at] & 0x80)) ++at;
  return at;
}

TextPrefix utf8_prefix(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    at += plain_bytes(bytes, at);
    if (at == bytes.size()) break;
    const CodePoint point = code_point_at(bytes, at);
    if (!point.valid) return {at, !is_cut_off(bytes, at)};
    if (point.value == 0) return {at, true};
    at += point.size;
  }
  return {at, false};
}

std::optional<EncodingGuess> guess_encoding(std::string_view head) {
  if (head.starts_with(utf16le_mark)) return EncodingGuess{Encoding::utf16le, utf16le_mark.size()};
  if (head.starts_with(utf16be_mark)) return EncodingGuess{Encoding::utf16be, utf16be_mark.size()};
  if (head.starts_with(utf8_mark)) return EncodingGuess{Encoding::utf8, utf8_mark.size()};
  if (head.find('\0') != std::string_view::npos) return std::nullopt;
  if (!utf8_prefix(head).wrong) return EncodingGuess{Encoding::utf8, 0};
  if (decodes_as_gb18030(head) && looks_chinese(head)) return EncodingGuess{Encoding::gb18030, 0};
  return std::nullopt;
}

Decoder::Decoder(Encoding encoding) : conversion_(iconv_open("UTF-8", name_of(encoding))) {}

Decoder::~Decoder() {
  if (usable()) iconv_close(conversion_);
}

bool Decoder::usable() const {
  return conversion_ != no_conversion();
}

Decoder::State Decoder::decode(std::string_view& in, char*& out, std::size_t& capacity) {
  char* from = const_cast<char*>(in.data());  // iconv's signature; it only reads
  std::size_t left = in.size();
  const std::size_t converted = iconv(conversion_, &from, &left, &out, &capacity);
  const int reason = errno;
  in = {from, left};
  if (converted != static_cast<std::size_t>(-1)) return State::all_read;
  if (reason == EINVAL) return State::cut_off;
  return reason == E2BIG ? State::out_full : State::wrong;
}

}  // namespace linchpin::tabular
