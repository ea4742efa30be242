#pragma once

// The search index as it stands in the database: which records hold which term. It is kept behind
// the change log by src/subscribers/search; here it is read. A query that finds it too far behind
// looks through the texts themselves and finds the same.

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "access/scope.h"
#include "records/filter_sql.h"
#include "records/search_terms.h"

namespace linchpin::records {

// More changes than this of any object since the index was kept, and it is left aside.
constexpr std::int64_t max_search_lag = 5'000;
// Of so many of the changed records, the newest, pinyin is made while searching.
constexpr std::int64_t max_sound_pending = 256;
// A list of more records than this is not made: walking in the order of the page meets enough hits.
constexpr std::int64_t max_search_list = 2'000;
// By so many of its newest rows a term is judged: how far back they reach says how rare it is.
constexpr std::int64_t search_probe_rows = 256;

constexpr std::int64_t search_built = std::numeric_limits<std::int64_t>::max();

// lp_search(object, term, record), clustered; lp_search_object: how far each object is;
// lp_search_position: the entry of the change log up to which everything is in.
Status ensure_search_tables(storage::Connection& connection);

// How an object's index can be used in this state of the database; nothing when it cannot.
struct SearchIndex {
  std::int64_t number = 0;        // stands for the object in lp_search
  std::int64_t position = 0;      // of the change log; records that changed later are `pending`
  std::vector<RecordId> pending;  // each once, at most max_sound_pending of the newest
};
Result<std::optional<SearchIndex>> read_search_index(storage::Connection& connection,
                                                     const Object& object);
// The ids of all pending records, as a subquery.
storage::Sql pending_sql(const SearchIndex& index, const Object& object);

// " FROM lp_search s WHERE …" for the records with a term of the range.
storage::Sql search_rows_sql(std::int64_t number, const TermRange& range);

// How many index rows a range has, counted to `limit`.
Result<std::int64_t> count_search_rows(storage::Connection& connection, std::int64_t number,
                                       const TermRange& range, std::int64_t limit);

// How the rows that may be hits are met: all rows in the order of the page; a list of the records
// with a term; or the rows of a term, newest first.
enum class SearchLead { none, list, term };

// The "search" of a list: what every row must hold, and by which rows of the index to begin.
struct SearchPlan {
  std::vector<SearchPart> parts;
  std::vector<const Field*> fields;  // that the caller may read
  bool by_sound = false;             // pinyin too
  std::optional<SearchIndex> index;
  std::vector<std::vector<RecordId>> pending_by_sound;  // per part
  SearchLead lead = SearchLead::none;
  std::size_t lead_part = 0;
  std::size_t lead_gram = 0;
};
// `sorted`: not newest first.
Result<SearchPlan> plan_search(storage::Connection& connection, const access::AccessScope& scope,
                               const Object& object, std::string_view text, bool sorted);
storage::Sql search_sql(FromClause& from, const Object& object, const SearchPlan& plan);

}  // namespace linchpin::records
