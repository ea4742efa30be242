#pragma once

// One transaction of the index keeper: what the change log says next, or the next records of an
// object that is indexed anew.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "records/schema.h"
#include "storage/storage.h"
#include "stream/change_log.h"

namespace linchpin::search {

class IndexSlice {
 public:
  // What there is for a slice to do.
  struct Due {
    bool anything = false;
    // Objects that are searched by more fields than before, none of which any record held when the
    // change log ended with `seq`: their index needs no more than to know of them.
    std::set<std::string, std::less<>> grown;
    std::int64_t seq = 0;
  };

  IndexSlice(storage::Connection& connection, const records::Schema& schema,
             std::size_t max_records, Due due)
      : connection_(connection), schema_(schema), left_(max_records), due_(std::move(due)) {}

  // Reads only. Looking for values reads whole tables, so it is no part of a write.
  static Result<Due> look(storage::Connection& connection, const records::Schema& schema);

  // False when there was nothing to do. Within a write.
  Result<bool> run();

 private:
  struct IndexedObject {
    std::int64_t number = 0;
    std::string fields;
    std::int64_t built_to = 0;  // the last id; search_built: whole; below 0: to be emptied first
  };
  struct Place {
    std::int64_t seq = 0;   // the last entry that is in as a whole
    std::int64_t skip = 0;  // of the next entry, so many records
  };
  struct Row {
    std::int64_t object;
    std::string term;
    RecordId record;
    bool operator<(const Row& other) const {
      return std::tie(object, term, record) < std::tie(other.object, other.term, other.record);
    }
  };
  using Objects = std::map<std::string, IndexedObject, std::less<>>;

  static Result<bool> is_grown(storage::Connection& connection, const records::Object& object,
                               std::string_view before);
  static Result<Objects> read_objects(storage::Connection& connection);
  static Result<Place> read_place(storage::Connection& connection);

  Status agree_on_objects();
  Result<bool> follow();
  Result<bool> build();
  Result<bool> empty(const std::string& object, IndexedObject& state);
  Status walk(const std::string& object, IndexedObject& state);
  Status take(const stream::Entry& entry, std::int64_t from, std::int64_t count);
  Status settle(const records::Object& object, std::int64_t number, RecordId record,
                std::vector<std::string> stale);
  Status set_built_to(const std::string& object, IndexedObject& state, std::int64_t to);
  Status write_rows();
  void add_rows(std::int64_t number, RecordId record, std::vector<std::string> terms);

  storage::Connection& connection_;
  const records::Schema& schema_;
  std::size_t left_;  // records
  const Due due_;
  Objects objects_;
  std::vector<Row> rows_;  // to be inserted
};

}  // namespace linchpin::search
