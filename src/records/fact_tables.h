#pragma once

// The tables behind the facts and the statements on them; used by facts*.cpp only.

#include "records/facts.h"
#include "storage/sql.h"

namespace linchpin::records {

enum class FactGrain { day, month, product, document };

struct FactTable {
  storage::Name table{"id"};
  storage::Name period{"day"};  // "day" or "month"
  bool has_item = false;
  storage::Name item{"product"};  // "product" or "document"
  std::size_t measures = 0;
  std::vector<storage::Name> columns;  // of the measures
};

Result<FactTable> fact_table(const Fact& fact, FactGrain grain);
// The grains that a fact keeps.
std::vector<FactGrain> grains_of(const Fact& fact);

// Parameters: period, key, [item], lines, measures…
storage::Sql upsert_sql(const FactTable& table);
// Parameters: period, key, [item]. Removes the cell when nothing is left in it.
storage::Sql sweep_sql(const FactTable& table);
// "lines, measure, …"
storage::Sql sum_columns(const FactTable& table);

// Adds every live record of `object` whose `link` is `linked`.
Status add_lines_of(storage::Connection& connection, const Object& object, const Field& link,
                    RecordId linked, int sign, FactDeltas& deltas);

}  // namespace linchpin::records
