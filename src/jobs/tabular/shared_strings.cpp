#include "jobs/tabular/shared_strings.h"

#include <charconv>
#include <cstring>

#include "base/utf8.h"
#include "jobs/tabular/table_error.h"
#include "jobs/tabular/table_reader.h"
#include "jobs/tabular/xml_stream.h"

namespace linchpin::tabular {
namespace {

constexpr std::size_t escape_bytes = 7;  // _x000D_

class StringsHandler final : public XmlHandler {
 public:
  StringsHandler(SharedStrings& strings, std::size_t byte_limit)
      : strings_(strings), byte_limit_(byte_limit) {}

  void start(std::string_view name, XmlAttributes) override {
    if (name == "si") text_.clear();
    if (name == "t") in_text_ = !in_reading_aid_;
    if (name == "rPh") in_reading_aid_ = true;
  }

  void end(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "rPh") in_reading_aid_ = false;
    if (name != "si" || full_) return;
    unescape_controls(text_);
    full_ = !strings_.add(text_, byte_limit_);
    if (full_) stream_->pause();
  }

  void text(std::string_view text) override {
    if (!in_text_ || full_ || text_.size() > max_cell_bytes) return;
    text_.append(text.substr(0, max_cell_bytes + 1 - text_.size()));
  }

  void set_stream(XmlStream* stream) { stream_ = stream; }

 private:
  SharedStrings& strings_;
  std::size_t byte_limit_;
  XmlStream* stream_ = nullptr;
  std::string text_;
  bool in_text_ = false;
  bool in_reading_aid_ = false;  // how a Chinese or Japanese text is read aloud
  bool full_ = false;
};

// The code point of an escape at `position`; 0 when there is none.
char32_t escaped_control(const std::string& text, std::size_t position) {
  if (position + escape_bytes > text.size()) return 0;
  if (text[position + 1] != 'x' || text[position + escape_bytes - 1] != '_') return 0;
  const char* const from = text.data() + position + 2;
  unsigned value = 0;
  const auto [end, problem] = std::from_chars(from, from + 4, value, 16);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return problem == std::errc() && end == from + 4 && !surrogate ? value : 0;
}

}  // namespace

void unescape_controls(std::string& text) {
  for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    const char32_t control = escaped_control(text, at);
    if (control == 0) continue;
    std::string plain;
    append_utf8(plain, control);
    text.replace(at, escape_bytes, plain);
  }
}

bool SharedStrings::add(std::string_view text, std::size_t byte_limit) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::size_t needed = sizeof size + size;
  if (used_ + needed > block_bytes) {
    const std::size_t in_use =
        blocks_.size() * block_bytes + places_.size() * sizeof(std::uint32_t);
    if (in_use + block_bytes > byte_limit) return false;
    blocks_.push_back(std::make_unique<char[]>(block_bytes));
    used_ = 0;
  }
  char* const to = blocks_.back().get() + used_;
  std::memcpy(to, &size, sizeof size);
  std::memcpy(to + sizeof size, text.data(), size);
  places_.push_back(static_cast<std::uint32_t>((blocks_.size() - 1) * block_bytes + used_));
  used_ += needed;
  return true;
}

std::string_view SharedStrings::at(std::size_t index) const {
  const std::uint32_t place = places_[index];
  const char* const from = blocks_[place / block_bytes].get() + place % block_bytes;
  std::uint32_t size = 0;
  std::memcpy(&size, from, sizeof size);
  return {from + sizeof size, size};
}

Status SharedStrings::load(ZipArchive& archive, const std::string& part, std::size_t byte_limit) {
  LP_TRY(const bool found, archive.open_part(part));
  if (!found) return {};
  StringsHandler handler(*this, byte_limit);
  XmlStream stream(archive, handler);
  handler.set_stream(&stream);
  LP_TRY(const bool full, stream.advance());
  if (!full) return {};
  return file_error("too_much_text", {{"limit", std::to_string(byte_limit >> 20)}});
}

}  // namespace linchpin::tabular
