#include "jobs/tabular/csv_reader.h"

#include <algorithm>
#include <cstring>

#include "jobs/tabular/table_error.h"

namespace linchpin::tabular {
namespace {

constexpr char quote = '"';
constexpr std::size_t buffer_bytes = max_row_bytes + TextSource::block_bytes;

template <class Character>
Character* find(Character* from, Character* to, char wanted) {
  return static_cast<Character*>(std::memchr(from, wanted, static_cast<std::size_t>(to - from)));
}

std::string_view view(const char* from, const char* to) {
  return {from, static_cast<std::size_t>(to - from)};
}

}  // namespace

CsvReader::CsvReader(std::unique_ptr<TextSource> source)
    : source_(std::move(source)),
      buffer_(std::make_unique<char[]>(buffer_bytes)),
      begin_(buffer_.get()),
      end_(buffer_.get()) {
  format_.kind = TableFormat::Kind::csv;
  format_.encoding = source_->encoding();
}

Result<std::unique_ptr<TableReader>> CsvReader::open(const std::string& path) {
  LP_TRY(auto source, TextSource::open(path));
  std::unique_ptr<CsvReader> reader(new CsvReader(std::move(source)));
  LP_CHECK(reader->refill());
  const CsvDialect dialect = guess_dialect(view(reader->begin_, reader->end_));
  reader->format_.delimiter = dialect.delimiter;
  reader->line_end_ = dialect.line_end;
  return std::unique_ptr<TableReader>(std::move(reader));
}

double CsvReader::progress() const {
  return source_->progress();
}

Error CsvReader::fail(Error error) {
  failure_ = error;
  return error;
}

// Moves the unfinished row to the front and reads on behind it.
Status CsvReader::refill() {
  const auto pending = static_cast<std::size_t>(end_ - begin_);
  if (pending > max_row_bytes) return row_error("row_too_long", row_ + 1, max_row_bytes);
  std::memmove(buffer_.get(), begin_, pending);
  begin_ = buffer_.get();
  end_ = begin_ + pending;
  const std::size_t room = std::min(TextSource::block_bytes, buffer_bytes - pending);
  LP_TRY(const std::size_t size, source_->read(end_, room));
  end_ += size;
  ended_ = size == 0;
  return {};
}

Result<bool> CsvReader::next(Row& row) {
  if (failure_) return *failure_;
  for (;;) {
    if (begin_ == end_ && is_last_block()) return false;
    const Scan scan = begin_ == end_ ? Scan::need_more : scan_row(row.cells);
    if (scan == Scan::row) break;
    if (scan == Scan::broken_quote) return fail(row_error("broken_quote", row_ + 1));
    if (ended_) return fail(row_error("wrong_encoding", row_ + 1));
    if (Status status = refill(); !status) return fail(std::move(status).error());
  }
  ++row_;
  if (Status status = check_limits(row.cells); !status) return fail(std::move(status).error());
  row.number = row_;
  begin_ = row_end_;
  return true;
}

Status CsvReader::check_limits(const std::vector<std::string_view>& cells) const {
  if (cells.size() > max_columns) return row_error("too_many_columns", row_, max_columns);
  if (row_ > max_rows) return row_error("too_many_rows", row_, max_rows);
  const auto row_bytes = static_cast<std::size_t>(row_end_ - begin_);
  if (row_bytes <= max_cell_bytes) return {};
  if (row_bytes > max_row_bytes) return row_error("row_too_long", row_, max_row_bytes);
  for (const std::string_view cell : cells) {
    if (cell.size() > max_cell_bytes) return row_error("cell_too_long", row_, max_cell_bytes);
  }
  return {};
}

CsvReader::Scan CsvReader::scan_row(std::vector<std::string_view>& cells) {
  char* const line_end = find(begin_, end_, line_end_);
  char* stop = line_end ? line_end : end_;
  if (find(begin_, stop, quote)) return scan_quoted_row(cells);
  if (!line_end && !is_last_block()) return Scan::need_more;
  row_end_ = line_end ? line_end + 1 : end_;
  if (stop > begin_ && stop[-1] == '\r') --stop;
  split(stop, cells);
  return Scan::row;
}

// A line without quotes. Stops behind the limit of columns: the row is refused anyway.
void CsvReader::split(const char* stop, std::vector<std::string_view>& cells) const {
  cells.clear();
  const char* from = begin_;
  while (const char* to = find(from, stop, format_.delimiter)) {
    if (cells.size() > max_columns) return;
    cells.push_back(view(from, to));
    from = to + 1;
  }
  cells.push_back(view(from, stop));
}

CsvReader::Scan CsvReader::scan_quoted_row(std::vector<std::string_view>& cells) {
  cells.clear();
  doubled_.clear();
  char* at = begin_;
  for (;;) {
    const bool quoted = at < end_ && *at == quote;
    const Scan cell = quoted ? scan_quoted_cell(at, cells) : scan_cell(at, cells);
    if (cell != Scan::row) return cell;
    if (at < end_ && *at == format_.delimiter && cells.size() <= max_columns) {
      ++at;
      continue;
    }
    row_end_ = at < end_ ? at + 1 : at;
    join_doubled_quotes(cells);
    return Scan::row;
  }
}

// Leaves `at` on the delimiter or line end behind the cell, or at the end of the text.
CsvReader::Scan CsvReader::scan_cell(char*& at, std::vector<std::string_view>& cells) {
  const char* const from = at;
  const char delimiter = format_.delimiter;
  const char line_end = line_end_;
  while (at < end_ && *at != delimiter && *at != line_end) ++at;
  if (at == end_ && !is_last_block()) return Scan::need_more;
  const char* to = at;
  const bool ends_line = at == end_ || *at == line_end;
  if (ends_line && to > from && to[-1] == '\r') --to;
  cells.push_back(view(from, to));
  return Scan::row;
}

CsvReader::Scan CsvReader::scan_quoted_cell(char*& at, std::vector<std::string_view>& cells) {
  char* const from = at + 1;
  char* to = from;
  bool doubled = false;
  for (;;) {
    to = find(to, end_, quote);
    const char* const reached = to ? to : end_;
    if (reached - from > static_cast<std::ptrdiff_t>(max_cell_bytes)) return Scan::broken_quote;
    if (!to) return is_last_block() ? Scan::broken_quote : Scan::need_more;
    if (to + 1 == end_ || to[1] != quote) break;
    doubled = true;
    to += 2;
  }
  at = to + 1;
  const Scan behind = scan_behind_quote(at);
  if (behind != Scan::row) return behind;
  if (doubled) doubled_.push_back(cells.size());
  cells.push_back(view(from, to));
  return Scan::row;
}

// Only a delimiter or an end may follow a closing quote.
CsvReader::Scan CsvReader::scan_behind_quote(char*& at) const {
  if (at < end_ && *at == '\r' && line_end_ == '\n') ++at;
  if (at == end_) return is_last_block() ? Scan::row : Scan::need_more;
  if (*at == line_end_) return Scan::row;
  const bool behind_return = at[-1] == '\r' && line_end_ == '\n';
  return *at == format_.delimiter && !behind_return ? Scan::row : Scan::broken_quote;
}

// Happens within the buffer once the row is complete, so that it is never scanned again.
void CsvReader::join_doubled_quotes(std::vector<std::string_view>& cells) {
  for (const std::size_t index : doubled_) {
    char* const first = buffer_.get() + (cells[index].data() - buffer_.get());
    const char* const last = first + cells[index].size();
    char* to = first;
    for (const char* from = first; from < last; ++from) {
      *to++ = *from;
      if (*from == quote) ++from;
    }
    cells[index] = view(first, to);
  }
}

}  // namespace linchpin::tabular
