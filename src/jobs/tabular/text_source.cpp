#include "jobs/tabular/text_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "jobs/tabular/table_error.h"

namespace linchpin::tabular {
namespace {

Error unreadable() {
  Error error = file_error("file_unreadable");
  error.log_detail = std::strerror(errno);
  return error;
}

bool is_ascii(std::string_view bytes) {
  return ascii_prefix(bytes) == bytes.size();
}

}  // namespace

Result<std::unique_ptr<TextSource>> TextSource::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return unreadable();
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  std::unique_ptr<TextSource> source(new TextSource(file, known ? status.st_size : 0));
  if (!known || !S_ISREG(status.st_mode)) return unreadable();
  LP_CHECK(source->guess());
  return source;
}

TextSource::~TextSource() {
  ::close(file_);
}

Status TextSource::guess() {
  const auto head = std::make_unique<char[]>(block_bytes);
  LP_TRY(const std::size_t size, read_file(head.get(), block_bytes));
  const auto guess = guess_encoding({head.get(), size});
  if (!guess) return file_error("unknown_encoding");
  if (size == guess->mark_bytes) return file_error("empty_file");
  encoding_ = guess->encoding;
  const bool undecided = guess->mark_bytes == 0 && is_ascii({head.get(), size});
  if (undecided) {
    LP_TRY(encoding_, guess_later(head.get()));
  }
  if (encoding_ != Encoding::utf8) {
    decoder_ = std::make_unique<Decoder>(encoding_);
    if (!decoder_->usable()) return file_error("unknown_encoding");
    block_ = std::make_unique<char[]>(block_bytes);
  }
  return start_at(static_cast<std::int64_t>(guess->mark_bytes));
}

// Behind a beginning that is ASCII. What is in no encoding counts as UTF-8, so that the problem is
// told with its row.
Result<Encoding> TextSource::guess_later(char* block) {
  for (;;) {
    const std::int64_t start = read_bytes_;
    LP_TRY(std::size_t size, read_file(block, block_bytes));
    if (size == 0) return Encoding::utf8;
    if (is_ascii({block, size})) continue;
    LP_CHECK(start_at(start + static_cast<std::int64_t>(ascii_prefix({block, size}))));
    LP_TRY(size, read_file(block, block_bytes));
    const auto guess = guess_encoding({block, size});
    const bool known = guess && guess->mark_bytes == 0;
    return known ? guess->encoding : Encoding::utf8;
  }
}

Status TextSource::start_at(std::int64_t position) {
  if (::lseek(file_, position, SEEK_SET) < 0) return unreadable();
  read_bytes_ = position;
  ended_ = false;
  return {};
}

double TextSource::progress() const {
  if (file_bytes_ == 0) return 1;
  return std::min(1.0, static_cast<double>(read_bytes_) / static_cast<double>(file_bytes_));
}

// Fills the whole capacity unless the file ends.
Result<std::size_t> TextSource::read_file(char* out, std::size_t capacity) {
  std::size_t size = 0;
  while (size < capacity && !ended_) {
    const ssize_t count = ::read(file_, out + size, capacity - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable();
    ended_ = count == 0;
    size += static_cast<std::size_t>(count);
  }
  read_bytes_ += static_cast<std::int64_t>(size);
  return size;
}

Result<std::size_t> TextSource::read(char* out, std::size_t capacity) {
  if (broken_) return 0;
  return decoder_ ? read_decoded(out, capacity) : read_utf8(out, capacity);
}

Result<std::size_t> TextSource::read_utf8(char* out, std::size_t capacity) {
  // It may lie where it goes.
  std::copy(rest_.begin(), rest_.end(), out);
  LP_TRY(const std::size_t fresh, read_file(out + rest_.size(), capacity - rest_.size()));
  const std::string_view bytes(out, rest_.size() + fresh);
  const TextPrefix prefix = utf8_prefix(bytes);
  rest_ = bytes.substr(prefix.size, prefix.wrong ? 0 : std::string_view::npos);
  broken_ = prefix.wrong || (ended_ && !rest_.empty());
  return prefix.size;
}

Status TextSource::refill() {
  std::copy(undecoded_.begin(), undecoded_.end(), block_.get());
  const std::size_t kept = undecoded_.size();
  LP_TRY(const std::size_t fresh, read_file(block_.get() + kept, block_bytes - kept));
  undecoded_ = {block_.get(), kept + fresh};
  return {};
}

Result<std::size_t> TextSource::read_decoded(char* out, std::size_t capacity) {
  char* end = out;
  for (;;) {
    const Decoder::State state = decoder_->decode(undecoded_, end, capacity);
    broken_ = state == Decoder::State::wrong;
    if (broken_ || state == Decoder::State::out_full) break;
    broken_ = ended_ && state == Decoder::State::cut_off;
    if (ended_) break;
    LP_CHECK(refill());
  }
  const std::string_view text(out, static_cast<std::size_t>(end - out));
  const std::size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return text.size();
  broken_ = true;
  return nul;
}

}  // namespace linchpin::tabular
