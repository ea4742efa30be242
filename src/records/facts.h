#pragma once

// Facts: sums that are kept per day and month in the transaction of the records they sum up, so
// that a ranking costs the size of its answer and not of the history. Tables of a fact (all
// clustered by their first columns; `key` is the record of Fact::by, 0 = unassigned):
//   fact_<name>_day(day, key, lines, <measures>)              fact_<name>_month(month, …)
//   fact_<name>_product(month, key, product, lines, <measures>)
//   fact_<name>_document(day, key, document, lines)           lines = positive ones

#include <bitset>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

#include "records/fact_cells.h"
#include "records/row.h"
#include "records/schema.h"
#include "storage/storage.h"

namespace linchpin::records {

// Collects what records add to and take from the facts of one object; `flush` writes it.
class FactDeltas {
 public:
  FactDeltas(const Schema& schema, const Object& object);

  // `sign` +1: the record begins to exist; −1: it ceases to. The fact's condition is looked up
  // through `connection` and remembered for the life of this object.
  Status add(storage::Connection& connection, const RowValues& row, int sign);
  Status flush(storage::Connection& connection);
  // Tells what `add` would otherwise look up: a linked record that was just written.
  void remember_condition(RecordId linked, bool counts);

 private:
  struct Keeper {
    const Fact* fact;
    // Places of the fact's fields in a row; null where the fact has none.
    const Field *date, *by, *product_link, *document_link, *positive, *condition_link;
    std::vector<const Field*> measures;
    FactCells day, month, product, document;
  };

  Result<bool> counts(storage::Connection& connection, const Keeper& keeper, const RowValues& row);
  Status add_to(Keeper& keeper, const RowValues& row, int sign);

  const Schema& schema_;
  const Object& object_;
  std::vector<Keeper> keepers_;
  std::unordered_map<std::int64_t, bool> conditions_;
};

Status ensure_fact_tables(storage::Connection& connection, const Schema& schema);

// When a field that a condition reads has changed, moves the lines of `linked` in or out.
Status refresh_conditions(storage::Connection& connection, const Schema& schema,
                          const Object& changed_object, const RowValues* before,
                          const RowValues* after, RecordId linked);

struct Window {
  Day from = 0;  // half-open [from, to)
  Day to = 0;
};

using FactVisitor = std::function<void(std::int64_t key, const FactSums& sums)>;

// Which sums are read; the others are given as 0. Places as in Fact::measures.
using MeasureSet = std::bitset<max_fact_measures>;
inline MeasureSet all_measures() {
  return MeasureSet().set();
}

// Every (key, sums) piece whose union is the window: whole months first, then the days at the
// edges. A key may come several times; the caller adds up.
Status read_fact(storage::Connection& connection, const Fact& fact, Window window,
                 const FactVisitor& visit, MeasureSet wanted = all_measures());

// One piece per day and key, in order of days: for what depends on the date itself.
using DatedFactVisitor = std::function<void(Day day, std::int64_t key, const FactSums& sums)>;
Status read_fact_by_day(storage::Connection& connection, const Fact& fact, Window window,
                        const DatedFactVisitor& visit);

// The number of different documents with a positive line, by key.
Status count_documents(storage::Connection& connection, const Fact& fact, Window window,
                       const std::function<void(std::int64_t key, std::int64_t count)>& visit);

// The first and the last day that the fact holds; empty when it holds none.
Result<std::optional<Window>> fact_span(storage::Connection& connection, const Fact& fact);

struct FactDifference {
  std::string table;
  std::string place;
};
// Compares the facts of an object with its records: what `linchpin check` reports.
Result<std::vector<FactDifference>> check_facts(storage::Connection& connection,
                                                const Schema& schema, const Object& object);

}  // namespace linchpin::records
