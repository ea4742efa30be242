#pragma once

// Short names among the names of accounts, each on the look-out for the one account whose whole
// name it is short for.

#include <string>
#include <unordered_map>
#include <vector>

#include "base/company_name.h"
#include "base/id.h"
#include "duplicates/groups.h"

namespace linchpin::duplicates {

struct NamedAccount {
  RecordId account;
  std::string name;
  bool by_other_name = false;
};

class ShortNames {
 public:
  struct Found {
    NamedAccount shortly;
    NamedAccount whole;
    std::string essential;  // of the whole name
  };

  // Passes over what is no short name. False: there is no more room.
  bool add(const NameParts& parts, const NamedAccount& named);
  // Of each name that may be meant, once all short ones are there.
  void meet(const NameParts& parts, const NamedAccount& named);
  // Those that fit the names of one account best, and of another one than their own.
  std::vector<Found> found() const;

 private:
  struct Short {
    std::u32string points;
    NamedAccount named;
    ShortFit best = ShortFit::none;
    bool several = false;  // accounts that it fits as well
    NamedAccount whole = {};
    std::string essential = {};
  };

  void meet_key(std::u32string_view key, const NameParts& parts, const NamedAccount& named);

  std::vector<Short> shorts_;
  std::unordered_map<std::u32string, std::vector<std::size_t>> places_;  // by short_name_key
};

}  // namespace linchpin::duplicates
