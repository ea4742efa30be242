#pragma once

// A filter asked of one record in memory. The answer is that of the compiled filter, for the same
// rows: an unknown comparison is no match, `ne` and `not_in` include empty values, texts compare
// without case and width.

#include <functional>
#include <map>
#include <optional>

#include "records/filter.h"
#include "records/row.h"
#include "records/row_access.h"
#include "storage/storage.h"

namespace linchpin::records {

// How a filter reaches the records that its record is linked with.
class LinkedRows {
 public:
  virtual ~LinkedRows() = default;
  // The live record; null when there is none. Valid as long as this object.
  virtual const RowValues* find(const Object& object, RecordId id) = 0;
  // The live records whose to-one `link` holds `id`, until `visit` gives false.
  using RowVisitor = std::function<bool(const RowValues&)>;
  virtual void each_referring(const Object& object, const Field& link, RecordId id,
                              const RowVisitor& visit) = 0;
};

// `row` is a row of the object that the filter was read for, in the form of RowValues; whether it
// is live is the caller's question. The filter points into the schema.
bool matches(const Schema& schema, const Filter& filter, const RowValues& row, LinkedRows& linked);

// Links looked up in the database, each record once; what the viewer does not reach is not there. A
// record that could not be read counts as missing, and `status` says why: then no answer since is
// worth anything.
class StoredRows final : public LinkedRows {
 public:
  StoredRows(storage::Connection& connection, const Schema& schema, const Viewer& viewer)
      : connection_(connection), schema_(schema), viewer_(viewer) {}

  const RowValues* find(const Object& object, RecordId id) override;
  void each_referring(const Object& object, const Field& link, RecordId id,
                      const RowVisitor& visit) override;
  const Status& status() const { return status_; }

 private:
  Status read_slice(const Object& object, const Field& link, RecordId id, RecordId after,
                    std::vector<RowValues>& rows);

  bool is_seen(const Object& object, const RowValues& row);

  storage::Connection& connection_;
  const Schema& schema_;
  const Viewer viewer_;
  Status status_;
  std::map<std::pair<const Object*, RecordId>, std::optional<RowValues>> found_;
};

}  // namespace linchpin::records
