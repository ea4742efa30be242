#include "storage/sqlite/sqlite_statement.h"

#include <cassert>

namespace linchpin::storage::sqlite {

namespace {

// SQLite takes a null pointer for SQL's null, and an empty view may hold one.
const char* not_null(std::string_view bytes) {
  return bytes.data() == nullptr ? "" : bytes.data();
}

struct Binder {
  sqlite3_stmt* handle;
  int place;  // from 1
  sqlite3_destructor_type lifetime;

  int operator()(std::monostate) const { return sqlite3_bind_null(handle, place); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(handle, place, value); }
  int operator()(double value) const { return sqlite3_bind_double(handle, place, value); }
  int operator()(std::string_view value) const {
    return sqlite3_bind_text64(handle, place, not_null(value), value.size(), lifetime, SQLITE_UTF8);
  }
  int operator()(const Blob& value) const {
    return sqlite3_bind_blob64(handle, place, not_null(value.bytes), value.bytes.size(), lifetime);
  }
};

std::string_view bytes_of(const void* data, int size) {
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

}  // namespace

int bind_value(sqlite3_stmt* handle, int index, const Value& value, bool copies) {
  const Binder binder{handle, index + 1, copies ? SQLITE_TRANSIENT : SQLITE_STATIC};
  return std::visit(binder, value);
}

void SqliteStatement::note_bind(int code) {
  assert(code != SQLITE_RANGE && "no such parameter");
  assert(code != SQLITE_MISUSE && "reset a statement before it is bound again");
  if (bind_code_ == SQLITE_OK) bind_code_ = code;
}

void SqliteStatement::bind(int index, const Value& value) {
  note_bind(bind_value(handle_, index, value, true));
}

void SqliteStatement::bind_integer(int index, std::int64_t value) {
  note_bind(sqlite3_bind_int64(handle_, index + 1, value));
}

void SqliteStatement::bind_text(int index, std::string_view value) {
  note_bind(Binder{handle_, index + 1, SQLITE_TRANSIENT}(value));
}

void SqliteStatement::bind_null(int index) {
  note_bind(sqlite3_bind_null(handle_, index + 1));
}

Result<bool> SqliteStatement::step() {
  if (bind_code_ != SQLITE_OK) return session_.fail(bind_code_, handle_);
  if (done_) return false;  // SQLite would run the statement a second time
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  done_ = true;
  if (code == SQLITE_DONE) return false;
  return session_.fail(code, handle_);
}

void SqliteStatement::reset() {
  sqlite3_reset(handle_);  // its code repeats what step gave
  bind_code_ = SQLITE_OK;
  done_ = false;
}

int SqliteStatement::columns() const {
  return sqlite3_column_count(handle_);
}

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

double SqliteStatement::real(int column) const {
  return sqlite3_column_double(handle_, column);
}

std::string_view SqliteStatement::text(int column) const {
  const unsigned char* text = sqlite3_column_text(handle_, column);
  return bytes_of(text, sqlite3_column_bytes(handle_, column));
}

std::string_view SqliteStatement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(handle_, column);
  return bytes_of(bytes, sqlite3_column_bytes(handle_, column));
}

Value SqliteStatement::value(int column) const {
  switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_INTEGER:
      return integer(column);
    case SQLITE_FLOAT:
      return real(column);
    case SQLITE_TEXT:
      return std::string(text(column));
    case SQLITE_BLOB:
      return Blob{std::string(blob(column))};
    default:
      return Value();
  }
}

}  // namespace linchpin::storage::sqlite
