#pragma once

// Search over every object: names, codes, people, notes; Chinese, pinyin and initials. Gives only
// what the caller may read: hits are found through the query compiler and read again with the
// caller's scope.

#include <string>
#include <vector>

#include "records/records.h"

namespace linchpin::search {

constexpr int default_hits = 20;
constexpr int max_hits = 100;
// Of one object, newest first; of more, the best of these are given, and the answer says so.
constexpr std::int64_t max_candidates = 200;

struct SearchRequest {
  std::string text;
  std::vector<std::string> objects;  // empty = every object that takes part in search
  int limit = default_hits;
};

// {"hits":[{"object","id","title","match","highlights":[{"field","before","match","after"}]}],
// "truncated"}. Errors: not_found for an object that is not there or may not be read;
// validation_failed with `too_long` {max}, `too_many_values` {max}.
Status find(records::Records& records, const access::AccessScope& scope,
            const SearchRequest& request, JsonWriter& out);

}  // namespace linchpin::search
