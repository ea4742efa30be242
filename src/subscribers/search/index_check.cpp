#include "subscribers/search/index_check.h"

#include <set>

#include "records/row_store.h"

namespace linchpin::search {

using records::Object;
using storage::Connection;
using storage::Sql;

namespace {

class Comparison {
 public:
  Comparison(Connection& connection, const Object& object, const records::SearchIndex& index)
      : connection_(connection), object_(object), index_(index) {}

  Result<std::vector<IndexDifference>> run() {
    LP_CHECK(read_pending());
    Sql count("SELECT count(*) FROM ");
    count.name(object_.table).add(" WHERE deleted_at IS NULL");
    LP_TRY(const std::int64_t records, query_integer(connection_, count, 0));
    const std::int64_t step = records / max_compared_records + 1;
    Sql sql("SELECT ");
    sql.append(records::field_columns(object_)).add(" FROM ").name(object_.table);
    LP_TRY(const auto rows, connection_.prepare(sql.add(" t WHERE t.deleted_at IS NULL")));
    std::int64_t terms = 0;
    for (std::int64_t at = 0; found_.size() < max_told_differences; ++at) {
      LP_TRY(const bool any, rows->step());
      if (!any) break;
      const records::RowValues row = records::take_row(object_, *rows, 0);
      const std::vector<std::string> expected = records::search_terms(object_, row);
      terms += static_cast<std::int64_t>(expected.size());
      const RecordId record{records::integer_of(row[0])};
      if (at % step == 0 && !pending_.contains(record)) LP_CHECK(compare(record, expected));
    }
    if (pending_.empty() && found_.empty()) LP_CHECK(compare_numbers(terms));
    return std::move(found_);
  }

 private:
  // All that changed since the index was kept; a reader looks at the newest of them only.
  Status read_pending() {
    LP_TRY(const auto rows, connection_.prepare(records::pending_sql(index_, object_)));
    while (true) {
      LP_TRY(const bool any, rows->step());
      if (!any) return {};
      pending_.insert(RecordId{rows->integer(0)});
    }
  }

  Status compare(RecordId record, const std::vector<std::string>& expected) {
    for (const std::string& term : expected) {
      Sql sql("SELECT 1");
      sql.append(records::search_rows_sql(index_.number, {term, {}})).add(" AND s.record = ");
      LP_TRY(const std::int64_t there, query_integer(connection_, sql.value(record), 0));
      if (there == 0) found_.push_back({record, term});
    }
    return {};
  }

  // Rows that no record asks for.
  Status compare_numbers(std::int64_t terms) {
    Sql sql("SELECT count(*) FROM lp_search WHERE object = ");
    LP_TRY(const std::int64_t rows, query_integer(connection_, sql.value(index_.number), 0));
    if (rows == terms) return {};
    found_.push_back({{}, std::to_string(rows) + " / " + std::to_string(terms)});
    return {};
  }

  Connection& connection_;
  const Object& object_;
  const records::SearchIndex& index_;
  std::set<RecordId> pending_;
  std::vector<IndexDifference> found_;
};

}  // namespace

Result<std::optional<std::vector<IndexDifference>>> check_index(Connection& connection,
                                                                const Object& object) {
  std::optional<std::vector<IndexDifference>> differences;
  LP_TRY(const auto index, records::read_search_index(connection, object));
  if (!index) return differences;
  LP_TRY(differences, Comparison(connection, object, *index).run());
  return differences;
}

}  // namespace linchpin::search
