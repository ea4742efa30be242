#pragma once

// Those who listen to the same: one object, one filter, the same fields and equal rights. What they
// are told is worked out and written once.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "inbound/live/change_batch.h"
#include "records/filter.h"
#include "records/filter_match.h"
#include "records/records.h"

namespace linchpin::inbound {

struct LiveWish {
  std::string object;
  json::value where;                // null = every record
  std::vector<std::string> select;  // empty = every readable field that is not personal
};

using LiveMessage = std::shared_ptr<const std::string>;

class LiveGroup {
 public:
  // Errors: not_found, unknown_field, validation_failed, as for a query.
  static Result<std::unique_ptr<LiveGroup>> make(records::Records& records,
                                                 const access::AccessScope& scope, LiveWish wish,
                                                 std::string id);

  // The same for those who share a group. A filter that asks for `me` is shared by nobody.
  static std::string key(const access::AccessScope& scope, const LiveWish& wish);

  const std::string& id() const { return id_; }
  const std::string& object() const { return wish_.object; }

  // Whether the filter and the rights mean the same as when they were read: relative dates and
  // memberships move with the day, shares end, and fields come and go.
  bool is_current(const records::Schema& schema, const records::Viewer& viewer) const {
    return schema_.get() == &schema && (today_ == viewer.today || !moves_) &&
           viewer.now < share_ends_at_;
  }
  records::Viewer viewer(const records::Records& records) const { return records.viewer(scope_); }

  // Reads the filter for the first time, or again when it is not current. Errors as make().
  Status compile(records::Records& records);
  // Tells the members to read their list anew.
  LiveMessage anew(std::int64_t seq) const { return bulk_message(seq, 0); }

  // What the members are told of a stretch of the log.
  Result<std::vector<LiveMessage>> tell(const records::Records& records, ChangeBatch& batch);

 private:
  LiveGroup(const access::AccessScope& scope, LiveWish wish, std::string id)
      : scope_(scope), wish_(std::move(wish)), id_(std::move(id)) {}

  Status find_end_of_shares(storage::Connection& connection, Instant now);
  void add_ownership(const records::Object& object, const records::Viewer& viewer);
  void add_dependencies(const records::Filter& filter, const records::Object& object,
                        bool of_another);
  LiveMessage bulk_message(std::int64_t seq, std::int64_t rows) const;
  LiveMessage message(const RowChange& change, bool was_in, bool is_in,
                      records::LinkedRows& linked) const;
  void write_fields(JsonWriter& out, const records::RowValues& row,
                    records::LinkedRows& linked) const;

  const access::AccessScope scope_;
  const LiveWish wish_;
  const std::string id_;
  std::shared_ptr<const records::Schema> schema_;
  Day today_ = 0;
  bool moves_ = false;         // the filter has a relative date, or the rights memberships
  Instant share_ends_at_ = 0;  // the next of those that may decide who is in
  records::Filter filter_;
  std::vector<records::FieldPath> select_;
  // Other records that decide who is in, by object.
  struct Dependency {
    std::set<std::string> fields;
    bool creations = false;  // a new record counts as well
  };
  std::map<std::string, Dependency> depends_on_;
  std::set<std::string> shared_;  // objects of which a share may decide who is in
};

}  // namespace linchpin::inbound
