#pragma once

// Prepared statements of one connection, kept by their text. The ones that were used last stay.

#include <sqlite3.h>

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace linchpin::storage::sqlite {

class StatementCache {
  struct Entry {
    std::string text;
    sqlite3_stmt* handle;
    bool in_use;
  };

 public:
  static constexpr std::size_t max_statements = 256;

  // A statement in use. Given back clean when it goes; must go before the cache is cleared.
  class Lease {
   public:
    Lease() = default;
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    sqlite3_stmt* handle() const { return handle_; }

   private:
    friend class StatementCache;
    Lease(StatementCache* cache, sqlite3_stmt* handle, Entry* entry)
        : cache_(cache), handle_(handle), entry_(entry) {}

    StatementCache* cache_ = nullptr;
    sqlite3_stmt* handle_ = nullptr;
    Entry* entry_ = nullptr;  // null: not cached, because its twin was in use
  };

  StatementCache() = default;
  ~StatementCache() { clear(); }
  StatementCache(const StatementCache&) = delete;
  StatementCache& operator=(const StatementCache&) = delete;

  struct Taken {
    int code;  // SQLite's result code; SQLITE_MISUSE when `text` is not exactly one statement
    Lease lease;
  };
  Taken take(sqlite3* connection, const std::string& text);
  void clear();

  std::size_t size() const { return entries_.size(); }
  std::size_t in_use() const { return in_use_; }

 private:
  void give_back(sqlite3_stmt* handle, Entry* entry);
  void evict();

  std::list<Entry> entries_;  // used last comes first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text_;
  std::size_t in_use_ = 0;
};

}  // namespace linchpin::storage::sqlite
