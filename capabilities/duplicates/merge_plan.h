#pragma once

// What merging one account into another does to the records, found before anything is written.

#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::duplicates {

constexpr std::size_t max_items = 100'000;  // of one merge: it is one transaction

enum class ItemDeed { changed, removed, created };

// One thing that is done to one record. Values in API form.
struct Item {
  ItemDeed deed = ItemDeed::changed;
  std::string object;
  RecordId record;  // of a created one none before it is made
  std::string field;
  std::string before = "null";
  std::string after = "null";
};

struct MergeOf {
  RecordId kept;
  RecordId removed;
};

// Every record that hangs on the removed account, in the order in which it is changed: links go to
// the kept one; what would then stand twice, and what the product itself keeps of the removed
// account, goes to the trash with it. Error: validation_failed / `merge_too_large` {max}.
Result<std::vector<Item>> moves_of(records::Records& records, storage::Connection& connection,
                                   const MergeOf& merge);

// Fields in which only the removed account has a value.
std::vector<Item> fills_of(const records::Object& account, const records::RowValues& kept,
                           const records::RowValues& removed, const MergeOf& merge);

}  // namespace linchpin::duplicates
