#pragma once

// The statements that one connection has prepared, kept by their text. The ones that were used last
// stay.

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/postgres/postgres_values.h"

namespace linchpin::storage::postgres {

// "?" as Sql writes it becomes "$1", "$2" …
std::string numbered_text(std::string_view text);

// Statements that are worth keeping are those that read and write rows.
bool is_worth_keeping(std::string_view text);

class PreparedStatements {
 public:
  static constexpr std::size_t max_statements = 256;

  struct Entry {
    std::string text;
    std::string name;
    std::vector<Oid> types;  // unknown where the first value was null: the server decided
  };

  // Null: it must be prepared first. An entry of other types makes way.
  const Entry* find(const std::string& text, const std::vector<Value>& values);
  const Entry& add(const std::string& text, const std::vector<Value>& values);
  void forget(const std::string& text);  // what the server does not have
  void clear();

  // Names that are no longer wanted, each given once.
  std::vector<std::string> take_dropped() { return std::exchange(dropped_, {}); }
  std::size_t size() const { return entries_.size(); }

 private:
  using Place = std::list<Entry>::iterator;
  void drop(Place place);

  std::list<Entry> entries_;  // used last comes first
  std::unordered_map<std::string_view, Place> by_text_;
  std::vector<std::string> dropped_;
  std::uint64_t made_ = 0;
};

}  // namespace linchpin::storage::postgres
