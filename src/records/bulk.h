#pragma once

// Many writes in one slice of a job: the same validation, rules, links and facts as single writes,
// but one entry of the change log per object and slice. Lives within one Database::write.

#include <map>
#include <memory>
#include <vector>

#include "access/scope.h"
#include "records/facts.h"
#include "records/records.h"
#include "records/row.h"
#include "stream/change_log.h"

namespace linchpin::records {

class Recalculation;

constexpr std::size_t max_slice_records = stream::max_range_records;

class BulkSlice {
 public:
  BulkSlice(Records& records, storage::Connection& connection, const access::AccessScope& scope,
            stream::Origin origin);
  ~BulkSlice();

  const Object* object(std::string_view api_name) const;

  // `values` is a row of the object, sized by its fields; system fields are filled in here.
  // Links are taken as they are: the caller has looked them up. Errors: validation_failed with
  // every problem of the row (rules included), forbidden, duplicate.
  Result<RecordId> create(const Object& object, RowValues& values);

  // Whether `create` would take the row, unique values left aside. Writes nothing, so that a slice
  // on a reading connection may ask too; `values` is left with what the rules set.
  Status check(const Object& object, RowValues& values);

  // Moves a record to the trash, or back. Nothing happens when it is there already. As update():
  // not_found for what the scope does not see, forbidden for what it may not do.
  Status remove(const Object& object, RecordId record);
  Status restore(const Object& object, RecordId record);

  // Writes given fields of one record; logged one by one, because history needs old values.
  Status update(const Object& object, RecordId record, std::vector<FieldInput> inputs);

  // Writes facts, what is computed from the records, and log entries. Nothing may follow.
  Status finish();

  std::size_t written() const { return written_; }

 private:
  struct Target;
  Target& target(const Object& object);

  Records& records_;
  storage::Connection& connection_;
  const access::AccessScope& scope_;
  stream::Origin origin_;
  std::shared_ptr<const Schema> schema_;
  std::unique_ptr<const WriteFrame> frame_;
  Instant now_;
  std::map<const Object*, std::unique_ptr<Target>> targets_;
  std::unique_ptr<Recalculation> follow_;
  std::size_t written_ = 0;
};

}  // namespace linchpin::records
