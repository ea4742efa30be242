#include "storage/postgres/prepared_statements.h"

#include <algorithm>
#include <array>

namespace linchpin::storage::postgres {

std::string numbered_text(std::string_view text) {
  std::string numbered;
  numbered.reserve(text.size() + 16);
  int count = 0;
  char quote = '\0';
  for (const char c : text) {
    if (quote == '\0' && c == '?') {
      numbered += '$' + std::to_string(++count);
      continue;
    }
    if (quote == '\0' && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    }
    numbered += c;
  }
  return numbered;
}

bool is_worth_keeping(std::string_view text) {
  constexpr std::array<std::string_view, 5> kept{"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"};
  return std::any_of(kept.begin(), kept.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

const PreparedStatements::Entry* PreparedStatements::find(const std::string& text,
                                                          const std::vector<Value>& values) {
  const auto found = by_text_.find(text);
  if (found == by_text_.end()) return nullptr;
  const Place place = found->second;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Oid wanted = type_of(values[i]);
    const Oid had = place->types[i];
    if (wanted == type::unknown || had == type::unknown || wanted == had) continue;
    drop(place);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, place);
  return &*place;
}

const PreparedStatements::Entry& PreparedStatements::add(const std::string& text,
                                                         const std::vector<Value>& values) {
  Entry entry{text, "lp" + std::to_string(++made_), {}};
  for (const Value& value : values) entry.types.push_back(type_of(value));
  entries_.push_front(std::move(entry));
  by_text_.emplace(entries_.front().text, entries_.begin());
  if (entries_.size() > max_statements) drop(std::prev(entries_.end()));
  return entries_.front();
}

void PreparedStatements::drop(Place place) {
  dropped_.push_back(place->name);
  by_text_.erase(place->text);
  entries_.erase(place);
}

void PreparedStatements::forget(const std::string& text) {
  const auto found = by_text_.find(text);
  if (found == by_text_.end()) return;
  const Place place = found->second;
  by_text_.erase(found);
  entries_.erase(place);
}

void PreparedStatements::clear() {
  by_text_.clear();
  entries_.clear();
  dropped_.clear();
}

}  // namespace linchpin::storage::postgres
