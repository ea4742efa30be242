#include "storage/sqlite/statement_cache.h"

#include <cassert>
#include <utility>

namespace linchpin::storage::sqlite {

namespace {

// SQLite compiles the first statement of a text; a second one would silently never run.
int prepare_one(sqlite3* connection, const std::string& text, unsigned flags,
                sqlite3_stmt** handle) {
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(connection, text.c_str(), static_cast<int>(text.size() + 1),
                                      flags, handle, &rest);
  if (code != SQLITE_OK) return code;
  const std::string_view tail(rest, static_cast<std::size_t>(text.c_str() + text.size() - rest));
  if (*handle != nullptr && tail.find_first_not_of(" \t\r\n;") == std::string_view::npos)
    return code;
  sqlite3_finalize(*handle);
  *handle = nullptr;
  return SQLITE_MISUSE;
}

}  // namespace

StatementCache::Lease::Lease(Lease&& other) noexcept
    : cache_(std::exchange(other.cache_, nullptr)), handle_(other.handle_), entry_(other.entry_) {}

StatementCache::Lease::~Lease() {
  if (cache_ != nullptr) cache_->give_back(handle_, entry_);
}

StatementCache::Taken StatementCache::take(sqlite3* connection, const std::string& text) {
  const auto found = by_text_.find(text);
  if (found != by_text_.end() && !found->second->in_use) {
    Entry& entry = *found->second;
    entries_.splice(entries_.begin(), entries_, found->second);
    entry.in_use = true;
    ++in_use_;
    return {SQLITE_OK, Lease(this, entry.handle, &entry)};
  }
  const bool twin_in_use = found != by_text_.end();
  sqlite3_stmt* handle = nullptr;
  const unsigned flags = twin_in_use ? 0 : SQLITE_PREPARE_PERSISTENT;
  if (const int code = prepare_one(connection, text, flags, &handle); code != SQLITE_OK) {
    return {code, Lease()};
  }
  ++in_use_;
  if (twin_in_use) return {SQLITE_OK, Lease(this, handle, nullptr)};
  entries_.push_front({text, handle, true});
  by_text_.emplace(entries_.front().text, entries_.begin());
  evict();
  return {SQLITE_OK, Lease(this, handle, &entries_.front())};
}

void StatementCache::give_back(sqlite3_stmt* handle, Entry* entry) {
  --in_use_;
  if (entry == nullptr) {
    sqlite3_finalize(handle);
    return;
  }
  sqlite3_reset(handle);
  sqlite3_clear_bindings(handle);
  entry->in_use = false;
}

// More than the limit stay only while so many are in use at once.
void StatementCache::evict() {
  for (auto entry = entries_.end();
       entries_.size() > max_statements && entry != entries_.begin();) {
    --entry;
    if (entry->in_use) continue;
    by_text_.erase(entry->text);
    sqlite3_finalize(entry->handle);
    entry = entries_.erase(entry);
  }
}

void StatementCache::clear() {
  assert(in_use_ == 0 && "a statement outlived the work that prepared it");
  by_text_.clear();
  for (const Entry& entry : entries_) sqlite3_finalize(entry.handle);
  entries_.clear();
}

}  // namespace linchpin::storage::sqlite
