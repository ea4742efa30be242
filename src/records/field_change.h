#pragma once

// A change of a field that takes its time: its values in another form, or an index over many
// records. The pending definition has a column of its own, which slices fill while the old values
// are served; what is written meanwhile is found in the change log and filled in again. One last
// write puts it in the place of the live definition, and the old column rests like a deleted field.

#include <optional>
#include <string>
#include <vector>

#include "records/customization.h"
#include "records/records.h"

namespace linchpin::records {

// {"pending":id,"object","field","fills"}: what a job of this kind has to know.
constexpr const char* field_change_kind = "field_change";
json::object field_change_spec(const FieldDefinition& pending, bool fills);

// What would come of it: {"tried","failed","failures","complete"} of the first values. Those of
// personal fields are not opened for it.
constexpr std::int64_t max_tried = 2'000;
Result<json::object> try_conversion(storage::Connection& connection, const Records& records,
                                    const Object& object, const Field& from, const Field& to);

struct FieldChangePlace {
  RecordId after;        // of the records filled so far
  std::int64_t seq = 0;  // of the changes followed so far
  std::int64_t done = 0;
};

// A value that the new form cannot hold. Of a personal field the value is left out.
struct Unconverted {
  RecordId record;
  std::string value;
  FieldProblem problem;

  json::object told() const;  // {"record","value","code","params"}
};

class FieldChange {
 public:
  static constexpr std::size_t slice_records = 2'000;
  static constexpr std::chrono::milliseconds slice_time{30};
  static constexpr std::size_t max_told = 100;
  // What the last write may still have to follow.
  static constexpr int last_changes = 200;

  // Error: not_found when the change is no longer pending.
  static Result<FieldChange> open(Records& records, const json::object& spec);

  bool fills() const { return fills_; }
  Result<std::int64_t> total() const;  // records with a value

  // Ids of records that have a value, in order, after the place.
  Result<std::vector<RecordId>> next(const FieldChangePlace& place) const;
  // Within a slice: as many as there is time for; moves the place.
  Status fill(storage::Connection& connection, const std::vector<RecordId>& records,
              FieldChangePlace& place) const;
  // Within a slice: records that changed since; gives how many changes were followed.
  Result<int> follow(storage::Connection& connection, FieldChangePlace& place, int limit) const;

  // Values that stay empty, and how many there are.
  Result<std::int64_t> unconverted(std::vector<Unconverted>& first) const;
  // Whether make_indexes keeps nobody waiting for long.
  Result<bool> quickly_indexed() const;
  // Error: duplicate for a unique field with values that occur twice.
  Status make_indexes(storage::Connection& connection) const;
  // Within a write: the pending definition takes the place of the live one.
  Status take_place(Customization& customization, Instant now) const;
  // Within a write: nothing of it stays.
  Status give_up(Customization& customization) const;

 private:
  FieldChange(Records& records, std::shared_ptr<const Schema> schema, const Object& object,
              RecordId pending)
      : records_(records), schema_(std::move(schema)), object_(&object), pending_(pending) {}
  Result<std::optional<Value>> plain_value(storage::Connection& connection, RecordId record,
                                           const Value& stored) const;
  Status fill_one(storage::Connection& connection, storage::Statement& read, RecordId record) const;

  Records& records_;
  std::shared_ptr<const Schema> schema_;  // as it will be
  const Object* object_;                  // of schema_
  RecordId pending_;
  bool fills_ = false;
  Field from_;
  Field to_;
};

}  // namespace linchpin::records
